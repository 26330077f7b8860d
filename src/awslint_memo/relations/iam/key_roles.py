"""Roles that may use an encrypted queue, topic, stream, bucket or secret, and surely not the key of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations import custom_resources
from awslint_memo.relations.iam import denials, roles
from awslint_memo.relations.iam.attachments import attached_roles
from awslint_memo.relations.iam.key_uses import locked, may_use_more_keys
from awslint_memo.relations.iam.resource_policies import BUCKET, KEY, QUEUE, TOPIC
from awslint_memo.relations.iam.service_calls import key_of
from awslint_memo.relations.lambda_.functions import FUNCTION, function_of
from awslint_memo.syntax.embedded import each

STREAM = "AWS::Kinesis::Stream"
_OF_SECRETS_MANAGER = "AWS::SecretsManager::Secret"
_MAKES, _READS = "kms:GenerateDataKey", "kms:Decrypt"

_KEYS: Mapping[str, str] = {
    BUCKET: "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID",
    QUEUE: "KmsMasterKeyId",
    _OF_SECRETS_MANAGER: "KmsKeyId",
    STREAM: "StreamEncryption.KeyId",
    TOPIC: "KmsMasterKeyId",
}
"""By type, where it names the key with which it is encrypted."""


def _needs(page: str, *actions: str, read: str = "2026-11-30") -> Fact[Sequence[str]]:
    return Fact(actions, page=page, read=read)


_OF_QUEUES = "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html"
_OF_STREAMS = "streams/latest/dev/permissions-user-key-KMS.html"
_OF_SECRETS = "secretsmanager/latest/userguide/security-encryption.html"
_OF_BUCKETS = "https://repost.aws/knowledge-center/s3-bucket-access-default-encryption"

NEEDS: Mapping[str, Fact[Sequence[str]]] = {
    "kinesis:GetRecords": _needs(_OF_STREAMS, _READS),
    "kinesis:PutRecord": _needs(_OF_STREAMS, _MAKES),
    "kinesis:PutRecords": _needs(_OF_STREAMS, _MAKES),
    "s3:GetObject": _needs(_OF_BUCKETS, _READS),
    "s3:PutObject": _needs(_OF_BUCKETS, _MAKES),
    "secretsmanager:GetSecretValue": _needs(_OF_SECRETS, _READS, read="2026-12-01"),
    "secretsmanager:PutSecretValue": _needs(_OF_SECRETS, _MAKES, _READS, read="2026-12-01"),
    "sns:Publish": _needs("sns/latest/dg/sns-key-management.html", _MAKES, _READS),
    "sqs:ReceiveMessage": _needs(_OF_QUEUES, _READS),
    "sqs:SendMessage": _needs(_OF_QUEUES, _MAKES, _READS),
}
"""By action, what it takes of the key of an encrypted resource."""


@record(frozen=True, eq=False)
class Keyless:
    """A role that surely may not use the key of what it is to use. action: with the key; use: what it may do.

    value: where what is encrypted is named.
    """

    role: Resource
    use: str
    action: str
    target: Resource
    key: Resource
    value: Value


_POLLED: Mapping[str, str] = {QUEUE: "sqs:ReceiveMessage", STREAM: "kinesis:GetRecords"}


def unread(reader: Resource) -> Keyless | None:
    """The source of a mapping or pipe that surely can't be decrypted with the role that reads it; else None."""
    deployment, is_pipe = reader.deployment, reader.type == "AWS::Pipes::Pipe"
    function = None if is_pipe else function_of(deployment, reader.get("FunctionName"))
    user = reader if is_pipe else function
    role = None if user is None else user.follow("RoleArn" if is_pipe else "Role", roles.ROLE)
    value = reader.get("Source" if is_pipe else "EventSourceArn")
    source = deployment.find(value, *_POLLED)
    return None if role is None or source is None else _keyless(role, _POLLED[source.type], source, value)


_OF_COPIES = "AmazonS3/latest/userguide/replication-config-for-kms-objects.html"

_BY_KMS = fact(("aws:kms", "aws:kms:dsse"), page=_OF_COPIES, read="2026-12-02")
"""The encryption of a source that the role of its replication has to decrypt, with kms:Decrypt for its key."""

_COPIES = fact(("kms:Encrypt", _MAKES), page=_OF_COPIES, read="2026-12-02")
"""What lets the role write copies with their key. AWS names the first; one that has the second alone is not judged."""


