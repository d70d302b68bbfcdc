"""The outline of a report: the little that a table of many documents shows, kept with the job."""

from collections.abc import Mapping
from typing import Any

MOST_REASONS = 3
MOST_GAPS = 3


def _list_points(report: Mapping[str, Any]) -> dict[str, float]:
    """Return the points of each requirement that earned any; one that the roles share earns the same in both."""
    return {
        requirement["id"]: requirement["points"]
        for role in report["roles"]
        for dimension in role["dimensions"]
        for requirement in dimension["requirements"]
        if requirement["points"]
    }


def _list_dimensions(role: Mapping[str, Any]) -> dict[str, float | None]:
    return {part["id"]: part["score"] if part["found"] else None for part in role["dimensions"]}


def _list_gaps(role: Mapping[str, Any]) -> dict[str, float]:
    return {gap["requirement"]: gap["points"] for gap in role["gaps"][:MOST_GAPS]}


def _describe_details(report: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reasons": report["verdict"]["reasons"][:MOST_REASONS],
        "points": _list_points(report),
        "dimensions": {role["id"]: _list_dimensions(role) for role in report["roles"]},
        "gaps": {role["id"]: _list_gaps(role) for role in report["roles"]},
        "warnings": sorted({warning["code"] for warning in report["document"]["warnings"]}),
    }


def outline_report(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return name, scores and verdict in the places where the report has them, and in `details` why: 1 to 2 kB."""
    return {
        "document": {"name": report["document"]["name"]},
        "roles": [{"id": role["id"], "score": role["score"]} for role in report["roles"]],
        "verdict": {field: report["verdict"][field] for field in ("best_fit", "margin", "close")},
        "details": _describe_details(report),
    }
