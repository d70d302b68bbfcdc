"""Degrees have one grammar: a level and its field, whatever stands between."""

import pytest

from skills.anatomy.anatomy import read_anatomy
from skills.anatomy.studies.degrees import find_degrees, read_degree

CS, SE, MATH = "computer-science", "software-engineering-field", "mathematics-field"
STAT, DS, EE, IT = "statistics-field", "data-science-field", "electrical-engineering", "information-technology-field"

# The level and fields of each degree, and degrees one a line.
KINDS: dict[tuple[str, ...], str] = {
    ("bachelors-degree", SE): """BSc in Software Engineering
BSc, Software Engineering
BSc (Software Engineering)
BSc: Software Engineering
BSc - Software Engineering
BSc Software Engineering
B.Sc. in Software Engineering
Bachelor of Science in Software Engineering
Bachelor of Science, Software Engineering
Bachelor of Science (Software Engineering)
Bachelor of Software Engineering
Bachelor's in Software Engineering
Bachelors of Engineering in Software Engineering
BEng (Hons) Software Engineering
BSc (Hons) in Software Engineering
BSc with Honours in Software Engineering
BSc. Software Engineering, 2012 - 2016
BSSE
Software Engineering (BSc)
Bachelor's degree, Software Engineering""",
    ("bachelors-degree", CS): """B.Tech in Computer Science
BTech Computer Science and Engineering
B Tech in CSE
B. Tech. - Computer Science
B.Tech (CSE)
B.E. Computer Science & Engineering
BE in Computer Science
BS in Computer Science
BS Computer Science
B.S. in CS
BSCS
Bachelor of Technology (Computer Science and Engineering)
Bachelor of Computer Science
BASc in Computer Science
AB in Computer Science
BSc Computing
BSc Informatics
Licence en Informatique
Laurea Triennale in Informatica
Bachelor of Arts, Computer Science
Bachelor of Science - BS, Computer Science
BCompSc
Licencjat, informatyka
Grado en Ingeniería Informática
Licence Informatique""",
    ("bachelors-degree", IT): "Bachelor of Information Technology\nB.Tech in Information Technology\nBSc IT\nBSIT",
    ("bachelors-degree", MATH): "BSc Mathematics\nBA in Mathematics\nBachelor of Mathematics\nB.Math, Mathematics",
    (
        "bachelors-degree",
        CS,
        MATH,
    ): "BS in Computer Science and Mathematics\nBSc in Computer Science with a minor in Mathematics",
    ("masters-degree", CS): """MSc in Computer Science
M.Sc., Computer Science
Master of Science in Computer Science
MS in Computer Science
M.S. Computer Science
MSCS
M.Tech (Computer Science)
M Tech in Computer Science
ME Computer Science
M.E. (CSE)
MEng Computer Science
Master's in Computer Science
Master's degree in Artificial Intelligence
Masters in Computer Science
Master of Computer Science
Diplom in Informatik
Magister in Computer Science
Laurea Magistrale in Ingegneria Informatica
MPhil in Computer Science
MRes Machine Learning
Staatsexamen Informatik
Diplom-Informatiker
Dipl.-Inform.
Master Informatik
Master en informatique
Master di Informatica
Magister inżynier, informatyka
Civilingenjör, datateknik
Masterexamen i datavetenskap
Maîtrise, informatique
Máster en Informática""",
    ("masters-degree", MATH): "Engineer Specialist in Applied Mathematics\nMMath Mathematics\nDiplom Mathematik",
    ("masters-degree", STAT): "MS Statistics\nM.Stat, Statistics\nMSc in Applied Statistics\nMA in Statistics",
    ("masters-degree", DS): "MS in Data Science\nM.S., Data Science\nMSc Data Analytics\nMaster of Data Science\nMSDS",
    ("masters-degree", "computer-applications"): "MCA\nM.C.A.\nMaster of Computer Applications",
    ("doctorate", CS): """PhD in Computer Science
Ph.D. in Computer Science
Ph. D., Computer Science
PhD, Machine Learning
DPhil in Computer Science
Doctor of Philosophy in Computer Science
Doctor of Philosophy (Computer Science)
Computer Science, PhD
Docteur en informatique
Doktorat, informatyka""",
    ("doctorate", EE): "PhD in Electrical Engineering\nDr.-Ing. Elektrotechnik",
    ("mba", "finance-field"): "MBA, Finance\nMBA (Finance)\nMaster of Business Administration in Finance",
    ("diploma", "finance-field"): "PGDM Finance\nPost Graduate Diploma in Finance",
    ("bachelors-degree",): """BSN
B.Com
BBA
B.Arch
BSc
Bachelor's degree
MBBS
Bachelor of social work
Licence en Droit
Licenciada en Psicología
Licence professionnelle
Graduação em Engenharia Civil
Ingeniería Industrial
Sarjana Ekonomi
Bakalář
Baccalauréat en psychologie
First class degree in Zoology
BSocSc Sociology, Larch University
B.Soc.Sc. in Anthropology
BScEng Hons, Larch College
BMedSci, University of Larch
BNurs, Larch University
BDS, Larch Dental College""",
    ("masters-degree",): """MSc
M.Tech
MEng
Master's thesis on ranking
Dipl.-Ing.
Master of social work
MSW, Larch School of Social Work
MSocSci in Gender Studies
LL.M., Larch University
M.Div., Larch Seminary
Staatsexamen Humanmedizin
Magister Artium Germanistik
Cand.merc.
Civilekonom""",
    ("doctorate",): """M.D., Larch School of Medicine
DVM, Larch University
Doctoral degree""",
    ("diploma", CS): "Postgraduate Program in Artificial Intelligence\nN.Dip Computer Science",
    ("associates-degree", CS): "Associate of Science in Computer Science\nAssociate degree in Computer Science",
}
TABLE = [(degree, skills) for skills, degrees in KINDS.items() for degree in degrees.splitlines()]


