"""Tests of the project itself: documents, imports, settings."""
