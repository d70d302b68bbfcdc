"""Roles of one's own: a file is checked, and one is drafted from a job posting."""

from pathlib import Path

from service.intake.file_names import name_file
from skills.drafting import draft_role, write_draft
from skills.knowledge import check_own_role, load_knowledge
from worker.files import read_file
from worker.reading import read_document
from worker.settings import Settings


def check_file(path: Path) -> str:
    """Return what a role's file holds, in a line; raise KnowledgeError that says what is wrong with it."""
    profile = check_own_role(path)
    return f"{path.name}: {profile.title}, {len(profile.requirements)} requirements, nothing wrong"


def draft_file(posting: Path, settings: Settings) -> str:
    """Return a role drafted from a job posting, as TOML; raise the RolefitError that says why there is none."""
    content, limits = read_file(posting, max_bytes=settings.max_upload_bytes), settings
    document = read_document(
        content, name=name_file(Path(posting.name)), max_pages=limits.max_pages, max_characters=limits.max_characters
    )
    return write_draft(draft_role(document.text, load_knowledge()))
