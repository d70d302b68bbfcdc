"""`/v1/matches/{id}/pages`: the pages of a résumé as pictures, and where each word of its text stands on them."""

from typing import BinaryIO

from flask import Response, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import Field

from service.api.matches import JobPath
from service.api.request_options import Query
from service.api.responses import describe_file, respond_with
from service.api.schemas import DrawnPage, DrawnPages, describe_answer
from service.backend import get_backend
from service.http.access import ACCESS, get_owner
from service.http.problems import describe_guarded_problems, describe_problems
from service.presentation.blind_view import BLIND_PAGES
from worker.errors.store import UnknownPageError
from worker.outcomes.page_pictures import MEDIA_TYPE, read_picture, read_places

api = APIBlueprint(
    "page_pictures",
    __name__,
    url_prefix="/v1",
    abp_tags=[Tag(name="matches")],
    abp_security=ACCESS,
    abp_responses=describe_guarded_problems(),
)


class PicturePath(JobPath):
    """The job's id and the page's number."""

    page: int = Field(description="Counted from 1.")


class BlindQuery(Query):
    """Whether to leave out who the person is."""

    blind: bool = Field(default=False, description=BLIND_PAGES)


def _open_stored(job_id: str, query: BlindQuery) -> BinaryIO | None:
    store = get_backend().jobs
    job = store.find(job_id, owner=get_owner())
    return None if query.blind else store.open_page_pictures(job.id)


@api.get(
    "/matches/<job_id>/pages",
    operation_id="listPages",
    responses={200: describe_answer(DrawnPages), **describe_problems(["unknown-job"])},
)
def list_pages(path: JobPath, query: BlindQuery) -> Response:
    """List the pages of which there is a picture, and where the words stand on them."""
    pages = [
        DrawnPage(
            place.page,
            place.width,
            place.height,
            url_for("page_pictures.get_picture", job_id=path.job_id, page=place.page),
            place.words,
        )
        for place in read_places(_open_stored(path.job_id, query))
    ]
    return respond_with(DrawnPages(pages))


@api.get(
    "/matches/<job_id>/pages/<page>",
    operation_id="getPage",
    responses={
        200: describe_file(MEDIA_TYPE, "The page as a picture, upright"),
        **describe_problems(["unknown-job", "unknown-page"]),
    },
)
def get_picture(path: PicturePath, query: BlindQuery) -> Response:
    """Show a page of the résumé."""
    picture = read_picture(_open_stored(path.job_id, query), path.page)
    if picture is None:
        raise UnknownPageError
    return Response(picture, content_type=MEDIA_TYPE)
