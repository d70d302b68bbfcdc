"""Judging: mentions come in, the report with scores, gaps and verdict goes out."""
