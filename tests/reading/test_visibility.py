"""Only visible text counts: what nobody sees is left out and reported, and what only looks hidden counts."""

from dataclasses import replace

import pytest
from PIL import Image

from skills.document import Document
from tests.drawn import (
    CATCHWORDS,
    HEIGHT,
    SPOT,
    WIDTH,
    add_layer,
    clip,
    crop_page,
    draw_pages,
    fade,
    fill,
    in_form,
    paste,
    read_first_page,
    scan,
    wrap,
    write,
)
from tests.resumes import RESUME_TEXT
from worker.pipeline import read_resume, score_document
from worker.settings import Settings

ACTUAL_TEXT = f"/Span <</ActualText ({CATCHWORDS} Scala Erlang)>> BDC"
OTHER = "Fond of gardening"
WHITE = Image.new("L", (60, 20), 255)
BLACK = Image.new("L", (60, 20), 0)
WHOLE_PAGE = (0, 0, WIDTH, HEIGHT)
AROUND_SPOT = (SPOT[0] - 10, SPOT[1] - 10, 300, 30)

HIDDEN = {
    "white": draw_pages(write(grey=1)),
    "nearly white": draw_pages(write(grey=0.96)),
    "white on a white box": draw_pages(fill(grey=1), write(grey=1)),
    "black on a black box": draw_pages(fill(grey=0), write(grey=0)),
    "black on a black picture": draw_pages(paste(BLACK, box=AROUND_SPOT), write(grey=0)),
    "tiny": draw_pages(write(size=1)),
    "tiny by its matrix": draw_pages(wrap("q 0.05 0 0 0.05 50 100 cm", write(size=12), "Q")),
    "neither filled nor stroked": draw_pages(write(mode=3)),
    "used as a clip alone": draw_pages(write(mode=7)),
    "beside the page": draw_pages(write(at=(WIDTH + 50, 120))),
    "below the page": draw_pages(write(at=(56, -40))),
    "outside the crop box": crop_page(draw_pages(write(at=(56, 20))), bottom=60),
    "covered by a box": draw_pages(write(), fill(grey=1)),
    "covered by a picture": draw_pages(write(), paste(WHITE, box=AROUND_SPOT)),
    "covered but for its first letter": draw_pages(write(), fill(grey=1, at=(SPOT[0] + 18, SPOT[1]))),
    "clipped away": draw_pages(clip(at=(300, 500), then=write())),
    "transparent": draw_pages(fade(0, write())),
    "nearly transparent": draw_pages(fade(0.03, write())),
    "in a layer that is off": add_layer(draw_pages(wrap("/OC /Layer BDC", write())), shown=False),
    "in a form, white": draw_pages(in_form(write(grey=1))),
}

REASONS = dict.fromkeys(HIDDEN, "ground-colour") | {
    "tiny": "tiny",
    "tiny by its matrix": "tiny",
    "neither filled nor stroked": "invisible-mode",
    "used as a clip alone": "invisible-mode",
    "beside the page": "outside-page",
    "below the page": "outside-page",
    "outside the crop box": "outside-page",
    "covered by a box": "covered",
    "covered by a picture": "covered",
    "covered but for its first letter": "covered",
    "clipped away": "clipped",
    "transparent": "transparent",
    "nearly transparent": "transparent",
    "in a layer that is off": "layer-off",
}

SEEN = {
    "black": draw_pages(write()),
    "grey": draw_pages(write(grey=0.6)),
    "light on a dark box": draw_pages(fill(grey=0.2), write(grey=1)),
    "light on a dark picture": draw_pages(paste(BLACK, box=AROUND_SPOT), write(grey=0.95)),
    "dark on a light box": draw_pages(fill(grey=0.9), write()),
    "small print": draw_pages(write(size=5)),
    "crossed by a rule": draw_pages(write(), fill(grey=0, at=(SPOT[0], SPOT[1] + 13), height=0.7)),
    "clipped where it does not reach": draw_pages(clip(at=(40, 110), then=write())),
    "half transparent": draw_pages(fade(0.5, write())),
    "outlined": draw_pages(write(mode=1)),
    "in a layer that is on": add_layer(draw_pages(wrap("/OC /Layer BDC", write())), shown=True),
    "in a form": draw_pages(in_form(write())),
    "with a replacement text that says the same": draw_pages(
        wrap(f"/Span <</ActualText ({CATCHWORDS})>> BDC", write())
    ),
    "on a turned page": crop_page(draw_pages(fill(grey=0.2), write(grey=1)), bottom=0, rotation=90),
    "read by a machine, over a scan": draw_pages(
        paste(scan([(*SPOT, CATCHWORDS)]), box=WHOLE_PAGE), write(mode=3), resume=False
    ),
    "read by a machine, under a scan": draw_pages(
        write(), paste(scan([(*SPOT, CATCHWORDS)]), box=WHOLE_PAGE), resume=False
    ),
}


