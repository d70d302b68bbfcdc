"""A role drafted from a job posting asks for what that asks for, and finds the résumé that was written for it."""

from pathlib import Path

import pytest
import rtoml

from service.search.spellings import find_skills
from skills.drafting.draft import Draft, draft_role
from skills.drafting.draft_file import write_draft
from skills.drafting.postings import EmptyPostingError
from skills.judging.report import write_report
from skills.knowledge import check_own_role, check_unsaved_role, load_knowledge
from skills.roles.profiles import ALL_POINTS, Requirement
from tests.postings import POSTINGS, RESUMES
from tests.reading_text import make_document


@pytest.fixture(scope="module")
def drafts() -> dict[str, Draft]:
    return {name: draft_role(text, load_knowledge()) for name, text in POSTINGS.items()}


@pytest.fixture(scope="module")
def folder(drafts: dict[str, Draft], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drafts as they are written, unedited, in a folder of roles."""
    folder = tmp_path_factory.mktemp("roles")
    for name, draft in drafts.items():
        (folder / f"{name}.toml").write_text(write_draft(draft), encoding="utf-8")
    return folder


def find_requirement(draft: Draft, concept: str) -> Requirement:
    (found,) = (item for item in draft.profile.requirements if concept in item.skills + item.duties)
    return found


@pytest.mark.parametrize("trade", POSTINGS)
def test_a_drafted_role_scores_the_resume_written_for_it_highest_of_ten(folder: Path, trade: str) -> None:
    knowledge = load_knowledge(folder)
    (place,) = (i for i, profile in enumerate(knowledge.profiles) if profile.id.endswith(trade))
    scores = {name: write_report(make_document(text), knowledge).roles[place].score for name, text in RESUMES.items()}
    best, second = sorted(scores, key=lambda name: -scores[name])[:2]
    assert (len(scores), best) == (10, trade)
    assert scores[best] > scores[second] + 20


@pytest.mark.parametrize("trade", POSTINGS)
def test_a_draft_passes_every_check_as_it_is_written(folder: Path, trade: str) -> None:
    profile = check_own_role(folder / f"{trade}.toml")
    assert sum(item.possible for item in profile.requirements) == pytest.approx(ALL_POINTS)


def test_each_requirement_quotes_the_sentence_that_it_comes_from(drafts: dict[str, Draft]) -> None:
    for name, draft in drafts.items():
        assert all(item.quote in POSTINGS[name] for item in draft.profile.requirements)
    assert find_requirement(drafts["data-engineer"], "python").quote == "Strong SQL and Python"


def test_what_is_nice_to_have_is_worth_half_of_what_is_required(drafts: dict[str, Draft]) -> None:
    draft = drafts["data-engineer"]
    required, optional = (find_requirement(draft, name).possible for name in ("python", "apache-kafka"))
    assert required == pytest.approx(2 * optional, abs=0.2)
    assert find_requirement(drafts["front-end-developer"], "next-js").possible < required


def test_one_of_a_choice_meets_the_requirement_and_all_of_an_enumeration_do(drafts: dict[str, Draft]) -> None:
    draft = drafts["data-engineer"]
    assert find_requirement(draft, "microsoft-azure").enough == 1
    assert find_requirement(draft, "apache-airflow").enough == 2


def list_left_out(draft: Draft, reason: str) -> dict[str, str]:
    return {left.sentence: left.detail for left in draft.left_out if left.reason == reason}


def test_protected_criteria_are_left_out_and_said(drafts: dict[str, Draft]) -> None:
    draft = drafts["data-engineer"]
    left = list_left_out(draft, "protected-criterion")
    assert left.keys() == {"Not older than 35", "German on the level of a native speaker"}
    assert left["Not older than 35"].startswith("No role may ask for it (age). A role may ask for experience")
    assert "# Left out: “Not older than 35” No role may ask for it (age)." in write_draft(draft)


def test_a_protected_criterion_is_said_wherever_it_stands() -> None:
    draft = draft_role(
        "About us\nA team of young men. We serve banks.\nData Engineer\nFemale applicants wanted.\n"
        "Requirements\nPython\nBenefits\nMarried candidates welcome.\nParental leave.\nHow to apply\nSend a photo.\n",
        load_knowledge(),
    )
    assert list_left_out(draft, "protected-criterion").keys() == {
        "A team of young men.",
        "Female applicants wanted.",
        "Married candidates welcome.",
        "Send a photo.",
    }
    assert [item.title for item in draft.profile.requirements] == ["Python"]


def test_what_nothing_is_known_of_is_said(drafts: dict[str, Draft]) -> None:
    assert list_left_out(drafts["data-engineer"], "nothing-found").keys() == {"Willingness to travel"}


def draft_items(*items: str) -> Draft:
    return draft_role("Data Engineer\n\nRequirements\n" + "".join(f"- {item}\n" for item in items), load_knowledge())


def test_a_line_that_repeats_another_is_left_out_as_asked_for_there() -> None:
    draft = draft_items("Python and SQL", "Good Python", "You write SQL")
    left = list_left_out(draft, "asked-for-elsewhere")
    assert left["Good Python"] == "Python is already asked for by “Python and SQL”."
    assert "“Python and SQL”" in left["You write SQL"]
    assert not list_left_out(draft, "nothing-found")


@pytest.mark.parametrize("name", ["Rust", "Go", "R", "Spark", "Swift", "Flask"])
@pytest.mark.parametrize("sentence", ["{}", "{} or Java", "Proficiency in {}"])
def test_a_name_with_a_second_meaning_is_drafted_where_it_is_an_item(name: str, sentence: str) -> None:
    draft = draft_items("Python", sentence.format(name))
    assert any(name in item.title.split() for item in draft.profile.requirements)
    assert not list_left_out(draft, "unknown-name")


@pytest.mark.parametrize("idiom", ["Go the extra mile", "You excel under pressure", "React quickly to incidents"])
def test_a_word_that_is_no_name_there_is_not_drafted(idiom: str) -> None:
    draft = draft_items("Python", idiom)
    assert all(item.quote != idiom for item in draft.profile.requirements)
    assert not list_left_out(draft, "unknown-name")


@pytest.mark.parametrize("sentence", ["Quuxflow and Docker", "Docker, Quuxflow", "Docker or Quuxflow", "Quuxflow"])
def test_an_unknown_name_is_said_whatever_is_known_beside_it(sentence: str) -> None:
    draft = draft_items("Python", sentence)
    assert list_left_out(draft, "unknown-name") == {sentence: "Rolefit does not know Quuxflow."}
    assert any("docker" in item.skills for item in draft.profile.requirements) == ("Docker" in sentence)


@pytest.mark.parametrize(
    "sentence", ["Familiarity with quuxflow", "5 years of experience with quuxflow", "quuxFlow skills"]
)
def test_an_unknown_name_is_said_in_small_letters_and_in_front(sentence: str) -> None:
    (detail,) = list_left_out(draft_items("Python", sentence), "unknown-name").values()
    assert detail.casefold() == "rolefit does not know quuxflow."


@pytest.mark.parametrize("sentence", ["Experience in a team", "Experience with our product", "Willing to learn"])
def test_words_that_name_nothing_are_no_unknown_name(sentence: str) -> None:
    assert list_left_out(draft_items("Python", sentence), "nothing-found").keys() == {sentence}


def test_nothing_that_the_vocabulary_knows_is_called_unknown(drafts: dict[str, Draft]) -> None:
    unknown = [detail for draft in drafts.values() for detail in list_left_out(draft, "unknown-name").values()]
    words = " ".join(unknown).removesuffix(".").split()
    assert [word for word in words if find_skills(word.strip(",."))] == []


@pytest.mark.parametrize(
    ("sentence", "skill", "years"),
    [
        ("5+ years of experience with Python", "python", "5+ years"),
        ("At least three years of Python", "python", "at least three years"),
        ("Python (2 - 4 yrs)", "python", "2 - 4 yrs"),
        ("Experience in fintech, 3 years", "finance", "3 years"),
    ],
)
def test_the_years_asked_for_are_kept_though_another_line_names_the_skill_first(
    sentence: str, skill: str, years: str
) -> None:
    draft = draft_items("Use Python at a fintech", sentence)
    requirement = find_requirement(draft, skill)
    assert requirement.title.endswith(f"({years})")
    assert requirement.quote == sentence


def test_years_alone_are_left_out_because_years_are_not_scored() -> None:
    assert list_left_out(draft_items("Python", "5 years in a similar position"), "years-alone")


@pytest.mark.parametrize("name", ["LangChain", "PyTorch", "Go", "scikit-learn", "Kubernetes", "machine learning"])
@pytest.mark.parametrize("sentence", ["Experience with {}", "3 years of experience in {}", "You have worked with {}"])
def test_experience_with_something_drafts_the_thing_and_no_duty(name: str, sentence: str) -> None:
    asked = [item for item in draft_items(sentence.format(name)).profile.requirements if name in item.quote]
    assert [(len(item.skills), item.duties) for item in asked] == [(1, ())]


def test_experience_in_doing_something_drafts_the_duty() -> None:
    assert (
        find_requirement(draft_items("Experience in deploying models"), "deploy-models").dimension == "responsibilities"
    )


def test_a_choice_keeps_what_another_line_asks_for_as_well() -> None:
    draft = draft_items("LangChain", "LangChain or LlamaIndex")
    (choice,) = (item for item in draft.profile.requirements if "llamaindex" in item.skills)
    assert (choice.skills, choice.enough) == (("langchain", "llamaindex"), 1)
    assert choice.title == "LangChain or LlamaIndex"
    check_unsaved_role(draft.profile)


def test_a_choice_of_one_kind_is_none_of_another() -> None:
    draft = draft_items("Python and Java, AWS or Google Cloud")
    assert find_requirement(draft, "java").enough == 2
    assert find_requirement(draft, "amazon-web-services").enough == 1


def test_what_the_employer_says_of_itself_is_not_asked_for(drafts: dict[str, Draft]) -> None:
    assert "kubernetes" not in str(drafts["data-engineer"].profile)


def list_asked(draft: Draft) -> set[str]:
    return {concept for item in draft.profile.requirements for concept in item.skills}


@pytest.mark.parametrize(
    "sentence",
    [
        "We run Kubernetes and love Rust.",
        "Our platform is built with Kubernetes.",
        "Brackwater Parcels uses Kubernetes.",
        "Since 2019 our robots have run on Kubernetes.",
        "If you have never used Kubernetes, don't worry.",
        "Send your CV and a link to Kubernetes work.",
    ],
)
def test_a_sentence_that_asks_for_nothing_is_left_out_wherever_it_stands_and_said(sentence: str) -> None:
    draft = draft_items("Python", sentence)
    assert list_asked(draft) == {"python"}
    assert list_left_out(draft, "asks-nothing").keys() == {sentence}


@pytest.mark.parametrize(
    "sentence",
    ["We expect Kubernetes.", "Our ideal candidate knows Kubernetes.", "We use Kubernetes, and you know it."],
)
def test_a_sentence_of_the_employer_that_asks_is_drafted(sentence: str) -> None:
    assert list_asked(draft_items("Python", sentence)) == {"python", "kubernetes"}


def test_an_introduction_asks_only_where_it_speaks_to_the_reader() -> None:
    draft = draft_role(
        "Data Engineer\nBrackwater · Oslo\nParcels all over the north, on Kubernetes.\nYou will use Kafka.\n\n"
        "What you'll do\nUse Python",
        load_knowledge(),
    )
    assert {"apache-kafka", "python"} <= list_asked(draft)
    assert list_left_out(draft, "asks-nothing").keys() == {
        "Brackwater · Oslo",
        "Parcels all over the north, on Kubernetes.",
    }


@pytest.mark.parametrize(
    "heading",
    [
        "About Brackwater",
        "Why Brackwater?",
        "🙌 About us",
        "Benefits & Perks",
        "## How we hire",
        "Über uns",
        "Wir bieten",
        "What's in it for you",
    ],
)
def test_a_heading_that_opens_what_is_not_asked_for_is_known_in_many_forms(heading: str) -> None:
    draft = draft_role(
        f"Data Engineer\n\n🎯 Your profile\n→ Python\n\n{heading}\n- Docker and Java\n", load_knowledge()
    )
    assert list_asked(draft) == {"python"}
    assert not list_left_out(draft, "unknown-name")


def test_a_label_before_its_value_opens_no_part() -> None:
    draft = draft_role(
        "Data Engineer\nLocation: Pune\nRequirements\n1. Python\n2. Salary: good\n3. Kafka\n", load_knowledge()
    )
    assert list_asked(draft) == {"python", "apache-kafka"}


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Linux, Bash and Python or Go", [({"bash"}, 1), ({"python", "go"}, 1)]),
        ("Build microservices in Java or Kotlin", [({"microservices"}, 1), ({"java", "kotlin"}, 1)]),
        ("Write Java and Scala for Kafka", [({"java", "scala"}, 2)]),
        ("SQL and languages such as Python, Scala", [({"sql"}, 1), ({"python", "scala"}, 1)]),
        ("Python (pandas) or R", [({"python", "r"}, 1)]),
    ],
)
def test_a_choice_is_between_what_stands_in_its_list(sentence: str, asked: list[tuple[set[str], int]]) -> None:
    skills = [item for item in draft_items(sentence).profile.requirements if item.dimension == "skills"]
    assert [(set(item.skills), item.enough) for item in skills if item.quote == sentence] == asked


def test_a_line_that_begins_with_years_is_an_item_and_years_may_be_or_more() -> None:
    draft = draft_role(
        "Data Engineer\nRequirements\nA degree in physics\n3+ years of Java\nFive or more years of Go\n"
        "2 or more years of C",
        load_knowledge(),
    )
    assert {"Java (3+ years)", "Go (five or more years)", "C (2 or more years)"} <= {
        item.title for item in draft.profile.requirements
    }


def test_a_welcome_to_everybody_is_no_protected_criterion() -> None:
    draft = draft_items("Python", "We welcome applicants of every age, gender and background.")
    assert not list_left_out(draft, "protected-criterion")


def test_the_words_of_the_title_are_no_unknown_name() -> None:
    draft = draft_items("Python", "We look for a Data Engineer with Quuxflow.")
    assert list_left_out(draft, "unknown-name").popitem()[1] == "Rolefit does not know Quuxflow."


def test_the_role_is_named_by_the_post_alone(drafts: dict[str, Draft]) -> None:
    titles = [draft.profile.title for draft in drafts.values()]
    assert titles == ["Senior Data Engineer", "Front End Developer", "Site Reliability Engineer"]


def test_a_posting_for_a_built_in_role_gets_a_name_of_its_own_and_asks_for_the_post() -> None:
    draft = draft_role("Machine Learning Engineer\n\nWhat you’ll bring:\n- Python\n", load_knowledge())
    assert (draft.profile.id, draft.left_out) == ("machine-learning-engineer-drafted", ())
    assert find_requirement(draft, "hold-modeling-post").quote == "Machine Learning Engineer"


def test_a_posting_with_signs_of_toml_is_still_valid_toml() -> None:
    draft = draft_role(
        'Clerk "of" \\ts\n\nRequirements\n- """ Python \'\'\' # ] \\u \n- we say: "hello" = \\\n', load_knowledge()
    )
    assert rtoml.loads(write_draft(draft))["requirements"][0]["skills"] == ["python"]


