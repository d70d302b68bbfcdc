"""The pages of the roles that a person writes: draft them from postings, edit them, score résumés again."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.backend import get_backend, get_own_uploads
from service.http.access import get_owner
from service.own_roles import MAX_CHOSEN, MAX_POSTING_CHARACTERS, draft_role, find_role_texts, save_role
from service.pages.role_form import RoleFields, read_fields, read_role, show_fields, sum_points
from service.search.uploads import list_batches
from service.submission import score_batch_again, score_match_again
from skills.errors import RolefitError
from skills.roles.profiles import ALL_POINTS, SOURCES, UnknownRoleError, list_parts
from worker.errors.store import UnknownBatchError, UnknownJobError
from worker.store.batch_store import Batch
from worker.store.jobs.job import Job
from worker.store.role_store import SavedRole

MAX_BATCHES = 10

blueprint = Blueprint("role_pages", __name__)


@blueprint.after_request
def _tell_origin(response: Response) -> Response:
    """Let browsers say that a form comes from this site: without a referrer they do not send its origin."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _show_list(*, posting: str = "", error: str = "") -> str:
    roles = get_backend().own_roles.list_roles(get_owner())
    days = get_backend().settings.retention_days
    return render_template(
        "own_roles.html", roles=roles, posting=posting, error=error, most=MAX_POSTING_CHARACTERS, days=days
    )


@blueprint.get("/roles/own")
def show_roles() -> str:
    """Show the person's roles, and where a posting is pasted."""
    return _show_list()


@blueprint.post("/roles/own")
def create_role() -> ResponseReturnValue:
    """Draft a role from a posting, and show it."""
    posting = request.form.get("posting", "").replace("\r\n", "\n")
    try:
        saved = draft_role(get_backend(), posting, owner=get_owner())
    except RolefitError as error:
        return _show_list(posting=posting, error=str(error))
    return redirect(url_for("role_pages.show_role", role_id=saved.id, drafted=1), 303)


def _show_editor(saved: SavedRole, fields: RoleFields, *, error: str = "") -> str:
    return render_template(
        "own_role.html",
        role=saved,
        fields=fields,
        error=error,
        sources=SOURCES,
        scaled=request.args.get("scaled", type=float),
        batches=list_batches(get_own_uploads(get_owner()), before=None, most=MAX_BATCHES).batches,
    )


@blueprint.errorhandler(UnknownRoleError)
@blueprint.errorhandler(UnknownBatchError)
@blueprint.errorhandler(UnknownJobError)
def show_nothing(error: RolefitError) -> ResponseReturnValue:
    """Show the page for an unknown role, batch or report."""
    return render_template("gone.html", message=str(error)), 404


def _find_role(role_id: str) -> SavedRole:
    return get_backend().own_roles.find(role_id, owner=get_owner())


@blueprint.get("/roles/own/<role_id>")
def show_role(role_id: str) -> str:
    """Show a role for editing, with the sentence that each line comes from and what was left out."""
    saved = _find_role(role_id)
    return _show_editor(saved, show_fields(saved))


@blueprint.post("/roles/own/<role_id>")
def save_role_of_form(role_id: str) -> ResponseReturnValue:
    """Save a role as the form has it, or show what is wrong with it."""
    saved, fields = _find_role(role_id), read_fields(request.form)
    try:
        save_role(get_backend(), list_parts(read_role(fields, saved)), owner=get_owner())
    except RolefitError as error:
        return _show_editor(saved, fields, error=str(error))
    typed = sum_points(fields)
    scaled = None if typed == ALL_POINTS else f"{typed:g}"
    return redirect(url_for("role_pages.show_role", role_id=role_id, saved=1, scaled=scaled), 303)


@blueprint.post("/roles/own/<role_id>/delete")
def delete_role(role_id: str) -> ResponseReturnValue:
    """Delete a role."""
    get_backend().own_roles.delete(_find_role(role_id).id, owner=get_owner())
    return redirect(url_for("role_pages.show_roles"), 303)


def _find_batch(batch_id: str) -> Batch:
    return get_backend().batches.find(batch_id, owner=get_owner())


def _find_match(job_id: str) -> Job:
    return get_backend().jobs.find(job_id, owner=get_owner())


def _show_choice(chosen: list[str], *, count: int, back: str, error: str = "") -> str:
    return render_template(
        "score_again.html",
        roles=get_backend().own_roles.list_roles(get_owner()),
        chosen=chosen,
        count=count,
        back=back,
        most=MAX_CHOSEN,
        error=error,
    )


def _show_batch_choice(batch: Batch, chosen: list[str], *, error: str = "") -> str:
    back = url_for("pages.show_batch", batch_id=batch.id)
    return _show_choice(chosen, count=len(batch.entries), back=back, error=error)


def _show_match_choice(job: Job, chosen: list[str], *, error: str = "") -> str:
    return _show_choice(chosen, count=1, back=url_for("pages.show_match", job_id=job.id), error=error)


def _list_chosen(subject_id: str) -> list[str]:
    """Return the ids of the roles that are chosen at first: those it is scored for, and what the address names."""
    scored = [profile.id for profile in get_backend().own_roles.read_scored(subject_id)]
    return [*scored, *request.args.getlist("role")]


@blueprint.get("/batches/<batch_id>/roles")
def show_batch_roles(batch_id: str) -> str:
    """Show the roles that a batch can be scored against when it is scored again."""
    batch = _find_batch(batch_id)
    return _show_batch_choice(batch, _list_chosen(batch.id))


@blueprint.post("/batches/<batch_id>/roles")
def score_batch(batch_id: str) -> ResponseReturnValue:
    """Score a batch again, against the roles that were chosen, and show it."""
    batch, chosen = _find_batch(batch_id), request.form.getlist("role")
    try:
        score_batch_again(get_backend(), batch, find_role_texts(get_backend(), chosen, owner=get_owner()))
    except RolefitError as error:
        return _show_batch_choice(batch, chosen, error=str(error))
    return redirect(url_for("pages.show_batch", batch_id=batch.id), 303)


@blueprint.get("/matches/<job_id>/roles")
def show_match_roles(job_id: str) -> str:
    """Show the roles that a résumé can be scored against when it is scored again."""
    job = _find_match(job_id)
    return _show_match_choice(job, _list_chosen(job.id))


@blueprint.post("/matches/<job_id>/roles")
def score_match(job_id: str) -> ResponseReturnValue:
    """Score a résumé again, against the roles that were chosen, and show its report."""
    job, chosen = _find_match(job_id), request.form.getlist("role")
    try:
        score_match_again(get_backend(), job, find_role_texts(get_backend(), chosen, owner=get_owner()))
    except RolefitError as error:
        return _show_match_choice(job, chosen, error=str(error))
    return redirect(url_for("pages.show_match", job_id=job.id), 303)
