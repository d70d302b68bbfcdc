"""The post that advice names as one where a skill may have been used."""

import re
from collections.abc import Sequence
from functools import cache

from skills.anatomy.entries.entries import Entry
from skills.anatomy.titles.job_titles import JobTitle
from skills.finding.duty.duties import load_duties
from skills.judging.advice.quotes import quote
from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import load_advice
from skills.text.phrases import any_of
from skills.text.spans import Span

# A longer part of a head is no employer's name.
MAX_NAME_CHARACTERS = 60


def _list_trades(requirement: str) -> frozenset[str]:
    """Return the fields of job titles in which a requirement's skills are used; without a field of its own, all."""
    every = load_advice().fields.values()
    asking = [field for field in every if requirement in field.requirements] or every
    return frozenset().union(*(field.trades for field in asking))


def _is_of_trade(title: JobTitle, trades: frozenset[str]) -> bool:
    """Return whether a title is of some trades, of none where such work is managed, sold or taught, and no intern's.

    An intern used few of a trade's skills, and the résumé says which.
    """
    near = title.fields.isdisjoint(load_duties().far_fields) and title.level != "intern"
    return near and not title.fields.isdisjoint(trades)


@cache
def _unsuited() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(load_advice().posts.unsuited)})(?!\w)", re.IGNORECASE)


def _may_be_named(post: Entry, text: str) -> bool:
    """Return whether no word on the lines of a post's head says that it has not begun or is no work of a trade."""
    return not _unsuited().search(text, text.rfind("\n", 0, post.start) + 1, post.body)


def _is_name(text: str, span: Span) -> bool:
    words = text[slice(*span)]
    if "\n" in words or len(words) > MAX_NAME_CHARACTERS or words.count("(") != words.count(")"):
        return False
    return words[:1].isupper() or words[:1].isdigit()


def _choose_post(requirement: str, situation: Situation) -> tuple[Entry, Span] | None:
    """Return the present or latest post of a requirement's trade that may be named, and the place of its title."""
    trades = _list_trades(requirement)
    titles = [title.start for title in situation.anatomy.titles if _is_of_trade(title, trades)]
    for post in situation.posts:
        title = post.title
        if title is None or not any(title[0] <= start < title[1] for start in titles):
            continue
        says_trade = len(situation.text[slice(*title)].split()) > 1  # “Developer” may be the end of a longer title
        if says_trade and _may_be_named(post, situation.text) and _is_name(situation.text, title):
            return post, title
    return None


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