def test_a_posting_that_asks_for_nothing_known_is_told_so() -> None:
    with pytest.raises(EmptyPostingError):
        draft_role("Gardener\n\nRequirements\n- A green thumb", load_knowledge())


@pytest.mark.parametrize(
    "opening",
    [
        "Data Engineer",
        "We seek a Data Engineer.",
        "Job title: Data Engineer",
        "Quuxcorp is looking for our next Data Engineer",
        "We are hiring a Data Engineer to join our team in Ghent.",
        "You will work as a Data Engineer with two teams.",
        "Data Engineer required",
        "Data Engineer wanted!",
        "A Data Engineer is needed in Oslo.",
        "The Data Engineer will own our tables.",
        "Our client, a bank in Ghent, is searching for an experienced Data Engineer to strengthen its team.",
        "hey there, we are a tiny studio & need a Data Engineer :)",
        "Wir suchen Data Engineer (m/w/d)",
        "Hi! Quuxcorp is hiring a Data Engineer (Lakes).",
        "We are looking for two Data Engineers to join our team.",
    ],
)
def test_the_title_of_a_draft_is_that_of_the_post(opening: str) -> None:
    assert draft_role(f"{opening}\n\nRequirements\n- Python\n", load_knowledge()).profile.title == "Data Engineer"


