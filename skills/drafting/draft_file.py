"""Writes a draft as the TOML file of a role."""

from dataclasses import asdict, fields

import rtoml

from skills.drafting.draft import SUMMARY, Draft
from skills.roles.profiles import Requirement


def _describe(item: Requirement) -> dict[str, object]:
    """Return what a requirement's file says, without what it says by default."""
    written = {key.name: getattr(item, key.name) for key in fields(item)}
    defaults = {key.name: key.default for key in fields(item)}
    return {name: value for name, value in written.items() if value and value != defaults[name]}


def write_draft(draft: Draft) -> str:
    """Return a draft as the TOML file of a role, with what a person has to look at as comments at its head."""
    profile = draft.profile
    remarks = [
        f"{SUMMARY} What is required is worth twice what is nice to have, and otherwise all lines are worth the same.",
        *(f"Left out: “{left.sentence}” {left.detail}" for left in draft.left_out),
    ]
    parts = asdict(profile) | {"requirements": [_describe(item) for item in profile.requirements]}
    return "".join(f"# {remark}\n" for remark in remarks) + rtoml.dumps(parts)
