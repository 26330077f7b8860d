"""Whether somebody would miss the items of a DynamoDB table, by what the template and its name say that they are."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.name_words import name_words
from awslint_memo.relations import dynamodb

_LOCKS = "LockID"
"""The partition key of a table in which Terraform keeps the locks of its states."""

_SHORT_LIVED = (
    "authcode",
    "cache",
    "connection",
    "idempotency",
    "lock",
    "nonce",
    "oauth",
    "replay",
    "session",
    "token",
)
"""What is in the names of tables whose items can be made anew. Chosen."""

_CACHES = frozenset(("cache", "caches", "caching"))
"""Words in the names of tables that keep copies. Chosen."""

_OF_WORKING = frozenset((
    *("cache", "caches", "session", "sessions", "dedup", "deduplication", "idempotency", "checkpoint", "checkpoints"),
    *("offset", "offsets", "lease", "leases", "heartbeat", "heartbeats", "progress", "state", "status", "jobs"),
    *("log", "logs", "temp", "tmp", "lock", "locks", "locking"),
))  # fmt: skip
"""Words in the names of tables in which a program keeps what it is at, and that may well be made anew. Chosen."""


def holds_locks(table: Resource) -> bool:
    """Whether a table surely is one of locks: those of Terraform's states, or one that is named after them."""
    if not {"lock", "locks", "locking"}.isdisjoint(_words(table)):
        return True
    keys = [key.get("AttributeName") for key in table.get("KeySchema").items if key.get("KeyType").text == "HASH"]
    return any(key.text == _LOCKS for key in keys)


def _words(table: Resource) -> list[str]:
    """The words of the names of a table, its module's among them."""
    return name_words(f"{table.name} {table.get('TableName').text or ''}")


def is_rebuildable(table: Resource) -> bool:
    """Whether the items of a table surely live for a short time only: Terraform's locks, a cache, or items that TTL
    deletes in a table that is called by what lives so (sessions, tokens …). A cache that must stay is none."""
    if holds_locks(table):
        return True
    if not _CACHES.isdisjoint(_words(table)) and not must_stay(table):
        return True
    names = f"{table.written} {table.get('TableName').text or ''}".lower()
    return table.get("TimeToLiveSpecification.Enabled").flag is True and any(word in names for word in _SHORT_LIVED)


def must_stay(table: Resource) -> bool:
    """Whether the template surely says that a table's data must outlive its mistakes: it may not be deleted, outlives
    its stack, or has replicas."""
    if table.type == dynamodb.GLOBAL_TABLE or dynamodb.replicas(table):
        return True
    kept = (table.get("DeletionProtectionEnabled"), table.terraform.prevent_destroy)
    is_retained = (table.attribute("DeletionPolicy").text or "").startswith("Retain")
    return is_retained or any(value.flag is True for value in kept)


def may_go(table: Resource) -> bool:
    """Whether the template says that hardly anybody would miss the data of a table: a simple table of SAM, one that may
    go with its stack, whose items expire, that is named after what a program is at, or has a few fixed units."""
    if must_stay(table):
        return False
    is_simple = table.written_type == "AWS::Serverless::SimpleTable"
    expires = table.get("TimeToLiveSpecification.Enabled").flag is True
    is_of_working = not _OF_WORKING.isdisjoint(_words(table))
    is_deleted = table.attribute("DeletionPolicy").text == "Delete"
    return is_simple or expires or is_of_working or is_deleted or dynamodb.has_few_units(dynamodb.unscaled(table))
