"""Sentences about a report, the same on the page and in the terminal."""

import json
from collections.abc import Mapping
from enum import StrEnum

from service.language import gettext as _
from service.language import message, ngettext
from service.presentation.role_comparison import GapRow, Side
from skills.document import ReadingWarning, WarningCode
from skills.judging.report_differences import Difference
from skills.judging.report_types import DocumentFacts, LimitedVerdict, Report
from skills.judging.scoring_figures import load_scoring
from worker.store.jobs.mark import Status

MAX_VALUE_CHARACTERS = 60
# Where a role has no reasons, and no gaps.
NOTHING_FOUND = message("Nothing was found.")
NOTHING_MISSING = message("Nothing: every line is met in full.")
# The limits of a score.
LIMITS = (
    message("It says what a résumé shows, not what a person can do, nor how well anything was done."),
    message("Text that is missing, or in a picture that cannot be read, does not count."),
    message("A few points more or less mean little: a judgement by people differs by as much."),
    message("It must not decide on its own whom to invite."),
)
# Why nobody can see the characters of a hidden text.
HIDDEN_REASONS: Mapping[str, str] = {
    "clipped": message("they are clipped away"),
    "covered": message("something is drawn over them"),
    "ground-colour": message("they have the colour of their ground, as white on white"),
    "invisible-mode": message("they are written in an invisible mode"),
    "layer-off": message("they lie in a layer that is off"),
    "marked-hidden": message("they are marked as hidden"),
    "outside-page": message("they stand outside the page"),
    "replacement-text": message("they are meant for programs and differ from what is drawn"),
    "tiny": message("they are too small to be read"),
    "transparent": message("they are transparent"),
}
# How a mention shows its skill.
USES = (message("demonstrated"), message("listed"), message("studied"))
# What a table calls a reader's warnings.
WARNING_NAMES: Mapping[str, str] = {
    WarningCode.HIDDEN_TEXT: message("Hidden text"),
    WarningCode.LOW_CONFIDENCE: message("Low confidence"),
    WarningCode.NOT_RECOGNISED: message("Not recognised"),
    WarningCode.PORTFOLIO: message("Portfolio"),
    WarningCode.MIXED_LANGUAGE: message("Mixed language"),
}
# What people have decided on a résumé.
STATUS_NAMES: Mapping[Status, str] = {
    Status.NEW: message("New"),
    Status.LOOKED_AT: message("Looked at"),
    Status.TO_CALL: message("To call"),
    Status.NOT_NOW: message("Not now"),
}
# How a verdict that names no role is shown.
OPEN_FITS = {"close": message("Too close to call"), "neither": message("Neither role")}


class Heading(StrEnum):
    """What stands above the parts of a report, on the page and in the PDF."""

    MISSING = message("Missing most, in points")
    PARTS = message("How far each part is met")
    TEXT = message("The résumé")
    POINTS = message("Where every point comes from")
    GAPS = message("What to do")


def _shorten_value(value: object) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= MAX_VALUE_CHARACTERS else f"{shown[:MAX_VALUE_CHARACTERS]}…"


def describe_difference(difference: Difference) -> str:
    """Return one line that says where two reports differ and shows both values."""
    return f"{difference.path}: {_shorten_value(difference.before)} → {_shorten_value(difference.after)}"


def _find_title(report: Report, role_id: str) -> str:
    return next(role.title for role in report.roles if role.id == role_id)


def _count_characters(number: int) -> str:
    return ngettext("%(count)s character", "%(count)s characters", number, count=f"{number:,}")


def describe_verdict(report: Report) -> str:
    """Return the verdict as a sentence; if other roles are scored, a second one names the two that it compares."""
    if not isinstance(report.verdict, LimitedVerdict):
        return _describe_outcome(report)
    first, second = (_find_title(report, role_id) for role_id in report.verdict.between)
    bound = _("This is between %(first)s and %(second)s alone.", first=first, second=second)
    return f"{_describe_outcome(report)} {bound}"


def _is_low(score: float) -> bool:
    return score < load_scoring().verdict.low_below


def name_fit(score: float) -> str:
    """Return the words beside the role that the verdict names, which has this score."""
    return _("closer") if _is_low(score) else _("better fit")


def name_low_fit(role: str) -> str:
    """Return the verdict in few words where it names a role, given by its title or initials, whose score is low."""
    return _("Closer to %(role)s", role=role)


def name_verdict(role: str, score: float) -> str:
    """Return the verdict in few words where it names a role, given by its title or initials."""
    return name_low_fit(role) if _is_low(score) else _("%(role)s fits better", role=role)


def _describe_outcome(report: Report) -> str:
    verdict = report.verdict
    if verdict.best_fit:
        best = next(role for role in report.roles if role.id == verdict.best_fit)
        role, margin = best.title, f"{verdict.margin:.1f}"
        if _is_low(best.score):
            return _("Fits neither role well. Closer to %(role)s, by %(margin)s points.", role=role, margin=margin)
        return _("Fits the role %(role)s better, by %(margin)s points.", role=role, margin=margin)
    if verdict.close:
        return _("Too close to call: the two scores are %(margin)s points apart.", margin=f"{verdict.margin:.1f}")
    return _("Fits neither role yet: the scores are low.")


