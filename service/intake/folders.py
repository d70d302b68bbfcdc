"""The files of a folder: which are taken as documents, and which are passed over as strays or as of another kind."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePath

from service.intake.file_names import name_file
from worker.files import is_stray
from worker.reading.formats import UNREAD_SUFFIXES, list_suffixes

STRAY = "hidden, or left by a system or a program"
OTHER_KIND = "of a kind that résumés are not kept in"


@dataclass(frozen=True, slots=True)
class FolderListing:
    """What a folder and those in it hold, by name relative to the folder and in the order of names."""

    documents: dict[str, Path]
    passed_over: dict[str, str]  # the reason

    def describe_passed_over(self) -> str:
        """Return how many files were passed over and why, in a line without a name; empty if none was."""
        reasons = Counter(self.passed_over.values())
        counts = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
        return f"{reasons.total()} passed over ({counts})" if counts else ""


def _find_reason(path: PurePath, suffixes: set[str]) -> str:
    """Return why a file is passed over, empty if it is not. `path` is relative to the folder."""
    if is_stray(path):
        return STRAY
    return "" if path.suffix.lower() in suffixes else OTHER_KIND


def list_folder(folder: Path) -> FolderListing:
    """Return the files of a folder and of the folders in it."""
    suffixes = {*list_suffixes(), *UNREAD_SUFFIXES}
    files = sorted((name_file(file.relative_to(folder)), file) for file in folder.rglob("*") if file.is_file())
    reasons = {name: _find_reason(file.relative_to(folder), suffixes) for name, file in files}
    return FolderListing(
        documents={name: file for name, file in files if not reasons[name]},
        passed_over={name: reason for name, reason in reasons.items() if reason},
    )
