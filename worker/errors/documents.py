"""Why a document cannot be read or scored: each error has a code and says what to do."""

from collections.abc import Mapping
from typing import ClassVar

from skills.errors import RolefitError


class UnsupportedTypeError(RolefitError):
    """No reader reads the format of the content, whatever its file is called; `formats` names those that are read."""

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
        super().__init__("The file is damaged. Open it, export it again as a PDF and send that copy.")


class UnreachableFileError(RolefitError):
    """The file on disk is gone, or we may not read it."""

    code: ClassVar[str] = "unreadable"

    def __init__(self) -> None:
        super().__init__("The file cannot be opened. Check that it is still there and that you may read it.")


class NoTextError(RolefitError):
    """The document was read and has no text."""

    code: ClassVar[str] = "no-text"

    def __init__(self) -> None:
        super().__init__("The document holds no text, perhaps only a scan. Export it as a PDF where it was written.")


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
            f"The document is too complex to read: {limit}. Export it again as a plain PDF and send that copy."
        )


class PortfolioError(RolefitError):
    """A PDF that is only the cover of other files; `files` are their contents by name.

    The PDF's reader raises it. If one of the files alone can be read, that one is read instead (`any_format.py`).
    """

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
    """A first try ended early, because it is slow, needs recognition or keeps a job waiting that goes first."""

    code: ClassVar[str] = "costly"

    def __init__(self) -> None:
        super().__init__("Reading takes long. It goes on once those that are quick have been read.")


class TimedOutError(RolefitError):
    """The document was not scored within the time limit."""

    code: ClassVar[str] = "timed-out"

    def __init__(self) -> None:
        super().__init__("Scoring took too long. Export the résumé again as a plain PDF and send that copy.")


class GaveUpError(RolefitError):
    """Every attempt at the document ended with the death of its worker."""

    code: ClassVar[str] = "gave-up"

    def __init__(self) -> None:
        super().__init__(
            "Every attempt to score this document was cut short. Export it again as a plain PDF and send that copy."
        )


class InternalError(RolefitError):
    """A fault of Rolefit's own."""

    code: ClassVar[str] = "internal-error"

    def __init__(self) -> None:
        super().__init__(
            "Something broke inside Rolefit. Send the document again; if it fails again, report the job's id."
        )
