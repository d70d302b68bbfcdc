"""A report, the profiles and a batch's outcome as a person reads them in a terminal."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from service.wording import describe_verdict, list_reasons
from skills.profiles import TWINS

BAR_WIDTH = 30
MAX_REASONS = 4
MAX_REQUIREMENTS = 8
MAX_QUOTES = 3
MAX_GAPS = 5


def _write_grid(columns: int) -> Table:
    grid = Table.grid(padding=(0, 2))
    for _ in range(columns - 1):
        grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    return grid


def _show_scores(report: Mapping[str, Any]) -> Table:
    grid = _write_grid(3)
    for role in report["roles"]:
        bar = ProgressBar(total=100, completed=role["score"], width=BAR_WIDTH)
        grid.add_row(Text(role["title"]), Text(f"{role['score']:5.1f}", style="bold"), bar)
    return grid


def _show_reasons(report: Mapping[str, Any]) -> Table:
    grid = _write_grid(2)
    for reason in list_reasons(report, most=MAX_REASONS):
        grid.add_row(f"+{reason['points']:.1f}", Text.assemble(reason["title"], (f"  for {reason['role']}", "dim")))
    return grid


def _quote(evidence: Iterable[Mapping[str, Any]]) -> str:
    texts = list(dict.fromkeys(" ".join(item["text"].split()) for item in evidence))
    more = f" and {len(texts) - MAX_QUOTES} more" if len(texts) > MAX_QUOTES else ""
    return ", ".join(f"“{text}”" for text in texts[:MAX_QUOTES]) + more


def _show_requirements(role: Mapping[str, Any]) -> Table:
    earned = [item for dimension in role["dimensions"] for item in dimension["requirements"] if item["points"]]
    grid = _write_grid(2)
    for item in sorted(earned, key=lambda item: -item["points"])[:MAX_REQUIREMENTS]:
        points = f"{item['points']:4.1f} / {item['possible']:.1f}"
        grid.add_row(points, Text.assemble(item["title"], "  ", (_quote(item["evidence"]), "cyan")))
    return grid


def _show_gaps(role: Mapping[str, Any]) -> Table:
    grid = _write_grid(2)
    for gap in role["gaps"][:MAX_GAPS]:
        grid.add_row(f"+{gap['points']:.1f}", Text.assemble(gap["title"], "  ", (gap["advice"], "dim")))
    return grid


def _show_role(role: Mapping[str, Any]) -> list[RenderableType]:
    return [
        Text(f"\n{role['title']}: what earned most", style="bold"),
        _show_requirements(role),
        Text(f"\n{role['title']}: what would add most (gains overlap)", style="bold"),
        _show_gaps(role),
    ]


def _show_warnings(report: Mapping[str, Any]) -> list[RenderableType]:
    return [
        Text(f"Warning: {item['code']} on page {item['page']}, {item['characters']} characters", style="yellow")
        for item in report["document"]["warnings"]
    ]


def _choose_roles(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    best = report["verdict"]["best_fit"]
    beaten = {role["id"] for role in report["roles"][:TWINS]} - {best} if best else set()
    return [role for role in report["roles"] if role["id"] not in beaten]


def print_report(report: Mapping[str, Any]) -> None:
    """Print a report to stdout: the better twin in detail, or both when neither is, and every role of one's own."""
    parts = [
        _show_scores(report),
        Text(f"\n{describe_verdict(report)}", style="bold"),
        _show_reasons(report),
        *_show_warnings(report),
        *(part for role in _choose_roles(report) for part in _show_role(role)),
    ]
    Console().print(Panel(Group(*parts), title=Text(report["document"]["name"]), title_align="left"))


def print_failure(failure: Mapping[str, Any]) -> None:
    """Print to stderr why a document could not be scored."""
    error = failure["error"]
    Console(stderr=True).print(
        Text(f"{failure['document']['name']}: {error['message']} ({error['code']})", style="red")
    )


def print_result(result: Mapping[str, Any]) -> None:
    """Print a report to stdout, or to stderr why there is none."""
    if "error" in result:
        print_failure(result)
    else:
        print_report(result)


def print_profile(profile: Mapping[str, Any]) -> None:
    """Print a role's profile to stdout, line by line with its worth and source."""
    table = Table(title=Text(profile["title"]), caption=Text(profile["summary"]), title_style="bold")
    table.add_column("Points", justify="right")
    table.add_column("Asked for")
    table.add_column("Section of the article")
    for dimension in profile["dimensions"]:
        for item in dimension["requirements"]:
            shared = ("  both roles", "dim") if item["shared"] else ""
            table.add_row(f"{item['possible']:.1f}", Text.assemble(item["title"], shared), item["source"])
        table.add_section()
    Console().print(table)
