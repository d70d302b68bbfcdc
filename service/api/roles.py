"""`/v1/roles`: the profiles that résumés are scored against, and those that the owner writes."""

from flask import Response, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, ConfigDict, Field

from service.api.request_options import Body, KeyHeaders, leave_out_defaults
from service.api.responses import respond_with
from service.api.schemas import describe_answer
from service.backend import get_backend
from service.http.access import ACCESS, get_owner
from service.http.problems import STORING, describe_guarded_problems, describe_problems
from service.own_roles import MAX_POSTING_CHARACTERS, describe_saved_role, draft_role, save_role
from skills.roles.profiles import Dimension, Id, UnknownRoleError, find_profile
from skills.roles.role_description import (
    OwnRoleDescription,
    RoleDescription,
    RoleList,
    describe_profile,
    describe_profiles,
)

MAX_LINES = 60
MAX_NAMES = 50
MAX_FIELD_CHARACTERS = 300  # of a title, an advice or an example
MAX_QUOTE_CHARACTERS = 2_000
REFUSED = [*STORING, "no-worker", "protected-criterion"]

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


class OwnRolePath(BaseModel):
    """The id of a role of one's own."""

    role_id: Id = Field(
        max_length=MAX_FIELD_CHARACTERS, description="Small letters and digits, with hyphens between them."
    )


class PostingBody(Body):
    """A job posting."""

    posting: str = Field(
        min_length=1, max_length=MAX_POSTING_CHARACTERS, description="Its text, the title of the post first."
    )


class RequirementBody(BaseModel):
    """A line of a role, as `GET` shows it; fields that follow from others are ignored."""

    model_config = ConfigDict(json_schema_extra=leave_out_defaults)

    id: str = Field(max_length=MAX_FIELD_CHARACTERS, description="With the role's id and a dot before it, or without.")
    title: str = Field(max_length=MAX_FIELD_CHARACTERS)
    possible: float = Field(ge=0, le=100, description="Points; those of all lines add up to 100.")
    skills: list[str] = Field([], max_length=MAX_NAMES, description="Ids of the vocabulary.")
    duties: list[str] = Field([], max_length=MAX_NAMES)
    enough: float = Field(
        1, gt=0, le=MAX_NAMES, description="How many of the skills and duties meet it in full; 1: any one of them."
    )
    advice: str = Field(
        "", max_length=MAX_QUOTE_CHARACTERS, description="If this or the example is empty, it is written for you."
    )
    example: str = Field("", max_length=MAX_QUOTE_CHARACTERS)
    example_section: str = Field("experience", pattern="^(experience|projects|education)$")
    quote: str = Field(
        "", max_length=MAX_QUOTE_CHARACTERS, description="The sentence of a job posting that it comes from."
    )


class DimensionBody(BaseModel):
    """The lines of a dimension; its weight follows from their points."""

    id: Dimension
    requirements: list[RequirementBody] = Field(max_length=MAX_LINES)


class RoleBody(Body):
    """A role, as `GET` shows it."""

    title: str = Field(min_length=1, max_length=MAX_FIELD_CHARACTERS)
    summary: str = Field("", max_length=MAX_QUOTE_CHARACTERS)
    dimensions: list[DimensionBody]


def _list_parts(role_id: str, body: RoleBody) -> dict[str, object]:
    """Return the parts of a role as its file has them."""
    items = [
        {**item.model_dump(), "id": item.id.removeprefix(f"{role_id}."), "dimension": dimension.id}
        for dimension in body.dimensions
        for item in dimension.requirements
    ]
    return {"id": role_id, "title": body.title, "summary": body.summary, "requirements": items}


@api.get("/roles", operation_id="listRoles", responses={200: describe_answer(RoleList)})
def list_roles() -> Response:
    """List the profiles: those that everybody has, then your own."""
    backend = get_backend()
    own = map(describe_saved_role, backend.own_roles.list_roles(get_owner()))
    return respond_with(describe_profiles(backend.profiles, own))


@api.post(
    "/roles",
    operation_id="createRole",
    responses={
        201: {
            **describe_answer(OwnRoleDescription, "The draft, which is saved; each line has its sentence in `quote`"),
            "headers": {"Location": {"description": "Where the role is", "schema": {"type": "string"}}},
        },
        **describe_problems([*REFUSED, "empty-posting", "key-reused"]),
    },
)
def create_role(body: PostingBody, header: KeyHeaders) -> Response:
    """Draft a role of your own from a job posting, for you to review and to change."""
    saved = draft_role(get_backend(), body.posting, owner=get_owner(), key=header.idempotency_key)
    response = respond_with(describe_saved_role(saved), status=201)
    response.headers["Location"] = url_for("roles.get_role", role_id=saved.id)
    return response


@api.get(
    "/roles/<role_id>",
    operation_id="getRole",
    responses={
        200: describe_answer(RoleDescription, "One that is yours has `left_out` and `changed_at` besides"),
        **describe_problems(["unknown-role"]),
    },
)
def get_role(path: RolePath) -> Response:
    """Show one profile."""
    backend = get_backend()
    try:
        return respond_with(describe_profile(find_profile(path.role_id, backend.profiles)))
    except UnknownRoleError:
        own = backend.own_roles.list_roles(get_owner())
    for saved in own:
        if saved.id == path.role_id:
            return respond_with(describe_saved_role(saved))
    raise UnknownRoleError(path.role_id, [*backend.profiles, *(saved.read() for saved in own)])


@api.put(
    "/roles/<role_id>",
    operation_id="saveRole",
    responses={200: describe_answer(OwnRoleDescription), **describe_problems(REFUSED)},
)
def put_role(path: OwnRolePath, body: RoleBody) -> Response:
    """Save a role of your own under this id, in place of what is there; it is checked as the file of a role is."""
    saved = save_role(get_backend(), _list_parts(path.role_id, body), owner=get_owner())
    return respond_with(describe_saved_role(saved))


@api.delete(
    "/roles/<role_id>",
    operation_id="eraseRole",
    responses={204: None, **describe_problems(["unknown-role"])},
)
def delete_role(path: RolePath) -> tuple[str, int]:
    """Delete a role of your own; what was scored against it keeps its scores."""
    roles = get_backend().own_roles
    roles.find(path.role_id, owner=get_owner())
    roles.delete(path.role_id, owner=get_owner())
    return "", 204
