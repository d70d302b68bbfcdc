"""A Celery application whose one task does nothing: what a round trip costs at least."""

import os

from celery import Celery

URL = os.environ.get("NOOP_URL")
app = Celery("noop", broker=URL, backend=URL)


@app.task
def do_nothing() -> None:
    """Do nothing."""
