"""Finds what says who somebody is, so that it can be hidden: name, contact, address, schools and dates.

Found by signs alone and without spaCy, so that a web process can hide it. Errs on the side of finding too much, and so
takes more for a name than `proper_names` does, where what is found can show no skill.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from pydantic.dataclasses import dataclass as checked_dataclass

from skills.anatomy.headings import find_heading, stands_alone
from skills.anatomy.sections import EDUCATION, TOP
from skills.anatomy.titles.title_nouns import holds_title_noun
from skills.text import contacts
from skills.text.phrases import any_of, whole_words_of
from skills.toml_files import DATA, STRICT, read_toml

PersonalKind = Literal["name", "contact", "school", "employer", "date"]

IDENTITY = "identity"

# A longer line at the top of a document is the beginning of its prose, below which no name stands.
MAX_TOP_WORDS = 9
MAX_NAME_WORDS = 4
MAX_SCHOOL_WORDS = 7
MAX_ABBREVIATION_CHARACTERS = 3
# Shorter words of a name, such as initials, are those of many others.
MIN_NAME_CHARACTERS = 2
MIN_HANDLE_CHARACTERS = 3

SEPARATOR = re.compile(r" *[|\u2022\u00b7,;\t\u2013\u2014]\s*| +- +| {3,}")
WORD = re.compile(r"[^\W\d_](?:[^\W_]|['\u2019.-](?=[^\W_]))*")
# Whole words, for “Marketing 2019” is no date; `sections` is less strict, where a range is one by its form.
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
YEAR = r"(?:19|20)\d\d(?: ?[-/\u2013] ?\d\d(?!\d))?"
DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? +)?{MONTH}(?: *\d{{1,2}}(?:st|nd|rd|th)?,)? *(?:{YEAR}|['\u2019]?\d\d\b)"
    rf"|(?<![\d.])\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}(?!\d)|\b\d{{1,2}}/(?:19|20)\d\d\b|\b{YEAR}(?!\d)",
    re.IGNORECASE,
)
CONTACT = re.compile(
    rf"{contacts.CONTACT.pattern}"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.net/\S*",  # “ASP.NET/C#” too, in judging a skill
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}(?=@)")
JOINTS = frozenset({"of", "at", "for", "and", "de", "la", "the"})
BETWEEN = re.compile(r"[ ,|\u2013\u2014-]*| to ")


@dataclass(frozen=True, slots=True)
class PersonalSpan:
    """A span of a text that says who somebody is, `text[start:end]` in code points."""

    kind: PersonalKind
    start: int
    end: int


@checked_dataclass(frozen=True, slots=True, config=STRICT)
class IdentityFile:
    """The schema of `data/identity.toml`."""

    schools: frozenset[str]
    studies: frozenset[str]
    streets: tuple[str, ...]
    labels: frozenset[str]
    captions: frozenset[str]


class _Line(NamedTuple):
    start: int
    text: str
    section: str


@cache
def _load_identity() -> IdentityFile:
    return read_toml(DATA / "identity.toml", IdentityFile)


@cache
def _compile_streets() -> re.Pattern[str]:
    nouns = any_of(_load_identity().streets)
    return re.compile(rf"\b\d{{1,5}}[a-z]?,? (?:[^\W\d_a-z][\w.'-]{{0,30}} ){{1,4}}(?i:{nouns})\b\.?")


def _is_capitalized(word: str) -> bool:
    return word[:1].isupper()


def _has_any(text: str, words: frozenset[str]) -> bool:
    return any(word.replace(".", "") in words for word in WORD.findall(text.casefold()))


def _is_titled(text: str) -> bool:
    """Return whether a text has a noun of job titles: then it is no name."""
    return holds_title_noun(WORD.findall(text))


def _is_proper(word: str) -> bool:
    """Return whether a word may belong to a name: it is capitalized, and neither a study nor a post."""
    return _is_capitalized(word) and not _is_titled(word) and not _has_any(word, _load_identity().studies)


def _list_lines(text: str) -> list[_Line]:
    """Return the lines with the section that each stands in; a heading stands in none.

    A line such as `Contact: …` is a section of its own. The top ends with the first heading or line of prose.
    """
    lines, start, current = [], 0, TOP
    for line in text.split("\n"):
        opened = find_heading(line)
        section, heading = opened or current, opened is not None and stands_alone(line)
        if section == TOP and any(len(piece.split()) > MAX_TOP_WORDS for piece in SEPARATOR.split(line)):
            section = ""
        lines.append(_Line(start, line, "" if heading else section))
        current = section if heading or section != IDENTITY else current
        start += len(line) + 1
    return lines


def _split(line: _Line) -> Iterator[tuple[int, str]]:
    """Yield the pieces of a line between its separators, each with its offset in the text."""
    first = 0
    for separator in [*(match.span() for match in SEPARATOR.finditer(line.text)), (len(line.text),) * 2]:
        piece = line.text[first : separator[0]]
        if piece.strip():
            yield line.start + first, piece
        first = separator[1]


def _find_top(lines: Sequence[_Line]) -> Iterator[PersonalSpan]:
    """Yield the pieces above the first heading, without job titles."""
    for line in lines:
        if line.section == TOP:
            for start, piece in _split(line):
                if not _is_titled(piece):
                    yield PersonalSpan("contact", start, start + len(piece))


def _find_marked(lines: Sequence[_Line]) -> Iterator[PersonalSpan]:
    """Yield the lines of the sections on contact and person, and those that open with a label such as `Born:`."""
    for line in lines:
        label, colon, _ = line.text.partition(":")
        if line.section == IDENTITY or (colon and label.strip(" \u2022-").casefold() in _load_identity().labels):
            yield PersonalSpan("contact", line.start, line.start + len(line.text))


def _reads_like_name(piece: str) -> bool:
    words = WORD.findall(piece)
    return (
        1 <= len(words) <= MAX_NAME_WORDS
        and _is_capitalized(words[0])
        and _is_capitalized(words[-1])
        and not any(char.isdigit() for char in piece)
        and not _is_titled(piece)
        and not _has_any(piece, _load_identity().captions)
    )


def _fits_handle(words: Sequence[str], handle: str) -> bool:
    """Return whether the part of an e-mail address before the @ is made of a name's words, or of one and initials."""
    for word in words:
        if len(word) >= MIN_HANDLE_CHARACTERS and word in handle:
            rest = handle.replace(word, "")
            return all(other[0] in rest for other in words if other != word)
    return False


