"""Tests of finding skills and duties."""
