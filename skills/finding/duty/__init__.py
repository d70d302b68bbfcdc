"""Duties: acts and what they are done to come in as data, finds of duties go out."""
