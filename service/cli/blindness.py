"""The command `rolefit blindness`."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import orjson
from rich.table import Table
from rich.text import Text

from service.cli.conventions import FILE, one_line_errors
from service.intake.file_names import name_file
from service.presentation.sentences import describe_difference
from service.presentation.terminal_report import print_columns
from skills.blindness.trials import Change, Trial, try_all_swaps
from skills.document import Document
from skills.errors import RolefitError
from skills.knowledge import load_knowledge
from worker.files import read_file
from worker.pipeline import read_resume
from worker.settings import Settings, load_settings

CHANGED = 1
MAX_CHANGES = 3


def _read(file: Path, settings: Settings) -> Document:
    content = read_file(file, max_bytes=settings.max_upload_bytes)
    return read_resume(content, name=name_file(Path(file.name)), settings=settings)


def _name_result(trial: Trial) -> str:
    if not trial.places:
        return "nothing-to-swap"
    return "changed" if trial.changes else "same"


@dataclass(frozen=True)
class TrialSummary:
    """The result of one kind of swap, as `--json` writes it."""

    kind: str
    title: str
    places: int
    tried: int
    result: str
    changes: Sequence[Change]


@dataclass(frozen=True)
class DocumentSummary:
    """What is known of the document."""

    name: str
    sha256: str


@dataclass(frozen=True)
class BlindnessSummary:
    """The results of all kinds of swaps in a document."""

    document: DocumentSummary
    kinds: Sequence[TrialSummary]


def _summarize_trial(trial: Trial) -> TrialSummary:
    return TrialSummary(trial.kind.id, trial.kind.title, trial.places, trial.tried, _name_result(trial), trial.changes)


def _write_change(change: Change) -> str:
    first, *others = change.differences
    return f"“{change.value}”: {describe_difference(first)}{f' and {len(others)} more' if others else ''}"


def _write_result(trial: Trial) -> str:
    changes = [_write_change(change) for change in trial.changes[:MAX_CHANGES]]
    more = [f"and by {len(trial.changes) - MAX_CHANGES} more"] if len(trial.changes) > MAX_CHANGES else []
    return "\n".join([_name_result(trial).replace("-", " "), *changes, *more])


def _print_trials(document: Document, trials: Sequence[Trial]) -> None:
    table = Table(title=Text(document.name), title_style="bold")
    for heading in ("What is swapped", "Places", "Values", "Report"):
        table.add_column(heading)
    for trial in trials:
        style = "bold red" if trial.changes else "" if trial.places else "dim"
        cells = (trial.kind.title, str(trial.places), str(trial.tried), _write_result(trial))
        table.add_row(*map(Text, cells), style=style)
    print_columns(table)


def _show_trials(document: Document, trials: Sequence[Trial], *, as_json: bool) -> None:
    if not as_json:
        _print_trials(document, trials)
        return
    facts = DocumentSummary(document.name, document.sha256)
    click.echo(orjson.dumps(BlindnessSummary(facts, [_summarize_trial(trial) for trial in trials])))


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One object per line, with every change in full.")
def blindness(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Swap names, schools, years and the like in documents and see that no report changes.

    Exit code 1 means that one did, or that a document could not be read.
    """
    with one_line_errors():
        settings = load_settings()
        knowledge = load_knowledge(settings.profiles)
    same = True
    for file in files:
        try:
            document = _read(file, settings)
        except RolefitError as error:
            click.echo(f"{file}: {error} ({error.code})", err=True)
            same = False
            continue
        trials = list(try_all_swaps(document, knowledge))
        same &= not any(trial.changes for trial in trials)
        _show_trials(document, trials, as_json=as_json)
    sys.exit(0 if same else CHANGED)
