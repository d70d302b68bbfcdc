"""Heads of entries that stand in a text without order: behind labels, at the end of a line of text, as sub-headings."""

import pytest

from skills.anatomy.anatomy import read_anatomy


def list_posts(text: str) -> list[tuple[str, str]]:
    """Return title and employer of each post of a text."""
    posts = (entry for entry in read_anatomy(text).entries if entry.kind == "post")
    return [(text[slice(*(post.title or (0, 0)))], text[slice(*(post.organisation or (0, 0)))]) for post in posts]


@pytest.mark.parametrize(
    "head",
    [
        "Client: Fernmark Bank\nRole: Java Developer\nJan 2014 - Feb 2015",
        "Employer: Fernmark Bank | Jan 2014 - Feb 2015\nJob Title: Java Developer",
        "Position: Java Developer\nOrganisation: Fernmark Bank\nPeriod: Jan 2014 - Feb 2015",
        "Fernmark Bank, Jan 2014 - Feb 2015\nRole: Java Developer",
    ],
)
def test_what_labels_a_part_of_a_head_is_no_part_of_it(head: str) -> None:
    text = f"WORK EXPERIENCE\n{head}\nResponsibilities:\n- Built services for trading in Java.\nEDUCATION\nBSc, 2012"
    assert list_posts(text) == [("Java Developer", "Fernmark Bank")]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Python Developer (Django, Flask)", "Python Developer"),
        ("Python Developer (Larch Prize)", "Python Developer"),
        ("Research Analyst (Contract)", "Research Analyst"),
        ("Software Engineer (Intern)", "Software Engineer (Intern)"),
    ],
)
def test_a_bracket_behind_a_title_is_neither_title_nor_employer_but_for_a_level(head: str, title: str) -> None:
    text = f"WORK EXPERIENCE\n{head} Fernmark Bank - Leeds\nJune 2013 to May 2015\n- Wrote the tests of all services."
    assert list_posts(text) == [(title, "Fernmark Bank")]


def test_a_bracket_behind_a_title_names_the_employer_where_nothing_else_does() -> None:
    text = "WORK EXPERIENCE\nPython Developer (Fernmark Bank), June 2013 to May 2015\n- Wrote tests."
    assert list_posts(text) == [("Python Developer", "Fernmark Bank")]


@pytest.mark.parametrize(
    "behind",
    [
        "Software engineer of the team that moved the shop to the cloud with two others.",
        "Responsibilities\nJava developer in a team of five that wrote the tests of all services.",
    ],
)
def test_a_head_at_the_end_of_a_line_of_text_is_not_taken_for_what_stands_below_its_date(behind: str) -> None:
    text = (
        "WORK EXPERIENCE\nData Engineer Ostrava Retail\nJune 2013 to May 2015\n"
        "- Environment: Python, Django, and Web Services. Python Developer Fernmark Bank\nApril 2011 to May 2013\n"
    )
    assert [title for title, _ in list_posts(text + behind)] == ["Data Engineer", "Python Developer"]


def test_a_title_begins_where_the_text_that_runs_into_it_ends() -> None:
    text = (
        "WORK EXPERIENCE\n- Invited to teach the developer community Python Developer Fernmark Bank\n"
        "September 2017 to Present\nWrote services."
    )
    assert list_posts(text) == [("Python Developer", "Fernmark Bank")]


def test_a_title_that_a_line_of_text_breaks_in_two_is_of_the_line_that_it_ends_in() -> None:
    text = (
        "WORK EXPERIENCE\n- Held a training about the tools of a release for all of the other employees. Research\n"
        "Assistant, Advised by Prof. Lima Fernmark Laboratory, National Larch\nUniversity - Leeds\n"
        "June 2014 to June 2016\nWrote tests."
    )
    assert list_posts(text)[0][0] == "Research\nAssistant"


def test_a_level_of_several_words_is_a_title_whatever_follows() -> None:
    assert list_posts("WORK EXPERIENCE\nTechnical Lead via Fernmark Bank\n2018 to Present")[0][0] == "Technical Lead"


