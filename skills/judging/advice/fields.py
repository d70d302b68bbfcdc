"""Advice on a whole field: where a résumé shows next to nothing of it, its lines get one piece of advice together."""

from collections.abc import Iterator, Sequence

from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import FieldTexts, load_advice
from skills.judging.advice.writer import Advice
from skills.judging.scoring import RequirementScore

# So many lines of a field at least, without evidence, get their advice together.
MIN_LINES = 3
# Up to this share of a field's points a résumé shows little of it.
LITTLE = 0.15
# The group of requirements that ask for posts.
POSTS = "posts"


def _shows_little(items: Sequence[RequirementScore]) -> bool:
    """Return whether a résumé shows little of a field: no post in it, and few of its points."""
    texts = load_advice().requirements
    if any(item.evidence and texts[item.requirement.id].group == POSTS for item in items):
        return False
    possible = sum(item.requirement.possible for item in items)
    return sum(item.points for item in items) <= possible * LITTLE


def _advise_field(texts: FieldTexts, items: Sequence[RequirementScore]) -> Advice:
    text = texts.little if any(item.evidence for item in items) else texts.nothing
    return Advice("missing", text, (), None, texts.same)


def _list_advice(situation: Situation) -> Iterator[tuple[str, Advice]]:
    for texts in load_advice().fields.values():
        items = [item for requirement_id, item in situation.scores.items() if requirement_id in texts.requirements]
        unshown = [item.requirement.id for item in items if not item.evidence]
        if len(unshown) >= MIN_LINES and _shows_little(items):
            yield from dict.fromkeys(unshown, _advise_field(texts, items)).items()


def advise_on_fields(situation: Situation) -> dict[str, Advice]:
    """Return the advice on each line without evidence whose field the résumé shows next to nothing of."""
    return dict(_list_advice(situation))
