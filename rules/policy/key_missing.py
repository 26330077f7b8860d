"""A role that may use what is encrypted should be allowed to use its key.

Whoever sends to a queue, topic or stream that is encrypted with a customer key, or puts objects into such a bucket, needs
kms:GenerateDataKey for the key; whoever reads, a secret too, needs kms:Decrypt. Where the policy of the key leaves that to IAM, as it does by
default, and the role has no such permission, each call is denied: a mapping or pipe reads nothing, messages are not sent, and no task
starts that gets the secret. The replication of a bucket whose rule asks for objects encrypted with KMS needs kms:Decrypt for the
bucket's key and kms:Encrypt for that of the copies, or each object fails to be replicated.

What to do: allow the role both actions for the ARN of the key. A key whose policy lets the role, or everybody, use it is not
judged, nor are keys with grants.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::Role",
        "AWS::IAM::RolePolicy",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Pipes::Pipe",
        "AWS::S3::Bucket",
    ),
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html",
)
def check(user: Resource) -> Findings:
    if not user.deployment.of_type("AWS::KMS::Key"):
        return
    from awslint_memo import key_roles  # Most templates have no key.

    if user.type == "AWS::S3::Bucket":
        for copied in key_roles.unreplicated(user):
            key, role = copied.key.title, copied.role.title
            yield user.finding(
                copied.value,
                f"replicates objects encrypted with KMS, but {role} may not do {copied.action} with {key}, so the "
                "replication of these fails",
                do=f"allow {copied.action} for the ARN of {key} in a policy of {role}",
                related=[(copied.role, "the role"), (copied.key, "the key")],
            )
        return
    if "::IAM::" not in user.type:
        unread = key_roles.unread(user)
        if unread is not None:
            key, role = unread.key.title, unread.role.title
            yield user.finding(
                unread.value,
                f"can't decrypt what it reads, because {role} does not allow {unread.action} for {key}, with which "
                f"{unread.target.title} is encrypted",
                do=f"allow it in a policy of {role}",
                related=[(unread.role, "the role"), (unread.key, "the key")],
            )
        return
    for found in key_roles.useless(user):
        key, target = found.key.title, found.target.title
        yield user.finding(
            found.value,
            f"allows {found.use} for {target}, but {found.role.title} may not do {found.action} with {key}, with which that is "
            "encrypted, so each call is denied",
            do=f"allow {found.action} for the ARN of {key}",
            level="warning" if found.target.type == "AWS::S3::Bucket" else None,  # A program may ask for another key.
            related=[(found.key, "the key"), (found.role, "the role")],
        )


BAD = """
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}, {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "kms:*", Resource: "*"}]}}}
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.Arn}}
---
Resources:
  Key: {Type: AWS::KMS::Key}
  Other: {Type: AWS::KMS::Key}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["kinesis:*", "sqs:SendMessage"], Resource: "*"}, {Effect: Allow, Action: "kms:*", Resource: !GetAtt Other.Arn}]}}]}}
  Lines: {Type: AWS::Kinesis::Stream, Properties: {StreamEncryption: {EncryptionType: KMS, KeyId: !Ref Key}}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {RoleArn: !GetAtt Role.Arn, Source: !GetAtt Lines.Arn, Target: !ImportValue Orders}}
---
Resources:
  Key: {Type: AWS::KMS::Key}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: [!GetAtt Orders.Arn, !GetAtt Bills.Arn]}, {Effect: Allow, Action: "kms:GenerateDataKey", Resource: !GetAtt Key.Arn}]}}]}}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !GetAtt Key.Arn}}
  Bills: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !GetAtt Key.Arn}}
---
resource "aws_kms_key" "vouchers" {
  enable_key_rotation = true
}

resource "aws_sqs_queue" "vouchers" {
  name              = "vouchers"
  kms_master_key_id = aws_kms_key.vouchers.arn
}

resource "aws_iam_role" "web" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "web" {
  role = aws_iam_role.web.name
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage", "sqs:GetQueueUrl"], Resource = aws_sqs_queue.vouchers.arn }]
  })
}
---
resource "aws_kms_key" "files" {
  enable_key_rotation = true
}

resource "aws_s3_bucket" "files" {
  bucket = "files"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.id

  rule {
    apply_server_side_encryption_by_default {
      kms_master_key_id = aws_kms_key.files.arn
      sse_algorithm     = "aws:kms"
    }
  }
}

resource "aws_iam_role" "web" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_policy" "web" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.files.arn}/*" }]
  })
}

resource "aws_iam_role_policy_attachment" "web" {
  role       = aws_iam_role.web.name
  policy_arn = aws_iam_policy.web.arn
}
---
Resources:
  Key: {Type: AWS::KMS::Key}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/shop, TargetKeyId: !Ref Key}}
  Password: {Type: AWS::SecretsManager::Secret, Properties: {KmsKeyId: !Ref Alias}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref Password}]}}]}}