def test_a_posting_that_names_no_post_is_called_a_role_and_asks_for_what_it_says() -> None:
    draft = draft_role("We seek somebody who likes Python.\nYou know SQL.", load_knowledge())
    assert (draft.profile.title, draft.left_out) == ("Role", ())
    assert list_asked(draft) == {"python", "sql"}


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("Underwater Welder", "Underwater Welder"),
        ("An Underwater Welder is needed.", "Underwater Welder"),
        ("we're looking for an underwater welder with two cats!", "Underwater welder"),
        ("we're looking for a data engineer", "Data engineer"),
        ("We seek a person who likes water.", "Role"),
    ],
)
def test_a_title_of_an_unknown_trade_or_in_small_letters_is_kept(opening: str, title: str) -> None:
    assert draft_role(f"{opening}\nPython", load_knowledge()).profile.title == title


def test_what_stands_before_the_words_of_seeking_is_on_the_employer() -> None:
    draft = draft_items("Python", "Quuxcorp, a logistics start-up on AWS, is looking for a Data Engineer.")
    assert (list_asked(draft), draft.left_out) == ({"python"}, ())
    draft = draft_items("Python", "Quuxcorp on AWS is looking for a Data Engineer with Kafka and Zorbitron.")
    assert list_asked(draft) == {"python", "apache-kafka"}
    assert [left.detail for left in draft.left_out] == ["Rolefit does not know Zorbitron."]


