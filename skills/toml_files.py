"""Reading the data files: TOML checked against a type, with errors that name file and key."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import rtoml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from skills.errors import KnowledgeError

T = TypeVar("T")

DATA = Path(__file__).parent / "data"

# A key that no one knows is an error, not a word lost.
STRICT = ConfigDict(extra="forbid")
# What to do, where pydantic says only what is wrong.
REMEDIES = {"missing": "Add it.", "unexpected_keyword_argument": "Nothing goes by this name; take it out."}


def read_form(parts: object, form: type[T], *, place: str) -> T:
    """Return some parts as an instance of `form`; `place` is where an error says that they come from.

    Raises:
        KnowledgeError: a key is missing, unknown or of the wrong kind.
    """
    try:
        return TypeAdapter(form).validate_python(parts)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        remedy = REMEDIES.get(first["type"], "Mend it.")
        raise KnowledgeError(f"{place}: {key}: {first['msg']}. {remedy}") from error


def read_toml(path: Path, form: type[T]) -> T:
    """Return the content of a TOML file as an instance of `form`.

    Raises:
        KnowledgeError: the file cannot be read or is no TOML, or a key of it is missing, unknown or of the wrong kind.
    """
    try:
        parts = rtoml.load(path)
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read as UTF-8 text: {error}") from error
    except rtoml.TomlParsingError as error:
        raise KnowledgeError(f"{path.name}: not valid TOML: {error}") from error
    return read_form(parts, form, place=path.name)


def fingerprint(paths: Iterable[Path]) -> str:
    """Return `sha256:` and the hex digest of the files' names and bytes, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"sha256:{digest.hexdigest()}"


def fingerprint_texts(texts: Iterable[str]) -> str:
    """Return `sha256:` and the hex digest of some texts, in their order."""
    return f"sha256:{hashlib.sha256(chr(0).join(texts).encode()).hexdigest()}"
