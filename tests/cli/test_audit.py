"""An audit joins results with who the people are, and says what it cannot use."""

import csv
import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.audit.report import AuditInputError, audit, read_people, read_results, write_audit, write_page, write_table
from service.cli import main
from skills.judging.report import write_report
from skills.knowledge import load_knowledge
from tests.reading_text import make_document
from tests.resumes import RESUME_TEXT
from worker.outcomes.results import encode_result

ROLES = ("Machine Learning Engineer", "Machine Learning Software Engineer")
VERSIONS = {"rolefit": "1", "vocabulary": "v", "profiles": "p", "reader": "r"}


def write_result(name: str, *scores: float, **changes: object) -> str:
    roles = [{"id": title.lower(), "title": title, "score": score} for title, score in zip(ROLES, scores, strict=True)]
    document = {"name": name, "sha256": f"hash of {name}"}
    return json.dumps({"document": document, "roles": roles, "versions": VERSIONS, **changes})


def write_failure(name: str) -> str:
    return json.dumps({"document": {"name": name}, "error": {"code": "encrypted", "message": "…"}})


LINES = [
    write_result("a.pdf", 90, 10),
    write_result("b.pdf", 80, 20),
    write_result("c.pdf", 30, 70),
    write_result("d.pdf", 20, 80),
    write_result("e.pdf", 10, 90),
    write_failure("f.pdf"),
]
GROUPS = """document,sex,race_ethnicity,note
a.pdf,Female,Asian,
b.pdf,Male,White,
hash of c.pdf,Female,White,by its hash
d.pdf,Unknown,White,
f.pdf,Male,White,
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.jsonl"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def groups(tmp_path: Path) -> Path:
    path = tmp_path / "groups.csv"
    path.write_text(GROUPS, encoding="utf-8")
    return path


def test_the_table_has_every_category_of_both_roles_and_the_unknown(results: Path, groups: Path) -> None:
    read = read_results(results)
    made = audit(read, read_people(groups, read), on=date(2026, 11, 21))
    rows = list(csv.DictReader(write_table(made).splitlines()))
    sexes = [row for row in rows if (row["role"], row["attribute"]) == (ROLES[0], "Sex")]
    assert [(row["category"], row["people"], row["above_median"], row["impact_ratio"]) for row in sexes] == [
        ("Female", "2", "1", "0.5000"),
        ("Male", "1", "1", "1.0000"),
        ("unknown", "2", "", ""),
    ]
    assert {row["role"] for row in rows} == set(ROLES)
    assert len(rows) == 2 * (3 + 3 + 4)


def test_what_could_not_be_scored_is_counted_and_said(results: Path, groups: Path) -> None:
    read = read_results(results)
    made = audit(read, read_people(groups, read), on=date(2026, 11, 21))
    assert (made.scored, dict(made.failed)) == (5, {"encrypted": 1})
    assert "because they could not be scored: 1" in write_page(made)


class PageReader(HTMLParser):
    """Collects what a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag == "th":
            assert dict(attrs).get("scope")


def test_the_page_stands_alone_and_its_tables_are_read_aloud(results: Path, groups: Path) -> None:
    read = read_results(results)
    text = write_page(audit(read, read_people(groups, read), on=date(2026, 11, 21)))
    page = PageReader()
    page.feed(text)
    assert page.tags.count("table") == page.tags.count("caption") == 6
    assert (page.links, "script" in page.tags) == ([], False)
    assert "21 Nov 2026" in text


def test_a_category_is_text_on_the_page_and_no_formula_in_the_table(results: Path, groups: Path) -> None:
    groups.write_text("document,sex,race_ethnicity\na.pdf,<b>=1,=1\n", encoding="utf-8")
    read = read_results(results)
    made = audit(read, read_people(groups, read), on=date(2026, 11, 21))
    assert "&lt;b&gt;" in write_page(made)
    assert ",'=1," in write_table(made)


