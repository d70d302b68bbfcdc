"""The columns of a batch's table. CSV, XLSX, the download of the page and the reading of CSV follow these lists."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# A spreadsheet takes a cell that begins with one of these signs, also in full width, for a formula; and it may begin a
# new cell after a sign that separates cells in other tables. Scripts use the pattern, too: write only what JavaScript
# reads alike.
FORMULA = re.compile(r"(^|[;,|\t\r\n])(?=\s*[\"']?\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Column:
    """A column by its heading; `path` are the fields that lead from a row to the value, such as `error`, `code`."""

    title: str
    path: tuple[str, ...]
    is_link: bool = False

    def read(self, row: object) -> Cell:
        """Return the value of a row, None where it has none.

        Raises:
            AttributeError: a row of this type has no such field.
            TypeError: the field is no value of a cell.
        """
        value: object = row
        for key in self.path:
            if value is not None:
                value = value.get(key) if isinstance(value, Mapping) else getattr(value, key)
        if not isinstance(value, Cell):
            raise TypeError(self.title)
        return value


def list_columns(roles: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns for documents that were scored for these roles, given by their ids."""
    return (
        Column("name", ("name",)),
        *(Column(role_id, ("scores", role_id)) for role_id in roles),
        Column("best_fit", ("best_fit",)),
        Column("margin", ("margin",)),
        Column("close", ("close",)),
        Column("error", ("error", "code")),
        Column("message", ("error", "message")),
        Column("person_name", ("person_name",)),
    )


def list_further_columns(roles: Sequence[str]) -> tuple[Column, ...]:
    """Return the further columns of a table whose rows are all known: ranks, reasons, and what people noted."""
    return (
        Column("number", ("number",)),
        Column("state", ("state",)),
        Column("fit", ("fit",)),
        *(Column(f"{role_id}_rank", ("ranks", role_id)) for role_id in roles),
        Column("reasons", ("reasons",)),
        Column("skills", ("skills",)),
        Column("star", ("mark", "star")),
        Column("status", ("mark", "status")),
        Column("note", ("mark", "note")),
        Column("marked_at", ("marked_at",)),
        Column("report", ("report",), is_link=True),
    )


def defuse(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return FORMULA.sub(r"\1'", text)
