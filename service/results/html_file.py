"""The page of a batch as one HTML file that needs no server: it contains style, script and rows."""

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import orjson
from jinja2 import Environment, PackageLoader

from service.results.batch_table import describe_result
from service.results.role_legend import make_legend
from service.results.row_formats import RowFormat
from service.results.rows import Row, find_ranks
from skills.roles.profiles import RoleProfile
from worker.store.jobs.job import Outcome

STATIC = Path(__file__).parent.parent / "pages" / "static"
STYLES = ("style.css", "batch.css")
EARLY_SCRIPT = "blind.js"
MODULES = ("dom.js", "messages.js", "rows.js", "table.js", "scatter.js", "compare.js", "batch.js", "embedded_rows.js")
ROWS, RANKS = "<!-- rows -->", "<!-- ranks -->"  # where the template has them


def _read(*names: str) -> str:
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def _join_modules() -> str:
    """Return all modules as one script, each after those that it imports."""
    return re.sub(r"^(import [^;]*;\n|export )", "", _read(*MODULES), flags=re.MULTILINE)


def _name_source(text: str) -> str:
    """Return what a content security policy calls an inline script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _write_json(value: object, **_: object) -> str:
    return orjson.dumps(value).decode()


def _render(profiles: Sequence[RoleProfile]) -> tuple[str, str]:
    """Return the page up to its rows, and from its rows on."""
    environment = Environment(loader=PackageLoader("service", "pages/templates"), autoescape=True)
    environment.filters["name_source"] = _name_source
    environment.policies["json.dumps_function"] = _write_json
    template = environment.get_template("batch_file.html")
    legend, style, early = make_legend(profiles), _read(*STYLES), _read(EARLY_SCRIPT)
    page = template.render(legend=legend, style=style, early=early, script=_join_modules())
    before, _, after = page.partition(ROWS)
    return before, after


def _write_row(outcome: Outcome) -> str:
    """Return the row of a document as a line of JSON that cannot end the element it stands in."""
    return orjson.dumps(describe_result(outcome.outline)).decode().replace("<", r"\u003c") + "\n"


def make_page(profiles: Sequence[RoleProfile]) -> RowFormat:
    """Return the way to write a page of documents that were scored for these roles."""
    before, after = _render(profiles)

    def end_page(rows: Sequence[Row]) -> str:
        return after.replace(RANKS, _write_json(find_ranks(rows, [profile.id for profile in profiles])))

    return RowFormat(write=_write_row, header=lambda: before, footer=end_page)
