"""Prints what each dependency weighs when it is installed: `python -m tests.image.weights`."""

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

import click

MIN_BYTES = 5_000_000
REQUIREMENTS = Path(__file__).parents[2] / "requirements"


def weigh(package: Distribution) -> int:
    """Return the bytes of a package's files, without bytecode that was compiled afterwards."""
    paths = [Path(str(package.locate_file(file))) for file in package.files or () if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.exists())


def list_packages(*files: str) -> list[Distribution]:
    """Return the packages that files of requirements pin for this Python and system."""
    pins = "".join((REQUIREMENTS / file).read_text(encoding="utf-8") for file in files)
    names = sorted(set(re.findall(r"^([\w.-]+)(?:\[.*])?==", pins, re.MULTILINE)))
    found: list[Distribution] = []
    for name in names:
        try:
            found.append(distribution(name))
        except ModuleNotFoundError:  # for another system
            continue
    return found


def main() -> None:
    """Print a Markdown table of the heaviest packages, and the sum of all with and without optical recognition."""
    weights = {package.name: weigh(package) for package in list_packages("run.txt", "ocr.txt")}
    plain = sum(weigh(package) for package in list_packages("run.txt"))
    heavy = {name: weight for name, weight in weights.items() if weight >= MIN_BYTES}
    rest = sum(weights.values()) - sum(heavy.values())
    rows = [*sorted(heavy.items(), key=lambda row: -row[1]), (f"{len(weights) - len(heavy)} others", rest)]
    click.echo("| package | MB |\n|---|---|")
    for name, weight in [*rows, ("**all**", sum(weights.values())), ("**without optical recognition**", plain)]:
        click.echo(f"| {name} | {weight / 1e6:.0f} |")


if __name__ == "__main__":
    main()
