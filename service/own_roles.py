"""The roles that an owner writes: drafted and checked by a worker, saved, and chosen for what is sent."""

import json
import logging
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from service.backend import Backend
from service.concurrency_limit import BusyError
from service.http.problems import InvalidRequestError
from service.waiting import wait_until
from skills.drafting.postings import EmptyPostingError
from skills.errors import RolefitError
from skills.roles.left_out import LeftOut
from skills.roles.protected_criteria import ProtectedCriterionError
from skills.roles.role_description import OwnRoleDescription, describe_own_role
from worker.errors.documents import InternalError
from worker.queue.messages import announce_role
from worker.store.jobs.job import make_id
from worker.store.role_store import Parts, SavedRole

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 20  # in which a worker must answer
MAX_POSTING_CHARACTERS = 50_000
MAX_ROLE_BYTES = 64 * 1024
MAX_CHOSEN = 3  # roles of an owner that something is scored against
# Errors of a worker that keep their code; all others are invalid requests.
REFUSALS = {kind.code: kind for kind in (EmptyPostingError, ProtectedCriterionError, InternalError)}


class NoRoleWorkerError(RolefitError):
    """No worker has answered in time."""

    code = "no-worker"

    def __init__(self) -> None:
        super().__init__("No worker reads roles at the moment. Send this again in a minute.")


def _raise_refusal(code: str, message: str) -> None:
    kind = REFUSALS.get(code, InvalidRequestError)
    raise kind.__new__(kind, message)  # with the sentence that the worker wrote


def _ask_worker(backend: Backend, question: Mapping[str, Any]) -> Parts:
    """Return what a worker makes of a posting or a role; raise what is wrong with it."""
    question_id, answers = make_id(), []

    def is_answered() -> bool:
        answer = backend.own_roles.take_answer(question_id)
        answers.extend([answer] if answer else [])
        return bool(answers)

    backend.own_roles.ask(question_id, question)
    announce_role(backend.celery, question_id, expires_seconds=ANSWER_SECONDS)
    if not wait_until(backend, is_answered, timeout_seconds=ANSWER_SECONDS):
        raise BusyError
    if not answers:
        raise NoRoleWorkerError
    if error := answers[0].get("error"):
        _raise_refusal(**error)
    return answers[0]


def draft_role(backend: Backend, posting: str, *, owner: str, key: str = "") -> SavedRole:
    """Draft a role from a posting and save it; one that was sent under the same key is returned as it is.

    Raises:
        InvalidRequestError: the posting is too long.
        EmptyPostingError: the posting asks for nothing that is known.
        KeyReusedError: the key was used for another posting.
    """
    if len(posting) > MAX_POSTING_CHARACTERS:
        raise InvalidRequestError(
            f"The posting is longer than {MAX_POSTING_CHARACTERS:,} characters. Send what it asks for alone."
        )
    made = _ask_worker(backend, {"posting": posting})
    digest = sha256(posting.encode()).hexdigest()
    role_id = backend.own_roles.save(
        made["parts"], owner=owner, left_out=made["left_out"], new=True, key=key, digest=digest
    )
    logger.info("role drafted")
    return backend.own_roles.find(role_id, owner=owner)


def save_role(backend: Backend, parts: Parts, *, owner: str) -> SavedRole:
    """Save a role under its id, with the texts that it lacks; it replaces one that has this id.

    Raises:
        InvalidRequestError, ProtectedCriterionError: the role fails a check that the file of a role must pass.
    """
    if any(profile.id == parts["id"] for profile in backend.profiles):
        raise InvalidRequestError(f"role: {parts['id']!r} is a role that everybody has. Save yours under another id.")
    if len(json.dumps(parts)) > MAX_ROLE_BYTES:
        raise InvalidRequestError("role: It is too long. Give it fewer lines, or shorter texts.")
    made = _ask_worker(backend, {"role": parts})
    before = [role for role in backend.own_roles.list_roles(owner) if role.id == parts["id"]]
    left_out = before[0].left_out if before else ()
    backend.own_roles.save(made["parts"], owner=owner, left_out=left_out, new=False)
    return backend.own_roles.find(parts["id"], owner=owner)


def describe_saved_role(saved: SavedRole) -> OwnRoleDescription:
    """Return the description of a role of an owner."""
    left_out = (LeftOut(**left) for left in saved.left_out)
    return describe_own_role(saved.read(), left_out=left_out, changed_at=saved.changed_at)


def find_role_texts(backend: Backend, role_ids: Sequence[str], *, owner: str) -> tuple[str, ...]:
    """Return the texts of an owner's roles, each as JSON, as they go with what is scored against them.

    Raises:
        UnknownRoleError: the owner has no such role.
        InvalidRequestError: they are too many.
    """
    ids = [role_id for role_id in dict.fromkeys(role_ids) if role_id]
    if len(ids) > MAX_CHOSEN:
        raise InvalidRequestError(f"role: Name {MAX_CHOSEN} of your roles at most.")
    return tuple(backend.own_roles.find(role_id, owner=owner).write() for role_id in ids)
