"""Builds fictional documents."""

import re
import secrets
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

MARGIN = 56
LINE_HEIGHT = 14
LINES_A_PAGE = 52
WORDS_A_PAGE = 2_000

RESUME_TEXT = """Quilla Brandvold
Machine Learning Engineer
quilla.brandvold@example.org

Summary
Machine learning engineer with six years of experience in natural language
processing and recommendation, from data pipelines to monitored services.

Experience
Senior Machine Learning Engineer, Fernmark Analytics, 2020 - 2024
Designed and trained deep learning models with PyTorch and TensorFlow.
Fine-tuned BERT for document classification, raising F1 from 0.81 to 0.90.
Built data pipelines in Python with Apache Spark and Airflow.
Deployed models to production with Docker and Kubernetes on AWS.
Monitored model drift and retrained models every week with MLflow.
Worked with data scientists and software engineers to ship features.
Evaluated models with cross-validation and A/B tests.

Machine Learning Engineer, Ostrava Retail Lab, 2018 - 2020
Developed a recommendation engine with scikit-learn and pandas.
Preprocessed and cleaned large data sets with SQL and NumPy.
Optimized inference and cut latency from 120 ms to 35 ms with ONNX.
Wrote unit tests and reviewed code in an agile team with Git.

Skills
Python, Java, C++, SQL, Bash
PyTorch, TensorFlow, Keras, scikit-learn, pandas, NumPy
Docker, Kubernetes, AWS, Airflow, Spark, MLflow, Git, Linux
Computer vision, natural language processing, statistics

Education
M.Sc. Computer Science, Example University, 2018
B.Sc. Mathematics, Example University, 2016

Projects
Published an open-source library for time series forecasting in Python.
Reproduced a transformer paper and documented the experiments.

Languages
English, Czech"""

# Two pages, with every kind of thing that says who somebody is.
LONG_RESUME_TEXT = """Ottoline Farrow
Machine Learning Engineer
ottoline.farrow@post.example | +44 20 7946 0958 | linkedin.com/in/ottoline-farrow
12 Harbour View Road, Exampleton EX4 2PL

Summary
Machine learning engineer who brings models from the notebook into services
that people rely on. Eight years in healthcare and retail, from forecasting
demand to reading scanned letters.

Experience
Senior Machine Learning Engineer, Fernmark Health, Jan 2021 - Present
- Designed and trained deep learning models with PyTorch that read scanned
  letters, and raised the share read without a person from 62 % to 91 %.
- Fine-tuned BERT and T5 for named entity recognition in discharge notes.
- Deployed models behind a REST API with Docker and Kubernetes on AWS.
- Cleaned and labeled data sets of four million records with SQL and Spark.
- Tuned hyperparameters with Optuna and compared models by cross-validation.
- Monitored drift with Prometheus and retrained models every week.
- Worked with data scientists, nurses and software engineers to ship features.
- Wrote unit tests, reviewed code and kept continuous integration green.

Machine Learning Engineer, Ostrava Retail Lab, March 2018 - December 2020
- Built a recommendation engine with TensorFlow and Keras that 200 shops use.
- Forecast demand with gradient boosting, ARIMA and random forests.
- Integrated the models into a Java web application together with its owners.
- Ran A/B tests and told their outcome with Bayesian statistics.
- Moved nightly jobs from cron to Airflow and halved their running time.

Data Analyst, Bluewater Insurance, 06/2016 - 02/2018
- Found fraudulent claims with logistic regression and clustering in R.
- Built dashboards in Tableau and automated reports with Python and pandas.
- Extracted features from call logs and prepared training sets.

Projects
Open-source library for time series, written in Python and C++
- Published a library for anomaly detection, with 1,400 stars on its page.
- Wrote its documentation and a tutorial in Jupyter Notebook.

Kaggle: finished in the first hundred of three competitions
- Trained convolutional neural networks to sort photographs of leaves.
- Combined gradient boosting models by stacking.

Skills
Languages: Python, R, Java, C++, SQL, Bash
Frameworks: PyTorch, TensorFlow, Keras, scikit-learn, pandas, NumPy, XGBoost
Tools: Docker, Kubernetes, AWS, Airflow, Spark, MLflow, Git, Linux
Methods: computer vision, natural language processing, statistics, Scrum

Education
M.Sc. Computer Science, University of Exampleton, 2016
Thesis: attention in networks that read handwriting
B.Sc. Mathematics, Northmoor College, 2014

Publications
Farrow, O. Reading letters nobody wants to read. Example Workshop, 2022.

Languages
English, Portuguese, a little Welsh

References
Dr. Imre Sandor, Fernmark Health"""


