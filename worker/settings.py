"""The settings of one installation: the only place that reads the environment."""

import os
import re
from pathlib import Path
from typing import Annotated, Self

from platformdirs import user_data_path
from pydantic import AfterValidator, DirectoryPath, Field, PositiveInt, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from worker.errors import SettingsError

LEASE_MARGIN_SECONDS = 2
OWNER = r"[\w.@-]+"
OWNER_AND_HASH = rf"{OWNER}:[0-9a-f]{{64}}"


def _check_tokens(text: str) -> str:
    if not re.fullmatch(rf"{OWNER_AND_HASH}(,{OWNER_AND_HASH})*", text):
        raise PydanticCustomError("tokens", "Write OWNER:HASH as `rolefit token OWNER` prints it, separated by commas")
    return text


class Settings(BaseSettings):
    """Each field is read from the environment variable of its name with the prefix `ROLEFIT_`."""

    model_config = SettingsConfigDict(env_prefix="ROLEFIT_", frozen=True)

    data: Path = Field(
        default_factory=lambda: user_data_path("rolefit"),
        description="Folder of the embedded Redis; only its owner may enter it.",
    )
    profiles: Annotated[DirectoryPath, AfterValidator(Path.absolute)] | None = Field(
        default=None, description="Folder of role profiles of your own, scored beside the two built-in ones."
    )
    redis_url: str | None = Field(
        default=None,
        repr=False,
        description="A Redis of your own. Unset: the program runs a private one.",
    )
    tokens: Annotated[str, AfterValidator(_check_tokens)] | None = Field(
        default=None,
        repr=False,
        description="Who may use the service: what `rolefit token OWNER` prints, separated by commas.",
    )
    requests_per_minute: PositiveInt = Field(default=600, description="Requests an owner may make in a minute.")
    uploads_per_minute: PositiveInt = Field(default=120, description="Uploads in a minute, of a document or a batch.")
    max_pending: PositiveInt = Field(default=10_000, description="Jobs that may wait before no more are taken.")
    max_upload_bytes: PositiveInt = Field(default=5_000_000, description="Size of a document.")
    max_connections: PositiveInt = Field(
        default=1_000, description="Open connections; of more, the oldest that waits for a request is closed."
    )
    max_connections_per_address: PositiveInt = Field(
        default=500, description="The same for each address that connections come from; a proxy is one."
    )
    head_seconds: PositiveInt = Field(default=10, description="Time in which the head of a request must come.")
    min_upload_bytes_per_second: PositiveInt = Field(
        default=10_000, description="How fast the body of a request must come, after its first ten seconds."
    )
    max_bytes_in_flight: PositiveInt = Field(
        default=500_000_000, description="Bodies of requests that may be on their way at once; an owner has half of it."
    )
    max_pages: PositiveInt = Field(default=30, description="Pages of a document.")
    max_characters: PositiveInt = Field(default=200_000, description="Characters of a document's text.")
    retention_days: PositiveInt = Field(default=7, description="Days until a job and its report are forgotten.")
    soft_limit_seconds: PositiveInt = Field(default=45, description="Time after which a document has timed out.")
    hard_limit_seconds: PositiveInt = Field(
        default=60, description="Time after which the scoring process itself is killed; above the soft limit."
    )
    heartbeat_seconds: PositiveInt = Field(
        default=5, description="How often a worker proves that it works and looks for jobs whose message was lost."
    )

    max_batch_documents: PositiveInt = Field(default=1_000, description="Documents of a batch that is sent over HTTP.")
    max_batch_bytes: PositiveInt = Field(
        default=200_000_000, description="Size of a batch that is sent over HTTP, as sent and as inflated."
    )
    webhook_secret: str | None = Field(
        default=None,
        min_length=16,
        repr=False,
        description="What webhooks are signed with, 16 characters or more. Unset: none are sent.",
    )
    webhook_allow_private: bool = Field(
        default=False, description="Whether webhooks may go to private and loopback addresses."
    )

    @model_validator(mode="after")
    def _check_limits(self) -> Self:
        if self.soft_limit_seconds >= self.hard_limit_seconds:
            raise PydanticCustomError("limits", "It must be less than ROLEFIT_HARD_LIMIT_SECONDS")
        return self

    @property
    def lease_seconds(self) -> int:
        """How long a lease on a job lasts: past the hard limit, when the process that held it is certainly dead."""
        return self.hard_limit_seconds + LEASE_MARGIN_SECONDS

    def environment(self) -> dict[str, str]:
        """Return the environment that gives a child process these same settings."""
        ours = {f"ROLEFIT_{name}".upper(): str(value) for name, value in self.model_dump(exclude_none=True).items()}
        return {**os.environ, **ours}


def load_settings() -> Settings:
    """Return the settings of the environment; raise SettingsError that names the first wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = first["loc"][0] if first["loc"] else "soft_limit_seconds"  # the only rule about two fields
        raise SettingsError(f"ROLEFIT_{name}".upper(), first["msg"]) from None
