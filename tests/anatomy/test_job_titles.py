"""Job titles have one grammar, whatever their level, field, trade and order."""

import pytest

from skills.anatomy.titles.job_titles import JobTitle, find_titles

ML, DS, DA, DE, SW = "machine-learning", "data-science", "data-analysis", "data-engineering", "software"
RE, MA = "research", "management"


def _find_title(line: str) -> JobTitle | None:
    return next(iter(find_titles(line)), None)


# The fields that each title says, and titles one a line.
KINDS: dict[tuple[str, ...], str] = {
    (ML,): """Machine Learning Engineer
Machine Learning Developer
Developer, Machine Learning
AI Developer
ML Engineer
Sr. ML Engg.
MLE II
MLE
Staff ML Eng
Principal Machine Learning Engineer
Engineer, Machine Learning
Engineer II, ML
AI Engineer
AI/ML Engineer
A.I. Engineer
Generative AI Engineer
GenAI Engineer
LLM Engineer
NLP Engineer
Computer Vision Engineer
Deep Learning Engineer
Reinforcement Learning Engineer
Perception Engineer
Speech Scientist
Applied Scientist
Applied Scientist II
Applied Scientist Intern
Sr Applied Scientist
Machine Learning Scientist
AI Scientist
Machine Learning Intern
Intern, Machine Learning
Intern - Deep Learning
Intern in Machine Learning
Machine Learning Lead
Lead Machine Learning Engineer
Lead, Machine Learning
Head of Machine Learning
Head of AI
MLOps Engineer
ML Platform Engineer
Recommender Systems Engineer
Associate for AI
AI Consultant
AI Architect
AI Specialist
Machine Learning Analyst
Machine Learning Trainee
Werkstudent Machine Learning
Prompt Engineer
Conversational AI Engineer
machine learning engineer
MACHINE LEARNING ENGINEER
Machine-Learning Engineer
Freelance Machine Learning Engineer
Founding ML Engineer
Acting Lead ML Engineer""",
    (DS,): """Data Scientist
Senior Data Scientist
Sr. Data Scientist II
Lead Data Scientist
Staff Data Scientist
Data Scientist Intern
Data Science Intern
Intern, Data Science
Head of Data Science
Data Science Consultant
Data Science Analyst
Data Science Engineer
Decision Scientist
Statistician
Quantitative Researcher
Quantitative Analyst
Associate Data Scientist
Graduate Data Scientist
Product Data Scientist
Healthcare Data Scientist
Marketing Data Scientist
Data Scientist, Marketing
Chief Data Scientist
Bioinformatics Scientist
Statistical Modeler""",
    (SW,): """Software Engineer
Software Engineer II
Software Developer
Software Engineer - I
Sr. Software Engg
Software Engr
Senior Software Development Engineer
SDE-2
SDE II
SWE
Software Engineering Intern
Software Engineer Intern
Software Engineer (Intern)
Intern, Software Engineering
Intern Software Development
Associate Software Engineer Trainee
Full Stack Engineer
Full-Stack Developer
Fullstack Developer
Full Stack Java Developer
Backend Engineer
Back-End Developer
Front End Developer
Front-end Engineer
Frontend Developer (React.js)
Web Developer
Junior Web Developer
PHP/Drupal Developer
.NET Developer
C# Developer
C++ Software Engineer
Java Developer
Sr. Java/J2EE Developer
Python Developer
Python Engineer
Node.js Developer
Ruby on Rails Developer
iOS Developer
Android Engineer
Mobile Application Developer
Game Developer
Kernel Engineer
Compiler Engineer
Embedded Software Engineer
Firmware Engineer
Graphics Programmer
Programmer
Programmer Analyst
Programmer/Analyst II
Application Developer
Salesforce Developer
Odoo Developer
Senior Xyzzy Developer
Software Architect
Software Consultant
Member of Technical Staff
Entwickler
Softwareentwickler
Développeur
Desarrollador
Automotive Software Engineer
Embedded Systems Engineer
Blockchain Developer
Software Engineer, Payments
Software Engineer, Core Team
Development Lead
Java Intern""",
    (ML, SW): """Machine Learning Software Engineer
ML Software Engineer
AI/ML Software Engineer
Software Engineer, Machine Learning
Software Engineer - Machine Learning
Software Engineer – ML
Software Engineer (Machine Learning)
Software Engineer | Machine Learning
Software Engineer: Machine Learning
Software Engineer Machine Learning
Software Engineer in Machine Learning
Software Engineer — Applied Machine Learning
Software Engineer with a focus on Machine Learning
Software Engineer, specialized in ML
Software Engineer II, Computer Vision
Senior Software Engineer, AI Platform
Computer Vision Software Engineer
Software Developer (NLP)
Software Engineer/Machine Learning Engineer""",
    (DE,): "Data Engineer\nSenior Data Engineer\nBig Data Engineer\nETL Engineer\nData Warehouse Engineer",
    (DE, SW): "Hadoop Developer\nBig Data Developer\nETL Developer",
    (DA,): "Data Analyst\nSenior Data Analyst\nBI Analyst\nBusiness Intelligence Analyst\nAnalytics Consultant",
    (DS, ML): "Data Scientist / Machine Learning Engineer\nData Scientist & ML Engineer\nData Scientist, NLP",
    (
        RE,
    ): "Research Assistant\nGraduate Research Assistant\nResearch Scientist\nResearch Intern\nPostdoctoral Researcher",
    (
        ML,
        RE,
    ): "Machine Learning Researcher\nDeep Learning Research Intern\nAI Research Scientist\nResearch Intern (NLP)\n"
    "Research Assistant, Machine Learning\nResearch Engineer - NLP",
    (): "Engineer\nSystems Engineer\nIntern\nSenior Consultant\nTechnical Lead\nTeam Lead\nAssociate Engineer",
    (MA,): "Engineering Manager\nVP Engineering\nDirector of Engineering\nCEO",
    (DS, MA): "Data Science Manager\nDirector of Data Science\nDirector, Data Science\nVP of Data Science",
    (
        "testing",
    ): "QA Engineer\nSoftware Test Engineer\nSDET\nSoftware Engineer in Test\nQA Automation Engineer\nSoftware Tester",
    (
        "teaching",
    ): "Teaching Assistant\nTeaching Assistant, Machine Learning\nMachine Learning Instructor\nAssistant Professor",
    ("business",): "Sales Engineer\nBusiness Developer\nBusiness Analyst\nSolutions Engineer",
    ("product",): "Product Manager\nProduct Manager, Machine Learning\nAI Product Manager\nProject Engineer",
    ("support",): "Support Engineer\nIT Support Analyst\nSoftware Support Engineer",
    (
        "operations",
    ): "DevOps Engineer\nNetwork Engineer\nSite Reliability Engineer\nLinux Administrator\nCloud Engineer",
    (
        "other",
    ): "Mechanical Engineer\nElectrical Engineer\nCivil Engineer\nHardware Engineer\nGraphic Designer\nAccountant",
}
TABLE = [(title, fields) for fields, titles in KINDS.items() for title in titles.splitlines()]


