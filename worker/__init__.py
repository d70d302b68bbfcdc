"""Bytes in, report stored: reading documents, the job store, the Celery app."""
