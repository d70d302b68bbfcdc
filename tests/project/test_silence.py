"""Nothing is sent anywhere: not by us, and not by a library that calls home."""

import json
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.opendocument import build_odt
from tests.resumes import RESUME_TEXT, build_pdf
from tests.scans import draw_page, scan_page
from tests.word import build_docx

ALONE = ["unshare", "--user", "--map-root-user", "--net", "--mount"]
CAN_BE_ALONE = subprocess.run([*ALONE, "true"], check=False).returncode == 0 if sys.platform == "linux" else False

# Pages that ask a browser for something from elsewhere at every turn.
CALLING = """<html><head><base href="http://example.org/"><link rel="stylesheet" href="page.css">
<style>@import url(more.css); body { background: url(ground.png) }</style></head><body>
<img src="photo.png"><iframe src="frame.html"></iframe><script src="page.js"></script><pre>"""
PART = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=part\n\n--part\nContent-Type: text/html\n\n"


def write_documents(folder: Path) -> None:
    """Write a résumé in each format whose reader could ask for something, with what it could ask for."""
    page, rows = CALLING + RESUME_TEXT, RESUME_TEXT.splitlines()
    (folder / "cv.pdf").write_bytes(build_pdf(RESUME_TEXT))
    (folder / "cv.docx").write_bytes(build_docx(RESUME_TEXT))
    (folder / "cv.txt").write_text(RESUME_TEXT, encoding="utf-8")
    (folder / "cv.html").write_text(page, encoding="utf-8")
    (folder / "cv.mhtml").write_text(f"{PART}{page}\n--part--\n", encoding="utf-8")
    paragraphs = r"\par ".join(rows)
    rich = rf"{{\rtf1 {{\*\template http://example.org/}}{paragraphs}}}"
    (folder / "cv.rtf").write_text(rich, encoding="utf-8")
    doctype = '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'
    body = "".join(f"<text:p>{escape(row)}</text:p>" for row in rows)
    (folder / "cv.odt").write_bytes(build_odt(body, doctype=doctype))
    a_few_lines = RESUME_TEXT.partition("\n\nExperience")[0]  # which are recognised three times
    scan_page(draw_page(a_few_lines)).save(folder / "scan.pdf")


@pytest.mark.process
@pytest.mark.skipif(not CAN_BE_ALONE, reason="this system lets nobody make a network of their own")
def test_no_packet_leaves_whatever_is_scored(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    write_documents(documents)
    command = [*ALONE, sys.executable, "-m", "tests.silent_network", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    packets = json.loads(done.stdout)
    assert packets["own look-up"] > 0, "the watch sees nothing"
    assert packets["Rolefit"] == 0
