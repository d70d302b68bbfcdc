"""What the scripts in `lua/` answer instead of doing what they are asked for, and the error that says so."""

from skills.errors import RolefitError
from worker.errors.store import (
    KeyReusedError,
    OwnerQueueFullError,
    OwnerStoreFullError,
    QueueFullError,
    StoreFullError,
    UnfinishedError,
    UnknownBatchError,
)

ERRORS_BY_ANSWER: dict[bytes, type[RolefitError]] = {
    b"queue_full": QueueFullError,
    b"queue_full_of_owner": OwnerQueueFullError,
    b"store_full": StoreFullError,
    b"store_full_of_owner": OwnerStoreFullError,
    b"reused": KeyReusedError,
    b"gone": UnknownBatchError,
    b"unfinished": UnfinishedError,
}


def raise_refusal(answer: bytes) -> None:
    """Raise the error that a script's answer stands for, if it stands for one."""
    if error := ERRORS_BY_ANSWER.get(answer):
        raise error()
