"""The legend of a batch: what its rows refer to by id, for a script that shows them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.language import gettext as _
from service.presentation.blind_view import name_blindly
from service.presentation.role_comparison import choose_tone
from service.presentation.sentences import OPEN_FITS, STATUS_NAMES, WARNING_NAMES, name_low_fit
from service.results.columns import FORMULA, Column, list_columns
from skills.judging.scoring_figures import load_scoring
from skills.roles.profiles import BUILT_IN_COUNT, SOURCES, RoleProfile


@dataclass(frozen=True)
class LegendRole:
    """A role by its title and, where there is little room, by its initials; `tone` names its colour on the pages."""

    id: str
    title: str
    short: str
    tone: str


@dataclass(frozen=True)
class LegendDimension:
    """A dimension by its title."""

    id: str
    title: str


@dataclass(frozen=True)
class LegendRequirement:
    """A requirement; `role` is the id of the only role that asks for it, None if both built-in roles do."""

    title: str
    possible: float
    role: str | None


@dataclass(frozen=True)
class LegendFit:
    """What a verdict can come to: a role's id, `close` or `neither`, in words; `low_title` where its score is low."""

    id: str
    title: str
    low_title: str


@dataclass(frozen=True)
class Legend:
    """What the ids in rows stand for, the columns of the table, and the bounds of the verdict.

    The verdict is between the first two roles. `blind_name` is what a document is called where its name is hidden, with
    %(number)s for its number. `formula` is the pattern that finds where a cell would begin a formula.
    """

    roles: Sequence[LegendRole]
    fits: Sequence[LegendFit]
    columns: Sequence[Column]
    formula: str
    dimensions: Sequence[LegendDimension]
    requirements: Mapping[str, LegendRequirement]
    warnings: Mapping[str, str]
    statuses: Mapping[str, str]
    blind_name: str
    close_within: float
    neither_below: float
    low_below: float


def _describe_requirements(profile: RoleProfile) -> dict[str, LegendRequirement]:
    return {
        requirement.id: LegendRequirement(
            requirement.title, requirement.possible, None if requirement.shared else profile.id
        )
        for requirement in profile.requirements
    }


def _abbreviate(title: str) -> str:
    """Return the initials of a role's title, or the title itself where it has not two capitals."""
    initials = "".join(re.findall(r"\b[A-Z]", title))
    return initials if len(initials) > 1 else title


def _describe_roles(profiles: Sequence[RoleProfile]) -> list[LegendRole]:
    shorts = [_abbreviate(profile.title) for profile in profiles]
    return [
        LegendRole(profile.id, profile.title, profile.title if short in shorts[:place] else short, choose_tone(place))
        for place, (profile, short) in enumerate(zip(profiles, shorts, strict=True))
    ]


def list_statuses() -> dict[str, str]:
    """Return what people may decide on a résumé, in words."""
    return {str(status): _(name) for status, name in STATUS_NAMES.items()}


def make_legend(profiles: Sequence[RoleProfile]) -> Legend:
    """Return the legend of a batch that was scored for these roles."""
    bounds, roles = load_scoring().verdict, _describe_roles(profiles)
    return Legend(
        roles,
        [LegendFit(role.id, role.short, name_low_fit(role.short)) for role in roles[:BUILT_IN_COUNT]]
        + [LegendFit(fit, _(title), _(title)) for fit, title in OPEN_FITS.items()],
        list_columns([role.id for role in roles]),
        FORMULA.pattern,
        [LegendDimension(name, title) for name, title in SOURCES.items()],
        {key: item for profile in profiles for key, item in _describe_requirements(profile).items()},
        {str(code): _(name) for code, name in WARNING_NAMES.items()},
        list_statuses(),
        name_blindly("%(number)s"),
        bounds.close_within,
        bounds.neither_below,
        bounds.low_below,
    )
