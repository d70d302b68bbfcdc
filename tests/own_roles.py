"""A role of one's own: a file that nothing is wrong with."""

from pathlib import Path

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
