"""The command `rolefit doctor`."""

import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import click
from PIL import Image
from redis import Redis
from redis.exceptions import ResponseError

from service.cli.conventions import SOMETHING_WRONG, one_line_errors
from skills.errors import RolefitError
from skills.knowledge import load_knowledge
from worker.errors.installation import DataFolderInUseError, EmbeddedRedisError
from worker.pipeline import read_resume
from worker.processes.data_folder import choose_socket, lock_folder
from worker.processes.private_redis import find_server
from worker.reading.isolation.cage import find_gaps
from worker.reading.ocr import has_recogniser, recognise_words
from worker.settings import Settings, load_settings
from worker.store.connection import open_redis, translate_redis_errors
from worker.store.health_store import open_health

POLICY = {"appendonly": "yes", "maxmemory-policy": "noeviction"}
SAMPLE = b"This is a line of plain English text, which the reading process should have no trouble with."


class UnsoundError(RolefitError):
    """Something that the program needs is installed but does not work."""

    code = "unsound"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check: `words` are what was found, or what is wrong and what to do."""

    subject: str
    words: str
    well: bool = True


def _check_python(_settings: Settings) -> str:
    return platform.python_version()


def _check_server(_settings: Settings) -> str:
    server = find_server()
    shown = subprocess.run([server, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - found by us
    return f"{server}, {shown.stdout.split()[2].removeprefix('v=')}"


def _check_folder(settings: Settings) -> str:
    folder = settings.data.absolute()
    try:
        with lock_folder(folder):
            return f"{folder}, private and writable"
    except DataFolderInUseError:
        return f"{folder}, in use by a service that runs"
    except OSError as error:
        raise UnsoundError(
            f"Cannot write to {folder}: {error.strerror}. Set ROLEFIT_DATA to a folder of yours."
        ) from error


def _check_policy(redis: Redis) -> str:
    """Return how the server stores jobs; raise UnsoundError if its settings let jobs get lost."""
    try:
        found = {name: redis.config_get(name).get(name) for name in POLICY}
    except ResponseError:
        return "does not say how it stores jobs"
    for name, wanted in POLICY.items():
        if found[name] != wanted:
            raise UnsoundError(f"Set {name} to {wanted} in Redis: with {found[name]} accepted jobs may get lost.")
    return "keeps every job"


def _check_redis(settings: Settings) -> str:
    with translate_redis_errors(), open_redis(settings) as redis:
        version = redis.info("server")["redis_version"]
        return f"answers, {version}, {_check_policy(redis)}"


def _check_reading(settings: Settings) -> str:
    read_resume(SAMPLE, name="sample", settings=settings)
    return "reads"


def _check_cage(_settings: Settings) -> str:
    return " ".join(find_gaps()) or "complete: no file but the program's, no socket, no other program, no root"


def _check_pictures(_settings: Settings) -> str:
    if not has_recogniser():
        return "not read: optical recognition is not installed"
    try:
        recognise_words(Image.new("RGB", (64, 64), "white"))
    except (ImportError, OSError, RuntimeError) as error:
        raise UnsoundError(f"The models cannot be loaded ({type(error).__name__}). Run `make setup` again.") from error
    return "the models are there"


def _check_knowledge(settings: Settings) -> str:
    return f"{len(load_knowledge(settings.profiles).vocabulary.skills)} skills"


def _check_worker(settings: Settings) -> str:
    if not open_health(settings).workers_answer():
        raise UnsoundError("None answers. Start one, or look at its log.")
    return "answers"


def _find_running(settings: Settings) -> Settings | None:
    """Return settings that name the Redis in use: the one that is set, or that of a service which runs here."""
    if settings.redis_url:
        return settings
    folder = settings.data.absolute()
    with suppress(OSError, EmbeddedRedisError):
        try:
            with lock_folder(folder):
                return None
        except DataFolderInUseError:
            return settings.model_copy(update={"redis_url": f"unix://{choose_socket(folder)}"})
    return None


def _examine(subject: str, check: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(subject, check(settings))
    except RolefitError as error:
        return Finding(subject, str(error), well=False)


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield the result of each check, from the machine to the service. Asks a running service; starts none."""
    yield _examine("Python", _check_python, settings)
    if settings.redis_url is None:
        yield _examine("Redis server", _check_server, settings)
        yield _examine("Data folder", _check_folder, settings)
    yield _examine("Reading process", _check_reading, settings)
    yield _examine("Isolation of the reading process", _check_cage, settings)
    yield _examine("Words in pictures", _check_pictures, settings)
    yield _examine("Knowledge", _check_knowledge, settings)
    running = _find_running(settings)
    if running is None:
        yield Finding("Service", "none runs on this data folder")
        return
    yield _examine("Redis", _check_redis, running)
    yield _examine("Worker", _check_worker, running)


@click.command()
def doctor() -> None:
    """Check what the program needs, line by line; exit code 1 means that something is wrong."""
    with one_line_errors():
        settings = load_settings()
    well = True
    for finding in examine(settings):
        click.echo(f"{'ok   ' if finding.well else 'WRONG'} {finding.subject}: {finding.words}")
        well &= finding.well
    sys.exit(0 if well else SOMETHING_WRONG)
