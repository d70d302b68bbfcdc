"""Tests of scores, verdict, gaps, profiles and blindness."""
