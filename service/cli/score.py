"""`rolefit score`: scores résumés in this process."""
# ruff: noqa: PLC0415 - spaCy is imported while the reading process starts

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from service.cli.conventions import DOCUMENT_FAILED, FILE_OR_FOLDER, one_line_errors
from service.cli.conventions.passed_over import say_passed_over
from service.intake.file_names import name_file
from service.intake.folders import list_folder

STANDARD_INPUT = Path("/dev/stdin")


def list_files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the name and path of each file to score; say of a folder what is passed over in it.

    Raises:
        click.UsageError: a folder holds no document.
    """
    for path in paths:
        if path == Path("-"):
            yield "standard input", STANDARD_INPUT
            continue
        if not path.is_dir():
            yield name_file(Path(path.name)), path
            continue
        listing = list_folder(path)
        say_passed_over(listing)
        if not listing.documents:
            raise click.UsageError(f"No document in {click.format_filename(path)}.")
        yield from listing.documents.items()


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE_OR_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One report per line, with its text.")
def score(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Score résumés in this process and show why: files, all documents of folders, or with - standard input."""
    with one_line_errors():
        from worker.reading.isolation.sandbox import get_sandbox

        get_sandbox()  # gets ready while the rest is loaded
        from service.presentation.terminal_report import print_result
        from skills.knowledge import load_knowledge
        from worker.pipeline import score_file
        from worker.settings import load_settings
        from worker.store.jobs.job import Failure, encode_result

        settings = load_settings()
        load_knowledge(settings.profiles)
    failed = False
    for name, file in list_files(files):
        result = score_file(file, name=name, settings=settings)
        failed |= isinstance(result, Failure)
        if as_json:
            click.echo(encode_result(result))
        else:
            print_result(result)
    sys.exit(DOCUMENT_FAILED if failed else 0)
