"""Proper names: the person's own, and those of groups, schools, firms and streets.

What a name is spelt like is nobody's skill: a candidate called Julia Jenkins knows neither Julia nor Jenkins.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain

from pydantic.dataclasses import dataclass

from skills.anatomy.headings import find_heading
from skills.anatomy.names.event_names import find_event_places
from skills.anatomy.names.link_labels import find_link_labels
from skills.anatomy.titles.title_nouns import holds_title_noun
from skills.anatomy.titles.title_words import names_field
from skills.text.contacts import CONTACT_SIGN
from skills.text.phrases import any_of, any_word_of, find_whole_words
from skills.toml_files import DATA, STRICT, read_toml

LINES_BEFORE_NAME = 4
MAX_NAME_WORDS = 5
MAX_REPEATED_WORDS = 1  # “Mohamed Ali Mohamed”
MAX_NAME_LINE_CHARACTERS = 200  # longer ones are whole résumés whose lines were lost
MAX_LEAD_CHARACTERS = 60  # before or behind a skill that can make it part of a name

NAME_WORD = re.compile(r"[^\W\d_]+(?:[.'\u2019-]+[^\W\d_]+)*+\.?")
# What follows a name on its line begins with one of these.
BEHIND_NAME = re.compile(r"\s*[|,;:(/\u2022\u00b7\u2013\u2014\t]|\s-\s|\s{3}")
# Finds that a line has a contact, but not its range.
CONTACT = re.compile(
    rf"{CONTACT_SIGN}|\b(?:linkedin|github)\b|\b(?:she|he|they|ze)/|(?-i:^, [A-Z]{{2}}\b)",
    re.IGNORECASE,
)
# Without a dot “Ms Excel” is a program.
UNDOTTED, DOTTED = ("Mr", "Mrs", "Mx", "Miss"), ("Ms", "Dr", "Prof")
TITLED_NAME = re.compile(rf"(?:(?:{any_word_of(UNDOTTED)})\.?|(?:{any_word_of(DOTTED)})\.) [A-Z][\w'\u2019-]+")
# What may stand between “University of” and a subject: another one, a capitalized word and the end of the line.
SUBJECT_LEADS = tuple(map(re.compile, (r"[\w’-]+ (?:and|&) ", r"[A-Z]\w+ ", r"\n")))
# Between “School of” and the last subject but one of several: “Informatics, Computing and Engineering”.
LISTED_SUBJECTS = re.compile(r"School of (?:[A-Z]\w+, )+(?=[A-Z]\w+,? (?:and|&) [A-Z])")
# What may stand between the name of a skill and what makes it part of a longer name: “Spark-University”.
BEFORE_ORGANISATION = frozenset(" \t-,")
LAST_FIRST = re.compile(r"([^\W\d_]+), ([^\W\d_][^\W\d_A-Z]+(?: [^\W\d_]\.)?)")


@dataclass(frozen=True, slots=True, config=STRICT)
class ProperNamesFile:
    """The schema of `data/proper-names.toml`."""

    before: tuple[str, ...]
    openings: frozenset[str]
    honorifics: tuple[str, ...]
    particles: frozenset[str]
    post_nominals: frozenset[str]
    organisations: tuple[str, ...]
    firms: tuple[str, ...]
    before_organisations: tuple[str, ...]
    before_subjects: tuple[str, ...]
    groups: tuple[str, ...]
    group_links: tuple[str, ...]


@cache
def load_proper_names() -> ProperNamesFile:
    """Return the words by which names are recognised."""
    return read_toml(DATA / "proper-names.toml", ProperNamesFile)


@cache
def _compile_lead() -> re.Pattern[str]:
    """Match what a name may stand behind on its line."""
    names = load_proper_names()
    return re.compile(rf"^\s*(?:(?i:{any_of(names.before)})\s*[: ]\s*)?(?:(?:{any_of(names.honorifics)})\b\.?\s+)*")


@cache
def _compile_behind_skill() -> re.Pattern[str]:
    """Match what behind the name of a skill shows that it is part of a firm's or an organisation's name."""
    names = load_proper_names()
    lead = rf"(?:[ \t-]+(?:{any_of(names.before_organisations)}))*"
    others = rf"(?:[ \t]+[A-Z]\w+(?:[ \t]+&[ \t]+[A-Z]\w+)?{lead})?"
    organisations = any_of([*names.organisations, *map(str.upper, names.organisations)])
    end = rf"[ \t]+(?:{organisations})\b(?! of\b)|{others},?[ \t]+(?:{any_of(names.firms)})\b"
    return re.compile(rf"{lead}(?:{end})")


@cache
def _compile_before_subject() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word_of(load_proper_names().before_subjects)}) ")


@cache
def _compile_group() -> re.Pattern[str]:
    """Match the name of a group of people: “Women in Machine Learning” says who somebody is, not what they can do."""
    names = load_proper_names()
    called, more = r"[A-Z][\w+#-]*", r"(?: (?:(?:and|&|of) )?[A-Z][\w+#-]*){0,3}"
    return re.compile(rf"(?:{any_word_of(names.groups)}) (?:{any_of(names.group_links)}) {called}{more}")


def reads_like_name(words: Sequence[str]) -> bool:
    """Return whether words have the form of a person's name."""
    names, line = load_proper_names(), " ".join(words)
    return (
        1 <= len(words) <= MAX_NAME_WORDS
        and not line[0].islower()
        and all(NAME_WORD.fullmatch(word) and (not word[0].islower() or word in names.particles) for word in words)
        and not holds_title_noun(words)
        and not names_field(line)
        and len(set(words)) + MAX_REPEATED_WORDS >= len(words)
        and line.lower() not in names.openings
        and find_heading(line) is None
    )


