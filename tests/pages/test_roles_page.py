"""The page on the roles in a real browser: what each asks for, what decides, and what the article says beside."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from skills.roles.article import load_article
from skills.roles.profiles import load_profiles
from tests.browser import DESKTOP, PHONE, list_violations, shoot
from tests.pages.test_report_page import ColorScheme, measure_overflow


def test_every_requirement_stands_there_once_with_its_points_and_source(page: Page) -> None:
    page.goto("/roles")
    lines = [" ".join(text.split()) for text in page.locator(".asked li").all_inner_texts()]
    requirements = {requirement.id: requirement for profile in load_profiles() for requirement in profile.requirements}
    assert sorted(lines) == sorted(f"{item.possible:.1f} {item.title} {item.source}" for item in requirements.values())


def test_it_tells_what_the_article_says(page: Page) -> None:
    page.goto("/roles")
    article = load_article()
    for portrait in article.roles:
        expect(page.locator(f"#{portrait.id}")).to_contain_text(portrait.definition)
    main = page.locator("main")
    for words in (article.outlook, *article.first_steps, *(industry.use for industry in article.industries)):
        expect(main).to_contain_text(words)


def test_every_role_of_the_article_has_a_profile() -> None:
    assert {portrait.id for portrait in load_article().roles} <= {profile.id for profile in load_profiles()}


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def test_it_fits_every_screen_and_is_usable_by_everyone(page: Page, size: ViewportSize, scheme: ColorScheme) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto("/roles")
    assert measure_overflow(page) == 0
    assert list_violations(page) == []
    shoot(page, f"roles-{size['width']}-{scheme}")


def test_the_navigation_leads_there_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Roles").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/roles$"))
    expect(page.get_by_role("link", name="Roles", exact=True)).to_have_attribute("aria-current", "page")
