"""A role of one's own: a file that nothing is wrong with, and a report as it is where there is one."""

from dataclasses import replace
from pathlib import Path

from skills.judging.report_types import LimitedVerdict, Report

ROLE = """id = "data-engineer"
title = "Data Engineer"
summary = "Moves data to where it is needed."

[[requirements]]
id = "python"
title = "Programming in Python"
dimension = "skills"
possible = 60.0
skills = ["python"]
advice = "Use Python."
example = "Wrote Python."

[[requirements]]
id = "pipelines"
title = "Prepares data"
dimension = "responsibilities"
possible = 40.0
duties = ["prepare-data"]
advice = "Prepare data."
example = "Cleaned raw data."
"""


def write_role(folder: Path) -> Path:
    """Write the role into a folder and return the folder."""
    (folder / "data-engineer.toml").write_text(ROLE, encoding="utf-8")
    return folder


def add_own_role(report: Report) -> Report:
    """Return a report as it is where a role of one's own is scored, too."""
    twins, verdict = report.roles, report.verdict
    dimension = twins[0].dimensions[0]
    requirement = replace(dimension.requirements[0], id="own.line", shared=False)
    gap = replace(twins[0].gaps[0], requirement="own.line")
    own = replace(
        twins[0], id="own", title="Own", dimensions=(replace(dimension, requirements=(requirement,)),), gaps=(gap,)
    )
    between = tuple(role.id for role in twins)
    limited = LimitedVerdict(verdict.best_fit, verdict.margin, verdict.close, verdict.reasons, between)
    return replace(report, roles=(*twins, own), verdict=limited)
