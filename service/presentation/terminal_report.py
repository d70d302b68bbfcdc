"""Prints reports and profiles to the terminal."""

import re
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from service.language import gettext as _
from service.presentation.role_comparison import Side, find_better, join_gaps, list_sides
from service.presentation.sentences import (
    advise,
    begin_excerpt,
    describe_size,
    describe_verdict,
    list_cautions,
)
from skills.judging.report_types import Evidence, Report
from skills.roles.role_description import RoleDescription
from skills.text.bullets import OPENING_SIGNS
from worker.outcomes.failure import Failure

MAX_REASONS = 4
MAX_REQUIREMENTS = 8
MAX_GAPS = 5
NARROW_COLUMNS = 60  # below, there is no room for bars and frames
MAX_COLUMNS = 2000  # of a line in a pipe
FRAME_COLUMNS = 4
INDENT_COLUMNS = 6
STYLES = {"first": "cyan", "second": "yellow", "third": "magenta", "fourth": "green", "fifth": "blue"}
OPENING = re.compile(rf" *(?:[{OPENING_SIGNS}]+ +)?")


def _write_grid(*widths: int | None) -> Table:
    """Return a grid; columns without a width share the rest of the line."""
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    for width in widths:
        grid.add_column(width=width, ratio=None if width else 1)
    return grid


def _show_scores(sides: list[Side], console: Console) -> Table:
    if console.width < NARROW_COLUMNS:
        grid = _write_grid(None, 5)
        for side in sides:
            grid.add_row(Text(side.role.title), Text(f"{side.role.score:.1f}", style="bold"))
        return grid
    grid = _write_grid(max(len(side.role.title) for side in sides), 5, None)
    for side in sides:
        score, style = side.role.score, STYLES[side.tone]
        bar = ProgressBar(total=100, completed=score, complete_style=style, finished_style=style)
        grid.add_row(Text(side.role.title), Text(f"{score:.1f}", style="bold"), bar)
    return grid


def _show_reasons(side: Side) -> list[RenderableType]:
    grid = _write_grid(INDENT_COLUMNS - 1, None)
    for reason in side.reasons[:MAX_REASONS]:
        grid.add_row(f"+{reason.points:.1f}", Text(reason.title))
    points = _("%(points)s points", points=f"{side.unshared:.1f}")
    title = _("Towards %(role)s", role=side.role.title)
    return [Text.assemble(f"\n{title}", (f"  {points}", "dim"), style="bold"), grid]


