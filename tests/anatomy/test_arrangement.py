"""The same words, however they are arranged, have the same entries and scores."""

from collections.abc import Iterator
from itertools import product

import pytest

from skills.anatomy.anatomy import read_anatomy
from skills.document import Line
from skills.judging.scoring import choose_best, score_profiles
from skills.knowledge import load_knowledge

TOLERANCE_POINTS = 2.0
FEWEST_COMBINATIONS = 500

TITLES = ("Machine Learning Engineer", "Software Engineer")
FIRMS = ("Quillstone Systems", "Larchmont Robotics")
PLACES = ("Seattle, WA", "Portland, OR")
WORK = (
    (
        "Designed and trained recommendation models in PyTorch for twelve million users.",
        "Deployed models as services on Kubernetes and monitored their drift.",
        "Tuned gradient boosting models by cross validation.",
    ),
    (
        "Developed backend services in Java with PostgreSQL and Redis.",
        "Wrote unit tests, reviewed code and maintained pipelines in Jenkins.",
    ),
)
HEADS = (
    "{title}, {firm}, {place}\n{dates}",
    "{title}\n{firm}, {place}\n{dates}",
    "{title}\n{firm}\n{place}\n{dates}",
    "{dates}\n{title}\n{firm}, {place}",
    "{dates}\n{firm}\n{title}",
    "{firm}, {place}\n{title}\n{dates}",
    "{firm}\n{title}\n{dates}\n{place}",
    "{title} | {firm} | {dates}",
    "{title} {dates}\n{firm}, {place}",
    "{firm}, {place} {dates}\n{title}",
    "{title} at {firm} ({dates})",
    "{dates} {title}\n{firm}, {place}",
    "**{title}**, {firm}\n_{dates}_",
    "{firm} - {title}\n{dates}",
)
DATES = (
    ("Jan 2020 - Present", "Jul 2016 - Dec 2019"),
    ("January 2020 to date", "July 2016 to December 2019"),
    ("01/2020 – now", "07/2016 – 12/2019"),
    ("Since January 2020", "Jul. 2016 → Dec. 2019"),
    ("2020-01 – ongoing", "2016-07 – 2019-12"),
    ("Jan '20 – Current", "Jul '16 – Dec '19"),
)
HEADINGS = ("EXPERIENCE", "My Journey", "E X P E R I E N C E", "Experience & Projects", "Berufserfahrung", "")
BULLETS = ("- ", "")

Combination = tuple[str, tuple[str, str], str, str]


def write_resume(head: str, dates: tuple[str, str], heading: str, bullet: str) -> str:
    """Return a résumé with its two posts under a heading, each headed so, their lines opened so."""
    posts = [
        "\n".join([head.format(title=title, firm=firm, place=place, dates=when), *(bullet + line for line in lines)])
        for title, firm, place, when, lines in zip(TITLES, FIRMS, PLACES, dates, WORK, strict=True)
    ]
    education = "EDUCATION\nBSc in Computer Science, Oregon Valley University, 2012 - 2016"
    skills = "SKILLS\nLanguages: Python, Java, C++, SQL\nTools: Docker, Git, Linux"
    parts = ["Tobin Harkless\ntobin@example.org", heading, *posts, education, skills]
    return "\n".join(part for part in parts if part)


def list_combinations() -> Iterator[Combination]:
    """Yield every combination of the ways to arrange a résumé."""
    return product(HEADS, DATES, HEADINGS, BULLETS)


Post = tuple[str, str, tuple[int | None, ...] | None, tuple[int | None, ...] | None, bool]


def read_posts(text: str) -> list[Post]:
    """Return title, employer, dates and presence of each post of a text."""
    posts = [entry for entry in read_anatomy(text).entries if entry.kind == "post"]
    return [
        (
            text[slice(*(post.title or (0, 0)))],
            text[slice(*(post.organisation or (0, 0)))],
            post.since and tuple(post.since),
            post.until and tuple(post.until),
            post.present,
        )
        for post in posts
    ]


def score(text: str) -> list[float]:
    """Return a text's scores for both roles."""
    knowledge = load_knowledge()
    best = choose_best(knowledge.find_mentions(text, (Line(1, 0, len(text)),)))
    return [role.score for role in score_profiles(best, knowledge.profiles, knowledge.concepts)]


EXPECTED: list[Post] = [
    (TITLES[0], FIRMS[0], (2020, 1), None, True),
    (TITLES[1], FIRMS[1], (2016, 7), (2019, 12), False),
]


def test_there_are_enough_ways_to_arrange_a_resume() -> None:
    assert len(list(list_combinations())) >= FEWEST_COMBINATIONS


@pytest.mark.parametrize("head", HEADS)
def test_entries_are_the_same_however_a_resume_is_arranged(head: str) -> None:
    wrong = {
        combination[1:]: posts
        for combination in product([head], DATES, HEADINGS, BULLETS)
        if (posts := read_posts(write_resume(*combination))) != EXPECTED
    }
    assert wrong == {}


@pytest.mark.parametrize("head", HEADS)
def test_scores_are_the_same_however_a_resume_is_arranged(head: str) -> None:
    usual = score(write_resume(HEADS[0], DATES[0], HEADINGS[0], BULLETS[0]))
    scores = {way[1:]: score(write_resume(*way)) for way in product([head], DATES, HEADINGS, BULLETS)}
    assert {way: own for way, own in scores.items() if _differ(own, usual)} == {}


def _differ(scores: list[float], others: list[float]) -> bool:
    return any(abs(one - other) > TOLERANCE_POINTS for one, other in zip(scores, others, strict=True))
