"""Prints what each dependency weighs when it is installed: `python -m tests.image.weights`."""

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

import click

LEAST_BYTES = 5_000_000
REQUIREMENTS = Path(__file__).parents[2] / "requirements" / "run.txt"


def weigh(package: Distribution) -> int:
    """Return the bytes of a package's files, without bytecode that was compiled afterwards."""
    paths = [Path(str(package.locate_file(file))) for file in package.files or () if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.exists())


def list_packages() -> list[Distribution]:
    """Return the packages that run.txt pins for this Python and system."""
    names = sorted(set(re.findall(r"^([\w.-]+)==", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)))
    found: list[Distribution] = []
    for name in names:
        try:
            found.append(distribution(name))
        except ModuleNotFoundError:  # for another system
            continue
    return found


def main() -> None:
    """Print a Markdown table of the heaviest packages, and the sum of all."""
    weights = {package.name: weigh(package) for package in list_packages()}
    heavy = {name: weight for name, weight in weights.items() if weight >= LEAST_BYTES}
    rest = sum(weights.values()) - sum(heavy.values())
    rows = [*sorted(heavy.items(), key=lambda row: -row[1]), (f"{len(weights) - len(heavy)} others", rest)]
    click.echo("| package | MB |\n|---|---|")
    for name, weight in [*rows, ("**all**", sum(weights.values()))]:
        click.echo(f"| {name} | {weight / 1e6:.0f} |")


if __name__ == "__main__":
    main()
