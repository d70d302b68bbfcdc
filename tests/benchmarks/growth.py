"""Whether a document costs the same in a folder of ten times as many."""

from collections.abc import Iterator

from tests.benchmarks.batch import run_batch
from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.plan import GROWTH_FACTOR, Plan

WORKERS = 2
MOST_GROWTH = 1.05


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield how much more CPU a document, and memory at most, many documents take than few; start-up taken off."""
    start, few, many = (run_batch(folder, workers=WORKERS) for folder in (plan.one, plan.few, plan.many))
    numbers = {plan.growth // GROWTH_FACTOR: few, plan.growth: many}
    costs = {f"{number} documents": cost for number, cost in numbers.items()}
    cpu = {
        f"{number} documents, ms": (cost.cpu_seconds - start.cpu_seconds) * MILLISECONDS / number
        for number, cost in numbers.items()
    }
    memory = {f"{name}, MB": cost.peak_megabytes for name, cost in costs.items()}
    for what, values in (("CPU a document, many over few", cpu), ("memory, many over few", memory)):
        first, last = values.values()
        yield Figure(what, last / first, "×", MOST_GROWTH, beside=values)