def _may_follow(rest: str) -> bool:
    """Return whether what stands behind words on the first line suits a name: contact, a post, a degree, a wide gap."""
    words = [word.strip("()") for word in re.split(r"[\s,|/]+", rest) if word]
    return bool(
        rest.startswith("   ")
        or CONTACT.search(rest)
        or holds_title_noun(words)
        or load_proper_names().post_nominals.issuperset(words)
    )


def _drop_degrees(name: str) -> str:
    """Return a name without the degrees at its end; one in capitals alone may be a surname (“Yo-Yo MA”)."""
    words = name.split(" ")
    while words and words[-1] in load_proper_names().post_nominals and ("." in words[-1] or not words[-1].isupper()):
        del words[-1]
    return " ".join(words)


def _find_name_in(line: str) -> str:
    said = _compile_lead().sub("", line, count=1).rstrip()
    last_first, sign = LAST_FIRST.match(said), BEHIND_NAME.search(said)
    ends = [last_first.end() if last_first else 0, sign.start() if sign else len(said)]
    for name, rest in ((said[:end], said[end:]) for end in ends):
        joined = " " not in name and rest.lstrip().startswith("/")  # “Python / Data Scientist”
        if reads_like_name(name.replace(",", "").split()) and not joined and (not rest or _may_follow(rest)):
            return _drop_degrees(name)
    return ""


def _introduces_person(text: str) -> bool:
    """Return whether a text begins as a résumé does, with a contact or a post, so that a single word may be a name."""
    lines = text.split("\n", LINES_BEFORE_NAME)[:LINES_BEFORE_NAME]
    return any(CONTACT.search(line) or holds_title_noun(line.split()) for line in lines)


def find_name(text: str) -> str:
    """Return the person's name as it stands in one of the first lines, or nothing if none reads like one.

    Titles (“Dr.”) and what follows on the line (“, PhD”) are left out.
    """
    if "\n" not in text:
        return ""
    for line in text.split("\n", LINES_BEFORE_NAME)[:LINES_BEFORE_NAME]:
        name = _find_name_in(line) if len(line) <= MAX_NAME_LINE_CHARACTERS else ""
        if name and (" " in name or _introduces_person(text)):
            return name
        if line.strip() and line.strip().lower() not in load_proper_names().openings and not CONTACT.search(line):
            break
    return ""


def find_silent_places(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of names of people, groups and events, which are no evidence of skills."""
    # To look for the words themselves is faster than for the patterns that begin with them, which few texts hold.
    signs = ((TITLED_NAME, (*UNDOTTED, *DOTTED)), (_compile_group(), load_proper_names().groups))
    likely = [pattern for pattern, words in signs if any(word in text for word in words)]
    named = (match.span() for pattern in likely for match in pattern.finditer(text))
    return [*find_name_places(text), *named, *find_event_places(text), *find_link_labels(text)]


def find_name_places(text: str) -> list[tuple[int, int]]:
    """Return the character ranges in which the person's full name stands; of a name of one word the first alone."""
    name = find_name(text)
    if not name:
        return []
    last, _, first = name.partition(", ")
    spellings = {name, f"{first} {last}".strip()}
    spellings |= {spelling.upper() for spelling in spellings}
    standing = chain.from_iterable(find_whole_words(spelling, text) for spelling in spellings)
    places: list[tuple[int, int]] = []
    for start, end in sorted(standing, key=lambda place: (place[0], -place[1])):
        if not places or start >= places[-1][1]:
            places.append((start, end))
    return places if " " in name else places[:1]


def opens_name(end: int, text: str) -> bool:
    """Return whether the text before an offset is part of the name of a school, firm or street: “Spark University”."""
    gap = text[end : end + 2]  # for most names these characters decide, and no pattern is tried
    if gap[:1] not in BEFORE_ORGANISATION or gap[1:].islower():
        return False
    return _compile_behind_skill().match(text, end, end + MAX_LEAD_CHARACTERS) is not None


def find_subjects(text: str) -> set[int]:
    """Return the offsets behind which a word is part of a school's name: “University of Julia”."""
    offsets: set[int] = set()
    for match in _compile_before_subject().finditer(text):
        ends = [match.end()]
        for lead in SUBJECT_LEADS:
            ends += [more.end() for more in (lead.match(text, end) for end in ends) if more]
        offsets.update(end for end in ends if end - match.start() <= MAX_LEAD_CHARACTERS)
    offsets.update(match.end() for match in LISTED_SUBJECTS.finditer(text))
    return offsets