---
resource "aws_kms_key" "shop" {
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "token" {
  name       = "token"
  kms_key_id = aws_kms_key.shop.key_id
}

resource "aws_iam_role" "turn" {
  assume_role_policy = jsonencode({ Statement = [] })
}

data "aws_iam_policy_document" "turn" {
  statement {
    actions   = ["secretsmanager:PutSecretValue", "kms:Decrypt"]
    resources = [aws_secretsmanager_secret.token.arn, aws_kms_key.shop.arn]
  }
}

resource "aws_iam_role_policy" "turn" {
  role   = aws_iam_role.turn.name
  policy = data.aws_iam_policy_document.turn.json
}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Key: {Type: AWS::KMS::Key}
  Readings: {Type: AWS::Kinesis::Stream, Properties: {StreamEncryption: {EncryptionType: KMS, KeyId: !GetAtt Key.Arn}}}
  Alerts: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Policies: [SQSSendMessagePolicy: {QueueName: !GetAtt Alerts.QueueName}], Events: {Readings: {Type: Kinesis, Properties: {Stream: !GetAtt Readings.Arn, StartingPosition: LATEST}}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Key: {Type: AWS::KMS::Key}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  Work: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Policies: [SQSSendMessagePolicy: {QueueName: !GetAtt Orders.QueueName}, KMSDecryptPolicy: {KeyId: !Ref Key}]}}
---
Resources:
  Key: {Type: AWS::KMS::Key}
  Copies: {Type: AWS::KMS::Key}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}, {Effect: Allow, Action: "kms:Decrypt", Resource: !GetAtt Key.Arn}]}}]}}
  Files: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}, BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms", KMSMasterKeyID: !GetAtt Key.Arn}}]}, ReplicationConfiguration: {Role: !GetAtt Role.Arn, Rules: [{Status: Enabled, SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}, Destination: {Bucket: !ImportValue Copies, EncryptionConfiguration: {ReplicaKmsKeyID: !GetAtt Copies.Arn}}}]}}}
---
resource "aws_kms_key" "files" {
  enable_key_rotation = true
}

resource "aws_s3_bucket" "files" {
  bucket = "files"
}

resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.id

  rule {
    apply_server_side_encryption_by_default {
      kms_master_key_id = aws_kms_key.files.arn
      sse_algorithm     = "aws:kms"
    }
  }
}

