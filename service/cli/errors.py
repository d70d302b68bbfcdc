"""Errors of a command: one line on stderr, and exit code 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from skills.errors import RolefitError

# click exits with 2 on wrong usage; a command that cannot start does the same.
NOT_BEGUN = 2


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn an error of ours into its sentence on stderr and exit code 2."""
    try:
        yield
    except RolefitError as error:
        click.echo(f"rolefit: {error}", err=True)
        sys.exit(NOT_BEGUN)