def list_entries(text: str, kind: str) -> list[tuple[str, str, bool]]:
    """Return title, employer and presence of each entry of a kind."""
    entries = (entry for entry in read_anatomy(text).entries if entry.kind == kind)
    return [
        (text[slice(*(entry.title or (0, 0)))], text[slice(*(entry.organisation or (0, 0)))], entry.present)
        for entry in entries
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("2019 - Present Director, Fernmark Bank", "Director"),
        ("2019 - now | Core Banking Engineer | Fernmark Bank", "Core Banking Engineer"),
        ("Fernmark Bank / Co-Founder / January 2019—Present, Mauritius", "Co-Founder"),
        ("Director\nSince 2019\nFernmark Bank Remote", "Director"),
        ("Fernmark Bank (2019 - now)\nWorked as a Director", "Director"),
        ("Period 2019 - now\nEmployer Fernmark Bank\nPosition Director", "Director"),
        ("\U0001f4c5 2019 - now\n\U0001f464 Director, Fernmark Bank", "Director"),
        ("1. Director\nFernmark Bank\n2019 - now", "Director"),
        ("2) Core Banking Engineer, Fernmark Bank\n2019 - now", "Core Banking Engineer"),
    ],
)
def test_what_stands_around_a_title_is_no_part_of_it(line: str, title: str) -> None:
    assert list_entries(f"EXPERIENCE\n{line}\n- Led a team of five.", "post") == [(title, "Fernmark Bank", True)]


@pytest.mark.parametrize(
    ("line", "title", "until"),
    [
        ("BFA Design, Larch College\n2017 - 2021", "BFA Design", 2021),
        ("Larch College\nB.TECH IN E&C ENGINEERING\nExpected May 2025 | Devgarh", "B.TECH IN E&C ENGINEERING", 2025),
        (
            "Larch College\nMaster of Science in Physics Oct. 2017 - Exp. Mar. 2020",
            "Master of Science in Physics",
            2020,
        ),
        ("BSc in Statistics and Celtic Lore, Larch College, 2020", "BSc in Statistics and Celtic Lore", 2020),
    ],
)
def test_a_degree_is_named_in_full_with_its_date(line: str, title: str, until: int) -> None:
    text = f"EDUCATION\n{line}\nSKILLS\nPython"
    degrees = [entry for entry in read_anatomy(text).entries if entry.kind == "degree"]
    said = [(text[slice(*(entry.title or (0, 0)))], entry.until and entry.until.year) for entry in degrees]
    assert said == [(title, until)]


def test_the_employer_of_a_post_is_no_school_and_no_employer_of_another_section() -> None:
    text = "EDUCATION\nBSc, Larch College, 2012 - 2016\nEXPERIENCE\nData Analyst, 2017 - 2019\n- Drew plots.\n"
    assert list_entries(text, "post") == [("Data Analyst", "", False)]


def test_the_foot_of_each_page_heads_no_entry() -> None:
    page = "Data Analyst, Fernmark Bank, {}\n- Drew plots of sales.\n\nJULY 13, 2025 ADA LIMA - RESUME {}\n"
    text = "EXPERIENCE\n" + page.format("2017 - 2019", 1) + page.format("2014 - 2016", 2)
    assert list_entries(text, "post") == [("Data Analyst", "Fernmark Bank", False)] * 2


@pytest.mark.parametrize(
    "head",
    [
        "Machine Learning\nEngineer, Fernmark Bank\nJan 2019 - Feb 2020",
        "Machine Learning\nEngineer\nFernmark Bank\nJan 2019 - Feb 2020",
        "Jan 2019 - Feb 2020\nMachine Learning\nEngineer\nFernmark Bank, Seattle,\nWA",
        "Machine Learning Engineer\nat Fernmark Bank (Jan 2019 -\nFeb 2020)",
    ],
)
def test_a_head_may_wrap(head: str) -> None:
    text = f"EXPERIENCE\n{head}\n- Led a team of five.\nSKILLS\nPython"
    (post,) = (entry for entry in read_anatomy(text).entries if entry.kind == "post")
    said = [" ".join(text[slice(*(span or (0, 0)))].split()) for span in (post.title, post.organisation)]
    assert said == ["Machine Learning Engineer", "Fernmark Bank"]
    assert (post.since, post.until) == ((2019, 1), (2020, 2))


