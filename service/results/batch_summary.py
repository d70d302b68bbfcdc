"""The summary of a batch: how many were scored, how many failed and why, and the best for each role."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.language import gettext as _
from service.presentation.sentences import name_fit
from service.results.rows import Row, rank_rows
from skills.roles.profiles import RoleProfile

MAX_ON_TOP = 5


def _count_rows(rows: Sequence[Row]) -> str:
    failed = Counter(row.error.code for row in rows if row.error)
    reasons = ", ".join(f"{count} {code}" for code, count in failed.most_common())
    counts = {"scored": len(rows) - failed.total(), "failed": failed.total()}
    if not reasons:
        return _("%(scored)s scored, %(failed)s failed", **counts)
    return _("%(scored)s scored, %(failed)s failed (%(reasons)s)", **counts, reasons=reasons)


def _show_top(rows: Sequence[Row], profile: RoleProfile) -> Table:
    table = Table(show_header=False, box=None)
    for row in rank_rows(rows, profile.id)[:MAX_ON_TOP]:
        notes = {profile.id: name_fit(row.scores[profile.id]), "close": _("too close to call")}
        note = notes.get(row.fit or "", "")
        table.add_row(f"{row.scores[profile.id]:5.1f}", Text(row.name), Text(note, style="dim"))
    return table


def print_summary(rows: Sequence[Row], console: Console, profiles: Iterable[RoleProfile]) -> None:
    """Print the counts and a top list for each role."""
    console.print(_count_rows(rows))
    for profile in profiles:
        if any(row.scores for row in rows):
            console.print(Text(_("Best for %(role)s", role=profile.title), style="bold"))
            console.print(_show_top(rows, profile))
