"""Reads a job posting: its sentences, and whether what each asks for is required or optional."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from pydantic.dataclasses import dataclass as checked_dataclass

from skills.anatomy.titles.job_titles import find_titles
from skills.errors import RolefitError
from skills.text.bullets import BULLETS
from skills.text.phrases import any_of, normalize_phrase, whole_words_of
from skills.text.sentences import ITEM_SIGNS, find_breaks
from skills.text.spans import Span
from skills.toml_files import DATA, STRICT, read_toml

Part = Literal["required", "optional", "offered", "ignored"]
Worth = Literal["required", "optional"]
WordKind = Literal[
    "optional", "either", "people", "knowing", "experience", "work", "behind_verb", "asking", "employer", "not_asking",
    "not_needed", "german", "instead", "studied", "watching", "imperative",
]  # fmt: skip

# In a posting each line that begins with a capital, a sign or a number of years is an item, with a bullet or without.
ITEM_LINE = re.compile(rf"\n(?=\s*(?:[·A-Z]|{ITEM_SIGNS}|\d{{1,2}}\s?(?:\+|[-–]\s?\d|or more\b|to \d|years?\b|yrs\b)))")
BULLET = re.compile(rf"^(?:[^\w\"'\u2018\u201c(\[{{.$\u20ac\u00a3&@]|\(?\d{{1,2}}[.)](?:\s|$))+|[\s*{BULLETS}]+$")
MAX_HEADING_WORDS = 6
BONUS_ENDS = ("if you", "if you have", "if")  # “It's a bonus if you”, above a list of what
MAX_OPENED_HEADING_WORDS = 5  # “About the people of Brackwater”
ASKING: tuple[Part, ...] = ("required", "optional")  # the parts that say what is asked for
# What is not needed, before what is: “You don't need a PhD, but …”.
NOT_NEEDED_BEFORE = re.compile(r"\b(?:no|not|\w+n['’]t)\b[^.;\n]*?,\s+(?=but\s(?!also\b|it\b|they\b|this\b|that\b))")
NOT_ANY = re.compile(r"\bno\s.*\b(?:needed|required|necessary)\b", re.IGNORECASE)
# What is nice to have behind what is asked for: “SQL, ideally PostgreSQL”.
BEFORE_IDEAL = re.compile(r",\s+(?=(?:ideally|preferably|idealerweise)\b)")
OPTIONAL_END = re.compile(r"\shelps?[.!]?$")
# Sentences that are written in small letters.
SMALL_SENTENCE = re.compile(r"(?<=[A-Za-z]{3})(?<!\betc|\bmin|\bmax|\bexp|\byrs)(?<!\bapprox)[.!?]\s(?=[a-z\d])")
PLURAL = re.compile(r"\b(\w+(?:er|or|ist|ect|yst|ian|ant))s\b")  # trades of several people who are sought
# A title that nobody knows, before the rest of a sentence: “An Underwater Welder is needed.”
CAPITALIZED = re.compile(r"(?:An? |The )?([A-Z][\w&/-]*(?: [A-Z][\w&/-]*)*)")
ARTICLE_END = re.compile(r"\b(?:an?|one|our next|next)\s+$", re.IGNORECASE)
TRADE_END = re.compile(r"[,(]|\s(?:with|for|in|at|on|from|and|&)\s")
MAX_TRADE_WORDS = 4
# Behind a number of years, that it is of something; and behind that, that something else is asked for.
OF_SOMETHING = re.compile(r"\s+(?:of|with|in|on|building|working|developing|mit|in)\b")
FURTHER = re.compile(r"[,;]|\b(?:and|und|plus)\b")
# Behind the title of a post stand the employer, the place, the hours.
AFTER_TITLE = re.compile(r"\s*(?:\s[–—|-]\s|[(,]|\sat\s|\n)")


@checked_dataclass(frozen=True, slots=True, config=STRICT)
class PostingsFile:
    """The schema of `data/postings.toml`."""

    bounds: tuple[str, ...]
    numbers: tuple[str, ...]
    not_experience: tuple[str, ...]
    headings: dict[Part, tuple[str, ...]]
    heading_beginnings: dict[Part, tuple[str, ...]]
    employer_verbs: tuple[str, ...]
    title_openings: tuple[str, ...]
    title_labels: tuple[str, ...]
    clause_words: tuple[str, ...]
    seeking: tuple[str, ...]
    heading_nouns: tuple[str, ...]
    heading_adjectives: frozenset[str]
    anybody: frozenset[str]
    greetings: frozenset[str]
    other_names: tuple[str, ...]
    words: dict[WordKind, tuple[str, ...]]


class EmptyPostingError(RolefitError):
    """No requirement can be drafted from the text."""

    code = "empty-posting"

    def __init__(self) -> None:
        super().__init__("The posting names no skill or duty that Rolefit knows. Send its text with the requirements.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or item of a posting: `text[start:end]`, whether what it asks for is required, and whether it asks.

    `post` is the title of the post that the posting is for, if this is the first sentence and names one.
    """

    start: int
    end: int
    words: str
    worth: Worth
    asks: bool = True
    post: str = ""


