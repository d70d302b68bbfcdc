"""Finding skills in job titles of one word: who is an MLE works at machine learning, as the written-out title says."""

from collections.abc import Iterator

from skills.anatomy.anatomy import Anatomy
from skills.text.tokens import Find, TokenTable

MAX_ABBREVIATION_CHARACTERS = 4


def _is_abbreviated(title: str) -> bool:
    """Return whether a title begins with an abbreviation (“SDE II”), rather than being all in capitals."""
    words = title.split()
    return words[0].isupper() and not (title.isupper() and len(max(words, key=len)) > MAX_ABBREVIATION_CHARACTERS)


def find_title_skills(anatomy: Anatomy, table: TokenTable, skills: frozenset[str]) -> Iterator[Find]:
    """Yield which of some skills abbreviated titles are named for, where the text says what the person is or was."""
    for title in anatomy.titles:
        row, words = table.row_at(title.start), table.text[title.start : title.end]
        stated = any(said.start <= title.start < said.end for said in anatomy.statements)
        if stated and _is_abbreviated(words):
            yield from (Find(row, row + 1, field) for field in sorted(title.fields & skills))
