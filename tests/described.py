"""Whether an answer is what the API's own description says, no more and no less."""

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from service import create_app
from worker.settings import Settings


@cache
def describe_api() -> dict[str, Any]:
    """Return the OpenAPI description."""
    app = create_app(Settings(redis_url="redis://127.0.0.1:1"))
    description: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return description


@cache
def _make_validator(name: str) -> Draft202012Validator:
    schemas = describe_api()["components"]["schemas"]
    strict = {
        key: {**schema, "additionalProperties": False} if "properties" in schema else schema
        for key, schema in schemas.items()
    }
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": strict}})


def assert_described(answer: object, name: str) -> None:
    """Check a JSON value against the schema of that name; keys that it does not have are wrong."""
    _make_validator(name).validate(answer)
