"""What stands under a requirement as its proof is what someone who hires would take for one."""

import pytest

from skills.judging.report import write_report
from skills.judging.report_types import RequirementReport
from skills.knowledge import load_knowledge
from tests.reading_text import make_document


def find_requirement(text: str, requirement: str) -> RequirementReport:
    roles = write_report(make_document(text), load_knowledge()).roles
    every = (item for role in roles for dimension in role.dimensions for item in dimension.requirements)
    return next(item for item in every if item.id == requirement)


def list_proofs(text: str, requirement: str) -> list[str]:
    return [evidence.text for evidence in find_requirement(text, requirement).evidence]


WORK = "EXPERIENCE\nEngineer, Larch Ltd, May 2019 - Present\n- {}\n"


@pytest.mark.parametrize("title", ["Machine Learning Engineer", "ML Engineer", "Software Engineer – AI/ML"])
def test_a_job_title_names_no_algorithm(title: str) -> None:
    text = f"EXPERIENCE\n{title}, Larch Ltd, May 2019 - Present\n- Ran the office.\n"
    assert list_proofs(text, "machine-learning") == []
    assert list_proofs(text, "modeling-post") != []


@pytest.mark.parametrize("between", [": ", "\n", " | ", "\n- "])
def test_the_name_of_a_list_is_a_claim_wherever_it_stands(between: str) -> None:
    text = f"SUMMARY\n{{}}.\n\nSKILLS\nMachine Learning{between}PyTorch, random forest\n"
    without, with_summary = (
        find_requirement(text.format(words), "machine-learning") for words in ("Engineer", "Knows machine learning")
    )
    assert {evidence.text for evidence in without.evidence} == {"Machine Learning", "random forest"}
    assert without.points == with_summary.points


@pytest.mark.parametrize("name", ["Machine Learning Libraries", "Deep Learning Frameworks", "NLP Tools"])
def test_the_name_of_a_list_of_tools_is_no_algorithm(name: str) -> None:
    assert list_proofs(f"SKILLS\n{name}: PyTorch, Keras\n", "machine-learning") == []


def test_no_tool_of_a_list_is_quoted_without_what_was_built() -> None:
    assert list_proofs(WORK.format("Developed a website using React and Bootstrap."), "develop-software") == [
        "Developed a website using React"
    ]


def test_a_title_of_a_paper_is_no_software() -> None:
    text = "PUBLICATIONS\nAda Lima: Designing web services with neural networks, Fern Press, 2019\n"
    assert list_proofs(text, "develop-software") == []
    assert list_proofs(text, "develop-models") != []


@pytest.mark.parametrize(("post", "counts"), [("Waiter", False), ("Software Engineer", True), ("Doer", True)])
def test_a_title_of_the_summary_counts_unless_all_posts_are_of_other_trades(post: str, counts: bool) -> None:  # noqa: FBT001 - a case
    text = f"Ada Lima\nAI Engineer\n\nEXPERIENCE\n{post}, Larch Ltd, May 2019 - Present\n- Kept the books.\n"
    assert ("AI Engineer" in list_proofs(text, "modeling-post")) is counts


def test_a_degree_of_those_whom_one_leads_is_not_ones_own() -> None:
    assert list_proofs(WORK.format("Leads 14 master's students and 3 PhD students."), "advanced-degree") == []


@pytest.mark.parametrize("done", ["Worked with Java.", "Built trust, using React.", "Used HTML and CSS."])
def test_a_tool_that_was_used_is_no_software_that_was_built(done: str) -> None:
    assert list_proofs(WORK.format(done), "develop-software") == []


