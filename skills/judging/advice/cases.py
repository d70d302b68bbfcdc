"""The case that a requirement with evidence is in, and what following the advice on it would earn."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from skills.anatomy.anatomy import SUMMARIES
from skills.anatomy.sections import STUDY_SECTIONS
from skills.finding.mentions import Mention
from skills.judging.advice.quotes import is_label
from skills.judging.advice.situation import MIN_FOLDED_CHARACTERS, Situation
from skills.judging.advice.texts import AdviceFile, Case, load_advice
from skills.judging.scoring import RequirementScore, count_points, measure_worths, weigh_mentions
from skills.text.inflection import pluralize
from skills.text.phrases import whole_words_of
from skills.text.spans import find_lines

# Advice to demonstrate what is already named is given only if it earns this share of what one more skill would earn.
MIN_SHARE_OF_ONE_MORE = 0.4
# What stands between the items of a list; an item of more words is a sentence.
SEPARATOR = re.compile(r"[,;:|()\n\u2022\u00b7]|\. ")
MAX_ITEM_WORDS = 8
# What makes something of a skill: “LLM-powered”.
ATTRIBUTE_END = re.compile(r"-(?:aware|based|driven|enabled|powered)$")
MAX_ITEM_CHARACTERS = 200


@cache
def _compile(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(whole_words_of(words))


def _is_studied(mention: Mention, situation: Situation) -> bool:
    """Return whether a mention among studies is one: neither on a line about a paper nor below a heading of skills."""
    words, folded = load_advice().studies, situation.folded
    heading = situation.find_heading(mention.start)
    written = _compile(words.written).search(folded, *find_lines(situation.text, mention.start, mention.end))
    return not (written or _compile(words.listed).search(folded, *heading))


def _choose_case(mention: Mention, situation: Situation) -> Case:
    """Return the case of a mention that is not demonstrated, which follows from the sections that name its skill."""
    sections = situation.sections[mention.concept]
    if sections <= STUDY_SECTIONS:
        return "studied" if _is_studied(mention, situation) else "named"
    if sections <= SUMMARIES:
        return "claimed"
    return "listed" if sections == {"skills"} else "named"


def measure_step(item: RequirementScore, shown: Iterable[Mention] = (), *, more: float = 0.0) -> float:
    """Return what a requirement gains if some of its mentions are demonstrated, and others are worth `more`."""
    raised = [mention._replace(use="demonstrated", section="experience") for mention in shown]
    worths = {**weigh_mentions(item.requirement, item.evidence), **weigh_mentions(item.requirement, raised)}
    met = measure_worths(item.requirement, [*worths.values(), more])
    return round(count_points(item.requirement, met) - item.points, 1)


def _leave_out_broad(item: RequirementScore, texts: AdviceFile) -> list[Mention]:
    """Return the evidence of a requirement without what names a whole field."""
    own = texts.requirements.get(item.requirement.id)
    return [mention for mention in item.evidence if not own or mention.concept not in own.broad]


def _stands_elsewhere(mention: Mention, situation: Situation) -> bool:
    """Return whether the words of a mention also stand where work is described, although not as evidence.

    Short words outside a list of skills could be anything, such as the initial of an author.
    """
    words = ATTRIBUTE_END.sub("", mention.text)
    if len(words) < MIN_FOLDED_CHARACTERS:
        return mention.section != "skills" or situation.describes(words)
    core = words.rpartition(" ")[0]  # “reinforcement learning” of “reinforcement learning algorithms”
    same = any(map(situation.describes, (words, pluralize(words), *([core] if " " in core else ()))))
    return same or situation.describes_form(words)


def _stands_in_sentence(mention: Mention, situation: Situation) -> bool:
    """Return whether a mention in a list of skills stands in a sentence: that section holds more than lists."""
    before = SEPARATOR.split(situation.text[: mention.start][-MAX_ITEM_CHARACTERS:])[-1]
    behind = SEPARATOR.split(situation.text[mention.end : mention.end + MAX_ITEM_CHARACTERS])[0]
    return mention.section == "skills" and len(f"{before}{mention.text}{behind}".split()) > MAX_ITEM_WORDS


def _is_shown(mention: Mention, item: RequirementScore) -> bool:
    """Return whether a mention is demonstrated, at work or in a project. A study needs no demonstration."""
    return mention.use == "demonstrated" or item.requirement.counts_every_use_in_full


def _list_weak(item: RequirementScore, specific: Sequence[Mention], situation: Situation) -> dict[Case, list[Mention]]:
    """Return the mentions that are not demonstrated, by their case.

    Mentions that also stand where work is described, or in a sentence, are left out, and so are labels of lists alone.
    A duty or a post has none once one of its mentions is demonstrated.
    """
    shown = [mention for mention in specific if _is_shown(mention, item)]
    if shown and not item.requirement.skills:
        return {}
    cases: dict[Case, list[Mention]] = {}
    for mention in specific:
        if not (mention in shown or _stands_elsewhere(mention, situation) or _stands_in_sentence(mention, situation)):
            cases.setdefault(_choose_case(mention, situation), []).append(mention)
    return {case: weak for case, weak in cases.items() if not all(is_label(mention, situation) for mention in weak)}


def find_case(item: RequirementScore, situation: Situation) -> tuple[Case, list[Mention], float]:
    """Return the case of a requirement that has evidence, the mentions to quote, and what the advice would earn."""
    specific = _leave_out_broad(item, load_advice())
    if not specific:
        return "broad", list(item.evidence), measure_step(item, more=1.0)
    cases = _list_weak(item, specific, situation)
    steps = {case: measure_step(item, mentions) for case, mentions in cases.items()}
    one_more = measure_step(item, more=1.0)
    best: Case = max(steps, key=lambda case: steps[case], default="few")
    if steps.get(best, 0.0) > one_more * MIN_SHARE_OF_ONE_MORE:
        return best, cases[best], steps[best]
    shown = [mention for mention in specific if _is_shown(mention, item)]
    return "few", shown or specific, one_more
