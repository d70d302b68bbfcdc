"""Tests of jobs, workers and webhooks, with real servers."""
