"""`/v1/roles`: the profiles that résumés are scored against."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field

from service.api.responses import respond_with
from service.api.schemas import describe_answer
from service.http.access import ACCESS
from service.http.problems import describe_guarded_problems, describe_problems
from service.resources import get_backend
from skills.roles.profiles import find_profile
from skills.roles.role_description import RoleDescription, RoleList, describe_profile, describe_profiles

api = APIBlueprint(
    "roles",
    __name__,
    url_prefix="/v1",
    abp_tags=[Tag(name="roles", description="What is asked for.")],
    abp_security=ACCESS,
    abp_responses=describe_guarded_problems(),
)


class RolePath(BaseModel):
    """The role's id."""

    role_id: str = Field(description="As `machine-learning-engineer`.")


@api.get("/roles", operation_id="listRoles", responses={200: describe_answer(RoleList)})
def list_roles() -> Response:
    """List the profiles."""
    return respond_with(describe_profiles(get_backend().profiles))


@api.get(
    "/roles/<role_id>",
    operation_id="getRole",
    responses={200: describe_answer(RoleDescription), **describe_problems(["unknown-role"])},
)
def get_role(path: RolePath) -> Response:
    """Show one profile."""
    return respond_with(describe_profile(find_profile(path.role_id, get_backend().profiles)))
