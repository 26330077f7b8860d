"""What replication lacks to copy objects that are encrypted with a key of KMS."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import denials, key_uses, roles

_CHOOSES = "SourceSelectionCriteria.SseKmsEncryptedObjects.Status"
ENCRYPTS = Fact(
    "kms:Encrypt", page="AmazonS3/latest/userguide/replication-config-for-kms-objects.html", read="2026-12-01"
)
"""What the role of a rule has to be allowed with the key of the replicas."""

KEY_OF_REPLICAS = Fact(
    "Destination.EncryptionConfiguration.ReplicaKmsKeyID",
    page="AmazonS3/latest/userguide/replication-config-for-kms-objects.html",
    read="2026-11-30",
)
"""What names the key of the replicas, which must be in the Region of the bucket that they are in."""


def remedy(rule: Value) -> str:
    """What has a rule copy what is encrypted with a key of KMS, in words."""
    named = rule.get(KEY_OF_REPLICAS.value)
    key = ", name a key of the other Region for the replicas" if named.is_absent else ""
    both = "and let its role decrypt with the key of the bucket and encrypt with that of the replicas"
    return f"have its source selection criteria choose objects that are encrypted with SSE-KMS{key}, {both}"


def doubt(bucket: Resource, rule: Value) -> tuple[str, str] | None:
    """Why a rule that is to copy what is encrypted with KMS may not, and what to do: its role is not allowed to encrypt
    with the key of the replicas by any policy of here. None where it is, or where that is not known."""
    role = bucket.deployment.find(bucket.get("ReplicationConfiguration.Role"), "AWS::IAM::Role")
    key = bucket.deployment.find(rule.get(KEY_OF_REPLICAS.value), "AWS::KMS::Key")
    if rule.get(_CHOOSES).text != "Enabled" or role is None or key is None:
        return None
    if roles.may_get_more(role) or key_uses.may_let(key):
        return None
    if denials.may(role, ENCRYPTS.value, resource=key) is not False:
        return None
    why = f"whether it copies objects that are encrypted with KMS: no policy lets {role.title} encrypt with {key.title}"
    return why, f"allow it {ENCRYPTS.value}"