@pytest.mark.parametrize(("line", "skills"), TABLE)
def test_a_degree_says_its_level_and_its_fields(line: str, skills: tuple[str, ...]) -> None:
    degree = read_degree(line)
    assert degree is not None
    assert (degree.skill, *(field.skill for field in degree.fields)) == skills


@pytest.mark.parametrize(
    "behind", [", Oregon Valley University, 2012 - 2016", " | Acme College", "\nState University", " 2016"]
)
@pytest.mark.parametrize(
    "degree", ["BSc in Software Engineering", "M.S., Statistics", "PhD (Computer Science)", "B.Tech (Hons) CSE"]
)
def test_a_degree_ends_where_the_school_begins(degree: str, behind: str) -> None:
    found = read_degree(degree + behind)
    assert found is not None
    assert (degree + behind)[found.start : found.end] == degree


@pytest.mark.parametrize(
    "line",
    [
        "ABOUT ME",
        "Will Masters, State University",
        "Bachelor Banks",
        "Contact me at State University",
        "to BE done at the university",
        "post-baccalaureate certificate",
        "MS Office, MS Excel, MS SQL Server",
        "Scrum Master",
        "Portland, ME",
        "Master Data Management",
        "mastered Python",
        "webmaster of the university",
        "Supervised 3 PhD students",
        "Mentored Master's students",
        "Planning to pursue a PhD",
        "AS A TEAM",
        "Cambridge, MA",
        "Postdoc. in Computer Science, Larch University",
        "Postdoctoral Researcher, Larch University",
        "An award for superb doctoral dissertations",
        "MSc thesis supervisor of Master students",
        "Supervision of BSc projects",
        "LLM at Larch University",
        "Baltimore, MD",
        "MLib. Machine Learning Engineer",
    ],
)
def test_what_is_nobodys_degree_is_none(line: str) -> None:
    assert read_degree(line) is None


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("PhD in Physics, 2015", "finished"),
        ("PhD candidate in Physics", "in-progress"),
        ("Pursuing a Master's in Statistics", "in-progress"),
        ("MSc Statistics (expected 2027)", "in-progress"),
        ("BSc Mathematics, 2024 - Present", "in-progress"),
        ("PhD in Physics (incomplete)", "abandoned"),
        ("MSc Statistics, dropped out in 2019", "abandoned"),
        ("Did not continue in a PhD", "abandoned"),
    ],
)
def test_a_degree_says_how_far_it_came(line: str, state: str) -> None:
    degree = read_degree(line)
    assert degree is not None
    assert degree.state == state


