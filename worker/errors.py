"""What may go wrong with a document, a job or the store: each error has a code and says what to do."""

from collections.abc import Mapping
from typing import ClassVar

from skills.errors import RolefitError


class UnsupportedTypeError(RolefitError):
    """The content is of a format that no reader takes, whatever its file is called; `formats` names those read."""

    code: ClassVar[str] = "unsupported-type"

    def __init__(self, formats: str) -> None:
        super().__init__(f"This is not {formats}. Export the résumé as a PDF.")


class OldWordError(RolefitError):
    """A Word document as it was saved before 2007."""

    code: ClassVar[str] = "unsupported-type"

    def __init__(self) -> None:
        super().__init__("This is an old Word document (.doc). Open it in Word and save it as .docx or as a PDF.")


class PagesError(RolefitError):
    """A document of Apple's Pages."""

    code: ClassVar[str] = "unsupported-type"

    def __init__(self) -> None:
        super().__init__("This is a Pages document. In Pages, choose File > Export To > PDF and send that file.")


class ArchiveError(RolefitError):
    """An archive that was sent in place of a document."""

    code: ClassVar[str] = "unsupported-type"

    def __init__(self) -> None:
        super().__init__("This is a zip archive. Unpack it and send the résumé within, or send the archive as a batch.")


class EmptyFileError(RolefitError):
    """The file has no bytes."""

    code: ClassVar[str] = "empty-file"

    def __init__(self) -> None:
        super().__init__("The file is empty. Check that it was saved completely and send it again.")


class TooLargeError(RolefitError):
    """The file has more bytes than the settings allow."""

    code: ClassVar[str] = "too-large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"The file is larger than {max_bytes / 1e6:g} MB. Send a copy with smaller pictures.")


class EncryptedDocumentError(RolefitError):
    """The document asks for a password, and the empty one does not open it."""

    code: ClassVar[str] = "encrypted"

    def __init__(self) -> None:
        super().__init__("The document is password-protected. Upload a copy without a password.")


class UnreadableDocumentError(RolefitError):
    """The file is so damaged that its reader cannot repair it."""

    code: ClassVar[str] = "unreadable"

    def __init__(self) -> None:
        super().__init__("The file is damaged. Open it, export it anew as a PDF and send that copy.")


class UnreachableFileError(RolefitError):
    """The file on disk is gone, or we may not read it."""

    code: ClassVar[str] = "unreadable"

    def __init__(self) -> None:
        super().__init__("The file cannot be opened. Check that it is still there and that you may read it.")


class NoTextError(RolefitError):
    """The document was read and has no text."""

    code: ClassVar[str] = "no-text"

    def __init__(self) -> None:
        super().__init__(
            "The document holds no text, perhaps only a scan. Export it as a PDF from where it was written."
        )


class UnsupportedLanguageError(RolefitError):
    """The document is not in English, the only language of the vocabulary."""

    code: ClassVar[str] = "unsupported-language"

    def __init__(self) -> None:
        super().__init__("The document is not in English, the only language that is understood. Send it in English.")


class TooManyPagesError(RolefitError):
    """The document has more pages than the settings allow."""

    code: ClassVar[str] = "too-many-pages"

    def __init__(self, max_pages: int) -> None:
        super().__init__(f"The document has more than {max_pages} pages. Send the résumé alone.")


class TooComplexError(RolefitError):
    """Reading the document takes more memory, or gives more text, than a résumé can need."""

    code: ClassVar[str] = "too-complex"

    def __init__(self, limit: str = "it takes too much memory") -> None:
        super().__init__(
            f"The document is too complex to read: {limit}. Export it anew as a plain PDF and send that copy."
        )


class PortfolioError(RolefitError):
    """A PDF that is only the cover of other files; `files` are their names and contents."""

    code: ClassVar[str] = "portfolio"

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        names = ", ".join(files) or "no files"
        super().__init__(f"The PDF is a portfolio that holds {names}. Save the résumé within as a file and send that.")


class OutOfMemoryError(RolefitError):
    """The system ended the reading process twice, the second time while nothing else was read."""

    code: ClassVar[str] = "out-of-memory"

    def __init__(self) -> None:
        super().__init__("There was too little memory to read the document. Send it again later, or a smaller copy.")