def test_a_label_before_the_title_ends_what_is_said_of_the_company() -> None:
    text = "About the company\nQuuxcorp uses SAP.\n\nRole: Data Analyst\nYou will need SQL.\n"
    draft = draft_role(text, load_knowledge())
    assert (draft.profile.title, list_asked(draft)) == ("Data Analyst", {"sql"})


@pytest.mark.parametrize("needed", ["Main duties", "Essential criteria"])
@pytest.mark.parametrize(
    "heading", ["Desirable criteria", "Desirable skills", "Desirables", "Von Vorteil", "Extra brownie points for"]
)
def test_a_heading_may_have_words_beside_its_own(heading: str, needed: str) -> None:
    draft = draft_role(f"Welder\n\n{needed}\nPython\n\n{heading}\nRust", load_knowledge())
    required, optional = (find_requirement(draft, name).possible for name in ("python", "rust"))
    assert required == pytest.approx(2 * optional, abs=0.2)
    assert not draft.left_out


@pytest.mark.parametrize(
    "sentence",
    [
        "Rust is an advantage but not required.",
        "Knowledge of Rust would be an asset.",
        "Some Rust never hurts.",
        "Kenntnisse in Rust sind von Vorteil.",
        "You don't need Java, but Rust helps.",
    ],
)
def test_what_is_an_advantage_though_not_needed_is_nice_to_have(sentence: str) -> None:
    draft = draft_items("Python", sentence)
    assert list_asked(draft) == {"python", "rust"}
    required, optional = (find_requirement(draft, name).possible for name in ("python", "rust"))
    assert required == pytest.approx(2 * optional, abs=0.2)


