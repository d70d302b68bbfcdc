"""Duties are actions on objects within a sentence."""

from itertools import pairwise

import pytest

from tests.reading_text import find_duties, find_mentions


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Trained neural networks on images", "develop-models"),
        ("development of predictive models", "develop-models"),
        ("Predictive models were developed for three banks", "develop-models"),
        ("Tuned and evaluated classification models", "select-and-tune-models"),
        ("Cleaned and merged raw data", "prepare-data"),
        ("Integrated the recommendation engine into the shop", "integrate-models"),
        ("Deployed machine learning models to production", "deploy-models"),
        ("Designed, developed and maintained scalable web applications", "develop-software"),
        ("Maintaining the application", "maintain-software"),
        ("Worked closely with data scientists", "work-with-data-people"),
        ("Conducted sentiment analysis", "analyze-data"),
        ("Handled missing values", "prepare-data"),
        ("Conducted code reviews", "test-software"),
        ("Automated the deployment process", "release-software"),
        ("Used Jenkins for nightly builds", "release-software"),
    ],
)
def test_a_duty_is_found_in_active_passive_and_noun_form(text: str, duty: str) -> None:
    assert duty in find_duties(text)


def test_action_and_object_of_different_sentences_make_no_duty() -> None:
    assert "develop-models" not in find_duties("EXPERIENCE\nTrained for a marathon. Neural networks were met.")


def test_a_skill_can_be_the_object_of_a_duty() -> None:
    assert "develop-models" in find_duties("Implemented logistic regression")


def test_the_span_reaches_from_action_to_object() -> None:
    text = "I have trained deep neural networks"
    (mention,) = (found for found in find_mentions(text) if found.concept == "develop-models")
    assert mention.text == text[mention.start : mention.end]
    assert mention.text.startswith("trained")


def test_one_duty_on_two_things_is_two_pieces_of_evidence() -> None:
    found = find_mentions("Trained neural networks and decision trees. Trained neural networks again.")
    assert {mention.object for mention in found if mention.concept == "develop-models"} == {
        "neural-network",
        "decision-trees",
    }


def test_a_post_is_shown_by_the_head_of_a_resume_or_of_a_present_entry() -> None:
    assert "hold-modeling-post" in find_duties("Data Scientist\nAda Example\n\nEDUCATION\nBachelor")
    filler = "Wrote letters to many people about many things. " * 30
    assert "hold-modeling-post" not in find_duties(f"{filler} Asked a data scientist for advice. {filler}")
    assert "hold-modeling-post" in find_duties(f"{filler}\nEXPERIENCE\nData Scientist, May 2017 - Present\n{filler}")


def test_a_former_post_counts_where_the_duty_says_so() -> None:
    former = "EXPERIENCE\nBaker, May 2019 - Present\nBaked bread.\n\n{}, May 2012 - June 2014\nWrote letters."
    assert "hold-software-post" in find_duties(former.format("Software Engineer"))
    assert "hold-modeling-post" in find_duties(former.format("Data Scientist"))


def count_posts(*heads: str) -> int:
    """Return how many posts in software are told apart that follow each other year by year."""
    posts = "\n".join(f"{head}, {2012 + number} - {2013 + number}\nWrote letters." for number, head in enumerate(heads))
    found = find_mentions(f"EXPERIENCE\n{posts}")
    return len({mention.object for mention in found if mention.concept == "hold-software-post"})


def test_two_posts_count_alike_whether_their_titles_are_the_same_or_not() -> None:
    assert count_posts("Software Engineer", "Software Engineer") == 2
    assert count_posts("Software Engineer", "Senior Software Engineer") == 2


def test_a_post_told_twice_with_the_same_dates_is_one() -> None:
    twice = "EXPERIENCE\n" + 2 * "Software Engineer, 2012 - 2013\nWrote letters.\n"
    assert len({mention.object for mention in find_mentions(twice) if mention.concept == "hold-software-post"}) == 1


ASSISTANT = (
    "EXPERIENCE\nResearch Assistant, Fernmark Lab, 2019 - 2021\n- {}\nData Scientist, Larch, 2017 - 2018\n- Led."
)


def test_an_open_title_is_a_post_in_the_field_that_its_entry_bears_out() -> None:
    """The Data Scientist stands beside it so that only the number of posts can tell."""
    posts = [
        sum(find.concept == "hold-modeling-post" for find in find_mentions(ASSISTANT.format(done)))
        for done in ("Trained neural networks.", "Counted birds on the coast.", "No experience with machine learning.")
    ]
    assert posts == [2, 1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "SUMMARY\nMachine learning for hospitals",
        "EXPERIENCE\nMachine Learning, Example Inc, May 2019 - Present",
        "EXPERIENCE\nMachine Learning, Example Inc, May 2012 - June 2014\nWork.",
    ],
)
def test_a_subject_counts_in_the_summary_and_at_the_head_of_the_latest_entry(text: str) -> None:
    assert "do-machine-learning-now" in find_duties(text)


