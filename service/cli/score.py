"""The command `rolefit score`."""
# ruff: noqa: PLC0415 - spaCy is imported while the reading process starts

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.conventions import DOCUMENT_FAILED, FILE_OR_FOLDER, OUT, one_line_errors, refuse_overwriting
from service.cli.conventions.passed_over import say_passed_over
from service.intake.file_names import name_file
from service.intake.folders import list_folder
from service.results.output_file import redirect_output, translate_write_errors

if TYPE_CHECKING:
    from skills.judging.report_types import Report

STANDARD_INPUT = Path("/dev/stdin")
PAPERS = ("html", "pdf")


def list_files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the name and path of each file to score; print what is passed over in a folder.

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


def check_options(files: tuple[Path, ...], format_name: str, out: Path | None) -> None:
    """Raise UsageError if options do not go together."""
    named = out.suffix.lower().removeprefix(".") if out else ""
    if named in PAPERS and named != format_name:
        raise click.UsageError(f"{out} would not be what its name says. Add --format {named}.")
    if format_name not in PAPERS:
        return
    if len(files) > 1 or files[0].is_dir():
        raise click.UsageError(
            f"--format {format_name} takes one document. Of many, `rolefit batch --format html` makes a page."
        )
    if format_name == "pdf" and out is None and sys.stdout.isatty():
        raise click.UsageError("A terminal cannot show a PDF. Name a file with --out.")


def write_paper(report: "Report", format_name: str, out: Path | None) -> None:
    """Write a report as a page or PDF to a file, or to stdout.

    Raises:
        OutputError: the file cannot be written.
    """
    from service.presentation.pdf_report import write_pdf
    from service.presentation.report_page import write_html

    content = write_pdf(report) if format_name == "pdf" else write_html(report).encode()
    with translate_write_errors(out):
        if out:
            out.write_bytes(content)
        else:
            sys.stdout.buffer.write(content)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE_OR_FOLDER)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", *PAPERS]),
    default="text",
    show_default=True,
    help="To read here, one report per line with its text, or a page or PDF of one document.",
)
@click.option("--json", "format_name", flag_value="json", help="The same as --format json.")
@click.option("--out", type=OUT, help="File to write to.  [default: stdout]")
def score(files: tuple[Path, ...], format_name: str, out: Path | None) -> None:
    """Score résumés in this process and show why: files, all documents of folders, or with - standard input."""
    check_options(files, format_name, out)
    with one_line_errors():
        from worker.reading.isolation.sandbox import get_sandbox

        get_sandbox()  # gets ready while the rest is loaded
        from service.presentation.terminal_report import print_result
        from skills.knowledge import load_knowledge
        from worker.outcomes.failure import Failure
        from worker.outcomes.results import encode_result
        from worker.pipeline import score_file
        from worker.settings import load_settings

        settings = load_settings()
        load_knowledge(settings.profiles)
    failed, listed = False, list(list_files(files))
    refuse_overwriting((file for _, file in listed), out)
    with one_line_errors(), redirect_output(None if format_name in PAPERS else out):
        for name, file in listed:
            result = score_file(file, name=name, settings=settings)
            failed |= isinstance(result, Failure)
            if format_name == "json":
                click.echo(encode_result(result))
            elif format_name == "text" or isinstance(result, Failure):
                print_result(result)
            else:
                write_paper(result, format_name, out)
    sys.exit(DOCUMENT_FAILED if failed else 0)
