"""Advice: what would earn a requirement more points, in the person's own words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from skills.anatomy.anatomy import SUMMARIES, Anatomy
from skills.anatomy.entries.entries import Entry
from skills.anatomy.entries.page import Span
from skills.finding.duty.duties import load_duties
from skills.finding.learned import name_phrases
from skills.finding.mentions import Mention
from skills.judging.advice_texts import AdviceFile, Case, load_advice
from skills.judging.scoring import RequirementScore, choose_worths, count_points, measure_worths, weigh_mentions
from skills.knowledge import Knowledge
from skills.roles.profiles import Requirement
from skills.text.phrases import find_standing

PLACEHOLDER = re.compile(r"\{(\w+)\}")
STUDIES = frozenset({"education", "courses"})
MOST_QUOTES = 3
MOST_SUGGESTIONS = 3
# To show what is named already has to earn this share of what one more skill would.
LEAST_OF_ONE_MORE = 0.4
# A longer quote is cut behind a word.
LONGEST_QUOTE_CHARACTERS = 90
# Words of a head that are longer name no employer.
LONGEST_NAME_CHARACTERS = 60
# What “ and ” become within a quote.
SINGLE_MARKS = str.maketrans("“”", "\u2018\u2019")


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a requirement; each quote of `text`, between “ and ”, is one of the spans `quotes`, in order.

    `step` is what it would earn on the requirement at first: all that was named being shown, or one more of its kind.
    """

    case: Case
    text: str = field(repr=False)
    quotes: tuple[Span, ...]
    step: float | None


@dataclass(frozen=True)
class Situation:
    """What advice is written from: a résumé, what was found in it, and what each requirement earned.

    It has no slots, so that it can keep what every piece of advice asks for.
    """

    text: str = field(repr=False)
    anatomy: Anatomy = field(repr=False)
    mentions: Sequence[Mention] = field(repr=False)
    scores: Mapping[str, RequirementScore]
    knowledge: Knowledge = field(repr=False)

    @cached_property
    def folded(self) -> str:
        """The text without a difference between capitals and small letters."""
        return self.text.casefold()

    @cached_property
    def named(self) -> frozenset[str]:
        """The skills and duties that the text mentions."""
        return frozenset(mention.concept for mention in self.mentions)

    @cached_property
    def posts(self) -> list[Entry]:
        """The posts with a title, those that go on first, then the latest."""
        posts = [entry for entry in self.anatomy.entries if entry.kind == "post" and entry.title]
        return sorted(posts, key=lambda post: (not post.present, -(post.until.year if post.until else 0), post.start))

    @cached_property
    def near_posts(self) -> list[Entry]:
        """The posts, without those whose titles are all of fields in which neither role's skills are used."""
        far = [title.start for title in self.anatomy.titles if title.fields and title.fields <= self._far_fields]
        return [post for post in self.posts if not _count_places(post, far) or self._is_of_field(post)]

    @cached_property
    def present_post(self) -> Entry | None:
        """The first post that goes on and whose title is of a field in which either role's skills are used."""
        return next((post for post in self.posts if post.present and self._is_of_field(post)), None)

    @property
    def _far_fields(self) -> frozenset[str]:
        """Fields of job titles in which what either role asks for is not used."""
        return load_duties().far_fields

    def _is_of_field(self, post: Entry) -> bool:
        titles = [title.start for title in self.anatomy.titles if title.fields - self._far_fields]
        return _count_places(post, titles) > 0

    @property
    def experienced(self) -> bool:
        """Whether the résumé tells of posts, be their titles known or not."""
        return bool(self.posts) or any(section == "experience" for _, section in self.anatomy.openings)


def _cut_quote(text: str, start: int, end: int) -> Span:
    """Return a span without what is more than a quote should have."""
    if end - start > LONGEST_QUOTE_CHARACTERS:
        end = start + max(text[start : start + LONGEST_QUOTE_CHARACTERS].rfind(" "), 1)
    return start, end


def _quote(text: str, span: Span) -> str:
    """Return words between “ and ”; these marks within the words become single, so that a quote ends where it ends."""
    words = " ".join(text[slice(*span)].split())
    return f"“{words.translate(SINGLE_MARKS)}”"


def _join(parts: Sequence[str], word: str) -> str:
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _widen(mention: Mention, situation: Situation) -> Span:
    """Return the place of a mention; that of a degree with its field, where that is known."""
    for entry in situation.anatomy.entries:
        if entry.kind == "degree" and entry.title and entry.title[0] <= mention.start < entry.title[1]:
            return entry.title
    return mention.start, mention.end


