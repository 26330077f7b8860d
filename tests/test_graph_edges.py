"""What a graph shows between resources: each case is a template and the lines that it has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from awslint_memo import api
from awslint_memo.relations.graph.graph import Graph

LINES: dict[str, tuple[str, str]] = {
    "a queue with a reader and dead letters": (
        """
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 3}}
  Failed: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Reads:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work}
""",
        """
Orders -> Failed: sends failed messages to
Work -> Failed: sends failed messages to
Orders -> Work: is read by
""",
    ),
    "a mapping whose queue is elsewhere is a node": (
        """
Resources:
  Work: {Type: AWS::Lambda::Function}
  Reads:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders", FunctionName: !Ref Work}
""",
        "Reads -> Work: invokes",
    ),
    "a mapping that is switched off": (
        """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function}
  Reads:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work, Enabled: false}
""",
        "Orders -> Work: is read by (switched off)",
    ),
    "subscriptions": (
        """
Resources:
  News:
    Type: AWS::SNS::Topic
    Properties: {Subscription: [{Protocol: lambda, Endpoint: !GetAtt Work.Arn}]}
  Work: {Type: AWS::Lambda::Function}
  Inbox: {Type: AWS::SQS::Queue}
  Failed: {Type: AWS::SQS::Queue}
  ToInbox:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref News
      Protocol: sqs
      Endpoint: !GetAtt Inbox.Arn
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn}
  ByMail:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref News, Protocol: email, Endpoint: a@example.com}
""",
        """
News -> Work: sends messages to
News -> Inbox: sends messages to
News -> Failed: sends failed messages to
News -> ByMail: sends messages to
""",
    ),
    "SAM's events, and the API that they make": (
        """
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties: {StageName: Prod, Auth: {Authorizers: {A: {FunctionArn: !GetAtt Ask.Arn}}}}
  Ask: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, Runtime: python3.13, CodeUri: s}}
  Orders: {Type: AWS::SQS::Queue}
  Table: {Type: AWS::DynamoDB::Table}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: s
      Environment: {Variables: {TABLE: !Ref Table}}
      Events:
        Queue: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}
        Get: {Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref Api}}
        Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
""",
        """
Api -> Ask: may call
Api -> Work: forwards requests to
Orders -> Work: is read by
Work -> Table: is told of
event Daily of Work -> Work: sends events to
""",
    ),
    "a deployment group that moves a function's traffic": (
        """
Resources:
  Work: {Type: AWS::Lambda::Function}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Work}}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Work, FunctionVersion: !GetAtt Version.Version, Name: live}
    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: !Ref App, DeploymentGroupName: !Ref Group}}
  App: {Type: AWS::CodeDeploy::Application}
  Group:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties: {ApplicationName: !Ref App, AlarmConfiguration: {Alarms: [{Name: !Ref Errors}]}}
  Errors: {Type: AWS::CloudWatch::Alarm}
  Every: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: !Ref Live}}}
""",
        """
Group -> Work: moves the traffic of
Errors -> Group: tells
Every -> Work: starts
""",
    ),
    "events of a bus": (
        """
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Files: {Type: AWS::S3::Bucket}
  Placed:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      State: DISABLED
      EventPattern: {detail: {bucket: {name: [!Ref Files]}}}
      Targets: [{Id: a, Arn: !GetAtt Work.Arn, DeadLetterConfig: {Arn: !GetAtt Failed.Arn}}]
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties: {DefinitionString: !Sub '{"States": {"A": {"Resource": "${Do.Arn}"}}}'}
  Do: {Type: AWS::Lambda::Function}
  Failed: {Type: AWS::SQS::Queue}
  Every: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: !GetAtt Do.Arn}}}
""",
        """
Bus -> Placed: passes events to
Files -> Placed: is watched by
Placed -> Work: sends events to (switched off)
Placed -> Failed: sends failed messages to
Work -> Do: calls
Every -> Do: starts
""",
    ),
    "a pipe and a delivery stream": (
        """
Resources:
  Stream: {Type: AWS::Kinesis::Stream}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties: {Source: !GetAtt Stream.Arn, Enrichment: !GetAtt More.Arn, Target: !GetAtt Inbox.Arn}
  More: {Type: AWS::Lambda::Function}
  Inbox: {Type: AWS::SQS::Queue}
  Files: {Type: AWS::S3::Bucket}
  Role: {Type: AWS::IAM::Role}
  Delivery:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Stream.Arn, RoleARN: !GetAtt Role.Arn}
      ExtendedS3DestinationConfiguration:
        BucketARN: !GetAtt Files.Arn
        RoleARN: !GetAtt Role.Arn
        ProcessingConfiguration:
          Enabled: true
          Processors: [{Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !GetAtt More.Arn}]}]
