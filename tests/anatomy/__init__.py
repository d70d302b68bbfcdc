"""Tests of the parts of a résumé."""
