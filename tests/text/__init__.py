"""Tests of the parts of a text."""
