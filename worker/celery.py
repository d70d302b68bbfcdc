"""What `celery -A worker` finds."""

from worker.queue.app import create_celery

app = create_celery()
