"""What a command says of the files of a folder that it does not score."""

import click

from service.intake.folders import FolderListing

MAX_NAMED = 50


def say_passed_over(listing: FolderListing) -> None:
    """Say on stderr how many files of a folder were passed over, and of each why."""
    if not listing.passed_over:
        return
    click.echo(listing.describe_passed_over(), err=True)
    for name, reason in list(listing.passed_over.items())[:MAX_NAMED]:
        click.echo(f"  {name}: {reason}", err=True)
    if len(listing.passed_over) > MAX_NAMED:
        click.echo(f"  and {len(listing.passed_over) - MAX_NAMED} more", err=True)