@pytest.mark.parametrize(
    "title",
    [
        "Bachelor of social work",
        "Master of Science in School Counseling",
        "BSocSc Politics and International Relations",
        "Licence en Droit",
        "Bachelor of Hotel Management",
    ],
)
def test_the_title_of_a_degree_names_its_field_whatever_it_is(title: str) -> None:
    for behind in ("\nLarch University", ", Larch University, 2014", ":\nUpper second class"):
        text = f"EDUCATION\n{title}{behind}\nSKILLS\nPython"
        titles = [text[slice(*entry.title)] for entry in read_anatomy(text).entries if entry.title]
        assert titles == [title]


def test_a_field_of_study_on_a_line_of_its_own_opens_no_section() -> None:
    text = "EDUCATION\nSocial Works\nBachelor of social work\nFaculty of Social Work - Larch University\nPROJECTS\nShop"
    assert [section for _, section in read_anatomy(text).openings] == ["top", "education", "projects"]


def test_every_degree_of_a_text_is_found_with_its_place() -> None:
    text = "MSc in Statistics, Acme University\n2018\nBSc Mathematics\n"
    assert [text[degree.start : degree.end] for degree in find_degrees(text)] == [
        "MSc in Statistics",
        "BSc Mathematics",
    ]
    assert find_degrees(text, 30) == find_degrees(text)[1:]


@pytest.mark.parametrize(
    "line",
    [
        "MSc in Physics, Larch College, Expected May 2049",
        "MSc in Physics\nLarch College\nExpected May 2024",
        "MSc in Physics, Larch College\nSep 2022 - Present",
        "MSc in Physics, Larch College, since 2023",
        "Larch College, Portland\nMSc in Physics (in progress)\n2022 - 2025",
        "Larch College\nMSc in Physics Oct. 2022 - Exp. Mar. 2025",
        "MSc in Physics, Larch College, 2021 \u2013 2049",
    ],
)
def test_a_degree_is_in_progress_whichever_line_of_its_entry_says_so(line: str) -> None:
    anatomy = read_anatomy(f"EDUCATION\nBSc in Physics, Larch College, 2018 - 2021\n{line}\nSKILLS\nPython")
    assert [degree.state for degree in anatomy.degrees] == ["finished", "in-progress"]
    assert [entry.present for entry in anatomy.entries] == [False, True]


def test_a_degree_without_a_date_is_an_entry_of_the_education() -> None:
    text = "EDUCATION\nMSc in Physics, Larch College\nSKILLS\nPython"
    assert [(entry.kind, text[slice(*(entry.title or (0, 0)))]) for entry in read_anatomy(text).entries] == [
        ("degree", "MSc in Physics")
    ]


@pytest.mark.parametrize("field", ["Biostatistics", "Pottery"])
def test_the_field_of_a_degree_may_stand_on_the_line_below_it(field: str) -> None:
    text = f"EDUCATION\nMaster of Science in\n{field}\nExample University\n2017"
    (entry,) = read_anatomy(text).entries
    assert text[slice(*(entry.title or (0, 0)))] == f"Master of Science in\n{field}"
    assert text[slice(*(entry.organisation or (0, 0)))] == "Example University"


def _list_studies(text: str) -> list[tuple[str, tuple[int | None, ...]]]:
    """Return the title of each degree of a text, and the years in which it began and ended."""
    return [
        (text[slice(*entry.title)], tuple(point and point.year for point in entry.time))
        for entry in read_anatomy(text).entries
        if entry.title and entry.kind == "degree"
    ]