@pytest.mark.parametrize(
    ("done", "requirement"),
    [
        ("Led the software development team.", "develop-software"),
        ("Bought facial recognition training datasets.", "develop-models"),
        ("Checked results by hypothesis testing.", "maintain-software"),
        ("Delivered self-service views.", "carry-life-cycle"),
        ("Measured forecasts by time series cross-validation.", "prepare-data"),
        ("Framed failure as a kind of classification.", "apply-models"),
        ("Wrote to 40 APIs.", "software-engineering"),
        ("Moved users, roles and properties to DNN.", "deep-learning"),
        ("Cut reporting\nrequests by a third.", "python"),
        ("Released Fernlib.js.", "software-breadth"),
        ("Drew for fern.net/ada.", "software-frameworks"),
        ("Pioneered LLM-assisted development.", "machine-learning"),
        ("Worked in the Signal Processing Lab.", "prepare-data"),
        ("Passed CFA level 1, a factor of pay.", "mathematics-and-statistics"),
        ("Delivering product analytics.", "carry-life-cycle"),
        ("Ran a milestone app, with dependencies on others.", "maintain-software"),
        ("Held the UX Design & Research Intern post on a chatbot.", "modeling-post"),
        ("Developed credit models for loan applications.", "build-models-into-software"),
        ("Advertised Generative AI.", "machine-learning"),
        ("Worked in the Computer Vision (FERN) Lab.", "machine-learning"),
        ("Advised the Department of Machine Learning and Statistics.", "mathematics-and-statistics"),
        ("Won the DATA ANALYTICS GENERAL CHAMPIONSHIP.", "data-science"),
        ("Published reviews that can be used for text classification.", "machine-learning"),
        ("Sold cutting-edge AI.", "deploy-models"),
        ("Studied dental calculus.", "mathematics-and-statistics"),
        ("Screened people unsupervised.", "machine-learning"),
        ("Counted 600 trees, by species, in Java.", "software-engineering"),
        ("Changed POM files.", "software-engineering"),
        ("Wrote queries for the board.", "develop-software"),
        ("Implemented design solutions and workflow improvements.", "develop-software"),
        ("Created templates and tables.", "develop-software"),
        ("Gave talks on the logic design of ships.", "develop-software"),
        ("Supported servers, databases and users.", "maintain-software"),
        ("Resolved attrition issues.", "maintain-software"),
        ("Handled delivery of platforms.", "carry-life-cycle"),
        ("Implemented a RAG architecture.", "carry-life-cycle"),
        ("Improved facial recognition.", "select-and-tune"),
        ("Gained, compared to logistic regression, a tenth.", "select-and-tune"),
        ("Kept a library that is used for training neural networks.", "apply-models"),
        ("Designed an image processing tool.", "develop-models"),
        ("Backend development on a recommendation engine.", "build-models-into-software"),
        ("Designed 200 machine learning challenges.", "develop-models"),
        ("GANs have often been used for images.", "apply-models"),
        ("Used Beam, which is a unified model for image classification.", "machine-learning"),
        ("Read TensorFlow, as it is an open source library for numerical computation.", "mathematics-and-statistics"),
        ("Reviewed aggregation logic.", "mathematics-and-statistics"),
        ("Modeled low-risk strategies.", "apply-models"),
        ("Rated the disease - Created classification systems.", "apply-models"),
        ("Contributed to the administration of a multi-site network.", "develop-software"),
        ("Built sheds, from development through testing.", "maintain-software"),
        ("Led performance evaluation of staff.", "maintain-software"),
        ("Built a broad range of stacks in Java.", "software-engineering"),
        ("Maintained the performance of a supply chain.", "maintain-software"),
        ("Kept modules for Node.js\nI wrote of two cities.", "develop-software"),
        ("Maintained customer data platform vendors.", "maintain-software"),
        ("Contributed to service offerings.", "develop-software"),
        ("Used input-predictive models.", "data-science"),
        ("Spoke at the Workshop on NLP and Statistics.", "machine-learning"),
        ("Assisted a computer science course.", "quantitative-field"),
        ("Assisted courses given to mathematics and physics students.", "mathematics-and-statistics"),
        ("Ran distributed training in mixed precision.", "machine-learning"),
        ("Wrote for fernlearning, a blog on deeplearning.example.", "machine-learning"),
        ("Reviewed for NLP4Fish.", "machine-learning"),
        ("Held a passion for developing web applications.", "develop-software"),
        ("Taught pupils how to write programs.", "develop-software"),
        ("Gave a talk about maintaining APIs.", "maintain-software"),
        ("Handed in the Game Design Thesis.", "develop-software"),
        ("Built and maintained backup servers.", "develop-software"),
        ("Created system productivity reports.", "develop-software"),
        ("Generated graphs using the Python library.", "develop-software"),
        ("Improved call rates using performance figures.", "maintain-software"),
        ("Reduced repeated prediction overhead.", "apply-models"),
        ("Implemented a chatbot feature.", "develop-models"),
        ("Extracted meaningful insights from raw data.", "prepare-data"),
        ("Added a payment page reducing transaction failures.", "prepare-data"),
        ("Built a shed for the dataset.", "prepare-data"),
        ("Reduced data warehousing costs.", "prepare-data"),
        ("Planned A/B testing of mails.", "select-and-tune"),
        ("Earned 80 stars on GitHub.", "software-engineering"),
        ("Moved time series data and usage statistics.", "mathematics-and-statistics"),
        ("Told plant diseases by their leaves.", "common-industries"),
        ("Read XML and JSON files over HTTP.", "software-architecture"),
        ("Wrote C# and F#.", "software-frameworks"),
        ("Sequenced high-throughput samples.", "production"),
        ("Read scans of magnetic resonance imaging.", "machine-learning"),
        ("Used Redis and MySQL.", "production"),
        ("Calibrated cameras by photogrammetry and bundle adjustment.", "machine-learning"),
        ("Designed image processing tools, with edge detection.", "machine-learning"),
        ("Watched sales forecasting.", "machine-learning"),
        ("Wrote PyQt.", "software-languages"),
        ("Ran RabbitMQ.", "software-engineering"),
        ("Measured translations by BLEU.", "data-science"),
        ("Planned AB testing of mails.", "maintain-software"),
        ("Optimized multi-GPU training.", "select-and-tune"),
        ("Optimized model inference for latency.", "select-and-tune"),
        ("Improved performance in text classification.", "maintain-software"),
        ("Told skin cancer and other diseases apart.", "common-industries"),
        ("Listed product recommendations.", "common-industries"),
        ("Mentored interns in building web applications.", "develop-software"),
        ("Guided students to train neural networks.", "develop-models"),
        ("Held web development certifications.", "develop-software"),
        ("Explored information retrieval.", "machine-learning-in-depth"),
        ("Traced ferns by texture analysis.", "machine-learning-now"),
        ("Shelved the Fernmap | GitHub May 2024", "software-engineering"),
        ("Drew a map of ferns [GitHub]", "software-engineering"),
        ("Put readings of the tide as time series, beside time series datasets.", "mathematics-and-statistics"),
        ("Locked table statistics and showed user statistics.", "mathematics-and-statistics"),
        ("Sent explainable AI-generated letters.", "machine-learning"),
        ("Used latent-predictive models.", "data-science"),
        ("Drew with diffusion probabilistic models.", "mathematics-and-statistics"),
        ("Attended Network and Distributed Systems Security.", "software-architecture"),
        ("Head Finance, E-Club", "common-industries"),
        ("Adjusted the prediction.", "apply-models"),
    ],
)
def test_words_with_another_meaning_prove_nothing(done: str, requirement: str) -> None:
    assert list_proofs(WORK.format(done), requirement) == []