def unreplicated(bucket: Resource) -> Iterator[Keyless]:
    """The keys that the replication of a bucket surely can't use, though it is to copy what is encrypted by KMS: that
    of the bucket, and those of the copies; each once."""
    wanted = "SourceSelectionCriteria.SseKmsEncryptedObjects.Status"
    rules = each(bucket, "ReplicationConfiguration.Rules")
    copying = [one for one in rules if one.get("Status").text == one.get(wanted).text == "Enabled"]
    role = bucket.follow("ReplicationConfiguration.Role", roles.ROLE) if copying else None
    if role is None or may_use_more_keys(role):
        return
    path = "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm"
    is_encrypted = all(how.text in _BY_KMS for how in each(bucket, path))
    own = _key_of(bucket) if is_encrypted else None
    if own is not None and not _has_others(own) and denials.refuses(role, _READS, own):
        yield Keyless(role, "", _READS, bucket, own, copying[0].get(wanted))
    seen = set()
    for rule in copying:
        place = rule.get("Destination.EncryptionConfiguration.ReplicaKmsKeyID")
        key = bucket.deployment.find(place, KEY)
        if key is None or key.name in seen or _has_others(key):
            continue
        seen.add(key.name)
        if all(denials.refuses(role, action, key) for action in _COPIES):
            yield Keyless(role, "", _COPIES[0], bucket, key, place)


def useless(holder: Resource) -> Iterator[Keyless]:
    """What the policies of a role, or a policy, surely allow a role of here to do with what is encrypted, and can't be
    done as that role surely may not use the key; of each key the first. Where a mapping, a pipe or the place at which a
    function is told to send says the same, none."""
    allowed = list(_allowed(holder))
    users = ([holder] if holder.type == roles.ROLE else attached_roles(holder)) if allowed else []
    told = holder.deployment.once(_told) if users else ()
    for role in users:
        seen = {key for name, key in told if name == role.name}
        for use, target, value in allowed:
            found = _keyless(role, use, target, value)
            if found is not None and found.key.name not in seen:
                seen.add(found.key.name)
                yield found


def _told(deployment: Deployment) -> frozenset[tuple[str, str]]:
    """The names of roles and keys of which it is told where the role is used."""
    readers = map(unread, deployment.of_type("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe"))
    found = {(one.role.name, one.key.name) for one in readers if one is not None}
    for function in deployment.of_type(FUNCTION):
        found |= {(one.role.name, one.key.name) for one in locked(function, function)}
    for sender in deployment.of_type("AWS::Lambda::EventInvokeConfig", "AWS::Lambda::EventSourceMapping"):
        named = function_of(deployment, sender.get("FunctionName"))
        found |= {(one.role.name, one.key.name) for one in locked(sender, named)}
    return frozenset(found)


def _allowed(holder: Resource) -> Iterator[tuple[str, Resource, Value]]:
    """What the statements in a resource surely allow by its name, and with what that is encrypted."""
    for statement in holder.deployment.once(_by_holder).get(holder.name, ()):
        if statement.is_known and statement.get("Effect").text == "Allow":
            # SAM's own policies allow sqs:SendMessage*.
            named = ((action.text or "").removesuffix("*") for action in statement.get("Action").items)
            uses = [use for use in named if use in NEEDS]
            for value in statement.get("Resource").items if uses else ():
                target = _encrypted(holder, value)
                service = "" if target is None else target.type.split("::")[1].lower()
                yield from ((use, target, value) for use in uses if target and use.startswith(f"{service}:"))


def _by_holder(deployment: Deployment) -> Mapping[str, Sequence[Value]]:
    """The statements of the policies by the resource in which they stand."""
    found: dict[str, list[Value]] = {}
    for holder, statement in roles.given(deployment):
        found.setdefault(holder.name, []).append(statement)
    return found


def _encrypted(holder: Resource, value: Value) -> Resource | None:
    """The queue, topic, stream or secret that a resource of a statement names, or the bucket of the objects."""
    first = value.pieces[0] if value.pieces else value
    if len(value.pieces) > 1 and isinstance(first, Link) and first.attribute == "Arn":
        bucket = holder.deployment.resource(first.resource)
        is_objects = (value.pieces[1].text or "").startswith("/")
        return bucket if bucket is not None and bucket.type == BUCKET and is_objects else None
    return holder.deployment.find(value, QUEUE, _OF_SECRETS_MANAGER, STREAM, TOPIC)


def _keyless(role: Resource, use: str, target: Resource, value: Value) -> Keyless | None:
    key = _key_of(target)
    if key is None or may_use_more_keys(role) or _has_others(key):
        return None
    action = next((one for one in NEEDS[use].value if denials.refuses(role, one, key)), None)
    return None if action is None else Keyless(role, use, action, target, key, value)


def _key_of(target: Resource) -> Resource | None:
    if target.type in (QUEUE, _OF_SECRETS_MANAGER, TOPIC):
        return key_of(target, _KEYS[target.type])
    if target.type == STREAM and target.get("StreamEncryption.EncryptionType").text != "KMS":
        return None  # Terraform takes a key beside NONE, which is the default.
    named = [target.deployment.find(value, KEY) for value in each(target, _KEYS[target.type])]
    return named[0] if len(named) == 1 else None


def _has_others(key: Resource) -> bool:
    """Whether somebody else may let roles use a key, as by a grant."""
    grants = key.deployment.once(_has_grants)
    return key.is_open or grants or custom_resources.name(key)


def _has_grants(deployment: Deployment) -> bool:
    return any(one.type.startswith("aws_kms_grant") for one in deployment.untranslated(deployment))
