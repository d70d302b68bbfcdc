"""Fictional people: a résumé each in `people/`, of all sorts of layouts, fields, levels and countries."""

from functools import cache
from pathlib import Path

from skills.document import Document
from tests.reading_text import make_document

FOLDER = Path(__file__).parent / "people"
PEOPLE = sorted(file.stem for file in FOLDER.glob("*.txt"))


def read_resume(person: str) -> str:
    return (FOLDER / f"{person}.txt").read_text(encoding="utf-8")


@cache
def read_person(person: str) -> Document:
    return make_document(read_resume(person))
