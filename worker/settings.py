"""The settings of one installation: the only place that reads the environment."""

import os
import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import quote, urlsplit, urlunsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, DirectoryPath, Field, PositiveInt, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from worker.errors.installation import SettingsError

LEASE_MARGIN_SECONDS = 2
SECRETS = ("tokens", "redis_url", "redis_password", "webhook_secret")
REDIS_SCHEMES = {"redis", "rediss", "unix"}
ORIGIN = r"https?://[\w.-]+(:\d+)?"
OWNER = r"[\w.@-]+"
OWNER_AND_HASH = rf"{OWNER}:[0-9a-f]{{64}}"


def _check_tokens(text: str) -> str:
    if not re.fullmatch(rf"{OWNER_AND_HASH}(,{OWNER_AND_HASH})*", text):
        raise PydanticCustomError("tokens", "Write OWNER:HASH as `rolefit token OWNER` prints it, separated by commas")
    return text


def _check_origins(text: str) -> str:
    if not re.fullmatch(rf"{ORIGIN}(,{ORIGIN})*", text):
        raise PydanticCustomError("origins", "Write https://HOST or http://HOST:PORT, separated by commas")
    return text


def _check_url(url: str) -> str:
    """Return an address of Redis if it can be parsed: the libraries' error for any other could print its password."""
    try:
        parts = urlsplit(url)
        number = parts.scheme == "unix" or re.fullmatch(r"/?\d*", parts.path)
        readable = parts.scheme in REDIS_SCHEMES and parts.port != 0 and number and not parts.fragment
    except ValueError:
        readable = False
    if not readable:
        raise PydanticCustomError(
            "url",
            "Write redis://HOST:PORT/NUMBER, and a password with other signs than letters apart as redis_password",
        )
    return url


class SecretFiles(PydanticBaseSettingsSource):
    """Secrets from files: `ROLEFIT_TOKENS_FILE` names one that holds what `ROLEFIT_TOKENS` would."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[str | None, str, bool]:
        """Return what the field's file holds, without the white space around it, or None if none is named."""
        del field
        path = os.environ.get(f"ROLEFIT_{field_name}_FILE".upper())
        return (Path(path).read_text(encoding="utf-8").strip() if path else None), field_name, False

    def __call__(self) -> dict[str, str]:
        """Return the secrets that files hold."""
        found = {name: self.get_field_value(Settings.model_fields[name], name)[0] for name in SECRETS}
        return {name: value for name, value in found.items() if value is not None}


class Settings(BaseSettings):
    """Each field is read from the environment variable of its name with the prefix `ROLEFIT_`.

    A secret may stand in a file, which the variable with `_FILE` at the end of its name names.
    """

    model_config = SettingsConfigDict(env_prefix="ROLEFIT_", frozen=True)

    data: Path = Field(
        default_factory=lambda: user_data_path("rolefit"),
        description="Folder of the embedded Redis; only its owner may enter it.",
    )
    profiles: Annotated[DirectoryPath, AfterValidator(Path.absolute)] | None = Field(
        default=None, description="Folder of role profiles of your own, scored beside the two built-in ones."
    )
    redis_url: Annotated[str, AfterValidator(_check_url)] | None = Field(
        default=None,
        repr=False,
        description="A Redis of your own. Unset: the program runs a private one.",
    )
    redis_password: str | None = Field(
        default=None, repr=False, description="Its password, of any signs, if it does not stand in the address."
    )
    tokens: Annotated[str, AfterValidator(_check_tokens)] | None = Field(
        default=None,
        repr=False,
        description="Who may use the service: what `rolefit token OWNER` prints, separated by commas.",
    )
    cors_origins: Annotated[str, AfterValidator(_check_origins)] | None = Field(
        default=None,
        description="Other sites whose pages may use the API with a token, separated by commas: `https://ats.example`.",
    )
    requests_per_minute: PositiveInt = Field(default=600, description="Requests an owner may make in a minute.")
    uploads_per_minute: PositiveInt = Field(default=120, description="Uploads in a minute, of a document or a batch.")
    max_pending: PositiveInt = Field(default=10_000, description="Jobs that may be queued or running at once.")
    max_pending_per_owner: PositiveInt = Field(default=5_000, description="The same for each owner of a token.")
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
    cpu_seconds: PositiveInt = Field(
        default=10, description="CPU time to read a document; each page that is a picture has 15 seconds more."
    )
    first_try_cpu_seconds: PositiveInt = Field(
        default=2, description="CPU time after which a document is set aside as costly, to be read after quick ones."
    )
    retention_days: PositiveInt = Field(default=7, description="Days until a job and its report are deleted.")
    failed_document_hours: PositiveInt = Field(
        default=24, description="Hours until a document that failed, and may be tried again, is deleted."
    )
    max_failed_bytes: PositiveInt = Field(
        default=50_000_000, description="Such documents that are kept at once, in bytes; of one owner half of it."
    )
    max_stored_bytes: PositiveInt = Field(
        default=2_000_000_000,
        description="Documents and reports kept at once, in bytes; the private Redis has a quarter more memory.",
    )
    max_stored_bytes_per_owner: PositiveInt = Field(
        default=1_000_000_000, description="The same for each owner of a token."
    )
    page_pictures: Literal["none", "single", "all"] = Field(
        default="single",
        description="Whose pages are kept as pictures beside the report: of documents sent by themselves (`single`), "
        "of those in batches too (`all`), or nobody's (`none`).",
    )
    soft_limit_seconds: PositiveInt = Field(default=45, description="Time after which a document has timed out.")
    hard_limit_seconds: PositiveInt = Field(
        default=60, description="Time after which the scoring process itself is killed; above the soft limit."
    )
    redis_timeout_seconds: PositiveInt = Field(
        default=5, description="How long an answer of Redis may take; after that the connection counts as lost."
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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is set in code, then the environment, then the files that the environment names."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, SecretFiles(settings_cls)

    @model_validator(mode="after")
    def _check_limits(self) -> Self:
        if self.soft_limit_seconds >= self.hard_limit_seconds:
            raise PydanticCustomError("limits", "It must be less than ROLEFIT_HARD_LIMIT_SECONDS")
        return self

    @property
    def redis_address(self) -> str | None:
        """The address of Redis with its password in it."""
        parts = urlsplit(self.redis_url or "")
        if not self.redis_password or not parts.hostname or parts.password:
            return self.redis_url
        user, _, host = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{user}:{quote(self.redis_password, safe='')}@{host}"))

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
    except OSError as error:
        raise SettingsError("the variable with _FILE", f"{error.filename} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = first["loc"][0] if first["loc"] else "soft_limit_seconds"  # the only rule about two fields
        raise SettingsError(f"ROLEFIT_{name}".upper(), first["msg"]) from None
