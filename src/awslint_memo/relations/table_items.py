"""Whether somebody would miss the items of a DynamoDB table, by what the template and its name say that they are."""

from __future__ import annotations

from collections.abc import Collection

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import name_words
from awslint_memo.relations import dynamodb
from awslint_memo.relations.mentions import mentioned

_LOCKS = "LockID"
"""The partition key of a table in which Terraform keeps the locks of its states."""

_SHORT_LIVED = (
    "authcode",
    "cache",
    "connection",
    "idempotency",
    "invit",
    "lock",
    "magiclink",
    "nonce",
    "oauth",
    "onetime",
    "passcode",
    "passwordreset",
    "ratelimit",
    "replay",
    "session",
    "throttl",
    "token",
)
"""What is in the names of tables whose items can be made anew. Chosen."""

_SHORT_LIVED_WORDS = frozenset(("otp", "otps", "captcha", "challenge", "challenges", "verification", "verifications"))
"""The same, as words of their own. Chosen."""

_CACHES = frozenset(("cache", "caches", "caching"))
"""Words in the names of tables that keep copies. Chosen."""

_OF_WORKING = frozenset((
    *("cache", "caches", "session", "sessions", "dedup", "deduplication", "idempotency", "checkpoint", "checkpoints"),
    *("offset", "offsets", "lease", "leases", "heartbeat", "heartbeats", "progress", "state", "status", "jobs"),
    *("log", "logs", "temp", "tmp", "lock", "locks", "locking", "availability", "concurrency"),
    *("invite", "invites", "invitation", "invitations", "nonce", "nonces", "otp", "otps"),
    *("connection", "connections", "websocket", "websockets", "socket", "sockets", "ws", "presence"),
    *("limit", "limits", "limiter", "throttle", "throttling", "counter", "counters", "hits", "queue", "reindex"),
))  # fmt: skip
"""Words in the names of tables in which a program keeps what it is at, and that may well be made anew. Chosen."""

_OF_NOW = frozenset((
    *("checkpoint", "checkpoints", "heartbeat", "heartbeats", "lease", "leases", "offset", "offsets", "presence"),
    *("progress", "state", "states", "status", "statuses", "execution", "executions", "runner", "runners"),
    *("dedup", "deduplication", "concurrency", "limiter", "limits", "throttle", "websocket", "websockets"),
))  # fmt: skip
"""Words in the names of tables of what is under way, which is over when its items expire. A log, a job or a message may
be of worth until then. Chosen."""

_OF_LOGIN = frozenset(("access", "auth", "csrf", "login", "refresh", "reset", "verification"))
"""Words beside "token" in the names of tables of tokens that are issued again; others may be of worth. Chosen."""

_OF_CONNECTION = ("connectionid", "socketid")
"""Partition keys, in lower case without marks, of tables of open connections, which end with those. Chosen."""

_ENDPOINT = "AWS::DMS::Endpoint"
_ITEM = "aws_dynamodb_table_item"
_LOADED = ("dynamodb", "kafka", "kinesis", "s3")
"""What DMS copies into that is a table, or from which a program loads one."""

_MARKS = regex(r"[^a-z]")


def holds_locks(table: Resource) -> bool:
    """Whether a table surely is one of locks: those of Terraform's states, or one that is named after them."""
    if not {"lock", "locks", "locking"}.isdisjoint(_words(table)):
        return True
    return _LOCKS in _partition_keys(table)


def keeps_state_locks(table: Resource) -> bool:
    """Whether a table surely keeps the locks of Terraform's states and nothing else: its key is this one alone, whose
    name Terraform's documentation of S3 as a backend gives
    (https://developer.hashicorp.com/terraform/language/backend/s3)."""
    keys = table.get("KeySchema").items if table.type in (dynamodb.TABLE, dynamodb.GLOBAL_TABLE) else ()
    return len(keys) == 1 and keys[0].get("AttributeName").text == _LOCKS


