"""What a person sees of a document is read, and what nobody sees is left out, whatever made it so."""

import pytest

from tests.reading.seen.case import NAME, Case
from tests.reading.seen.opendocument import OPEN_DOCUMENTS
from tests.reading.seen.pdf import PDFS
from tests.reading.seen.rtf import RTFS
from tests.reading.seen.web import PAGES
from tests.reading.seen.word import WORDS
from worker.pipeline import read_resume
from worker.settings import Settings

CASES = PDFS | PAGES | WORDS | OPEN_DOCUMENTS | RTFS


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_a_person_sees_is_read_and_nothing_else(case: Case) -> None:
    document = read_resume(case.content, name="cv", settings=Settings())
    assert document.text == f"{NAME}\n{case.text}".strip()
    assert tuple(warning.reason for warning in document.warnings) == case.reasons
