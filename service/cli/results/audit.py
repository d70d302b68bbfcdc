"""The command `rolefit audit`."""

from pathlib import Path

import click

from service.audit.report import write_audit
from service.cli.conventions import FILE, one_line_errors


@click.command()
@click.argument("results", type=FILE)
@click.option("--groups", type=FILE, required=True, help="CSV with the columns document, sex and race_ethnicity.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write to.")
def audit(results: Path, groups: Path, out: Path) -> None:
    """Measure how groups of people fare in a batch's results, in the form of New York City's Local Law 144."""
    with one_line_errors():
        paths = write_audit(results, groups, out)
    click.echo("\n".join(map(str, paths)))
