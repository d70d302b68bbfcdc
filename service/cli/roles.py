"""The command `rolefit roles`."""

from pathlib import Path

import click
import orjson

from service.cli.conventions import FILE, one_line_errors
from service.intake.file_names import name_file
from service.presentation.terminal_report import print_profile
from skills.drafting.draft import draft_role
from skills.drafting.draft_file import write_draft
from skills.knowledge import check_own_role, load_knowledge
from skills.roles.profiles import find_profile, load_profiles
from skills.roles.role_description import RoleDescription, describe_profile, describe_profiles
from worker.files import read_file
from worker.pipeline import read_resume
from worker.settings import Settings, load_settings


def check_file(path: Path) -> str:
    """Return what a role's file holds, in a line; raise KnowledgeError that says what is wrong with it."""
    profile = check_own_role(path)
    return f"{path.name}: {profile.title}, {len(profile.requirements)} requirements, nothing wrong"


def draft_file(posting: Path, settings: Settings) -> str:
    """Return a role drafted from a job posting, as TOML; raise the RolefitError that says why there is none."""
    content = read_file(posting, max_bytes=settings.max_upload_bytes)
    document = read_resume(content, name=name_file(Path(posting.name)), settings=settings)
    return write_draft(draft_role(document.text, load_knowledge()))


def show_roles(role_id: str | None, *, as_json: bool) -> None:
    """Print one profile, or all of them, as tables or as JSON; raise UnknownRoleError if there is no such role."""
    profiles = load_profiles(load_settings().profiles)
    shown = describe_profile(find_profile(role_id, profiles)) if role_id else describe_profiles(profiles)
    if as_json:
        click.echo(orjson.dumps(shown))
        return
    for profile in [shown] if isinstance(shown, RoleDescription) else shown.roles:
        print_profile(profile)


def _work_on_role(checked: Path | None, posting: Path | None) -> None:
    with one_line_errors():
        if checked:
            click.echo(check_file(checked))
        if posting:
            click.echo(draft_file(posting, load_settings()), nl=False)


@click.command()
@click.argument("role", required=False)
@click.option("--json", "as_json", is_flag=True, help="The profiles as JSON.")
@click.option("--check", "checked", type=FILE, help="Check the file of a role of your own.")
@click.option("--from-posting", "posting", type=FILE, help="Draft a role from a job posting, for you to review.")
def roles(role: str | None, *, as_json: bool, checked: Path | None, posting: Path | None) -> None:
    """Show the role profiles; check or draft one of your own.

    A profile says what is asked for, what each line is worth and where it comes from.
    """
    if checked or posting:
        _work_on_role(checked, posting)
        return
    with one_line_errors():
        show_roles(role, as_json=as_json)
