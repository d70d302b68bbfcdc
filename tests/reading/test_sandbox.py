"""No file hurts whoever reads it: it ends in an answer, in time, and the next is read as if nothing had been."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import psutil
import pytest

from skills.document import Document
from skills.errors import RolefitError
from tests import hostile
from tests.drawn import HEIGHT, WIDTH, draw_pages, paste, write
from tests.resumes import RESUME_TEXT, build_pdf, build_slow_pdf
from tests.scans import draw_page, scan_page
from tests.waiting import wait_until
from tests.word import build_docx, replace_part
from worker.deadline import deadline
from worker.errors.documents import (
    CostlyDocumentError,
    OutOfMemoryError,
    TimedOutError,
    TooComplexError,
    TooManyPagesError,
)
from worker.pipeline import read_resume
from worker.reading import FirstTry
from worker.reading.isolation import sandbox
from worker.reading.isolation.reading_lock import hold_reading_lock
from worker.settings import Settings

RESUME = build_pdf(RESUME_TEXT)
ENDLESS = build_slow_pdf(RESUME_TEXT, words=12_000)  # takes longer than any reader has
CPU_SECONDS = Settings().cpu_seconds
FEW_SECONDS = 3  # of a limit that some files reach

ANSWERS = {
    "unreadable",
    "no-text",
    "too-complex",
    "timed-out",
    "too-many-pages",
    "unsupported-type",
    "unsupported-language",
    "empty-file",
}

HOSTILE = {
    "cut": lambda: RESUME[: len(RESUME) // 2],
    "content bomb": hostile.build_stream_bomb,
    "font bomb": hostile.build_font_bomb,
    "nest": lambda: hostile.build_nest(100_000),
    "page bomb": lambda: hostile.build_page_bomb(5),
    "page loop": hostile.build_page_loop,
    "form loop": hostile.build_form_loop,
    "length loop": hostile.build_length_loop,
    "empty strings without end": hostile.build_endless,
    "header alone": lambda: b"%PDF-1.7",
    "random bytes behind a header": lambda: b"%PDF-1.7\n" + hashlib.shake_256(b"").digest(100_000),
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(64),
    "empty": lambda: b"",
    "zip bomb": lambda: replace_part(build_docx("word"), "word/media/image1.png", bytes(60_000_000)),
    "nested elements": lambda: replace_part(build_docx("word"), "word/document.xml", b"<x>" * 100_000),
    "long text": lambda: b"word " * 1_000_000,
}


def read(content: bytes, *, cpu_seconds: int = CPU_SECONDS, first_try: FirstTry | None = None) -> Document:
    return read_resume(content, name="cv.pdf", settings=Settings(cpu_seconds=cpu_seconds), first_try=first_try)


def list_readers() -> list[psutil.Process]:
    """Return this process's readers; one that has only just been started may not show its command line yet."""
    return [child for child in psutil.Process().children() if "worker.reading" in child.cmdline()]


def find_reader() -> psutil.Process:
    """Return the process that reads for this one, not a spare one."""
    return psutil.Process(sandbox.get_sandbox().pid)


@pytest.mark.parametrize("build", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_ends_in_an_answer_and_the_next_is_read_as_if_nothing_had_been(
    build: Callable[[], bytes],
) -> None:
    before = read(RESUME)
    started = time.monotonic()
    with pytest.raises(RolefitError) as caught:
        read(build(), cpu_seconds=FEW_SECONDS)
    assert caught.value.code in ANSWERS
    assert time.monotonic() - started < 4 * CPU_SECONDS
    assert read(RESUME) == before


def test_a_thousand_pages_are_too_many_and_say_so_at_once() -> None:
    with pytest.raises(TooManyPagesError, match=r"\AThe document has more than 30 pages\."):
        read(build_pdf("word\n" * 52_000))


def test_a_file_that_is_read_without_end_has_timed_out() -> None:
    read(RESUME)
    reader = find_reader()
    with pytest.raises(TimedOutError):
        read(ENDLESS, cpu_seconds=1)
    assert not reader.is_running()
    assert read(RESUME).text


def test_a_first_try_ends_early_and_says_that_the_document_is_costly() -> None:
    read(RESUME)
    reader = find_reader()
    with pytest.raises(CostlyDocumentError):
        read(ENDLESS, first_try=FirstTry(cpu_seconds=0.5))
    assert not reader.is_running()
    assert read(RESUME, first_try=FirstTry(cpu_seconds=2)) == read(RESUME)


def test_a_first_try_gives_way_to_whoever_waits_and_a_spare_reader_goes_on() -> None:
    read(RESUME)
    waits = iter([False, True])
    with pytest.raises(CostlyDocumentError):
        read(ENDLESS, first_try=FirstTry(cpu_seconds=60, must_give_way=lambda: next(waits)))
    [spare] = [reader for reader in list_readers() if reader != find_reader()]
    find_reader().kill()
    assert read(RESUME).text
    assert find_reader() == spare


def test_a_document_that_takes_little_never_gives_way_however_slow_the_machine_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "GIVE_WAY_SECONDS", 0)
    read(RESUME)
    assert read(RESUME, first_try=FirstTry(cpu_seconds=60, must_give_way=lambda: True)).text


