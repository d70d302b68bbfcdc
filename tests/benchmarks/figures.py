"""A figure with its goal and what stands beside it; a table of them for people, JSON for programs."""

import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

DECIMALS = 2
MILLISECONDS = 1000  # in a second


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `goal` is the most it may be, or the least where `at_least`; `beside` has its unit."""

    what: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False
    beside: Mapping[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal


def _write_goal(figure: Figure) -> str:
    return "" if figure.goal is None else f"{'≥' if figure.at_least else '≤'} {figure.goal:g}"


def _write_met(figure: Figure) -> str:
    return {None: "", True: "[green]yes[/]", False: "[red]no[/]"}[figure.met]


def print_figures(figures: Iterable[Figure]) -> None:
    """Write a table to stdout."""
    table = Table("what", "measured", "goal", "met", "beside")
    console = Console()
    for figure in figures:
        beside = "\n".join(f"{name}: {value:.{DECIMALS}f}" for name, value in figure.beside.items())
        table.add_row(
            figure.what, f"{figure.value:.{DECIMALS}f} {figure.unit}", _write_goal(figure), _write_met(figure), beside
        )
    console.print(table)


def write_figures(figures: Iterable[Figure], path: Path) -> None:
    """Write the figures as JSON, with the machine and the time they are of."""
    rows = [{**asdict(figure), "value": round(figure.value, 4), "met": figure.met} for figure in figures]
    machine = {
        "cores": psutil.cpu_count(),
        "load": psutil.getloadavg()[0],
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    facts = {"measured_at": datetime.now(UTC).isoformat(), "machine": machine, "figures": rows}
    path.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
