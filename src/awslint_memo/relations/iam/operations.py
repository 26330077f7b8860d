"""Operations of AWS's APIs that have no action of their own in policies, with the actions that they take."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.facts import Fact

TAKEN: Mapping[str, Fact[Mapping[str, str]]] = {
    "s3": Fact(
        {
            "CompleteMultipartUpload": "PutObject",
            "CopyObject": "GetObject PutObject",
            "CreateMultipartUpload": "PutObject",
            "DeleteBucketAnalyticsConfiguration": "PutAnalyticsConfiguration",
            "DeleteBucketCors": "PutBucketCORS",
            "DeleteBucketEncryption": "PutEncryptionConfiguration",
            "DeleteBucketInventoryConfiguration": "PutInventoryConfiguration",
            "DeleteBucketLifecycle": "PutLifecycleConfiguration",
            "DeleteBucketMetricsConfiguration": "PutMetricsConfiguration",
            "DeleteBucketOwnershipControls": "PutBucketOwnershipControls",
            "DeleteBucketReplication": "PutReplicationConfiguration",
            "DeleteBucketTagging": "PutBucketTagging",
            "DeleteObjects": "DeleteObject",
            "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
            "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
            "GetBucketAnalyticsConfiguration": "GetAnalyticsConfiguration",
            "GetBucketEncryption": "GetEncryptionConfiguration",
            "GetBucketInventoryConfiguration": "GetInventoryConfiguration",
            "GetBucketLifecycle": "GetLifecycleConfiguration",
            "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
            "GetBucketMetricsConfiguration": "GetMetricsConfiguration",
            "GetBucketNotificationConfiguration": "GetBucketNotification",
            "GetBucketReplication": "GetReplicationConfiguration",
            "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
            "HeadBucket": "ListBucket",
            "HeadObject": "GetObject",
            "ListBuckets": "ListAllMyBuckets",
            "ListMultipartUploads": "ListBucketMultipartUploads",
            "ListObjectVersions": "ListBucketVersions",
            "ListObjects": "ListBucket",
            "ListObjectsV2": "ListBucket",
            "ListParts": "ListMultipartUploadParts",
            "PutBucketAccelerateConfiguration": "PutAccelerateConfiguration",
            "PutBucketAnalyticsConfiguration": "PutAnalyticsConfiguration",
            "PutBucketEncryption": "PutEncryptionConfiguration",
            "PutBucketInventoryConfiguration": "PutInventoryConfiguration",
            "PutBucketLifecycle": "PutLifecycleConfiguration",
            "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
            "PutBucketMetricsConfiguration": "PutMetricsConfiguration",
            "PutBucketNotificationConfiguration": "PutBucketNotification",
            "PutBucketReplication": "PutReplicationConfiguration",
            "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
            "SelectObjectContent": "GetObject",
            "UploadPart": "PutObject",
            "UploadPartCopy": "GetObject PutObject",
        },
        page="AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
        read="2026-12-02",
    ),
    "dynamodb": Fact(
        {
            "TransactGetItems": "GetItem",
            "TransactWriteItems": "PutItem UpdateItem DeleteItem ConditionCheckItem",
        },
        page="amazondynamodb/latest/developerguide/transaction-apis-iam.html",
        read="2026-12-02",
    ),
    "kms": Fact(
        {"ReEncrypt": "ReEncryptFrom ReEncryptTo"},
        page="kms/latest/APIReference/API_ReEncrypt.html",
        read="2026-12-02",
    ),
    "lambda": Fact(
        {"Invoke": "InvokeFunction", "InvokeWithResponseStream": "InvokeFunction"},
        page="lambda/latest/api/API_Invoke.html",
        read="2026-12-02",
    ),
    "sqs": Fact(
        {
            "ChangeMessageVisibilityBatch": "ChangeMessageVisibility",
            "DeleteMessageBatch": "DeleteMessage",
            "SendMessageBatch": "SendMessage",
        },
        page="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html",
        read="2026-12-02",
    ),
}
"""By service, its operations that are no actions, with the actions that they take."""


def taken(service: str, action: str) -> tuple[str, ...]:
    """The actions, with their service, that an operation takes of which a policy has the name in place of theirs."""
    operations = TAKEN[service].value if service in TAKEN else {}
    names = next((names for name, names in operations.items() if name.lower() == action.lower()), "")
    return tuple(f"{service}:{name}" for name in names.split())
