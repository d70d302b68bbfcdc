"""The command `rolefit search`."""

from collections.abc import Iterator
from pathlib import Path

import click

from service.cli.conventions import FILE, one_line_errors
from service.results.row_file import ForeignRowsError
from service.search import questions
from service.search.questions import Hit, Question, SearchedDocument, split_words
from service.search.result_lines import read_line


def _read_documents(results: Path) -> Iterator[tuple[SearchedDocument, bytes]]:
    """Yield each document and its line; raise ForeignRowsError where a line is no result."""
    with results.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield read_line(line, number), line
            except (ValueError, LookupError, TypeError) as error:
                raise ForeignRowsError(
                    f"Line {number} of {results} is no result that `rolefit batch` has written as JSONL."
                ) from error


def _show_hit(hit: Hit) -> str:
    scores = "".join(f"{score:5.1f}  " for score in hit.row.scores.values())
    quotes = " · ".join(" ".join(quote.text.split()) for quote in hit.quotes)
    return f"{scores}{hit.row.name}: {quotes}"


@click.command()
@click.argument("results", type=FILE)
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="The lines of RESULTS that answer, as they are.")
def search(results: Path, words: tuple[str, ...], *, as_json: bool) -> None:
    """Find the documents of a batch's results that have words or skills.

    All WORDS must stand in a document of RESULTS: their beginnings, skills in any spelling, phrases.
    """
    asked = [f'"{word}"' if " " in word else word for word in words]
    question, lines, found, count = Question(split_words(" ".join(asked))), [], [], 0
    with one_line_errors():
        for document, line in _read_documents(results):
            count += 1
            for hit in questions.search([document], question, {}):
                found.append(hit)
                lines.append(line)
    if as_json:
        click.echo(b"".join(lines), nl=False)
    else:
        for hit in sorted(found, key=lambda hit: -hit.row.best_score):
            click.echo(_show_hit(hit))
    click.echo(f"{len(found)} of {count} documents", err=True)
