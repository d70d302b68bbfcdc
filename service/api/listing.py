"""Parameters and answers that lists of batches and of matches share: which page to show, which records to delete."""

from collections.abc import Container, Sequence

from pydantic import Field

from service.api.request_options import Query
from service.api.schemas import Deletion
from service.http.problems import InvalidRequestError
from service.search.uploads import read_cursor
from worker.store.upload_lists import ListPlace

MAX_LISTED = 100
MAX_DELETED = 100


class PageQuery(Query):
    """Which page of a list to show."""

    limit: int = Field(50, ge=1, le=MAX_LISTED, description="How many to list.")
    cursor: str = Field("", description="`next` of the page before; none for the first.")


class DeletionQuery(Query):
    """What to delete."""

    id: list[str] = Field(
        min_length=1, max_length=MAX_DELETED, description="An id; give the parameter once for each, up to 100 times."
    )


def read_place(cursor: str) -> ListPlace | None:
    """Return the place that a client's cursor stands for; raise InvalidRequestError if it is not one of ours."""
    try:
        return read_cursor(cursor)
    except ValueError:
        raise InvalidRequestError("cursor: Use `next` of the page before as it is, or leave it out.") from None


def describe_deleted(ids: Sequence[str], known: Container[str]) -> Deletion:
    """Return which ids were deleted: the known ones among those asked for."""
    asked = list(dict.fromkeys(ids))
    return Deletion([each for each in asked if each in known], [each for each in asked if each not in known])
