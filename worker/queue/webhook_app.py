"""The application that `celery -A worker.queue.webhook_app` runs: the workers that send webhooks."""

from worker.queue.app import create_webhook_celery

app = create_webhook_celery()
