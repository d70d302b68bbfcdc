"""The roles that each owner has written, and the questions about roles that workers answer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from redis import Redis

from skills.roles.profiles import RoleProfile, UnknownRoleError, read_role
from worker.settings import Settings
from worker.store.connection import open_redis, translate_redis_errors
from worker.store.jobs.scored_roles import decode_roles, encode_roles
from worker.store.keys import CLEAN, Prefix, name_key, name_owner_key, write_request
from worker.store.retention import ROLE_QUESTION_SECONDS, Retention, read_retention
from worker.store.scripts import StoreScript, raise_refusal

MAX_ROLES = 50  # of an owner

Parts = Mapping[str, Any]  # of a role, as its file has them


@dataclass(frozen=True, slots=True)
class SavedRole:
    """A role of an owner; `left_out` is what its draft did not take from the posting, and why."""

    parts: Parts
    left_out: Sequence[Parts]
    changed_at: datetime

    @property
    def id(self) -> str:
        """The role's id; no other role of the owner has it."""
        return str(self.parts["id"])

    def read(self) -> RoleProfile:
        """Return the role as it is scored: the ids of its lines begin with its own."""
        return read_role(self.write())

    def write(self) -> str:
        """Return the role's text, as it is kept with a job that is scored against it."""
        return json.dumps(self.parts, ensure_ascii=False)


def _decode(role_id: bytes, content: bytes) -> SavedRole:
    saved = json.loads(content)
    parts = {**saved["parts"], "id": role_id.decode()}
    return SavedRole(parts, saved["left_out"], datetime.fromisoformat(saved["changed_at"]))


class RoleStore:
    """Roles by their owners. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis, *, retention: Retention) -> None:
        self._redis = redis
        self._seconds = retention.record
        self._save = StoreScript(redis, "save_role", retention)

    @translate_redis_errors()
    def save(  # noqa: PLR0913 - what a role is saved with
        self, parts: Parts, *, owner: str, left_out: Sequence[Parts] = (), new: bool, key: str = "", digest: str = ""
    ) -> str:
        """Save a role and return its id; a new one gets an id that is free.

        With a key that the owner has used before, the id of the role saved then is returned.

        Raises:
            KeyReusedError: the key was used for another posting, as its digest says.
            OwnerStoreFullError, StoreFullError: the owner has too many roles, or the disk is nearly full.
        """
        content = {"parts": parts, "left_out": left_out, "changed_at": datetime.now(UTC).isoformat()}
        answer, *known = self._save(
            owner=owner,
            wanted_id=parts["id"],
            role=json.dumps(content, ensure_ascii=False),
            new=int(new),
            max_roles=MAX_ROLES,
            **write_request("role", owner, key=key, digest=digest),
        )
        raise_refusal(answer)
        return cast("bytes", known[0]).decode()

    @translate_redis_errors()
    def list_roles(self, owner: str) -> list[SavedRole]:
        """Return an owner's roles, those changed last first. From now on they are kept as long as new ones."""
        roles_key = name_owner_key(Prefix.ROLES, owner)
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.hgetall(roles_key)
            pipe.expire(roles_key, self._seconds)
            stored, _ = pipe.execute()
        roles = (_decode(role_id, content) for role_id, content in stored.items())
        return sorted(roles, key=lambda role: role.changed_at, reverse=True)

    def find(self, role_id: str, *, owner: str) -> SavedRole:
        """Return a role of an owner; raise UnknownRoleError if there is none."""
        roles = self.list_roles(owner)
        for role in roles:
            if role.id == role_id:
                return role
        raise UnknownRoleError(role_id, [role.read() for role in roles])

    @translate_redis_errors()
    def delete(self, role_id: str, *, owner: str) -> bool:
        """Delete a role of an owner; return whether there was one."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.hdel(name_owner_key(Prefix.ROLES, owner), role_id)
            pipe.delete(CLEAN)
            deleted, _ = pipe.execute()
        return bool(deleted)

    @translate_redis_errors()
    def keep_scored(self, batch_id: str, role_texts: Sequence[str]) -> None:
        """Store the texts of the roles that the jobs of a batch are scored against."""
        if role_texts:
            self._redis.set(name_key(Prefix.SCORED_ROLES, batch_id), encode_roles(role_texts), ex=self._seconds)

    @translate_redis_errors()
    def read_scored_texts(self, subject_id: str) -> tuple[str, ...]:
        """Return the texts of the owner's roles that a batch or a single job is scored against."""
        return decode_roles(cast("bytes | None", self._redis.get(name_key(Prefix.SCORED_ROLES, subject_id))))

    def read_scored(self, subject_id: str) -> tuple[RoleProfile, ...]:
        """Return these roles themselves."""
        return tuple(map(read_role, self.read_scored_texts(subject_id)))

    @translate_redis_errors()
    def ask(self, question_id: str, question: Parts) -> None:
        """Store a question for a worker."""
        self._redis.set(name_key(Prefix.ROLE_QUESTION, question_id), json.dumps(question), ex=ROLE_QUESTION_SECONDS)

    @translate_redis_errors()
    def take_question(self, question_id: str) -> Parts | None:
        """Return a question and delete it; None if nobody waits for its answer any longer."""
        stored = cast("bytes | None", self._redis.getdel(name_key(Prefix.ROLE_QUESTION, question_id)))
        return json.loads(stored) if stored else None

    @translate_redis_errors()
    def answer(self, question_id: str, answer: Parts) -> None:
        """Store the answer to a question."""
        self._redis.set(name_key(Prefix.ROLE_ANSWER, question_id), json.dumps(answer), ex=ROLE_QUESTION_SECONDS)

    @translate_redis_errors()
    def take_answer(self, question_id: str) -> Parts | None:
        """Return the answer to a question and delete it, None while there is none."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.getdel(name_key(Prefix.ROLE_ANSWER, question_id))
            stored = pipe.execute()[0]
            if stored:
                pipe.delete(CLEAN)
                pipe.execute()
        return json.loads(stored) if stored else None


def open_roles(settings: Settings) -> RoleStore:
    """Return the roles at the settings' Redis."""
    return RoleStore(open_redis(settings), retention=read_retention(settings))
