"""The web pages: send résumés, read a report or a batch, read about the roles and the API."""

from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import cast

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_openapi3.openapi import OpenAPI
from werkzeug.exceptions import HTTPException

from service.backend import Backend, find_cached_batch, get_backend, get_own_uploads
from service.http.access import get_owner
from service.http.problems import respond_with_http_problem
from service.language import gettext as _
from service.language import message
from service.pages.guides import GUIDES, read_guide
from service.presentation.report_page import describe_page
from service.presentation.role_comparison import choose_tone
from service.presentation.sentences import name_verdict
from service.results.role_legend import list_statuses, make_legend
from service.results.tables import MAX_ON_A_LIST, name_table
from service.search.batch_comparison import compare_batches
from service.search.uploads import ListedMatch, list_batches, list_uploads, read_cursor
from skills.judging.report_types import read_report
from skills.roles.article import load_article
from skills.roles.profiles import SOURCES
from worker.errors.store import StoreError, UnknownBatchError, UnknownJobError
from worker.files import STRAY_PREFIXES
from worker.outcomes.page_pictures import read_places
from worker.reading.formats import list_suffixes, name_formats
from worker.store.batch_store import BatchHead
from worker.store.jobs.job import JobState
from worker.store.role_store import SavedRole
from worker.store.stages import Stage

UPLOADS_A_PAGE = 50
MAX_LISTED = 100  # batches to choose from
# The steps to a report: a job's `state`, or its `stage` while it runs; the name of the step; its description.
STEPS = (
    (JobState.QUEUED, message("Waiting"), message("It is the next one in the queue.")),
    (
        Stage.READING,
        message("Reading"),
        message("The document is being read. This takes a few seconds, longer for a scan."),
    ),
    (Stage.SCORING, message("Scoring"), message("What was read is being scored.")),
    (JobState.DONE, message("Report"), message("The report is ready.")),
)
SAMPLE = Path(__file__).parent / "sample" / "report.json"
SWAGGER = Path(str(files("flask_openapi3_swagger"))) / "templates" / "swagger"

blueprint = Blueprint("pages", __name__)


def _list_own_roles(backend: Backend) -> list[SavedRole]:
    """Return the person's roles, none while the store is away: the page is shown without them."""
    with suppress(StoreError):
        return backend.own_roles.list_roles(get_owner())
    return []


def _find_head(batch_id: str) -> BatchHead | None:
    """Return the name and the rest that a list says of a batch; None for a résumé that is in none."""
    return get_backend().batches.look_up_heads([batch_id])[0] if batch_id else None


@blueprint.get("/")
def show_start() -> str:
    """Show the start page, where résumés are uploaded."""
    backend = get_backend()
    return render_template(
        "start.html",
        limits=backend.settings,
        profiles=backend.profiles,
        own_roles=_list_own_roles(backend),
        chosen=request.args.getlist("role"),
        formats=name_formats(),
        suffixes=list_suffixes(),
        passed_over=STRAY_PREFIXES,
    )


@blueprint.get("/matches/<job_id>")
def show_match(job_id: str) -> ResponseReturnValue:
    """Show the report of a job, or its progress."""
    store = get_backend().jobs
    try:
        job = store.find(job_id, owner=get_owner())
    except UnknownJobError as error:
        return render_template("gone.html", message=str(error)), 404
    kept = {"batch": _find_head(job.batch), "statuses": list_statuses()}
    stored = store.read_report(job.id) if job.state == JobState.DONE else None
    if stored is None:
        waiting = store.look_at_queue(job) if job.state == JobState.QUEUED else None
        return render_template("waiting.html", job=job, waiting=waiting, steps=STEPS, **kept)
    page = describe_page(read_report(stored), places=read_places(store.open_page_pictures(job.id)))
    address = url_for("matches.get_match", job_id=job.id)
    return render_template("report.html", job=job, address=address, **kept, **page)


@blueprint.get("/sample")
def show_sample() -> str:
    """Show the report on the résumé of a fictional person; it is nobody's upload, so that nothing can be deleted."""
    report = read_report(SAMPLE.read_bytes())
    name = report.person.name if report.person else None
    return render_template(
        "report.html", **describe_page(report, title=name, note=_(", a sample: this person is fictional"))
    )


@blueprint.get("/batches/<batch_id>")
def show_batch(batch_id: str) -> ResponseReturnValue:
    """Show the documents of a batch, ranked."""
    backend = get_backend()
    try:
        batch = backend.batches.find(batch_id, owner=get_owner())
    except UnknownBatchError as error:
        return render_template("gone.html", message=str(error)), 404
    legend = make_legend(backend.list_scored_roles(batch.id).profiles)
    return render_template(
        "batch.html",
        batch=batch,
        file_name=name_table(batch.name, batch.submitted_at),
        legend=legend,
        suffixes=list_suffixes(),
        most_on_a_list=MAX_ON_A_LIST,
    )