@cache
def load_postings() -> PostingsFile:
    """Return how postings are read; raise KnowledgeError if the file is malformed."""
    return read_toml(DATA / "postings.toml", PostingsFile)


@cache
def _headings() -> dict[str, Part]:
    return {normalize_phrase(phrase): part for part, phrases in load_postings().headings.items() for phrase in phrases}


@cache
def _list_phrases(kind: WordKind) -> tuple[str, ...]:
    return tuple(f" {normalize_phrase(phrase)} " for phrase in load_postings().words[kind])


@cache
def _years() -> re.Pattern[str]:
    file = load_postings()
    number = rf"\b(?:\d{{1,2}}|{any_of(file.numbers)})"
    return re.compile(
        rf"(?:\b(?:{any_of(file.bounds)})\s)?{number}(?:\s?\+|\s?(?:[-\u2013]|to)\s?{number}|\sor\smore)?\s?\+?\s?"
        r"(?:years?|yrs?|jahren?|jahre)\b(?:\sor\s(?:more|longer)\b)?"
        rf"(?!['\u2019]?[\s-](?:{any_of(file.not_experience)})\b)",
        re.IGNORECASE,
    )


def holds(words: str, kind: WordKind) -> bool:
    """Return whether some words hold a phrase of a kind."""
    spread = f" {normalize_phrase(words)} "
    return any(phrase in spread for phrase in _list_phrases(kind))


def begins_with(words: str, kind: WordKind) -> bool:
    """Return whether some words begin with a phrase of a kind."""
    return f" {normalize_phrase(words)} ".startswith(_list_phrases(kind))


def ends_with(words: str, kind: WordKind) -> bool:
    """Return whether some words end with a phrase of a kind."""
    return f" {normalize_phrase(words)} ".endswith(_list_phrases(kind))


@cache
def compile_words(kind: WordKind) -> re.Pattern[str]:
    """Return the pattern of any phrase of a kind as a text writes it."""
    return re.compile(whole_words_of(load_postings().words[kind]), re.IGNORECASE)


def find_years(words: str) -> str | None:
    """Return the years that a sentence asks for, as it writes them: “5+ years”."""
    found = _years().search(words)
    return found and found[0]


def _is_apart(words: str, years: re.Match[str], name: Span) -> bool:
    """Return whether a number of years is not that of a name: it stands before years of something, or far behind."""
    if name.end <= years.start():
        return OF_SOMETHING.match(words, years.end()) is not None
    further = FURTHER.search(words, years.end(), name.start)
    return further is not None and compile_words("knowing").search(words, further.end(), name.start) is not None


def find_years_of(words: str, name: Span) -> str | None:
    """Return the years that a sentence asks for of a name in it.

    Years in parentheses are those of the name before them and of the names that an “and” or “or” joins to it: in
    “Go, C and C++ (5 years)” those of C and C++, as a comma parts Go from them. Years “of” something are those of what
    stands behind them, up to what is to be known besides. Other years are those of every name.
    """
    found = _years().search(words)
    if found is None:
        return None
    opened = words.rfind("(", 0, found.start())
    if opened < 0 or ")" in words[opened : found.start()]:
        return None if _is_apart(words, found, name) else found[0]
    between = words[name.end : opened].strip()
    is_last = name.end <= opened and not re.search(r"[,;]", between)
    return found[0] if is_last else None