def test_a_list_of_fields_is_no_part_of_the_title_below_it() -> None:
    text = "SKILLS\nMachine Learning, Statistics,\nEXPERIENCE\nEngineer, Fernmark Bank, 2019 - 2020\n- Led."
    assert list_posts(text) == [("Engineer", "Fernmark Bank")]


def test_a_head_below_its_date_may_end_with_a_full_stop() -> None:
    text = "EXPERIENCE\nJan 2020 - Present\nMachine Learning Engineer, Fernmark Bank, Seattle.\nBuilt models."
    assert list_posts(text) == [("Machine Learning Engineer", "Fernmark Bank")]


@pytest.mark.parametrize(
    ("end", "title"),
    [
        ("all results. iOS Developer", "iOS Developer"),
        ("all the data Python Developer", "Python Developer"),
        ("all results. build engineer", "build engineer"),
    ],
)
def test_a_title_runs_on_from_a_line_of_text_whatever_its_capitals(end: str, title: str) -> None:
    text = f"WORK EXPERIENCE\n- Wrote the services that show {end} Fernmark Bank\nMay 2017 to July 2018\nWrote more."
    assert list_posts(text) == [(title, "Fernmark Bank")]


def test_what_has_no_title_known_is_a_post_also_where_the_next_title_is_lost_in_its_text() -> None:
    text = (
        "WORK EXPERIENCE\nHarbour work\nJanuary 2009 to August 2013\nSaw to all of it. Data Engineer Fernmark Bank\n"
        "January 2008 to January 2009\nWrote pipelines."
    )
    assert [entry.since and entry.since.year for entry in read_anatomy(text).entries] == [2009, 2008]


def test_a_time_before_another_is_no_employer_around_it() -> None:
    text = (
        "WORK EXPERIENCE\nHarbour work\nJune 2007 to June 2010\nJune 2005 - May 2008\nData Engineer\n- Wrote pipelines."
    )
    assert len(read_anatomy(text).entries) == 2


@pytest.mark.parametrize("line", ["Data Engineer", "Data Engineer - Fernmark Bank"])
def test_a_job_title_between_the_degrees_and_the_next_heading_is_a_post(line: str) -> None:
    text = f"EDUCATION\nBSc Statistics, Larch College, 2014\nSSC, Larch School, 2010\n{line}\nSKILLS\nPython, SQL"
    assert [title for title, _ in list_posts(text)] == ["Data Engineer"]


def test_a_title_may_be_the_first_item_below_its_dated_employer() -> None:
    text = "EXPERIENCE\nFernmark Bank Aug 2021 - Dec 2023\n- Data Engineer, Payments\n- Wrote pipelines for five teams."
    assert [title for title, _ in list_posts(text)] == ["Data Engineer, Payments"]


@pytest.mark.parametrize(
    "line", ["Fernmark Bank, Bremen, Germany, Data Engineer.", "Support Technician (Contract/Co-op) Fernmark Bank"]
)
def test_a_head_below_its_date_holds_a_title_though_it_reads_like_text(line: str) -> None:
    text = f"EXPERIENCE\nJune - Aug 2018\n{line}\nWrote pipelines for five teams of the bank."
    assert list_posts(text)[0][0] in {"Data Engineer", "Support Technician"}


def test_who_seeks_a_post_from_a_month_on_holds_none() -> None:
    text = (
        "Data Engineer Data Engineer Bremen To obtain a challenging opportunity in the field of data that I love most "
        "of all starting October 2019. Ready to move\nEDUCATION\nBSc, 2019"
    )
    assert list_posts(text) == []


