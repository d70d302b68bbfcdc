"""A role's profile as `/v1/roles/{id}` and `rolefit roles --json` show it: its requirements by dimension."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from skills.roles.left_out import LeftOut
from skills.roles.profiles import ALL_POINTS, SOURCES, Requirement, RoleProfile


@dataclass(frozen=True)
class RequirementDescription:
    """One line of a role's profile."""

    id: str
    title: str
    source: str
    shared: bool
    possible: float
    skills: tuple[str, ...]
    duties: tuple[str, ...]
    advice: str
    example: str
    enough: Annotated[float, Field(description="How many of its skills or duties meet it in full.")]
    example_section: Annotated[str, Field(description="The section of a résumé that the example would stand in.")]


@dataclass(frozen=True)
class DraftedRequirementDescription(RequirementDescription):
    """One line of a role's profile that was drafted from a job posting."""

    quote: Annotated[str, Field(description="The sentence of a job posting that it was drafted from.")]


@dataclass(frozen=True)
class DimensionDescription:
    """A group of requirements; the weights of a role's dimensions add up to 1."""

    id: str
    weight: float
    requirements: tuple[DraftedRequirementDescription | RequirementDescription, ...]


@dataclass(frozen=True)
class RoleDescription:
    """A role's profile: what it asks for, and what each line is worth."""

    id: str
    title: str
    summary: str
    dimensions: tuple[DimensionDescription, ...]


@dataclass(frozen=True)
class OwnRoleDescription(RoleDescription):
    """A role that its owner has written, perhaps from a draft."""

    left_out: Annotated[
        tuple[LeftOut, ...], Field(description="The sentences of the job posting that its draft leaves out, and why.")
    ]
    changed_at: datetime


@dataclass(frozen=True)
class RoleList:
    """Every role: the built-in ones, then those of the owner, the one changed last first."""

    roles: tuple[OwnRoleDescription | RoleDescription, ...]


def _describe_requirement(requirement: Requirement) -> RequirementDescription:
    facts = (
        requirement.id,
        requirement.title,
        requirement.source,
        requirement.shared,
        requirement.possible,
        requirement.skills,
        requirement.duties,
        requirement.advice,
        requirement.example,
        requirement.enough,
        requirement.example_section,
    )
    if requirement.quote:
        return DraftedRequirementDescription(*facts, requirement.quote)
    return RequirementDescription(*facts)


def _describe_dimension(profile: RoleProfile, name: str) -> DimensionDescription:
    requirements = profile.in_dimension(name)
    weight = round(sum(requirement.possible for requirement in requirements) / ALL_POINTS, 3)
    return DimensionDescription(name, weight, tuple(map(_describe_requirement, requirements)))


def describe_profile(profile: RoleProfile) -> RoleDescription:
    """Return the description of a role."""
    dimensions = tuple(_describe_dimension(profile, name) for name in SOURCES)
    return RoleDescription(profile.id, profile.title, profile.summary, dimensions)


def describe_own_role(profile: RoleProfile, *, left_out: Iterable[LeftOut], changed_at: datetime) -> OwnRoleDescription:
    """Return the description of a role that its owner has written."""
    plain = describe_profile(profile)
    return OwnRoleDescription(plain.id, plain.title, plain.summary, plain.dimensions, tuple(left_out), changed_at)


def describe_profiles(profiles: Iterable[RoleProfile], own: Iterable[OwnRoleDescription] = ()) -> RoleList:
    """Return the descriptions of several roles."""
    return RoleList((*map(describe_profile, profiles), *own))
