"""A queue, topic or bucket should have its policy, or its notifications, from one resource.

A queue, a topic and a bucket have one policy, and a bucket one configuration of notifications, of its lifecycle and of its
replication: each resource that sets it replaces what another one has set. Which one stays depends on the order of the
deployment, and may change with the next one. What only the others allow or notify then stops, without an error. CloudFormation
refuses a second AWS::S3::BucketPolicy.

An aws_iam_policy_attachment detaches its policy from every role that it does not name, whatever attached it.

What to do: put all statements into one policy, and all notifications of a bucket into one aws_s3_bucket_notification. Write
aws_iam_role_policy_attachment.
"""

from awslint_memo import Findings, Resource, attachments, listed, resource_policies, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::SNS::Topic", "AWS::SQS::Queue"),
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
)
def check(target: Resource) -> Findings:
    holders = resource_policies.overwritten(target)
    if holders:
        names = listed(["its own" if holder is target else f"that of {holder.title}" for holder in holders])
        yield target.finding(
            target,
            f"has {len(holders)} policies, {names}, each of which replaces the others, so what only one of them allows may "
            "be refused",
            do="merge them into one",
            related=[(holder, "sets the policy") for holder in holders if holder is not target],
        )


# "S3 Buckets only support a single lifecycle configuration":
# https://www.pulumi.com/docs/reference/pkg/aws/s3/bucketlifecycleconfiguration/ (read on 2026-11-30)
WORDS = {
    "aws_s3_bucket_lifecycle_configuration": "lifecycle rules",
    "aws_s3_bucket_notification": "notifications",
    "aws_s3_bucket_replication_configuration": "rules of replication",
}


@check.on("AWS::S3::Bucket")
def bucket(bucket: Resource) -> Findings:
    if bucket.copies.number != 1:  # It stands for several, each of which may have one.
        return
    for word, what in WORDS.items():
        setting = {address: place for address, place in bucket.companions.items() if f".{word}." in f".{address}"}
        if len(setting) > 1:
            yield bucket.finding(
                bucket,
                f"has its {what} from {listed([*setting])}, each of which replaces those of the others",
                do="merge them into one",
                related=[(place, f"sets the {what}") for place in setting.values()],
            )
    # "The bucket policy already exists on bucket" (github.com/aws-samples/aws-cdk-examples/issues/1022, 2026-11-30)
    is_refused = bucket.language == "cloudformation"
    holders = resource_policies.policies(bucket).holders if is_refused else resource_policies.overwritten(bucket)
    if len(holders) > 1:
        so = "of which all but one are refused" if is_refused else "each of which replaces that of the others"
        yield bucket.finding(
            bucket,
            f"has its policy from {listed([holder.title for holder in holders])}, {so}",
            do="merge them into one",
            related=[(holder, "sets the policy") for holder in holders],
        )


@check.on("AWS::IAM::ManagedPolicy")
def attached(attachment: Resource) -> Findings:
    other = attachments.detaching(attachment)
    if other is not None:
        yield attachment.finding(
            attachment,
            f"attaches a policy that {other.title} detaches from all roles but its own, so the role may lack it",
            do="write aws_iam_role_policy_attachment instead of that",
            related=[(other, "detaches it")],
        )


BAD = """
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Orders.Arn}]}}
  Orders: {Type: AWS::SQS::Queue}
  Events: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*"}]}}}
  Topics: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*"}]}}}
---
resource "aws_sns_topic" "orders" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sns:Publish", Resource = "*" }] })
}

resource "aws_sns_topic_policy" "orders" {
  arn = aws_sns_topic.orders.arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "s3.amazonaws.com" }, Action = "sns:Publish", Resource = "*" }] })
}
---
resource "aws_s3_bucket" "orders" {}

resource "aws_s3_bucket_notification" "first" {
  bucket      = aws_s3_bucket.orders.id
  eventbridge = true
}

resource "aws_s3_bucket_notification" "second" {
  bucket = aws_s3_bucket.orders.id

  topic {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:orders"
    events    = ["s3:ObjectCreated:*"]
  }
}
---
resource "aws_s3_bucket" "orders" {}

resource "aws_s3_bucket_lifecycle_configuration" "all" {
  for_each = { logs = 30, tmp = 1 }

  bucket = aws_s3_bucket.orders.id

  rule {
    id     = each.key
    status = "Enabled"

    expiration {
      days = each.value
    }
  }
}
---
resource "aws_s3_bucket" "orders" {}

resource "aws_s3_bucket_policy" "first" {
  bucket = aws_s3_bucket.orders.id
  policy = jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*" }] })
}

resource "aws_s3_bucket_policy" "second" {
  bucket = aws_s3_bucket.orders.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" }] })
}
---
Resources:
  Orders: {Type: AWS::S3::Bucket}
  First: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Orders, PolicyDocument: {Statement: []}}}
  Second: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Orders, PolicyDocument: !ImportValue Policy}}
---
resource "aws_iam_role" "web" {}

resource "aws_iam_role" "jobs" {}

resource "aws_iam_policy_attachment" "web" {
  name       = "web"
  roles      = [aws_iam_role.web.name]
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}

resource "aws_iam_role_policy_attachment" "jobs" {
  role       = aws_iam_role.jobs.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}
---
resource "aws_iam_role" "all" {
  for_each = toset(["jobs", "web"])
}

resource "aws_iam_policy_attachment" "all" {
  for_each = aws_iam_role.all

  name       = each.key
  roles      = [each.value.name]
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}
"""

