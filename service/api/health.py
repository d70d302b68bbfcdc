"""`/healthz` and `/readyz`: whether this process runs, and whether a résumé sent now would be scored."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.api.responses import respond_with
from service.api.schemas import Health, describe_answer
from service.backend import get_backend
from service.http.problems import describe_common_problems, describe_problems
from skills.errors import RolefitError

api = APIBlueprint(
    "health",
    __name__,
    abp_tags=[Tag(name="health", description="For whoever runs the service.")],
    abp_responses=describe_common_problems(),
)


class NoWorkerError(RolefitError):
    """Redis answers, but no worker does."""

    code = "no-worker"

    def __init__(self) -> None:
        super().__init__("No worker is running. Documents that you send now wait in the queue until one starts.")


@api.get("/healthz", operation_id="getLiveness", responses={200: describe_answer(Health)})
def get_liveness() -> Response:
    """Answer: the web process runs."""
    return respond_with(Health("live"))


@api.get(
    "/readyz",
    operation_id="getReadiness",
    responses={200: describe_answer(Health), **describe_problems(["no-worker"])},
)
def get_readiness() -> Response:
    """Answer whether Redis and a worker do their work."""
    if not get_backend().health.workers_answer():
        raise NoWorkerError
    return respond_with(Health("ready"))
