"""Nothing is sent anywhere: not by us, and not by a library that calls home."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.resumes import RESUME_TEXT, build_pdf
from tests.scans import draw_page, scan_page
from tests.word import build_docx

ALONE = ["unshare", "--user", "--map-root-user", "--net", "--mount"]
CAN_BE_ALONE = subprocess.run([*ALONE, "true"], check=False).returncode == 0 if sys.platform == "linux" else False


@pytest.mark.process
@pytest.mark.skipif(not CAN_BE_ALONE, reason="this system lets nobody make a network of their own")
def test_no_packet_leaves_whatever_is_scored(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "cv.pdf").write_bytes(build_pdf(RESUME_TEXT))
    (documents / "cv.docx").write_bytes(build_docx(RESUME_TEXT))
    (documents / "cv.txt").write_text(RESUME_TEXT, encoding="utf-8")
    a_few_lines = RESUME_TEXT.partition("\n\nExperience")[0]  # which are recognised three times
    scan_page(draw_page(a_few_lines)).save(documents / "scan.pdf")
    command = [*ALONE, sys.executable, "-m", "tests.silent_network", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    packets = json.loads(done.stdout)
    assert packets["own look-up"] > 0, "the watch sees nothing"
    assert packets["Rolefit"] == 0
