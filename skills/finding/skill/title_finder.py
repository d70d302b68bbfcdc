"""Finding skills in job titles of one word: who is an MLE works at machine learning, as the written-out title says."""

from collections.abc import Iterator

from skills.anatomy.anatomy import Anatomy
from skills.text.tokens import Find, TokenTable


def find_title_skills(anatomy: Anatomy, table: TokenTable, skills: frozenset[str]) -> Iterator[Find]:
    """Yield which of some skills abbreviated titles are named for, where the text says what the person is or was."""
    for title in anatomy.titles:
        row = table.row_at(title.start)
        if table.words[row].isupper() and any(said.start <= title.start < said.end for said in anatomy.statements):
            yield from (Find(row, row + 1, field) for field in sorted(title.fields & skills))
