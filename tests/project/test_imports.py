"""What a process loads: the web process and the command's help stay light."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.process

READERS = {"pypdf", "pypdfium2", "PIL", "docx", "lxml", "fasttext", "rapidocr", "onnxruntime"}
HEAVY = {"spacy", "numpy", "thinc", *READERS}
LIST_MODULES = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"


def list_modules_after(statements: str) -> set[str]:
    """Return the top-level modules that a new process holds after some statements."""
    environment = {**os.environ, "ROLEFIT_REDIS_URL": "redis://127.0.0.1:1"}
    done = subprocess.run(
        [sys.executable, "-c", f"{statements}; {LIST_MODULES}"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return set(done.stdout.split())


def test_the_web_process_never_loads_spacy_or_a_reader() -> None:
    visit = "client.get('/'); client.get('/v1/roles'); client.get('/openapi.json'); client.get('/readyz')"
    modules = list_modules_after(f"import service; client = service.create_app().test_client(); {visit}")
    assert "flask" in modules
    assert not modules & HEAVY


def test_the_command_loads_nothing_heavy_before_it_knows_what_to_do() -> None:
    assert not list_modules_after("import service.cli") & {*HEAVY, "flask", "celery", "redis", "pydantic", "rich"}


def test_a_process_that_has_documents_read_loads_no_reader_itself() -> None:
    assert not list_modules_after("import worker.reading, worker.pipeline") & READERS


def test_the_reading_process_does_without_what_checks_its_answers() -> None:
    load_all = "from worker.reading.any_format import load_reader; load_reader(__main__.PDF)"
    modules = list_modules_after(f"from worker.reading import __main__; {load_all}")
    assert "pypdf" in modules
    assert "pydantic" not in modules


def test_what_scores_loads_no_command_line_of_spacy_which_others_still_can() -> None:
    loads_none = "import sys, skills.knowledge; assert not {'requests', 'typer', 'weasel'} & {*sys.modules}"
    assert "typer" in list_modules_after(f"{loads_none}; import spacy.cli")