def _list_names(text: str, lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the first piece at the top that reads like a name, and those anywhere that an e-mail address repeats."""
    handles = {handle.casefold() for handle in HANDLE.findall(text)}
    tops = (line for line in lines if line.section == TOP and not _is_titled(line.text))
    yield from [piece for line in tops for _, piece in _split(line) if _reads_like_name(piece)][:1]
    for _, piece in (split for line in lines for split in _split(line)) if handles else ():
        words = WORD.findall(piece.casefold())
        if len(words) > 1 and any(_fits_handle(words, handle) for handle in handles) and _reads_like_name(piece):
            yield piece


def _find_names(text: str, lines: Sequence[_Line]) -> Iterator[PersonalSpan]:
    """Yield every place of every word of the person's name, except words that also name a field of study."""
    words = {word for name in _list_names(text, lines) for word in WORD.findall(name) if _is_proper(word)}
    halves = {half for word in words for half in word.split("-")}
    kept = [word for word in words | halves if len(word) >= MIN_NAME_CHARACTERS]
    forms = {form for word in kept for form in (word, word.title(), word.upper())}
    if forms:
        pattern = re.compile(whole_words_of(forms))
        yield from (PersonalSpan("name", *match.span()) for match in pattern.finditer(text))


def _is_school(word: str) -> bool:
    return _is_capitalized(word) and word.casefold() in _load_identity().schools


def _is_joined(left: re.Match[str], right: re.Match[str]) -> bool:
    """Return whether two words of a line stand together, if need be with the dot of an abbreviation between them."""
    gap = left.string[left.end() : right.start()]
    return gap == " " or (gap == ". " and len(left[0]) <= MAX_ABBREVIATION_CHARACTERS)


def _bound_school(words: Sequence[re.Match[str]], index: int) -> tuple[int, int]:
    """Return where a school's name begins and ends in its line, of which the word at an index is one of `schools`.

    The name reaches over capitalized words and, to its right, over what is joined to it: “Institute of Technology”.
    """
    first = last = index
    least, most = max(0, index - MAX_SCHOOL_WORDS), min(len(words), index + MAX_SCHOOL_WORDS)
    while first > least and _is_joined(words[first - 1], words[first]) and _is_proper(words[first - 1][0]):
        first -= 1
    while last + 1 < most and _is_joined(words[last], words[last + 1]):
        joint = words[last + 1][0].casefold() in JOINTS
        if not joint and not _is_proper(words[last + 1][0]):
            break
        last += 1 + (joint and last + 2 < len(words))
    return words[first].start(), words[last].end()


def _find_schools(lines: Sequence[_Line]) -> Iterator[PersonalSpan]:
    """Yield the names of schools, and what stands beside degrees and fields in the education."""
    for line in lines:
        words = list(WORD.finditer(line.text)) if _has_any(line.text, _load_identity().schools) else []
        for index, word in enumerate(words):
            if _is_school(word[0]):
                start, end = _bound_school(words, index)
                yield PersonalSpan("school", line.start + start, line.start + end)
        if line.section == EDUCATION:
            yield from _find_untitled(line)


def _find_untitled(line: _Line) -> Iterator[PersonalSpan]:
    """Yield the short capitalized pieces of a line of the education that name no study: schools and their cities."""
    for start, piece in _split(line):
        words = WORD.findall(piece)
        short = 0 < len(words) <= MAX_SCHOOL_WORDS
        if short and _is_capitalized(words[0]) and not _has_any(piece, _load_identity().studies):
            yield PersonalSpan("school", start, start + len(piece))


def _find_signs(lines: Sequence[_Line]) -> Iterator[PersonalSpan]:
    """Yield what is recognised by its form alone, such as an address."""
    for line in lines:
        signs: list[tuple[PersonalKind, re.Pattern[str]]] = []
        if contacts.may_hold_contact(line.text):
            signs.append(("contact", CONTACT))
        if any(map(str.isdecimal, line.text)):
            signs += ("date", DATE), ("contact", _compile_streets())
        for kind, pattern in signs:
            for match in pattern.finditer(line.text):
                yield PersonalSpan(kind, line.start + match.start(), line.start + match.end())


def _merge(spans: Sequence[PersonalSpan], text: str) -> Iterator[PersonalSpan]:
    """Yield the spans in text order, without overlaps; spans with only separators between them are joined."""
    current: PersonalSpan | None = None
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if current is None:
            current = span
        elif span.start <= current.end or BETWEEN.fullmatch(text, current.end, span.start):
            current = PersonalSpan(current.kind, current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current:
        yield current


def find_personal(text: str, known: Iterable[PersonalSpan] = ()) -> tuple[PersonalSpan, ...]:
    """Return the personal spans in text order, without overlaps; neighbours are joined under the kind of the first.

    `known` are spans that the caller has found already.
    """
    lines = _list_lines(text)
    found = [*_find_top(lines), *_find_marked(lines), *_find_names(text, lines), *_find_schools(lines)]
    return tuple(_merge([*found, *_find_signs(lines), *known], text))
