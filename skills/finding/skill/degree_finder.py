"""Finds degrees and their fields as skills of the vocabulary, by their grammar instead of phrases."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from skills.anatomy.studies.degree_words import load_degrees
from skills.anatomy.studies.degrees import Degree
from skills.text.tokens import Find, TokenTable


def find_degree_skills(degrees: Iterable[Degree], table: TokenTable, subjects: AbstractSet[int]) -> Iterator[Find]:
    """Yield the level of each degree that was or will be finished, and its fields except those in a school's name.

    `subjects` are the places right behind the first words of such names. A surname without a row stands in the name of
    the person, which is silent: “Will Masters”.
    """
    surnames = load_degrees().surnames
    for degree in degrees:
        start, end = degree.level
        is_silent = table.row_at(start) == table.row_at(end)
        if degree.state != "abandoned" and not (is_silent and table.text[start:end].lower() in surnames):
            yield _make_find(table, start, end, degree.skill)
            yield from (_make_find(table, *field) for field in degree.fields if field[0] not in subjects)


def _make_find(table: TokenTable, start: int, end: int, skill: str) -> Find:
    first = table.row_at(start)
    return Find(first, max(table.row_at(end), first + 1), skill)