""",
        """
Stream -> Pipe: is read by
Pipe -> More: asks
Pipe -> Inbox: sends events to
Stream -> Delivery: is read by
Delivery -> Files: delivers to
Delivery -> More: is transformed by
""",
    ),
    "databases": (
        """
Resources:
  Everywhere: {Type: AWS::RDS::GlobalCluster, Properties: {SourceDBClusterIdentifier: !Ref Cluster}}
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DBClusterIdentifier: ledger}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: ledger}}
  Main: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}
  Copy: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Main}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties: {BackupPlan: {BackupPlanRule: [{RuleName: a, TargetBackupVault: !Ref Vault}]}}
  Vault: {Type: AWS::Backup::BackupVault}
  Chosen:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {Resources: [!GetAtt Main.DBInstanceArn]}}
""",
        """
Everywhere -> Cluster: has the member
Cluster -> Writer: has the instance
Main -> Copy: is replicated to
Plan -> Main: backs up
Plan -> Vault: keeps backups in
""",
    ),
    "a web service": (
        """
Resources:
  Name:
    Type: AWS::Route53::RecordSet
    Properties: {Name: a.example.com, Type: A, AliasTarget: {DNSName: !Sub "dualstack.${Balancer.DNSName}"}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Balancer, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties: {ListenerArn: !Ref Listener, Actions: [{Type: forward, TargetGroupArn: !Ref Others}]}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
  Others: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Targets: [{Id: !Ref Box}]}}
  Box: {Type: AWS::EC2::Instance}
  Cluster: {Type: AWS::ECS::Cluster}
  Service:
    Type: AWS::ECS::Service
    Properties: {Cluster: !Ref Cluster, TaskDefinition: !Ref Task, LoadBalancers: [{TargetGroupArn: !Ref Targets}]}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Environment: [{Name: Q, Value: !Ref Inbox}]}]}
  Inbox: {Type: AWS::SQS::Queue}
  Scaled:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "service/${Cluster}/${Service.Name}"}
  Scales: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {ScalingTargetId: !Ref Scaled}}
  Busy:
    Type: AWS::CloudWatch::Alarm
    Properties:
      MetricName: CPUUtilization
      Namespace: AWS/ECS
      Dimensions: [{Name: ServiceName, Value: !GetAtt Service.Name}]
      AlarmActions: [!Ref Scales, !Ref News]
  News: {Type: AWS::SNS::Topic}
""",
        """
Name -> Balancer: leads to
Balancer -> Targets: forwards requests to
Balancer -> Others: forwards requests to
Others -> Box: sends requests to
Targets -> Service: sends requests to
Cluster -> Service: runs
Service -> Task: runs
Task -> Inbox: is told of
Scales -> Service: scales
Busy -> Service: watches
Busy -> Scales: scales by
Busy -> News: notifies
""",
    ),
    "a composite alarm": (
        """
Resources:
  One: {Type: AWS::CloudWatch::Alarm}
  Both: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmRule: !Sub "ALARM(${One}) OR ALARM(${Two})"}}
  Two: {Type: AWS::CloudWatch::Alarm}
""",
        """
Both -> One: watches
Both -> Two: watches
""",
    ),
    "what a role allows, where nothing says more": (
        """
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Environment: {Variables: {Q: !Ref Inbox}}}}
  Inbox: {Type: AWS::SQS::Queue}
  Files: {Type: AWS::S3::Bucket}
  Table: {Type: AWS::DynamoDB::Table}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyDocument:
            Statement:
              - {Effect: Allow, Action: [sqs:SendMessage], Resource: !GetAtt Inbox.Arn}
              - {Effect: Allow, Action: ["s3:GetObject"], Resource: !Sub "${Files.Arn}/*"}
              - {Effect: Deny, Action: ["dynamodb:*"], Resource: !GetAtt Table.Arn}
  More:
    Type: AWS::IAM::Policy
    Properties:
      Roles: [!Ref Role]
      PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Table.Arn}]}
""",
        """
Work -> Inbox: is told of
Work -> Files: may read
Work -> Table: may use
""",
    ),
    "what a condition decides is not sure, where both are there": (
        """
