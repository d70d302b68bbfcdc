"""`/v1/roles`: the profiles that résumés are scored against."""

from typing import Any

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field

from service.access import ACCESS
from service.problems import describe_guarded_problems, describe_problems
from service.schemas import Role, Roles
from skills.errors import RolefitError
from skills.profiles import RoleProfile, describe_profile, load_profiles

api = APIBlueprint(
    "roles",
    __name__,
    url_prefix="/v1",
    abp_tags=[Tag(name="roles", description="What is asked for.")],
    abp_security=ACCESS,
    abp_responses=describe_guarded_problems(),
)


class UnknownRoleError(RolefitError):
    """No profile has this id."""

    code = "unknown-role"

    def __init__(self, role_id: str) -> None:
        super().__init__(f"There is no role “{role_id}”. Known: {', '.join(item.id for item in load_profiles())}.")


class RolePath(BaseModel):
    """The role's id."""

    role_id: str = Field(description="As `machine-learning-engineer`.")


def find_profile(role_id: str) -> RoleProfile:
    """Return the profile with this id, or raise `UnknownRoleError`."""
    for profile in load_profiles():
        if profile.id == role_id:
            return profile
    raise UnknownRoleError(role_id)


def describe_roles() -> dict[str, Any]:
    """Return every profile as the JSON object of `/v1/roles`."""
    return {"roles": [describe_profile(profile) for profile in load_profiles()]}


@api.get("/roles", operation_id="listRoles", responses={200: Roles})
def list_roles() -> Response:
    """List the profiles."""
    return jsonify(describe_roles())


@api.get("/roles/<role_id>", operation_id="getRole", responses={200: Role, **describe_problems(["unknown-role"])})
def get_role(path: RolePath) -> Response:
    """Show one profile."""
    return jsonify(describe_profile(find_profile(path.role_id)))
