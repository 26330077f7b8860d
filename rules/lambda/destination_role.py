"""The role of a function should let Lambda send to the function's dead-letter queue and destinations.

Lambda sends the events that fail, and the results of invocations, with the role of the function. It checks the permission
when the queue, topic, function or bus is named, and refuses the function, its EventInvokeConfig or the mapping where the
role lacks it.

Where the queue or topic is encrypted with a customer key, Lambda also needs kms:GenerateDataKey. That is not checked when it is
named: the events that fail are lost.

What to do: allow the role sqs:SendMessage, sns:Publish, lambda:InvokeFunction or events:PutEvents for what is named. SAM
does this for the roles that it makes. Allow kms:GenerateDataKey and kms:Decrypt for the key.
"""

from awslint_memo import Findings, Resource, functions, invocations, role_uses, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Lambda::EventInvokeConfig", "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Function"),
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="lambda/latest/dg/invocation-async-retain-records.html",
)
def check(sender: Resource) -> Findings:
    is_function = sender.type == "AWS::Lambda::Function"
    function = sender if is_function else functions.function_of(sender.deployment, sender.get("FunctionName"))
    for lack in role_uses.undeliverable(sender, function):
        yield sender.finding(
            lack.value,
            f"is refused, because {lack.role.title} does not allow {lack.action} for {lack.title}",
            do=f"allow it in a policy of {lack.role.title}",
            related=[(lack.role, "the role"), (lack.target, "where Lambda is told to send")],
        )
    if not sender.deployment.of_type("AWS::KMS::Key"):
        return
    from awslint_memo import key_uses  # Most templates have no key.

    unused = (
        {str(one.place.route) for one in invocations.unused_failures(function)} if is_function and function else set()
    )
    for locked in key_uses.locked(sender, function):
        if str(locked.value.route) in unused:
            continue
        missing = f"{locked.role.title} does not allow {key_uses.MAKES_KEYS} for {locked.key.title}"
        yield sender.finding(
            locked.value,
            f"sends nothing to {locked.target.title}, because {missing}, with which that is encrypted",
            do=f"allow it in a policy of {locked.role.title}",
            related=[(locked.role, "the role"), (locked.key, "the key")],
        )


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Failed: {Type: AWS::SQS::Queue}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sns:Publish", Resource: !Ref Other}]}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Failed: {Type: AWS::SNS::Topic}
  Other: {Type: AWS::SNS::Topic}
  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Work, Qualifier: $LATEST, DestinationConfig: {OnFailure: {Destination: !Ref Failed}}}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "work" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole"
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn
}

resource "aws_sqs_queue" "failed" {}

resource "aws_lambda_event_source_mapping" "work" {
  event_source_arn  = "arn:aws:kinesis:eu-west-1:123456789012:stream/a"
  function_name     = aws_lambda_function.work.arn
  starting_position = "LATEST"

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.failed.arn
    }
  }
}
---
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}]}}}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Failed.Arn}, {Effect: Allow, Action: "kms:Decrypt", Resource: !GetAtt Key.Arn}]}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Failed: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
"""

GOOD = """
Parameters: {Policy: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["sqs:Send*", "sns:Publish"], Resource: "*"}]}}]}}
  Unknown: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Bare: {Type: AWS::IAM::Role}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Other: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Unknown.Arn, DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Third: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Bare.Arn, DeadLetterConfig: {TargetArn: !GetAtt Allowed.Arn}}}
  Fourth: {Type: AWS::Lambda::Function, Properties: {Role: !ImportValue Role, DeadLetterConfig: {TargetArn: !GetAtt Allowed.Arn}}}
  Failed: {Type: AWS::SQS::Queue}
  Allowed: {Type: AWS::SQS::Queue}
  OfAllowed: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Allowed], PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Bare.Arn}, Action: "sqs:SendMessage", Resource: "*"}]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}, EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Failed.Arn}, OnSuccess: {Type: SNS}}}}}
  Failed: {Type: AWS::SQS::Queue}
---
resource "aws_lambda_function" "work" {
  role = var.role

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

variable "role" {}

resource "aws_sqs_queue" "failed" {}
---
Parameters: {Key: {Type: String}}
Resources:
  Own: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}]}}}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["sqs:SendMessage", "kms:GenerateDataKey*"], Resource: "*"}]}}]}}
  Allowed: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, DeadLetterConfig: {TargetArn: !GetAtt OfOwn.Arn}}}
  OfOwn: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Own}}
  # The policy of the key lets it.
  Shared: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Sends.Arn}, Action: "kms:*", Resource: "*"}]}}}
  Sends: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: "*"}]}}]}}
  Let: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Sends.Arn, DeadLetterConfig: {TargetArn: !GetAtt OfShared.Arn}}}
  OfShared: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Shared}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Sends.Arn, DeadLetterConfig: {TargetArn: !GetAtt OfUnknown.Arn}}}
  OfUnknown: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
"""
