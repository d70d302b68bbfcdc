"""What pictures of pages cost: CPU to draw them, and the bytes that are kept of each."""

import time
from collections.abc import Iterator
from contextlib import suppress
from statistics import median

from skills.errors import RolefitError
from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.plan import Plan
from worker.reading.any_format import draw_content, read_content
from worker.reading.formats import Limits
from worker.reading.page_pictures import MAX_BYTES
from worker.settings import Settings

KILOBYTE = 1_000


def _draw_all(plan: Plan) -> Iterator[tuple[float, int]]:
    """Yield the CPU seconds and the bytes of each page of the plan's documents."""
    settings = Settings()
    limits = Limits(settings.max_pages, settings.max_characters, with_places=True)
    for path in sorted(plan.documents.iterdir()):
        content = path.read_bytes()
        with suppress(RolefitError):
            document = read_content(content, name=path.name, limits=limits)
            started = time.process_time()
            pictures = list(draw_content(content, [page.turn for page in document.places])) if document.places else []
            seconds = (time.process_time() - started) / max(1, len(pictures))
            yield from ((seconds, len(picture)) for picture in pictures)


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the CPU time to draw a page, and the bytes of its picture: of most pages, and of the largest."""
    pages = list(_draw_all(plan))
    sizes = [size / KILOBYTE for _, size in pages]
    yield Figure("picture of a page, CPU", median(seconds for seconds, _ in pages) * MILLISECONDS, "ms")
    yield Figure("picture of a page, median", median(sizes), "kB")
    yield Figure("picture of a page, largest", max(sizes), "kB", MAX_BYTES / KILOBYTE)
