"""Builds the web application from its parts."""

from importlib.metadata import metadata
from typing import Any

from flask.json.provider import DefaultJSONProvider
from flask_openapi3.models.info import Info
from flask_openapi3.models.server import Server
from flask_openapi3.openapi import OpenAPI

from service.api import batch_results, batches, health, matches, metrics, page_pictures, roles
from service.api.schemas import describe_schemas
from service.backend import attach_backend
from service.http.access import SECURITY_SCHEMES, register_access
from service.http.admission import register_admission
from service.http.body_limits import register_body_limits
from service.http.cross_origin import register_cross_origin
from service.http.problems import Problem, refuse_parameters, register_problems
from service.http.request_ids import register_request_ids
from service.http.security_headers import register_headers
from service.language import add_language
from service.pages import role_pages, views
from worker.settings import Settings, load_settings


def _write_info() -> Info:
    facts = metadata("rolefit")
    return Info(title="Rolefit", version=facts["Version"], description=facts["Summary"])


class _Json(DefaultJSONProvider):
    """JSON whose nesting is too deep is malformed, like any other that cannot be read."""

    def loads(self, s: str | bytes, **options: Any) -> Any:  # noqa: ANN401 - Flask's own
        """Return what JSON says; raise ValueError if it cannot be read."""
        try:
            return super().loads(s, **options)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


class _Application(OpenAPI):
    """An application that describes its answers when it is first asked to: that takes as long as all the rest."""

    json_provider_class = _Json

    def generate_spec_json(self) -> None:
        """Write the description."""
        self.components_schemas = describe_schemas() | self.components_schemas
        super().generate_spec_json()  # type: ignore[no-untyped-call] # the library states no types here


def build_app(settings: Settings | None = None) -> OpenAPI:
    """Return the web application on the Redis server that the settings name."""
    settings = settings or load_settings()
    app = _Application(
        "service",
        template_folder="pages/templates",
        static_folder="pages/static",
        info=_write_info(),
        servers=[Server(url="/", description="Where this description comes from.")],
        security_schemes=SECURITY_SCHEMES,
        doc_ui=False,
        validation_error_status=400,
        validation_error_model=Problem,
        validation_error_callback=refuse_parameters,
    )
    add_language(app.jinja_env)
    attach_backend(app, settings)
    register_problems(app)
    register_headers(app)
    register_request_ids(app)
    register_admission(app)
    register_body_limits(app, settings)
    register_access(app, settings)
    register_cross_origin(app, settings)
    for part in (matches, page_pictures, batches, batch_results, roles, health, metrics):
        app.register_api(part.api)
    matches.describe_raw_bodies(app)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(role_pages.blueprint)
    return app
