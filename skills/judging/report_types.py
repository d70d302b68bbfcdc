"""The shape of a report, `rolefit/report/1`: its JSON, its OpenAPI schema and its readers follow these types.

The fields stand in the order in which the JSON has them. A key that only some objects have belongs to a type of its
own: elsewhere it is left out, not null. The types have no slots, because orjson writes them five times as fast without.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from skills.document import ReadingWarning
from skills.finding.uses import MentionUse
from skills.judging.person_types import EntryReport, PersonReport

Schema = Literal["rolefit/report/1"]
SCHEMA: Schema = "rolefit/report/1"

Page = Annotated[int, Field(ge=1, description="Counted from 1.")]
Offset = Annotated[int, Field(ge=0, description="Counted in code points of the report's text.")]
Score = Annotated[float, Field(ge=0, le=100)]
Words = Annotated[str, Field(examples=["PyTorch"], description="`text[start:end]` of the report's text.")]
Section = Annotated[str, Field(examples=["experience"], description="The section of the résumé.")]


@dataclass(frozen=True)
class PageStart:
    """Where the text of a page begins; a page without text has none."""

    page: Page
    start: Offset


@dataclass(frozen=True)
class DocumentFacts:
    """What is known of the document."""

    name: str = field(repr=False)
    sha256: str
    media_type: Annotated[str, Field(examples=["application/pdf"])]
    pages: int
    page_starts: tuple[PageStart, ...]
    characters: int
    language: Annotated[str, Field(examples=["en"])]
    read_with: Annotated[str, Field(examples=["text"], description="`text`, `ocr`, or `mixed`.")]
    warnings: tuple[ReadingWarning, ...]


@dataclass(frozen=True)
class Quotation:
    """A place of the document that the report quotes."""

    text: Words = field(repr=False)
    page: Page
    start: Offset
    end: Offset
    section: Section


@dataclass(frozen=True)
class SkillEvidence:
    """A place that names a skill and earned points."""

    skill: Annotated[str, Field(examples=["pytorch"], description="The skill's id.")]
    text: Words = field(repr=False)
    page: Page
    start: Offset
    end: Offset
    section: Section
    use: MentionUse


@dataclass(frozen=True)
class DutyEvidence:
    """A place that shows a duty and earned points."""

    duty: Annotated[str, Field(examples=["deploy-models"], description="The duty's id.")]
    text: Words = field(repr=False)
    page: Page
    start: Offset
    end: Offset
    section: Section
    use: MentionUse


@dataclass(frozen=True)
class PhraseEvidence:
    """A place with a phrase that was learned to be evidence, and earned points."""

    phrase: Annotated[str, Field(examples=["predictive models for"], description="The phrase, as it is compared.")]
    text: Words = field(repr=False)
    page: Page
    start: Offset
    end: Offset
    section: Section
    use: MentionUse


Evidence = SkillEvidence | DutyEvidence | PhraseEvidence


@dataclass(frozen=True)
class RequirementReport:
    """One line of a role's profile and what it earned."""

    id: str
    title: str
    source: Annotated[str, Field(description="The heading of the role article's section that the line comes from.")]
    shared: Annotated[bool, Field(description="Whether both roles ask for it, so that it cannot decide between them.")]
    points: float
    possible: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class DimensionReport:
    """A group of requirements; `found` is false when the résumé does not speak of it at all."""

    id: str
    weight: Annotated[float, Field(description="The dimension's share of the role's 100 points.")]
    score: Score
    found: bool
    requirements: tuple[RequirementReport, ...]


@dataclass(frozen=True)
class Example:
    """A line that would close a gap if it stood in that section of the résumé."""

    section: str
    text: str


@dataclass(frozen=True)
class Gain:
    """Points that the example of a gap would earn on another line of the role."""

    requirement: str
    points: float


@dataclass(frozen=True)
class GapReason:
    """Why a requirement is asked for; an own role's has the sentence of the posting, and no section."""

    text: str
    section: Annotated[str, Field(description="The section of the article that says so.")]


