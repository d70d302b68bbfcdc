"""What a command says of the files of a folder that it does not score."""

import sys

import click

from service.intake.folders import FolderListing

MAX_NAMED = 5


def say_passed_over(listing: FolderListing) -> None:
    """Say on stderr how many files of a folder were passed over and why; names only where a person reads them."""
    if listing.passed_over:
        click.echo(listing.describe_passed_over(), err=True)
    if sys.stderr.isatty():
        for name, reason in list(listing.passed_over.items())[:MAX_NAMED]:
            click.echo(f"  {name}: {reason}", err=True)