@pytest.mark.parametrize(
    "text",
    [
        "EXPERIENCE\nBaker, May 2019 - Present\nBread.\n\nCakes.\n\nMachine Learning, June 2012 - May 2014\nWork.",
        "SKILLS\nMachine learning",
        "SUMMARY\nAspiring machine learning engineer",
    ],
)
def test_a_subject_of_before_or_hoped_for_is_not_what_a_person_does_now(text: str) -> None:
    assert "do-machine-learning-now" not in find_duties(text)


def test_an_action_may_need_something_beside_its_object() -> None:
    assert "build-models-into-software" in find_duties("EXPERIENCE\nBuilt a web application around a neural network")
    assert "build-models-into-software" not in find_duties("EXPERIENCE\nBuilt a web application. Met a neural network.")


@pytest.mark.parametrize(
    "text", ["Shipped an in-app copilot that answers tax questions", "Maintained an AI assistant", "Built two LLM apps"]
)
def test_an_application_that_is_made_of_a_model_is_software_with_one(text: str) -> None:
    assert "build-models-into-software" in find_duties(f"EXPERIENCE\n{text}")


def test_to_use_a_model_is_not_to_develop_one() -> None:
    duties = find_duties("EXPERIENCE\nUsed speech recognition")
    assert "apply-models" in duties
    assert "develop-models" not in duties


def test_a_heading_is_no_part_of_a_duty() -> None:
    assert find_duties("Ada\n\nWORK EXPERIENCE\nwith software engineers") == set()


@pytest.mark.parametrize("contact", ["a@b.example", f"{'a' * 60}@{'b' * 60}.example, +44 20 7946 0958"])
def test_how_long_a_contact_is_does_not_say_how_far_the_summary_reaches(contact: str) -> None:
    summary = "Builds things. " * 76
    assert "hold-software-post" in find_duties(f"Ada Example\nLeeds, {contact}\n{summary}\nSoftware engineer")


@pytest.mark.parametrize("place", ["Ulm", "San Francisco, California, United States of America"])
def test_how_long_a_place_is_does_not_say_how_far_the_head_of_an_entry_reaches(place: str) -> None:
    work = f"{'For the many shops ' * 5}deep learning"
    text = f"EXPERIENCE\nCoder, 2018 - 2019\nThings\n\nMay 2010 - Present {place}\n{work}"
    assert "do-machine-learning-now" in find_duties(text)


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Fine-tuned a language model on letters of complaint", "develop-models"),
        ("Evaluated retrieval by recall and by an LLM-as-a-judge", "select-and-tune-models"),
        ("Benchmarked four rerankers against the baseline", "select-and-tune-models"),
        ("Built streaming pipelines and a feature pipeline for bookings", "prepare-data"),
        ("Designed dashboards for the harbour", "analyze-data"),
        ("Built a chatbot around a language model", "build-models-into-software"),
        ("Created Python scripts and web pages", "develop-software"),
        ("Improved response time and test coverage", "maintain-software"),
        ("Dockerized the web service", "release-software"),
        ("Gathered business requirements and wrote design documents", "carry-life-cycle"),
        ("Mentored junior engineers", "lead-development"),
        ("Worked closely with designers", "work-with-data-people"),
    ],
)
def test_what_people_of_today_do_is_a_duty(text: str, duty: str) -> None:
    assert duty in find_duties(f"EXPERIENCE\n{text}")


@pytest.mark.parametrize("text", ["Hosted guests from all of the API", "Published papers"])
def test_what_is_done_with_other_things_is_no_duty(text: str) -> None:
    assert "release-software" not in find_duties(f"EXPERIENCE\n{text}")


def find_quotes(text: str, duty: str) -> list[tuple[int, int]]:
    return sorted((found.start, found.end) for found in find_mentions(text) if found.concept == duty)


@pytest.mark.parametrize(
    "text",
    [
        "Trained random forests, gradient boosting and an LSTM",
        "Neural networks and decision trees were trained",
        "Designed, developed and maintained web applications and mobile apps",
    ],
)
def test_no_quote_of_a_duty_repeats_words_of_another(text: str) -> None:
    for duty in ("develop-models", "develop-software"):
        quotes = find_quotes(f"EXPERIENCE\n{text}", duty)
        assert all(end <= start for (_, end), (start, _) in pairwise(quotes))


def test_who_develops_a_model_does_not_apply_it_by_the_same_words() -> None:
    duties = find_duties("EXPERIENCE\nImplemented and applied neural networks")
    assert "develop-models" in duties
    assert "apply-models" not in duties


def test_a_product_is_not_what_its_last_word_names() -> None:
    assert "develop-software" not in find_duties("EXPERIENCE\nBuilt on the OpenAI API")


def test_a_noun_is_not_the_verb_that_it_is_spelt_like() -> None:
    assert "develop-models" not in find_duties("EXPERIENCE\nRan programs about machine learning for schools")
