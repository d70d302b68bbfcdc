"""A batch's rows as tables to take away: CSV and XLSX."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from unicodedata import normalize

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from service.language import gettext as _
from service.results.batch_table import BatchRowAnswer
from service.results.columns import Cell, Column, list_columns, list_further_columns
from service.results.row_formats import write_csv_header, write_csv_row
from service.results.rows import extend_row
from worker.outcomes.outline import RowDetails
from worker.outcomes.search_facts import SearchFacts

BYTE_ORDER_MARK = "\ufeff"  # by which a spreadsheet knows UTF-8
MAX_CELL_CHARACTERS = 32_767  # of a cell
MAX_WIDTH = 60
MAX_ON_A_LIST = 50  # résumés of a shortlist, which takes a twentieth of a second for each
HEADING_HEIGHT = 32
MAX_NAME_CHARACTERS = 80  # of a file, before the date


def name_table(name: str, moment: datetime) -> str:
    """Return how a file of a batch is called, without its suffix: by the batch's name and date, in plain letters."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    return "-".join(["rolefit", *words])[:MAX_NAME_CHARACTERS] + f"-{moment:%Y-%m-%d}"


@dataclass(frozen=True, kw_only=True)
class TableRow(BatchRowAnswer):
    """A row with what only tables show of a document."""

    reasons: str
    skills: str = field(repr=False)
    marked_at: str | None
    report: str | None


def make_table_row(
    row: BatchRowAnswer, details: RowDetails | None, facts: SearchFacts, *, titles: Mapping[str, str], root: str
) -> TableRow:
    """Return the row of a table; `titles` are those of requirements, `root` is where reports are found."""
    reasons = details.reasons if details else ()
    changed_at = row.mark.changed_at
    return extend_row(
        TableRow,
        row,
        reasons="; ".join(f"{titles.get(each.requirement, each.requirement)} (+{each.points:.1f})" for each in reasons),
        skills=", ".join(label for label, _ in facts.skills.values()),
        marked_at=changed_at.isoformat(timespec="seconds") if changed_at else None,
        report=f"{root}matches/{row.job}" if row.job else None,
    )


def _list_all_columns(roles: Sequence[str]) -> tuple[Column, ...]:
    return (*list_columns(roles), *list_further_columns(roles))


def write_csv(rows: Sequence[TableRow], roles: Sequence[str]) -> str:
    """Return the rows as CSV."""
    columns = _list_all_columns(roles)
    return BYTE_ORDER_MARK + write_csv_header(columns) + "".join(write_csv_row(columns, row) for row in rows)


class CellFormats(NamedTuple):
    """The formats of cells: one for texts and whole numbers, one for numbers with one decimal."""

    plain: Format
    decimal: Format


def _write_cell(sheet: Worksheet, place: tuple[int, int], column: Column, value: Cell, formats: CellFormats) -> None:
    """Write a value by its type: a text is never a formula, whatever it begins with."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*place, value, formats.plain)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, formats.decimal if isinstance(value, float) else formats.plain)
    elif column.is_link:
        sheet.write_url(*place, value, string=_("Open"))
    else:
        sheet.write_string(*place, value[:MAX_CELL_CHARACTERS], formats.plain)


def _choose_width(column: Column, cells: Sequence[Cell]) -> int:
    shown = () if column.is_link else cells
    longest = max((len(str(cell)) for cell in shown if cell is not None), default=0)
    return min(MAX_WIDTH, max(longest, len(column.title)) + 2)


def write_xlsx(rows: Sequence[TableRow], roles: Sequence[str]) -> bytes:
    """Return the rows as a workbook of one sheet, whose head stays in sight and filters."""
    columns, buffer = _list_all_columns(roles), BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Résumés"))
        head = book.add_format({"bold": True, "text_wrap": True})
        formats = CellFormats(
            book.add_format({"valign": "top"}), book.add_format({"valign": "top", "num_format": "0.0"})
        )
        for place, column in enumerate(columns):
            cells = [column.read(row) for row in rows]
            sheet.write_string(0, place, column.title, head)
            sheet.set_column(place, place, _choose_width(column, cells))
            for line, value in enumerate(cells, start=1):
                _write_cell(sheet, (line, place), column, value, formats)
        sheet.set_row(0, HEADING_HEIGHT)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    return buffer.getvalue()
