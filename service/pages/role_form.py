"""The form by which a role is edited: what it shows of a role, and the role that it sends."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from service.http.problems import InvalidRequestError
from service.search.spellings import find_skills, load_labels
from skills.roles.profiles import SOURCES, Dimension, Requirement, RoleProfile, share_points
from worker.store.role_store import SavedRole

NEW_LINES = 2  # empty ones at the end
ONE, ALL = "one", "all"

Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class LineFields:
    """A line of a role as the form shows it; `needed` is `one`, `all` or a number of its skills and duties."""

    id: str
    kept: bool
    title: str
    points: str
    skills: str
    duties: Sequence[str]
    needed: str
    dimension: Dimension
    quote: str


NEW_LINE = LineFields("", True, "", "", "", (), ONE, "skills", "")  # noqa: FBT003 - kept


@dataclass(frozen=True, slots=True)
class RoleFields:
    """A role as the form shows it."""

    title: str
    lines: Sequence[LineFields]


def _name_skills(ids: Sequence[str]) -> str:
    labels = load_labels()
    return ", ".join(labels.get(skill_id, skill_id) for skill_id in ids)


def _describe_need(enough: float, count: int) -> str:
    if enough <= 1:
        return ONE
    return ALL if enough >= count else f"{enough:g}"


def show_fields(saved: SavedRole) -> RoleFields:
    """Return what the form shows of a saved role."""
    lines = [
        LineFields(
            item["id"],
            True,  # noqa: FBT003 - kept
            item["title"],
            f"{item.get('possible', 0):g}",
            _name_skills(item.get("skills", ())),
            item.get("duties", ()),
            _describe_need(item.get("enough", 1), len([*item.get("skills", ()), *item.get("duties", ())])),
            item["dimension"],
            item.get("quote", ""),
        )
        for item in saved.parts["requirements"]
    ]
    return RoleFields(str(saved.parts["title"]), [*lines, *[NEW_LINE] * NEW_LINES])


def _read_dimension(name: str) -> Dimension:
    return name if name in SOURCES else "skills"


def read_fields(form: Form) -> RoleFields:
    """Return what the form has sent, as it is shown again if something is wrong with it."""
    lines = [
        LineFields(
            form.get(f"id-{number}", ""),
            f"kept-{number}" in form,
            form.get(f"title-{number}", "").strip(),
            form.get(f"points-{number}", "").strip(),
            form.get(f"skills-{number}", "").strip(),
            form.get(f"duties-{number}", "").split(),
            form.get(f"needed-{number}", ONE),
            _read_dimension(form.get(f"dimension-{number}", "")),
            form.get(f"quote-{number}", ""),
        )
        for number in range(sum(key.startswith("title-") for key in form))
    ]
    return RoleFields(form.get("title", "").strip(), lines)


def _find_skill(name: str, before: Sequence[str]) -> str:
    """Return the id of a skill by a spelling of it: of several, one that the line had, or the one of that label."""
    ids, labels = find_skills(name), load_labels()
    if not ids:
        raise InvalidRequestError(f"Rolefit knows no skill “{name}”. Write it in another way, or take it out.")
    return min(
        ids, key=lambda skill_id: (skill_id not in before, labels[skill_id].casefold() != name.casefold(), skill_id)
    )


def _read_points(line: LineFields) -> float:
    try:
        points = float(line.points or 0)
    except ValueError:
        points = -1.0
    if not 0 <= points <= 100:  # noqa: PLR2004 - points of a role
        raise InvalidRequestError(f"“{line.title}” has “{line.points}” points. Write a number from 0 to 100.")
    return points


def _count_enough(needed: str, count: int) -> float:
    if needed in {ONE, ALL}:
        return 1.0 if needed == ONE else float(max(1, count))
    return float(min(int(needed), count)) if needed.isdecimal() and int(needed) else 1.0


def _write_id(title: str, taken: set[str]) -> str:
    """Return an id for a new line that no other has."""
    plain = "-".join(re.findall(r"[a-z0-9]+", title.lower())) or "line"
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (plain, *numbered) if name not in taken)


def _read_line(line: LineFields, before: Mapping[str, Any], taken: set[str]) -> Requirement:
    names = [name.strip() for name in line.skills.split(",") if name.strip()]
    skills = tuple(dict.fromkeys(_find_skill(name, before.get("skills", ())) for name in names))
    title = line.title or _name_skills(skills)
    same = before.get("title") == title and tuple(before.get("skills", ())) == skills
    return Requirement(
        id=before["id"] if before else _write_id(title, taken),
        title=title,
        dimension=line.dimension,
        possible=_read_points(line),
        advice=before["advice"] if same else "",
        example=before["example"] if same else "",
        skills=skills,
        duties=tuple(line.duties),
        enough=_count_enough(line.needed, len(skills) + len(line.duties)),
        example_section="education" if line.dimension == "education" else "experience",
        quote=line.quote,
    )


def _list_lines(fields: RoleFields, known: Mapping[str, Mapping[str, Any]]) -> Iterator[Requirement]:
    taken = set(known)
    for line in fields.lines:
        if line.kept and (line.skills or line.duties or line.title):
            item = _read_line(line, known.get(line.id, {}), taken)
            taken.add(item.id)
            yield item


def sum_points(fields: RoleFields) -> float:
    """Return what the points of the form's lines add up to, as they were typed."""
    return round(sum(_read_points(line) for line in fields.lines if line.kept), 1)


def read_role(fields: RoleFields, saved: SavedRole) -> RoleProfile:
    """Return the role that the form has sent, with 100 points in all; raise InvalidRequestError if it is wrong."""
    known = {item["id"]: item for item in saved.parts["requirements"]}
    items = list(_list_lines(fields, known))
    if not any(item.possible for item in items):
        raise InvalidRequestError("No line has points. Give at least one line some.")
    return RoleProfile(saved.id, fields.title, str(saved.parts["summary"]), share_points(items))
