"""Writes a draft as the TOML file of a role."""

import rtoml

from skills.drafting.draft import SUMMARY, Draft
from skills.roles.profiles import list_parts


def write_draft(draft: Draft) -> str:
    """Return a draft as the TOML file of a role, with what a person has to look at as comments at its head."""
    profile = draft.profile
    remarks = [
        f"{SUMMARY} What is required is worth twice what is nice to have, and otherwise all lines are worth the same.",
        *(f"Left out: “{left.sentence}” {left.detail}" for left in draft.left_out),
    ]
    return "".join(f"# {remark}\n" for remark in remarks) + rtoml.dumps(list_parts(profile))
