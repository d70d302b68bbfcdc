"""What `celery -A worker.queue.webhook_app` finds: the workers that send webhooks."""

from worker.queue.app import create_caller_celery

app = create_caller_celery()