@pytest.mark.parametrize(
    ("line", "text", "words"),
    [
        (1, "document,sex\n", "No column race_ethnicity"),
        (1, "", "No column document, sex, race_ethnicity"),
        (3, "document,sex,race_ethnicity\na.pdf,M,W\nz.pdf,M,W\n", "The results have no document 'z.pdf'"),
        (3, "document,sex,race_ethnicity\na.pdf,M,W\nhash of a.pdf,M,W\n", "hash of a.pdf has a row already"),
        (2, "document,sex,race_ethnicity\na.pdf,M\n", "The row does not have one cell for each column"),
        (2, "document,sex,race_ethnicity\n,M,W\n", "The results have no document ''"),
    ],
    ids=["column", "empty", "unknown", "twice", "torn", "unnamed"],
)
def test_a_wrong_group_is_told_with_file_and_line(
    results: Path, groups: Path, line: int, text: str, words: str
) -> None:
    groups.write_text(text, encoding="utf-8")
    with pytest.raises(AuditInputError, match=rf"groups.csv, line {line}: {words}"):
        read_people(groups, read_results(results))


def test_a_table_in_another_encoding_is_told(results: Path, groups: Path) -> None:
    groups.write_bytes(GROUPS.replace("note", "größe").encode("latin-1"))
    with pytest.raises(AuditInputError, match="not a CSV table in UTF-8"):
        read_people(groups, read_results(results))


@pytest.mark.parametrize(
    ("line", "text", "words"),
    [
        (2, f"{LINES[0]}\nname,score\n", "the line: Invalid JSON"),
        (1, '{"document": {}}\n', "document.name: Field required"),
        (1, '{"document": {"name": "a"}}\n', "It has neither scores nor an error"),
        (2, f"{LINES[0]}\n{LINES[0]}\n", "The document is in line 1 already"),
        (2, f"{LINES[0]}\n{write_result('b.pdf', 1, 2, versions={})}\n", "It was scored under other versions"),
        (2, f"{LINES[5]}\n", "No document was scored"),
    ],
    ids=["json", "name", "nothing", "twice", "versions", "none"],
)
def test_a_wrong_result_is_told_with_file_and_line(results: Path, line: int, text: str, words: str) -> None:
    results.write_text(text, encoding="utf-8")
    with pytest.raises(AuditInputError, match=rf"results.jsonl, line {line}: {words}"):
        read_results(results)


def test_a_hash_of_two_documents_names_neither(results: Path, groups: Path) -> None:
    twins = [write_result(name, 1, 2, document={"name": name, "sha256": "same"}) for name in ("a.pdf", "b.pdf")]
    results.write_text("\n".join(twins), encoding="utf-8")
    groups.write_text("document,sex,race_ethnicity\nsame,M,W\n", encoding="utf-8")
    with pytest.raises(AuditInputError, match="Several documents have these bytes"):
        read_people(groups, read_results(results))


def test_the_command_writes_page_and_table_of_real_results(tmp_path: Path) -> None:
    results, groups = tmp_path / "results.jsonl", tmp_path / "groups.csv"
    results.write_text(encode_result(write_report(make_document(RESUME_TEXT), load_knowledge())), encoding="utf-8")
    groups.write_text("document,sex,race_ethnicity\na.pdf,Female,White\n", encoding="utf-8-sig")
    words = ["audit", str(results), "--groups", str(groups), "--out", str(tmp_path / "new" / "audit")]
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, done.stderr) == (0, "")
    assert all(Path(line).stat().st_size for line in done.stdout.splitlines())


def test_an_error_is_one_line_and_nothing_is_written(results: Path, groups: Path, tmp_path: Path) -> None:
    groups.write_text("who\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["audit", str(results), "--groups", str(groups), "--out", str(tmp_path / "out")])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_to_is_told(results: Path, groups: Path) -> None:
    with pytest.raises(Exception, match=r"Cannot write to /proc/audit"):
        write_audit(results, groups, Path("/proc/audit"))
