"""Writes the report on one document: each role, the verdict and the skills."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version

from skills.anatomy.anatomy import Anatomy
from skills.document import Document, Line
from skills.finding.duty.duties import load_duties
from skills.finding.learned import name_phrases
from skills.finding.mentions import Mention
from skills.finding.skill.vocabulary import BACKGROUND_KINDS
from skills.judging import scoring
from skills.judging.gaps import find_gaps
from skills.judging.person_report import describe_entries, describe_person
from skills.judging.report_types import (
    SCHEMA,
    DimensionReport,
    DocumentFacts,
    DutyEvidence,
    Evidence,
    Gap,
    PageStart,
    PhraseEvidence,
    Quotation,
    Report,
    RequirementReport,
    RoleReport,
    SkillEvidence,
    SkillReport,
    Versions,
)
from skills.judging.scoring import RequirementScore, RoleScore, choose_best, score_profiles
from skills.judging.verdict import reach_built_in_verdict
from skills.knowledge import Knowledge
from skills.roles.profiles import ALL_POINTS, SOURCES, Dimension

VERSION = version("rolefit")


def _list_page_starts(lines: Iterable[Line]) -> tuple[PageStart, ...]:
    """Return where the first line of each page that holds any text begins."""
    starts: dict[int, int] = {}
    for line in lines:
        starts.setdefault(line.page, line.start)
    return tuple(PageStart(page, start) for page, start in starts.items())


def _describe_document(document: Document) -> DocumentFacts:
    return DocumentFacts(
        name=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=document.pages,
        page_starts=_list_page_starts(document.lines),
        characters=len(document.text),
        language=document.language,
        read_with=document.read_with,
        warnings=document.warnings,
    )


def _quote(mention: Mention) -> Quotation:
    return Quotation(mention.text, mention.page, mention.start, mention.end, mention.section)


@cache
def _list_kinds() -> Mapping[str, type[DutyEvidence | PhraseEvidence]]:
    """Return the kind of evidence for each concept that is no skill."""
    return dict.fromkeys(name_phrases(), PhraseEvidence) | dict.fromkeys(
        (duty.id for duty in load_duties().duties), DutyEvidence
    )


def _describe_evidence(mention: Mention) -> Evidence:
    concept, text, page, start, end, section, use, _ = mention
    return _list_kinds().get(concept, SkillEvidence)(concept, text, page, start, end, section, use)


def _describe_requirement(item: RequirementScore) -> RequirementReport:
    requirement = item.requirement
    return RequirementReport(
        requirement.id,
        requirement.title,
        requirement.source,
        requirement.shared,
        item.points,
        requirement.possible,
        tuple(map(_describe_evidence, item.evidence)),
    )


def _describe_dimension(
    dimension: Dimension, items: Sequence[RequirementScore], described: Mapping[str, RequirementReport]
) -> DimensionReport:
    possible = sum(item.requirement.possible for item in items)
    return DimensionReport(
        dimension,
        round(possible / ALL_POINTS, 3),
        round(ALL_POINTS * sum(item.points for item in items) / possible, 1) if possible else 0.0,
        any(item.evidence for item in items),
        tuple(described[item.requirement.id] for item in items),
    )


def _describe_role(score: RoleScore, gaps: tuple[Gap, ...], described: Mapping[str, RequirementReport]) -> RoleReport:
    parts: dict[Dimension, list[RequirementScore]] = {dimension: [] for dimension in SOURCES}
    for item in score.requirements:
        parts[item.requirement.dimension].append(item)
    dimensions = tuple(_describe_dimension(dimension, items, described) for dimension, items in parts.items())
    return RoleReport(score.profile.id, score.profile.title, score.score, dimensions, gaps)


def _describe_roles(
    scores: Sequence[RoleScore], document: Document, mentions: Sequence[Mention], anatomy: Anatomy, knowledge: Knowledge
) -> tuple[RoleReport, ...]:
    """Return the reports of roles; a requirement that several roles share has the same report in each."""
    items = {item.requirement.id: item for score in scores for item in score.requirements}
    described = {requirement_id: _describe_requirement(item) for requirement_id, item in items.items()}
    gaps = find_gaps(scores, document, mentions, anatomy, knowledge)
    return tuple(_describe_role(score, own, described) for score, own in zip(scores, gaps, strict=True))


def _describe_skills(
    mentions: Iterable[Mention], best: scoring.BestMentions, knowledge: Knowledge
) -> Iterator[SkillReport]:
    places: dict[str, list[Mention]] = {}
    for mention in mentions:
        places.setdefault(mention.concept, []).append(mention)
    known = [knowledge.vocabulary.skills[concept] for concept in places if concept in knowledge.vocabulary.skills]
    for skill in known:
        if skill.kind not in BACKGROUND_KINDS:
            quotations = tuple(map(_quote, places[skill.id]))
            yield SkillReport(skill.id, skill.label, skill.kind, best[skill.id][0].use, quotations)


def write_report(document: Document, knowledge: Knowledge, *, code: str = "") -> Report:
    """Return the report on a document; `code` is the version of the code that made it."""
    mentions, anatomy = knowledge.read_text(document.text, document.lines)
    best = choose_best(mentions)
    scores = score_profiles(best, knowledge.profiles, knowledge.evidence_ids)
    return Report(
        schema=SCHEMA,
        document=_describe_document(document),
        roles=_describe_roles(scores, document, mentions, anatomy, knowledge),
        verdict=reach_built_in_verdict(scores),
        skills=tuple(_describe_skills(mentions, best, knowledge)),
        person=describe_person(document, anatomy),
        entries=tuple(describe_entries(document, anatomy)),
        text=document.text,
        versions=Versions(
            rolefit=VERSION,
            vocabulary=knowledge.vocabulary.version,
            profiles=knowledge.profiles_version,
            reader=document.reader,
            code=code,
        ),
    )
