"""What judging a résumé costs once it is read, beside spaCy's own way to find so many phrases and no judgement."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice, product
from statistics import median
from typing import TypeVar

import spacy
from spacy.matcher import PhraseMatcher

from skills.anatomy.document_kind import check_document_kind
from skills.document import Document
from skills.errors import RolefitError
from skills.finding.skill.vocabulary import load_vocabulary
from skills.judging.report import write_report
from skills.knowledge import load_knowledge
from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.plan import Plan
from worker.reading.any_format import read_content
from worker.reading.formats import Limits
from worker.settings import Settings

PHRASES = 30_000
MAX_MILLISECONDS = 4.0
T = TypeVar("T")

SUFFIXES = ("", "platform", "library", "engine", "services", "developer")


def _measure_median(work: Callable[[T], object], items: list[T]) -> float:
    """Return the median of CPU milliseconds an item, warm: each is worked on once before."""
    seconds = []
    for item in [*items, *items]:
        started = time.process_time()
        work(item)
        seconds.append(time.process_time() - started)
    return median(seconds[len(items) :]) * MILLISECONDS


def _make_matcher() -> Callable[[str], object]:
    """Return what finds phrases by PhraseMatcher: every spelling of our vocabulary, and longer ones made of them."""
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    spellings = [surface for skill in load_vocabulary().skills.values() for surface in skill.surfaces]
    phrases = (f"{spelling} {suffix}".strip() for suffix, spelling in product(SUFFIXES, spellings))
    matcher.add("skill", [nlp.make_doc(phrase) for phrase in islice(phrases, PHRASES)])
    return lambda text: matcher(nlp.make_doc(text))


def _read_documents(plan: Plan) -> Iterator[Document]:
    """Yield what can be read of the plan's documents."""
    settings = Settings()
    limits = Limits(settings.max_pages, settings.max_characters)
    for path in sorted(plan.documents.iterdir()):
        with suppress(RolefitError):
            yield read_content(path.read_bytes(), name=path.name, limits=limits)


def _judge(document: Document) -> None:
    with suppress(RolefitError):  # of a document that is no résumé
        check_document_kind(document)
        write_report(document, load_knowledge())


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the CPU time of finding what a document shows, scoring it and writing the report."""
    documents = list(_read_documents(plan))
    texts = [document.text for document in documents]
    ours = _measure_median(_judge, documents)
    beside = {f"PhraseMatcher of {PHRASES} phrases alone": _measure_median(_make_matcher(), texts)}
    words = round(median(len(text.split()) for text in texts))
    yield Figure(f"judging {words} words, CPU", ours, "ms", MAX_MILLISECONDS, beside=beside)