# Advice on it quotes a skill that only the list names, and a post with its employer, since two posts have its title.
LISTED_RESUME_TEXT = """Ottoline Farrow

Experience
Data Scientist, Fernmark Health, Leeds
May 2019 - Present
- Trained random forests for churn
Data Scientist, Ostrava Retail Lab, Leeds
May 2015 - April 2019
- Predicted demand with gradient boosting

Skills
Python, TensorFlow
"""


def build_pdf(text: str) -> bytes:
    """Return a plain PDF with one line of text under the other, on as many pages as that takes."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    lines = text.split("\n")
    for first in range(0, len(lines), LINES_A_PAGE):
        for row, line in enumerate(lines[first : first + LINES_A_PAGE]):
            canvas.drawString(MARGIN, A4[1] - MARGIN - row * LINE_HEIGHT, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def build_unseen_pdf() -> bytes:
    """Return the résumé in bytes that were never sent before, so that no report on them is in the store."""
    return build_pdf(RESUME_TEXT) + b"\n%" + secrets.token_hex().encode()


def build_encrypted_pdf(text: str, *, password: str) -> bytes:
    """Return a PDF that asks for the password; the empty one opens it by itself."""
    writer, buffer = PdfWriter(clone_from=PdfReader(BytesIO(build_pdf(text)))), BytesIO()
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")  # noqa: S106 - fictional
    writer.write(buffer)
    return buffer.getvalue()


def build_slow_pdf(text: str, *, words: int) -> bytes:
    """Return a small PDF with scattered letters of the text, whose order takes a reader a second for every 1,200."""
    letters = re.findall("[A-Za-z]", text)
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1)
    for row, line in enumerate(text.split("\n")):
        canvas.drawString(MARGIN, A4[1] - MARGIN - row * LINE_HEIGHT, line)
    for word in range(words):
        if word % WORDS_A_PAGE == 0:
            canvas.showPage()
        canvas.addLiteral(f"BT /F1 4 Tf {word * 37 % 580} {word * 11 % 830} Td ({letters[word % len(letters)]}) Tj ET")
    canvas.save()
    return buffer.getvalue()


MODELLING_LINES = (
    "Designed and trained deep learning models with PyTorch and TensorFlow.",
    "Fine-tuned BERT for document classification, raising F1 from 0.81 to 0.90.",
    "Developed a recommendation engine with scikit-learn and pandas.",
    "Evaluated models with cross-validation and A/B tests.",
    "Reproduced a transformer paper and documented the experiments.",
    "Preprocessed and cleaned large data sets with SQL and NumPy.",
    "Tuned hyperparameters of gradient boosting models with XGBoost.",
)
ENGINEERING_LINES = (
    "Deployed models to production with Docker and Kubernetes on AWS.",
    "Built data pipelines in Python with Apache Spark and Airflow.",
    "Wrote unit tests and reviewed code in an agile team with Git.",
    "Built REST APIs in Java and Go behind a load balancer.",
    "Set up continuous integration and delivery with Jenkins.",
    "Monitored model drift and retrained models every week with MLflow.",
    "Designed distributed systems in C++ for low latency.",
)


def vary_resume(number: int) -> str:
    """Return one of 64 fictional résumés: how much it speaks of modelling and of engineering goes by its number."""
    modelling, engineering = divmod(number % 64, 8)
    lines = [*MODELLING_LINES[:modelling], *ENGINEERING_LINES[:engineering]]
    return "\n".join(
        [
            f"Person Number {number}",
            "Summary",
            "Engineer with six years of experience in software and in data.",
            "Experience",
            f"Engineer, Fernmark Analytics {number}, 2018 - 2024",
            *lines,
            "Education",
            "B.Sc. Mathematics, Example University, 2016",
        ]
    )
