"""The roles that a batch, or everything, is scored for: what their ids and those of their lines stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skills.roles.profiles import RoleProfile


@dataclass(frozen=True, slots=True)
class ScoredRoles:
    """Roles in their order, the two built-in ones first."""

    profiles: Sequence[RoleProfile]

    @property
    def ids(self) -> list[str]:
        """The ids of the roles."""
        return [profile.id for profile in self.profiles]

    @property
    def requirement_titles(self) -> Mapping[str, str]:
        """The titles of what the roles ask for, by id."""
        return {asked.id: asked.title for profile in self.profiles for asked in profile.requirements}