class CostlyDocumentError(RolefitError):
    """Reading the document takes longer than a first try may: it is tried again, behind documents that are quick."""

    code: ClassVar[str] = "costly"

    def __init__(self) -> None:
        super().__init__("Reading takes long. It goes on once those that are quick have been read.")


class TimedOutError(RolefitError):
    """The document was not scored within the time limit."""

    code: ClassVar[str] = "timed-out"

    def __init__(self) -> None:
        super().__init__("Scoring took too long. Export the résumé anew as a plain PDF and send that copy.")


class GaveUpError(RolefitError):
    """Every attempt at the document ended with the death of its worker."""

    code: ClassVar[str] = "gave-up"

    def __init__(self) -> None:
        super().__init__("Every attempt at this document broke off. Export it anew as a plain PDF and send that copy.")


class InternalError(RolefitError):
    """A fault of Rolefit's own."""

    code: ClassVar[str] = "internal-error"

    def __init__(self) -> None:
        super().__init__(
            "Something broke inside Rolefit. Send the document again; if it fails again, report the job's id."
        )


class UnknownJobError(RolefitError):
    """There is no job with that id: it never existed, has expired, or was deleted."""

    code: ClassVar[str] = "unknown-job"

    def __init__(self) -> None:
        super().__init__("There is no such job. It may have expired or been deleted; send the document again.")


class NotRetryableError(RolefitError):
    """The job has not failed, or its document was deleted."""

    code: ClassVar[str] = "not-retryable"

    def __init__(self) -> None:
        super().__init__("Only a failed job whose document is still kept can be tried again. Send the document anew.")


class UnfinishedError(RolefitError):
    """A batch is to be scored anew while documents of it are still being scored."""

    code: ClassVar[str] = "unfinished"

    def __init__(self) -> None:
        super().__init__("The batch is still being scored. Wait until it is done, then have it scored anew.")


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


class WebhooksOffError(RolefitError):
    """A request names a callback_url, and no secret is set to sign webhooks with."""

    code: ClassVar[str] = "webhooks-off"

    def __init__(self) -> None:
        super().__init__("Webhooks are off here. Send no callback_url and poll, or have ROLEFIT_WEBHOOK_SECRET set.")


class InvalidCallbackError(RolefitError):
    """The callback_url may not be called."""

    code: ClassVar[str] = "invalid-callback"

    def __init__(self) -> None:
        super().__init__("This callback_url cannot be called. Give a public http or https address, without a password.")


class UnreachableCallbackError(RolefitError):
    """The server of the callback_url cannot be reached, or closes the connection."""

    code: ClassVar[str] = "unreachable"

    def __init__(self) -> None:
        super().__init__("The server of the callback_url cannot be reached. Check the address and its certificate.")


class StoreUnavailableError(RolefitError):
    """Redis does not answer, or refuses to store."""

    code: ClassVar[str] = "store-unavailable"

    def __init__(self) -> None:
        super().__init__("The store does not answer. Try again in a few seconds.")


class StoreSilentError(StoreUnavailableError):
    """The Redis server that the settings name does not answer when a program starts."""

    def __init__(self, address: str) -> None:
        RolefitError.__init__(self, f"Redis at {address} does not answer. Start it, or change ROLEFIT_REDIS_URL.")


class StorePasswordError(StoreUnavailableError):
    """The Redis server that the settings name refuses the password."""

    def __init__(self, address: str) -> None:
        sentence = f"Redis at {address} refuses the password. Change ROLEFIT_REDIS_PASSWORD or ROLEFIT_REDIS_URL."
        RolefitError.__init__(self, sentence)


class StoreFullError(StoreUnavailableError):
    """As many bytes are kept as the settings allow, or Redis has no memory left."""

    code: ClassVar[str] = "store-full"

    def __init__(self) -> None:
        RolefitError.__init__(self, "The store is full. Delete what you no longer need, or send this again later.")


class OwnerStoreFullError(StoreUnavailableError):
    """As many bytes of one owner are kept as the settings allow."""

    code: ClassVar[str] = "store-full"

    def __init__(self) -> None:
        RolefitError.__init__(self, "You have reached your storage limit. Delete what you no longer need.")


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