@dataclass(frozen=True)
class Gap:
    """A requirement not met in full.

    Its example would move the role's score by its points and those elsewhere together. The words of the résumé in
    `advice`, between “ and ”, are those of `quotes`, in order; a long one is cut.
    """

    requirement: str
    title: str
    points: Annotated[float, Field(description="What the requirement has left to earn.")]
    advice: str = field(repr=False)
    example: Example
    elsewhere: Annotated[
        tuple[Gain, ...], Field(description="What the same example would earn on other requirements of the role.")
    ] = ()
    case: Annotated[
        str,
        Field(
            examples=["listed"],
            description="What the résumé shows: `listed`, `claimed` in the summary, `studied`, `named` elsewhere, a "
            "`few` of several, a field alone (`broad`), `missing`, `together` with others; empty in earlier reports.",
        ),
    ] = ""
    quotes: tuple[Quotation, ...] = ()
    step: Annotated[
        float | None,
        Field(
            description="What the advice would earn at first: all that is named being shown, or one more of its kind."
        ),
    ] = None
    reason: GapReason | None = None
    same_as: Annotated[
        str,
        Field(description="The requirement whose advice holds here, too, and stands there; empty if it has its own."),
    ] = ""


@dataclass(frozen=True)
class RoleReport:
    """The score of one role: the sum of its requirements' points."""

    id: Annotated[str, Field(examples=["machine-learning-engineer"])]
    title: str
    score: Score
    dimensions: tuple[DimensionReport, ...]
    gaps: tuple[Gap, ...]

    @property
    def requirements(self) -> list[RequirementReport]:
        """Every requirement of the role, in the order of its profile's dimensions."""
        return [requirement for dimension in self.dimensions for requirement in dimension.requirements]


@dataclass(frozen=True)
class VerdictReason:
    """A requirement that speaks for one role over the other: `points` is how far it moves the scores apart."""

    requirement: str
    points: float
    towards: Annotated[str, Field(description="The id of the role that it speaks for.")]


@dataclass(frozen=True)
class Verdict:
    """The role that fits better, and by how many points.

    `best_fit` is null when it is too close to call, which `close` says, or when neither role fits.
    """

    best_fit: str | None
    margin: float
    close: bool
    reasons: tuple[VerdictReason, ...]


@dataclass(frozen=True)
class LimitedVerdict(Verdict):
    """The verdict where other roles are scored, too: it is between the two built-in roles alone."""

    between: Annotated[tuple[str, ...], Field(description="The ids of these two roles.")]


@dataclass(frozen=True)
class SkillReport:
    """A skill that was found, the best use it was put to, and every place that names it."""

    id: str
    label: str
    kind: str
    use: MentionUse
    mentions: tuple[Quotation, ...]


@dataclass(frozen=True)
class Versions:
    """What made the report; the same document and versions give the same report."""

    rolefit: str
    vocabulary: Annotated[str, Field(description="A digest of the vocabulary and of all knowledge beside it.")]
    profiles: str
    reader: Annotated[str, Field(description="The libraries that read the document.")]
    code: Annotated[str, Field(description="A digest of the program's own code that reads and judges.")]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The result for one document: every role and the verdict."""

    schema: Schema
    document: DocumentFacts
    roles: tuple[RoleReport, ...]
    verdict: LimitedVerdict | Verdict
    skills: tuple[SkillReport, ...]
    person: Annotated[
        PersonReport | None, Field(description="Null in reports of earlier versions; left out of a blind answer.")
    ] = field(default=None, repr=False)
    entries: tuple[EntryReport, ...] = field(default=(), repr=False)
    text: Annotated[
        str, Field(description="The text that offsets count in; left out of an HTTP answer unless `include=text`.")
    ] = field(default="", repr=False)
    versions: Versions

    @property
    def requirements(self) -> dict[str, RequirementReport]:
        """Every requirement by its id; one that the roles share stands for both."""
        return {requirement.id: requirement for role in self.roles for requirement in role.requirements}


@cache
def _make_reader() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def read_report(content: str | bytes) -> Report:
    """Return the report in JSON; raise ValueError if it is no report."""
    return _make_reader().validate_json(content)
