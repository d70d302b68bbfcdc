"""The post that advice names as one where a skill may have been used."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import itemgetter

from skills.anatomy.entries.entries import Entry
from skills.anatomy.titles.job_titles import JobTitle
from skills.finding.duty.duties import load_duties
from skills.judging.advice.quotes import quote
from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import FieldTexts, load_advice
from skills.text.phrases import whole_words_of
from skills.text.spans import Span

# A post that ended so many years before the latest one is not suggested: what is listed today may be younger.
MAX_YEARS_BEFORE_LATEST = 10
# A longer part of a head is no employer's name.
MAX_NAME_CHARACTERS = 60
# Requirements, also those of roles that people have written.
MAX_REQUIREMENTS_KEPT = 1_000


def _list_fields(requirement: str) -> Sequence[FieldTexts]:
    """Return the fields that a requirement belongs to; all if it belongs to none."""
    every = list(load_advice().fields.values())
    return [field for field in every if requirement in field.requirements] or every


def _list_trades(requirement: str) -> frozenset[str]:
    """Return the fields of job titles in which a requirement's skills are used."""
    return frozenset().union(*(field.trades for field in _list_fields(requirement)))


@lru_cache(maxsize=MAX_REQUIREMENTS_KEPT)
def list_related(requirement: str) -> frozenset[str]:
    """Return the requirements of the fields that a requirement belongs to."""
    return frozenset().union(*(field.requirements for field in _list_fields(requirement)))


def count_evidence(post: Entry, requirement_ids: frozenset[str], situation: Situation) -> int:
    """Return how much evidence of some requirements stands below the head of a post."""
    return sum(post.body <= start and end <= post.end for start, end in situation.list_evidence(requirement_ids))


def _is_of_trade(title: JobTitle, trades: frozenset[str]) -> bool:
    """Return whether a title is of some trades, of none where such work is managed, sold or taught, and no intern's.

    An intern used few of a trade's skills, and the résumé says which.
    """
    near = title.fields.isdisjoint(load_duties().far_fields) and title.level != "intern"
    return near and not title.fields.isdisjoint(trades)


def is_of_other_trade(post: Entry, requirement: str, situation: Situation) -> bool:
    """Return whether the title of a post is one of another field's trades, and none of the requirement's own."""
    trades = _list_trades(requirement)
    others = frozenset().union(*(field.trades for field in load_advice().fields.values())) - trades
    titles = [title for title in situation.anatomy.titles if post.start <= title.start < post.body]
    own = any(title.fields & trades for title in titles)
    return not own and any(title.fields & others for title in titles)


@cache
def _unsuited() -> re.Pattern[str]:
    return re.compile(whole_words_of(load_advice().posts.unsuited), re.IGNORECASE)


def _is_name(text: str, span: Span) -> bool:
    words = text[slice(*span)]
    if "\n" in words or "," in words or len(words) > MAX_NAME_CHARACTERS or words.count("(") != words.count(")"):
        return False
    return words[:1].isupper() or words[:1].isdigit()


def may_be_named(post: Entry, text: str) -> list[Span]:
    """Return the place of a post's title if advice may name it, or else nothing.

    No word on the lines of its head says that it has not begun or is no work of a trade, and its title reads as one.
    """
    if post.title is None or _unsuited().search(text, text.rfind("\n", 0, post.start) + 1, post.body):
        return []
    says_trade = len(text[slice(*post.title)].split()) > 1  # “Developer” may be the end of a longer title
    return [post.title] if says_trade and _is_name(text, post.title) else []


def _is_recent(post: Entry, situation: Situation) -> bool:
    years = [other.until.year for other in situation.posts if other.until]
    return post.present or post.until is None or post.until.year >= max(years) - MAX_YEARS_BEFORE_LATEST


def _choose_post(requirement: str, situation: Situation) -> tuple[Entry, Span] | None:
    """Return the post of a requirement's trade that shows most of its field, and the place of its title.

    Of several, it is the present or latest one; there is none if none shows anything of the field.
    """
    trades = _list_trades(requirement)
    titles = [title.start for title in situation.anatomy.titles if _is_of_trade(title, trades)]
    suited = [
        (count_evidence(post, list_related(requirement), situation), post, title)
        for post in situation.posts
        for title in may_be_named(post, situation.text)
        if any(title[0] <= start < title[1] for start in titles) and _is_recent(post, situation)
    ]
    count, post, title = max(suited, key=itemgetter(0), default=(0, None, None))
    return (post, title) if count and post and title else None


def _find_employer(post: Entry, title: Span, text: str) -> Span | None:
    """Return where a post's employer stands.

    One that stands at another entry may be that one's alone, and one right before the title part of it.
    """
    place = post.organisation
    if place is None or not _is_name(text, place) or not post.start <= place[0] < post.end:
        return None
    return None if text[place[1] : title[0]] == " " else place


def name_post(requirement: str, situation: Situation, at: str) -> tuple[str, Sequence[Span]]:
    """Return a post of a requirement's trade by its title, quoted, and the place of it; nothing if none suits.

    Where other posts have the title, its employer stands beside it.
    """
    chosen = _choose_post(requirement, situation)
    if chosen is None:
        return "", ()
    post, title = chosen
    named = quote(situation.text, title)
    titles = [quote(situation.text, other.title) for other in situation.posts if other.title]
    employer = _find_employer(post, title, situation.text) if titles.count(named) > 1 else None
    return (f"{named} {at} {quote(situation.text, employer)}", (title, employer)) if employer else (named, (title,))
