"""A queue should be encrypted in one way.

A queue has either a key of KMS (KmsMasterKeyId) or keys of SQS itself (SqsManagedSseEnabled). SQS refuses a queue with both.

What to do: remove KmsMasterKeyId, or set SqsManagedSseEnabled (Terraform: sqs_managed_sse_enabled) to false.
"""

from awslint_memo import Findings, Link, Resource, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::SQS::Queue",
    memo="キューの種類を適切に選択する",
    aws="AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
)
def check(queue: Resource) -> Findings:
    key, managed = queue.get("KmsMasterKeyId"), queue.get("SqsManagedSseEnabled")
    if managed.flag is True and (isinstance(key, Link) or key.text not in (None, "")):
        yield queue.finding(
            managed,
            "but KmsMasterKeyId names a key of KMS, and SQS refuses a queue with both",
            do="set it to false, or remove KmsMasterKeyId",
            related=[(key, "the key of KMS")],
        )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: alias/aws/sqs, SqsManagedSseEnabled: true}}
---
Resources:
  Key: {Type: AWS::KMS::Key}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !GetAtt Key.Arn, SqsManagedSseEnabled: "true"}}
---
resource "aws_sqs_queue" "orders" {
  kms_master_key_id       = "alias/orders"
  sqs_managed_sse_enabled = true
}
"""

GOOD = """
Parameters: {Managed: {Type: String}, Key: {Type: String}}
Resources:
  OfKms: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: alias/aws/sqs, SqsManagedSseEnabled: false}}
  OfSqs: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: true}}
  Unknown: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: alias/aws/sqs, SqsManagedSseEnabled: !Ref Managed}}
  Either: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key, SqsManagedSseEnabled: true}}
---
resource "aws_sqs_queue" "orders" {
  sqs_managed_sse_enabled = true
}
"""
