"""What makes a report: the same document under the same versions gives the same report."""

import re
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version

from skills.knowledge_files import fingerprint
from worker.children import ROOT


def _name_libraries() -> list[str]:
    named = (re.match(r"[\w.-]+", requirement) for requirement in requires("rolefit") or [])
    return sorted(match[0] for match in named if match)


def _find_version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:  # required on other systems only
        return library


@cache
def fingerprint_versions() -> str:
    """Return a digest of our own code and knowledge and of the version of every library, without loading any of it."""
    files = (file for folder in ("skills", "worker") for file in (ROOT / folder).rglob("*"))
    own = fingerprint(file for file in files if file.suffix in {".py", ".toml"})
    return sha256("\n".join([own, *map(_find_version, _name_libraries())]).encode()).hexdigest()