def test_a_first_try_recognises_no_picture_and_keeps_the_reader() -> None:
    scan = draw_pages(paste(scan_page(draw_page(RESUME_TEXT)), box=(0, 0, WIDTH, HEIGHT)), resume=False)
    read(RESUME)
    reader = find_reader()
    with pytest.raises(CostlyDocumentError):
        read(scan, first_try=FirstTry(cpu_seconds=2))
    assert reader.is_running()


def test_a_deadline_of_the_caller_ends_the_reading_too() -> None:
    read(RESUME)
    reader = find_reader()
    with pytest.raises(TimedOutError), deadline(0.3):
        read(ENDLESS)
    assert not reader.is_running()
    assert read(RESUME).text


def test_a_reader_that_keeps_still_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.2)
    read(RESUME)
    os.kill(find_reader().pid, signal.SIGSTOP)
    with pytest.raises(TimedOutError):
        read(RESUME)
    monkeypatch.undo()
    assert read(RESUME).text


def test_a_reader_killed_between_two_documents_is_nobodys_fault() -> None:
    before = read(RESUME)
    find_reader().kill()
    assert read(RESUME) == before


def is_busy(reader: psutil.Process) -> bool:
    """Return whether a reading process has worked on something for a second, and lives."""
    with suppress(psutil.NoSuchProcess):
        return bool(reader.cpu_times().user > 1)
    return False


def kill_busy_readers(count: int) -> threading.Thread:
    """Kill that many reading processes, one after the other, each once it works on a document."""

    def kill() -> None:
        for _ in range(count):
            (reader, *_) = wait_until(lambda: list(filter(is_busy, list_readers())))
            reader.kill()
            wait_until(lambda dead=reader: not is_busy(dead))  # type: ignore[misc]

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def test_a_document_that_the_system_kills_twice_had_too_little_memory() -> None:
    killing = kill_busy_readers(2)
    with pytest.raises(OutOfMemoryError):
        read(ENDLESS)
    killing.join()
    assert read(RESUME).text


def test_after_a_kill_by_the_system_a_document_is_read_alone() -> None:
    program = (
        "from worker.reading.isolation.reading_lock import hold_reading_lock\n"
        "with hold_reading_lock(alone=False):\n    print(flush=True); input()"
    )
    others = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with others:
        assert others.stdout
        others.stdout.readline()
        read(RESUME)  # beside the other
        entered = threading.Event()

        def read_alone() -> None:
            with hold_reading_lock(alone=True):
                entered.set()

        reading = threading.Thread(target=read_alone)
        reading.start()
        assert not entered.wait(0.3)
        others.communicate(b"\n")
    reading.join(10)
    assert entered.is_set()


def test_a_reader_is_kept_for_the_next_document() -> None:
    read(RESUME)
    first = find_reader()
    read(RESUME)
    assert find_reader() == first


def test_a_reader_that_ran_out_of_memory_is_not_used_again() -> None:
    read(RESUME)
    first = find_reader()
    with pytest.raises(TooComplexError):
        read_resume(RESUME, name="cv.pdf", settings=Settings(max_pages=30, max_characters=10))
    assert find_reader() != first


def test_a_reader_ends_with_whoever_asked_even_when_that_is_killed() -> None:
    program = (
        "from tests.reading.test_sandbox import *\nread(RESUME)\nprint(find_reader().pid, flush=True)\nread(ENDLESS)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as asker:
        assert asker.stdout
        reader = psutil.Process(int(asker.stdout.readline()))
        wait_until(lambda: reader.cpu_times().user > 1)
        asker.kill()
    wait_until(lambda: not reader.is_running(), CPU_SECONDS / 2)


def test_a_reader_holds_none_of_the_files_of_whoever_asked() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE):  # its pipe is ours alone
        read(RESUME)
        find_reader().kill()
        read(RESUME)
        assert find_reader().num_fds() == 3


def test_drawing_one_document_changes_nothing_in_how_the_next_is_read() -> None:
    """Words of a font that is not embedded stand so close that a hair's breadth decides on the space between them."""
    words = (
        write("Working", at=(72, 700)),
        write("together", at=(121, 700)),
        write("Some other line that is long enough to be text", at=(72, 650)),
    )
    hidden = write(grey=1)  # whether it is seen can only be told by drawing the page
    content = draw_pages(*words, hidden, resume=False).replace(b"/BaseFont /Helvetica", b"/BaseFont /Handwrite")
    sandbox.get_sandbox().replace()
    first = read(content)
    assert [warning.code for warning in first.warnings] == ["hidden-text"]
    assert read(content) == first