@cache
def _compile_title_opening() -> re.Pattern[str]:
    return re.compile(
        rf"(?:.*\s)?(?:{any_of(load_postings().title_openings)})\s(?:(?:an?|the|our|next)\s)*", re.IGNORECASE
    )


@cache
def _compile_clause_word() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(load_postings().clause_words)})(?!\w)", re.IGNORECASE)


def is_clause(words: str) -> bool:
    """Return whether the first words of a posting are a sentence, which may ask for more than the post."""
    return bool(_compile_title_opening().match(words) or _compile_clause_word().search(words))


def _read_small_title(first: str, before: str) -> str:
    """Return a trade in small letters, with a capital, behind “looking for a” and the like; empty if there is none."""
    opening = _compile_title_opening().match(first)
    trade = TRADE_END.split(before, maxsplit=1)[0]
    if not opening or not ARTICLE_END.search(opening[0]) or load_postings().anybody.intersection(trade.lower().split()):
        return ""
    return trade[:1].upper() + trade[1:] if len(trade.split()) <= MAX_TRADE_WORDS else ""


def read_title(first: str) -> str:
    """Return the title of the post in the first words of a posting: of “We seek a Data Engineer for Ghent.” two words.

    Empty if they name no post: “We seek somebody who likes Python.”
    """
    words = _compile_title_opening().sub("", first, count=1).rpartition(": ")[2].rstrip(".!")
    if not is_clause(first):
        return words
    one = PLURAL.sub(r"\1", words)
    if titles := find_titles(one):
        found = one[titles[0].start : titles[0].end]
        return found[0].upper() + found[1:]
    before = _compile_clause_word().split(words, maxsplit=1)[0].strip()
    name = CAPITALIZED.fullmatch(before)
    return name[1] if name else _read_small_title(first, before)


@cache
def _compile_seeking() -> re.Pattern[str]:
    phrases = any_of(load_postings().seeking).replace(r"\ ", r"\s+")
    return re.compile(rf"\b(?:{phrases})\s")


def find_sought(words: str) -> int:
    """Return where a sentence says what is sought, behind what it says of the employer; 0 if it says nothing of it."""
    found = _compile_seeking().search(words)
    return found.end() if found and not holds(words[: found.start()], "asking") else 0


def _is_title_label(words: str) -> bool:
    return normalize_phrase(words.partition(":")[0]) in load_postings().title_labels


def _name_part(title: str) -> Part | None:
    """Return the part of a posting that a heading opens, or None.

    A noun behind the known word of a heading is dropped (“Desirable criteria”), and an adjective before it (“Main
    duties”). The first of two known names counts (“Benefits & Perks”), and a label of the post's title, such as “Job
    title”, opens what is required.
    """
    known = _headings().get(normalize_phrase(title)) or ("required" if _is_title_label(title) else None)
    first, _, last = title.rpartition(" ")
    if not known and last.lower() in load_postings().heading_nouns:
        known = _headings().get(normalize_phrase(first))
    adjective, _, noun = title.partition(" ")
    if not known and adjective.lower() in load_postings().heading_adjectives:
        known = _headings().get(normalize_phrase(noun))
    parts = [_headings().get(normalize_phrase(name)) for name in re.split(r"\s(?:&|and)\s", title, flags=re.IGNORECASE)]
    return known or (parts[0] if None not in parts else None)


def _find_part(words: str, *, alone: bool) -> Part | None:
    """Return the part of a posting that some words open, alone in their line or before a colon, or None."""
    title = words.partition(":")[0].replace("’", "'").rstrip("?!")
    known = _name_part(title) if len(title.split()) <= MAX_HEADING_WORDS else None
    if known or not alone or words.endswith(".") or len(words.split()) > MAX_OPENED_HEADING_WORDS:
        return known
    if words.endswith(BONUS_ENDS) and holds(words, "optional"):
        return "optional"
    spread, beginnings = f"{normalize_phrase(title)} ", load_postings().heading_beginnings
    return next((part for part, names in beginnings.items() if spread.startswith(tuple(f"{n} " for n in names))), None)


@cache
def _employer_at_work() -> re.Pattern[str]:
    """Return the pattern of a sentence on somebody with a name: “Brackwater Parcels moves”."""
    verbs = any_of(load_postings().employer_verbs)
    return re.compile(rf"(?:The )?(?:[A-Z][\w&'’.-]*,? ){{1,4}}(?:\w+ly )?(?:{verbs})\b")


