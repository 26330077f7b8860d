"""Keys of KMS with which queues and topics are encrypted, and that the role of who sends there surely may not use."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import denials, roles
from awslint_memo.relations.iam.resource_policies import QUEUE, TOPIC
from awslint_memo.relations.iam.role_uses import kept
from awslint_memo.relations.iam.service_calls import key_of

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
        if role is not None and target is not None and key is not None and is_refused(role, MAKES_KEYS, key):
            yield Locked(role, key, target, named)


def may_use_more_keys(role: Resource) -> bool:
    """Whether a role may be allowed to use more keys than its policies here say: by others that know it, or by SAM,
    which lets a role that it makes decrypt the secret of a broker, and use no other key that Policies does not name."""
    mappings = role.deployment.of_type("AWS::Lambda::EventSourceMapping") if roles.is_generated(role) else ()
    return role.is_exposed() or any(not one.get("SourceAccessConfigurations").is_absent for one in mappings)


def is_refused(role: Resource, action: str, key: Resource) -> bool:
    """Whether a role surely may not do an action with a key, by its own policies, that of the key, or a grant that
    somebody gives who knows the key."""
    return not (key.is_open or key.is_exposed()) and denials.refuses(role, action, key)
