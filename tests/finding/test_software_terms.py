"""Names of today's software lead to their own entries, rivals to two, and words with another life to none."""

import pytest

from tests.reading_text import find_skills

SKILLS = "SKILLS\n{}\n"


@pytest.mark.parametrize(
    ("name", "skill"),
    [
        ("OpenTofu", "opentofu"),
        ("Linkerd", "linkerd"),
        ("SAML", "saml"),
        ("Vitest", "vitest"),
        ("TestNG", "testng"),
        ("Insomnia", "insomnia"),
        ("Karate", "karate"),
        ("PyMuPDF", "pymupdf"),
        ("TinyOS", "tinyos"),
        ("NetBeans", "netbeans"),
        ("uv", "uv"),
        ("Ruff", "ruff"),
        ("Poetry", "poetry"),
        ("pre-commit", "pre-commit"),
        ("Bun", "bun"),
        ("Hono", "hono"),
        ("tRPC", "trpc"),
        ("Drizzle", "drizzle"),
        ("Starlette", "starlette"),
        ("Litestar", "litestar"),
        ("Dramatiq", "dramatiq"),
        ("PlanetScale", "planetscale"),
        ("Knative", "knative"),
        ("Dapr", "dapr"),
        ("Backstage", "backstage"),
        ("Open Policy Agent", "open-policy-agent"),
        ("Auth0", "auth0"),
        ("SwiftData", "swiftdata"),
        ("property-based testing", "property-based-testing"),
        ("accessibility testing", "accessibility-testing"),
        ("EU AI Act", "eu-ai-act"),
        ("ISO 42001", "iso-42001"),
    ],
)
def test_a_name_of_today_leads_to_its_own_entry(name: str, skill: str) -> None:
    assert skill in find_skills(SKILLS.format(f"Python, {name}"))


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("EXPERIENCE\nThe agency cut deliveries by rail and railway", "railway"),
        ("EXPERIENCE\nRead poetry to children", "poetry"),
        ("EXPERIENCE\nPut black boxes into a box", "black"),
        ("EXPERIENCE\nHelped backstage at the theatre", "backstage"),
        ("EXPERIENCE\nEarned three wins with the team", "wins"),
        ("EXPERIENCE\nLit the stage with a lamp", "lamp-stack"),
        ("EXPERIENCE\nMended the rails between two stations", "ruby-on-rails"),
        ("EXPERIENCE\nCut costs by less than half", "less"),
    ],
)
def test_a_word_with_another_life_is_no_skill(text: str, skill: str) -> None:
    assert skill not in find_skills(text)
