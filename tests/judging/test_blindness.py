"""Who somebody is never changes what a report says of them.

Compared are the scores, points, evidence, gaps, verdict and skills of a report, value by value, except pages, offsets,
those words of a quotation that were swapped, and the wording of advice, which names employers. What counts is swapped
nowhere: the level and the field of a degree, what was done and under which post, and whether it is dated up to now.
"""

import json
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from service.cli import main
from skills.anatomy.anatomy import find_openings
from skills.anatomy.names.proper_names import find_name
from skills.anatomy.sections import TOP
from skills.blindness.swaps import find_places, load_swaps, swap
from skills.blindness.trials import JUDGED, judge, try_swaps
from skills.finding.pipeline import make_pipeline
from skills.finding.skill.vocabulary import Skill
from skills.judging.report import write_report
from skills.knowledge import Knowledge, load_knowledge
from tests.drawn import HEIGHT, Draw, draw_pages, paste, wrap, write
from tests.people import PEOPLE, read_person
from tests.reading_text import make_document
from tests.reports import as_json
from tests.resumes import MARGIN
from tests.word import build_docx, save
from worker.pipeline import score_document

KINDS = {kind.id: kind for kind in load_swaps()}
# The words of advice name an employer and a post.
PLACES = {"text", "page", "start", "end", "advice", "quotes"}
# Letters that the fonts of every PDF reader have.
DRAWABLE = "latin-1"


# `make check` tries the swaps in few, who have something of nearly every kind; `make test` in everybody.
CHECKED = ("analyst-jordan", "graduate-atlanta", "quant-singapore")
EVERYBODY = [pytest.param(person, marks=[] if person in CHECKED else pytest.mark.long) for person in PEOPLE]

# Each value is tried in so many résumés, as far as there are as many that have something to swap for it.
RESUMES_A_VALUE = 5


@cache
def list_people(kind: str) -> list[str]:
    return [person for person in PEOPLE if find_places(KINDS[kind], read_person(person).text)]


