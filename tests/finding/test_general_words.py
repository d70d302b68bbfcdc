"""General words of prose are no skills; in a list of skills, or beside what makes them technical, they are."""

import pytest

from tests.reading_text import find_skills


@pytest.mark.parametrize(
    "text",
    [
        "Debugged layouts and improved the load time and the UX of the shop",
        "Moved customer data across databases of three offices",
        "Wrote clean reports on code quality and browser compatibility of the site",
        "Took product requirements from stakeholders and fixed release cycles",
        "Boosting morale and deployment speed with precision",
        "Converted hand-drawn circuits for a museum",
        "Curated public datasets and training data for a museum",
        "An open source project for a SaaS company",
        "Predicted whether a Windows machine is infected with malware",
        "Served the ACL as a reviewer; see https : / / example.org",
    ],
)
def test_a_general_word_of_prose_is_no_skill(text: str) -> None:
    assert find_skills(text) == set()


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("SKILLS\nDebugging, UX, analytics\n", "debugging"),
        ("SKILLS\nDatabases, networking\n", "databases"),
        ("Worked with Python, databases, Git", "databases"),
        ("Trained gradient trees by boosting", "boosting"),
        ("Reached a precision of 0.9 at a recall of 0.8", "precision-and-recall"),
        ("Designed circuits on an FPGA in Verilog", "circuit-design"),
        ("Configured ACLs and NAT on Cisco routers", "access-control-lists"),
    ],
)
def test_a_general_word_counts_in_technical_company(text: str, skill: str) -> None:
    assert skill in find_skills(text)


@pytest.mark.parametrize("between", [", ", " and ", " / ", "\n"])
def test_a_sign_or_a_joining_word_makes_a_list(between: str) -> None:
    assert "databases" in find_skills(f"Python{between}databases")


@pytest.mark.parametrize("between", [" ", " using ", " in "])
def test_words_that_merely_follow_each_other_are_no_list(between: str) -> None:
    assert "databases" not in find_skills(f"We built databases{between}Python")


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Trained a CNN with TF and Python", "tensorflow"),
        ("Wrote modules for Terraform (TF)", "hashicorp-terraform"),
        ("Studied the calibration of classifiers by temperature scaling", "model-calibration"),
        ("Tracked experiments in Comet", "comet-ml"),
        ("Built tables with DLT on Databricks", "delta-live-tables"),
        ("Moved the shop to Neon, a serverless Postgres", "neon-postgres"),
        ("Raised revenue per session by 4 percent", "e-commerce"),
        ("Data Analyst, National Bank, Cairo", "banking"),
    ],
)
def test_a_name_with_two_meanings_is_read_by_its_company(text: str, skill: str) -> None:
    assert skill in find_skills(text)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Trained a CNN with TF and Python", "keras"),
        ("Wrote modules for Terraform (TF)", "tensorflow"),
        ("Studied the calibration of classifiers", "electronics-repair"),
        ("Fine-tuned with LLaMA-Factory", "manufacturing"),
        ("A pipeline in Azure Data Factory", "manufacturing"),
        ("Wrote the router of the web application", "routers"),
        ("Wrote about DLT and blockchain", "tape-backup"),
        ("Grew the team without investment", "finance"),
        ("Portfolio: example.org", "finance"),
    ],
)
def test_a_name_with_two_meanings_is_not_read_as_the_other(text: str, skill: str) -> None:
    assert skill not in find_skills(text)
