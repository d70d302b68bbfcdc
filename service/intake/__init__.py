"""Intake of uploads: files and zip archives come in, named documents within the limits go out."""