@pytest.mark.parametrize("last", ["service", "education", "projects."])
def test_the_last_word_of_a_wrapped_sentence_opens_no_section(last: str) -> None:
    deed = f"Gave time to a system that is to power this\n{last}\n"
    text = f"EXPERIENCE\nSoftware Engineer, Larch Ltd\nMay 2015 - Present\n{deed}"
    assert [section for _, section in read_anatomy(text).openings] == ["top", "experience"]


@pytest.mark.parametrize("heading", ["FULL-TIME INDUSTRY EXPERIENCE", "Part-time work", "Industry experience"])
def test_a_heading_may_say_for_how_much_of_the_time_the_work_was(heading: str) -> None:
    assert [section for _, section in read_anatomy(f"SKILLS\nPython\n{heading}\nLarch Ltd\n").openings] == [
        "top",
        "skills",
        "experience",
    ]


def test_a_label_with_a_colon_ends_no_experience_whose_heading_has_none() -> None:
    post = "Data Engineer\nFernmark Bank\n{}\n- Wrote pipelines.\nAchievements:\n- Cut the time of a release by half.\n"
    text = f"EXPERIENCE\n{post.format('2017 - 2019')}Harbour work\n2014 - 2016\n- Wrote other pipelines."
    assert [entry.kind for entry in read_anatomy(text).entries] == ["post", "post"]


def test_a_label_that_stands_often_ends_no_experience() -> None:
    post = "{}\nFernmark Bank\n{}\nSkills:\nPython\nGit\n"
    text = f"EXPERIENCE\n{post.format('Data Engineer', '2017 - 2019')}{post.format('Harbour work', '2014 - 2016')}"
    assert [entry.kind for entry in read_anatomy(text).entries] == ["post", "post"]


def test_a_phd_student_holds_a_post_in_the_experience_and_studies_in_the_education() -> None:
    line = "2016 - 2020 PhD Student, Larch College"
    kinds = [entry.kind for entry in read_anatomy(f"EXPERIENCE\n{line}\n\nEDUCATION\n{line}\n").entries]
    assert kinds == ["post", "degree"]


def test_an_address_is_no_employer() -> None:
    text = "EXPERIENCE\nData Engineer\nMay 2017 - June 2018\nhttps://bank.example/\n- Wrote pipelines for five teams."
    assert list_posts(text) == [("Data Engineer", "")]


@pytest.mark.parametrize(
    "head",
    [
        "Dates Jan 2014 - Feb 2015\nOccupation or position held Java Developer\nName of employer Fernmark Bank",
        "Fernmark Bank | Jan 2014 - Feb 2015\nMy role: Java Developer",
        "Fernmark Bank, Jan 2014 - Feb 2015\nI worked as a Java Developer.",
    ],
)
def test_a_title_behind_what_people_say_of_it_is_found(head: str) -> None:
    text = f"WORK EXPERIENCE\n{head}\nMain activities\nBuilt services for trading in Java.\nEDUCATION\nBSc, 2012"
    assert list_posts(text) == [("Java Developer", "Fernmark Bank")]


def list_sections(text: str) -> list[str]:
    """Return the sections of a text in order."""
    return [section for _, section in read_anatomy(text).openings]


@pytest.mark.parametrize("label", ["Overview", "Highlights", "Technologies"])
def test_a_heading_within_a_post_only_labels_a_part_of_it(label: str) -> None:
    posts = (
        f"Java Developer\nFernmark Bank\nJan 2014 - Feb 2015\n{label}\nBuilt services in Java.\n"
        f"Data Engineer\nOstrava Retail\nMay 2012 - Dec 2013\n{label}\nBuilt pipelines in Spark.\n"
    )
    assert list_sections(f"EXPERIENCE\n{posts}EDUCATION\nBSc, 2012") == ["top", "experience", "education"]


def test_a_heading_behind_the_last_post_opens_its_section() -> None:
    text = "Experience\nJava Developer\nFernmark Bank\nJan 2014 - Feb 2015\nBuilt services.\nTechnologies\nJava, Spring"
    assert list_sections(text) == ["top", "experience", "skills"]


