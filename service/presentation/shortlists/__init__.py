"""Candidates come in, each a report with what is kept of it; a shortlist goes out, as PDF or as a page."""
