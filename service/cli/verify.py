"""The command `rolefit verify`."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

import click
import orjson

from service.cli.conventions import FILE, one_line_errors
from service.intake.file_names import name_file
from service.presentation.sentences import describe_difference
from skills.errors import RolefitError
from skills.judging.report_differences import Json, find_differences
from worker.files import read_file
from worker.outcomes.results import encode_result
from worker.pipeline import score_or_explain
from worker.settings import load_settings

DIFFERS = 1

# The versions of a report, in words.
VERSIONS = {
    "rolefit": "the program",
    "code": "the program's code",
    "vocabulary": "the vocabulary and the knowledge beside it",
    "profiles": "the profiles",
    "reader": "the reader",
}


class NoReportError(RolefitError):
    """The file contains no report."""

    code = "no-report"

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(
            f"{file}: {reason}. Give a report as `rolefit score --json`, `rolefit batch` (JSONL) or the API writes it."
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """A report or a failure as JSON, with the name and digest of its document."""

    name: str
    sha256: str | None
    parts: dict[str, Json] = field(repr=False)


def _read_json(file: Path) -> list[Json]:
    text = file.read_text(encoding="utf-8")
    try:
        return [orjson.loads(text)]
    except ValueError:
        return [orjson.loads(line) for line in text.splitlines() if line.strip()]


def _unwrap(value: Json) -> Json:
    """Return the report out of a job as the API answers it."""
    return value["report"] if isinstance(value, dict) and "report" in value else value


def _make_receipt(value: Json) -> Receipt | None:
    if not isinstance(value, dict) or not isinstance(document := value.get("document"), dict):
        return None
    name, digest = document.get("name", ""), document.get("sha256")
    if not isinstance(name, str) or not isinstance(digest, str | None):
        return None
    return Receipt(name, digest, value)


def _read_receipts(file: Path) -> list[Receipt]:
    """Return the reports of a file, also out of jobs as the API answers them; raise NoReportError if it has none."""
    try:
        values = _read_json(file)
    except (OSError, ValueError) as error:
        raise NoReportError(file, "it is not JSON") from error
    receipts = [receipt for value in values if (receipt := _make_receipt(_unwrap(value)))]
    if not receipts:
        raise NoReportError(file, "it holds no report")
    return receipts


def _is_name_of(name: str, file: Path) -> bool:
    """Return whether a document's name, which may begin with folders, is a file's."""
    ending = [name_file(Path(part)) for part in file.absolute().parts]
    parts = PurePosixPath(name).parts
    return bool(parts) and ending[-len(parts) :] == list(parts)


def find_receipt(reports: Path, file: Path, digest: str) -> Receipt:
    """Return the report on a file: the only one there is, else the one of its bytes, else the one of its name.

    Raises:
        NoReportError: there is none.
    """
    receipts = _read_receipts(reports)
    if len(receipts) == 1:
        return receipts[0]
    named = [receipt for receipt in receipts if _is_name_of(receipt.name, file)]
    for candidates in (named, receipts):
        for receipt in candidates:
            if receipt.sha256 == digest:
                return receipt
    if not named:
        raise NoReportError(reports, f"no row of it is on {file.name}")
    return named[0]


def _compare_documents(receipt: Receipt, digest: str) -> Iterator[str]:
    if receipt.sha256 != digest:
        yield f"the document: the report is on one of sha256 {receipt.sha256}, this one has {digest}"


def _read_versions(parts: Mapping[str, Json]) -> dict[str, Json]:
    versions = parts.get("versions")
    return versions if isinstance(versions, dict) else {}


def _compare_versions(receipt: Receipt, fresh: Mapping[str, Json]) -> Iterator[str]:
    old, new = _read_versions(receipt.parts), _read_versions(fresh)
    for key in {**new, **old}:
        if old.get(key) != new.get(key):
            yield f"{VERSIONS.get(key, key)}: the report is of {old.get(key)}, this is {new.get(key)}"


def _compare_words(receipt: Receipt, fresh: Mapping[str, Json]) -> Iterator[str]:
    compared = {key: value for key, value in fresh.items() if key != "text" or "text" in receipt.parts}
    return map(describe_difference, find_differences(receipt.parts, compared))


def compare_receipt(receipt: Receipt, fresh: Mapping[str, Json], digest: str) -> list[str]:
    """Return a sentence on each difference between a report and the one that the document gets now.

    Where the document or a version differs, only that is said: the rest of such reports cannot be compared.
    """
    causes = [*_compare_documents(receipt, digest), *_compare_versions(receipt, fresh)]
    return causes or list(_compare_words(receipt, fresh))


def check_receipt(reports: Path, file: Path) -> list[str]:
    """Score a file again and return how its report differs; raise NoReportError if there is none to compare."""
    settings = load_settings()
    content = read_file(file, max_bytes=settings.max_upload_bytes)
    digest = sha256(content).hexdigest()
    receipt = find_receipt(reports, file, digest)
    name = receipt.name if _is_name_of(receipt.name, file) else name_file(Path(file.name))
    fresh = encode_result(score_or_explain(content, name=name, settings=settings))
    return compare_receipt(receipt, orjson.loads(fresh), digest)


@click.command()
@click.argument("report", type=FILE)
@click.argument("file", type=FILE)
def verify(report: Path, file: Path) -> None:
    """Score a file again and compare it with its report.

    Says whether FILE gives REPORT, or what differs: the document, a version, or which words.

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
