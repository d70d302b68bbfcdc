"""The pipeline is one that a spaCy user knows."""

import pytest
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

import skills

TEXT = "Ada Lima · ada@mail.com\n\nSKILLS\nNo experience with Java\n\nEXPERIENCE\nTrained  neural-networks in Python"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return skills.load_pipeline()


def test_what_is_found_stands_in_labelled_span_groups(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc.text == TEXT
    found = {(group, span.label_, span.text) for group in doc.spans for span in doc.spans[group]}
    assert found >= {
        ("skills", "python", "Python"),
        ("skills", "neural-network", "neural-networks"),
        ("duties", "develop-models", "Trained  neural-networks"),
        ("cues", "none", "Java"),
    }
    assert [section.label_ for section in doc.spans["sections"]] == ["top", "skills", "experience"]
    (duty,) = (span for span in doc.spans["duties"] if span.label_ == "develop-models")
    assert duty.id_ == "neural-network"


def test_tokens_are_what_spacy_knows_of_them(nlp: Language) -> None:
    (address,) = (token for token in nlp(TEXT) if "@" in token.text)
    assert (address.text, address.like_email, address.is_alpha) == ("ada@mail.com", True, False)


@pytest.mark.filterwarnings("ignore:.*W117")  # says that a group is empty
@pytest.mark.parametrize("group", ["skills", "duties", "sections", "cues", "learned"])
@pytest.mark.parametrize("text", [TEXT, "", " ", "\n\n- \u00ad", "Python", "  Julia\tand\r\n2023-24, C++ \u2022 "])
def test_displacy_draws_what_is_found_in_any_text(nlp: Language, text: str, group: str) -> None:
    doc: Doc = nlp(text)
    drawn = displacy.render(doc, style="span", options={"spans_key": group}, jupyter=False)
    assert doc.text == text
    assert all(span.label_ in drawn for span in doc.spans[group])


def test_every_component_says_what_it_gives_and_needs(nlp: Language) -> None:
    assert not any((nlp.analyze_pipes() or {})["problems"].values())
    components = ["phrases", "sections", "cues", "skills", "duties", "learned", "spans"]
    assert nlp.pipe_names == [f"rolefit_{name}" for name in components]
