"""Degrees and publications: a text comes in, what was studied and published goes out."""
