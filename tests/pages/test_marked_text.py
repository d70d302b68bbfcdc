"""A report's text in pieces: whatever overlaps, no letter is lost, moved or told twice."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.presentation.marked_text import TextPiece, mark_text
from skills.judging.report import write_report
from skills.judging.report_types import PageStart
from skills.knowledge import load_knowledge
from tests.reading_text import make_document
from tests.reports import make_report
from tests.resumes import LISTED_RESUME_TEXT, LONG_RESUME_TEXT

TEXT = "Ida \U0001d4d0ble\ndid Java\n\nÉ and C"
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 9)).map(
    lambda span: (span[0], min(sum(span), len(TEXT)))
)


def join(pieces: list[TextPiece]) -> str:
    return "".join(piece.text for piece in pieces)


@given(st.lists(SPANS, max_size=6))
def test_pieces_and_marks_spell_the_text(spans: list[tuple[int, int]]) -> None:
    marked = mark_text(make_report(TEXT, spans))
    (page,) = marked.list_pages([PageStart(1, 0)])
    assert "\n".join(join(list(line.pieces)) for line in page.lines) == TEXT
    pieces = [piece for line in page.lines for piece in line.pieces]
    for (start, end), mark in marked.marks.items():
        assert join([piece for piece in pieces if mark in piece.marks]) == TEXT[start:end].replace("\n", "")


@given(st.lists(SPANS, max_size=6))
def test_every_mark_has_one_place_to_go_to(spans: list[tuple[int, int]]) -> None:
    marked = mark_text(make_report(TEXT, [span for span in spans if TEXT[span[0]] != "\n"]))
    (page,) = marked.list_pages([PageStart(1, 0)])
    opened = [number for line in page.lines for piece in line.pieces for number in piece.opens]
    assert sorted(opened) == [mark.number for mark in marked.marks.values()]


def test_pages_begin_where_the_report_says() -> None:
    marked = mark_text(make_report("one\ntwo\nthree", [], pages=3))
    pages = marked.list_pages([PageStart(1, 0), PageStart(3, 8)])
    assert [(page.number, [join(list(line.pieces)) for line in page.lines]) for page in pages] == [
        (1, ["one", "two"]),
        (3, ["three"]),
    ]


def test_a_few_words_of_evidence_are_its_shortest_and_each_once() -> None:
    text = "Built a recommender of films for a shop with Java and C++ and Java"
    spans = [
        (text.index(words), text.index(words) + len(words)) for words in ("Java", "C++", "Built a recommender of films")
    ]
    report = make_report(text, [*spans, (len(text) - 4, len(text))])
    evidence = [item for requirement in report.requirements.values() for item in requirement.evidence]
    briefly = mark_text(report).quote_briefly(evidence)
    assert [join(list(pieces)) for pieces in briefly] == ["C++", "Java"]


def test_a_long_piece_of_evidence_is_cut_between_words() -> None:
    text = "Designed and maintained distributed systems"
    report = make_report(text, [(0, len(text))])
    evidence = [item for requirement in report.requirements.values() for item in requirement.evidence]
    (pieces,) = mark_text(report).quote_briefly(evidence)
    assert join(list(pieces)) == "Designed and maintained…"


def test_quotes_show_every_evidence_once_and_in_its_words() -> None:
    report = write_report(make_document(LONG_RESUME_TEXT), load_knowledge())
    marked = mark_text(report)
    for requirement in report.requirements.values():
        quotes = marked.list_quotes(requirement.evidence)
        assert {join(list(quote.pieces)) for quote in quotes} <= {item.text for item in requirement.evidence}
        for item in requirement.evidence:
            assert any(item.start < quote.mark.end and quote.mark.start < item.end for quote in quotes)


def test_who_it_is_and_where_they_worked_is_personal() -> None:
    report = write_report(make_document(LONG_RESUME_TEXT), load_knowledge())
    pieces = [
        piece
        for page in mark_text(report).list_pages(report.document.page_starts)
        for line in page.lines
        for piece in line.pieces
    ]
    shown = "".join(piece.text for piece in pieces if not piece.personal)
    assert "Senior Machine Learning Engineer" in shown
    person = report.person
    assert person
    hidden = [person.name, person.email, person.phone, *(entry["organisation"] for entry in report.entries)]
    assert person.name
    assert [words for words in filter(None, hidden) if words in shown] == []


@pytest.mark.parametrize("employer", ["Fernmark Health", "Fernmark “North” Health"])
def test_an_employer_that_advice_quotes_is_personal(employer: str) -> None:
    report = write_report(make_document(LISTED_RESUME_TEXT.replace("Fernmark Health", employer)), load_knowledge())
    marked, gaps = mark_text(report), [gap for role in report.roles for gap in role.gaps]
    pieces = [piece for gap in gaps for part in marked.cut_advice(gap) for piece in part.pieces]
    assert any("Fernmark" in piece.text for piece in pieces)
    assert not any(re.search("Fernmark|North|Health", piece.text) for piece in pieces if not piece.personal)


def test_only_a_line_that_is_nothing_else_is_a_heading() -> None:
    marked = mark_text(make_report("Skills\nLanguages: Python\nEDUCATION:\nskills in Java", []))
    (page,) = marked.list_pages([PageStart(1, 0)])
    assert [line.heading for line in page.lines] == [True, False, True, False]


def test_every_further_mention_of_a_credited_skill_is_marked_lightly() -> None:
    report = write_report(make_document("EXPERIENCE\nWrote Python.\nWrote Python again.\n"), load_knowledge())
    (page,) = mark_text(report).list_pages([PageStart(1, 0)])
    again = [piece.text for line in page.lines for piece in line.pieces if piece.again]
    assert again == ["Python"]
    assert [piece.text for line in page.lines for piece in line.pieces if piece.marks] == ["Python"]


def test_evidence_that_overlaps_is_one_quote() -> None:
    report = make_report("Built neural networks", [(0, 21), (6, 21), (6, 12)])
    (requirement,) = report.roles[0].requirements
    quotes = mark_text(report).list_quotes(requirement.evidence)
    assert [join(list(quote.pieces)) for quote in quotes] == ["Built neural networks"]


def test_advice_is_cut_into_what_is_said_and_what_is_quoted() -> None:
    report = write_report(make_document(LISTED_RESUME_TEXT), load_knowledge())
    marked = mark_text(report)
    for role in report.roles:
        for gap in role.gaps:
            parts = marked.cut_advice(gap)
            words = [f"“{join(list(part.pieces))}”" if part.quoted else join(list(part.pieces)) for part in parts]
            assert " ".join("".join(words).split()) == gap.advice
