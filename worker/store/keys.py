"""The names of all keys in Redis: no other module and no script spells one out."""

from enum import StrEnum
from hashlib import sha1, sha256

# One key each.
PENDING = "rolefit:pending"  # sorted set: the jobs that have not ended, by when their message was last sent
DUE = "rolefit:due"  # sorted set: the webhooks to send, as `job:{id}` or `batch:{id}`, by when to send them
REFUSING = "rolefit:refusing"  # present while the disk is nearly full and no documents are taken
ALIVE = "rolefit:alive"  # present while a worker has lately begun a task
TURNS = "rolefit:turns"  # sorted set: owners, hashed, by the seconds of work that they have used
CLOCK = "rolefit:clock"  # the seconds that the owner whose turn was last had used
COSTLY = "rolefit:costly"  # set: the costly documents that workers are busy with
BYTES = "rolefit:bytes"  # hash: the bytes that are kept, in all and for each owner, hashed
PARTS = "rolefit:parts"  # sorted set: the documents and reports that these are bytes of, by when they expire
METRICS = "rolefit:metrics"  # hash: counts over all jobs
CLEAN = "rolefit:clean"  # present while the append-only file holds no deleted data
REWRITTEN = "rolefit:rewritten"  # present for a while after the append-only file was rewritten

# What the counters of requests begin with, whose names the package `limits` completes: one for each owner or address
# that asked for something in the last minute.
RATES = "rolefit:rate"

# Celery's lists of messages.
QUEUE = "rolefit"
PING_QUEUE = "rolefit-ping"
ROLE_QUEUE = "rolefit-roles"
WEBHOOK_QUEUE = "rolefit-webhooks"


class Prefix(StrEnum):
    """What has a key for each record, as `rolefit:job:{id}`.

    The values stand in data that earlier versions stored, so some are older words: they stay when a member is renamed.
    """

    JOB = "job"  # hash: the job itself
    DOCUMENT = "document"  # the bytes that were sent
    REPORT = "report"
    SEARCH_FACTS = "contents"  # what a document can be searched for
    PAGE_PICTURES = "pages"
    PENDING_OF_OWNER = "waiting"  # sorted set: the pending jobs of an owner, hashed, in the order of their turns
    LEASE = "lease"  # who works on a job: a process of a machine
    GIVEN_WAY = "given_way"  # present for a while after a process has given way to this job
    REQUEST = "request"  # hash: what an Idempotency-Key was used for
    RESULT = "result"  # the job that has the report on these bytes of this owner
    BATCH = "batch"  # hash: the batch itself
    ENDED = "ended"  # set: the jobs of a batch that have ended
    CHANGED = "changed"  # sorted set: the jobs of a batch by the number of the change that each was part of last
    MATCHES = "matches"  # sorted set: the jobs that an owner, hashed, has sent by themselves, by when
    BATCHES = "batches"  # sorted set: the batches of an owner, hashed, by when they were sent
    ROLES = "roles"  # hash: the roles that an owner, hashed, has written, by id
    ROLE_QUESTION = "role_question"  # a posting or a role that a worker is to read
    ROLE_ANSWER = "role_answer"  # what the worker made of it
    SCORED_ROLES = "scored_roles"  # the owner's roles that a job, or the jobs of a batch, are scored against
    DELIVERIES = "deliveries"  # list: the attempts to send a webhook
    SENDING = "sending"  # sorted set: webhooks on their way to a host or of an owner, hashed, by when that is over
    HELD_BACK = "held_back"  # sorted set: webhooks that wait until these are sent, by when they began to wait


def name_key(prefix: Prefix, record_id: str) -> str:
    """Return the key of one part of a record, as `rolefit:report:{id}`."""
    return f"rolefit:{prefix}:{record_id}"


def name_secret_key(prefix: Prefix, *parts: str) -> str:
    """Return a key that does not show its parts: who owns something, or a word that a client chose."""
    return name_key(prefix, sha256("\0".join(parts).encode()).hexdigest())


def name_owner_key(prefix: Prefix, owner: str) -> str:
    """Return the key under which something of an owner is stored; scripts put it together in the same way."""
    return name_key(prefix, sha1(owner.encode(), usedforsecurity=False).hexdigest())


def write_request(*parts: str, key: str, digest: str) -> dict[str, str]:
    """Return how scripts are given a request's Idempotency-Key and a digest of what was sent; no digest without a key.

    `parts` are who has used the key, behind what it was used for where that is no job.
    """
    return {"request_key": name_secret_key(Prefix.REQUEST, *parts, key), "digest": digest if key else ""}


def list_names() -> dict[str, str]:
    """Return what scripts call the keys: prefixes of records, and single keys."""
    return {
        **{prefix.name.lower(): name_key(prefix, "") for prefix in Prefix},
        "pending": PENDING,
        "due": DUE,
        "refusing": REFUSING,
        "turns": TURNS,
        "clock": CLOCK,
        "costly": COSTLY,
        "bytes": BYTES,
        "parts": PARTS,
        "metrics": METRICS,
        "clean": CLEAN,
    }
