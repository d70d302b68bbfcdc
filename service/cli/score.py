"""`rolefit score`: scores résumés in this process."""
# ruff: noqa: PLC0415 - spaCy is imported while the reading process starts

import sys
from pathlib import Path

import click

from service.cli.conventions import DOCUMENT_FAILED, FILE, one_line_errors


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One report per line, with its text.")
def score(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Score résumés in this process and show why."""
    with one_line_errors():
        from worker.reading.isolation.sandbox import get_sandbox

        get_sandbox()  # gets ready while the rest is loaded
        from service.intake.file_names import name_file
        from service.presentation.terminal_report import print_result
        from skills.knowledge import load_knowledge
        from worker.pipeline import score_file
        from worker.settings import load_settings
        from worker.store.jobs.job import Failure, encode_result

        settings = load_settings()
        load_knowledge(settings.profiles)
    failed = False
    for file in files:
        result = score_file(file, name=name_file(Path(file.name)), settings=settings)
        failed |= isinstance(result, Failure)
        if as_json:
            click.echo(encode_result(result))
        else:
            print_result(result)
    sys.exit(DOCUMENT_FAILED if failed else 0)