@pytest.mark.parametrize(
    "sentence", ["No programming in Java is needed.", "Java is not required.", "Java ist kein Muss."]
)
def test_what_is_not_needed_is_not_asked_for(sentence: str) -> None:
    assert list_asked(draft_items("Python", sentence)) == {"python"}


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("React (2+ years), Vue", {"React (2+ years), Vue.js"}),
        ("Vue, React (2+ years)", {"Vue.js, React (2+ years)"}),
        ("C and C++ (minimum 5 years)", {"C, C++ (minimum 5 years)"}),
        ("Mindestens 3 Jahre Erfahrung mit Java", {"Java (mindestens 3 Jahre)"}),
    ],
)
def test_years_are_of_the_name_that_they_stand_behind(sentence: str, titles: set[str]) -> None:
    draft = draft_items(sentence)
    assert {item.title for item in draft.profile.requirements if item.quote == sentence} == titles
    assert not draft.left_out


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("You'll join a team that builds our app in Swift and SwiftUI.", {"swift", "swiftui"}),
        ("You move data from Oracle to Snowflake.", {"oracle-database", "snowflake"}),
        ("You teach PhD students ROS 2 and Power BI.", {"ros-2", "power-bi"}),
    ],
)
def test_a_name_is_a_skill_beside_other_names_but_no_part_of_one(sentence: str, asked: set[str]) -> None:
    assert list_asked(draft_items("Redis", sentence)) == {"redis", *asked}


