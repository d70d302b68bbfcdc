"""The pages of one's own roles: a posting is pasted, its lines are edited, résumés are scored against it."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import FilePayload, Page, ViewportSize, expect

from tests.browser import DESKTOP, list_violations, shoot
from tests.pages.sending import read_batch, send
from tests.postings import RESUMES
from tests.waiting import wait_until

POSTING = """Data Engineer (m/f/d) at Brackwater

Requirements
- 3+ years of Python
- Kafka or RabbitMQ
- Figma
- Not older than 35

Nice to have
- Python
- Quuxflow
"""
SAVED = re.compile(
    r"^Saved\.( The points that you wrote added up to \S+; each was scaled so that they add up to 100\.)?$"
)
NARROW = ViewportSize(width=390, height=844)


@pytest.fixture
def drafted(page: Page) -> Iterator[Page]:
    """The page of a role that was just drafted from the posting."""
    address = page.request.post("/v1/roles", data={"posting": POSTING}).headers["location"]
    page.goto(address.replace("/v1/roles/", "/roles/own/"))
    yield page
    page.request.delete(address)


def test_a_posting_is_pasted_into_a_draft_that_can_be_deleted(page: Page) -> None:
    page.goto("/roles")
    page.get_by_role("link", name="Roles of your own").click()
    page.get_by_label("The posting").fill(POSTING)
    page.get_by_role("button", name="Draft a role").click()
    expect(page.get_by_role("status")).to_contain_text("Drafted and saved")
    page.get_by_role("button", name="Delete this role").click()
    expect(page).to_have_url(re.compile("/roles/own$"))
    expect(page.get_by_role("link", name="Data Engineer")).to_have_count(0)


def set_points(page: Page, **points: int) -> None:
    """Give the lines of these skills points, and all others none."""
    for line in page.locator(".lines li").all():
        skills = line.locator("[name^=skills]").input_value()
        line.locator("[name^=points]").fill(str(points.get(skills.partition(",")[0].replace(" ", "_"), 0)))


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text(SAVED)


def test_a_draft_shows_the_sentence_behind_each_line_and_why_others_are_left_out(drafted: Page) -> None:
    line = drafted.locator(".lines li").filter(has=drafted.locator("[value='Python (3+ years)']"))
    expect(line.locator("q")).to_have_text("3+ years of Python")
    expect(line.get_by_label("Is met by")).to_have_value("one")
    left = drafted.get_by_role("region", name="What the draft leaves out")
    expect(left).to_contain_text("Not older than 35")
    expect(left).to_contain_text("No role may ask for it (age).")
    expect(left).to_contain_text("Rolefit does not know Quuxflow.")
    expect(left).to_contain_text("Python is already asked for by “3+ years of Python”.")


def plot_own_role_across(page: Page) -> None:
    """Have the plot of a batch show an own role, in place of one between which the verdict is."""
    expect(page.get_by_label("Across")).to_have_value("machine-learning-engineer")
    page.get_by_label("Across").select_option(label="DE")
    expect(page.locator("#plot .axis.first")).to_have_text("Data Engineer (DE)")
    expect(page.locator("#plot .point")).to_have_count(2)
    expect(page.locator("#plot .band")).to_have_count(0)
    expect(page.locator("#bounds")).to_be_hidden()


def test_weights_are_changed_and_a_batch_is_scored_again(drafted: Page, site: str) -> None:
    files = [(f"{name}.txt", RESUMES[name].encode()) for name in ("data-engineer", "designer")]
    batch = send(site, files)
    wait_until(lambda: read_batch(site, batch)["state"] == "done")
    address = drafted.url.partition("?")[0].removeprefix(site)

    def score_again() -> list[str]:
        """Return the names of the résumés, the best for the role first, after scoring them again, against it."""
        drafted.goto(address)
        drafted.locator("#use ~ .own a").first.click()
        expect(drafted.get_by_role("checkbox", name="Data Engineer")).to_be_checked()
        drafted.get_by_role("button", name="Score again").click()
        expect(drafted).to_have_url(re.compile(f"{batch.removeprefix('/v1')}$"))
        wait_until(lambda: read_batch(site, batch)["state"] == "done")
        drafted.reload()
        drafted.locator("th.third button").click()
        expect(drafted.locator("#rows tr")).to_have_count(2)
        return [row.split()[0] for row in drafted.locator("#rows tr th").all_inner_texts()]

    set_points(drafted, Python=90, Apache_Kafka=10)
    save(drafted)
    assert score_again() == ["data-engineer.txt", "designer.txt"]
    plot_own_role_across(drafted)
    before = {row["name"]: row["scores"] for row in read_batch(site, batch)["rows"]}
    drafted.goto(address)
    set_points(drafted, Figma=45, Python=5)
    save(drafted)
    expect(drafted.get_by_role("status")).to_contain_text("The points that you wrote added up to 50;")
    assert score_again() == ["designer.txt", "data-engineer.txt"]
    after = {row["name"]: row["scores"] for row in read_batch(site, batch)["rows"]}
    for name, scores in after.items():
        *twins, own = scores
        assert scores[own] != before[name][own]
        assert [scores[twin] for twin in twins] == [before[name][twin] for twin in twins]


def test_lines_are_taken_out_added_and_grouped(drafted: Page, site: str) -> None:
    kafka = drafted.locator(".lines li").filter(has=drafted.locator("[name^=skills][value*=Kafka]"))
    kafka.get_by_label("Skills, with commas").fill("Kafka, rabbit mq, Docker")
    kafka.get_by_label("Is met by").select_option("all of them")
    drafted.locator(".lines li").filter(has=drafted.locator("[value=Figma]")).get_by_role("checkbox").uncheck()
    new = drafted.locator(".lines li").last
    new.get_by_label("Skills, with commas").fill("k8s")
    new.get_by_label("Points").fill("10")
    save(drafted)
    role_id = drafted.url.partition("?")[0].rpartition("/")[2]
    role = read_batch(site, f"/v1/roles/{role_id}")
    lines = [line for part in role["dimensions"] for line in part["requirements"]]
    grouped = {tuple(line["skills"]): line["enough"] for line in lines}
    assert grouped["apache-kafka", "rabbitmq", "docker"] == 3
    assert ("kubernetes",) in grouped
    assert ("figma",) not in grouped
    assert sum(line["possible"] for line in lines) == pytest.approx(100)


def test_what_is_wrong_is_said_and_nothing_that_was_typed_is_lost(drafted: Page) -> None:
    line = drafted.locator(".lines li").filter(has=drafted.locator("[value='Python (3+ years)']"))
    line.get_by_label("Asks for").fill("Python, and young")
    drafted.get_by_role("button", name="Save").click()
    expect(drafted.get_by_role("alert")).to_contain_text("asks for a protected criterion (age)")
    changed = drafted.locator(".lines li").filter(has=drafted.locator("[value='Python, and young']"))
    changed.get_by_label("Asks for").fill("Python")
    changed.get_by_label("Skills, with commas").fill("Python, Quuxflow")
    drafted.get_by_role("button", name="Save").click()
    expect(drafted.get_by_role("alert")).to_contain_text("Rolefit knows no skill “Quuxflow”.")
    expect(drafted.locator("[value='Python, Quuxflow']")).to_be_visible()


def test_a_posting_that_asks_for_nothing_known_stays_in_its_field(page: Page) -> None:
    page.goto("/roles/own")
    page.get_by_label("The posting").fill("Gardener\n\nA green thumb")
    page.get_by_role("button", name="Draft a role").click()
    expect(page.get_by_role("status")).to_contain_text("The posting names no skill or duty")
    expect(page.get_by_label("The posting")).to_have_value("Gardener\n\nA green thumb")


def test_new_resumes_are_scored_against_the_role_that_is_chosen(drafted: Page, site: str) -> None:
    drafted.get_by_role("link", name="New résumés").click()
    expect(drafted.get_by_role("checkbox", name="Data Engineer")).to_be_checked()
    document = FilePayload(name="cv.txt", mimeType="text/plain", buffer=RESUMES["data-engineer"].encode() + b"Git\n")
    drafted.wait_for_load_state()  # the script that sends what is chosen runs by then
    drafted.set_input_files("#files", document)
    expect(drafted.get_by_role("heading", name="Data Engineer").first).to_be_visible()
    assert "/matches/" in drafted.url
    assert len(read_batch(site, f"/v1{drafted.url.removeprefix(site)}")["report"]["roles"]) == 3
    drafted.get_by_role("link", name="Score again").click()
    drafted.get_by_role("checkbox", name="Data Engineer").uncheck()
    drafted.get_by_role("button", name="Score again").click()
    expect(drafted.get_by_role("heading", name="Machine Learning Engineer").first).to_be_visible()
    expect(drafted.get_by_role("heading", name="Data Engineer")).to_have_count(0)


@pytest.mark.parametrize(("size", "scheme"), [(NARROW, "dark"), (DESKTOP, "light")])
def test_the_pages_can_be_used_by_everybody(
    drafted: Page, size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    drafted.set_viewport_size(size)
    drafted.emulate_media(color_scheme=scheme)
    for name, address in (("own-role", drafted.url), ("own-roles", "/roles/own")):
        drafted.goto(address)
        assert list_violations(drafted) == []
        assert drafted.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        shoot(drafted, f"{name}-{scheme}")
