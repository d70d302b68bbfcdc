"""How a command ends that cannot begin: one line on stderr, and the exit code of wrong usage."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from skills.errors import RolefitError

# 2 is click's own code for wrong usage, and here also for a program that could not begin.
NOT_BEGUN = 2


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn an error of ours into its sentence on stderr and exit code 2."""
    try:
        yield
    except RolefitError as error:
        click.echo(f"rolefit: {error}", err=True)
        sys.exit(NOT_BEGUN)
