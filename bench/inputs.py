"""Templates of any size for the benches: repeated parts that are told apart by their number."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

PARTS = 4
"""The resources of one repeated part: two queues, a function and an event source mapping."""


def part(number: int) -> dict[str, Any]:
    """A queue with its dead-letter queue, and a function that reads it."""
    return {
        f"Queue{number}": {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "VisibilityTimeout": 60,
                "RedrivePolicy": {
                    "deadLetterTargetArn": {"Fn::GetAtt": [f"Dead{number}", "Arn"]},
                    "maxReceiveCount": 5,
                },
            },
        },
        f"Dead{number}": {"Type": "AWS::SQS::Queue", "Properties": {"MessageRetentionPeriod": 1209600}},
        f"Function{number}": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Handler": "index.handler",
                "Runtime": "python3.13",
                "Timeout": 10,
                "Role": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/function"},
                "Code": {"ZipFile": "pass"},
            },
        },
        f"Mapping{number}": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {
                "EventSourceArn": {"Fn::GetAtt": [f"Queue{number}", "Arn"]},
                "FunctionName": {"Ref": f"Function{number}"},
                "BatchSize": 10,
            },
        },
    }


def template(resources: int) -> dict[str, Any]:
    """A CloudFormation template with about so many resources."""
    made: dict[str, Any] = {}
    for number in range(max(1, resources // PARTS)):
        made |= part(number)
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": made}


def in_json(resources: int) -> str:
    """A CloudFormation template in JSON, as the CDK writes it."""
    return json.dumps(template(resources), indent=1)


def in_yaml(resources: int) -> str:
    """The same template in YAML, in block style."""
    return "".join(_block(template(resources), 0))


def _block(value: Any, depth: int) -> list[str]:
    lines: list[str] = []
    for key, inner in value.items():
        if isinstance(inner, dict):
            lines += [f"{' ' * depth}{key}:\n", *_block(inner, depth + 2)]
        else:
            lines.append(f"{' ' * depth}{key}: {json.dumps(inner)}\n")
    return lines


HCL_PART = """\
resource "aws_sqs_queue" "queue_%(n)d" {
  visibility_timeout_seconds = 60
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_%(n)d.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "dead_%(n)d" {
  message_retention_seconds = 1209600
}

resource "aws_lambda_function" "function_%(n)d" {
  function_name = "function-%(n)d"
  handler       = "index.handler"
  runtime       = "python3.13"
  timeout       = 10
  role          = var.role
}

resource "aws_lambda_event_source_mapping" "mapping_%(n)d" {
  event_source_arn = aws_sqs_queue.queue_%(n)d.arn
  function_name    = aws_lambda_function.function_%(n)d.arn
  batch_size       = 10
}

"""


def in_hcl(resources: int) -> str:
    """A Terraform root module with about so many resources."""
    parts = (HCL_PART % {"n": number} for number in range(max(1, resources // PARTS)))
    return 'provider "aws" {}\nvariable "role" {}\n' + "".join(parts)


SAM_HEAD = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Environment: {Type: String, Default: dev, AllowedValues: [dev, build, staging, integration, production]}
Conditions:
  IsProduction: !Equals [!Ref Environment, production]
  IsNotDevelopment: !Not [!Equals [!Ref Environment, dev]]
  HasAlarms: !Or [!Condition IsProduction, !Equals [!Ref Environment, staging]]
Mappings:
  Settings:
    dev: {Concurrency: 0, Target: "arn:aws:logs:eu-west-2:111122223333:destination:dev"}
    build: {Concurrency: 0, Target: "arn:aws:logs:eu-west-2:111122223333:destination:dev"}
    staging: {Concurrency: 1, Target: "arn:aws:logs:eu-west-2:111122223333:destination:live"}
    integration: {Concurrency: 1, Target: "arn:aws:logs:eu-west-2:111122223333:destination:live"}
    production: {Concurrency: 5, Target: "arn:aws:logs:eu-west-2:111122223333:destination:live"}
Globals:
  Function:
    Runtime: java21
    Timeout: 40
    MemorySize: !If [IsProduction, 3072, 1024]
    Architectures: [arm64]
    Tracing: Active
    AutoPublishAlias: live
    ProvisionedConcurrencyConfig:
      Fn::If:
        - IsNotDevelopment
        - ProvisionedConcurrentExecutions: !FindInMap [Settings, !Ref Environment, Concurrency]
        - !Ref AWS::NoValue
    Environment:
      Variables:
        ENVIRONMENT: !Ref Environment
        SESSIONS: !Ref Sessions
Resources:
  Sessions:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: !If [IsProduction, true, false]}
  Alerts:
    Type: AWS::SNS::Topic
  Public:
    Type: AWS::Serverless::Api
    Properties:
      StageName: !Ref Environment
      TracingEnabled: true
"""

SAM_PART = """\
  Function%(n)d:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub "function-%(n)d-${Environment}"
      Handler: uk.example.Function%(n)d::handleRequest
      CodeUri: ../lambdas/function-%(n)d
      Timeout: 30
      Environment:
        Variables:
          POWERTOOLS_SERVICE_NAME: function-%(n)d
          QUEUE_URL: !Ref Queue%(n)d
          CONFIG: !Sub "/${Environment}/function-%(n)d"
      VpcConfig:
        SubnetIds:
          - Fn::ImportValue: !Sub "vpc-${Environment}-PrivateSubnetIdA"
          - Fn::ImportValue: !Sub "vpc-${Environment}-PrivateSubnetIdB"
        SecurityGroupIds:
          - Fn::ImportValue: !Sub "vpc-${Environment}-SecurityGroup"
      Policies:
        - VPCAccessPolicy: {}
        - AWSLambdaBasicExecutionRole
        - AWSXRayDaemonWriteAccess
        - DynamoDBCrudPolicy:
            TableName: !Ref Sessions
        - SQSSendMessagePolicy:
            QueueName: !GetAtt Queue%(n)d.QueueName
        - Statement:
            - Sid: readConfig
              Effect: Allow
              Action:
                - ssm:GetParameter
                - ssm:GetParametersByPath
              Resource:
                - !Sub "arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${Environment}/function-%(n)d"
            - Sid: sign
              Effect: Allow
              Action: [kms:Sign, kms:GetPublicKey]
              Resource: "*"
              Condition:
                StringEquals:
                  aws:ResourceTag/Environment: !Ref Environment
      Events:
        Post:
          Type: Api
          Properties:
            RestApiId: !Ref Public
            Path: /journey/%(n)d
            Method: post
  Function%(n)dLogs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub "/aws/lambda/function-%(n)d-${Environment}"
      RetentionInDays: 30
  Function%(n)dLogsToAudit:
    Type: AWS::Logs::SubscriptionFilter
    Condition: IsNotDevelopment
    Properties:
      DestinationArn: !FindInMap [Settings, !Ref Environment, Target]
      FilterPattern: ""
      LogGroupName: !Ref Function%(n)dLogs
  Function%(n)dErrors:
    Type: AWS::CloudWatch::Alarm
    Condition: HasAlarms
    Properties:
      AlarmName: !Sub "function-%(n)d-${Environment}-errors"
      AlarmActions: [!Ref Alerts]
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions:
        - Name: FunctionName
          Value: !Ref Function%(n)d
      ComparisonOperator: GreaterThanOrEqualToThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Sum
      Threshold: 1
      TreatMissingData: notBreaching
  Queue%(n)d:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Dead%(n)d.Arn
        maxReceiveCount: 5
  Dead%(n)d:
    Type: AWS::SQS::Queue
    Properties:
      MessageRetentionPeriod: 1209600
"""


def in_sam(lines: int) -> str:
    """A template of SAM with about so many lines: functions of an API with policies, logs, alarms and queues."""
    number = max(1, (lines - SAM_HEAD.count("\n")) // SAM_PART.count("\n"))
    return SAM_HEAD + "".join(SAM_PART % {"n": one} for one in range(number))


def plan(resources: int) -> str:
    """A Terraform plan in JSON that creates about so many resources."""
    queues = [
        {
            "address": f"aws_sqs_queue.queue_{number}",
            "mode": "managed",
            "type": "aws_sqs_queue",
            "name": f"queue_{number}",
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "values": {"name": f"queue-{number}", "visibility_timeout_seconds": 60},
        }
        for number in range(resources)
    ]
    changes = [
        {
            **{key: one[key] for key in ("address", "mode", "type", "name", "provider_name")},
            "change": {"actions": ["create"], "before": None, "after": one["values"], "after_unknown": {}},
        }
        for one in queues
    ]
    whole = {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": queues}},
    }
    return json.dumps({**whole, "resource_changes": changes, "configuration": {"root_module": {}}})


def deployments(number: int, resources: int = 400) -> str:
    """A template whose conditions make so many deployments (a power of two)."""
    made = template(resources)
    names = [f"Is{index}" for index in range(number.bit_length() - 1)]
    made["Parameters"] = {f"P{name}": {"Type": "String", "AllowedValues": ["yes", "no"]} for name in names}
    made["Conditions"] = {name: {"Fn::Equals": [{"Ref": f"P{name}"}, "yes"]} for name in names}
    for index, name in enumerate(names):
        made["Resources"][f"Queue{index}"]["Properties"]["VisibilityTimeout"] = {"Fn::If": [name, 60, 90]}
        made["Resources"][f"Queue{index}"]["Properties"]["MessageRetentionPeriod"] = {"Fn::If": [name, 3600, 7200]}
    return json.dumps(made, indent=1)


FORMS: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "JSON": ("template.json", in_json),
    "YAML": ("template.yaml", in_yaml),
    "HCL": ("main.tf", in_hcl),
    "SAM": ("template.yaml", in_sam),
    "plan": ("plan.json", plan),
}
"""The file's name and what writes it, by the name of the language: with so many resources, and of SAM so many lines."""
