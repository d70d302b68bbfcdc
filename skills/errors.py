"""The errors a person may meet. Each has a stable code and a sentence that says what to do."""

from typing import Any, ClassVar


class RolefitError(Exception):
    """Root of every error that Rolefit raises on purpose; `str(error)` is the sentence shown to the person."""

    code: ClassVar[str] = "error"

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as the sentence; Exception's own way would make a new sentence of it."""
        return type(self).__new__, (type(self), *self.args)


class KnowledgeError(RolefitError):
    """A vocabulary, duty or profile file is wrong; the sentence names the file and the key."""

    code: ClassVar[str] = "bad-knowledge"


class NotAResumeError(RolefitError):
    """The document is of another kind, such as "an invoice", or shows too little of what makes a résumé."""

    code: ClassVar[str] = "not-a-resume"

    def __init__(self, kind: str = "") -> None:
        seems = f"This looks like {kind}, not like a résumé" if kind else "This does not look like a résumé"
        super().__init__(f"{seems}. Send the résumé itself, with its headings, dates and contact.")
