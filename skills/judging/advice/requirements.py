"""Advice on each requirement with points to gain."""

from collections.abc import Mapping
from dataclasses import replace

from skills.judging.advice.cases import find_case, measure_step
from skills.judging.advice.near import find_near
from skills.judging.advice.quotes import choose_quotes, count_named
from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import AdviceFile, Case, NearTexts, load_advice
from skills.judging.advice.writer import Advice, Writer
from skills.judging.scoring import RequirementScore
from skills.roles.profiles import Requirement

# A line with fewer points left gets no advice of its own.
LITTLE_POINTS = 1.0
# The cases in which advice says where the words stand that it quotes, whatever they count for.
SAYING_WHERE: set[Case] = {"listed", "claimed", "named", "studied"}
# Two cases with the same advice: to name methods.
ASKING_FOR_METHODS: set[Case] = {"missing", "broad"}


def find_repeated(requirement_id: str, advice: Advice, given: Mapping[str, Advice]) -> str | None:
    """Return the id of the requirement whose advice, given before, says the same; None if there is none."""
    texts = load_advice().requirements
    own, says_where = texts.get(requirement_id), bool(advice.quotes) and advice.case in SAYING_WHERE
    for other_id, other in given.items():
        if other.text == advice.text:
            return other_id
        kin = own is not None and other_id in texts and own.kin == texts[other_id].kin != ""
        cases = {other.case, advice.case}
        same = other.same == advice.same and (len(cases) == 1 or cases == ASKING_FOR_METHODS)
        if (kin or says_where) and same and set(advice.quotes) <= set(other.quotes):
            return other_id
    return None


def _choose_missing(requirement: Requirement, situation: Situation, texts: AdviceFile) -> str:
    """Return the text for a requirement of which nothing was found."""
    own = texts.requirements.get(requirement.id)
    if own is None:
        return requirement.advice
    may_begin = not situation.experienced and not any(word in situation.folded for word in own.unless)
    return own.tip if may_begin else own.missing


def _advise_together(item: RequirementScore, situation: Situation, texts: AdviceFile) -> Advice:
    parts = sorted((situation.scores[part] for part in item.requirement.together), key=lambda part: part.met)
    weakest = [part.requirement.title for part in parts if part.met == parts[0].met]
    template = texts.find_text(item.requirement.id, "together").choose(len(weakest))
    return Advice("together", template.format(weaker=weakest[0], other=weakest[-1]), (), None, texts.joints.same)


def _may_stand_beside(near: NearTexts, item: RequirementScore) -> bool:
    """Return whether words that come near are quoted though there is evidence; skills that are shown are enough."""
    shown = any(mention.use == "demonstrated" for mention in item.evidence)
    return near.beside_evidence and not (item.requirement.skills and shown)


def _advise_on_near(item: RequirementScore, writer: Writer, situation: Situation) -> Advice | None:
    """Return advice on what comes near a requirement and is no evidence of it."""
    own = writer.texts.requirements.get(item.requirement.id)
    if own is None or own.near is None or item.requirement.possible - item.points < LITTLE_POINTS:
        return None
    if item.evidence and not _may_stand_beside(own.near, item):
        return None
    quotes = find_near(item, own.near, situation)
    text = writer.write(own.near.text.choose(len(quotes)), quotes)
    case: Case = "few" if item.evidence else "missing"
    step = measure_step(item, more=1.0)
    return Advice(case, text, tuple(writer.quotes), step, writer.texts.joints.same) if quotes else None


def write_advice(item: RequirementScore, situation: Situation) -> Advice:
    """Return the advice on a requirement with points to gain."""
    texts, requirement = load_advice(), item.requirement
    writer = Writer(requirement, situation, texts)
    if requirement.together:
        return _advise_together(item, situation, texts)
    if near := _advise_on_near(item, writer, situation):
        return near
    if not item.evidence:
        text = writer.write(_choose_missing(requirement, situation, texts), ())
        return Advice("missing", text, (), measure_step(item, more=1.0), texts.joints.same)
    case, mentions, step = find_case(item, situation)
    quotes = choose_quotes(mentions, situation)
    counted = texts.find_text(requirement.id, case)
    if "{more}" in counted.one and not writer.suggestions:
        counted = texts.find_text(requirement.id, "others")
    text = writer.write(counted.choose(count_named(quotes, situation)), quotes)
    return Advice(case, text, tuple(writer.quotes), step, texts.joints.same)


def share_advice_on_little(advice: Mapping[str, Advice], points_left: Mapping[str, float]) -> dict[str, Advice]:
    """Return advice in which the article's requirements with few `points_left` to gain share one text.

    An own role's line keeps its text, which its owner wrote.
    """
    texts = load_advice()
    return {
        requirement_id: replace(own, text=texts.little.text, quotes=(), same=texts.little.same)
        if points_left[requirement_id] < LITTLE_POINTS and requirement_id in texts.requirements
        else own
        for requirement_id, own in advice.items()
    }
