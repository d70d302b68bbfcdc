"""Presentation: a report comes in; its sentences, comparisons and marked text for pages, PDF and terminal go out."""
