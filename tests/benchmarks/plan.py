"""What a run of the benchmarks works on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.documents import copy_documents, write_folder

FEW_DOCUMENTS = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """The folders to score: `documents` holds `count` files, `one` a single one, `few` and `many` show growth.

    `repeats` is how often that is measured which takes milliseconds; `load_seconds` how long clients send;
    `embeddings` the Python for the peer that needs one apart.
    """

    scratch: Path
    documents: Path
    one: Path
    few: Path
    many: Path
    count: int
    growth: int
    repeats: int
    load_seconds: int
    embeddings: Path | None


@contextmanager
def make_plan(  # noqa: PLR0913 - what the command line offers
    source: Path | None, *, count: int, growth: int, repeats: int, load_seconds: int, embeddings: Path | None
) -> Iterator[Plan]:
    """Yield a plan for the PDFs of a folder, or for fictional ones; what it wrote is gone afterwards."""
    with TemporaryDirectory(prefix="rolefit-bench-") as name:
        scratch = Path(name)
        folder = scratch / "documents"
        documents = copy_documents(source, folder, count) if source else write_folder(folder, count)
        one = copy_documents(documents, scratch / "one", 1)
        few = copy_documents(documents, scratch / "few", FEW_DOCUMENTS)
        many = copy_documents(documents, scratch / "many", growth)
        yield Plan(scratch, documents, one, few, many, count, growth, repeats, load_seconds, embeddings)