@blueprint.get("/batches/<batch_id>/comparison")
def show_comparison(batch_id: str) -> ResponseReturnValue:
    """Show what has changed of candidates who are in an earlier batch, too, once that is chosen."""
    earlier_id, own_uploads = request.args.get("earlier", ""), get_own_uploads(get_owner())
    try:
        later = find_cached_batch(batch_id, get_owner())
        earlier = find_cached_batch(earlier_id, get_owner()) if earlier_id else None
    except UnknownBatchError as error:
        return render_template("gone.html", message=str(error)), 404
    return render_template(
        "comparison.html",
        batch=later.batch,
        others=[
            each for each in list_batches(own_uploads, before=None, most=MAX_LISTED).batches if each.id != batch_id
        ],
        earlier_id=earlier_id,
        comparison=compare_batches(later, earlier) if earlier else None,
        titles=later.roles.requirement_titles,
        legend=make_legend(later.roles.profiles),
    )


@blueprint.get("/uploads")
def show_uploads() -> str:
    """Show what the person has sent, newest first; a wrong cursor shows the beginning."""
    try:
        before = read_cursor(request.args.get("cursor", ""))
    except ValueError:
        before = None
    listed = list_uploads(get_own_uploads(get_owner()), before=before, most=UPLOADS_A_PAGE)
    scored = {role_id for item in listed.items if isinstance(item, ListedMatch) for role_id in item.scores}
    own_roles = [role.read() for role in _list_own_roles(get_backend()) if role.id in scored]
    legend = make_legend([*get_backend().profiles, *own_roles])
    return render_template(
        "uploads.html",
        listed=listed,
        legend=legend,
        roles={role.id: role for role in legend.roles},
        fits={fit.id: fit.title for fit in legend.fits},
        name_verdict=name_verdict,
        is_first=before is None,
    )


@blueprint.get("/roles")
def show_roles() -> str:
    """Show what the roles ask for, side by side."""
    profiles, article = get_backend().profiles, load_article()
    return render_template(
        "roles.html",
        profiles=profiles,
        article=article,
        portraits={portrait.id: portrait for portrait in article.roles},
        sources=SOURCES,
        shared=[requirement for requirement in profiles[0].requirements if requirement.shared],
        most=max(requirement.possible for profile in profiles for requirement in profile.requirements),
        choose_tone=choose_tone,
    )


@blueprint.get("/guides/<name>")
def show_guide(name: str) -> ResponseReturnValue:
    """Show a guide: for candidates, for whoever answers them, or for programmers."""
    guide = read_guide(name)
    if guide is None:
        return show_nothing()
    return render_template("guide.html", title=guide.title, text=guide.html)


@blueprint.app_errorhandler(404)
def answer_nothing(error: HTTPException) -> ResponseReturnValue:
    """Answer a request for an unknown address: a browser with a page, other clients as the API does."""
    if request.path.startswith("/v1/") or "text/html" not in request.headers.get("Accept", ""):
        return respond_with_http_problem(error)
    return show_nothing()


def show_nothing() -> ResponseReturnValue:
    """Show the page for an unknown address."""
    return render_template("gone.html", title=_("There is no page here"), message=_("Nothing is at this address.")), 404


@blueprint.get("/deleted")
def show_deleted() -> str:
    """Show that what somebody deleted is gone."""
    return render_template("deleted.html")


@blueprint.get("/robots.txt")
def send_robots() -> Response:
    """Keep search engines away: only those who were given the address of a report know it."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


@blueprint.get("/favicon.ico")
def send_icon() -> ResponseReturnValue:
    """Send the icon to browsers that ask for it by its old name."""
    return redirect(url_for("static", filename="icon.svg"), 301)


@blueprint.app_context_processor
def list_guides() -> dict[str, object]:
    """Give every page the guides that its footer leads to."""
    return {"guides": [(name, title) for name, (_, title) in GUIDES.items()]}


@blueprint.get("/openapi.json")
def show_description() -> Response:
    """Answer with the API's OpenAPI description."""
    return jsonify(cast("OpenAPI", current_app).api_doc)


@blueprint.get("/docs")
def show_docs() -> str:
    """Show the API's description as a page."""
    return render_template("docs.html")


@blueprint.get("/docs/<path:file>")
def send_docs_file(file: str) -> Response:
    """Send a part of Swagger UI, from the installed package and so never from another host."""
    return send_from_directory(SWAGGER, file, max_age=3600)