Parameters: {Keep: {Type: String, AllowedValues: ["yes", "no"]}}
Conditions: {Keeps: !Equals [!Ref Keep, "yes"]}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: !If [Keeps, {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 3}, !Ref AWS::NoValue]
  Failed: {Type: AWS::SQS::Queue}
""",
        "Orders -> Failed: sends failed messages to ?",
    ),
    "what is there only under a condition has a sure line": (
        """
Parameters: {Keep: {Type: String, AllowedValues: ["yes", "no"]}}
Conditions: {Keeps: !Equals [!Ref Keep, "yes"]}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: !If [Keeps, {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 3}, !Ref AWS::NoValue]
  Failed: {Type: AWS::SQS::Queue, Condition: Keeps}
""",
        "Orders -> Failed: sends failed messages to",
    ),
    "a parameter is nobody": (
        """
Parameters: {Dead: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !Ref Dead, maxReceiveCount: 3}}}
  Dead2: {Type: AWS::SQS::Queue}
""",
        "",
    ),
}

TERRAFORM: dict[str, tuple[str, str]] = {
    "types that no rule asks for": (
        """
resource "aws_lb" "web" {
  name = "web"
}
resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_lb_target_group" "web" {
  port = 80
}
resource "aws_lb_target_group_attachment" "one" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.box.id
}
resource "aws_instance" "box" {
  ami                    = "ami-1"
  vpc_security_group_ids = [aws_security_group.web.id]
}
resource "aws_security_group" "web" {
  name = "web"
}
""",
        """
aws_lb.web -> aws_lb_target_group.web: forwards requests to
aws_lb_target_group.web -> aws_instance.box: sends requests to
aws_instance.box -> aws_security_group.web: names in vpc_security_group_ids (plain)
""",
    ),
    "what resources beside it may give it, as often as nobody knows": (
        """
variable "n" {
  type = number
}
resource "aws_s3_bucket" "files" {
  bucket = "files"
}
resource "aws_s3_bucket_notification" "told" {
  count  = var.n
  bucket = aws_s3_bucket.files.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.work.arn
    events              = ["s3:ObjectCreated:*"]
  }
}
resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn
}
resource "aws_iam_role" "work" {
  name = "work"
}
resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.name
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.out.arn }]
  })
}
resource "aws_sqs_queue" "out" {
  name = "out"
}
""",
        """
aws_s3_bucket.files -> aws_lambda_function.work: sends events to ?
aws_lambda_function.work -> aws_sqs_queue.out: may use
aws_lambda_function.work -> aws_iam_role.work: names in role (plain)
aws_iam_role_policy.work -> aws_iam_role.work: names in role (plain)
aws_iam_role_policy.work -> aws_sqs_queue.out: names in policy (plain)
""",
    ),
    "a choice that the configuration leaves open": (
        """
variable "keep" {
  type = bool
}
resource "aws_sqs_queue" "orders" {
  redrive_policy = var.keep ? jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 }) : null
}
resource "aws_sqs_queue" "dead" {
  name = "dead"
}
resource "aws_ecs_service" "web" {
  cluster = aws_ecs_cluster.main.id
  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}
resource "aws_ecs_cluster" "main" {
  name = "main"
}
resource "aws_lb_target_group" "web" {
  port = 80
}
""",
        """
aws_sqs_queue.orders -> aws_sqs_queue.dead: sends failed messages to ?
aws_ecs_cluster.main -> aws_ecs_service.web: runs
aws_lb_target_group.web -> aws_ecs_service.web: sends requests to
""",
    ),
}


def lines(graph: Graph, *, plain: bool = True) -> Iterator[str]:
    names = {one.id: one.name for one in graph.nodes}
    for one in graph.edges:
        if plain or not one.is_plain:
            how = f"{'' if one.is_sure else ' ?'}{' (plain)' if one.is_plain else ''}"
            yield f"{names[one.source]} -> {names[one.target]}: {one.label}{how}"


@pytest.mark.parametrize(("template", "expected"), LINES.values(), ids=list(LINES))
def test_what_flows(template: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(template, encoding="utf-8")
    graph = api.graph([str(tmp_path)])
    assert graph.errors == []
    assert sorted(lines(graph, plain=False)) == sorted(filter(None, expected.splitlines()))


@pytest.mark.parametrize(("configuration", "expected"), TERRAFORM.values(), ids=list(TERRAFORM))
def test_what_flows_in_terraform(configuration: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(configuration, encoding="utf-8")
    graph = api.graph([str(tmp_path)])
    assert graph.errors == []
    assert sorted(lines(graph)) == sorted(filter(None, expected.splitlines()))
