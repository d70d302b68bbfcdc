"""Drafting a role from a job posting: what each of its sentences asks for, for a person to review."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from itertools import chain, pairwise
from textwrap import shorten
from typing import Literal

import rtoml
from pydantic.dataclasses import dataclass as checked_dataclass

from skills.document import Line
from skills.errors import RolefitError
from skills.finding.learned import name_phrases
from skills.finding.mentions import Mention
from skills.judging.scoring import choose_best, gather_evidence, measure_requirement
from skills.knowledge import Knowledge, write_example
from skills.roles.profiles import ALL_POINTS, SOURCES, Dimension, Requirement, RoleProfile
from skills.roles.protected_criteria import find_criterion
from skills.text.phrases import normalize_phrase
from skills.text.sentences import BULLETS, find_breaks
from skills.toml_files import DATA, STRICT, read_toml

Part = Literal["required", "optional", "ignored"]
Worth = Literal["required", "optional"]

# What is asked for is worth twice what is nice to have, until a person decides otherwise.
SHARES: dict[Worth, int] = {"required": 2, "optional": 1}

# In a posting each line that begins with a capital is an item, with a bullet or without.
ITEM_LINE = re.compile(r"\n(?=\s*[·A-Z])")
BULLET = re.compile(rf"^[\s\-–*·{BULLETS}]+|[\s{BULLETS}]+$")
LONGEST_HEADING_WORDS = 6
POST_DATES = ", May 2019 - Present"  # without dates a résumé shows no post that is held
LONGEST_TITLE_CHARACTERS = 90
# Behind the title of a post stand the employer, the place, the hours.
AFTER_TITLE = re.compile(r"\s*(?:\s[–—|-]\s|[(,]|\sat\s|\n)")

DIMENSIONS: dict[str, Dimension] = {
    "degree": "education",
    "field": "education",
    "industry": "industries",
    "language": "skills",
    "method": "skills",
    "practice": "skills",
    "standard": "skills",
}
SUMMARY = "Drafted from a job posting; a person has to review what it asks for and what each line is worth."


@checked_dataclass(frozen=True, slots=True, config=STRICT)
class PostingsFile:
    """The schema of `data/postings.toml`."""

    headings: dict[Part, tuple[str, ...]]
    words: dict[Literal["optional", "either"], tuple[str, ...]]


class EmptyPostingError(RolefitError):
    """No requirement can be drafted from the text."""

    code = "empty-posting"

    def __init__(self) -> None:
        super().__init__("The posting names no skill or duty that Rolefit knows. Send its text with the requirements.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or item of a posting: `text[start:end]`, and whether what it asks for is required or optional."""

    start: int
    end: int
    words: str
    worth: Worth


@dataclass(frozen=True, slots=True)
class Draft:
    """A role, with the sentences that were left out, by protected criterion, and those that nothing was found in."""

    profile: RoleProfile
    protected: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


@cache
def load_postings() -> PostingsFile:
    """Return how postings are read; raise KnowledgeError if the file is malformed."""
    return read_toml(DATA / "postings.toml", PostingsFile)


@cache
def _headings() -> dict[str, Part]:
    return {normalize_phrase(phrase): part for part, phrases in load_postings().headings.items() for phrase in phrases}


def _holds(words: str, kind: Literal["optional", "either"]) -> bool:
    spread = f" {normalize_phrase(words)} "
    return any(f" {normalize_phrase(phrase)} " in spread for phrase in load_postings().words[kind])


def _find_part(words: str) -> Part | None:
    """Return the part of a posting that a line opens, alone or before a colon, or None."""
    title = words.partition(":")[0].replace("’", "'")
    return _headings().get(normalize_phrase(title)) if len(title.split()) <= LONGEST_HEADING_WORDS else None


def _list_spans(text: str) -> Iterator[tuple[int, int]]:
    breaks = {*find_breaks(text), *(line.end() for line in ITEM_LINE.finditer(text))}
    yield from pairwise([0, *sorted(breaks), len(text)])


def split_posting(text: str) -> list[Sentence]:
    """Return the title of the post and the sentences that say what is asked for, not headings and other parts."""
    part: Part = "required"
    sentences: list[Sentence] = []
    for start, stop in _list_spans(text):
        end = stop if sentences else start + len(AFTER_TITLE.split(text[start:stop], maxsplit=1)[0])
        words = BULLET.sub("", " ".join(text[start:end].split()))
        opened = _find_part(words)
        part = opened or part
        if words and part != "ignored" and (opened is None or words.partition(":")[2].strip()):
            worth: Worth = "optional" if part == "optional" or _holds(words, "optional") else "required"
            sentences.append(Sentence(start, end, words, worth))
    return sentences


def _assign_concepts(mentions: Iterable[Mention], sentences: Sequence[Sentence]) -> dict[Sentence, list[str]]:
    """Return the skills and duties that each sentence asks for, each where it is first named.

    What was learned of the built-in roles says nothing of others.
    """
    starts, taken = [sentence.start for sentence in sentences], set(name_phrases())
    assigned: dict[Sentence, list[str]] = {sentence: [] for sentence in sentences}
    for mention in mentions:
        place = bisect_right(starts, mention.start) - 1
        if place >= 0 and mention.start < sentences[place].end and mention.concept not in taken:
            taken.add(mention.concept)
            assigned[sentences[place]].append(mention.concept)
    return assigned


