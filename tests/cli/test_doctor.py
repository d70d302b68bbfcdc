"""`rolefit doctor` says what is wrong, and only that."""

from importlib import import_module
from pathlib import Path

import pytest
from redis import Redis

from service.cli.doctor import examine
from worker.processes.private_redis import run_private_redis
from worker.settings import Settings


def find_wrong(settings: Settings) -> dict[str, str]:
    return {finding.subject: finding.words for finding in examine(settings) if not finding.well}


def test_on_a_sound_machine_nothing_is_wrong(tmp_path: Path) -> None:
    findings = list(examine(Settings(data=tmp_path)))
    assert all(finding.well for finding in findings)
    assert [finding.subject for finding in findings][1:3] == ["Redis server", "Data folder"]
    assert findings[-1].words == "none runs on this data folder"


def test_a_redis_that_is_away_is_wrong() -> None:
    assert set(find_wrong(Settings(redis_url="redis://127.0.0.1:1"))) == {"Redis", "Worker"}


def test_a_redis_that_may_lose_jobs_is_wrong(tmp_path: Path) -> None:
    with run_private_redis(Settings(data=tmp_path)) as url, Redis.from_url(url) as redis:
        redis.config_set("maxmemory-policy", "allkeys-lru")
        wrong = find_wrong(Settings(redis_url=url))
    assert "noeviction" in wrong["Redis"]


def test_what_does_not_work_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_picture: object) -> None:
        raise FileNotFoundError

    # The command of this name hides the module from an import of it.
    monkeypatch.setattr(import_module("service.cli.doctor"), "recognise_words", break_down)
    (tmp_path / "file").touch()
    wrong = find_wrong(Settings(data=tmp_path / "file" / "data"))
    assert set(wrong) == {"Data folder", "Words in pictures"}
    assert all(words.endswith(".") for words in wrong.values())