def test_a_single_word_behind_a_listed_act_is_no_quote_of_its_own() -> None:
    assert list_proofs(WORK.format("Maintained portals, widgets and websites."), "maintain-software") == [
        "Maintained portals"
    ]


def test_a_word_before_the_name_of_a_school_is_no_method() -> None:
    assert list_proofs("EDUCATION\nSVR Science and Technology University, Mysore\n", "machine-learning") == []


def test_the_name_of_a_school_or_the_code_of_a_course_is_no_field_of_study() -> None:
    assert list_proofs("EDUCATION\nSchool of Computing, Fern University, 2019\n", "software-field") == []
    assert list_proofs("EDUCATION\nAssisted EECS553, Fern University, 2019\n", "software-field") == []


@pytest.mark.parametrize("section", ["INVITED TALKS", "AWARDS", "SKILLS"])
def test_a_field_is_studied_only_where_studies_are_told(section: str) -> None:
    assert list_proofs(f"{section}\nComputer Science: the art of ferns\n", "quantitative-field") == []


def test_the_name_of_a_course_in_a_list_is_no_act() -> None:
    assert list_proofs("COURSEWORK\nBotany, Applied Machine Learning, Computer Vision\n", "apply-models") == []


def test_the_degree_behind_a_name_is_quoted_and_not_what_follows_it() -> None:
    text = "ADA LIMA Ph.D.\nada@fern.example\n\n" + WORK.format("Ran the office.")
    assert list_proofs(text, "doctorate") == ["Ph.D."]


