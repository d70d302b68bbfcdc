"""`rolefit audit`: joins a batch's results with the groups of its people; writes impact ratios as page and table."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from jinja2 import Environment, PackageLoader
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked_dataclass

from service.audit.impact_ratios import (
    SMALL_SHARE,
    AttributeImpact,
    AuditedPerson,
    CategoryImpact,
    RoleImpact,
    measure_role,
)
from service.language import add_language
from service.results.columns import defuse
from service.results.output_file import translate_write_errors
from skills.errors import RolefitError

COLUMNS = ("document", "sex", "race_ethnicity")
UNKNOWN = frozenset({"", "unknown"})
REMEDY = "Use what `rolefit batch --format jsonl` writes."
TABLE_COLUMNS = (
    "role", "attribute", "category", "people", "above_median", "scoring_rate", "scoring_rate_low",
    "scoring_rate_high", "impact_ratio", "impact_ratio_low", "impact_ratio_high", "remark",
)  # fmt: skip


class AuditInputError(RolefitError):
    """The results or the groups have a mistake; the message names file and line."""

    code = "bad-audit-input"

    def __init__(self, path: Path, line: int, words: str) -> None:
        super().__init__(f"{path}, line {line}: {words}")


@checked_dataclass(frozen=True, slots=True)
class DocumentPart:
    """What a result says of its document."""

    name: str = field(repr=False)
    sha256: str = ""


@checked_dataclass(frozen=True, slots=True)
class RolePart:
    """What a result says of one role."""

    id: str
    title: str
    score: float


@checked_dataclass(frozen=True, slots=True)
class ErrorPart:
    """Why there is no report."""

    code: str


@checked_dataclass(frozen=True, slots=True)
class Result:
    """A line of what `rolefit batch` writes, as far as an audit needs it."""

    document: DocumentPart
    roles: tuple[RolePart, ...] = ()
    error: ErrorPart | None = None
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def knowledge(self) -> dict[str, str]:
        """The versions that all results of one audit share; the reader's depends on the document."""
        return {key: text for key, text in self.versions.items() if key != "reader"}


@dataclass(frozen=True, slots=True)
class Audit:
    """The impact of every role's scores, and how many documents were not scored, by the code of the error."""

    on: date
    impacts: tuple[RoleImpact, ...]
    scored: int
    failed: Mapping[str, int]
    versions: Mapping[str, str]


RESULT = TypeAdapter(Result)


def _read_result(path: Path, number: int, line: bytes) -> Result:
    try:
        result = RESULT.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        key = ".".join(map(str, first["loc"])) or "the line"
        raise AuditInputError(path, number, f"{key}: {first['msg']}. {REMEDY}") from None
    if not result.roles and result.error is None:
        raise AuditInputError(path, number, f"It has neither scores nor an error. {REMEDY}")
    return result


def _check_alike(path: Path, number: int, result: Result, first: Result) -> None:
    """Raise AuditInputError unless a result was scored for the same roles by the same knowledge as the first one."""
    alike = [role.id for role in result.roles] == [role.id for role in first.roles]
    if not alike or result.knowledge != first.knowledge:
        raise AuditInputError(
            path, number, "It was scored under other versions than the lines before. Score all documents again."
        )


def read_results(path: Path) -> list[Result]:
    """Return the results of a batch, of which at least one is scored.

    Raises:
        AuditInputError: a line is not a result, names a document a second time, or was scored under other versions.
    """
    results: list[Result] = []
    first_lines: dict[str, int] = {}
    first: Result | None = None
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            result = _read_result(path, number, line)
            if (first_line := first_lines.setdefault(result.document.name, number)) != number:
                raise AuditInputError(
                    path, number, f"The document is in line {first_line} already. Keep one of the two."
                )
            if result.error is None:
                first = first or result
                _check_alike(path, number, result, first)
            results.append(result)
    if first is None:
        raise AuditInputError(path, len(results) + 1, "No document was scored, so there is nothing to audit.")
    return results


def _index_names(results: Sequence[Result]) -> dict[str, list[str]]:
    """Return the documents' names by what a table may call them: the name itself, or the SHA-256 of the bytes."""
    names: dict[str, list[str]] = {}
    for result in results:
        if result.document.sha256:
            names.setdefault(result.document.sha256, []).append(result.document.name)
    return names | {result.document.name: [result.document.name] for result in results}


