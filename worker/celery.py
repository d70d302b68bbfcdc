"""What `celery -A worker` finds."""

from worker.app import create_celery

app = create_celery()
