"""The report on one document: both roles, the verdict and the skills, in the form the API promises."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from skills.document import Document, Line
from skills.finding.duties import load_duties
from skills.finding.mentions import Mention
from skills.finding.vocabulary import BACKGROUND_KINDS
from skills.judging.gaps import Gap, find_gaps
from skills.judging.scoring import Evidence, RequirementScore, RoleScore, choose_best, score_profiles
from skills.judging.verdict import reach_verdict
from skills.knowledge import Knowledge
from skills.roles.profiles import ALL_POINTS, SOURCES, TWINS

SCHEMA = "rolefit/report/1"
VERSION = version("rolefit")


def _list_page_starts(lines: Iterable[Line]) -> list[dict[str, int]]:
    """Return where the first line of each page that holds any text begins."""
    starts: dict[int, int] = {}
    for line in lines:
        starts.setdefault(line.page, line.start)
    return [{"page": page, "start": start} for page, start in starts.items()]


def _describe_document(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "pages": document.pages,
        "page_starts": _list_page_starts(document.lines),
        "characters": len(document.text),
        "language": document.language,
        "read_with": document.read_with,
        "warnings": [asdict(warning) for warning in document.warnings],
    }


def _describe_place(mention: Mention) -> dict[str, Any]:
    return {
        "text": mention.text,
        "page": mention.page,
        "start": mention.start,
        "end": mention.end,
        "section": mention.section,
    }


def _describe_evidence(mention: Mention, duties: frozenset[str]) -> dict[str, Any]:
    kind = "duty" if mention.concept in duties else "skill"
    return {kind: mention.concept, **_describe_place(mention), "use": mention.use}


def _describe_requirement(item: RequirementScore, duties: frozenset[str]) -> dict[str, Any]:
    requirement = item.requirement
    return {
        "id": requirement.id,
        "title": requirement.title,
        "source": requirement.source,
        "shared": requirement.shared,
        "points": item.points,
        "possible": requirement.possible,
        "evidence": [_describe_evidence(mention, duties) for mention in item.evidence],
    }


def _describe_dimension(name: str, score: RoleScore, duties: frozenset[str]) -> dict[str, Any]:
    items = [item for item in score.requirements if item.requirement.dimension == name]
    possible = sum(item.requirement.possible for item in items)
    return {
        "id": name,
        "weight": round(possible / ALL_POINTS, 3),
        "score": round(ALL_POINTS * sum(item.points for item in items) / possible, 1) if possible else 0.0,
        "found": any(item.evidence for item in items),
        "requirements": [_describe_requirement(item, duties) for item in items],
    }


def _describe_gap(gap: Gap) -> dict[str, Any]:
    return {
        "requirement": gap.requirement.id,
        "title": gap.requirement.title,
        "points": gap.points,
        "advice": gap.requirement.advice,
        "example": {"section": gap.requirement.example_section, "text": gap.requirement.example},
    }


def _describe_role(score: RoleScore, gaps: Iterable[Gap], duties: frozenset[str]) -> dict[str, Any]:
    return {
        "id": score.profile.id,
        "title": score.profile.title,
        "score": score.score,
        "dimensions": [_describe_dimension(name, score, duties) for name in SOURCES],
        "gaps": [_describe_gap(gap) for gap in gaps],
    }


def _describe_roles(scores: Sequence[RoleScore], knowledge: Knowledge) -> list[dict[str, Any]]:
    duties = frozenset(duty.id for duty in load_duties().duties)
    gaps = find_gaps(scores, knowledge)
    return [_describe_role(score, own, duties) for score, own in zip(scores, gaps, strict=True)]


def _describe_verdict(scores: Sequence[RoleScore]) -> dict[str, Any]:
    """Return the verdict between the twins; where there are other roles too, it says that it is between these."""
    verdict, others = reach_verdict(*scores[:TWINS]), scores[TWINS:]
    return {
        "best_fit": verdict.best_fit,
        "margin": verdict.margin,
        "close": verdict.close,
        "reasons": [
            {"requirement": reason.requirement, "points": reason.points, "towards": reason.towards}
            for reason in verdict.reasons
        ],
        **({"between": [score.profile.id for score in scores[:TWINS]]} if others else {}),
    }


def _describe_skills(mentions: Iterable[Mention], best: Evidence, knowledge: Knowledge) -> list[dict[str, Any]]:
    places: dict[str, list[dict[str, Any]]] = {}
    for mention in mentions:
        places.setdefault(mention.concept, []).append(_describe_place(mention))
    known = [knowledge.vocabulary.skills[concept] for concept in places if concept in knowledge.vocabulary.skills]
    return [
        {
            "id": skill.id,
            "label": skill.label,
            "kind": skill.kind,
            "use": best[skill.id][0].use,
            "mentions": places[skill.id],
        }
        for skill in known
        if skill.kind not in BACKGROUND_KINDS
    ]


def write_report(document: Document, knowledge: Knowledge) -> dict[str, Any]:
    """Return the report on a document as the JSON object `rolefit/report/1`, with its text."""
    mentions = knowledge.find_mentions(document.text, document.lines)
    best = choose_best(mentions)
    scores = score_profiles(best, knowledge.profiles, knowledge.concepts)
    return {
        "schema": SCHEMA,
        "document": _describe_document(document),
        "roles": _describe_roles(scores, knowledge),
        "verdict": _describe_verdict(scores),
        "skills": _describe_skills(mentions, best, knowledge),
        "text": document.text,
        "versions": {
            "rolefit": VERSION,
            "vocabulary": knowledge.vocabulary.version,
            "profiles": knowledge.profiles_version,
            "reader": document.reader,
        },
    }
