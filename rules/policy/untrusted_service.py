"""A role should let the service take it that uses it.

Lambda, Step Functions, EventBridge, its Scheduler and Pipes, ECS, RDS and its proxies, DAX, Firehose, Flink, CodeBuild,
CodeDeploy, CodePipeline, canaries (as lambda.amazonaws.com), subscription filters and flow logs act with the role that they are
given, as do API Gateway, lifecycle hooks, the replication of S3, SNS for a delivery stream, plans of Region switch, and EC2 with that of
an instance profile. Where AssumeRolePolicyDocument of the role names another service, such as ecs.amazonaws.com for the role of a task
(ecs-tasks.amazonaws.com), AWS refuses the resource when it is deployed, EventBridge invokes no target, a pipe can do nothing, no
task starts, DAX reaches no table, S3 replicates nothing, and a flow log stays empty.

What to do: add the service to Principal.Service in AssumeRolePolicyDocument (Terraform: assume_role_policy) of the role.
"""

from awslint_memo import Findings, Resource, rule, taken_roles


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::ARCRegionSwitch::Plan",
        "AWS::ApiGateway::Authorizer",
        "AWS::ApiGateway::Method",
        "AWS::ApiGatewayV2::Authorizer",
        "AWS::ApiGatewayV2::Integration",
        "AWS::AutoScaling::LifecycleHook",
        "AWS::Backup::RestoreTestingSelection",
        "AWS::CodeBuild::Project",
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::CodePipeline::Pipeline",
        "AWS::DAX::Cluster",
        "AWS::DLM::LifecyclePolicy",
        "AWS::EC2::FlowLog",
        "AWS::ECS::TaskDefinition",
        "AWS::Events::Endpoint",
        "AWS::Events::Rule",
        "AWS::FIS::ExperimentTemplate",
        "AWS::IAM::InstanceProfile",
        "AWS::ImageBuilder::LifecyclePolicy",
        "AWS::KinesisAnalyticsV2::Application",
        "AWS::KinesisFirehose::DeliveryStream",
        "AWS::Lambda::Function",
        "AWS::Logs::SubscriptionFilter",
        "AWS::Pipes::Pipe",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::RDS::DBProxy",
        "AWS::S3::Bucket",
        "AWS::SNS::Subscription",
        "AWS::Scheduler::Schedule",
        "AWS::StepFunctions::StateMachine",
        "AWS::Synthetics::Canary",
    ),
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="IAM/latest/UserGuide/id_roles_update-role-trust-policy.html",
)
def check(user: Resource) -> Findings:
    for use in taken_roles.untrusting(user):
        service, given = use.taken.service, use.given
        yield user.finding(
            use.value,
            f"names {use.role.title}, which does not let {service} take it, {use.taken.outcome}",
            of=str(use.value.route),
            do=f"let {service} assume it in the trust policy of {use.role.title}",
            related=[(use.role, "the role"), *([] if given is None else [(given, "whom it lets")])],
        )


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Work, RoleArn: !GetAtt Role.Arn}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [ec2.amazonaws.com]}, Action: "sts:AssumeRole"}]}}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: states.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Work, RoleArn: !GetAtt Role.Arn}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Work: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: work, Image: work}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: rds.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, MonitoringInterval: 60, MonitoringRoleArn: !GetAtt Role.Arn}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [ec2.amazonaws.com]}, Action: "sts:AssumeRole"}]}}}
  Traffic: {Type: AWS::EC2::FlowLog, Properties: {DeliverLogsPermissionArn: !GetAtt Role.Arn, LogGroupName: traffic, ResourceId: !ImportValue Vpc, ResourceType: VPC, TrafficType: ALL}}
---
resource "aws_iam_role" "traffic" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_flow_log" "traffic" {
  iam_role_arn    = aws_iam_role.traffic.arn
  log_destination = "arn:aws:logs:eu-west-1:123456789012:log-group:traffic"
  traffic_type    = "ALL"
  vpc_id          = "vpc-1"
}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_sfn_state_machine" "work" {
  role_arn = aws_iam_role.work.arn
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: dynamodb.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Prices: {Type: AWS::DAX::Cluster, Properties: {IAMRoleARN: !GetAtt Role.Arn, NodeType: dax.r5.large, ReplicationFactor: 3}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: kinesis.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  ToLines: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: !ImportValue Lines, RoleArn: !GetAtt Role.Arn}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: flink.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Counts: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: FLINK-1_20, ServiceExecutionRole: !GetAtt Role.Arn}}
---
resource "aws_iam_role" "shop" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "synthetics.amazonaws.com" } }]
  })
}

