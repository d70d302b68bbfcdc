"""The texts of advice, read from `data/advice-*.toml`: a file for each language."""

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from typing import Literal

from pydantic.dataclasses import dataclass

from skills.toml_files import DATA, STRICT, read_toml

# What a résumé can show of a requirement that has points to gain.
Case = Literal["listed", "claimed", "studied", "named", "few", "others", "broad", "missing", "together"]
LANGUAGE = "en"


@dataclass(frozen=True, slots=True, config=STRICT)
class CountedText:
    """A text for one quote, and one for several."""

    one: str
    many: str

    def choose(self, quotes: int) -> str:
        """Return the text for a number of quotes."""
        return self.one if quotes == 1 else self.many


@dataclass(frozen=True, slots=True, config=STRICT)
class Joints:
    """The words that join quotes; `no_entry` stands where no post or project is known."""

    and_: str
    or_: str
    at: str
    entry: str
    no_entry: str
    further: str
    same: str


Cases = Mapping[Case, CountedText]


@dataclass(frozen=True, slots=True, config=STRICT)
class RequirementTexts:
    """What is said of one requirement.

    `reason` is what the article asks for in its `section`. `tip` is for people without a post whose résumé has none of
    the words `unless`. `related_missing` quotes what meets the first of the requirements `related` that anything meets.
    `traced` quotes the first of the words `traces` in the work: they are no evidence, but say that there may be some.
    Cases without a text have that of the `group`, or of all. Two requirements that are `kin` are given no advice twice.
    The skills `broad` name a whole field, of which the requirement asks for parts.
    """

    reason: str
    section: str
    tip: str
    missing: str = ""
    related: tuple[str, ...] = ()
    related_missing: str = ""
    traces: tuple[str, ...] = ()
    traced: str = ""
    unless: tuple[str, ...] = ()
    group: str = ""
    kin: str = ""
    broad: frozenset[str] = frozenset()
    cases: Cases = field(default_factory=dict)


@dataclass(frozen=True, slots=True, config=STRICT)
class FieldTexts:
    """What is said once of all lines of a field of which a résumé shows `nothing`, or `little`, which is quoted.

    One of the words `traces` is little, too. `same` is said of each further line.
    """

    requirements: frozenset[str]
    traces: tuple[str, ...]
    nothing: str
    little: CountedText
    same: str


@dataclass(frozen=True, slots=True, config=STRICT)
class AdviceFile:
    """The schema of such a file."""

    joints: Joints
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
def load_advice(language: str = LANGUAGE) -> AdviceFile:
    """Return the texts of advice in a language.

    Raises:
        KnowledgeError: the file is malformed.
    """
    return read_toml(DATA / f"advice-{language}.toml", AdviceFile)
