"""The command `rolefit token`."""

import re

import click

from service.http.access import make_token
from worker.settings import OWNER


def _check_owner(_context: click.Context, _parameter: click.Parameter, owner: str) -> str:
    if not re.fullmatch(OWNER, owner):
        raise click.BadParameter("Use letters, digits, and any of . @ _ -")
    return owner


@click.command()
@click.argument("owner", callback=_check_owner)
def token(owner: str) -> None:
    """Make an access token: what the owner sends, and what ROLEFIT_TOKENS has to hold for it."""
    secret, setting = make_token(owner)
    click.echo(f"token: {secret}\nROLEFIT_TOKENS={setting}")
    click.echo("Give the token to its owner; it is not kept. More entries of ROLEFIT_TOKENS follow a comma.", err=True)