def test_a_heading_may_be_of_two_words_that_nothing_parts() -> None:
    assert list_sections("PUBLICATIONS CONFERENCES\nA. Lima. Trees of graphs. 2019") == ["top", "publications"]


def list_times(text: str) -> list[tuple[str, int | None, int | None, bool]]:
    """Return title, first and last year, and presence of each post of a text."""
    posts = (entry for entry in read_anatomy(text).entries if entry.kind == "post")
    return [
        (
            text[slice(*(post.title or (0, 0)))],
            post.since and post.since.year,
            post.until and post.until.year,
            post.present,
        )
        for post in posts
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Lead Data Engineer (May 2019 - Present), Java Developer (Jan 2014 - Apr 2019) at Fernmark Bank",
        "Lead Data Engineer, May 2019 - Present; promoted from Java Developer, Jan 2014 - Apr 2019",
    ],
)
def test_several_posts_of_one_line_have_each_their_own_time(line: str) -> None:
    text = f"EXPERIENCE\nFernmark Bank, Leeds\n{line}\n- Built services for trading.\nEDUCATION\nBSc, 2012"
    assert list_times(text) == [("Lead Data Engineer", 2019, None, True), ("Java Developer", 2014, 2019, False)]


TITLES = "Lead Data Engineer\nFernmark Bank\n- Built pipelines.\nJava Developer\nOstrava Retail\n- Built services.\n"
TIMES = "May 2019 - Present\nJan 2014 - Apr 2019\n"


@pytest.mark.parametrize("experience", [TITLES + TIMES, TIMES + TITLES])
def test_dates_in_a_column_of_their_own_belong_to_the_titles_in_order(experience: str) -> None:
    times = list_times(f"EXPERIENCE\n{experience}EDUCATION\nBSc, 2012")
    assert times == [("Lead Data Engineer", 2019, None, True), ("Java Developer", 2014, 2019, False)]


def test_a_date_below_the_text_of_a_post_without_one_is_of_another() -> None:
    text = "EXPERIENCE\nJava Developer\n- Built services for trading.\nMay 2019 - Present\n- Sold bread.\nEDUCATION"
    assert list_times(text) == [("Java Developer", None, None, False), ("", 2019, None, True)]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Freelancer, Python Developer, Web Developer Fernmark Bank", "Freelancer, Python Developer, Web Developer"),
        ("Cofounder and Backend Developer, Fernmark Bank", "Cofounder and Backend Developer"),
        ("Fernmark Payments      Java Developer", "Java Developer"),
        ("Fernmark Payments\tJava Developer", "Java Developer"),
        ("Research Assistant, Laboratory for Machine Learning", "Research Assistant"),
        ("Python Engineer Strategic Investment Group - Leeds", "Python Engineer"),
        ("Software Engineer Embedded Systems, Fernmark Bank", "Software Engineer Embedded Systems"),
    ],
)
def test_a_title_ends_where_the_workplace_begins(line: str, title: str) -> None:
    text = f"WORK EXPERIENCE\n{line}\nJan 2014 - Feb 2015\n- Built services.\nEDUCATION\nBSc, 2012"
    assert list_posts(text)[0][0] == title


def test_an_item_that_names_an_employer_and_a_time_is_a_post() -> None:
    text = (
        "EXPERIENCE:\n• Fernmark, online platform, Nov 2021 – June 2022\nTeaching pupils around the world\nEDUCATION:"
    )
    assert list_times(text) == [("", 2021, 2022, False)]


@pytest.mark.parametrize("bullet", ["- ", "1- ", "1) ", "1. ", "(1) "])
def test_an_item_that_ends_like_one_of_a_list_is_no_heading(bullet: str) -> None:
    items = "".join(f"{bullet}{item};\n" for item in ("Repair of computers", "Training", "Backups"))
    text = f"EXPERIENCE\nJava Developer\nFernmark Bank\nJan 2014 - Feb 2015\n{items}"
    assert list_sections(text) == ["top", "experience"]


def test_a_field_of_work_before_experience_is_a_heading() -> None:
    text = "Ada Lima\nMachine Learning Experience\nFernmark Bank, Leeds, since 2015, with a team of five"
    assert list_sections(text) == ["top", "experience"]


