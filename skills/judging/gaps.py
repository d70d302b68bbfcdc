"""Gaps: what a résumé does not show of a role, and how many points showing it would add."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from skills.anatomy.anatomy import Anatomy
from skills.document import Document, find_page
from skills.finding.mentions import Mention
from skills.judging.advice.fields import advise_on_fields
from skills.judging.advice.requirements import find_repeated, shorten_little, write_advice
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


def _measure_gains(
    example: Mapping[str, Worths], scores: Mapping[str, RequirementScore], shown: Mapping[str, Worths]
) -> dict[str, float]:
    """Return how many points each requirement would gain if the example were added to the résumé."""
    met: dict[str, float] = {}
    for name, worths in example.items():
        own = shown[name]
        better = {key: worth for key, worth in worths.items() if worth > own.get(key, 0.0)} if own else worths
        if better:
            met[name] = measure_worths(scores[name].requirement, {**own, **better}.values())
    for name, score in scores.items():
        together = score.requirement.together
        if not met.keys().isdisjoint(together):
            known = {part: met.get(part, scores[part].met) for part in together}
            met[name] = measure_together(score.requirement, known)
    return {
        name: round(count_points(scores[name].requirement, far) - scores[name].points, 1) for name, far in met.items()
    }


def _list_gains(requirement: Requirement, gains: Mapping[str, float]) -> tuple[Gain, ...]:
    others = (Gain(name, points) for name, points in gains.items() if name != requirement.id and points)
    return tuple(sorted(others, key=lambda gain: (-gain.points, gain.requirement)))


def _quote(span: Span, document: Document, sections: Sequence[tuple[int, str]]) -> Quotation:
    """Return a place of a document as a quotation."""
    start, end = span
    section = sections[max(0, bisect_right(sections, start, key=itemgetter(0)) - 1)][1]
    return Quotation(document.text[start:end], find_page(document.lines, start), start, end, section)


def _explain(requirement: Requirement) -> GapReason:
    """Return why a requirement is asked for: what the article says, or the posting that it was drafted from."""
    texts = load_advice().requirements.get(requirement.id)
    return GapReason(texts.reason, texts.section) if texts else GapReason(requirement.quote, "")


@dataclass(frozen=True, slots=True)
class GapWriter:
    """Writes the gaps of the roles on one document; `advice` and `gains` are by requirement."""

    document: Document
    situation: Situation
    advice: Mapping[str, Advice]
    gains: Mapping[str, Mapping[str, float]]

    def _write(self, requirement: Requirement, asked: Collection[str], given: Mapping[str, Advice]) -> Gap:
        advice, gains = self.advice[requirement.id], self.gains[requirement.id]
        text, quotes = advice.text, advice.quotes
        same = find_repeated(requirement.id, advice, given)
        if same:
            title = self.situation.scores[same].requirement.title
            text, quotes = advice.same.format(title=title), ()
        sections = self.situation.anatomy.openings
        return Gap(
            requirement.id,
            requirement.title,
            gains[requirement.id],
            text,
            Example(requirement.example_section, requirement.example),
            _list_gains(requirement, {name: points for name, points in gains.items() if name in asked}),
            advice.case,
            tuple(_quote(span, self.document, sections) for span in quotes),
            advice.step,
            _explain(requirement),
            same or "",
        )

    def list_gaps(self, score: RoleScore) -> tuple[Gap, ...]:
        """Return the gaps of a role, those with most left to earn first; the same advice is given once.

        Requirements that several roles share come first, so that they have the same advice in each role.
        """
        asked = {item.requirement.id: item.requirement for item in score.requirements}
        order = sorted(asked.keys() & self.gains.keys(), key=lambda name: (-self.gains[name][name], name))
        given: dict[str, Advice] = {}
        gaps: dict[str, Gap] = {}
        for name in sorted(order, key=lambda name: not asked[name].shared):
            gaps[name] = self._write(asked[name], asked, given)
            given[name] = self.advice[name]
        return tuple(gaps[name] for name in order)


def find_gaps(
    scores: Sequence[RoleScore], document: Document, mentions: Sequence[Mention], anatomy: Anatomy, knowledge: Knowledge
) -> list[tuple[Gap, ...]]:
    """Return by role the requirements not met in full, those with most left to earn first.

    A gap's points are what its own line has left, so that a role's score and the points of its gaps make 100. What its
    example earns on other lines of the role stands beside them: the example moves the score by the sum of both.
    """
    items = {item.requirement.id: item for score in scores for item in score.requirements}
    shown = {name: weigh_mentions(item.requirement, item.evidence) for name, item in items.items()}
    unmet = [name for name, item in items.items() if item.points < item.requirement.possible]
    gains = {name: _measure_gains(knowledge.example_worths[name], items, shown) for name in unmet}
    situation = Situation(document.text, anatomy, mentions, items, knowledge)
    left = {name: gains[name][name] for name in unmet}
    advice = shorten_little({name: write_advice(items[name], situation) for name in unmet}, left)
    advice |= advise_on_fields(situation)
    writer = GapWriter(document, situation, advice, gains)
    return [writer.list_gaps(score) for score in scores]
