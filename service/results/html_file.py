"""The page of a batch as one HTML file that needs no server, with a row a document."""

from collections.abc import Sequence

import orjson

from service.presentation.self_contained import render_file, write_json
from service.results.batch_table import describe_result
from service.results.role_legend import make_legend
from service.results.rows import Row, find_ranks
from skills.roles.profiles import RoleProfile
from worker.outcomes.results import Outcome

MODULES = (
    "translation.js",
    "dom.js",
    "notices.js",
    "rows.js",
    "table.js",
    "scatter.js",
    "compare.js",
    "batch.js",
    "embedded_rows.js",
)
ROWS, RANKS = "<!-- rows -->", "<!-- ranks -->"  # where the template has them


def split_page(profiles: Sequence[RoleProfile]) -> tuple[str, str]:
    """Return the page up to its rows, which are of documents that were scored for these roles, and from there on."""
    page = render_file("batch_file.html", style="batch.css", modules=MODULES, legend=make_legend(profiles))
    before, _, after = page.partition(ROWS)
    return before, after


def write_page_row(outcome: Outcome) -> str:
    """Return the row of a document as a line of JSON that cannot end the element it stands in."""
    return orjson.dumps(describe_result(outcome.outline)).decode().replace("<", r"\u003c") + "\n"


def write_ranks(after: str, rows: Sequence[Row], roles: Sequence[str]) -> str:
    """Return the part of the page after its rows with the ranks of all of them."""
    return after.replace(RANKS, write_json(find_ranks(rows, roles)))
