"""What is no résumé is refused, and no résumé is, however short."""

import pytest

from skills.anatomy.document_kind import check_document_kind
from skills.errors import NotAResumeError
from tests.reading_text import make_document
from tests.resumes import RESUME_TEXT

INVOICE = """Fernmark Analytics Ltd
INVOICE No. 2024-118
Bill to: Ostrava Retail Lab, accounts@example.org, +420 555 010 203
Period: 01/2024 - 03/2024
Description                      Qty   Unit price   Amount
Machine learning consulting       12      110.00   1320.00
Training, Python and Docker        2      400.00    800.00
Subtotal 2120.00   VAT 21%   445.20   Total due 2565.20
Payment terms: 30 days. IBAN CZ00 0000 0000 0000"""

RECIPE = """Grandmother's bean soup
Serves 4. Prep time 15 minutes, cook time one hour.
Ingredients
2 tbsp oil, 1 tsp salt, 300 g beans, an onion, finely chopped
Method
Preheat the oil, stir in the onion, add the beans and simmer. Whisk the cream and stir it in.
You can freeze what is left. Write to kitchen@example.org."""

PAPER = """Learning to Rank Bean Soups
Quilla Brandvold, Example University, quilla@example.org
Abstract
In this paper we propose a transformer model that ranks soups. We show that our method beats PyTorch baselines.
1 Introduction
Recommendation has been studied since 2012 (Alder et al. 2012 - 2018). Our results are as shown in Figure 1.
2 Related work
Skills of cooks were studied before.
5 Conclusion
We present a ranking of soups. Future work is to eat them.
References"""

ARTICLE = """What is a machine learning engineer? 7 min read
In this guide we compare two roles. Machine learning engineers train models; software engineers ship them.
Skills
You need Python, SQL and statistics. If you like mathematics, you can start with a master's degree or on your own.
Education
A bachelor's degree in computer science helps. On the other hand, a portfolio on GitHub counts as well.
Salaries grew in 2019 - 2023.
In conclusion, it's a good choice. Subscribe to our newsletter to learn more."""

POSTING = """Machine Learning Engineer (f/m/x)
Fernmark Analytics, Brno. Contact: jobs@example.org, +420 555 010 203
About us
We are looking for an engineer who brings models to production. Join our team!
Responsibilities
You will train models with PyTorch and deploy them with Docker and Kubernetes.
Qualifications
The ideal candidate has a master's degree and three years of experience with Python.
Skills
Python, SQL, AWS
What we offer
A salary range of 60-80k. We are an equal opportunity employer. To apply, write to us."""

FORM = """Application for a place in a course
Please complete this form in block capitals.
Surname: ______ First name: ______ Date of birth: ______
E-mail: ______ Telephone: ______
Education: ______ Degree: ______ University: ______
Tick one: full time / part time
Signature of applicant: ______   For office use only"""

LETTER = """Dear hiring manager,
I am writing to apply for the post of machine learning engineer. At Fernmark Analytics I have trained models in Python.
I look forward to hearing from you.
Kind regards,
Quilla Brandvold, quilla@example.org, linkedin.com/in/quilla"""

NOTES = """Minutes of the meeting on Tuesday. Present were all. The garden was spoken of at length, and it was agreed
that beans should be sown in May. The treasurer read the accounts, which were approved. Nobody painted the fence.
The next meeting is in a fortnight, in the usual place, and whoever comes late brings the cake. Thanks were given
to those who cleared the snow, and to the neighbours, who lent the ladder and have it back."""

OTHERS = {
    "an invoice": INVOICE,
    "a recipe": RECIPE,
    "a scientific paper": PAPER,
    "an article": ARTICLE,
    "a job posting": POSTING,
    "a form": FORM,
    "a letter": LETTER,
}

SHORT_RESUMES = [
    "Curriculum vitae\nPython, SQL",
    "Quilla Brandvold\nSkills: Python",
    "Quilla Brandvold, quilla@example.org\nPython developer",
    "Quilla Brandvold\nMachine Learning Engineer, Fernmark, 2020 - 2024",
    "Quilla Brandvold\n+420 555 010 203\nEducation\nM.Sc. Computer Science",
]


@pytest.mark.parametrize(("kind", "text"), OTHERS.items(), ids=OTHERS)
def test_a_document_of_another_kind_is_refused_and_told_what_it_looks_like(kind: str, text: str) -> None:
    with pytest.raises(NotAResumeError, match=rf"\AThis looks like {kind}, not like a résumé\. Send "):
        check_document_kind(make_document(text))


def test_a_text_without_any_sign_of_a_resume_is_refused() -> None:
    with pytest.raises(NotAResumeError, match=r"\AThis does not look like a résumé\. Send "):
        check_document_kind(make_document(NOTES))


@pytest.mark.parametrize("text", [RESUME_TEXT, *SHORT_RESUMES])
def test_a_resume_passes_however_short(text: str) -> None:
    check_document_kind(make_document(text))


@pytest.mark.parametrize(
    "line", ["Wrote a parser of invoices: subtotal, VAT and IBAN.", "Dear Sir, kind regards, sincerely"]
)
def test_a_resume_that_speaks_of_other_documents_passes(line: str) -> None:
    check_document_kind(make_document(f"{RESUME_TEXT}\n{line}"))
