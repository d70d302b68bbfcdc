"""Celery: the application, its tasks, and what brings a job back that a dead worker held."""
