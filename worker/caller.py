"""What `celery -A worker.caller` finds: the workers that send webhooks."""

from worker.app import create_caller_celery

app = create_caller_celery()