def test_a_degree_and_its_field_are_asked_for_apart_and_the_field_is_no_skill() -> None:
    draft = draft_items("Python", "A PhD in Machine Learning, Physics or a similar field")
    assert list_asked(draft) == {"python", "doctorate", "machine-learning-field", "physics"}
    assert find_requirement(draft, "physics").enough == 1
    assert find_requirement(draft, "doctorate").skills == ("doctorate",)


def test_german_is_read_as_english_is() -> None:
    draft = draft_items("AWS oder Azure", "Du bereitest Daten mit Kafka und SQL auf", "Studium der Informatik")
    assert find_requirement(draft, "amazon-web-services").enough == 1
    assert {"apache-kafka", "sql"} <= list_asked(draft)
    assert {left.reason for left in draft.left_out} <= {"nothing-found"}


def test_sentences_in_small_letters_are_read_one_by_one() -> None:
    draft = draft_role(
        "we need a welder. python is a must. 3 years would be nice. some kafka never hurts.", load_knowledge()
    )
    assert list_asked(draft) == {"python", "apache-kafka"}
    assert list_left_out(draft, "years-alone").keys() == {"3 years would be nice."}


def test_an_amount_of_money_is_no_unknown_name() -> None:
    assert not list_left_out(draft_items("Python", "You earn 48k."), "unknown-name")


def test_what_is_ideal_behind_what_is_asked_for_is_nice_to_have_alone() -> None:
    draft = draft_items("SQL, ideally PostgreSQL")
    required, optional = (find_requirement(draft, name).possible for name in ("sql", "postgresql"))
    assert required == pytest.approx(2 * optional, abs=0.2)


@pytest.mark.parametrize("heading", ["It's a bonus if you", "What would make us really happy?"])
def test_a_line_that_opens_what_is_a_bonus_is_a_heading(heading: str) -> None:
    draft = draft_role(f"Welder\n\nYou have\n- used Python\n\n{heading}\n- have used Kafka", load_knowledge())
    required, optional = (find_requirement(draft, name).possible for name in ("python", "apache-kafka"))
    assert required == pytest.approx(2 * optional, abs=0.2)


def test_a_choice_between_a_skill_and_a_tool_is_one_line() -> None:
    choice = find_requirement(draft_items("You model in Stan or PyMC"), "stan")
    assert (choice.title, choice.enough) == ("Stan or PyMC", 1)


def test_a_choice_within_a_list_of_other_things_is_theirs() -> None:
    draft = draft_items("Helm, ArgoCD, Python or Bash, Datadog")
    assert find_requirement(draft, "helm").enough == 3
    assert find_requirement(draft, "python").enough == 1


def test_a_heading_of_what_is_not_required_asks_for_nothing() -> None:
    draft = draft_role("Welder\n\nMust haves\n* Python\n\nNot required\n* C++\n", load_knowledge())
    assert list_asked(draft) == {"python"}


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("You write Java (Kotlin is fine too) and you care about tests.", [({"java", "kotlin"}, 1)]),
        ("Answer questions with SQL, Amplitude or Mixpanel.", [({"sql", "amplitude-analytics", "mixpanel"}, 1)]),
        ("Linux, Python or Go", [({"python", "go"}, 1)]),
        ("Some language (Python or Go), and Java", [({"java"}, 1), ({"python", "go"}, 1)]),
        ("Monitor models in production and retrain them.", [({"model-monitoring"}, 1)]),
        ("Write C++ 17 or Rust", [({"c-plus-plus", "rust"}, 1)]),
        ("Bring models in production.", [({"model-deployment"}, 1)]),
    ],
)
def test_a_choice_and_the_work_of_a_sentence_are_read_as_people_mean_them(
    sentence: str, asked: list[tuple[set[str], int]]
) -> None:
    skills = [item for item in draft_items("Redis", sentence).profile.requirements if item.dimension == "skills"]
    assert [(set(item.skills), item.enough) for item in skills if item.quote == sentence] == asked


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("A degree in Economics or Mathematics", {"Economics or Mathematics"}),
        ("Abgeschlossenes Studium der Informatik oder Physik", {"Informatik or Physik"}),
        ("A degree in Computer Science, Linguistics or similar", {"Computer Science or Linguistics"}),
        ("MSc in Computational Linguistics or Computer Science", {"Master's degree", "Computer Science"}),
        ("A degree in a discipline such as Physics or Mathematics", {"Physics or Mathematics"}),
        ("MSc in Physics and 4 years of Java", {"Master's degree", "Physics"}),
        ("BS/MS in Statistics", {"Bachelor's degree or Master's degree", "Statistics"}),
    ],
)
def test_a_field_of_study_is_asked_for_as_it_is_written_whatever_stands_before_it(
    sentence: str, titles: set[str]
) -> None:
    draft = draft_items("Python", sentence)
    assert {item.title for item in draft.profile.requirements if item.dimension == "education"} == titles
    assert not draft.left_out


