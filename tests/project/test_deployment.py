"""The files for operators name only what the program has: its figures, its codes, its commands and its settings."""

import re

import pytest
from prometheus_client import CollectorRegistry

from service.api.metrics import FiguresCollector
from worker.files import ROOT
from worker.processes.private_redis import count_memory_bytes
from worker.settings import Settings
from worker.store.health_store import open_health
from worker.store.metrics import Figures, count_job
from worker.store.stages import QUEUED

DEPLOYMENT = ROOT / "docs" / "deployment"
FILES = {path.name: path.read_text(encoding="utf-8") for path in DEPLOYMENT.rglob("*") if path.is_file()}
MONITORING = ("alerts.yaml", "grafana-dashboard.json", "autoscale.yaml")
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
PINS = (ROOT / "images.env").read_text(encoding="utf-8")
STARTING_WORKERS = (
    "docker-compose.yml",
    "docker-compose.workers.yml",
    "docs/deployment/kubernetes/worker.yaml",
    "docs/scaling.md",
)
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures() -> set[str]:
    """The names of the samples that `/metrics` shows."""
    collector = FiguresCollector(Figures(0, 0.0, workers_answer=True, counts=count_job("done", {QUEUED: 1.0})))
    registry = CollectorRegistry()
    registry.register(collector)
    return {sample.name for metric in registry.collect() for sample in metric.samples}


@pytest.mark.parametrize("name", MONITORING)
def test_rules_and_dashboard_ask_for_figures_that_are_shown(name: str, figures: set[str]) -> None:
    asked = set(re.findall(r"\brolefit_\w+", FILES[name]))
    assert asked
    assert asked <= figures


@pytest.mark.parametrize("name", MONITORING[:2])
def test_rules_and_dashboard_name_codes_that_jobs_end_with(name: str) -> None:
    named = {code for codes in re.findall(r'code=~?\\?"([a-z|-]+)', FILES[name]) for code in codes.split("|")}
    assert named
    assert named - {"done"} <= set(re.findall(r"`([a-z-]+)`", API))


def test_a_manifest_sets_nothing_that_is_no_setting() -> None:
    named = {name for text in FILES.values() for name in re.findall(r"ROLEFIT_([A-Z_]+)", text)}
    assert {"TOKENS", "REDIS_URL", "REDIS_PASSWORD"} <= named
    assert named <= {field.upper() for field in Settings.model_fields}


def test_containers_run_the_same_commands_as_with_compose() -> None:
    for start in ("rolefit, serve, ", "celery, --quiet, -A, worker, "):
        (manifest,) = [text for text in FILES.values() if f"[{start}" in text]
        options = re.findall(r"--(?:host|workers|queues|loglevel|without-\w+)", manifest)
        composed = COMPOSE[COMPOSE.index(start) :].partition("]")[0]
        assert options
        assert set(options) == set(re.findall(r"--(?:host|workers|queues|loglevel|without-\w+)", composed))


@pytest.mark.parametrize("program", re.findall(r'\[CMD, python, -c, "(from worker[^"]+)"\]', COMPOSE))
def test_a_health_check_passes_where_store_and_workers_answer(
    program: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_health(settings).mark_alive(seconds=60)
    monkeypatch.setenv("ROLEFIT_REDIS_URL", str(settings.redis_url))
    try:
        exec(program, {})  # noqa: S102 - ours
    except SystemExit as ended:
        assert not ended.code  # noqa: PT017 - what does not exit passes, too


def test_images_that_are_pinned_are_those_that_are_run() -> None:
    pinned = dict(line.split("=", 1) for line in PINS.splitlines() if not line.startswith("#"))
    composed = dict(re.findall(r"\$\{(PYTHON_TAG|REDIS_IMAGE):-([^}]+)\}", COMPOSE))
    assert pinned.keys() == composed.keys()
    for name, image in pinned.items():
        assert re.fullmatch(rf"{re.escape(composed[name])}[\w.]*@sha256:[0-9a-f]{{64}}", image)


@pytest.mark.parametrize("path", STARTING_WORKERS)
def test_every_worker_is_started_with_the_same_options(path: str) -> None:
    """One that sends heartbeats waits for a Redis that is away for as long as that is away, also when it is to stop."""
    ours = (ROOT / "worker" / "processes" / "worker_process.py").read_text(encoding="utf-8")
    options = set(re.findall(r"without_(\w+)=True", ours))
    lines = [line for line in (ROOT / path).read_text(encoding="utf-8").splitlines() if "--without-" in line]
    assert lines
    assert [set(re.findall(r"--without-(\w+)", line)) for line in lines] == [options] * len(lines)


def test_a_worker_is_given_longer_than_its_longest_job_to_end() -> None:
    (grace,) = re.findall(r"terminationGracePeriodSeconds: (\d+)", FILES["worker.yaml"])
    assert int(grace) > Settings(redis_url="redis://127.0.0.1:1").hard_limit_seconds


def test_the_store_has_room_beyond_the_documents_and_reports_that_are_taken() -> None:
    """Else it would be full for workers, too, that have a result to store."""
    [composed] = re.findall(r"REDIS_MEMORY:-(\d+)mb", COMPOSE)
    [deployed] = re.findall(r"--maxmemory (\d+)mb", FILES["redis.yaml"])
    for megabytes in (composed, deployed):
        assert int(megabytes) * 1024**2 >= count_memory_bytes(Settings())
