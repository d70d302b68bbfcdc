"""Skills are found as an expert marks them, and look-alikes are not."""

import pytest
from spacy.vocab import Vocab

from skills.anatomy.anatomy import read_anatomy
from skills.finding.phrase_finder import PhraseFinder
from skills.finding.section_finder import SectionFinder
from skills.finding.skill.ambiguity import Conditions
from skills.finding.skill.name_index import link_names, spell_names
from skills.finding.skill.skill_finder import SkillFinder, list_named
from skills.finding.skill.vocabulary import Doubt, Skill, Vocabulary
from skills.text.tokenizer import Tokenizer
from tests.reading_text import find_mentions, find_skills


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Python (primary)", "python"),
        ("C++ and C#", "c-plus-plus"),
        ("C++ and C#", "c-sharp"),
        ("Node.JS", "node-js"),
        ("Tensor Flow", "tensorflow"),
        ("scikit learn", "scikit-learn"),
        ("Scikit-\nlearn", "scikit-learn"),
        ("PowerBI", "power-bi"),
        ("Convolutional\nneural networks", "convolutional-neural-network"),
        ("HTML5/CSS3", "css"),
        ("Languages: SAS, R, SQL", "r"),
        ("SKILLS\nPython\nR\nC++\nSQL", "r"),
        ("Java, Spring, Hibernate", "spring"),
    ],
)
def test_a_skill_is_found_in_its_spellings(text: str, skill: str) -> None:
    assert skill in find_skills(text)


@pytest.mark.parametrize(
    ("text", "skill", "counts"),
    [
        ("Ran planet-scale systems for a bank", "planetscale", False),
        ("Ran PlanetScale for a bank", "planetscale", True),
        ("Took part in design of the shop", "adobe-indesign", False),
        ("Laid out the magazine in In Design", "adobe-indesign", True),
        ("Trained a CNN in tensor flow and Python", "tensorflow", True),
        ("SKILLS\ntensor flow\n", "tensorflow", True),
    ],
)
def test_a_name_split_into_plain_words_needs_capitals_or_company(text: str, skill: str, counts: bool) -> None:  # noqa: FBT001 - a case
    assert (skill in find_skills(text)) is counts


@pytest.mark.parametrize(
    "text",
    [
        "Led go to market planning",
        "R&D budget of a platform",
        "R. C. Fernwell has a talent for figures",
        "Spring 2018 semester",
        "I excelled at school and express myself well",
        "Section C of the contract",
        "See github.com/ada/python-spark",
        "A swift and flask-shaped rust stain",
    ],
)
def test_words_with_two_lives_need_their_conditions(text: str) -> None:
    assert find_skills(text) == set()


def test_a_list_of_skills_may_be_written_all_in_small_letters() -> None:
    assert {"go", "rust", "swift"} <= find_skills("SKILLS\npython, go, rust, swift\n")
    assert find_skills("SKILLS\nready to go with the rust belt\n").isdisjoint({"go", "rust"})


def test_a_person_called_julia_jenkins_has_neither_skill() -> None:
    assert find_skills("Julia Jenkins\nAustin, TX\n\nSKILLS\nJava") == {"java"}


def test_the_longest_surface_wins() -> None:
    assert find_skills("Spring Boot") == {"spring-boot"}


def test_mentions_are_exact_spans_of_the_text() -> None:
    text = "Ada\n\nSKILLS\nPython, deep\nlearning – R"
    mentions = find_mentions(text)
    assert [mention.text for mention in mentions] == ["Python", "deep\nlearning", "R"]
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


@pytest.mark.parametrize(
    ("heading", "use"), [("EXPERIENCE", "demonstrated"), ("SKILLS", "listed"), ("EDUCATION", "studied")]
)
def test_the_section_says_what_a_mention_shows(heading: str, use: str) -> None:
    (mention,) = find_mentions(f"Ada\n\n{heading}\nPython")
    assert (mention.use, mention.page) == (use, 1)


def test_a_degree_and_its_field_are_both_found_where_they_share_words() -> None:
    assert find_skills("EDUCATION\nM.S. in Statistics, Example University") >= {"masters-degree", "statistics-field"}


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("SKILLS\nJAVA, SHINY, PRESTO", {"java", "shiny", "presto"}),
        ("Wrote tools in PYTHON and DOCKER, PRESTO", {"python", "docker", "presto"}),
        ("PRESTO, IT WORKED", set()),
        ("Built pipelines using Kafka and Go, cheaply", {"apache-kafka", "go"}),
        ("It was a case of touch and Go", set()),
    ],
)
def test_words_with_two_lives_may_be_in_capitals_where_other_skills_stand_beside_them(
    text: str, skills: set[str]
) -> None:
    assert find_skills(text) == skills


@pytest.mark.parametrize(
    ("doubt", "named", "unnamed"),
    [
        (Doubt(("rose",), company="needed", near=("model 7",)), "rose of model 7", "rose of model 8"),
        (Doubt(("rose",), not_followed_by=("<number>",)), "rose, 7", "rose 7"),
        (Doubt(("rose",), not_followed_by=("7",)), "rose 8", "rose 7"),
        (Doubt(("rose",), not_preceded_by=("version <number>",)), "version rose", "version 7 rose"),
    ],
)
def test_a_doubt_tells_a_figure_from_any_number(doubt: Doubt, named: str, unnamed: str) -> None:
    skill = Skill("rose", "roses.toml", "Rose", "tool", (), (), (doubt,))
    vocabulary, tokenizer = Vocabulary({"rose": skill}, {}, ""), Tokenizer(Vocab(), read_anatomy=read_anatomy)
    surfaces = list(list_named(vocabulary))
    names = link_names(spell_names(surfaces), surfaces)
    phrase_finder, finder = PhraseFinder(names), SkillFinder(vocabulary)

    def find(text: str) -> bool:
        return bool(finder(SectionFinder()(phrase_finder(tokenizer(text))))._.finds["skills"])

    assert (find(named), find(unnamed)) == (True, False)