def _list_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of the wanted columns of each row, with the number of its last line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
                raise AuditInputError(path, 1, f"No column {', '.join(missing)}. The first line names the columns.")
            for row in reader:
                if None in row or None in row.values():
                    raise AuditInputError(path, reader.line_num, "The row does not have one cell for each column.")
                yield reader.line_num, [row[name].strip() for name in COLUMNS]
    except (UnicodeDecodeError, csv.Error) as error:
        raise AuditInputError(
            path, 1, f"The file is not a CSV table in UTF-8 ({error}). Save it as CSV again."
        ) from error


def read_people(path: Path, results: Sequence[Result]) -> dict[str, AuditedPerson]:
    """Return the groups of the people, by the documents' names, from a table that is kept apart from the résumés.

    Raises:
        AuditInputError: a column is missing, or a row names no document, several, or one that another row names.
    """
    names, people = _index_names(results), dict[str, AuditedPerson]()
    for line, (document, *cells) in _list_rows(path):
        match names.get(document, []):
            case [name] if name not in people:
                people[name] = AuditedPerson(*(None if cell.casefold() in UNKNOWN else cell for cell in cells))
            case [_]:
                raise AuditInputError(path, line, f"{document} has a row already. Keep one of the two.")
            case []:
                raise AuditInputError(path, line, f"The results have no document {document!r}. Name it as they do.")
            case _:
                raise AuditInputError(path, line, "Several documents have these bytes. Name each as the results do.")
    return people


def audit(results: Sequence[Result], people: Mapping[str, AuditedPerson], *, on: date) -> Audit:
    """Return the audit of results; a person who is not in `people` is of unknown groups."""
    scored = [result for result in results if result.error is None]
    known = [people.get(result.document.name, AuditedPerson()) for result in scored]
    impacts = (
        measure_role(role.title, [result.roles[place].score for result in scored], known)
        for place, role in enumerate(scored[0].roles)
    )
    failed = Counter(result.error.code for result in results if result.error)
    return Audit(on, tuple(impacts), len(scored), failed, scored[0].knowledge)


def write_page(made: Audit) -> str:
    """Return an audit as one HTML page without scripts or other files."""
    environment = Environment(
        loader=PackageLoader("service", "pages/templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    add_language(environment)
    return environment.get_template("audit.html").render(audit=made)


def _write_cells(item: CategoryImpact, remark: str) -> list[object]:
    ratio = (item.ratio_interval.low, item.ratio_interval.high) if item.ratio_interval else (None, None)
    figures = (item.rate, item.rate_interval.low, item.rate_interval.high, item.ratio, *ratio)
    rounded = ("" if figure is None else f"{figure:.4f}" for figure in figures)
    return [defuse(item.category), item.people, item.above, *rounded, remark]


def _list_cells(impact: AttributeImpact) -> Iterator[list[object]]:
    yield from (_write_cells(item, "") for item in impact.categories)
    yield from (_write_cells(item, f"excluded: under {SMALL_SHARE:.0%}") for item in impact.excluded)
    yield ["unknown", impact.unknown, *[""] * 7, "not counted"]


def write_table(made: Audit) -> str:
    """Return an audit as CSV: a row for each role, attribute and category, and one for people of unknown category."""
    rows = (
        [defuse(role.role), impact.attribute, *cells]
        for role in made.impacts
        for impact in role.attributes
        for cells in _list_cells(impact)
    )
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(chain([TABLE_COLUMNS], rows))
    return buffer.getvalue()


def write_audit(results: Path, groups: Path, folder: Path) -> list[Path]:
    """Write `audit.html` and `audit.csv` into a folder, which is created if it is missing, and return their paths.

    Raises:
        AuditInputError: results or groups cannot be used.
        OutputError: the folder cannot be written to.
    """
    read = read_results(results)
    made = audit(read, read_people(groups, read), on=datetime.now(UTC).date())
    texts = {folder / "audit.html": write_page(made), folder / "audit.csv": write_table(made)}
    with translate_write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
    return list(texts)
