"""The lines of a résumé by their looks: items of lists, prose, or short lines that can be the head of an entry."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from pydantic.dataclasses import dataclass

from skills.anatomy.dates import is_duration
from skills.text.bullets import OPENING_SIGNS
from skills.text.spans import Span
from skills.text.tokens import blank_in_line
from skills.toml_files import DATA, STRICT, read_toml

# What opens an item of a list; with a space behind it, a dash is no minus.
ITEM = re.compile(rf"[^\S\n]*(?:[{OPENING_SIGNS}]+|o(?= )|\(?\d{{1,2}}[.)-])[^\S\n]+")
# A command of LaTeX that opens a line, and its first brace: “\\cventry{2019--2021}{Analyst}”.
COMMAND = re.compile(r"\s*\\[a-zA-Z]+\*?\s*\{|\s*\{(?=[^{}]*\}\s*\{)")
MARKUP = "#*_`> \t\n\xa0"
# What joins the parts of a head, and so stands at the edge of one.
EDGE = MARKUP + "|,;:()[]{}\u00b7\u2022-\u2013\u2014@/~"
MAX_HEAD_CHARACTERS = 120
MAX_POST_NAME_CHARACTERS = 50  # in a line that only names a post: “Worked as a …”
MAX_HEAD_WORDS = 16
MIN_VERB_LETTERS = 5  # of a verb in -ed or -ing: “using”
MIN_DEED_WORDS = 4
MAX_PLACE_WORDS = 3
MAX_SHARE_OF_SMALL_WORDS = 0.34  # of the words of a head
WORD = re.compile(r"[^\W\d_][\w'\u2019.+#&-]*")
SENTENCE_ENDS = (".", ";", "!", "?")
MAX_ABBREVIATION_CHARACTERS = 10  # with the sign behind it
# A dot that belongs to the word before it: “Acme Inc.”, “B.Sc.”
ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Ltd|Co|Corp|Pvt|LLC|Jr|Sr|St|Dept|Univ|Ph\.?D|U\.S|[A-Z]\w{0,2}\.\w{1,3}|[A-Z]))\.\s*$"
)


@dataclass(frozen=True, slots=True, config=STRICT)
class EntriesFile:
    """The schema of `data/entries.toml`."""

    deeds: frozenset[str]
    openers: frozenset[str]
    labels: frozenset[str]
    achieved: frozenset[str]
    head_labels: frozenset[str]
    told: tuple[str, ...]
    held: tuple[str, ...]
    dated: frozenset[str]
    places: frozenset[str]
    employment: frozenset[str]


@cache
def load_entry_words() -> EntriesFile:
    """Return the words by which heads of entries are recognised."""
    return read_toml(DATA / "entries.toml", EntriesFile)


def find_known_place(text: str, start: int) -> int | None:
    """Return where the longest place that is known by name and begins at an offset ends: “North Carolina”."""
    words = list(islice(WORD.finditer(text, start), MAX_PLACE_WORDS))
    if not words or words[0].start() != start:
        return None
    ends = (word.end() for word in reversed(words))
    return next((end for end in ends if text[start:end].lower() in load_entry_words().places), None)


class Row(NamedTuple):
    """A line: `text` from `start` to `end` of the document, without a bullet or a label (“Role:”) at its beginning.

    `item` says that it is an item of a list; `prose` that it reads like a sentence or a part of one, and so is no head.
    """

    start: int
    end: int
    text: str
    item: bool
    prose: bool


def opens_with_deed(text: str) -> bool:
    """Return whether a line opens with what somebody did: “Built a …”, “Trained …”."""
    words = WORD.findall(text)
    if len(words) < MIN_DEED_WORDS or not words[1][0].islower():
        return False
    first = words[0].lower()
    return first in load_entry_words().deeds or (len(first) >= MIN_VERB_LETTERS and first.endswith("ed"))


def _begins_like_deed(words: list[str]) -> bool:
    first = words[0].lower().rstrip(".,:")
    named = first == "the" and len(words) > 1 and words[1][0].isupper()  # “The University of …”
    if (first in load_entry_words().openers and not named) or first in load_entry_words().deeds:
        return True
    return len(words) > 1 and len(first) >= MIN_VERB_LETTERS and first.endswith(("ed", "ing")) and words[1][0].islower()


def _reads_like_prose(text: str) -> bool:
    """Return whether a line is a sentence, a part of one or a labelled list, rather than a head."""
    words = WORD.findall(text)
    if not words:
        return False
    if len(text) > MAX_HEAD_CHARACTERS or len(words) > MAX_HEAD_WORDS or text[0].islower():
        return True
    label, colon, _ = text.partition(":")
    if colon and label.strip(MARKUP).lower() in load_entry_words().labels:
        return True
    if text.endswith(SENTENCE_ENDS) and not ABBREVIATION.search(text, max(0, len(text) - MAX_ABBREVIATION_CHARACTERS)):
        return True
    small = sum(word[0].islower() and len(word) > 1 for word in words)
    return _begins_like_deed(words) or small / len(words) > MAX_SHARE_OF_SMALL_WORDS


@cache
def _compile_title_openings() -> re.Pattern[str]:
    """Match the words that open the short line of a title: “Worked as a Software Engineer”."""
    held = "|".join([*load_entry_words().told, *load_entry_words().held])
    return re.compile(
        rf"[{re.escape(MARKUP)}]*(?i:{held})[: ] *(?i:an? )?(?=[A-Z][^.]{{1,{MAX_POST_NAME_CHARACTERS}}}\.?$)"
    )


def _skip_label(line: str, start: int) -> int:
    """Return where a line begins that may open with a label of a head, or with a command of LaTeX."""
    if command := COMMAND.match(line, start):
        return command.end()
    if held := _compile_title_openings().match(line, start):
        return held.end()
    label, colon, said = line[start:].partition(":")
    labelled = colon and said.strip(MARKUP) and label.strip(MARKUP).lower() in load_entry_words().head_labels
    return start + len(label) + 1 if labelled else start


def list_rows(text: str, dates: Sequence[Span]) -> list[Row]:
    """Return the lines of a text that are not empty; `dates` are the ranges of its dates, in text order."""
    rows, start = [], 0
    for line in text.split("\n"):
        item = ITEM.match(line)
        opening = _skip_label(line, item.end() if item else 0)
        said = line[opening:].strip(MARKUP)
        if said:
            first = start + line.index(said, opening)
            bare = blank_in_line(_cut(text, first, first + len(said), dates)).strip()
            rows.append(
                Row(first, first + len(said), said, item is not None, _reads_like_prose(bare) and not is_duration(bare))
            )
        start += len(line) + 1
    return rows


def _cut(text: str, start: int, end: int, dates: Sequence[Span]) -> str:
    """Return a range of a text without the dates in it."""
    pieces, done = [], start
    for first, last in dates[bisect_left(dates, (start, 0)) :]:
        if first >= end:
            break
        pieces.append(text[done:first])
        done = min(last, end)
    return "".join([*pieces, text[done:end]]).strip(EDGE)