@pytest.mark.parametrize("word", ["present", "(current)"])
def test_a_post_without_a_date_goes_on_if_a_word_of_its_head_says_so(word: str) -> None:
    text = f"EXPERIENCE\nJava Developer - Fernmark Bank {word}\n- Built services for trading.\nEDUCATION\nBSc, 2012"
    assert list_times(text) == [("Java Developer", None, None, True)]


def test_a_level_behind_a_comma_belongs_to_the_title_that_follows_it() -> None:
    text = "WORK EXPERIENCE\nTech Lead, Senior Python Developer Fernmark Bank - Leeds\nJan 2014 - Feb 2015\nEDUCATION"
    assert list_posts(text) == [("Tech Lead, Senior Python Developer", "Fernmark Bank")]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_date_below_the_text_of_each_post_is_of_that_post(count: int) -> None:
    posts = ["Director, Fernmark Bank", "Data Analyst, Ostrava Retail", "Java Developer, Larch Labs"][:count]
    dates = ["2019 - now", "2015 - 2018", "2012 - 2014"][:count]
    said = "".join(f"{post}\n- Led a team of five.\n{date}\n" for post, date in zip(posts, dates, strict=True))
    found = [entry for entry in read_anatomy(f"EXPERIENCE\n{said}SKILLS\nPython").entries if entry.kind == "post"]
    assert [(entry.since and entry.since.year, entry.present) for entry in found] == [
        (2019, True),
        (2015, False),
        (2012, False),
    ][:count]


def test_a_year_above_a_head_on_a_line_of_time_is_no_post_of_its_own() -> None:
    post = "{}\nData Analyst, Fernmark Bank\n{}\n- Drew plots of sales.\n"
    text = "EXPERIENCE\n" + post.format(2019, "Mar 2019 - Present") + post.format(2016, "Jul 2014 - Feb 2016")
    assert [found[2] for found in list_entries(text, "post")] == [True, False]


def test_a_title_above_its_own_date_is_not_taken_for_an_employer_s_date_above_it() -> None:
    text = (
        "WORK EXPERIENCE\nFernmark Bank - Leeds, UK\nOctober 2006 to March 2009\n"
        "Network Administrator Ostrava Retail\nNovember 2003 to February 2005\nKept the routers running.\n"
        "Help Desk Technician Larch Labs\nMay 1998 to June 2000\nAnswered calls.\n"
    )
    assert [title for title, _ in list_posts(text)] == ["", "Network Administrator", "Help Desk Technician"]
    assert [time[1] for time in list_times(text)] == [2006, 2003, 1998]


@pytest.mark.parametrize("product", ["AI Travel Agent", "Personal AI Assistant", "Stock Trader", "NLP Reader"])
def test_a_project_named_for_a_program_is_no_post(product: str) -> None:
    work = "EXPERIENCE\nSoftware Engineer, Fernmark Bank\nJan 2021 - Present\n- Built services in Java.\n"
    project = f"PROJECTS\n{product} | Python\nJan 2024 - Mar 2024\n- Built it with FastAPI for twelve users.\n"
    assert list_posts(work + project) == [("Software Engineer", "Fernmark Bank")]
    assert len(list_entries(work + project, "project")) == 1


@pytest.mark.parametrize("title", ["Teaching Assistant", "Research Assistant", "Editor", "Senior Recruiter"])
def test_a_post_among_projects_stays_one(title: str) -> None:
    text = f"PROJECTS\n{title}, Larch College\nJan 2024 - Mar 2024\n- Wrote a chapter about rivers and lakes.\n"
    assert list_posts(text) == [(title, "Larch College")]


TOLD = (
    "Since January 2020 I have been working as a {} at {} in Leeds, UK.",
    "From July 2016 to December 2019 I worked as a {} for {} in Leeds.",
    "I was a {} at {} (2014 - 2016).",
)
HELD = [("data scientist", "Fernmark Bank"), ("software engineer", "Ostrava Retail"), ("web developer", "Larch Labs")]


