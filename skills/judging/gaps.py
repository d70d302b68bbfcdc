"""Gaps: what a résumé does not show of a role, and how many points showing it would add."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skills.anatomy.anatomy import Anatomy
from skills.document import Document, find_page
from skills.finding.mentions import Mention
from skills.judging.advice.fields import advise_on_fields
from skills.judging.advice.requirements import find_repeated, share_advice_on_little, write_advice
from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import load_advice
from skills.judging.advice.writer import Advice
from skills.judging.report_types import Example, Gain, Gap, GapReason, Quotation
from skills.judging.scoring import (
    RequirementScore,
    RoleScore,
    Worths,
    count_points,
    measure_together,
    measure_worths,
    weigh_mentions,
)
from skills.knowledge import Knowledge
from skills.roles.profiles import Requirement
from skills.text.spans import Span


def _measure_with(
    example: Mapping[str, Worths], scores: Mapping[str, RequirementScore], shown: Mapping[str, Worths]
) -> dict[str, float]:
    """Return how far each requirement to which an example is worth more than what is shown would be met with it."""
    met: dict[str, float] = {}
    for requirement_id, worths in example.items():
        known = shown[requirement_id]
        better = {key: worth for key, worth in worths.items() if worth > known.get(key, 0.0)}
        if better:
            met[requirement_id] = measure_worths(scores[requirement_id].requirement, {**known, **better}.values())
    return met


def _measure_together_with(
    met: Mapping[str, float], scores: Mapping[str, RequirementScore], joint: Iterable[Requirement]
) -> Iterator[tuple[str, float]]:
    """Yield how far each of the requirements that ask for others together would be met if these were `met` so far."""
    for requirement in joint:
        if not met.keys().isdisjoint(requirement.together):
            met_parts = {part: met.get(part, scores[part].met) for part in requirement.together}
            yield requirement.id, measure_together(requirement, met_parts)


def _measure_gains(
    example: Mapping[str, Worths],
    scores: Mapping[str, RequirementScore],
    shown: Mapping[str, Worths],
    joint: Iterable[Requirement],
) -> dict[str, float]:
    """Return how many points each requirement would gain if the example were added to the résumé.

    `joint` are the requirements that ask for others together.
    """
    met = _measure_with(example, scores, shown)
    met |= dict(_measure_together_with(met, scores, joint))
    return {
        requirement_id: round(
            count_points(scores[requirement_id].requirement, share) - scores[requirement_id].points, 1
        )
        for requirement_id, share in met.items()
    }


def _list_gains(requirement: Requirement, gains: Mapping[str, float]) -> tuple[Gain, ...]:
    others = (Gain(other, points) for other, points in gains.items() if other != requirement.id and points)
    return tuple(sorted(others, key=lambda gain: (-gain.points, gain.requirement)))


def _quote(span: Span, document: Document, section: str) -> Quotation:
    """Return a place of a document as a quotation."""
    start, end = span
    return Quotation(document.text[start:end], find_page(document.lines, start), start, end, section)


def _explain(requirement: Requirement) -> GapReason:
    """Return why a requirement is asked for: what the article says, or the posting that it was drafted from."""
    texts = load_advice().requirements.get(requirement.id)
    return GapReason(texts.reason, texts.section) if texts else GapReason(requirement.quote, "")


@dataclass(frozen=True, slots=True)
class GapWriter:
    """Writes the gaps of the roles on one document.

    `advice` is by requirement id, and so are `gains`: how many points each requirement gains by that one's example.
    """

    document: Document
    situation: Situation
    advice: Mapping[str, Advice]
    gains: Mapping[str, Mapping[str, float]]

    def _write_advice(self, requirement: Requirement, given: Mapping[str, Advice]) -> tuple[str, Sequence[Span], str]:
        """Return a requirement's advice and its quotes; or a reference to the same advice `given` before, and whose."""
        advice = self.advice[requirement.id]
        same_as = find_repeated(requirement.id, advice, given)
        if same_as is None:
            return advice.text, advice.quotes, ""
        return advice.same.format(title=self.situation.scores[same_as].requirement.title), (), same_as

    def _write_gap(self, requirement: Requirement, asked: Collection[str], given: Mapping[str, Advice]) -> Gap:
        """Return a requirement's gap; `asked` are the role's requirements. Advice `given` before is not repeated."""
        advice, gains = self.advice[requirement.id], self.gains[requirement.id]
        text, quotes, same_as = self._write_advice(requirement, given)
        return Gap(
            requirement=requirement.id,
            title=requirement.title,
            points=gains[requirement.id],
            advice=text,
            example=Example(requirement.example_section, requirement.example),
            elsewhere=_list_gains(requirement, {other: points for other, points in gains.items() if other in asked}),
            case=advice.case,
            quotes=tuple(_quote(span, self.document, self.situation.find_section(span.start)) for span in quotes),
            step=advice.step,
            reason=_explain(requirement),
            same_as=same_as,
        )

    def list_gaps(self, score: RoleScore) -> tuple[Gap, ...]:
        """Return the gaps of a role, those with most left to earn first; the same advice is given once.

        Requirements that several roles share come first, so that they have the same advice in each role.
        """
        asked = {item.requirement.id: item.requirement for item in score.requirements}
        unmet = [asked[requirement_id] for requirement_id in asked.keys() & self.gains.keys()]
        order = sorted(unmet, key=lambda requirement: (-self.gains[requirement.id][requirement.id], requirement.id))
        given: dict[str, Advice] = {}
        gaps: dict[str, Gap] = {}
        for requirement in sorted(order, key=lambda requirement: not requirement.shared):
            gaps[requirement.id] = self._write_gap(requirement, asked, given)
            given[requirement.id] = self.advice[requirement.id]
        return tuple(gaps[requirement.id] for requirement in order)


def find_gaps(
    scores: Sequence[RoleScore], document: Document, mentions: Sequence[Mention], anatomy: Anatomy, knowledge: Knowledge
) -> list[tuple[Gap, ...]]:
    """Return by role the requirements not met in full, those with most left to earn first.

    A gap's points are what its own line has left, so that a role's score and the points of its gaps make 100. What its
    example earns on other lines of the role stands beside them: the example moves the score by the sum of both.
    """
    items = {item.requirement.id: item for score in scores for item in score.requirements}
    shown = {requirement_id: weigh_mentions(item.requirement, item.evidence) for requirement_id, item in items.items()}
    unmet = {requirement_id: item for requirement_id, item in items.items() if item.points < item.requirement.possible}
    joint = [item.requirement for item in items.values() if item.requirement.together]
    gains = {
        requirement_id: _measure_gains(knowledge.example_worths[requirement_id], items, shown, joint)
        for requirement_id in unmet
    }
    situation = Situation(document.text, anatomy, mentions, items, knowledge)
    points_left = {requirement_id: gains[requirement_id][requirement_id] for requirement_id in unmet}
    advice = advise_on_fields(situation)
    own = {name: write_advice(item, situation) for name, item in unmet.items() if name not in advice}
    advice |= share_advice_on_little(own, points_left)
    writer = GapWriter(document, situation, advice, gains)
    return [writer.list_gaps(score) for score in scores]
