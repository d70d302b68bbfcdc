"""Names of labs and departments: the field in such a name is no method that its people used."""

import re
from collections.abc import Iterator
from functools import cache

from pydantic.dataclasses import dataclass

from skills.text.phrases import any_of, any_word_of
from skills.toml_files import DATA, STRICT, read_toml

MAX_LEAD_CHARACTERS = 80  # of a name before its noun
CAPITALIZED = r"\(?[A-Z][\w&/-]*\)?,?"
LINK = r"(?: (?:and|And|&|of|for|in|on))?"
LEAD = re.compile(rf"(?:{CAPITALIZED}{LINK} ){{1,6}}$")


@dataclass(frozen=True, slots=True, config=STRICT)
class UnitsFile:
    """The schema of `data/units.toml`."""

    nouns: tuple[str, ...]
    links: tuple[str, ...]
    not_before: tuple[str, ...]


@cache
def _compile_nouns() -> re.Pattern[str]:
    """Match the noun of a unit with what follows: “Department of Statistics”."""
    units = read_toml(DATA / "units.toml", UnitsFile)
    nouns = {spelling for noun in units.nouns for spelling in (noun, noun.upper())}
    behind = rf"(?P<behind> (?:{any_of(units.links)})(?: {CAPITALIZED}{LINK}){{1,6}})?"
    return re.compile(rf"(?:{any_word_of(nouns)})\b(?! (?:{any_of(units.not_before)})\b){behind}")


def find_unit_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the character ranges of the names of labs, departments and the like; a noun alone is no name."""
    for match in _compile_nouns().finditer(text):
        lead = LEAD.search(text, max(0, match.start() - MAX_LEAD_CHARACTERS), match.start())
        if lead or match["behind"]:
            yield lead.start() if lead else match.start(), match.end()