@pytest.mark.parametrize("joint", ["\n", "\nI learned a lot there.\n", " I learned a lot there. ", "\n\n"])
@pytest.mark.parametrize("opening", ["EXPERIENCE\n", "Ada Lima\nada@example.org\n\n"])
def test_a_post_told_in_a_sentence_is_one(opening: str, joint: str) -> None:
    said = joint.join(line.format(*post) for line, post in zip(TOLD, HELD, strict=True))
    text = f"{opening}{said}\nSKILLS\nPython"
    assert list_posts(text) == HELD
    assert [time[1:] for time in list_times(text)] == [(2020, None, True), (2016, 2019, False), (2014, 2016, False)]


@pytest.mark.parametrize("bullet", ["- ", "• "])
def test_a_post_told_in_an_item_of_a_list_is_one(bullet: str) -> None:
    lines = "Working as a Data Scientist at Fernmark Bank from May 2019 to present.\n{0}Trained models.\n{0}"
    text = f"EXPERIENCE\n{bullet}{lines.format(bullet)}Worked as a Web Developer in Larch Labs from Jan 2017 to now."
    assert list_posts(text) == [("Data Scientist", "Fernmark Bank"), ("Web Developer", "Larch Labs")]


def test_a_sentence_that_tells_of_a_post_with_a_head_is_no_post_of_its_own() -> None:
    post = "EXPERIENCE\nData Scientist, Fernmark Bank\nMay 2019 - Present\n- Trained models.\n"
    said = "Ada Lima\nSince 2019 I have been working as a data scientist at Fernmark Bank.\n"
    assert list_posts(said + post) == [("Data Scientist", "Fernmark Bank")]


def test_an_entry_ends_where_the_head_begins_that_its_last_line_runs_into() -> None:
    text = (
        "WORK EXPERIENCE\nResearch Assistant Larch College\nMay 2016 to June 2018\n"
        "Read papers.\nTrained models. Web Developer Fernmark Bank\nApril 2014 to May 2016\nWrote pages."
    )
    first, second = (entry for entry in read_anatomy(text).entries if entry.kind == "post")
    assert text[first.body : first.end].endswith("Trained models.")
    assert text[second.start : second.end].startswith("Web Developer")


@pytest.mark.parametrize(
    "head",
    [
        r"\cventry{2019--2021}{Data Analyst}{Fernmark Bank}{Leeds}{}{",
        r"\resumeSubheading{Data Analyst}{2019 -- 2021}{Fernmark Bank}{Leeds}",
        "\\cventry\n  {Data Analyst}\n  {Fernmark Bank}\n  {Leeds}\n  {2019 -- 2021}\n  {",
    ],
)
def test_a_head_in_the_source_of_latex_is_one(head: str) -> None:
    text = f"\\section{{Experience}}\n{head}\n\\item Trained models.\n\\section{{Skills}}\nPython"
    assert list_entries(text, "post") == [("Data Analyst", "Fernmark Bank", False)]


WRAPPED = "of the shop and moved it to the cloud. Senior Data Analyst Fernmark Bank Holdings - Trento, Italy"


@pytest.mark.parametrize("opening", ["- Wrote the tests ", "- Environment: Python, Django, Linux, Java, "])
@pytest.mark.parametrize("place", [place for place, sign in enumerate(WRAPPED) if sign == " " and place > 50])
def test_a_head_at_the_end_of_a_line_of_text_is_the_same_wherever_the_line_is_wrapped(opening: str, place: int) -> None:
    wrapped = f"{WRAPPED[:place]}\n{WRAPPED[place + 1 :]}"
    text = (
        "WORK EXPERIENCE\nData Engineer Ostrava Retail\nJune 2013 to May 2015\n"
        f"{opening}{wrapped}\nApril 2011 to May 2013\n- Wrote reports for the managers.\n"
    )
    posts = [entry for entry in read_anatomy(text).entries if entry.kind == "post"]
    titles = [" ".join(text[slice(*post.title)].split()) for post in posts if post.title]
    assert titles == ["Data Engineer", "Senior Data Analyst"]
    assert posts[1].since == (2011, 4)