def _is_not_needed(words: str) -> bool:
    return holds(words, "not_needed") or NOT_ANY.search(words) is not None


def _is_optional(words: str) -> bool:
    return holds(words, "optional") or OPTIONAL_END.search(words) is not None


def _is_asking(words: str, *, introduces: bool) -> bool:
    """Return whether a sentence asks for something.

    One on the employer or of an introduction asks if it speaks to the reader or of the post.
    """
    if holds(words, "not_asking") or (_is_not_needed(words) and not _is_optional(words)):
        return False
    is_on_employer = begins_with(words, "employer") or _employer_at_work().match(words) is not None
    return holds(words, "asking") or begins_with(words, "imperative") or not (introduces or is_on_employer)


def _list_spans(text: str) -> Iterator[tuple[int, int]]:
    further = (ITEM_LINE, NOT_NEEDED_BEFORE, BEFORE_IDEAL, SMALL_SENTENCE)
    breaks = {*find_breaks(text), *(found.end() for pattern in further for found in pattern.finditer(text))}
    yield from pairwise([0, *sorted(breaks), len(text)])


def _read_words(text: str, start: int, end: int) -> str:
    """Return the words of a span of a posting, without a bullet."""
    return BULLET.sub("", " ".join(text[start:end].split()))


def _has_words_behind_label(words: str) -> bool:
    return bool(words.partition(":")[2].strip())


def _stands_at_break(text: str, place: int) -> bool:
    """Return whether there is a line break right before or behind a place in a text."""
    return "\n" in text[max(0, place - 1) : place + 1]


def _read_spans(text: str) -> Iterator[tuple[Part, Part | None, int, int, str]]:
    """Yield the spans of a posting with their part, the part that they open, and their words.

    A label of what is not asked for, such as “Location: Ghent”, is good for its line alone.
    """
    part: Part = "required"
    part_behind: Part | None = None
    for start, stop in _list_spans(text):
        words = _read_words(text, start, stop)
        opened = _find_part(words, alone=_stands_at_break(text, start) and _stands_at_break(text, stop))
        if part_behind is not None and _stands_at_break(text, start):
            part, part_behind = part_behind, None
        if opened:
            part_behind = part if _has_words_behind_label(words) and opened not in ASKING else None
            part = opened
        yield part, opened, start, stop, words


def _end_title(text: str, start: int, stop: int) -> int:
    """Return where the title of the post ends that a line opens with."""
    return start + len(AFTER_TITLE.split(text[start:stop], maxsplit=1)[0])


def _is_greeting(words: str) -> bool:
    return normalize_phrase(words.rstrip("!,. ")) in load_postings().greetings


def _read_sentences(text: str) -> Iterator[tuple[Part, Sentence]]:
    """Yield the sentences of a posting with their parts; of a first line that is no sentence, only the title."""
    spans = [*_read_spans(text)]
    first_heading = next(
        (start for _, opened, start, _, words in spans if opened in ASKING and not _is_title_label(words)), 0
    )
    has_title = False
    for part, opened, start, stop, line in spans:
        end = stop if has_title or is_clause(line) else _end_title(text, start, stop)
        words = line if end == stop else _read_words(text, start, end)
        if not words or (opened and not _has_words_behind_label(words)) or _is_greeting(words):
            continue
        worth: Worth = "optional" if part == "optional" or _is_optional(words) else "required"
        if has_title:
            is_item = re.match(ITEM_SIGNS, text[start:stop].lstrip()) is not None
            asks = _is_asking(words, introduces=start < first_heading and not is_item)
            yield part, Sentence(start, end, words, worth, asks)
        else:
            has_title = part in ASKING
            yield part, Sentence(start, end, words, worth, post=read_title(words))


def split_posting(text: str) -> tuple[list[Sentence], list[Sentence]]:
    """Return the title of the post and the sentences that say what is asked for, and those of the other parts.

    What is offered is left out, unless it names people: “parental leave” asks nobody for children.
    """
    asked, others = [], []
    for part, sentence in _read_sentences(text):
        if part in ASKING:
            asked.append(sentence)
        elif part == "ignored" or holds(sentence.words, "people"):
            others.append(sentence)
    return asked, others
