"""The `rolefit` command. Data goes to stdout, all else to stderr; exit code 1 means that some document failed."""
# ruff: noqa: PLC0415 - what a command needs is imported when it runs: spaCy and Flask would make `--help` wait a second

import gc
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from service.cli.blindness import blindness
from service.cli.errors import one_line_errors
from service.cli.verify import verify

DOCUMENT_FAILED = 1
SOMETHING_WRONG = 1
INTERRUPTED = 130  # as shells report a program that Ctrl-C ended

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
CORES = os.cpu_count() or 1


@contextmanager
def _loading() -> Iterator[None]:
    """Let the garbage collector rest while much is loaded that stays; looking through it would take a third longer."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="rolefit")
def main() -> None:
    """Read résumés and say, with evidence, how well they fit each of two machine learning roles."""


main.add_command(blindness)
main.add_command(verify)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=CORES,
    show_default=True,
    help="Worker processes; 0 leaves the work to other machines, and needs ROLEFIT_REDIS_URL.",
)
def serve(host: str, port: int, workers: int) -> None:
    """Run the web pages, the API, the workers and the store until Ctrl-C."""
    with _loading():
        from service import server
        from service.http.access import check_exposure
        from skills.roles.profiles import load_profiles
        from worker.settings import load_settings

    with one_line_errors():
        settings = load_settings()
    if not workers and settings.redis_url is None:
        raise click.UsageError("--workers 0 needs ROLEFIT_REDIS_URL: no other worker can reach the private Redis.")
    with one_line_errors():
        load_profiles(settings.profiles)  # a wrong one is told here, before workers start
        check_exposure(host, settings)
        listener = server.listen(host, port)
        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        if not settings.tokens:
            click.echo("rolefit: without ROLEFIT_TOKENS everyone on this machine may send and read résumés.", err=True)
        server.serve(
            settings,
            listener=listener,
            workers=workers,
            announce=lambda: click.echo(f"Rolefit is ready at {address} (Ctrl-C stops it)", err=True),
        )


def _check_owner(_context: click.Context, _parameter: click.Parameter, owner: str) -> str:
    from worker.settings import OWNER

    if not re.fullmatch(OWNER, owner):
        raise click.BadParameter("Use letters, digits, and any of . @ _ -")
    return owner


@main.command()
@click.argument("owner", callback=_check_owner)
def token(owner: str) -> None:
    """Make an access token: what the owner sends, and what ROLEFIT_TOKENS has to hold for it."""
    from service.http.access import make_token

    secret, setting = make_token(owner)
    click.echo(f"token: {secret}\nROLEFIT_TOKENS={setting}")
    click.echo("Give the token to its owner; it is not kept. More entries of ROLEFIT_TOKENS follow a comma.", err=True)


@main.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One report per line, with its text.")
def score(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Score résumés in this process and show why."""
    with one_line_errors(), _loading():
        from worker.reading.sandbox import get_sandbox

        get_sandbox()  # gets ready while the rest is loaded
        from service.cli.terminal_report import print_result
        from service.intake.file_names import name_file
        from skills.knowledge import load_knowledge
        from worker.pipeline import score_file
        from worker.settings import load_settings
        from worker.store.job import Failure, encode_result

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


@main.command()
@click.argument("folder", type=FOLDER)
@click.option("--out", type=OUT, help="File to write to.  [default: stdout]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "html"]),
    default="jsonl",
    show_default=True,
    help="Reports a line, a table, or one page that opens without a server.",
)
@click.option("--workers", type=click.IntRange(min=1), default=CORES, show_default=True, help="Worker processes.")
@click.option("--resume", is_flag=True, help="Keep the rows that --out has already; score only what is missing.")
def batch(folder: Path, out: Path | None, form: str, workers: int, *, resume: bool) -> None:
    """Score every document of a folder and of the folders in it, one row a file."""
    if resume and out is None:
        raise click.UsageError("--resume needs --out: it continues that file.")
    if out is not None and not out.absolute().parent.is_dir():
        raise click.UsageError(f"The folder of --out does not exist: {out.absolute().parent}")
    with _loading():
        from service.cli.batch import score_folder

    for stop in (signal.SIGINT, signal.SIGTERM):  # a shell starts background commands deaf to Ctrl-C
        signal.signal(stop, signal.default_int_handler)
    try:
        with one_line_errors():
            rows = score_folder(folder, out=out, form=form, workers=workers, resume=resume)
    except KeyboardInterrupt:
        goes_on = out and form != "html"
        click.echo(f"\nStopped. Continue with: --out {out} --resume" if goes_on else "\nStopped.", err=True)
        sys.exit(INTERRUPTED)
    sys.exit(DOCUMENT_FAILED if any(row.error for row in rows) else 0)