def _holds_connections(table: Resource) -> bool:
    """Whether a table surely is one of open connections, as those of a WebSocket API, each of which is one item."""
    return any(_MARKS.sub("", key.lower()) in _OF_CONNECTION for key in _partition_keys(table))


def _partition_keys(table: Resource) -> list[str]:
    """The name of the partition key of a table, where it is known."""
    keys = [key.get("AttributeName") for key in table.get("KeySchema").items if key.get("KeyType").text == "HASH"]
    return [key.text for key in keys if key.text]


def _words(table: Resource) -> list[str]:
    """The words of the names of a table, its module's among them."""
    return name_words(f"{table.name} {table.get('TableName').text or ''}")


def is_rebuildable(table: Resource) -> bool:
    """Whether the items of a table surely live for a short time only: Terraform's locks, open connections, a cache, or
    items that TTL deletes in a table that is called by what lives so (sessions, tokens …), or by what is under way (the
    status of runs). Caches and what is under way are none where they must stay."""
    if holds_locks(table) or _holds_connections(table):
        return True
    if not _CACHES.isdisjoint(_words(table)) and not must_stay(table):
        return True
    names = _MARKS.sub("", f"{table.written} {table.get('TableName').text or ''}".lower())
    if table.get("TimeToLiveSpecification.Enabled").flag is not True:
        return False
    if not _OF_NOW.isdisjoint(words := _words(table)) and not must_stay(table):
        return True
    return any(word in names for word in _SHORT_LIVED) or not _SHORT_LIVED_WORDS.isdisjoint(words)


def must_stay(table: Resource) -> bool:
    """Whether the template surely says that a table's data must outlive its mistakes: it may not be deleted, outlives
    its stack, or has replicas."""
    if table.type == dynamodb.GLOBAL_TABLE or dynamodb.replicas(table):
        return True
    kept = (table.get("DeletionProtectionEnabled"), table.terraform.prevent_destroy)
    is_retained = (table.attribute("DeletionPolicy").text or "").startswith("Retain")
    return is_retained or any(value.flag is True for value in kept)


def may_go(table: Resource, *, expires: bool = True) -> bool:
    """Whether the template says that hardly anybody would miss the data of a table: a simple table of SAM, one that may
    go with its stack, whose items expire, that is named after what a program is at, has a tag about backups or a few
    fixed units, is beside a copy by DMS, or has items that stand here.

    expires: whether it counts that items expire.
    """
    if must_stay(table):
        return False
    is_simple = table.written_type == "AWS::Serverless::SimpleTable"
    expires = expires and table.get("TimeToLiveSpecification.Enabled").flag is True
    words = _words(table)
    is_of_login = not {"token", "tokens"}.isdisjoint(words) and not _OF_LOGIN.isdisjoint(words)
    is_of_working = is_of_login or not _OF_WORKING.isdisjoint(words)
    is_deleted = table.attribute("DeletionPolicy").text == "Delete"
    is_known_to_go = is_simple or expires or is_of_working or is_deleted or _is_copy(table) or is_tagged(table)
    is_known_to_go = is_known_to_go or are_written_here(table)
    return is_known_to_go or dynamodb.has_few_units(dynamodb.unscaled(table))


def are_written_here(table: Resource) -> bool:
    """Whether resources of the deployment are items of a table, which an apply makes anew."""
    return table.name in table.deployment.once(_with_items)


def _with_items(deployment: Deployment) -> Collection[str]:
    return mentioned(one for one in deployment.untranslated(deployment) if one.type == _ITEM)


def _is_copy(table: Resource) -> bool:
    """Whether DMS copies a database into tables, or into what programs load into them, so that the items of a table may
    be loaded again."""
    targets = [one for one in table.deployment.of_type(_ENDPOINT) if one.get("EndpointType").text in (None, "target")]
    return any((target.get("EngineName").text or "").lower() in _LOADED for target in targets)


def is_tagged(table: Resource) -> bool:
    """Whether a tag says how a table is backed up, or that it is not: somebody decided that, whatever backs it up."""
    return any("backup" in (tag.get("Key").text or "").lower() for tag in table.get("Tags").items)
