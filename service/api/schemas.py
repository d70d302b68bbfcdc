"""What the API's answers hold, for its OpenAPI description alone: answers are not checked against it when sent."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

State = Literal["queued", "running", "done", "failed"]
Use = Literal["demonstrated", "listed", "studied"]
Points = float


class Place(BaseModel):
    """A span of the document: `start` and `end` count code points of the report's text."""

    text: str = Field(examples=["PyTorch"])
    page: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int
    section: str = Field(examples=["experience"])


class Evidence(Place):
    """A mention that earned points: of a skill or of a duty."""

    skill: str | None = Field(None, examples=["pytorch"], description="The skill's id; left out of a duty.")
    duty: str | None = Field(None, examples=["deploy-models"], description="The duty's id; left out of a skill.")
    use: Use


class RequirementResult(BaseModel):
    """One line of a role's profile and what it earned."""

    id: str
    title: str
    source: str = Field(description="The heading of the role article's section that the line comes from.")
    shared: bool = Field(description="Whether both roles ask for it, so that it cannot decide between them.")
    points: Points
    possible: Points
    evidence: list[Evidence]


class DimensionResult(BaseModel):
    """A group of requirements; `found` is false when the résumé does not speak of it at all."""

    id: str
    weight: float = Field(description="The dimension's share of the role's 100 points.")
    score: float = Field(ge=0, le=100)
    found: bool
    requirements: list[RequirementResult]


class Example(BaseModel):
    """A line that would close a gap if it stood in that section of the résumé."""

    section: str
    text: str


class Gap(BaseModel):
    """A requirement not met in full, and the points that its example would add to the role's score."""

    requirement: str
    title: str
    points: Points
    advice: str
    example: Example


class RoleResult(BaseModel):
    """The score of one role: the sum of its requirements' points."""

    id: str = Field(examples=["machine-learning-engineer"])
    title: str
    score: float = Field(ge=0, le=100)
    dimensions: list[DimensionResult]
    gaps: list[Gap]


class Reason(BaseModel):
    """A requirement that speaks for one role over the other."""

    requirement: str
    points: Points
    towards: str


class Verdict(BaseModel):
    """The role that fits better; `best_fit` is null when it is too close to call, or when neither fits."""

    best_fit: str | None
    margin: float
    close: bool
    reasons: list[Reason]
    between: list[str] | None = Field(
        None, description="The two built-in roles, where others are scored too: the verdict is between these alone."
    )


class SkillResult(BaseModel):
    """A skill that was found, the best use it was put to, and every place that names it."""

    id: str
    label: str
    kind: str
    use: Use
    mentions: list[Place]


class ReadingWarning(BaseModel):
    """Something that was left out of the text, or that the reader doubts."""

    code: str = Field(examples=["hidden-text", "low-confidence"])
    page: int
    characters: int
    excerpt: str


class PageStart(BaseModel):
    """Where the text of a page begins; a page without text has none."""

    page: int = Field(ge=1)
    start: int = Field(ge=0)


class DocumentFacts(BaseModel):
    """What is known of the document."""

    name: str
    sha256: str
    media_type: str = Field(examples=["application/pdf"])
    pages: int
    page_starts: list[PageStart]
    characters: int
    language: str
    read_with: str = Field(examples=["text"])
    warnings: list[ReadingWarning]


class Versions(BaseModel):
    """What made the report; the same document and versions give the same report."""

    rolefit: str
    code: str = Field(description="A digest of the program's own code that reads and judges.")
    vocabulary: str = Field(description="A digest of the vocabulary and of all knowledge beside it.")
    profiles: str
    reader: str = Field(description="The libraries that read the document.")


class Report(BaseModel):
    """The result for one document: both roles and the verdict."""

    schema_: Literal["rolefit/report/1"] = Field(alias="schema")
    document: DocumentFacts
    roles: list[RoleResult]
    verdict: Verdict
    skills: list[SkillResult]
    text: str | None = Field(None, description="The text that offsets count in; left out unless `include=text`.")
    versions: Versions


class JobError(BaseModel):
    """Why an accepted document could not be scored, and what to do."""

    code: str = Field(examples=["encrypted"])
    message: str


class Job(BaseModel):
    """Queued work on one document. `report` is there once it is `done`, `error` once it is `failed`."""

    id: str
    state: State
    submitted_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int
    error: JobError | None
    report: Report | None


class RowDetails(BaseModel):
    """Why a document has its scores: the weightiest parts of its report. Requirements stand by their ids."""

    reasons: list[Reason] = Field(description="The verdict's first three.")
    points: dict[str, Points] = Field(
        description="What each requirement earned; those that earned nothing are left out."
    )
    dimensions: dict[str, dict[str, float | None]] = Field(
        description="For each role the scores of its dimensions, null for one that the résumé does not speak of."
    )
    gaps: dict[str, dict[str, Points]] = Field(description="For each role the three gaps worth most.")
    warnings: list[str] = Field(examples=[["hidden-text"]], description="The codes of the report's warnings.")


class BatchRow(BaseModel):
    """A document of a batch. `job` is where its report is; one that could not be taken has none, only an error."""

    number: int = Field(ge=1, description="The place in which it came in.")
    name: str
    job: str | None
    state: State | Literal["erased"]
    scores: dict[str, float] = Field(examples=[{"machine-learning-engineer": 71.4}])
    ranks: dict[str, int] = Field(description="For each role, the place among the documents that are done.")
    best_fit: str | None
    margin: float | None
    close: bool | None
    error: JobError | None
    details: RowDetails | None = Field(description="Null until the document is scored.")


class Counts(BaseModel):
    """Documents by state."""

    queued: int
    running: int
    done: int
    failed: int


class Batch(BaseModel):
    """Documents that were sent together; `done` once none is waited for. Rows: those with the best score first."""

    id: str
    state: State
    submitted_at: datetime
    counts: Counts
    rows: list[BatchRow]


class Delivery(BaseModel):
    """An attempt to call back: the status of the answer, or why it failed; `final` if it is not tried again."""

    attempt: int
    at: datetime
    status: int | None
    error: Literal["refused", "invalid-callback", "unreachable", "timed-out", "webhooks-off"] | None
    final: bool


class Deliveries(BaseModel):
    """Every attempt to call back, the first one first."""

    deliveries: list[Delivery]


class Requirement(BaseModel):
    """One line of a role's profile."""

    id: str
    title: str
    source: str
    shared: bool
    possible: Points
    skills: list[str]
    duties: list[str]
    advice: str
    example: str
    quote: str | None = Field(None, description="The sentence of a job posting that it was drafted from.")


class Dimension(BaseModel):
    """A group of requirements; the weights of a role's dimensions add up to 1."""

    id: str
    weight: float
    requirements: list[Requirement]


class Role(BaseModel):
    """A role's profile: what it asks for, and what each line is worth."""

    id: str
    title: str
    summary: str
    dimensions: list[Dimension]


class Roles(BaseModel):
    """Every role."""

    roles: list[Role]


class Health(BaseModel):
    """The state of the service."""

    status: Literal["live", "ready"]
