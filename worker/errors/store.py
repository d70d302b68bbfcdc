"""What the store does not have, does not take or cannot do: each error has a code and says what to do."""

from typing import ClassVar

from skills.errors import RolefitError


class UnknownJobError(RolefitError):
    """There is no job with that id: it never existed, has expired, or was deleted."""

    code: ClassVar[str] = "unknown-job"

    def __init__(self) -> None:
        super().__init__("There is no such job. It may have expired or been deleted; send the document again.")


class NotRetryableError(RolefitError):
    """The job has not failed, or its document was deleted."""

    code: ClassVar[str] = "not-retryable"

    def __init__(self) -> None:
        super().__init__("Only a failed job whose document is still kept can be tried again. Send the document again.")


class UnfinishedError(RolefitError):
    """What is to be scored again is still being scored."""

    code: ClassVar[str] = "unfinished"

    def __init__(self) -> None:
        super().__init__("It is still being scored. Wait until it is done, then have it scored again.")


class NoteChangedError(RolefitError):
    """A note is no longer the one that a new note was written in place of."""

    code: ClassVar[str] = "note-changed"

    def __init__(self) -> None:
        super().__init__("Somebody has changed the note meanwhile. Read it, then send yours again.")


class KeyReusedError(RolefitError):
    """An Idempotency-Key was used before with other bytes."""

    code: ClassVar[str] = "key-reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another upload. Use a new key for each upload.")


class UnknownPageError(RolefitError):
    """There is no picture of this page."""

    code: ClassVar[str] = "unknown-page"

    def __init__(self) -> None:
        super().__init__("There is no picture of this page: the document has no such page, or its pages are not kept.")


class TooManyDocumentsError(RolefitError):
    """A batch has more documents than the settings allow."""

    code: ClassVar[str] = "too-many-documents"

    def __init__(self, most: int) -> None:
        super().__init__(f"A batch may have {most} documents. Send them in several batches.")


class UnknownBatchError(RolefitError):
    """There is no batch with that id, or it is another owner's."""

    code: ClassVar[str] = "unknown-batch"

    def __init__(self) -> None:
        super().__init__("There is no such batch. It may have expired or been deleted; send the documents again.")


class StoreError(RolefitError):
    """The store does not do what it is asked for, which may pass: it does not answer, or has no room."""

    code: ClassVar[str] = "store-unavailable"


class StoreUnavailableError(StoreError):
    """Redis does not answer, or refuses to store."""

    def __init__(self) -> None:
        super().__init__("The store does not answer. Try again in a few seconds.")


class StoreSilentError(StoreError):
    """The Redis server that the settings name does not answer when a program starts."""

    def __init__(self, address: str) -> None:
        super().__init__(f"Redis at {address} does not answer. Start it, or change ROLEFIT_REDIS_URL.")


class StorePasswordError(StoreError):
    """The Redis server that the settings name refuses the password."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"Redis at {address} refuses the password. Change ROLEFIT_REDIS_PASSWORD or ROLEFIT_REDIS_URL."
        )


class StoreFullError(StoreError):
    """All bytes that the settings allow are in use, the disk is nearly full, or Redis has no memory left."""

    code: ClassVar[str] = "store-full"

    def __init__(self) -> None:
        super().__init__("The store is full. Delete what you no longer need, or send this again later.")


class OwnerStoreFullError(StoreError):
    """All bytes that the settings allow one owner are in use."""

    code: ClassVar[str] = "store-full"

    def __init__(self) -> None:
        super().__init__("You have reached your storage limit. Delete what you no longer need.")


class QueueFullError(RolefitError):
    """As many jobs are waiting as the settings allow."""

    code: ClassVar[str] = "queue-full"

    def __init__(self) -> None:
        super().__init__("Too many documents are waiting already. Send this one again in a few seconds.")


class OwnerQueueFullError(RolefitError):
    """As many jobs of one owner are waiting as the settings allow."""

    code: ClassVar[str] = "queue-full"

    def __init__(self) -> None:
        super().__init__("Too many of your documents are waiting already. Send this one again when some have ended.")