@pytest.mark.parametrize(
    "sentence",
    [
        "Fluent English (C1)",
        "Willing to travel to Quuxford",
        "An office in the Nordics",
        "The fifth person on the data team of Harrow Mutual, an insurer from Quuxford",
        "A BS is enough.",
        "Was Sie tun",
        "At Quuxcorp you work on Tuesdays and turn EUR 5 into 3D maps.",
        "You must have the right to work in the UK.",
        "You will maintain the Agency's maps.",
        "WHAT YOU WILL SEE HERE",
    ],
)
def test_languages_places_employers_and_degrees_are_no_unknown_names(sentence: str) -> None:
    assert not list_left_out(draft_items("Python", sentence), "unknown-name")


def test_what_is_moved_from_somewhere_has_a_name() -> None:
    draft = draft_items("Python", "Move tables from Quuxbase to Docker")
    assert [left.detail for left in draft.left_out] == ["Rolefit does not know Quuxbase."]


def test_an_unknown_name_of_several_words_is_said_whole() -> None:
    draft = draft_items("Python", "Experience with Quuxflow Pro and Docker")
    assert [left.detail for left in draft.left_out] == ["Rolefit does not know Quuxflow Pro."]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("At least two years of experience in a similar job and sound knowledge of statistics", "Statistics"),
        ("SQL and 3 years of experience with Python", "SQL, Python (3 years)"),
        ("You have three years or more of Java", "Java (three years or more)"),
        ("We have two years of funding and need Java", "Java"),
    ],
)
def test_years_are_those_of_what_they_are_said_of(sentence: str, title: str) -> None:
    assert title in {item.title for item in draft_items(sentence).profile.requirements}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Laboratory for Small Agents invites applications for a two-year position.",
        "You will report to the Head of Platform.",
        "Quuxcorp does not discriminate on any basis.",
        "Quuxcorp Books values diversity.",
        "Interviews will be held on 14 May.",
        "What we won't ask for: Java.",
    ],
)
def test_what_says_how_people_are_hired_asks_for_nothing(sentence: str) -> None:
    assert [left.reason for left in draft_items("Python", sentence).left_out] == ["asks-nothing"]


def test_a_label_at_the_top_is_good_for_its_line_alone() -> None:
    draft = draft_role("Tester\n\nSalary: 50k\nBenefits: lunch\n\nWith us:\n- Python\n", load_knowledge())
    assert list_asked(draft) == {"python"}


def test_an_introduction_that_gives_an_order_asks() -> None:
    draft = draft_role("Manager, Search\n\nBuild our search with Java.\n\nRequirements\nPython\n", load_knowledge())
    assert "java" in list_asked(draft)


@pytest.mark.parametrize("heading", ["You'll get", "SALARY AND BENEFITS", "What we give you:"])
def test_what_is_given_is_not_asked_for(heading: str) -> None:
    draft = draft_role(f"Welder\n\nYou should have\n- some Python\n\n{heading}\n- Linux on a laptop", load_knowledge())
    assert (list_asked(draft), draft.left_out) == ({"python"}, ())


def test_the_english_word_was_makes_no_sentence_german() -> None:
    draft = draft_items("Python", "Our old platform was built on Quuxflow, which you know.")
    assert any("Quuxflow" in str(left) for left in draft.left_out)
