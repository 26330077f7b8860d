"""Actions on the objects of buckets that a policy allows for buckets alone, and so for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations import attributes
from awslint_memo.relations.iam import bucket_writers, managed_policies, roles
from awslint_memo.relations.iam.attachments import attached_roles
from awslint_memo.relations.iam.statements import action_fits, statements

_BUCKET = "AWS::S3::Bucket"

OF_OBJECTS = fact(
    (
        *("s3:DeleteObject", "s3:DeleteObjectTagging", "s3:DeleteObjectVersion"),
        *("s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectAttributes", "s3:GetObjectTagging", "s3:GetObjectVersion"),
        *("s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"),
        *("s3:InitiateReplication", "s3:ObjectOwnerOverrideToBucketOwner", "s3:PutObject", "s3:PutObjectAcl"),
        *("s3:PutObjectLegalHold", "s3:PutObjectRetention", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"),
        *("s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags", "s3:RestoreObject"),
    ),
    page="AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
    read="2026-11-30",
)
"""Actions that have objects as their resource, and never a bucket, and without which a program fails."""


@record(frozen=True, eq=False)
class Idle:
    """Actions on objects that a statement allows for buckets alone. actions: as they are written; named: a bucket.

    is_sure: whether no other policy lets the roles of the statement do it, as far as that is known. users: these roles.
    """

    actions: Sequence[str]
    place: Value
    named: Value
    is_sure: bool
    users: Sequence[Resource]

    @property
    def streams(self) -> list[Resource]:
        """The delivery streams that can't write into their buckets with these roles for the same reason."""
        if not self.users:
            return []
        streams = self.users[0].deployment.of_type(*bucket_writers.WRITERS)
        return [one for one in streams if any(lack.role in self.users for lack in bucket_writers.unwritable(one))]


def idle(holder: Resource) -> Iterator[Idle]:
    """The statements in the policies of a role, or in a policy, that surely allow actions on objects for buckets alone,
    where no other statement may allow them for objects.

    What a program writes over, as Terraform ignores changes of it, only stands for the policy that is there.
    """
    if may_ignore(holder.terraform.ignore_changes, "policy"):
        return
    for document in attributes.documents(holder):
        for statement in statements(document):
            named = statement.get("Resource").items
            if statement.get("Effect").text == "Allow" and named and all(_is_bucket(holder, one) for one in named):
                yield from _idle(holder, statement, named[0])


def _idle(holder: Resource, statement: Value, named: Value) -> Iterator[Idle]:
    written = [action for action in statement.get("Action").items if action.text in OF_OBJECTS]
    users = ([holder] if holder.type == roles.ROLE else attached_roles(holder)) if written else []
    others = [*_beside(holder, users)] if written else []
    idle_actions = [one for one in written if not _is_allowed_by(holder, others, one.text or "")]
    if idle_actions:
        is_sure = bool(users) and all(_is_known(role, idle_actions) for role in users)
        yield Idle([one.text or "" for one in idle_actions], idle_actions[0], named, is_sure, users)


def _is_known(role: Resource, actions: Sequence[Value]) -> bool:
    """Whether the policies of a role that are not here surely do not allow one of some actions."""
    known = roles.policies(role)
    answers = (managed_policies.allows(arn, action.text or "", role) for arn in known.arns for action in actions)
    return known.is_whole and not roles.may_get_more(role) and all(answer is False for answer in answers)


def _beside(holder: Resource, users: Sequence[Resource]) -> Iterator[Value]:
    """All that is written about what the roles may do, and what buckets let others do."""
    for document in attributes.documents(holder):
        yield from statements(document)
    for role in users:
        yield from roles.policies(role).statements
    for policy in holder.deployment.of_type("AWS::S3::BucketPolicy"):
        yield from statements(policy.get("PolicyDocument"))


def _is_allowed_by(holder: Resource, others: Sequence[Value], action: str) -> bool:
    """Whether one of these statements may allow an action on objects."""
    for one in others:
        named = one.get("Resource").items
        is_for_buckets = bool(named) and all(_is_bucket(holder, value) for value in named)
        if one.get("Effect").text != "Deny" and not is_for_buckets and action_fits(one, action) is not False:
            return True
    return False


def _is_bucket(holder: Resource, value: Value) -> bool:
    """Whether a resource of a statement surely is a bucket, and none of its objects."""
    pieces = value.pieces or (value,)
    first, last = pieces[0], pieces[-1]
    if isinstance(first, Link) and len(pieces) == 1:
        return _is_link_to_bucket(holder, first, "Arn")
    begin = "".join(piece.text or "?" for piece in (pieces if last.text is not None else pieces[:-1]))
    service, _, name = begin.partition(":::")
    if not service.startswith("arn:") or not service.endswith(":s3") or any(sign in name for sign in "/*?"):
        return False
    return bool(name) if last.text is not None else _is_link_to_bucket(holder, last, "Ref")


def _is_link_to_bucket(holder: Resource, value: Value, attribute: str) -> bool:
    if not isinstance(value, Link) or value.attribute != attribute:
        return False
    of = holder.deployment.resource(value.resource)
    return of is not None and of.type == _BUCKET
