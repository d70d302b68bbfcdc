"""Whether a document costs the same in a folder of many more."""

from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

from tests.benchmarks.batch import run_batch
from tests.benchmarks.counting import Cost
from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.plan import FEW_DOCUMENTS, Plan

WORKERS = 2
MAX_GROWTH = 1.05
REPEATS = 9


def _run_often(folder: Path) -> Cost:
    """Return the cost of the run that took the median CPU time: what varies in a start weighs on few documents."""
    costs = [run_batch(folder, workers=WORKERS) for _ in range(REPEATS)]
    return sorted(costs, key=attrgetter("cpu_seconds"))[REPEATS // 2]


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield how much more CPU a document, and memory at most, many documents take than few; start-up taken off."""
    start, few, many = _run_often(plan.one), _run_often(plan.few), run_batch(plan.many, workers=WORKERS)
    numbers = {FEW_DOCUMENTS: few, plan.growth: many}
    costs = {f"{number} documents": cost for number, cost in numbers.items()}
    cpu = {
        f"{number} documents, ms": (cost.cpu_seconds - start.cpu_seconds) * MILLISECONDS / number
        for number, cost in numbers.items()
    }
    memory = {f"{name}, MB": cost.peak_megabytes for name, cost in costs.items()}
    for what, values in (("CPU a document, many over few", cpu), ("memory, many over few", memory)):
        first, last = values.values()
        yield Figure(what, last / first, "×", MAX_GROWTH, beside=values)
