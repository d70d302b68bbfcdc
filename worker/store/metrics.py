"""Counts over all jobs, kept in Redis for all processes together; none is about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, float("inf"))  # seconds; upper ends of the buckets


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts over all jobs, under the names that `count_job` gives, and the state of the queue."""

    pending: int
    oldest_seconds: float
    workers_answer: bool
    counts: Mapping[str, float]


def name_bucket(stage: str, bound: float) -> str:
    """Return the name of a bucket: jobs whose stage took at most `bound` seconds and more than the bound below it."""
    return f"{stage}:{bound}"


def name_sum(stage: str) -> str:
    """Return the name of the sum of a stage's seconds."""
    return f"{stage}:sum"


def name_outcome(code: str) -> str:
    """Return the name of the count of jobs that ended with this code, `done` or an error's."""
    return f"ended:{code}"


def count_seconds_since(moment: bytes) -> float:
    """Return the age of a stored time; 0 for one in the future, as after a clock was set back."""
    return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(moment.decode())).total_seconds())


def count_job(code: str, seconds: Mapping[str, float]) -> dict[str, float]:
    """Return what a job that ended adds to the counts."""
    buckets = {name_bucket(stage, min(b for b in BOUNDS if taken <= b)): 1.0 for stage, taken in seconds.items()}
    sums = {name_sum(stage): taken for stage, taken in seconds.items()}
    return {name_outcome(code): 1.0, **buckets, **sums}
