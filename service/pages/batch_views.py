"""The page of a batch: its shell, which a script fills with rows."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.http.access import get_owner
from service.resources import get_backend
from service.results.role_legend import make_legend
from worker.errors import UnknownBatchError

blueprint = Blueprint("batch_pages", __name__)


@blueprint.get("/batches/<batch_id>")
def show_batch(batch_id: str) -> ResponseReturnValue:
    """Show the documents of a batch, ranked."""
    backend = get_backend()
    try:
        batch = backend.batches.find(batch_id, owner=get_owner())
    except UnknownBatchError as error:
        return render_template("gone.html", message=str(error)), 404
    return render_template("batch.html", batch=batch, legend=make_legend(backend.profiles))