def test_a_sentence_is_searched_once_however_often_it_says_a_doubtful_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was searched anew for each of them: minutes for a text of the greatest length."""
    searched: list[object] = []

    def search(conditions: Conditions, sentence: object) -> bool:
        searched.append((conditions, sentence))
        return False

    monkeypatch.setattr(Conditions, "stand_in", search)
    find_skills("EXPERIENCE\n" + "Go " * 200)
    assert len(searched) == 1


@pytest.mark.parametrize("degree", ["BSc in Statistics", "BSc, Statistics", "BSc (Statistics)", "B.Sc. Statistics"])
def test_a_degree_is_found_whatever_stands_before_its_field(degree: str) -> None:
    text = f"EDUCATION\n{degree}, Oregon Valley University, 2012 - 2016"
    assert find_skills(text) >= {"bachelors-degree", "statistics-field"}


@pytest.mark.parametrize(
    "text",
    ["ABOUT ME\nState University", "Did not continue in a PhD program", "A post-baccalaureate course", "Portland, ME"],
)
def test_a_degree_that_nobody_holds_is_none(text: str) -> None:
    assert find_skills(text) == set()


def test_the_subject_of_a_degree_is_a_field_and_no_method_beside() -> None:
    found = find_skills("EDUCATION\nMaster of Science in Data Science, 2021\n")
    assert "data-science-field" in found
    assert "data-science" not in found


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Data intern, R. K. Pumps: statistics, Python", "r"),
        ("PAPERS C=CONFERENCE, J=JOURNAL, Python programming", "c"),
        ("Python, routing for multi-modal transport", "modal"),
        ("Python, served an open LLM with vLLM", "openllm"),
        ("Python, sized the market by TAM/SAM/SOM segmentation", "segment-anything"),
        ("Python, sized the market by TAM/SAM/SOM clustering", "self-organizing-map"),
        ("Python, developed an MVP for iOS", "mvp-pattern"),
        ("Reverse engineered an app", "refactoring"),
        ("Python, GEE, remote sensing", "generalized-estimating-equations"),
        ("Yolo Plains University", "yolo"),
        ("EDUCATION\nCloud Computing course at a university", "computer-science"),
        ("Asks Gemini, Perplexity and Claude about models", "perplexity"),
        ("Python, network association analysis", "association-rule-learning"),
    ],
)
def test_letters_with_another_meaning_are_no_skill(text: str, skill: str) -> None:
    assert skill not in find_skills(text)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Detected objects with YOLO", "yolo"),
        ("SKILLS\nPython, R, YOLO, modAL, OpenLLM", "yolo"),
        ("Segmentation of images with SAM: image segmentation", "segment-anything"),
        ("Lowered the perplexity of the language model", "perplexity"),
    ],
)
def test_the_same_letters_are_the_skill_in_its_company(text: str, skill: str) -> None:
    assert skill in find_skills(text)


@pytest.mark.parametrize(
    ("short", "full"),
    [("MLE", "Machine Learning Engineer"), ("MLE II", "Machine Learning Engineer II")],
)
def test_a_title_of_one_abbreviation_shows_what_the_title_in_full_does(short: str, full: str) -> None:
    text = "EXPERIENCE\n{}, Fernmark Bank, 2019 - 2021\nLed the team."
    shown = [{(find.concept, find.use) for find in find_mentions(text.format(title))} for title in (short, full)]
    assert ("machine-learning", "demonstrated") in shown[0]
    assert shown[0] == shown[1]


def test_a_title_in_capitals_shows_what_it_does_in_small_letters() -> None:
    text = "EXPERIENCE\n{}\nFernmark Bank, 2019 - 2021\nLed the team."
    shown = [
        {find.concept for find in find_mentions(text.format(title))} for title in ("DATA ENGINEER", "Data Engineer")
    ]
    assert shown[0] == shown[1]


def test_an_abbreviation_beside_methods_is_the_method_and_no_title() -> None:
    found = {find.concept for find in find_mentions("SKILLS\nStatistics: MLE, MAP, expectation maximization")}
    assert "machine-learning" not in found


def test_a_line_of_a_narrow_column_does_not_end_its_sentence() -> None:
    lines = "Designed and built scalable\nmicroservices in Go and Python\nthat serve model predictions"
    shown = [
        {(find.concept, find.object) for find in find_mentions(f"EXPERIENCE\n{text}")}
        for text in (lines, lines.replace("\n", " "))
    ]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("name", ["Will Masters", "Ada Masters", "Anna Bachelor"])
def test_a_word_for_a_degree_in_a_persons_name_is_no_degree(name: str) -> None:
    text = f"{name}\nMachine Learning Researcher\nme@vdberg.example, Example Road 10\n\nSkills\nPython"
    assert find_skills(text) == {"machine-learning", "python"}
