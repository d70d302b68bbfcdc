"""The versions of everything that a report depends on: with the same versions a document gets the same report."""

import re
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from skills.finding.skill.vocabulary import vocabulary_version
from skills.roles.profiles import profiles_version
from skills.toml_files import fingerprint
from worker.files import ROOT

# The code that reads and judges documents.
DECIDING = ("skills/**/*.py", "worker/reading/**/*.py")


@cache
def fingerprint_code() -> str:
    """Return `sha256:` and a digest of our own code that reads and judges documents."""
    return fingerprint(file for pattern in DECIDING for file in sorted(ROOT.glob(pattern)))


def _name_libraries() -> list[str]:
    named = (re.match(r"[\w.-]+", requirement) for requirement in requires("rolefit") or [])
    return sorted(match[0] for match in named if match)


def _find_version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:  # required on other systems only
        return library


def list_versions(profiles: Path | None) -> dict[str, str]:
    """Return the versions that a report states, except its reader's, without loading the code or the data."""
    return {
        "rolefit": version("rolefit"),
        "code": fingerprint_code(),
        "vocabulary": vocabulary_version(),
        "profiles": profiles_version(profiles),
    }


@cache
def fingerprint_versions(profiles: Path | None) -> str:
    """Return a digest of all code, knowledge, role profiles and versions of libraries, without loading them."""
    files = (file for folder in ("skills", "worker") for file in (ROOT / folder).rglob("*"))
    code = fingerprint(sorted(file for file in files if file.suffix in {".py", ".toml", ".lua"}))
    parts = [code, profiles_version(profiles), *map(_find_version, _name_libraries())]
    return sha256("\n".join(parts).encode()).hexdigest()
