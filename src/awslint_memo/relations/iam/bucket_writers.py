"""The roles with which services write objects into buckets, and whether these surely can't."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.firehose import BACKUP_MODES, DELIVERY_STREAM
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.arns import names
from awslint_memo.relations.iam.role_uses import Lack
from awslint_memo.relations.iam.statements import action_fits, statements

_S3 = tuple(f"{name}DestinationConfiguration" for name in ("ExtendedS3", "S3"))
_BESIDE = tuple(f"{name}.S3Configuration" for name in BACKUP_MODES if name not in _S3)

WRITERS: Mapping[str, Mapping[str, str]] = {
    DELIVERY_STREAM: {
        f"{path}.BucketARN": f"{path}.RoleARN" for path in (*_S3, f"{_S3[0]}.S3BackupConfiguration", *_BESIDE)
    },
}
"""By type, where it names a bucket into which its service writes objects, and where the role with which it does."""

_BUCKET, _PUT = "AWS::S3::Bucket", "s3:PutObject"


def unwritable(user: Resource) -> Iterator[Lack]:
    """The buckets into which a service writes for a resource with a role that may put objects into the bucket's ARN,
    and surely not into what is below it."""
    for path, role_path in WRITERS[user.type].items():
        bucket, role = user.follow(path, _BUCKET), user.follow(role_path, roles.ROLE)
        if bucket is not None and role is not None and _names_bucket_only(role, bucket) and not may_admit(bucket, _PUT):
            yield Lack(role, _PUT, bucket, user.get(path))


def never_allowed(user: Resource) -> Iterator[Lack]:
    """The buckets into which a service writes for a resource with a role that surely may put no object anywhere."""
    for path, role_path in WRITERS[user.type].items():
        bucket, role = user.follow(path, _BUCKET), user.follow(role_path, roles.ROLE)
        if bucket is not None and role is not None and lacks(role, bucket):
            yield Lack(role, _PUT, bucket, user.get(path))


def lacks(role: Resource, bucket: Resource) -> bool:
    """Whether a role surely may put no object anywhere, and no policy of a bucket may let it put one there."""
    return not (roles.may_get_more(role) or may_admit(bucket, _PUT)) and roles.may(role, _PUT) is False


def _names_bucket_only(role: Resource, bucket: Resource) -> bool:
    """Whether a role surely may put objects into a bucket by statements alone that name the bucket, not its objects."""
    known = roles.policies(role)
    if not known.is_whole or known.arns or roles.may_get_more(role):
        return False
    allowing = [one for one in known.statements if one.get("Effect").text != "Deny"]
    speaking = [one for one in allowing if action_fits(one, _PUT) is not False]
    named = [value for one in speaking for value in one.get("Resource").items]
    is_known = all(one.is_known and not one.get("Resource").is_absent for one in speaking)
    answers = [names(value, bucket, role.deployment) for value in named]
    return is_known and True in answers and None not in answers


def may_admit(bucket: Resource, action: str) -> bool:
    """Whether a policy of a bucket may let somebody do something with its objects, or one that is not here."""
    deployment = bucket.deployment
    holders = deployment.of_type("AWS::S3::BucketPolicy")
    others = [holder for holder in holders if deployment.find(holder.get("Bucket"), _BUCKET) in (None, bucket)]
    written = [one for holder in others for one in statements(holder.get("PolicyDocument"))]
    is_let = any(one.get("Effect").text != "Deny" and action_fits(one, action) is not False for one in written)
    return is_let or bucket.is_open or not bucket.terraform.policy.is_absent
