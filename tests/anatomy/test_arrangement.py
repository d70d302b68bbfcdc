"""The same words, however they are arranged, have the same entries and scores."""

from collections.abc import Iterator
from itertools import permutations, product

import pytest

from skills.anatomy.anatomy import read_anatomy
from skills.document import Line
from skills.judging.scoring import choose_best, score_profiles
from skills.knowledge import load_knowledge

TOLERANCE_POINTS = 2.0
MIN_COMBINATIONS = 500

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
    "Client: {firm}, {place} {dates}\nRole: {title}",
    "Company: {firm}\nDesignation: {title}\nLocation: {place}\nDuration: {dates}",
)
DATES = (
    ("Jan 2020 - Present", "Jul 2016 - Dec 2019"),
    ("January 2020 to date", "July 2016 to December 2019"),
    ("01/2020 – now", "07/2016 – 12/2019"),
    ("Since January 2020", "Jul. 2016 → Dec. 2019"),
    ("2020-01 – ongoing", "2016-07 – 2019-12"),
    ("Jan '20 – Current", "Jul '16 – Dec '19"),
)
MORE_DATES = (
    ("Jan. 2020 ~ till date", "Jul. 2016 ~ Dec. 2019"),
    ("January 2020 • Pres.", "July 2016 • December 2019"),
    ("**Jan 2020** | *current*", "**Jul 2016** | *Dec 2019*"),
    ("From Jan 2020", "From Jul 2016 to Dec 2019"),
    ("01.2020 -", "07.2016 - 12.2019"),
    ("15.01.2020 – heute", "01.07.2016 – 31.12.2019"),
    ("[2020/01 - now]", "[2016/07 - 2019/12]"),
    ("JAN 2020 — PRESENT (6 YEARS)", "JUL 2016 — DEC 2019 (3 YRS 6 MOS)"),
    ("Q1 2020 through today", "Q3 2016 through Dec 2019"),
    ("Jan 2020 -\nPresent", "Jul 2016 -\nDec 2019"),
)
DATED_HEADS = ("{title}, {firm}, {place}\n{dates}", "{firm}, {place}\n{dates}\n{title}", "{title} | {firm} | {dates}")
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
    return [role.score for role in score_profiles(best, knowledge.profiles, knowledge.evidence_ids)]


EXPECTED: list[Post] = [
    (TITLES[0], FIRMS[0], (2020, 1), None, True),
    (TITLES[1], FIRMS[1], (2016, 7), (2019, 12), False),
]


def test_there_are_enough_ways_to_arrange_a_resume() -> None:
    assert len(list(list_combinations())) >= MIN_COMBINATIONS


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


@pytest.mark.parametrize("dates", MORE_DATES)
def test_entries_are_the_same_however_dates_are_written(dates: tuple[str, str]) -> None:
    posts = {head: read_posts(write_resume(head, dates, HEADINGS[0], BULLETS[0])) for head in DATED_HEADS}
    assert posts == dict.fromkeys(DATED_HEADS, EXPECTED)


@pytest.mark.parametrize("lines", [*permutations(("{title}", "{firm}", "{place}", "{dates}"))])
def test_entries_and_scores_are_the_same_in_whatever_order_the_lines_of_a_head_stand(lines: tuple[str, ...]) -> None:
    text, usual = (write_resume(head, DATES[0], HEADINGS[0], BULLETS[0]) for head in ("\n".join(lines), HEADS[2]))
    assert read_posts(text) == EXPECTED
    assert not _differ(score(text), score(usual))


def _differ(scores: list[float], others: list[float]) -> bool:
    return any(abs(one - other) > TOLERANCE_POINTS for one, other in zip(scores, others, strict=True))