def _choose_quotes(mentions: Sequence[Mention], situation: Situation) -> list[Span]:
    """Return the places of mentions, the longer where two overlap, in text order; each wording once.

    Learned phrases, whose words alone say little, are left out unless there are no others.
    """
    told = [mention for mention in mentions if mention.concept not in name_phrases()] or mentions
    chosen: dict[str, Mention] = {}
    for mention in sorted(told, key=lambda mention: (mention.start - mention.end, mention.start)):
        apart = all(mention.end <= other.start or other.end <= mention.start for other in chosen.values())
        if apart:
            chosen.setdefault(mention.text.casefold(), mention)
    spans = sorted({_widen(mention, situation) for mention in chosen.values()})
    return [_cut_quote(situation.text, *span) for span in spans]


def _is_name(text: str, span: Span | None) -> bool:
    words = text[slice(*span)] if span else ""
    if "\n" in words or len(words) > LONGEST_NAME_CHARACTERS:
        return False
    return words[:1].isupper() or words[:1].isdigit()


def _choose_entry(places: Sequence[int], situation: Situation) -> Entry | None:
    """Return the post or project that most of the places lie in; the present post, if they lie in none."""
    projects = [entry for entry in situation.anatomy.entries if entry.kind == "project" and entry.title]
    best = max([*situation.near_posts, *projects], key=lambda entry: _count_places(entry, places), default=None)
    if best and _count_places(best, places):
        return best
    return situation.present_post


def _count_places(entry: Entry, places: Sequence[int]) -> int:
    return sum(entry.start <= place < entry.end for place in places)


def _name_entry(entry: Entry | None, situation: Situation, at: str) -> tuple[str, list[Span]]:
    """Return an entry by its title and organisation, quoted, and their places; nothing if it has no title."""
    if entry is None or entry.title is None or not _is_name(situation.text, entry.title):
        return "", []
    title = _quote(situation.text, entry.title)
    if entry.organisation is None or not _is_name(situation.text, entry.organisation):
        return title, [entry.title]
    return f"{title} {at} {_quote(situation.text, entry.organisation)}", [entry.title, entry.organisation]


def _is_said(words: str, folded: str) -> bool:
    return any(find_standing(words.casefold(), folded))


def _suggest(requirement: Requirement, situation: Situation) -> list[str]:
    """Return the first skills of a requirement's example that the résumé does not name, in the example's words."""
    unnamed = [
        words
        for kinds, words in situation.knowledge.suggestions[requirement.id]
        if kinds.isdisjoint(situation.named) and not _is_said(words, situation.folded)
    ]
    return list(dict.fromkeys(unnamed))[:MOST_SUGGESTIONS]


def find_repeated(requirement: str, advice: Advice, told: Mapping[str, Advice]) -> str | None:
    """Return the requirement whose advice, told already, says the same; None if there is none."""
    texts = load_advice().requirements
    for name, other in told.items():
        alike = name in texts and requirement in texts and texts[name].kin == texts[requirement].kin != ""
        same = alike and other.case == advice.case and set(advice.quotes) <= set(other.quotes)
        if same or other.text == advice.text:
            return name
    return None


def _tell_case(mention: Mention, situation: Situation) -> Case:
    """Return which case a skill or duty is that is not demonstrated, by all places that name it."""
    sections = {other.section for other in situation.mentions if other.concept == mention.concept}
    if sections <= STUDIES:
        return "studied"
    if sections <= SUMMARIES:
        return "claimed"
    return "listed" if sections == {"skills"} else "named"


def _measure_step(item: RequirementScore, shown: Iterable[Mention] = (), *, more: float = 0.0) -> float:
    """Return what a requirement gains if some of its mentions are demonstrated, and others are worth `more`."""
    raised = [mention._replace(use="demonstrated") for mention in shown]
    worths = {**weigh_mentions(item.requirement, item.evidence), **weigh_mentions(item.requirement, raised)}
    met = measure_worths(item.requirement, [*worths.values(), more])
    return round(count_points(item.requirement, met) - item.points, 1)


def _leave_out_broad(item: RequirementScore, texts: AdviceFile) -> list[Mention]:
    """Return the evidence of a requirement without what names a whole field."""
    own = texts.requirements.get(item.requirement.id)
    return [mention for mention in item.evidence if not own or mention.concept not in own.broad]


def _list_weak(item: RequirementScore, told: Sequence[Mention], situation: Situation) -> dict[Case, list[Mention]]:
    """Return the mentions that are not demonstrated by their case; none of duties and posts if others are."""
    worths = choose_worths(item.requirement)
    if not item.requirement.skills and any(worths[mention.use] == 1 for mention in told):
        return {}
    cases: dict[Case, list[Mention]] = {}
    for mention in told:
        if worths[mention.use] < 1:
            cases.setdefault(_tell_case(mention, situation), []).append(mention)
    return cases


