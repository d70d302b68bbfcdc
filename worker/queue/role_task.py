"""The task that answers a question about a role: drafts it from a posting, or completes and checks it.

The web process asks (service/own_roles.py) because it has no knowledge loaded; the answer is stored for it.
"""

import logging
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from celery import shared_task

from skills.drafting.draft import Draft, complete_role, draft_role
from skills.errors import RolefitError
from skills.knowledge import check_unsaved_role, load_knowledge
from skills.roles.profiles import ROLE, RoleProfile, list_parts
from skills.toml_files import read_form
from worker.deadline import deadline
from worker.errors.documents import InternalError
from worker.outcomes.failure import JobError
from worker.per_process import once_per_process
from worker.queue.messages import READ_ROLE
from worker.settings import Settings, load_settings
from worker.store.role_store import Parts, RoleStore, open_roles

logger = logging.getLogger(__name__)


@once_per_process
def _get_roles() -> RoleStore:
    return open_roles(load_settings())


def answer_question(question: Parts, settings: Settings) -> dict[str, Any]:
    """Return a role that has passed all checks: drafted from `posting`, or `role` itself with the texts it lacks.

    Raises:
        EmptyPostingError: the posting asks for nothing that is known.
        KnowledgeError: the role is wrong.
    """
    knowledge = load_knowledge(settings.profiles)
    if "posting" in question:
        draft = draft_role(question["posting"], knowledge)
    else:
        draft = Draft(complete_role(read_form(question["role"], RoleProfile, place=ROLE), knowledge), ())
    check_unsaved_role(draft.profile)
    return {"parts": list_parts(draft.profile), "left_out": list(map(asdict, draft.left_out))}


def _answer_or_explain(question: Parts) -> Mapping[str, Any]:
    settings = load_settings()
    try:
        with deadline(settings.soft_limit_seconds):
            return answer_question(question, settings)
    except RolefitError as error:
        return {"error": asdict(JobError.of(error))}
    except Exception:  # whoever waits must learn that there is no answer, whatever broke
        logger.exception("question about a role broke")
        return {"error": asdict(JobError.of(InternalError()))}


@shared_task(name=READ_ROLE)
def read_role(question_id: str) -> None:
    """Answer a question about a role, if somebody still waits for it."""
    roles = _get_roles()
    question = roles.take_question(question_id)
    if question is not None:
        answer = _answer_or_explain(question)
        roles.answer(question_id, answer)
        logger.info("question about a role answered", extra={"code": answer.get("error", {}).get("code", "done")})