def test_degrees_of_one_line_have_each_their_own_date() -> None:
    text = (
        "EDUCATION\nPh.D. in Computer Science Example University - Ostrava, CZ 2018 M.S. in Statistics Example "
        "Institute of Technology - Brno, CZ 2014 to 2017 B.S. in Physics Example University 2010 to 2014"
    )
    degrees = ["Ph.D. in Computer Science", "M.S. in Statistics", "B.S. in Physics"]
    assert _list_studies(text) == list(zip(degrees, [(None, 2018), (2014, 2017), (2010, 2014)], strict=True))


@pytest.mark.parametrize(
    "education",
    [
        "Master of Science in Physics\nExample University, Ostrava\nMoravia, Czechia\nAug 2022 - May 2025\nGPA: 3.6",
        "Master of Science in Physics and\nAstronomy\nExample Technical\nUniversity\n2022 - 2025",
        "- The University of Ostrava, 2022 - 2025:\nMaster of Science in Physics:\nWith distinction (1.1)",
        "Example University, 2022 - 2025\nMaster of Science in Physics",
    ],
)
def test_the_date_of_a_degree_may_stand_beside_its_school(education: str) -> None:
    ((title, years),) = _list_studies(f"SKILLS\nPython\n\nEDUCATION\n{education}")
    assert title.startswith("Master of Science in Physics")
    assert years == (2022, 2025)


RUN_ON = (
    "Master of Science in Statistics Tharrow University - Boston, MA 2016 to 2018 Bachelor of Arts in Mathematics "
    "Ostrava University - Toledo, OH May 2014 Diploma in Carpentry in Carpentry Vellmont College 2010"
)


@pytest.mark.parametrize("place", [None, *(place for place, sign in enumerate(RUN_ON) if sign == " ")][::3])
def test_degrees_that_run_on_have_each_the_date_behind_it_wherever_the_line_is_wrapped(place: int | None) -> None:
    wrapped = RUN_ON if place is None else f"{RUN_ON[:place]}\n{RUN_ON[place + 1 :]}"
    text = f"Analyst Fernmark Bank\n2014 - 2016\nEDUCATION\n{wrapped}\nSKILLS\nPython"
    degrees = [entry for entry in read_anatomy(text).entries if entry.kind == "degree"]
    assert [entry.until.year if entry.until else None for entry in degrees] == [2018, 2014, 2010]
    titles = [" ".join(text[slice(*entry.title)].split()) for entry in degrees if entry.title]
    assert [title.split()[0] for title in titles] == ["Master", "Bachelor", "Diploma"]
    assert titles[2].startswith("Diploma in Carpentry")


BACHELOR_OF_MANAGEMENT = "Bachelor of Management in Management Information Systems"


def _read_degree_entry(line: str) -> tuple[str | None, ...]:
    """Return title, school and place of the degree on a line of the education."""
    text = f"EDUCATION\n{line}\nSKILLS\nPython"
    [entry] = read_anatomy(text).entries
    return tuple(part and text[slice(*part)] for part in (entry.title, entry.organisation, entry.place))


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("Diploma in Carpentry Trades in Carpentry Trades Vellmont College 2010", "Diploma in Carpentry Trades"),
        ("BSc in Mathematics in Mathematics Vellmont College 2010", "BSc in Mathematics"),
        ("BACHELOR OF ARTS IN BOTANY in BOTANY Vellmont College 2010", "BACHELOR OF ARTS IN BOTANY"),
        ("Bachelor of Management in Management Information Systems Vellmont College 2010", BACHELOR_OF_MANAGEMENT),
    ],
    ids=["unknown", "known", "capitals", "longer"],
)
def test_a_field_that_is_said_twice_stands_once_in_the_title(line: str, degree: str) -> None:
    assert _read_degree_entry(line) == (degree, "Vellmont College", None)