@main.command()
@click.argument("results", type=FILE)
@click.option("--groups", type=FILE, required=True, help="CSV with the columns document, sex and race_ethnicity.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write to.")
def audit(results: Path, groups: Path, out: Path) -> None:
    """Measure how groups of people fare in a batch's results, in the form of New York City's Local Law 144."""
    from service.audit.report import write_audit

    with one_line_errors():
        paths = write_audit(results, groups, out)
    click.echo("\n".join(map(str, paths)))


@main.command(name="doctor")
def show_findings() -> None:
    """Check what the program needs, line by line; exit code 1 means that something is wrong."""
    from service.cli.doctor import examine
    from worker.settings import load_settings

    with one_line_errors():
        settings = load_settings()
    well = True
    for finding in examine(settings):
        click.echo(f"{'ok   ' if finding.well else 'WRONG'} {finding.subject}: {finding.words}")
        well &= finding.well
    sys.exit(0 if well else SOMETHING_WRONG)


def _work_on_role(checked: Path | None, posting: Path | None) -> None:
    from service.cli.roles import check_file, draft_file
    from worker.settings import load_settings

    with one_line_errors():
        if checked:
            click.echo(check_file(checked))
        if posting:
            click.echo(draft_file(posting, load_settings()), nl=False)


@main.command()
@click.argument("role", required=False)
@click.option("--json", "as_json", is_flag=True, help="The profiles as JSON.")
@click.option("--check", "checked", type=FILE, help="Check the file of a role of your own.")
@click.option("--from-posting", "posting", type=FILE, help="Draft a role from a job posting, for you to review.")
def roles(role: str | None, *, as_json: bool, checked: Path | None, posting: Path | None) -> None:
    """Show the role profiles: what they ask for, what each line is worth and where it comes from."""
    if checked or posting:
        _work_on_role(checked, posting)
        return
    from service.cli.roles import show_roles

    with one_line_errors():
        show_roles(role, as_json=as_json)


@main.command()
@click.argument("word", required=False)
@click.option("--text", type=FILE, help="Show which names of skills stand in a plain text, and why one does not count.")
@click.option("--tree", is_flag=True, help="Show all skills, each below what it is a kind of.")
def skills(word: str | None, text: Path | None, *, tree: bool) -> None:
    """Show an entry of the vocabulary: its names, parents, conditions, and the requirements it is evidence for."""
    if (word is not None) + (text is not None) + tree != 1:
        raise click.UsageError("Give a word, --text FILE or --tree.")
    from service.cli.skills import show_entry, show_text, show_tree

    with one_line_errors():
        if word is not None:
            show_entry(word)
        elif text is not None:
            show_text(text)
        else:
            show_tree()


@main.command()
@click.option("--failed", is_flag=True, help="Only those that have failed.")
@click.option("--retry", metavar="ID", help="Queue this failed job anew, if its document is still kept.")
def jobs(*, failed: bool, retry: str | None) -> None:
    """Show the jobs of the running service: state, age, attempts and code; never a name or a word of a document."""
    from service.cli.jobs import list_jobs, print_jobs, retry_job
    from worker.settings import load_settings

    with one_line_errors():
        if retry:
            retry_job(load_settings(), retry)
        else:
            print_jobs(list_jobs(load_settings(), failed=failed))
