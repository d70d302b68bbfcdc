"""What the draft of a role leaves out of a job posting, and why."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

Reason = Literal[
    "protected-criterion",
    "asks-nothing",
    "asked-for-elsewhere",
    "unknown-name",
    "years-alone",
    "nothing-found",
    "not-shown",
]


@dataclass(frozen=True)
class LeftOut:
    """A sentence of a posting that a draft leaves out, in whole or in part."""

    sentence: str
    reason: Annotated[Reason, Field(description="Why, for programs.")]
    detail: Annotated[str, Field(description="Why, for people.")]
