"""The post that advice names as one where a skill may have been used."""

from collections.abc import Collection, Iterable, Sequence

from skills.anatomy.entries.entries import Entry
from skills.judging.advice.quotes import contains_any
from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import load_advice


def _read_head(post: Entry, text: str) -> str:
    """Return the lines of a post's head, from the beginning of the first."""
    return text[text.rfind("\n", 0, post.start) + 1 : post.body]


def _list_suited(fields: Collection[str], situation: Situation) -> list[Entry]:
    """Return the posts whose titles are of some fields, without those that have not begun or are no such work."""
    unsuited = load_advice().posts.unsuited
    titles = [title.start for title in situation.anatomy.titles if not title.fields.isdisjoint(fields)]
    return [
        post
        for post in situation.posts
        if post.title
        and any(post.title[0] <= start < post.title[1] for start in titles)
        and not contains_any(unsuited, _read_head(post, situation.text))
    ]


def choose_post(requirement: str, groups: Iterable[Sequence[int]], situation: Situation) -> Entry | None:
    """Return the post of a requirement's trade that most places of the first group lie in that any such post has.

    Where no places lie in one, it is the present or the latest. A requirement of no field is of the trade of all.
    """
    every = load_advice().fields.values()
    asking = [field for field in every if requirement in field.requirements] or every
    posts = _list_suited({name for field in asking for name in field.posts}, situation)
    for places in groups:
        counts = [sum(post.start <= place < post.end for place in places) for post in posts]
        if any(counts):
            return posts[counts.index(max(counts))]
    return next(iter(posts), None)