@pytest.mark.parametrize(
    ("before", "head", "title"),
    [
        ("with Java, Spring, Hibernate, Oracle, Docker", "Software Engineer, Fernmark Bank", "Software Engineer"),
        ("with Java, Spring, Hibernate, Oracle, Docker", "Software Engineer May 2011 - May 2013", "Software Engineer"),
        ("for the traders of Ostrava Retail in Australia", "Lead Analyst", "Lead Analyst"),
        ("for the analysts of Ostrava Retail and Git Java", "Developer Fernmark Bank", "Java\nDeveloper"),
    ],
)
def test_a_head_on_a_line_of_its_own_takes_no_words_of_the_line_above_it(before: str, head: str, title: str) -> None:
    date = "" if "2011" in head else "\nApril 2011 to May 2013"
    text = f"WORK EXPERIENCE\n- Built and tested the services of all departments {before}\n{head}{date}\n- Wrote tests."
    assert [found for found, _ in list_posts(text)] == [title]


RUN_ON = (
    "moved the warehouse of the shop to the cloud with others. Senior Data Analyst Fernmark Bank - Trento, Italy 2011 "
    "to 2013 Wrote reports for the managers and measured the gain of each"
)


@pytest.mark.parametrize(
    "place",
    [place for place, sign in enumerate(RUN_ON) if sign == " " and 58 <= place < 116 and RUN_ON[place + 1] != "-"],
)
def test_a_head_with_its_date_within_text_is_the_same_wherever_the_text_is_wrapped(place: int) -> None:
    wrapped = f"{RUN_ON[:place]}\n{RUN_ON[place + 1 :]}"
    text = f"WORK EXPERIENCE\nData Engineer Ostrava Retail - Graz 2013 to 2015 {wrapped}\nEDUCATION\nBSc, 2010"
    posts = [entry for entry in read_anatomy(text).entries if entry.kind == "post"]
    titles = [" ".join(text[slice(*post.title)].split()) for post in posts if post.title]
    assert titles == ["Data Engineer", "Senior Data Analyst"]
    assert [post.since.year for post in posts if post.since] == [2013, 2011]


def test_a_post_with_a_single_date_began_and_ended_then() -> None:
    text = "EXPERIENCE\nMachine Learning Intern\nFernmark Bank\n2018 Trento, Italy\n- Wrote tests."
    [post] = read_anatomy(text).entries
    assert (post.since, post.until, post.present) == ((2018, None), (2018, None), False)


def test_a_post_without_a_known_title_has_it_where_the_others_have_theirs() -> None:
    text = "EXPERIENCE\n" + "".join(
        f"{title}\nFernmark Bank\n{year} - {year + 1} Trento, Italy\n- Wrote tests for all of the services.\n"
        for title, year in (("Data Scientist", 2018), ("Summer Job in the City Archive", 2016), ("Data Analyst", 2014))
    )
    titles = [title for title, _ in list_posts(text)]
    assert titles == ["Data Scientist", "Summer Job in the City Archive", "Data Analyst"]


@pytest.mark.parametrize(
    "again", ["Jan 2017 - Mar 2019", "Duration: 01/2017 to 03/2019", "Trento, Italy\nJan 2017 - Mar 2019"]
)
def test_a_period_said_again_below_a_head_is_no_post_of_its_own(again: str) -> None:
    text = f"EXPERIENCE\nData Scientist Fernmark Bank - Trento\nJanuary 2017 to March 2019\n{again}\n- Wrote tests.\n"
    assert list_posts(text) == [("Data Scientist", "Fernmark Bank")]


def test_two_posts_of_one_time_are_two() -> None:
    text = "EXPERIENCE\nData Scientist\nJan 2017 - Mar 2019\nTeaching Assistant\nJan 2017 - Mar 2019\n- Wrote tests.\n"
    assert [title for title, _ in list_posts(text)] == ["Data Scientist", "Teaching Assistant"]