GOOD = """
Parameters: {Document: {Type: String}, Named: {Type: String}, Stage: {Type: String}}
Conditions: {Production: !Equals [!Ref Stage, production], Other: !Not [!Condition Production]}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Others: {Type: AWS::SQS::Queue}
  One: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: "*"}]}}}
  Unknown: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: !Ref Document}}
  Apart: {Type: AWS::SQS::QueuePolicy, Condition: Production, Properties: {Queues: [!Ref Others], PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: "*"}]}}}
  Else: {Type: AWS::SQS::QueuePolicy, Condition: Other, Properties: {Queues: [!Ref Others], PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "sqs:*", Resource: "*"}]}}}
  Alike: {Type: AWS::SQS::Queue}
  First: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Alike], PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: !GetAtt Alike.Arn}]}}}
  Same: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Alike], PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: !GetAtt Alike.Arn}]}}}
  Files: {Type: AWS::S3::Bucket}
  OfFiles: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Files, PolicyDocument: {Statement: []}}}
  OfAny: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Named, PolicyDocument: {Statement: []}}}
---
variable "bucket" {}

variable "has_others" {}

variable "names" {
  type = set(string)
}

resource "aws_s3_bucket" "several" {
  for_each = var.names
}

resource "aws_sqs_queue" "several" {
  for_each = var.names
}

resource "aws_sqs_queue_policy" "in" {
  queue_url = aws_sqs_queue.several["in"].id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }] })
}

resource "aws_sqs_queue_policy" "out" {
  queue_url = aws_sqs_queue.several["out"].id
  policy    = jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }] })
}

resource "aws_s3_bucket_notification" "in" {
  bucket      = aws_s3_bucket.several["in"].id
  eventbridge = true
}

resource "aws_s3_bucket_notification" "out" {
  bucket      = aws_s3_bucket.several["out"].id
  eventbridge = true
}

resource "aws_s3_bucket" "orders" {}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = aws_s3_bucket.orders.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_notification" "others" {
  count       = var.has_others
  bucket      = aws_s3_bucket.orders.id
  eventbridge = true
}

resource "aws_s3_bucket_notification" "first" {
  bucket      = aws_s3_bucket.orders.id
  eventbridge = true
}

resource "aws_s3_bucket_notification" "second" {
  bucket      = var.bucket
  eventbridge = true
}

resource "aws_sqs_queue" "orders" {}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy    = "{}"
}
---
variable "role" {}

resource "aws_iam_role" "web" {}

resource "aws_iam_role" "jobs" {}

resource "aws_iam_policy_attachment" "all" {
  name       = "all"
  roles      = [aws_iam_role.web.name, aws_iam_role.jobs.name]
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}

resource "aws_iam_role_policy_attachment" "again" {
  role       = aws_iam_role.jobs.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}

resource "aws_iam_role_policy_attachment" "any" {
  role       = var.role
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}

resource "aws_iam_role_policy_attachment" "other" {
  role       = aws_iam_role.jobs.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSNSFullAccess"
}

resource "aws_iam_policy_attachment" "elsewhere" {
  provider = aws.other

  name       = "elsewhere"
  roles      = [aws_iam_role.web.name]
  policy_arn = "arn:aws:iam::aws:policy/AmazonSNSFullAccess"
}
"""
