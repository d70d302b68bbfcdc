"""`rolefit verify`: a report is a receipt, which anyone who has the document can check."""
# ruff: noqa: PLC0415 - what the command needs is imported when it runs: spaCy would make `--help` wait a second

import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import click
import orjson

from service.cli.errors import one_line_errors
from skills.errors import RolefitError

DIFFERS = 1
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

# What each of a report's versions stands for.
VERSIONS = {
    "rolefit": "the program",
    "code": "the program's code",
    "vocabulary": "the vocabulary and the knowledge beside it",
    "profiles": "the profiles",
    "reader": "the reader",
}


class NoReportError(RolefitError):
    """The file holds nothing that could be checked."""

    code = "no-report"

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(
            f"{file}: {reason}. Give a report as `rolefit score --json`, `rolefit batch` (JSONL) or the API writes it."
        )


def _read_json(file: Path) -> list[Any]:
    text = file.read_text(encoding="utf-8")
    try:
        return [orjson.loads(text)]
    except ValueError:
        return [orjson.loads(line) for line in text.splitlines() if line.strip()]


def _is_result(value: object) -> bool:
    """Tell whether a JSON value is a report, or stands in the place of one and says why there is none."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("document"), dict)
        and all(isinstance(value["document"].get(key, ""), str) for key in ("name", "sha256"))
    )


def _read_results(file: Path) -> list[dict[str, Any]]:
    """Return the reports of a file, also out of jobs as the API answers them; raise NoReportError if it has none."""
    try:
        values = _read_json(file)
    except (OSError, ValueError) as error:
        raise NoReportError(file, "it is not JSON") from error
    unwrapped = [value["report"] if isinstance(value, dict) and "report" in value else value for value in values]
    results = [value for value in unwrapped if _is_result(value)]
    if not results:
        raise NoReportError(file, "it holds no report")
    return results


def _is_name_of(name: str, file: Path) -> bool:
    """Tell whether a document's name, which may begin with folders, is a file's."""
    from service.intake.file_names import name_file

    ending = [name_file(Path(part)) for part in file.absolute().parts]
    parts = PurePosixPath(name).parts
    return bool(parts) and ending[-len(parts) :] == list(parts)


def find_result(reports: Path, file: Path, digest: str) -> dict[str, Any]:
    """Return the report on a file: the only one there is, else the one of its bytes, else the one of its name.

    Raises:
        NoReportError: there is none.
    """
    results = _read_results(reports)
    if len(results) == 1:
        return results[0]
    named = [result for result in results if _is_name_of(result["document"].get("name", ""), file)]
    for candidates in (named, results):
        for result in candidates:
            if result["document"].get("sha256") == digest:
                return result
    if not named:
        raise NoReportError(reports, f"no row of it is on {file.name}")
    return named[0]


def _compare_documents(report: Mapping[str, Any], digest: str) -> Iterator[str]:
    known = report["document"].get("sha256")
    if known != digest:
        yield f"the document: the report is on one of sha256 {known}, this one has {digest}"


def _compare_versions(report: Mapping[str, Any], fresh: Mapping[str, Any]) -> Iterator[str]:
    old, new = report.get("versions", {}), fresh.get("versions", {})
    for key in {**new, **old}:
        if old.get(key) != new.get(key):
            yield f"{VERSIONS.get(key, key)}: the report is of {old.get(key)}, this is {new.get(key)}"


def _compare_words(report: Mapping[str, Any], fresh: Mapping[str, Any]) -> Iterator[str]:
    from service.presentation.sentences import describe_difference
    from skills.judging.report_differences import find_differences

    compared = {key: value for key, value in fresh.items() if key != "text" or "text" in report}
    return map(describe_difference, find_differences(report, compared))


def compare_result(report: Mapping[str, Any], fresh: Mapping[str, Any], digest: str) -> list[str]:
    """Return a sentence on each difference between a report and the same document scored anew, none if there is none.

    Where the document or a version differs, that alone is told: the words of such reports say nothing of each other.
    """
    causes = [*_compare_documents(report, digest), *_compare_versions(report, fresh)]
    return causes or list(_compare_words(report, fresh))


def check_receipt(reports: Path, file: Path) -> list[str]:
    """Score a file anew and return how its report differs; raise NoReportError if there is none to compare."""
    from service.intake.file_names import name_file
    from worker.files import read_file
    from worker.pipeline import score_or_explain
    from worker.settings import load_settings

    settings = load_settings()
    content = read_file(file, max_bytes=settings.max_upload_bytes)
    digest = sha256(content).hexdigest()
    report = find_result(reports, file, digest)
    name = report["document"].get("name", "")
    known = name if _is_name_of(name, file) else name_file(Path(file.name))
    return compare_result(report, score_or_explain(content, name=known, settings=settings), digest)


@click.command()
@click.argument("report", type=FILE)
@click.argument("file", type=FILE)
def verify(report: Path, file: Path) -> None:
    """Score FILE anew and say whether its REPORT is what comes out, or what differs: it, a version, or which words.

    REPORT is what `score --json` or the API answered, or all rows of a batch, of which FILE's is taken.
    Exit code 0 means identical, 1 that something differs.
    """
    with one_line_errors():
        differences = check_receipt(report, file)
    for line in differences:
        click.echo(f"differs: {line}")
    if not differences:
        click.echo("identical")
    sys.exit(DIFFERS if differences else 0)
