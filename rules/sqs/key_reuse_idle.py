"""A time for which a data key is reused should stand beside a key.

KmsDataKeyReusePeriodSeconds says for how long SQS reuses a data key of AWS KMS. A queue without KmsMasterKeyId uses none: it
is encrypted with keys of SQS, or not at all, and the time does nothing.

What to do: set KmsMasterKeyId (Terraform: kms_master_key_id), or remove KmsDataKeyReusePeriodSeconds.
"""

from awslint_memo import Findings, Resource, queues, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::SQS::Queue",
    memo="アプリケーションの要件に応じて、最適なキューの種類を選びましょう。",
    aws="AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
    fix="safe",
)
def check(queue: Resource) -> Findings:
    period = queue.get("KmsDataKeyReusePeriodSeconds")
    # A module may hand over a time for queues with a key and without, and a plan has the default of each queue.
    is_chosen = period.number not in (None, queues.DEFAULT_REUSE)
    if is_chosen and period.is_literal and queue.get("KmsMasterKeyId").is_absent:
        yield queue.finding(
            period,
            "but the queue has no KmsMasterKeyId, so no key of KMS is used",
            unit="s",
            do="remove it, or set KmsMasterKeyId",
            fix=queue.unset("KmsDataKeyReusePeriodSeconds"),
        )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsDataKeyReusePeriodSeconds: 600}}
---
resource "aws_sqs_queue" "orders" {
  sqs_managed_sse_enabled           = true
  kms_data_key_reuse_period_seconds = 600
}
"""

GOOD = """
Parameters: {Key: {Type: String}, Seconds: {Type: Number, Default: 600}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: alias/orders, KmsDataKeyReusePeriodSeconds: 600}}
  Unknown: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key, KmsDataKeyReusePeriodSeconds: 600}}
  Usual: {Type: AWS::SQS::Queue, Properties: {KmsDataKeyReusePeriodSeconds: 300}}
  Given: {Type: AWS::SQS::Queue, Properties: {KmsDataKeyReusePeriodSeconds: !Ref Seconds}}
---
variable "seconds" {
  default = 300
}

resource "aws_sqs_queue" "orders" {
  kms_data_key_reuse_period_seconds = var.seconds
}
"""

FIXED = """
-  Orders: {Type: AWS::SQS::Queue, Properties: {KmsDataKeyReusePeriodSeconds: 600}}
+  Orders: {Type: AWS::SQS::Queue}
---
-  sqs_managed_sse_enabled           = true
-  kms_data_key_reuse_period_seconds = 600
+  sqs_managed_sse_enabled = true
"""
