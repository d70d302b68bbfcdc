"""What of a report says who the person is, and a report without it."""

from collections.abc import Mapping
from typing import Any

# The title of a publication leads to its author.
HIDDEN_OF_ENTRIES = ("organisation", "place")
HIDDEN_OF_PUBLICATIONS = (*HIDDEN_OF_ENTRIES, "title")
# Dates tell an age.
DATES = ("from", "to")


def list_hidden(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of an entry, of those that stand in the text, that say who the person is."""
    return HIDDEN_OF_PUBLICATIONS if entry["kind"] == "publication" else HIDDEN_OF_ENTRIES


def _hide_in_entry(entry: dict[str, Any]) -> None:
    hidden = list_hidden(entry)
    entry.update(dict.fromkeys((*hidden, *DATES)))
    entry["spans"] = {name: span for name, span in entry["spans"].items() if name not in hidden}


def hide_identity(report: dict[str, Any]) -> None:
    """Take from a report in JSON what says who the person is, but for its text.

    Reports of earlier versions have no person and no entries.
    """
    report["person"] = None
    report["document"]["name"] = ""
    for warning in report["document"]["warnings"]:
        warning["excerpt"] = ""
    for entry in report.setdefault("entries", []):
        _hide_in_entry(entry)