@pytest.mark.parametrize(("title", "fields"), TABLE)
def test_a_title_says_its_fields(title: str, fields: tuple[str, ...]) -> None:
    found = _find_title(title)
    assert found is not None
    assert found.fields == set(fields)


@pytest.mark.parametrize(
    "behind", ["", " at Acme", ", Acme Inc.", " | Acme", " — Remote", " @ Acme", " Jan 2020 – Present"]
)
@pytest.mark.parametrize(
    "title", ["Software Engineer, Machine Learning", "Sr. ML Engineer II", "MLE", "Data Scientist", "Intern, AI"]
)
def test_a_title_ends_where_the_employer_begins(title: str, behind: str) -> None:
    found = _find_title(title + behind)
    assert found is not None
    assert (title + behind)[found.start : found.end].removesuffix(" Remote") == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Acme Corp — Staff ML Engineer", "Staff ML Engineer"),
        ("Jan 2020 – Present Data Scientist, Acme", "Data Scientist"),
        ("Software Engineer, AI Labs", "Software Engineer"),
        ("library. Junior Java Developer CMS Technology", "Junior Java Developer"),
        ("Python Developer CERNER - Kansas City, MO", "Python Developer"),
        ("Promoted to Senior Data Scientist in 2020", "Senior Data Scientist"),
        ("As CTO I built the team", "CTO"),
        ("cut the time of a release by 40% Solution Developer Fernmark Bank", "Solution Developer"),
        ("Team of the Year Award. Project Manager Fernmark Bank", "Project Manager"),
        ("of all the lookups. Data Retrieval Engineer Fernmark Bank", "Data Retrieval Engineer"),
        ("Northwind Solutions - Consultant", "Consultant"),
        ("Northwind Analytics / Data Scientist", "Data Scientist"),
        ("Data Scientist / Software Engineer", "Data Scientist / Software Engineer"),
        ("Rehabilitation Assistant", "Rehabilitation Assistant"),
        ("Educational Collaborator", "Educational Collaborator"),
        ("E-commerce Manager", "E-commerce Manager"),
        ("Geophysical Data Scientist Fernmark Energy", "Geophysical Data Scientist"),
        ("Fernmark Data Scientist", "Data Scientist"),
        ("Python Developer Fernmark Employee Benefits", "Python Developer"),
        ("2019 - 2021 | Program Eligibility Specialist", "Program Eligibility Specialist"),
        ("Environment: Flask, XML, SQL, CSS Software Engineer Fernmark Bank", "Software Engineer"),
        ("Environment: Flask, XML, SQL, Linux Jr. Software Engineer Fernmark Bank", "Jr. Software Engineer"),
        ("Skills: Python, SQL, Excel, and Tableau Data Scientist Fernmark Bank", "Data Scientist"),
        ("Environment: Flask and Redux, Boxplot Sr. Web Developer Fernmark Bank", "Sr. Web Developer"),
        ("Geotechnical Senior Engineer", "Geotechnical Senior Engineer"),
        ("HONORS Research Assistant Larch College", "Research Assistant"),
        ("LEADERSHIP EXPERIENCE Treasurer Larch Society", "Treasurer"),
        ("RESEARCH ASSISTANT", "RESEARCH ASSISTANT"),
        ("SOFTWARE ENGiNEER", "SOFTWARE ENGiNEER"),
        ("Data Scientist (Python, Tablemill, Keras) Fernmark Bank", "Data Scientist"),
        ("Web Developer (Python)", "Web Developer (Python)"),
        ("sold in less than a week. Salesperson Fernmark Homes", "Salesperson"),
        ("Environment: Flask, XML, CSS, Boxplot Lead Web Developer Fernmark Bank", "Lead Web Developer"),
        ("Sr. Front- End Developer Fernmark Bank", "Sr. Front- End Developer"),
        ("Flight- control developer", "Flight- control developer"),
        ("Fernmark- Software Engineer", "Software Engineer"),
        ("Armed Courier Fernmark Ltd", "Armed Courier"),
        ("Radio Access Network Engineer Fernmark Ltd - Leeds", "Radio Access Network Engineer"),
        ("Video Processing Research Intern May 2021 - August 2021", "Video Processing Research Intern"),
        ("wrote the tools in Perl. Online Course Instructor Larch School - Leeds, UK", "Online Course Instructor"),
        ("Guide: Prof. Ada Lima Data Analyst Larch College", "Data Analyst"),
        ("Community Leader 2016 to 2017", "Community Leader"),
        ("Systems Administrator IT3 Fernmark Ltd", "Systems Administrator"),
        ("Python Developer - Machine Learning Fernmark Bank - Leeds, UK", "Python Developer - Machine Learning"),
        ("Python Developer - Data Fernmark Bank", "Python Developer"),
        ("Web Developer SAP - Tempe, AZ", "Web Developer"),
        ("Web Developer Department of Physics", "Web Developer"),
        ("Data Analyst in charge of sales", "Data Analyst"),
        ("Web Developer Community Systems - Leeds, UK", "Web Developer"),
        (
            "Vendor Manager/Call Centre Program/ Project Manager Fernmark Ltd",
            "Vendor Manager/Call Centre Program/ Project Manager",
        ),
        ("Operations Manager /Crew Lead Fernmark Ltd", "Operations Manager /Crew Lead"),
        ("Database Engineer 4U Larch Labs", "Database Engineer"),
        ("Database Engineer 2 Larch Labs", "Database Engineer 2"),
        ("Tools: Flask, XML, HTML5, CSS3 Frontend Developer Fernmark Bank", "Frontend Developer"),
        ("CMS Web Developer Global Fernmark", "CMS Web Developer"),
        ("Seismic Data Processor", "Seismic Data Processor"),
        ("found more readers through SEO Volunteer Tutor Larch College", "Volunteer Tutor"),
        ("found patterns using SAS Business Technology Analyst Fernmark", "Business Technology Analyst"),
        ("Executive Assistant to the board", "Executive Assistant"),
        ("Logistician at the harbour", "Logistician"),
        ("to close large deals Valet Attendant Fernmark Hotel", "Valet Attendant"),
        ("Bachelor Intern, Fernmark Bank", "Bachelor Intern"),
        ("Ph.D. Student at Larch College", "Ph.D. Student"),
        ("there is more to come in future! Web Developer Fernmark Bank", "Web Developer"),
        ("Data Scientist App Larch Ltd", "Data Scientist"),
        ("Web Developer Society for Rivers - Leeds", "Web Developer"),
        ("a road map for all of the versions Capstone Project Intern Fernmark Bank", "Capstone Project Intern"),
        ("served all of the guests with advertisements Kestrel Harbour Driver Larch", "Kestrel Harbour Driver"),
        ("Learning Management System (LMS) Developer Fernmark Bank", "Learning Management System (LMS) Developer"),
        ("Quality Assurance (QA) Analyst Fernmark Bank", "Quality Assurance (QA) Analyst"),
        ("forecast of prices with Keras and TensorFlow DEVELOPER FERNMARK BANK", "DEVELOPER"),
        ("Director of Social Media Fernmark Oil - Leeds", "Director of Social Media"),
        ("Data Modeler II, Data Science Fernmark Bank, LLC - Leeds", "Data Modeler II, Data Science"),
        ("Product Manager, Mobile Apps & Backend Larch Journal - Bern", "Product Manager, Mobile Apps & Backend"),
        ("Analyst, Statistics Fernmark - May 2019", "Analyst"),
        ("Database: Oracle, PL/SQL Sr. Software Developer Larch, Inc", "Sr. Software Developer"),
        ("chose inflation linked opportunities PORTFOLIO MANAGER FERNMARK", "PORTFOLIO MANAGER"),
        ("planning of the future releases IT Project Specialist Fernmark", "IT Project Specialist"),
        ("the move from an older system to MySQL Database Administrator Fernmark", "Database Administrator"),
        ("Restaurant General Manager Fernmark Hotel", "Restaurant General Manager"),
        ("Realtor Fernmark Homes - Leeds", "Realtor"),
    ],
)
def test_a_title_is_found_where_it_stands_in_a_line(line: str, title: str) -> None:
    found = _find_title(line)
    assert found is not None
    assert line[found.start : found.end] == title