def read(content: bytes) -> Document:
    return read_resume(content, name="cv.pdf", settings=Settings())


@pytest.mark.parametrize("trick", HIDDEN)
def test_hidden_text_is_left_out_and_reported_with_the_reason(trick: str) -> None:
    document = read(HIDDEN[trick])
    assert document.text == read(draw_pages()).text
    [warning] = document.warnings
    assert (warning.code, warning.page, warning.reason) == ("hidden-text", 1, REASONS[trick])
    assert warning.characters == len(CATCHWORDS.replace(" ", ""))
    assert warning.excerpt == CATCHWORDS


def test_text_over_a_picture_that_shows_nothing_does_not_count() -> None:
    content = draw_pages(
        write(OTHER, at=(56, 700)), paste(Image.new("L", (6, 8), 255), box=WHOLE_PAGE), write(mode=3), resume=False
    )
    visible = draw_pages(
        paste(Image.new("L", (6, 8), 255), box=WHOLE_PAGE), write(OTHER, at=(56, 700)), write(mode=3), resume=False
    )
    assert read(visible).text == OTHER
    assert [warning.excerpt for warning in read(visible).warnings] == [CATCHWORDS]
    with pytest.raises(Exception, match="no text"):
        read(content)


@pytest.mark.parametrize("look", SEEN)
def test_text_that_only_looks_hidden_counts(look: str) -> None:
    document = read(SEEN[look])
    assert CATCHWORDS in document.text
    assert document.warnings == ()


def test_what_is_drawn_counts_and_not_the_text_that_is_to_replace_it() -> None:
    document = read(draw_pages(wrap(ACTUAL_TEXT, write(OTHER))))
    assert document.text == read(draw_pages(write(OTHER))).text
    told = [(warning.reason, warning.excerpt) for warning in document.warnings]
    assert told == [("replacement-text", f"{CATCHWORDS} Scala Erlang")]


def test_a_page_of_hidden_text_alone_has_no_text() -> None:
    with pytest.raises(Exception, match="no text"):
        read(draw_pages(write(grey=1), resume=False))


@pytest.mark.parametrize("trick", ["white", "covered by a box", "beside the page"])
def test_hidden_text_changes_neither_scores_nor_skills(trick: str) -> None:
    hidden, clean = (score_document(content, name="cv.pdf") for content in (HIDDEN[trick], draw_pages()))
    assert hidden.document.warnings
    seen = replace(hidden.document, sha256=clean.document.sha256, warnings=())
    assert replace(hidden, document=seen) == clean
    shown = score_document(SEEN["black"], name="cv.pdf")
    assert {skill.id for skill in shown.skills} > {skill.id for skill in clean.skills}


def test_each_reason_why_text_is_hidden_is_a_warning_of_its_own() -> None:
    document = read(draw_pages(write(grey=1), write("secret words", at=(56, 80), size=1)))
    told = [(warning.reason, warning.excerpt) for warning in document.warnings]
    assert sorted(told) == [("ground-colour", CATCHWORDS), ("tiny", "secret words")]


def test_one_warning_a_page_and_reason_names_the_page_and_its_first_words() -> None:
    document = read(draw_pages(write("secret words " * 20, grey=1, size=4), write(grey=1, at=(56, 80))))
    [warning] = document.warnings
    assert warning.characters == 20 * 11 + len(CATCHWORDS.replace(" ", ""))
    assert warning.excerpt.startswith("secret words")
    assert len(warning.excerpt) <= 80
    assert RESUME_TEXT.split("\n")[0] in document.text


def test_a_scanned_page_is_told_from_an_empty_and_from_a_written_one() -> None:
    spots = [(SPOT[0], SPOT[1] + 40 * row) for row in range(12)]
    written = paste(scan([(*spot, CATCHWORDS) for spot in spots]), box=WHOLE_PAGE)
    contents = (
        draw_pages(written, resume=False),
        draw_pages(fill(grey=0, height=0), resume=False),
        draw_pages(written, *(write(mode=3, at=spot) for spot in spots), resume=False),
    )
    pages = [read_first_page(content) for content in contents]
    assert [page.ocr_scope for page in pages] == ["all", "nothing", "nothing"]


@pytest.mark.parametrize("text", ["Page 1 of 2", "Powered by Resumaker", "Qzx"])
def test_page_numbers_producers_marks_and_clipped_letters_are_left_out_without_a_warning(text: str) -> None:
    document = read(draw_pages(write(text, grey=1)))
    assert text not in document.text
    assert document.warnings == ()
