"""The blind view: leaves out of reports, rows and marks what says who the person is."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from service.language import gettext as _
from skills.anatomy.entries.published import KINDS
from worker.store.jobs.mark import Mark

# How the API describes the blind view.
BLIND_REPORT = (
    "`1`: without what says who the person is: `person`, text, the file's name, hidden words, and of each entry its "
    "organisation, its place, its dates and a publication's title."
)
BLIND_TABLE = "`1`: without names, notes, contacts and links to reports."
BLIND_PAGES = "`1`: there are no pictures, for a page says who the person is."

HIDDEN_OF_ENTRIES = ("organisation", "place")
# The title of a publication leads to its author.
PUBLISHED = frozenset(KINDS.values())
HIDDEN_OF_PUBLICATIONS = (*HIDDEN_OF_ENTRIES, "title")
# Dates reveal an age.
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


def hide_note(mark: Mark) -> Mark:
    """Return a mark without its note, which may say who the person is."""
    return replace(mark, note="")


def name_blindly(number: object) -> str:
    """Return what a document of a batch is called where its name is hidden, by its number."""
    return _("Résumé %(number)s", number=number)


def list_blind_fields(number: int, mark: Mark) -> dict[str, Any]:
    """Return the fields with which a blind table replaces those that say who the person is."""
    return {"name": name_blindly(number), "person_name": None, "job": None, "mark": hide_note(mark)}


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
