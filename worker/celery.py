"""The application that `celery -A worker` runs: the workers that score."""

from worker.queue.app import create_celery

app = create_celery()