def test_who_taught_a_method_claims_it() -> None:
    uses = [item.use for item in find_requirement(WORK.format("Taught random forest."), "machine-learning").evidence]
    assert uses == ["listed"]


def test_a_to_between_equal_words_leads_to_no_purpose() -> None:
    assert list_proofs(WORK.format("Built an end to end web application."), "develop-software") == [
        "Built an end to end web application"
    ]


def test_the_initial_of_an_author_is_no_language() -> None:
    assert (
        list_proofs("PUBLICATIONS\nLima, A., Novak, C., Sato, R., 2019. Bats of the north.\n", "software-breadth") == []
    )


def test_a_course_number_is_no_field_of_study() -> None:
    assert list_proofs("EDUCATION\nTeaching Assistant: Fern University CS 767\n", "software-field") == []


def test_a_software_developer_is_one() -> None:
    text = "EXPERIENCE\nSoftware Developer, Larch Ltd, May 2019 - Present\n- Ran the office.\n"
    assert list_proofs(text, "software-engineer-post") == ["Software Developer"]


@pytest.mark.parametrize(
    "broad",
    ["machine learning", "deep learning", "natural language processing", "agentic AI", "conversational AI", "voice AI"],
)
def test_the_name_of_a_field_is_no_algorithm_in_depth(broad: str) -> None:
    text = WORK.format(f"Used {broad} and random forest.")
    assert list_proofs(text, "machine-learning-in-depth") == ["random forest"]
    assert list_proofs(text, "machine-learning") == [broad, "random forest"]


def test_a_method_of_the_line_above_makes_no_application_of_a_model() -> None:
    text = "PROJECTS\nAda, Information Retrieval\nCreated a mapping platform in PHP\n"
    assert list_proofs(text, "build-models-into-software") == []


def test_a_quote_reaches_over_forms_in_ing_within_a_name_and_never_over_a_bullet() -> None:
    assert list_proofs(WORK.format("Built a BERT-based receipt preprocessing pipeline."), "develop-models") == [
        "Built a BERT-based receipt preprocessing pipeline"
    ]
    text = WORK.format("Improved the sets.\n\u25cb\u2423 Provided software and support.")
    assert list_proofs(text, "maintain-software") == []


def test_a_system_that_is_a_model_is_no_other_software() -> None:
    assert list_proofs(WORK.format("Built an NLP system."), "develop-software") == []
    assert list_proofs(WORK.format("Built a web app using BERT."), "develop-software") == ["Built a web app"]


def test_a_field_in_a_list_of_skills_or_in_a_head_is_no_duty() -> None:
    head = "EXPERIENCE\nResearcher, Frontend Platform Development, Larch Ltd, May 2019 - Present\n- Ran the office.\n"
    assert list_proofs(head, "develop-software") == []
    assert list_proofs("SKILLS\nSoftware design, API development, Java\n", "develop-software") == []