resource "aws_synthetics_canary" "shop" {
  name               = "shop"
  execution_role_arn = aws_iam_role.shop.arn
  start_canary       = true
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Queued: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: api, ResourceId: root, HttpMethod: POST, AuthorizationType: NONE, Integration: {Type: AWS, IntegrationHttpMethod: POST, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:sqs:path/1/orders", Credentials: !GetAtt Role.Arn}}}
---
resource "aws_iam_role" "copies" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "batchoperations.s3.amazonaws.com" } }]
  })
}

resource "aws_s3_bucket" "statements" {}

resource "aws_s3_bucket_replication_configuration" "statements" {
  bucket = aws_s3_bucket.statements.id
  role   = aws_iam_role.copies.arn

  rule {
    status = "Enabled"

    filter {}

    destination {
      bucket = "arn:aws:s3:::copies"
    }

    delete_marker_replication {
      status = "Enabled"
    }
  }
}
---
resource "aws_iam_role" "drains" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_autoscaling_lifecycle_hook" "drain" {
  name                    = "drain"
  autoscaling_group_name  = "web"
  lifecycle_transition    = "autoscaling:EC2_INSTANCE_TERMINATING"
  notification_target_arn = "arn:aws:sqs:eu-west-1:123456789012:drain"
  role_arn                = aws_iam_role.drains.arn
}
"""

GOOD = """
Parameters: {Service: {Type: String}}
Resources:
  OfMachines: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [ec2.amazonaws.com, ssm.amazonaws.com]}, Action: "sts:AssumeRole"}]}}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref OfMachines]}}
  Unknown: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: !Ref Service}, Action: "sts:AssumeRole"}]}}}
  Docs: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}, ReplicationConfiguration: {Role: !GetAtt Unknown.Arn, Rules: [{Status: Enabled, Prefix: "", Destination: {Bucket: !ImportValue Copy}}]}}}
  OfApis: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [apigateway.amazonaws.com, lambda.amazonaws.com]}, Action: "sts:AssumeRole"}]}}}
  Queued: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: api, ResourceId: root, HttpMethod: POST, AuthorizationType: NONE, Integration: {Type: AWS, IntegrationHttpMethod: POST, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:sqs:path/1/orders", Credentials: !GetAtt OfApis.Arn}}}
---
resource "aws_iam_role" "later" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Deny", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_ecs_task_definition" "tools" {
  family                = "tools"
  task_role_arn         = aws_iam_role.later.arn
  container_definitions = jsonencode([{ name = "tools", image = "i", memory = 512 }])
}
---
Parameters: {Service: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [events.amazonaws.com, scheduler.amazonaws.com]}, Action: "sts:AssumeRole"}]}}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Work, RoleArn: !GetAtt Role.Arn}}}
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Work, RoleArn: !GetAtt Role.Arn}]}}
  OfRegion: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: !Sub "states.${AWS::Region}.amazonaws.com"}, Action: "sts:AssumeRole"}]}}}
  Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt OfRegion.Arn}}
  Unknown: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: !Ref Service}, Action: "sts:AssumeRole"}]}}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Unknown.Arn}}
  OfTasks: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [ecs-tasks.amazonaws.com, ecs.amazonaws.com]}, Action: "sts:AssumeRole"}]}}}
  Tasks: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt OfTasks.Arn, ExecutionRoleArn: !Ref OfTasks, ContainerDefinitions: [{Name: work, Image: work}]}}
  OfRds: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: monitoring.rds.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, MonitoringInterval: 60, MonitoringRoleArn: !GetAtt OfRds.Arn}}
  Other: {Type: AWS::Lambda::Function, Properties: {Role: !ImportValue Role}}
  OfFlows: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: vpc-flow-logs.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Traffic: {Type: AWS::EC2::FlowLog, Properties: {DeliverLogsPermissionArn: !GetAtt OfFlows.Arn, LogGroupName: traffic, ResourceId: !ImportValue Vpc, ResourceType: VPC, TrafficType: ALL}}
  Kept: {Type: AWS::EC2::FlowLog, Properties: {DeliverLogsPermissionArn: !GetAtt Role.Arn, LogDestinationType: s3, LogDestination: !ImportValue Bucket, ResourceId: !ImportValue Vpc, ResourceType: VPC, TrafficType: ALL}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}}}}
  Machine: {Type: AWS::Serverless::StateMachine, Properties: {Events: {A: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["codebuild.amazonaws.com", "lambda.amazonaws.com"] }
    }]
  })
}

resource "aws_codebuild_project" "work" {
  service_role = aws_iam_role.work.arn
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn
}
"""
