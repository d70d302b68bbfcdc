"""Pages as one HTML file that needs no server: each contains its style and its scripts."""

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import orjson
from jinja2 import Environment, PackageLoader

from service.language import add_language

STATIC = Path(__file__).parent.parent / "pages" / "static"
SHARED_STYLE = "style.css"
EARLY_SCRIPT = "blind.js"


def _read(*names: str) -> str:
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def _join_modules(names: Sequence[str]) -> str:
    """Return modules as one script; each stands after those that it imports."""
    return re.sub(r"^(import [^;]*;\n|export )", "", _read(*names), flags=re.MULTILINE)


def _name_source(text: str) -> str:
    """Return the hash of an inline script or style for a content security policy."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def write_json(value: object, **_: object) -> str:
    """Return a value as JSON."""
    return orjson.dumps(value).decode()


@cache
def _open_templates() -> Environment:
    environment = Environment(loader=PackageLoader("service", "pages/templates"), autoescape=True)
    add_language(environment)
    environment.filters["name_source"] = _name_source
    environment.policies["json.dumps_function"] = write_json
    return environment


def render_file(template: str, *, style: str, modules: Sequence[str], **values: object) -> str:
    """Return a page with the shared style sheet and one of its own, and the script that its modules make."""
    parts = {"style": _read(SHARED_STYLE, style), "early": _read(EARLY_SCRIPT), "script": _join_modules(modules)}
    return _open_templates().get_template(template).render(parts | values)