def _find_case(item: RequirementScore, situation: Situation) -> tuple[Case, list[Mention], float]:
    """Return the case of a requirement that has evidence, the mentions to quote, and what the advice would earn."""
    told = _leave_out_broad(item, load_advice())
    if not told:
        return "broad", list(item.evidence), _measure_step(item, more=1.0)
    cases = _list_weak(item, told, situation)
    steps = {case: _measure_step(item, mentions) for case, mentions in cases.items()}
    one_more = _measure_step(item, more=1.0)
    best: Case = max(steps, key=lambda case: steps[case], default="few")
    if steps.get(best, 0.0) > one_more * LEAST_OF_ONE_MORE:
        return best, cases[best], steps[best]
    shown = [mention for mention in told if choose_worths(item.requirement)[mention.use] == 1]
    return "few", shown or told, one_more


def _find_related(requirement: Requirement, situation: Situation, texts: AdviceFile) -> list[Mention]:
    own = texts.requirements.get(requirement.id)
    for name in own.related if own else ():
        if name in situation.scores and situation.scores[name].evidence:
            return list(situation.scores[name].evidence)
    return []


def _choose_missing(requirement: Requirement, situation: Situation, texts: AdviceFile) -> tuple[str, list[Mention]]:
    """Return the text for a requirement of which nothing was found, and the mentions that it quotes."""
    own = texts.requirements.get(requirement.id)
    if own is None:
        return requirement.advice, []
    related = _find_related(requirement, situation, texts)
    if related:
        return own.related_missing, related
    if not situation.experienced and not any(word in situation.folded for word in own.unless):
        return own.tip, []
    return own.missing, []


class _Writer:
    """Fills the placeholders of a text; `quotes` are the places that it quotes."""

    def __init__(self, requirement: Requirement, situation: Situation, texts: AdviceFile) -> None:
        self.requirement, self.situation, self.joints = requirement, situation, texts.joints
        self.quotes: list[Span] = []

    @cached_property
    def suggestions(self) -> list[str]:
        """Skills that would meet the requirement."""
        return _suggest(self.requirement, self.situation)

    def write(self, template: str, quotes: Sequence[Span]) -> str:
        """Return a text with what belongs in its places."""
        return PLACEHOLDER.sub(lambda match: self._fill(match[1], quotes), template)

    def _fill(self, name: str, quotes: Sequence[Span]) -> str:
        match name:
            case "words":
                return self._quote_all(quotes)
            case "more":
                return _join(self.suggestions, self.joints.or_)
            case _:
                named = self._name(self._list_places())
                return self.joints.entry.format(name=named) if named else self.joints.no_entry

    def _list_places(self) -> list[int]:
        """Return where the requirement's own skills and duties stand."""
        concepts = self.situation.knowledge.concepts[self.requirement.id]
        return [mention.start for mention in self.situation.mentions if mention.concept in concepts]

    def _name(self, places: Sequence[int]) -> str:
        words, spans = _name_entry(_choose_entry(places, self.situation), self.situation, self.joints.at)
        self.quotes += spans
        return words

    def _quote_all(self, quotes: Sequence[Span]) -> str:
        shown = quotes[:MOST_QUOTES]
        self.quotes += shown
        parts = [_quote(self.situation.text, span) for span in shown]
        if len(quotes) == len(shown):
            return _join(parts, self.joints.and_)
        return self.joints.further.format(words=", ".join(parts), count=len(quotes) - len(shown))


def _advise_together(item: RequirementScore, situation: Situation, texts: AdviceFile) -> Advice:
    parts = [situation.scores[name] for name in item.requirement.together]
    weaker = min(parts, key=lambda part: part.met)
    template = texts.find_text(item.requirement.id, "together").one
    return Advice("together", template.format(weaker=weaker.requirement.title), (), None)


def write_advice(item: RequirementScore, situation: Situation) -> Advice:
    """Return the advice on a requirement with points to gain."""
    texts, requirement = load_advice(), item.requirement
    writer = _Writer(requirement, situation, texts)
    if requirement.together:
        return _advise_together(item, situation, texts)
    if not item.evidence:
        template, mentions = _choose_missing(requirement, situation, texts)
        text = writer.write(template, _choose_quotes(mentions, situation))
        return Advice("missing", text, tuple(writer.quotes), _measure_step(item, more=1.0))
    case, mentions, step = _find_case(item, situation)
    quotes = _choose_quotes(mentions, situation)
    counted = texts.find_text(requirement.id, case)
    if "{more}" in counted.one and not writer.suggestions:
        counted = texts.find_text(requirement.id, "others")
    text = writer.write(counted.one if len(quotes) == 1 else counted.many, quotes)
    return Advice(case, text, tuple(writer.quotes), step)
