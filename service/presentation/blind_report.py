"""What of a report says who the person is, and a report without it."""

import re
from collections.abc import Mapping
from typing import Any

from skills.anatomy.entries.published import KINDS

HIDDEN_OF_ENTRIES = ("organisation", "place")
# The title of what was published leads to its author.
PUBLISHED = frozenset(KINDS.values())
HIDDEN_OF_PUBLICATIONS = (*HIDDEN_OF_ENTRIES, "title")
# Dates tell an age.
DATES = ("from", "to")
QUOTED, HIDDEN = re.compile("\u201c[^\u201d]*\u201d"), "\u201c\u2026\u201d"


def list_hidden(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of an entry that say who the person is and stand in the text."""
    return HIDDEN_OF_PUBLICATIONS if entry["kind"] in PUBLISHED else HIDDEN_OF_ENTRIES


def _hide_in_entry(entry: dict[str, Any]) -> None:
    hidden = list_hidden(entry)
    entry.update(dict.fromkeys((*hidden, *DATES)))
    entry["spans"] = {name: span for name, span in entry["spans"].items() if name not in hidden}


def _hide_in_advice(gap: dict[str, Any], hidden: set[int]) -> None:
    """Remove from the advice of a gap the words that it quotes from offsets in `hidden`; its quotes are in order."""
    quotes = gap.get("quotes", ())
    starts = iter([quote["start"] for quote in quotes])
    gap["advice"] = QUOTED.sub(lambda said: HIDDEN if next(starts, None) in hidden else said[0], gap["advice"])
    for quote in quotes:
        if quote["start"] in hidden:
            quote["text"] = ""


def hide_identity(report: dict[str, Any]) -> None:
    """Remove from a report in JSON what says who the person is, except from its text.

    Reports of earlier versions have no person and no entries.
    """
    report["person"] = None
    report["document"]["name"] = ""
    for warning in report["document"]["warnings"]:
        warning["excerpt"] = ""
    entries = report.setdefault("entries", [])
    hidden = {
        entry["spans"][name]["start"] for entry in entries for name in list_hidden(entry) if name in entry["spans"]
    }
    for role in report.get("roles", ()):
        for gap in role["gaps"]:
            _hide_in_advice(gap, hidden)
    for entry in entries:
        _hide_in_entry(entry)