resource "aws_iam_role" "copy" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "copy" {
  role = aws_iam_role.copy.name
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:GetObjectVersionForReplication", Resource = "${aws_s3_bucket.files.arn}/*" }]
  })
}

resource "aws_s3_bucket_replication_configuration" "files" {
  bucket = aws_s3_bucket.files.id
  role   = aws_iam_role.copy.arn

  rule {
    status = "Enabled"

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::copies"

      encryption_configuration {
        replica_kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      }
    }
  }
}
"""

GOOD = """
Parameters: {Key: {Type: String}}
Resources:
  Own: {Type: AWS::KMS::Key}
  Shared: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "kms:Decrypt", Resource: "*", Condition: {StringEquals: {"kms:CallerAccount": !Ref AWS::AccountId, "kms:ViaService": !Sub "secretsmanager.${AWS::Region}.amazonaws.com"}}}]}}}
  A: {Type: AWS::SecretsManager::Secret}
  B: {Type: AWS::SecretsManager::Secret, Properties: {KmsKeyId: !Ref Own}}
  C: {Type: AWS::SecretsManager::Secret, Properties: {KmsKeyId: !Ref Shared}}
  D: {Type: AWS::SecretsManager::Secret, Properties: {KmsKeyId: !Ref Key}}
  E: {Type: AWS::SecretsManager::Secret, Properties: {KmsKeyId: alias/aws/secretsmanager}}
  Reads: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: [!Ref A, !Ref C, !Ref D, !Ref E]}, {Effect: Allow, Action: "secretsmanager:DescribeSecret", Resource: !Ref B}]}}]}}
  Decrypts: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref B}, {Effect: Allow, Action: "kms:Decrypt", Resource: !GetAtt Own.Arn}]}}]}}
---
Parameters: {Policy: {Type: String}}
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}]}}}
  Named: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Plain.Arn}, Action: "kms:*", Resource: "*"}]}}}
  Plain: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"]}}
  Allowed: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"]}}
  Beside: {Type: AWS::IAM::Policy, Properties: {PolicyName: a, Roles: [!Ref Allowed], PolicyDocument: {Statement: [{Effect: Allow, Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*", Condition: {StringEquals: {"kms:ViaService": sqs.eu-west-1.amazonaws.com}}}, {Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Orders.Arn}]}}}
  Given: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  Others: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Named}}
  Managed: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: true}}
  Own: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: alias/aws/sqs}}
  A: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Allowed.Arn}}
  OfA: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref A, EventSourceArn: !GetAtt Orders.Arn}}
  B: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Plain.Arn}}
  OfB: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref B, EventSourceArn: !GetAtt Others.Arn}}
  OfManaged: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref B, EventSourceArn: !GetAtt Managed.Arn}}
  OfOwn: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref B, EventSourceArn: !GetAtt Own.Arn}}
  C: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Given.Arn}}
  OfC: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref C, EventSourceArn: !GetAtt Orders.Arn}}
---
Resources:
  Key: {Type: AWS::KMS::Key}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Orders.Arn}]}}]}}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  Grants: {Type: Custom::Grant, Properties: {ServiceToken: !ImportValue Grants, Key: !Ref Key, Role: !GetAtt Role.Arn}}
---
variable "keys" {}

resource "aws_kms_key" "vouchers" {
  enable_key_rotation = true
}

resource "aws_sqs_queue" "vouchers" {
  name              = "vouchers"
  kms_master_key_id = aws_kms_key.vouchers.arn
}

resource "aws_iam_role" "web" {
  assume_role_policy = jsonencode({ Statement = [] })
}

data "aws_iam_policy_document" "web" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.vouchers.arn]
  }

  statement {
    actions   = ["kms:GenerateDataKey", "kms:Decrypt"]
    resources = var.keys
  }
}

resource "aws_iam_role_policy" "web" {
  role   = aws_iam_role.web.name
  policy = data.aws_iam_policy_document.web.json
}
---
Transform: AWS::Serverless-2016-10-31
Parameters: {Id: {Type: String}}
Resources:
  Key: {Type: AWS::KMS::Key}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  Reads: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Policies: [KMSDecryptPolicy: {KeyId: !Ref Key}], Events: {Orders: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}}
  Written: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Policies: [Statement: [{Effect: Allow, Action: "kms:Decrypt", Resource: !GetAtt Key.Arn}]], Events: {Orders: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}}
  AnyKey: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Policies: [KMSDecryptPolicy: {KeyId: !Ref Id}], Events: {Orders: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Key: {Type: AWS::KMS::Key}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  # SAM lets the role decrypt the secret of the broker, perhaps with this key.
  Reads:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Events:
        Orders: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}
        Broker: {Type: MQ, Properties: {Broker: !ImportValue Broker, Queues: [orders], SecretsManagerKmsKeyId: !Ref Key, SourceAccessConfigurations: [{Type: BASIC_AUTH, URI: !ImportValue Secret}]}}
---
Resources:
  Key: {Type: AWS::KMS::Key}
  Copies: {Type: AWS::KMS::Key}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}, {Effect: Allow, Action: "kms:Decrypt", Resource: !GetAtt Key.Arn}, {Effect: Allow, Action: "kms:Encrypt", Resource: !GetAtt Copies.Arn}]}}]}}
  Unable: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  # A rule that is off, and one that leaves out what KMS encrypts.
  Plain: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}, BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms", KMSMasterKeyID: !GetAtt Key.Arn}}]}, ReplicationConfiguration: {Role: !GetAtt Unable.Arn, Rules: [{Status: Disabled, SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}, Destination: {Bucket: !ImportValue Copies, EncryptionConfiguration: {ReplicaKmsKeyID: !GetAtt Copies.Arn}}}, {Status: Enabled, Destination: {Bucket: !ImportValue Copies}}]}}}
  Files: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}, BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms", KMSMasterKeyID: !GetAtt Key.Arn}}]}, ReplicationConfiguration: {Role: !GetAtt Role.Arn, Rules: [{Status: Enabled, SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}, Destination: {Bucket: !ImportValue Copies, EncryptionConfiguration: {ReplicaKmsKeyID: !GetAtt Copies.Arn}}}]}}}
---
resource "aws_kms_key" "files" {
  enable_key_rotation = true
}

resource "aws_s3_bucket" "files" {
  bucket = "files"
}

resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.id

  rule {
    apply_server_side_encryption_by_default {
      kms_master_key_id = aws_kms_key.files.arn
      sse_algorithm     = "aws:kms"
    }
  }
}

resource "aws_iam_role" "copy" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "copy" {
  role = aws_iam_role.copy.name
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "s3:GetObjectVersionForReplication", Resource = "${aws_s3_bucket.files.arn}/*" },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.files.arn },
    ]
  })
}

resource "aws_s3_bucket_replication_configuration" "files" {
  bucket = aws_s3_bucket.files.id
  role   = aws_iam_role.copy.arn

  rule {
    status = "Enabled"

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::copies"

      encryption_configuration {
        replica_kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      }
    }
  }
}
"""