def _crop(text: Text, start: int, end: int, room: int) -> Text:
    """Return a line cut to a number of columns around its range from start to end."""
    if len(text) <= room:
        return text
    first = max(0, min(start - max(0, room - (end - start)) // 2, len(text) - room))
    cut_before, cut_after = first > 0, first + room < len(text)
    cut = text[first + cut_before : first + room - cut_after]
    return Text.assemble("…" if cut_before else "", cut, "…" if cut_after else "")


def quote_line(text: str, item: Evidence, *, columns: int, plain: bool) -> Text:
    """Return the line around a piece of evidence, cut to a width; the evidence is bold, if `plain` also in quotes."""
    before = text[: item.start].rpartition("\n")[2]
    before = OPENING.sub("", before, count=1)
    after = text[item.end :].partition("\n")[0].rstrip()
    words = " ".join(item.text.split())
    quoted = f"“{words}”" if plain else words
    line = Text.assemble((before, "dim"), (quoted, "bold"), (after, "dim"))
    return _crop(line, len(before), len(before) + len(quoted), columns)


def _choose_evidence(evidence: Sequence[Evidence], quoted: set[int]) -> Evidence:
    """Return the first evidence at a place that has not been quoted yet, and add the place to `quoted`."""
    chosen = next((item for item in evidence if item.start not in quoted), evidence[0])
    quoted.add(chosen.start)
    return chosen


def _show_requirements(report: Report, side: Side, console: Console) -> list[RenderableType]:
    earned = [item for item in side.role.requirements if item.points]
    grid = _write_grid(INDENT_COLUMNS - 1, None)
    columns, plain = console.width - FRAME_COLUMNS - INDENT_COLUMNS, console.color_system is None
    quoted: set[int] = set()
    for item in sorted(earned, key=lambda item: -item.points)[:MAX_REQUIREMENTS]:
        possible = _("of %(possible)s", possible=f"{item.possible:.1f}")
        evidence = _choose_evidence(item.evidence, quoted)
        grid.add_row(f"{item.points:4.1f}", Text.assemble(item.title, (f"  {possible}", "dim")))
        grid.add_row("", quote_line(report.text, evidence, columns=columns, plain=plain))
    title = _("%(role)s: what earned most", role=side.role.title)
    return [Text(f"\n{title}", style="bold"), grid]


def _show_gaps(report: Report, side: Side) -> list[RenderableType]:
    grid = _write_grid(INDENT_COLUMNS - 1, None)
    for row in join_gaps(side.role.gaps, report)[:MAX_GAPS]:
        for gap in row.gaps:
            grid.add_row(f"+{gap.points:.1f}", Text(gap.title))
        grid.add_row("", Text(advise(row), style="dim"))
    title = _("%(role)s: what has most left to earn", role=side.role.title)
    return [Text(f"\n{title}", style="bold"), grid]


def _show_parts(report: Report, console: Console) -> Iterator[RenderableType]:
    """Yield the parts of a panel, in detail the better role, or both if none fits better, and all roles besides."""
    sides = list_sides(report)
    yield Text(describe_size(report.document), style="dim")
    for caution, excerpt in list_cautions(report.document):
        words = [_("Check first: %(caution)s", caution=caution), *begin_excerpt(excerpt)]
        yield Text(" ".join(words), style="yellow")
    yield from ("", _show_scores(sides, console))
    yield Text(f"\n{describe_verdict(report)}", style="bold")
    for side in sides:
        yield from _show_reasons(side) if side.compared else ()
    better = find_better(sides)
    for side in (side for side in sides if side == better or not (better and side.compared)):
        yield from (*_show_requirements(report, side, console), *_show_gaps(report, side))


def _print_plain(shown: RenderableType, console: Console) -> None:
    """Print for a file or a program: without colour, and no line ends with spaces."""
    with console.capture() as capture:
        console.print(shown)
    lines = capture.get().splitlines()
    console.out("\n".join(line.rstrip() for line in lines), highlight=False)


def print_columns(table: Table) -> None:
    """Print a table to stdout without cutting a cell: in a pipe a row is a line, in a terminal its cells may wrap."""
    console = Console(highlight=False)
    if not console.is_terminal or console.width < NARROW_COLUMNS:
        table.box = None
    if console.is_terminal:
        console.print(table)
        return
    room = console.options.update(max_width=MAX_COLUMNS)
    console.width = max(console.width, Measurement.get(console, room, table).maximum)
    _print_plain(table, console)


def print_report(report: Report) -> None:
    """Print a report to stdout: in a terminal as a panel as wide as it is, elsewhere as lines without a frame."""
    console = Console(highlight=False)
    parts, name = _show_parts(report, console), Text(report.document.name)
    if console.is_terminal:
        console.print(Panel(Group(*parts), title=name, title_align="left"))
    else:
        _print_plain(Group(name, *parts, ""), console)


def print_failure(failure: Failure) -> None:
    """Print to stderr why a document could not be scored."""
    error = failure.error
    Console(stderr=True).print(Text(f"{failure.name}: {error.message} ({error.code})", style="red"))


def print_result(result: Report | Failure) -> None:
    """Print a report to stdout, or to stderr why there is none."""
    if isinstance(result, Failure):
        print_failure(result)
    else:
        print_report(result)


def print_profile(profile: RoleDescription) -> None:
    """Print a role's profile to stdout: each requirement with its points and its source."""
    table = Table(title=Text(profile.title), caption=Text(profile.summary), title_style="bold")
    table.add_column("Points", justify="right")
    table.add_column("Asked for", overflow="fold")
    table.add_column("Section of the article", overflow="fold")
    for dimension in profile.dimensions:
        for item in dimension.requirements:
            shared = ("  shared", "dim") if item.shared else ""
            table.add_row(f"{item.possible:.1f}", Text.assemble(item.title, shared), item.source)
        table.add_section()
    print_columns(table)
