"""Whether the versions of a bucket's objects may be deleted for good, by whoever may do that by the id of a version:
then they are no bound of what is lost, though what they are typically for
(AmazonS3/latest/userguide/DeletingObjectVersions.html).
"""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.iam.statements import action_fits, statements

_POLICY = "AWS::S3::BucketPolicy"
_DELETES = "s3:DeleteObjectVersion"


def may_delete(bucket: Resource) -> bool:
    """Whether nothing that was read keeps everybody from deleting versions: a statement of the bucket's policy that
    denies it to all, for all objects."""
    policies = bucket.deployment.of_type(_POLICY)
    own = [each for each in policies if bucket.deployment.find(each.get("Bucket"), bucket.type) is bucket]
    denied = (each for policy in own for each in statements(policy.get("PolicyDocument")))
    return not any(_keeps(each, bucket) for each in denied)


def _keeps(statement: Value, bucket: Resource) -> bool:
    if statement.get("Effect").text != "Deny" or action_fits(statement, _DELETES) is not True:
        return False
    principal = statement.get("Principal")
    everybody = [principal, *principal.get("AWS").items] if principal.text is None else [principal]
    is_whole = statement.get("Condition").is_absent and statement.get("NotResource").is_absent
    return is_whole and any(each.text == "*" for each in everybody) and _has_all(statement.get("Resource"), bucket)


def _has_all(named: Value, bucket: Resource) -> bool:
    """Whether resources are all objects of a bucket."""
    return any(
        (each.text is not None and (each.text == "*" or (each.text.endswith("/*") and each.text.count("/") == 1)))
        or (each.pieces and (each.pieces[-1].text or "") == "/*" and bucket.may_be_named_by(each))
        for each in named.items
    )