def choose_values(kind: str, person: str) -> tuple[str, ...]:
    people, values = list_people(kind), KINDS[kind].values
    share = max(1, len(people) // RESUMES_A_VALUE)
    return values[people.index(person) % share :: share]


def find_changes(person: str, knowledge: Knowledge, *kinds: str) -> list[str]:
    document = read_person(person)
    judged = judge(document, knowledge)
    trials = [
        try_swaps(document, KINDS[kind], knowledge, judged=judged, values=choose_values(kind, person))
        for kind in kinds or KINDS
        if person in list_people(kind)
    ]
    return [f"{trial.kind.id}: {change.value}" for trial in trials for change in trial.changes]


@pytest.mark.parametrize("person", EVERYBODY)
def test_no_swap_of_who_somebody_is_changes_what_is_said_of_them(person: str) -> None:
    assert find_changes(person, load_knowledge()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_swap_finds_something_in_somebody(kind: str) -> None:
    assert list_people(kind)


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_of_the_suite_is_known_by_name_and_judged_by_what_they_did(person: str) -> None:
    assert find_name(read_person(person).text)
    (first, second) = write_report(read_person(person), load_knowledge()).roles
    assert max(first.score, second.score) > 0


def plant(words: str, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    """Return knowledge that takes some words for a skill, the only one beside the duties, and gives it points."""
    knowledge = load_knowledge()
    planted = Skill("planted", "planted.toml", words, "tool", (words,), (), ())
    vocabulary = replace(knowledge.vocabulary, skills={"planted": planted}, narrower={})
    for module in ("phrase_finder", "skill.skill_finder"):
        monkeypatch.setattr(f"skills.finding.{module}.load_vocabulary", lambda: vocabulary)
    evidence_ids = {**knowledge.evidence_ids, "python": knowledge.evidence_ids["python"] | {"planted"}}
    return replace(knowledge, nlp=make_pipeline(), vocabulary=vocabulary, evidence_ids=evidence_ids)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Lakisha", "names-within"),
        ("she", "pronouns"),
        ("Stanford", "school"),
        ("Palo Alto", "place"),
        ("Society of Women Engineers", "memberships"),
        ("single mother", "family-told"),
        ("Yoruba", "languages"),
    ],
)
def test_a_leak_that_is_planted_is_caught(words: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite sees a name or a school to which somebody has given a weight."""
    planted = plant(words, monkeypatch)
    assert any(find_changes(person, planted, kind) for person in PEOPLE)


@pytest.mark.long
def test_a_name_that_the_vocabulary_holds_is_still_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = plant("Emily Walsh", monkeypatch)
    assert [change for person in PEOPLE for change in find_changes(person, planted, "name-woman")] == []


def test_names_that_are_no_longer_told_from_skills_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skills.finding.pipeline.find_silent_places", lambda _text: [])
    deaf = replace(load_knowledge(), nlp=make_pipeline())
    assert find_changes("graduate-atlanta", deaf, "name-like-skill")


def test_schools_that_are_no_longer_told_from_skills_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skills.finding.skill.skill_finder.opens_name", lambda _end, _text: False)
    assert find_changes("graduate-atlanta", load_knowledge(), "school")


def make_twin(person: str) -> str:
    """Return a résumé in which everything that can be drawn is swapped at once."""
    document = read_person(person)
    for number, kind in enumerate(KINDS.values()):
        values = [value for value in kind.values if value.encode(DRAWABLE, "replace").decode(DRAWABLE) == value]
        document = swap(document, kind, values[number % len(values)], find_places(kind, document.text)).document
    return document.text


def draw_text(text: str, *others: Draw) -> bytes:
    spelt = text.encode(DRAWABLE, "replace").decode(DRAWABLE)
    lines = [
        write(line, at=(MARGIN, HEIGHT - MARGIN - 14 * row), size=7)
        for row, line in enumerate(spelt.split("\n"))
        if line
    ]
    return draw_pages(*lines, *others, resume=False)


def leave_places_out(part: Any) -> Any:  # noqa: ANN401 - any part of a report
    if isinstance(part, dict):
        return {key: leave_places_out(value) for key, value in part.items() if key not in PLACES}
    return [leave_places_out(item) for item in part] if isinstance(part, list) else part


def score_content(content: bytes) -> str:
    report = as_json(score_document(content, name="cv"))
    return json.dumps([leave_places_out(report[part]) for part in JUDGED])


@pytest.mark.parametrize("person", PEOPLE)
def test_a_drawn_resume_and_its_twin_with_everything_swapped_are_judged_alike(person: str) -> None:
    twin = make_twin(person)
    assert twin != read_person(person).text
    assert score_content(draw_text(twin)) == score_content(draw_text(read_person(person).text))


@pytest.mark.parametrize("alternative", ["A young woman", "Trained neural networks in Python and Java"])
@pytest.mark.parametrize("shade", [30, 220])
def test_a_photo_and_what_it_is_said_to_show_change_nothing(alternative: str, shade: int) -> None:
    text = read_person(PEOPLE[0]).text
    photo = paste(Image.new("L", (90, 120), shade), box=(480, 700, 70, 90))

    def draw(canvas: Canvas) -> None:
        wrap(f"/Figure <</Alt ({alternative})>> BDC", photo)(canvas)

    assert score_content(draw_text(text, draw)) == score_content(draw_text(text))


@pytest.mark.parametrize("alternative", ["A young woman", "Trained neural networks in Python and Java"])
def test_a_photo_in_a_word_document_changes_nothing(alternative: str) -> None:
    text, picture = read_person(PEOPLE[0]).text, BytesIO()
    word = docx.Document(BytesIO(build_docx(text)))
    Image.new("L", (90, 120)).save(picture, "PNG")
    word.add_picture(picture)
    word.inline_shapes[0]._inline.docPr.set("descr", alternative)  # noqa: SLF001 - python-docx has no words for it
    assert score_content(save(word)) == score_content(build_docx(text))


def split_sections(text: str) -> list[tuple[str, str]]:
    openings = list(find_openings(text))
    ends = [*(start for start, _ in openings[1:]), len(text)]
    return [(name, text[start:end].strip("\n")) for (start, name), end in zip(openings, ends, strict=True)]


def has_plain_sections(person: str) -> bool:
    """Return whether each section of a résumé stands once and under a heading, so that it can stand elsewhere."""
    names = [name for name, _ in split_sections(read_person(person).text)]
    return TOP not in names[1:] and len(set(names)) == len(names)


@pytest.mark.parametrize("person", [person for person in PEOPLE if has_plain_sections(person)])
def test_the_order_of_sections_changes_no_point(person: str) -> None:
    """The first of several equal mentions is the one quoted, so that quotations may move with the order."""
    top, *sections = [text for _, text in split_sections(read_person(person).text)]
    points = []
    for order in (sections, sections[::-1]):
        report = write_report(make_document("\n\n".join([top, *order])), load_knowledge())
        points.append([[item.points for item in role.requirements] for role in report.roles])
    assert points[0] == points[1]


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    file = tmp_path / "cv.txt"
    file.write_text(read_person("graduate-atlanta").text, encoding="utf-8")
    return file


def try_only(monkeypatch: pytest.MonkeyPatch, *kinds: str) -> None:
    """Let the command try no more than some kinds, of which each value is a report to wait for."""
    monkeypatch.setattr("skills.blindness.trials.load_swaps", lambda: [KINDS[kind] for kind in kinds])


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["blindness", *map(str, arguments)])


@pytest.mark.long
def test_the_command_tells_kinds_that_changed_nothing_from_kinds_that_found_nothing(
    resume: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(resume, "--json")
    (row,) = [json.loads(line) for line in done.stdout.splitlines()]
    results = {trial["kind"]: trial["result"] for trial in row["kinds"]}
    assert done.exit_code == 0
    assert results.keys() == KINDS.keys()
    assert (results["name-woman"], results["memberships"]) == ("same", "same")
    assert (results["street"], results["religion"]) == ("nothing-to-swap", "nothing-to-swap")
    try_only(monkeypatch, "street")
    assert "nothing to swap" in run(resume).stdout


def test_the_command_says_what_changed(resume: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = plant("Stanford", monkeypatch)
    monkeypatch.setattr("service.cli.blindness.load_knowledge", lambda _own: planted)
    try_only(monkeypatch, "school", "place")
    done = run(resume, "--json")
    (trial,) = [trial for trial in json.loads(done.stdout)["kinds"] if trial["changes"]]
    assert (done.exit_code, trial["kind"], trial["result"]) == (1, "school", "changed")
    assert {change["value"] for change in trial["changes"]} == {"Stanford"}
    assert any(item["path"] == "skills" for item in trial["changes"][0]["differences"])
    assert "“Stanford”" in run(resume).stdout


def test_a_document_that_cannot_be_read_is_told_and_the_next_one_is_tried(
    resume: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try_only(monkeypatch, "pronouns")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 and nothing after it")
    done = run(tmp_path / "bad.pdf", resume, "--json")
    assert (done.exit_code, len(done.stdout.splitlines())) == (1, 1)
    assert "bad.pdf" in done.stderr


def test_no_file_is_wrong_usage(tmp_path: Path) -> None:
    assert (run().exit_code, run(tmp_path / "none.pdf").exit_code) == (2, 2)
