"""The stages of a job, and how long each takes."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

QUEUED = "queued"


class Stage(StrEnum):
    """What is being done with a document."""

    READING = "reading"
    SCORING = "scoring"


STAGES = (QUEUED, *Stage)


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """How many seconds each stage of a job took."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Measure how long the block takes, also when it fails."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = time.perf_counter() - started


def count_work(seconds: Mapping[str, float]) -> float:
    """Return how long a worker was busy with a job: all stages except waiting."""
    return sum(taken for stage, taken in seconds.items() if stage != QUEUED)