@pytest.mark.parametrize(
    "degree",
    [
        "Master of Science in Industrial Engineering",
        "Associate in Business Administration",
        "BEng in Electrical and Electronic Engineering",
        "MBA in Journalism",
        "Bachelor of Arts Journalism",
        "BEng in Instrumentation and Control",
    ],
)
@pytest.mark.parametrize("school", ["Vellmont College", "University of Vellmont", "Vellmont School"])
def test_a_school_may_follow_the_field_of_a_degree_at_once(degree: str, school: str) -> None:
    assert _read_degree_entry(f"{degree} {school} 2014") == (degree, school, None)


@pytest.mark.parametrize(
    ("degree", "place", "school"),
    [
        ("B.Tech CSE", "Alnapur, Maharashtra", "Vellmont College of Engineering"),
        ("B.E. Information Technology", "Alnapur, MAHARASHTRA, IN", "Vellmont College"),
        ("H.S.C", "Alnapur, Maharashtra", "Vellmont College"),
        ("Bachelor of Engineering", "Navi Alnapur, Maharashtra", "Maharashtra State Board"),
    ],
)
def test_a_town_right_behind_a_degree_is_neither_its_field_nor_its_school(degree: str, place: str, school: str) -> None:
    assert _read_degree_entry(f"{degree} {place} {school}") == (degree, school, place)


@pytest.mark.parametrize(
    "school",
    [
        "Ohio State University",
        "Texas Institute of Technology",
        "Maharashtra Public School",
        "University Of Texas at Vellmont",
        "State University of New York at Vellmont",
    ],
)
def test_a_school_that_is_named_for_a_place_keeps_its_name(school: str) -> None:
    assert _read_degree_entry(f"BSc in Physics, {school}, 2014")[1] == school


def test_words_that_no_list_knows_are_a_field_between_in_and_a_university() -> None:
    line = "BA in Quiltmaking University of Vellmont 2014"
    assert _read_degree_entry(line) == ("BA in Quiltmaking", "University of Vellmont", None)


def test_degrees_of_a_line_without_dates_have_each_their_own_school() -> None:
    line = "BSc in Physics Vellmont College - Ostrava, CZ MSc in Statistics University of Vellmont"
    text = f"EDUCATION\n{line}\nSKILLS\nPython"
    found = [
        (text[slice(*entry.title)], text[slice(*entry.organisation)])
        for entry in read_anatomy(text).entries
        if entry.title and entry.organisation
    ]
    assert found == [("BSc in Physics", "Vellmont College"), ("MSc in Statistics", "University of Vellmont")]


def test_a_heading_or_a_town_behind_a_degree_is_not_its_field() -> None:
    assert _read_degree_entry("BSc Physics London, 2014")[0] == "BSc Physics"
    assert _read_degree_entry("Bachelor's Skills: .NET")[0] == "Bachelor's"


@pytest.mark.parametrize(
    "education",
    [
        "Vellmont University Alnapur, WA\nBSc in Physics, Honours\n2014",
        "BSc in Physics, Honours 2014\nVellmont University Alnapur, WA",
        "BSc in Physics, Honours, Vellmont University Alnapur, WA 2014",
        "BSc in Physics, GPA 3.9, Vellmont University, Alnapur, WA 2014",
    ],
    ids=["above", "below", "behind", "parted"],
)
def test_the_school_of_a_degree_is_what_names_one_and_the_town_behind_it_its_place(education: str) -> None:
    assert _read_degree_entry(education)[1:] == ("Vellmont University", "Alnapur, WA")


def test_a_town_may_begin_with_the_word_for_a_school() -> None:
    line = "BSc in Physics, University of Vellmont, College Park, MD 2014"
    assert _read_degree_entry(line)[1:] == ("University of Vellmont", "College Park, MD")


def test_the_letters_of_a_school_right_behind_a_field_are_not_part_of_it() -> None:
    assert _read_degree_entry("BSc in Physics UCXA - Alnapur, WA 2014") == ("BSc in Physics", "UCXA", "Alnapur, WA")
