"""Why a webhook cannot be sent: each error has a code and says what to do."""

from typing import ClassVar

from skills.errors import RolefitError


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
