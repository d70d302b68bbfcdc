"""Why a program cannot start or run: each error has a code and says what to change."""

from typing import ClassVar

from skills.errors import RolefitError


class NoStoreNamedError(RolefitError):
    """The store is needed, and the settings name no Redis server."""

    code: ClassVar[str] = "no-store-named"

    def __init__(self) -> None:
        super().__init__("Set ROLEFIT_REDIS_URL to a Redis server, or run `rolefit serve`, which brings its own.")


class SettingsError(RolefitError):
    """An environment variable has a wrong value."""

    code: ClassVar[str] = "bad-settings"

    def __init__(self, variable: str, reason: str) -> None:
        super().__init__(f"Change {variable}: {reason}.")


class DataFolderInUseError(RolefitError):
    """Another program that is running uses the data folder."""

    code: ClassVar[str] = "data-folder-in-use"

    def __init__(self, folder: object) -> None:
        super().__init__(f"Another rolefit is running on {folder}. Stop it, or set ROLEFIT_DATA to another folder.")


class NotRunningError(RolefitError):
    """No program has a private Redis running in the data folder."""

    code: ClassVar[str] = "not-running"

    def __init__(self, folder: object) -> None:
        super().__init__(f"No rolefit is running on {folder}. Start it, or set ROLEFIT_DATA or ROLEFIT_REDIS_URL.")


class EmbeddedRedisError(RolefitError):
    """The private Redis server cannot be started."""

    code: ClassVar[str] = "no-redis"


class WorkersBrokenError(RolefitError):
    """The workers cannot start."""

    code: ClassVar[str] = "no-worker"

    def __init__(self) -> None:
        super().__init__("The workers end as soon as they are started; the lines above say why.")
