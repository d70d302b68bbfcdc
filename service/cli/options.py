"""The options and exit codes that several commands share."""

import os
from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
CORES = os.cpu_count() or 1

DOCUMENT_FAILED = 1
SOMETHING_WRONG = 1
INTERRUPTED = 130  # as shells report a program that Ctrl-C ended
