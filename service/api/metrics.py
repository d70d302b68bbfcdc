"""`/metrics`: figures for Prometheus, of all web processes and workers together."""

import math
from collections.abc import Iterator
from itertools import accumulate

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from service.backend import get_backend
from service.http.access import ACCESS
from service.http.problems import describe_guarded_problems
from worker.store.metrics import BOUNDS, Figures, name_bucket, name_outcome, name_sum
from worker.store.stages import STAGES

api = APIBlueprint(
    "metrics",
    __name__,
    abp_tags=[Tag(name="health", description="For whoever runs the service.")],
    abp_security=ACCESS,
    abp_responses=describe_guarded_problems(),
)
TEXT = {"description": "Figures in Prometheus' text format", "content": {"text/plain": {"schema": {"type": "string"}}}}


def _show_outcomes(figures: Figures) -> Metric:
    family, start = (
        CounterMetricFamily("rolefit_jobs_ended", "Jobs by how they ended.", labels=["code"]),
        name_outcome(""),
    )
    for name in sorted(figures.counts):
        if name.startswith(start):
            family.add_metric([name.removeprefix(start)], figures.counts[name])
    return family


def _write_bound(bound: float) -> str:
    return "+Inf" if math.isinf(bound) else str(bound)


def _show_stages(figures: Figures) -> Metric:
    family = HistogramMetricFamily("rolefit_stage_seconds", "What the stages of a job took.", labels=["stage"])
    for stage in STAGES:
        counts = accumulate(figures.counts.get(name_bucket(stage, bound), 0.0) for bound in BOUNDS)
        buckets = list(zip(map(_write_bound, BOUNDS), counts, strict=True))
        family.add_metric([stage], buckets, figures.counts.get(name_sum(stage), 0.0))
    return family


class FiguresCollector(Collector):
    """Shows figures as Prometheus names them."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Yield every metric."""
        figures = self._figures
        yield GaugeMetricFamily("rolefit_jobs_pending", "Jobs that have not ended.", figures.pending)
        yield GaugeMetricFamily("rolefit_oldest_job_seconds", "Age of the oldest of them.", figures.oldest_seconds)
        yield GaugeMetricFamily("rolefit_workers_answer", "Whether a worker answers.", figures.workers_answer)
        yield CounterMetricFamily("rolefit_attempts", "Attempts at jobs that ended.", figures.counts.get("attempts", 0))
        yield _show_outcomes(figures)
        yield _show_stages(figures)


@api.get("/metrics", operation_id="getMetrics", responses={200: TEXT})
def get_metrics() -> Response:
    """Show figures on the queue and the work done."""
    body = generate_latest(FiguresCollector(get_backend().health.read_figures()))
    return Response(body, content_type=CONTENT_TYPE_LATEST)