def _find_dimension(concept: str, knowledge: Knowledge) -> Dimension:
    skill = knowledge.vocabulary.skills.get(concept)
    return "responsibilities" if skill is None else DIMENSIONS.get(skill.kind, "tools")


def _count_enough(sentence: Sentence, dimension: Dimension, kinds: Sequence[str]) -> int:
    """Return how many of the concepts meet the requirement: of a degree and fields of study, one of each."""
    if dimension == "education":
        return len(set(kinds))
    return 1 if _holds(sentence.words, "either") else len(kinds)


def _measure_example(item: Requirement, knowledge: Knowledge) -> float:
    """Return how far a requirement's example would meet it, 0 to 1."""
    best = choose_best(knowledge.find_mentions(write_example(item), (Line(1, 0, 0),)))
    return measure_requirement(item, gather_evidence(best, frozenset(item.skills) | frozenset(item.duties)))


def _draft_requirement(
    sentence: Sentence, dimension: Dimension, concepts: Sequence[str], knowledge: Knowledge
) -> Requirement | None:
    """Return what a sentence asks for in one dimension, with a share for its points; None if no example shows it."""
    skills = [knowledge.vocabulary.skills[concept] for concept in concepts if dimension != "responsibilities"]
    labels = ", ".join(skill.label for skill in skills)
    named = labels if labels and find_criterion(labels) is None else sentence.words.rstrip(".")
    plain = Requirement(
        id=concepts[0],
        title=shorten(named, LONGEST_TITLE_CHARACTERS, placeholder=" …"),
        dimension=dimension,
        possible=SHARES[sentence.worth],
        advice=f"If it is true of you, say so where you did or learned it: {named}.",
        example="",
        skills=tuple(skill.id for skill in skills),
        duties=() if skills else tuple(concepts),
        enough=_count_enough(sentence, dimension, [skill.kind for skill in skills] or concepts),
        example_section="education" if dimension == "education" else "projects",
        quote=sentence.words,
    )
    examples = [replace(plain, example=text) for text in (f"{named}.", sentence.words, named + POST_DATES)]
    best = max(examples, key=lambda item: _measure_example(item, knowledge))
    return best if _measure_example(best, knowledge) else None


def _draft_requirements(sentence: Sentence, concepts: Iterable[str], knowledge: Knowledge) -> list[Requirement]:
    """Return what a sentence asks for: a requirement for each dimension that something in it belongs to."""
    found: dict[Dimension, list[str]] = {}
    for concept in concepts:
        found.setdefault(_find_dimension(concept, knowledge), []).append(concept)
    drafts = (_draft_requirement(sentence, name, found[name], knowledge) for name in SOURCES if name in found)
    return [item for item in drafts if item is not None]


def _share_points(items: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Return the requirements with points that add up to 100, in tenths, by their shares."""
    tenths, shares = round(10 * ALL_POINTS), sum(item.possible for item in items)
    parts = [int(tenths * item.possible / shares) for item in items]
    rest = tenths - sum(parts)
    return tuple(
        replace(item, possible=(part + (place < rest)) / 10)
        for place, (item, part) in enumerate(zip(items, parts, strict=True))
    )


def _write_id(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())) or "drafted"


def _name_role(first: Sentence, knowledge: Knowledge) -> str:
    """Return the title of the post, which stands first in a posting, as one that no built-in role has."""
    named = find_criterion(first.words) is None
    title = shorten(first.words.rpartition(": ")[2], LONGEST_TITLE_CHARACTERS, placeholder=" …") if named else "Role"
    taken = any(profile.id == _write_id(title) for profile in knowledge.profiles)
    return f"{title} (drafted)" if taken else title


def draft_role(text: str, knowledge: Knowledge) -> Draft:
    """Return the draft of a role from the text of a job posting; what asks for a protected criterion is left out.

    Raises:
        EmptyPostingError: nothing that is known is asked for.
    """
    sentences = split_posting(text)
    protected = {item: criterion for item in sentences if (criterion := find_criterion(item.words))}
    mentions = knowledge.find_mentions(text, (Line(1, 0, len(text)),))
    assigned = _assign_concepts(mentions, [item for item in sentences if item not in protected])
    drafted = {item: _draft_requirements(item, concepts, knowledge) for item, concepts in assigned.items()}
    if not any(drafted.values()):
        raise EmptyPostingError
    title = _name_role(sentences[0], knowledge)
    return Draft(
        RoleProfile(_write_id(title), title, SUMMARY, _share_points([*chain.from_iterable(drafted.values())])),
        tuple((criterion, item.words) for item, criterion in protected.items()),
        tuple(item.words for item, requirements in drafted.items() if not requirements and item != sentences[0]),
    )


def _describe(item: Requirement) -> dict[str, object]:
    """Return what a requirement's file says, without what it says by default."""
    return {key.name: value for key in fields(item) if (value := getattr(item, key.name)) != key.default}


def write_draft(draft: Draft) -> str:
    """Return a draft as the TOML file of a role, with what a person has to look at as comments at its head."""
    profile = draft.profile
    remarks = [
        f"{SUMMARY} What is required is worth twice what is nice to have, and otherwise all lines are worth the same.",
        *(f"Left out, for no role may ask for it ({criterion}): “{words}”" for criterion, words in draft.protected),
        *(f"Left out, for nothing in it is known to Rolefit: “{words}”" for words in draft.unknown),
    ]
    parts = asdict(profile) | {"requirements": [_describe(item) for item in profile.requirements]}
    return "".join(f"# {remark}\n" for remark in remarks) + rtoml.dumps(parts)
