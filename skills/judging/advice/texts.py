"""The texts of advice, read from `data/advice-en.toml`."""

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from typing import Literal

from pydantic.dataclasses import dataclass

from skills.toml_files import DATA, STRICT, read_toml

# What a résumé can show of a requirement that has points to gain.
Case = Literal["listed", "claimed", "studied", "named", "few", "others", "broad", "missing", "together"]


@dataclass(frozen=True, slots=True, config=STRICT)
class CountedText:
    """A text for one quote, and one for several; without the second, the first is for any number."""

    one: str
    many: str = ""

    def choose(self, quotes: int) -> str:
        """Return the text for a number of quotes."""
        return self.many if self.many and quotes != 1 else self.one


@dataclass(frozen=True, slots=True, config=STRICT)
class Joints:
    """The words that join quotes; `no_entry` stands where no post is known that suits."""

    and_: str
    or_: str
    at: str
    entry: str
    no_entry: str
    further: str
    same: str


Cases = Mapping[Case, CountedText]


@dataclass(frozen=True, slots=True, config=STRICT)
class NearTexts:
    """What is said of words that come near a requirement and were not counted.

    A sentence comes near in which one of `words` stands close to one of `beside`. With `words` alone, degrees are
    quoted whose names have one of them; without either, the titles of posts. A star stands for the rest of a word. It
    is said where nothing was found; if `beside_evidence`, also where something was, of another sentence.
    """

    text: CountedText
    words: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    beside_evidence: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class RequirementTexts:
    """What is said of one requirement.

    `reason` is what the article asks for in its `section`. `tip` is for people without a post whose résumé has none of
    the words `unless`, `missing` for all others. Cases without a text have that of the `group`, or of all. Two
    requirements that are `kin` are given no advice twice. What comes `near` is quoted
    instead. The skills `broad` name a whole field,
    of which the requirement asks for parts.
    """

    reason: str
    section: str
    tip: str
    missing: str = ""
    unless: tuple[str, ...] = ()
    group: str = ""
    kin: str = ""
    broad: frozenset[str] = frozenset()
    near: NearTexts | None = None
    cases: Cases = field(default_factory=dict)


@dataclass(frozen=True, slots=True, config=STRICT)
class FieldTexts:
    """What is said once of all lines of a field of which a résumé shows `nothing`, or `little`.

    `same` is said of each further line. `trades` are the fields of job titles in which its skills are used.
    """

    requirements: frozenset[str]
    trades: frozenset[str]
    nothing: str
    little: str
    same: str


@dataclass(frozen=True, slots=True, config=STRICT)
class LittleTexts:
    """What is said once of all lines with little left, and what of each further one."""

    text: str
    same: str


@dataclass(frozen=True, slots=True, config=STRICT)
class PostTexts:
    """The words in the head of a post for which advice does not name it."""

    unsuited: tuple[str, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class StudyTexts:
    """Words that tell what else stands among studies.

    A line with one of `written` tells of something written, and no course. Below a heading with one of `listed` are
    skills.
    """

    written: tuple[str, ...]
    listed: tuple[str, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class AdviceFile:
    """The schema of such a file."""

    joints: Joints
    little: LittleTexts
    posts: PostTexts
    studies: StudyTexts
    fields: Mapping[str, FieldTexts]
    cases: Cases
    groups: Mapping[str, Cases]
    requirements: Mapping[str, RequirementTexts]

    def find_text(self, requirement: str, case: Case) -> CountedText:
        """Return the text of a case: the requirement's own, that of its group, or that of all."""
        texts = self.requirements.get(requirement)
        own = {**self.groups.get(texts.group, {}), **texts.cases} if texts else {}
        return own.get(case, self.cases[case])


@cache
def load_advice() -> AdviceFile:
    """Return the texts of advice.

    Raises:
        KnowledgeError: the file is malformed.
    """
    return read_toml(DATA / "advice-en.toml", AdviceFile)
