"""A résumé that is not in English is refused, and one in English is not, whatever names stand in it."""

from types import SimpleNamespace

import pytest

from tests.resumes import RESUME_TEXT, build_pdf
from worker.errors.documents import UnsupportedLanguageError
from worker.pipeline import read_resume
from worker.reading import language
from worker.reading.language import detect_language, measure_languages, warn_of_mixture
from worker.settings import Settings

GERMAN = """Quilla Brandvold
Berufserfahrung
Senior Machine Learning Engineer, Fernmark Analytics, 2020 - 2024
Entwicklung und Training von Modellen mit PyTorch und TensorFlow.
Aufbau von Datenpipelines in Python mit Apache Spark und Airflow.
Kenntnisse
Python, Java, C++, SQL, Bash, Keras, pandas, NumPy, Docker, Kubernetes
Ausbildung
M.Sc. Informatik, Universität, 2018"""

SPANISH = """Quilla Brandvold
Ingeniera de aprendizaje automático
Experiencia laboral
Diseño y entrenamiento de modelos con PyTorch y TensorFlow.
Despliegue de modelos con Docker y Kubernetes en AWS.
Habilidades
Python, Java, C++, SQL, Bash"""

CHINESE = "张伟\n机器学习工程师\n工作经历\n使用 PyTorch 和 TensorFlow 设计和训练深度学习模型\n技能\nPython, Java, SQL"

ENGLISH = [
    RESUME_TEXT,
    "Python, Java, C++, SQL, Bash, PyTorch, TensorFlow, Keras, pandas, Docker, Kubernetes, AWS, Airflow, Git",
    "Hans Müller\nMünchen\nML Engineer\nPyTorch, CUDA\nExample AG 2018-2022\nTU München, M.Sc. Informatik",
    "Giulia Bianchi, Milano\nData Scientist\nExperience: Banca Esempio, Python, R\nEducation: Laurea, Politecnico",
    "Curriculum vitae\nSkills: Python",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_english_whatever_names_stand_in_it(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (SPANISH, "es"), (CHINESE, "zh")])
def test_other_languages_are_told_apart(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_document_in_another_language_is_refused_and_says_what_to_do() -> None:
    for content in (build_pdf(GERMAN), GERMAN.encode()):
        with pytest.raises(UnsupportedLanguageError, match="Send it in English"):
            read_resume(content, name="cv", settings=Settings())


def test_the_larger_part_of_a_document_tells_its_language_wherever_it_stands() -> None:
    prose = "\n".join(line for line in RESUME_TEXT.split("\n") for _ in range(3))
    assert detect_language(f"Lebenslauf\nBerufserfahrung und Ausbildung\n{prose}") == "en"
    assert detect_language(f"{GERMAN}\n{prose}\n{prose}") == "en"
    assert detect_language(f"{RESUME_TEXT[:600]}\n{GERMAN * 8}") == "de"


def test_a_part_with_the_small_words_of_english_costs_no_model_and_any_other_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    model = language.load_language_model()

    def predict(text: str) -> object:
        asked.append(text)
        return model.predict(text)

    monkeypatch.setattr(language, "load_language_model", lambda: SimpleNamespace(predict=predict))
    assert detect_language("Wrote the services of a bank and kept them up with two others for years.") == "en"
    assert asked == []
    half = (
        "Wrote services of a bank. Entwickelte Dienste einer Bank und betreute sie mit zwei anderen über Jahre hinweg."
    )
    detect_language(half)
    assert asked == [half]


@pytest.mark.parametrize("first", [True, False])
def test_a_third_in_another_language_is_told_wherever_it_stands(*, first: bool) -> None:
    part = "\n".join([GERMAN] * (len(RESUME_TEXT) // (2 * len(GERMAN))))
    text = f"{part}\n{RESUME_TEXT}" if first else f"{RESUME_TEXT}\n{part}"
    assert [warning.excerpt for warning in warn_of_mixture(measure_languages(text))] == ["de"]


def test_a_document_in_two_languages_is_read_with_a_warning() -> None:
    document = read_resume(f"{RESUME_TEXT * 2}\n{GERMAN * 4}".encode(), name="cv", settings=Settings())
    assert [(warning.code, warning.excerpt) for warning in document.warnings] == [("mixed-language", "de")]
    assert read_resume(RESUME_TEXT.encode(), name="cv", settings=Settings()).warnings == ()