def explain_verdict(report: Report) -> str:
    """Return the reason for the verdict as a sentence."""
    verdict = report.verdict
    if verdict.best_fit:
        return _(
            "What the two roles share moves their scores alike. These lines, which only one of them asks for, decide."
        )
    if verdict.close:
        return _(
            "A difference this small is within the noise of the method: read what speaks for each role and decide."
        )
    return _("The résumé shows less of either role than the résumés of people who fit one of them.")


def describe_warning(warning: ReadingWarning) -> str:
    """Return a reader's warning as a sentence that says what to do."""
    values = {"page": warning.page, "characters": _count_characters(warning.characters)}
    match warning.code:
        case WarningCode.HIDDEN_TEXT:
            return _describe_hidden(warning.reason, values)
        case WarningCode.LOW_CONFIDENCE:
            return _(
                "Page %(page)s was hard to read: %(characters)s in doubt. Compare the text with the document.", **values
            )
        case WarningCode.NOT_RECOGNISED:
            return _(
                "Page %(page)s is a picture, at least in part, which Rolefit as installed here cannot read.", **values
            )
        case WarningCode.PORTFOLIO:
            return _("The PDF is a portfolio, or only the cover of a document. The one document within it was read.")
        case WarningCode.MIXED_LANGUAGE:
            return _(
                "%(characters)s are not in English, and nothing was found in them. Send the English part alone.",
                **values,
            )
        case code:
            return _("%(warning)s: page %(page)s, %(characters)s.", warning=name_warning(code), **values)


def _describe_hidden(reason: str, values: Mapping[str, object]) -> str:
    if reason not in HIDDEN_REASONS:
        return _(
            "Page %(page)s holds %(characters)s that nobody can see, which did not count. Find out why they are there.",
            **values,
        )
    return _(
        "Page %(page)s holds %(characters)s that nobody can see, which did not count: %(reason)s."
        " Find out why they are there.",
        reason=_(HIDDEN_REASONS[reason]),
        **values,
    )


def name_warning(code: str) -> str:
    """Return the short name of a reader's warning for tables; the code, if an earlier version gave the warning."""
    return _(WARNING_NAMES[code]) if code in WARNING_NAMES else code.replace("-", " ").capitalize()


def list_cautions(document: DocumentFacts) -> list[tuple[str, str]]:
    """Return what to check before relying on the scores: sentences, each with the words to check, if any."""
    warnings = [(describe_warning(warning), warning.excerpt) for warning in document.warnings]
    if document.read_with == "text":
        return warnings
    pictures = _(
        "Some pages are pictures, whose words were recognized by a program. Compare what matters with the document."
    )
    return [(pictures, ""), *warnings]


def begin_excerpt(excerpt: str) -> list[str]:
    """Return a sentence that quotes the words of a caution, empty if it has none."""
    return [_("It begins: “%(excerpt)s”", excerpt=excerpt)] if excerpt else []


def describe_size(document: DocumentFacts) -> str:
    """Return the size of a document in words."""
    pages = ngettext("%(count)s page", "%(count)s pages", document.pages, count=f"{document.pages:,}")
    return f"{pages}, {_count_characters(document.characters)}"


def describe_split(side: Side) -> str:
    """Return what makes up a role's score or, for a role outside the verdict, how many of its lines are shown."""
    if side.compared:
        shared, alone = f"{side.shared:.1f}", f"{side.unshared:.1f}"
        return _("%(shared)s shared, %(alone)s for this role alone", shared=shared, alone=alone)
    lines = len(side.role.requirements)
    return _("%(shown)s of its %(lines)s lines are shown; the verdict leaves it out", shown=side.shown, lines=lines)


def describe_elsewhere(row: GapRow) -> str:
    """Return a sentence on what closing a gap by its example would earn on other lines, empty if nothing."""
    if len(row.gaps) > 1:
        return ""
    points = sum(gain.points for gain in row.first.elsewhere)
    if not points:
        return ""
    return ngettext(
        "Closing this gap would also earn up to %(points)s on %(num)s other line.",
        "Closing this gap would also earn up to %(points)s on %(num)s other lines.",
        len(row.first.elsewhere),
        points=f"{points:.1f}",
    )


def describe_step(row: GapRow) -> str:
    """Return a sentence on what following the advice on a gap would earn at first, empty if that is not known."""
    gap = row.first
    known = len(row.gaps) == 1 and gap.step and gap.step < gap.points
    return _("As a first step, that would earn %(points)s.", points=f"{gap.step:.1f}") if known else ""


def advise(row: GapRow) -> str:
    """Return the advice on gaps, and what following it would earn."""
    return " ".join(filter(None, (row.first.advice, describe_step(row), describe_elsewhere(row))))
