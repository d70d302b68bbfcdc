"""The words of a scanned page are found, in place, and what may be wrong is said."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image

from tests.reading_text import find_skills
from tests.resumes import RESUME_TEXT
from tests.scans import A4_PIXELS, LINE_PIXELS, MARGIN, draw_page, scan_page
from worker.reading.isolation.sandbox import ENVIRONMENT
from worker.reading.layout.runs import Word
from worker.reading.ocr import _correct_i, recognise_words, warn_of_doubt


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return scan_page(draw_page(RESUME_TEXT))


@pytest.fixture(scope="module")
def words(page: Image.Image) -> list[Word]:
    """The words of the page, recognised without a network."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("there is no network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", refuse)
        return recognise_words(page)


def group_lines(words: list[Word]) -> list[str]:
    """Return the words as lines, by where they stand on a page that `draw_page` drew."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(round(((word.y0 + word.y1) / 2 - MARGIN) / LINE_PIXELS - 0.5), []).append(word)
    return [" ".join(word.text for word in sorted(lines[row], key=lambda word: word.x0)) for row in sorted(lines)]


def test_a_turned_and_noisy_page_shows_the_skills_of_its_clean_twin(words: list[Word]) -> None:
    clean, scanned = find_skills(RESUME_TEXT), find_skills("\n".join(group_lines(words)))
    assert len(clean & scanned) >= 0.95 * len(clean)
    assert len(scanned - clean) <= 0.05 * len(clean)


def test_words_stand_where_they_would_on_a_straight_page(words: list[Word]) -> None:
    lines = group_lines(words)
    assert len(lines) == len([line for line in RESUME_TEXT.split("\n") if line])
    assert lines[0] == "Quilla Brandvold"
    assert all(0 < word.x0 < word.x1 < A4_PIXELS[0] and 0 < word.y0 < word.y1 < A4_PIXELS[1] for word in words)


def test_a_page_is_recognised_within_the_limits_of_the_reading_process_without_a_word(
    page: Image.Image, tmp_path: Path
) -> None:
    page.save(tmp_path / "page.png")
    program = (
        "import sys; from PIL import Image; import worker.reading.pdf.reader\n"
        "from worker.reading.isolation.cage import *\n"
        "from worker.reading.isolation.process_limits import *\n"
        "page = Image.open(sys.argv[1]); page.load(); lock_in(); limit_memory(MEMORY_BYTES); limit_cpu(3)\n"
        "from worker.reading.ocr import recognise_words; print(len(recognise_words(page)))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "page.png")]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, **ENVIRONMENT})
    assert (int(done.stdout) > 100, done.stderr) == (True, b"")


def test_a_blank_page_has_no_words() -> None:
    assert recognise_words(Image.new("L", A4_PIXELS, "white")) == []


def test_a_good_scan_is_not_doubted(words: list[Word]) -> None:
    assert warn_of_doubt(words, page=1) is None


def test_a_page_that_is_hard_to_read_says_so(page: Image.Image) -> None:
    top = page.crop((0, 0, page.width, page.height // 3))
    coarse = top.resize((top.width // 4, top.height // 4)).resize(top.size)
    warning = warn_of_doubt(recognise_words(coarse), page=3)
    assert warning is not None
    assert (warning.code, warning.page) == ("low-confidence", 3)
    assert warning.characters > 0
    assert warning.excerpt


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Al", "AI"),
        ("APl,", "API,"),
        ("(Ul)", "(UI)"),
        ("Kl/ML", "KI/ML"),
        ("SQL", "SQL"),
        ("MLflow", "MLflow"),
        ("MySQl5", "MySQl5"),
        ("html", "html"),
        ("l", "l"),
    ],
)
def test_a_small_l_among_capitals_is_the_capital_it_looks_like(seen: str, meant: str) -> None:
    assert _correct_i(seen) == meant


def test_dust_over_an_i_is_no_accent() -> None:
    assert _correct_i("learn\u00edng settings of Mar\u00eda") == "learning settings of Mar\u00eda"
