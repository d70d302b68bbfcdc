"""How far an act reaches, and whose it is: what a reader accepts as proof of a duty."""

import pytest

from tests.reading_text import find_duties, find_mentions


def find_texts(text: str, duty: str) -> list[str]:
    return [mention.text for mention in find_mentions(f"EXPERIENCE\n{text}") if mention.concept == duty]


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Transformers, Fine-tuning, Docker", "develop-models"),
        ("Pipelines, testing", "maintain-software"),
        ("Data | Visualization", "analyze-data"),
        ("Data & Visualization", "analyze-data"),
        ("Built: bridges – neural networks for tides", "develop-models"),
        ("Developed\tWeb applications", "develop-software"),
        ("Raw data (cleaning", "prepare-data"),
    ],
)
def test_an_act_reaches_over_no_border_of_items_or_cells(text: str, duty: str) -> None:
    assert duty not in find_duties(f"EXPERIENCE\n{text}")


def test_a_verb_that_opens_a_line_has_no_object_on_the_line_before() -> None:
    assert find_texts("Talks on voice recognition\nBuilt a shed", "develop-models") == []
    assert find_texts("Routing for web applications\nDevelopment of bridges", "develop-software") == []


def test_a_verb_of_any_other_act_that_opens_a_line_begins_something_new() -> None:
    assert find_texts("Ran a quiz, utilizing Excel\nReduced testing", "test-software") == []


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Conducted a series of lectures on deep learning", "apply-models"),
        ("Trained people for machine learning roles", "develop-models"),
        ("Designed assignments and helped students with their software", "develop-software"),
        ("Built stalls and reduced API calls", "develop-software"),
    ],
)
def test_what_lessons_are_about_was_not_made_by_who_gives_them(text: str, duty: str) -> None:
    assert duty not in find_duties(f"EXPERIENCE\n{text}")


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Optimized server allocation by training a random forest", "select-and-tune-models"),
        ("Evaluated profiles using supervised learning", "select-and-tune-models"),
        ("Designed the application under JEE architecture", "carry-life-cycle"),
        ("Integrated reports with the main model", "integrate-models"),
        ("Developed methods for wireless systems", "develop-software"),
        ("Developed functions on business requirements", "carry-life-cycle"),
    ],
)
def test_what_a_thing_was_done_with_is_not_what_was_done(text: str, duty: str) -> None:
    assert duty not in find_duties(f"EXPERIENCE\n{text}")


def test_software_is_built_around_a_model_that_is_named_near_it() -> None:
    far = "in the old town by the sea with views of ships and of the hills behind the harbour for"
    text = "EXPERIENCE\nBuilt a web application {} neural networks"
    assert "build-models-into-software" in find_duties(text.format("for"))
    assert "build-models-into-software" not in find_duties(text.format(far))


def test_a_broken_line_parts_no_act_from_its_object() -> None:
    assert find_texts("For the two shops at the harbour we developed\nneural networks", "develop-models") == [
        "developed\nneural networks"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Automated a warehouse which included a web application",
        "Designed workshops to test web applications",
        "Drew charts, achieving an application",
        "Designed bridges and maintained web applications",
        "Created a protocol for launching web services",
    ],
)
def test_an_act_has_no_object_in_the_clause_of_another(text: str) -> None:
    assert "develop-software" not in find_duties(f"EXPERIENCE\n{text}")


def test_acts_of_a_list_share_their_object() -> None:
    found = find_duties("EXPERIENCE\nDesigned, carefully tested and maintained web applications")
    assert {"develop-software", "maintain-software"} <= found


@pytest.mark.parametrize(
    "text",
    [
        "A semi-automated web application",
        "The well designed software of others",
        "Sold an automated web service",
    ],
)
def test_an_adjective_is_no_act(text: str) -> None:
    assert "develop-software" not in find_duties(f"EXPERIENCE\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "Did not build web applications",
        "I didn't develop the website",
        "Sold products without developing software",
        "Hoping to build mobile apps",
        "Learning to design and build web applications",
        "Seeking to develop a website",
        "Interested in developing mobile apps",
        "Interest in development of websites",
    ],
)
def test_what_was_not_done_or_is_hoped_for_is_no_duty(text: str) -> None:
    assert "develop-software" not in find_duties(f"EXPERIENCE\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "A platform used by sales teams to build mobile apps",
        "A product that creates web pages",
        "Sold kits that let users build mobile apps",
    ],
)
def test_what_a_product_or_its_users_do_is_nobodys_duty(text: str) -> None:
    assert "develop-software" not in find_duties(f"EXPERIENCE\n{text}")


def test_work_with_others_towards_something_is_ones_own() -> None:
    assert "deploy-models" in find_duties("EXPERIENCE\nWorked with engineers to deploy machine learning models")


def test_a_part_of_a_longer_verb_is_no_verb() -> None:
    assert find_texts("Fine-tuned a language model", "select-and-tune-models") == ["Fine-tuned a language model"]


@pytest.mark.parametrize(
    "text",
    ["Designed pipelines with FAISS and MLflow", "Implemented the F1 score and cross-validation", "Built on SageMaker"],
)
def test_tools_and_measures_are_no_models_of_ones_own(text: str) -> None:
    assert "develop-models" not in find_duties(f"EXPERIENCE\n{text}")


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Cut costs by building machine learning models", "develop-models"),
        ("Building web applications", "develop-software"),
        ("Built automated retraining pipelines", "develop-models"),
    ],
)
def test_a_noun_in_ing_may_be_a_verb(text: str, duty: str) -> None:
    assert duty in find_duties(f"EXPERIENCE\n{text}")


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Used Kafka for streaming, reducing downtime", "test-software"),
        ("Trained on features of tweets (HOG)", "develop-models"),
        ("Studied Error Correcting Codes", "maintain-software"),
        ("Analysed top-performing neural networks", "apply-models"),
        ("Developed containerized APIs", "release-software"),
        ("Saved hours by report and data entry", "analyze-data"),
        ("Paid for the use of neural networks", "apply-models"),
        ("Knew bagging, Boosting & random forests", "select-and-tune-models"),
        ("Sold the XG Boost, neural networks", "select-and-tune-models"),
        ("Reviews that can easily be used for text classification", "apply-models"),
        ("Sold workplace safety monitoring systems", "maintain-software"),
        ("Feature pipelines, Experiment tracking, CI/CD", "test-software"),
        ("Built sheds without libraries", "develop-software"),
    ],
)
def test_no_act_is_read_into_adjectives_names_effects_and_nouns(text: str, duty: str) -> None:
    assert duty not in find_duties(f"EXPERIENCE\n{text}")


def test_a_thing_with_its_kind_and_purpose_is_one_quote() -> None:
    (quote,) = find_texts("Developed a YOLO based machine learning model for object detection", "develop-models")
    assert quote == "Developed a YOLO based machine learning model for object detection"


def test_the_first_line_of_a_present_post_begins_with_its_act() -> None:
    assert "develop-models" in find_duties("EXPERIENCE\nEngineer, Acme\nMay 2020 - Present\n- Trained neural networks")
