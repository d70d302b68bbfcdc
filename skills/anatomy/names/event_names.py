"""Names of conferences and journals: where a paper appeared says nothing of what its author can do."""

import re
from collections.abc import Iterator
from functools import cache

from pydantic.dataclasses import dataclass

from skills.text.phrases import any_of, any_word_of
from skills.toml_files import DATA, STRICT, read_toml

MAX_LEAD_CHARACTERS = 80  # of a name before its noun: “British Machine Vision” of “… Conference”
CAPITALIZED = r"[A-Z][\w&/-]*"
# Behind the noun a name may be broken over two lines and goes on over small words.
MORE = rf"(?:\s(?:(?:and|&|of|for|in|on|the)\s)?{CAPITALIZED}){{0,8}}"
# The end of a name that lists fields: “…, Graphics and Image Processing”.
LISTED = rf"(?:(?:,\s{CAPITALIZED}(?:\s{CAPITALIZED})?){{1,3}},?\s(?:and|&)\s{CAPITALIZED}(?:\s{CAPITALIZED})?)?"
LEAD = re.compile(rf"(?:{CAPITALIZED}(?: (?:and|&|of|for|in|on))? ){{1,6}}$")


@dataclass(frozen=True, slots=True, config=STRICT)
class EventsFile:
    """The schema of `data/events.toml`."""

    nouns: tuple[str, ...]
    links: tuple[str, ...]
    names: tuple[str, ...]


@cache
def _load_events() -> EventsFile:
    return read_toml(DATA / "events.toml", EventsFile)


@cache
def _compile_nouns() -> re.Pattern[str]:
    """Match the noun of an event with what follows: “Conference on Computer Vision”."""
    events = _load_events()
    behind = rf"(?:\s(?:{any_of(events.links)})\s{CAPITALIZED}{MORE}{LISTED})?"
    return re.compile(rf"(?:{any_word_of(events.nouns)})s?\b{behind}")


@cache
def _compile_names() -> re.Pattern[str]:
    return re.compile(any_word_of(_load_events().names))


def find_event_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the character ranges of the names of events and journals."""
    yield from (match.span() for match in _compile_names().finditer(text))
    for match in _compile_nouns().finditer(text):
        lead = LEAD.search(text, max(0, match.start() - MAX_LEAD_CHARACTERS), match.start())
        yield lead.start() if lead else match.start(), match.end()
