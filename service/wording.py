"""Sentences about a report, the same on the page and in the terminal."""

import json
from collections.abc import Mapping
from typing import Any

from skills.differences import Difference

MAX_VALUE_CHARACTERS = 60


def _shorten_value(value: object) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= MAX_VALUE_CHARACTERS else f"{shown[:MAX_VALUE_CHARACTERS]}…"


def describe_difference(difference: Difference) -> str:
    """Return where two reports differ, and both values, on one line."""
    return f"{difference.path}: {_shorten_value(difference.before)} → {_shorten_value(difference.after)}"


def _title_of(report: Mapping[str, Any], role_id: str) -> str:
    return next(str(role["title"]) for role in report["roles"] if role["id"] == role_id)


def describe_verdict(report: Mapping[str, Any]) -> str:
    """Return the verdict as one sentence, and as a second one between which roles it is if others are scored too."""
    between = " and ".join(_title_of(report, role_id) for role_id in report["verdict"].get("between", ()))
    return _describe_outcome(report) + (f" This is between {between} alone." if between else "")


def _describe_outcome(report: Mapping[str, Any]) -> str:
    verdict = report["verdict"]
    if verdict["best_fit"]:
        return f"Fits the role {_title_of(report, verdict['best_fit'])} better, by {verdict['margin']:.1f} points."
    if verdict["close"]:
        return f"Too close to call: the two scores are {verdict['margin']:.1f} points apart."
    return "Fits neither role yet: both scores are low."


def collect_requirements(report: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return every requirement of the report by its id; one that the roles share stands for both."""
    return {
        requirement["id"]: requirement
        for role in report["roles"]
        for dimension in role["dimensions"]
        for requirement in dimension["requirements"]
    }


def list_reasons(report: Mapping[str, Any], *, most: int) -> list[dict[str, Any]]:
    """Return the weightiest reasons of the verdict with the titles of requirement and role."""
    requirements = collect_requirements(report)
    return [
        {
            "title": requirements[reason["requirement"]]["title"],
            "points": reason["points"],
            "role": _title_of(report, reason["towards"]),
        }
        for reason in report["verdict"]["reasons"][:most]
    ]
