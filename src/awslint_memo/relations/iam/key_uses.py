"""Keys of KMS with which queues and topics are encrypted, and that the role of who sends there surely may not use."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.resource_policies import QUEUE, TOPIC
from awslint_memo.relations.iam.role_uses import kept
from awslint_memo.relations.iam.service_calls import key_of
from awslint_memo.relations.iam.statements import allowing

MAKES_KEYS = fact(
    "kms:GenerateDataKey",
    page="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html",
    read="2026-11-30",
)
"""What who sends to an encrypted queue or topic needs of the key."""


@record(frozen=True, eq=False)
class Locked:
    """A queue or topic for whose key a role lacks what it takes to send there. value: where it is named."""

    role: Resource
    key: Resource
    target: Resource
    value: Value


def locked(sender: Resource, function: Resource | None) -> Iterator[Locked]:
    """The dead-letter queues and destinations that a function's role surely can't encrypt for. sender: names them."""
    role = None if function is None else function.follow("Role", roles.ROLE)
    for named in kept(sender) if role is not None and not may_use_more_keys(role) else ():
        target = sender.deployment.find(named, QUEUE, TOPIC)
        key = None if target is None else key_of(target)
        if role is None or target is None or key is None or may_let(key):
            continue
        if roles.may(role, MAKES_KEYS, resource=key) is False:
            yield Locked(role, key, target, named)


def may_use_more_keys(role: Resource) -> bool:
    """Whether a role may be allowed to use more keys than its policies here say: by others that know it, or by SAM,
    which lets a role that it makes decrypt the secret of a broker, and use no other key that Policies does not name."""
    mappings = role.deployment.of_type("AWS::Lambda::EventSourceMapping") if roles.is_generated(role) else ()
    return role.is_exposed() or any(not one.get("SourceAccessConfigurations").is_absent for one in mappings)


def may_let(key: Resource) -> bool:
    """Whether the policy of a key, or a grant, may let others use it than the account, whose own policies decide, and
    services."""
    return key.is_open or key.is_exposed() or is_for_others(key)


def is_for_others(key: Resource) -> bool:
    """Whether the policy of a key may let others use it than the account and services."""
    document = key.get("KeyPolicy")
    return document.is_unknown or any(_is_of_others(statement) for statement in allowing(document))


def _is_of_others(statement: Value) -> bool:
    principal = statement.get("Principal")
    if principal.is_unknown or principal.text is not None or principal.is_absent:
        return True
    named = principal.get("AWS").items
    return any(not _is_account(value) for value in named)


def _is_account(value: Value) -> bool:
    """Whether a principal surely is the whole account."""
    pattern = value.pattern
    return pattern is not None and pattern.endswith(":root")
