"""The command `rolefit batch`."""

import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from service.cli.conventions import (
    CORES,
    DOCUMENT_FAILED,
    FOLDER,
    INTERRUPTED,
    OUT,
    one_line_errors,
    refuse_overwriting,
)
from service.cli.conventions.passed_over import say_passed_over
from service.intake.folders import FolderListing, list_folder
from service.results.batch_summary import print_summary
from service.results.row_file import keep_rows, open_rows
from service.results.row_formats import ROW_FORMATS, RowFormat
from service.results.rows import Row
from skills.roles.profiles import load_profiles
from worker.folder_batch import run_batch
from worker.outcomes.results import Outcome
from worker.settings import Settings, load_settings

REFRESH_PER_SECOND = 4  # drawing the bar takes time from scoring


class RateColumn(ProgressColumn):
    """Documents a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, or nothing while it is unknown."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def _track(console: Console) -> Progress:
    columns = TextColumn("Scoring"), BarColumn(), MofNCompleteColumn(), RateColumn(), TimeRemainingColumn()
    return Progress(*columns, console=console, refresh_per_second=REFRESH_PER_SECOND)


@contextmanager
def _run_scoring(
    documents: dict[str, Path], *, settings: Settings, workers: int, console: Console
) -> Iterator[Iterable[Outcome]]:
    """Score documents while the block runs, and show how far that is; yield their outcomes."""
    with closing(run_batch(documents, settings=settings, workers=workers)) as outcomes, _track(console) as progress:
        yield progress.track(outcomes, total=len(documents), update_period=1 / REFRESH_PER_SECOND)


def _list_missing(listing: FolderListing, kept: Sequence[Row], row_format: RowFormat) -> dict[str, Path]:
    known = {row.name for row in kept}
    return {name: file for name, file in listing.documents.items() if row_format.name_of(name) not in known}


@contextmanager
def _advise_after_stop(out: Path | None, row_format: RowFormat) -> Iterator[None]:
    """Say how to continue if the block is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(
            f"\nStopped. Continue with: --out {out} --resume" if out and row_format.read else "\nStopped.", err=True
        )
        raise


def score_folder(folder: Path, *, out: Path | None, format_name: str, workers: int, resume: bool) -> list[Row]:
    """Score what a folder holds, write a row a document, print a summary, and return all rows, kept ones first.

    An interruption leaves whole rows in `out`, from which `resume` goes on.

    Raises:
        click.UsageError: `out` is one of the documents. With `resume` this is not checked, because the rows to
            continue may be in the folder under such a name: lines that are no rows raise ForeignRowsError.
        OutputError: `out` cannot be written to.
        ForeignRowsError: `out` cannot be continued: it holds something else, or rows of other versions.
    """
    settings = load_settings()  # before a file is touched
    profiles, console = load_profiles(settings.profiles), Console(stderr=True)
    row_format = ROW_FORMATS[format_name](profiles)
    kept = keep_rows(out, row_format, profiles_folder=settings.profiles) if out and resume else []
    listing = list_folder(folder)
    missing = _list_missing(listing, kept, row_format)
    if not resume:
        refuse_overwriting(listing.documents.values(), out)
    if kept:
        click.echo(f"{len(kept)} rows kept; {len(missing)} documents to score.", err=True)
    with _advise_after_stop(out, row_format), open_rows(out, row_format, kept) as file:
        if missing:
            with _run_scoring(missing, settings=settings, workers=workers, console=console) as outcomes:
                for outcome in outcomes:
                    file.add(outcome)
    say_passed_over(listing)
    print_summary(file.rows, console, profiles)
    return file.rows


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--out", type=OUT, help="File to write to.  [default: stdout]")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(ROW_FORMATS)),
    default="jsonl",
    show_default=True,
    help="Reports a line, a table, or one page that opens without a server.",
)
@click.option("--workers", type=click.IntRange(min=1), default=CORES, show_default=True, help="Worker processes.")
@click.option("--resume", is_flag=True, help="Keep the rows that --out has already; score only what is missing.")
def batch(folder: Path, out: Path | None, format_name: str, workers: int, *, resume: bool) -> None:
    """Score every document of a folder and of the folders in it, one row a file."""
    if resume and out is None:
        raise click.UsageError("--resume needs --out: it continues that file.")
    if out is not None and not out.absolute().parent.is_dir():
        raise click.UsageError(f"The folder of --out does not exist: {out.absolute().parent}")
    for stop in (signal.SIGINT, signal.SIGTERM):  # a shell makes background commands ignore Ctrl-C
        signal.signal(stop, signal.default_int_handler)
    try:
        with one_line_errors():
            rows = score_folder(folder, out=out, format_name=format_name, workers=workers, resume=resume)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(DOCUMENT_FAILED if any(row.error for row in rows) else 0)