def test_a_quote_begins_and_ends_with_the_name_it_holds() -> None:
    assert list_proofs(WORK.format("Improved UI/UX of the portal."), "maintain-software") == [
        "Improved UI/UX of the portal"
    ]


def test_the_name_of_a_project_or_of_a_quiz_is_no_industry() -> None:
    project = "PROJECTS\nHealthcare Chatbot, May 2019 - June 2019\n- {}\n"
    assert list_proofs(project.format("Answered clients."), "common-industries") == []
    assert list_proofs(project.format("Answered patients of a hospital."), "common-industries") != []
    assert (
        list_proofs(
            project.format("Answered clients.").replace("Healthcare Chatbot", "Fern Finance App"), "common-industries"
        )
        == []
    )
    assert list_proofs("AWARDS\nWinner of the Finance Quiz, 2019\n", "common-industries") == []


@pytest.mark.parametrize("below", ["\n\nLearning\nread papers", "\nLearning: read papers"])
def test_a_name_does_not_run_into_the_heading_below(below: str) -> None:
    assert list_proofs(WORK.format(f"Serviced a machine{below}"), "machine-learning") == []


@pytest.mark.parametrize("words", ["reducing hallucinations", "text chunking", "a document intelligence platform"])
def test_what_is_done_around_a_language_model_is_no_algorithm(words: str) -> None:
    for requirement in ("machine-learning", "machine-learning-in-depth", "deep-learning"):
        assert list_proofs(WORK.format(f"Built a service, {words}."), requirement) == []


@pytest.mark.parametrize("school", ["KMS PUBLIC SCHOOL", "Angular Public School", "GIT UNIVERSITY"])
def test_a_school_that_is_spelt_like_a_tool_shows_none(school: str) -> None:
    assert list_proofs(f"EDUCATION\nCertificate, {school}, 2012\n", "software-breadth") == []


def test_what_only_resembles_a_tool_is_not_that_tool() -> None:
    text = WORK.format("Built a node.js-like event emitter in the browser, and BERT-like models.")
    assert list_proofs(text, "software-breadth") == list_proofs(text, "software-frameworks") == []
    assert list_proofs(text, "deep-learning") == ["BERT"]


def test_a_field_in_the_name_of_a_venue_is_no_skill() -> None:
    text = "PUBLICATIONS\nAda Lima: Maps of larches. Conference on Maps, Forests and Machine Learning, 2019\n"
    assert list_proofs(text, "machine-learning") == []


@pytest.mark.parametrize("skills", ["Unit Testing, scikit-learn", "Git, Unit Testing", "UNIT TESTING"])
def test_a_word_for_departments_that_names_none_hides_no_practice(skills: str) -> None:
    assert "unit testing" in [proof.lower() for proof in list_proofs(f"SKILLS\n{skills}\n", "software-engineering")]


def test_an_item_opens_at_a_hyphen_without_a_space() -> None:
    text = WORK.format("All were built in Python.\n-Decision Tree model: 67%\n-Fern")
    assert list_proofs(text, "develop-models") == []


def test_a_prediction_is_quoted_with_what_it_is_of() -> None:
    text = WORK.format("Spoke of tides, ferns and bark beetle prediction.")
    assert list_proofs(text, "apply-models") == ["bark beetle prediction"]


def test_a_quote_does_not_end_within_the_name_of_a_language() -> None:
    assert list_proofs(WORK.format("Developed embedded C/C++ applications."), "develop-software") == [
        "Developed embedded C/C++ applications"
    ]


def test_no_subject_of_a_school_of_several_is_a_field_of_study() -> None:
    text = "EDUCATION\nFern University, School of Informatics, Computing and Engineering, 2019\n"
    assert list_proofs(text, "software-field") == []


def test_who_grades_a_course_claims_its_subject() -> None:
    text = WORK.format("Grader for ASTR 324 - Machine Learning for Ferns.")
    assert [item.use for item in find_requirement(text, "machine-learning").evidence] == ["listed"]