@pytest.mark.parametrize(
    "line",
    [
        "Aspiring data scientist",
        "Seeking a position as Software Engineer",
        "Looking for a role as a Machine Learning Engineer",
        "Wants to become a data scientist",
        "Worked with a Senior Software Engineer",
        "Reported to the Lead Data Scientist",
        "Worked closely with data scientists and software engineers",
        "AWS Certified Developer",
        "A future Data Scientist",
        "Interesting opportunities as a Data Scientist",
        "kept switches and routers Fernmark Certified Developer Larch College",
        "Assessments: Critical Thinking, Expert May 2019",
        "Machine Learning Engineer Nanodegree",
        "Data Scientist Certificate",
        "Team Foundation Server",
        "Larch Institute, Prof. Kuan-Ta Larch",
        "Solved the TSP (Traveling Salesman Problem) by search",
        "Lead the team through a release",
        "Lead development of the search service",
        "We engineer software for banks",
        "Built an engineering culture",
        "an associate of mine",
        "Driver license (B) since 2008",
        "Under Ada Lima, Professor at the institute",
        "Supervised by Ada Lima, Professor",
    ],
)
def test_what_names_no_post_held_is_no_title(line: str) -> None:
    assert _find_title(line) is None


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Sr. Software Engineer", "senior"),
        ("Software Engineering Intern", "intern"),
        ("Senior Data Science Intern", "intern"),
        ("Staff Engineer", "staff"),
        ("Head of AI", "lead"),
        ("Acting Lead Engineer", "acting"),
        ("Software Engineer", ""),
    ],
)
def test_a_title_says_its_level(title: str, level: str) -> None:
    found = _find_title(title)
    assert found is not None
    assert found.level == level


def test_every_title_of_a_text_is_found_with_its_place() -> None:
    text = "Software Engineer, Acme\nJan 2020\nData Scientist | Beta\n"
    assert [text[title.start : title.end] for title in find_titles(text)] == ["Software Engineer", "Data Scientist"]
    assert find_titles(text, 24) == find_titles(text)[1:]


@pytest.mark.parametrize("gap", range(20, 80, 7))
def test_a_title_is_whole_wherever_a_long_line_has_another_before_it(gap: int) -> None:
    before = f"Team leader of the club {'and so on ' * 8}"[:gap]
    text = f"{before}. Data Scientist/Advanced Software Engineer Larch{' - Bern' * 9}"
    assert "Data Scientist/Advanced Software Engineer" in [text[title.start : title.end] for title in find_titles(text)]
