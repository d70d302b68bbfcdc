"""Sentences about a report, the same on the page and in the terminal."""

import json
from collections.abc import Mapping
from enum import StrEnum

from service.presentation.role_comparison import GapRow, Side
from skills.document import ReadingWarning, WarningCode
from skills.judging.report_differences import Difference
from skills.judging.report_types import DocumentFacts, LimitedVerdict, Report

MAX_VALUE_CHARACTERS = 60
# Where a role has no reasons, and no gaps.
NOTHING_FOUND = "Nothing was found."
NOTHING_MISSING = "Nothing: every line is met in full."
# What a score does not say.
LIMITS = (
    "It says what a résumé shows, not what a person can do, nor how well anything was done.",
    "Text that is missing, or in a picture that cannot be read, does not count.",
    "A few points more or less mean little: a judgement by people differs by as much.",
    "It must not decide on its own whom to invite.",
)
# Why nobody can see the characters of a hidden text.
HIDDEN_REASONS: Mapping[str, str] = {
    "clipped": "they are clipped away",
    "covered": "something is drawn over them",
    "ground-colour": "they have the colour of their ground, as white on white",
    "invisible-mode": "they are written in an invisible mode",
    "layer-off": "they lie in a layer that is off",
    "marked-hidden": "they are marked as hidden",
    "outside-page": "they stand outside the page",
    "replacement-text": "they are meant for programs and differ from what is drawn",
    "tiny": "they are too small to be read",
    "transparent": "they are transparent",
}
# How a verdict that names no role is shown.
OPEN_FITS = {"close": "Too close to call", "neither": "Neither role"}


class Heading(StrEnum):
    """What stands above the parts of a report, on the page and in the PDF; a role follows REASONS."""

    REASONS = "What speaks for"
    MISSING = "Missing most, in points"
    PARTS = "How far each part is met"
    TEXT = "The résumé"
    POINTS = "Where every point comes from"
    GAPS = "What to do"


def _shorten_value(value: object) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= MAX_VALUE_CHARACTERS else f"{shown[:MAX_VALUE_CHARACTERS]}…"


def describe_difference(difference: Difference) -> str:
    """Return one line that says where two reports differ and shows both values."""
    return f"{difference.path}: {_shorten_value(difference.before)} → {_shorten_value(difference.after)}"


def _title_of(report: Report, role_id: str) -> str:
    return next(role.title for role in report.roles if role.id == role_id)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def describe_verdict(report: Report) -> str:
    """Return the verdict as a sentence; if other roles are scored, a second one names the two that it compares."""
    if not isinstance(report.verdict, LimitedVerdict):
        return _describe_outcome(report)
    between = " and ".join(_title_of(report, role_id) for role_id in report.verdict.between)
    return f"{_describe_outcome(report)} This is between {between} alone."


def _describe_outcome(report: Report) -> str:
    verdict = report.verdict
    if verdict.best_fit:
        return f"Fits the role {_title_of(report, verdict.best_fit)} better, by {verdict.margin:.1f} points."
    if verdict.close:
        return f"{OPEN_FITS['close']}: the two scores are {verdict.margin:.1f} points apart."
    return "Fits neither role yet: the scores are low."


def explain_verdict(report: Report) -> str:
    """Return in one sentence why the verdict is as it is."""
    verdict = report.verdict
    if verdict.best_fit:
        return (
            "What the two roles share moves their scores alike. These lines, which only one of them asks for, decide."
        )
    if verdict.close:
        return "A difference this small is within the noise of the method: read what speaks for each role and decide."
    return "The résumé shows less of either role than the résumés of people who fit one of them."


def describe_warning(warning: ReadingWarning) -> str:
    """Return a reader's warning as a sentence that says what to do."""
    page, characters = warning.page, _count(warning.characters, "character")
    match warning.code:
        case WarningCode.HIDDEN_TEXT:
            reason = f": {HIDDEN_REASONS[warning.reason]}" if warning.reason in HIDDEN_REASONS else ""
            said = f"Page {page} holds {characters} that nobody can see, which did not count{reason}."
            return f"{said} Find out why they are there."
        case WarningCode.LOW_CONFIDENCE:
            return f"Page {page} was hard to read: {characters} in doubt. Compare the text with the document."
        case WarningCode.NOT_RECOGNISED:
            return f"Page {page} is a picture, at least in part, which Rolefit as installed here cannot read."
        case WarningCode.PORTFOLIO:
            return "The PDF is a portfolio, or only the cover of a document. The one document within it was read."
        case WarningCode.MIXED_LANGUAGE:
            return f"{characters} are not in English, and nothing was found in them. Send the English part alone."
        case code:
            return f"{code.replace('-', ' ').capitalize()}: page {page}, {characters}."


def list_cautions(document: DocumentFacts) -> list[tuple[str, str]]:
    """Return what to check before relying on the scores: sentences, each with the words, if any, that it is about."""
    warnings = [(describe_warning(warning), warning.excerpt) for warning in document.warnings]
    if document.read_with == "text":
        return warnings
    pictures = (
        "Some pages are pictures, whose words were recognized by a program. Compare what matters with the document."
    )
    return [(pictures, ""), *warnings]


def describe_size(document: DocumentFacts) -> str:
    """Return the size of a document in words."""
    return f"{_count(document.pages, 'page')}, {_count(document.characters, 'character')}"


def describe_split(side: Side) -> str:
    """Return what makes up a role's score or, for a role outside the verdict, how many of its lines are shown."""
    if side.compared:
        return f"{side.shared:.1f} shared, {side.unshared:.1f} for this role alone"
    return f"{side.shown} of its {len(side.role.requirements)} lines are shown; the verdict leaves it out"


def describe_elsewhere(row: GapRow) -> str:
    """Return what closing a gap by its example would earn on other lines as a sentence; empty if nothing."""
    if len(row.gaps) > 1:
        return ""
    points = sum(gain.points for gain in row.told.elsewhere)
    lines = _count(len(row.told.elsewhere), "other line")
    return f"What closes it would earn up to {points:.1f} more on {lines}." if points else ""


def describe_step(row: GapRow) -> str:
    """Return what following the advice on a gap would earn at first; empty where that is not known."""
    told = row.told
    known = len(row.gaps) == 1 and told.step and told.step < told.points
    return f"That would earn {told.step:.1f} at first." if known else ""


def advise(row: GapRow) -> str:
    """Return the advice on gaps, and what following it would earn."""
    return " ".join(filter(None, (row.told.advice, describe_step(row), describe_elsewhere(row))))
