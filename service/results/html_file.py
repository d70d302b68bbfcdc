"""The page of a batch as one HTML file that needs no server, with a row a document."""

from collections.abc import Sequence

import orjson

from service.presentation.self_contained import render_file, write_json
from service.results.batch_table import describe_result
from service.results.role_legend import make_legend
from service.results.row_formats import RowFormat
from service.results.rows import Row, find_ranks
from skills.roles.profiles import RoleProfile
from worker.outcomes.results import Outcome

MODULES = ("dom.js", "messages.js", "rows.js", "table.js", "scatter.js", "compare.js", "batch.js", "embedded_rows.js")
ROWS, RANKS = "<!-- rows -->", "<!-- ranks -->"  # where the template has them


def _render(profiles: Sequence[RoleProfile]) -> tuple[str, str]:
    """Return the page up to its rows, and from its rows on."""
    page = render_file("batch_file.html", style="batch.css", modules=MODULES, legend=make_legend(profiles))
    before, _, after = page.partition(ROWS)
    return before, after


def _write_row(outcome: Outcome) -> str:
    """Return the row of a document as a line of JSON that cannot end the element it stands in."""
    return orjson.dumps(describe_result(outcome.outline)).decode().replace("<", r"\u003c") + "\n"


def make_page(profiles: Sequence[RoleProfile]) -> RowFormat:
    """Return the way to write a page of documents that were scored for these roles."""
    before, after = _render(profiles)

    def end_page(rows: Sequence[Row]) -> str:
        return after.replace(RANKS, write_json(find_ranks(rows, [profile.id for profile in profiles])))

    return RowFormat(write=_write_row, header=lambda: before, footer=end_page)
