"""What a report says of the person: who it is, and the entries of the résumé. Shown to people, and never judged.

The names of fields are those of JSON Resume, except the words of an entry, which are this project's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict  # pydantic asks for it before Python 3.12

from skills.anatomy.entries.entry_kinds import EntryKind

Month = Annotated[
    str, Field(pattern=r"^\d{4}(-\d{2})?$", examples=["2020-01"], description="The year alone where no month is said.")
]


@dataclass(frozen=True)
class Extent:
    """A range of the report's text, counted in code points."""

    start: int
    end: int


Spans = Annotated[
    Mapping[str, Extent],
    Field(description="Where these fields stand: `text[start:end]` is the field except for spaces and line breaks."),
]


class EntryHead(TypedDict):
    """What an entry is, and what was held or studied, for whom and where."""

    kind: EntryKind
    title: str | None
    organisation: str | None
    place: str | None


# `from` is no name that a class can give a field.
EntryDates = TypedDict("EntryDates", {"from": Month | None, "to": Month | None})


class EntryReport(EntryHead, EntryDates):
    """A post, project, degree or publication; what is not known of it is null.

    What goes on is `present` and has no `to`, unless it is a degree that says when it will end. The head and what
    stands below it are `text[start:end]`.
    """

    present: bool
    page: int
    start: int
    end: int
    spans: Spans


@dataclass(frozen=True)
class Experience:
    """How many months the dated posts cover together, those at the same time counted once.

    What goes on is counted up to `until`, a month that belongs to the version of the program: a report does not depend
    on the day on which it is made.
    """

    until: Month
    total: int
    machine_learning: Annotated[int, Field(description="Of posts in machine learning or data science, by title.")]
    software: Annotated[int, Field(description="Of posts in software, by title.")]


@dataclass(frozen=True)
class Profile:
    """A page of the person's. `network` is empty for one on a server of no known network."""

    network: Annotated[str, Field(examples=["GitHub"])]
    url: str = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True)
class PersonReport:
    """Who the résumé is of, as far as it says so. Posts, degrees and publications are among the report's entries."""

    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    location: str | None = field(repr=False)
    profiles: tuple[Profile, ...] = field(repr=False)
    months: Experience
    spans: Spans
