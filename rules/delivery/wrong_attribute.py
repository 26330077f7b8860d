"""A property should refer to the attribute that it takes: an ARN is no name and no URL.

Targets, event sources, endpoints, actions of alarms, dead-letter queues, log groups and roles are named by ARN. A reference
to a queue gives its URL, one to a function, a role or a stream its name, and AWS refuses these when they are deployed. A
mapping or pipe reads a table by the ARN of its stream. A queue policy takes the URL of the queue, an integration or
authorizer of API Gateway the address at which it invokes the function, and what is in a VPC the ids of security groups.

What to do: write !GetAtt Orders.Arn (Terraform: .arn); of a table its StreamArn (.stream_arn). For an integration write
arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION-ARN/invocations (Terraform: .invoke_arn).
"""

from awslint_memo import Findings, Resource, attributes, rule


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::ApiGateway::Authorizer",
        "AWS::ApiGateway::Method",
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGateway::Stage",
        "AWS::ApiGatewayV2::Authorizer",
        "AWS::ApiGatewayV2::Stage",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::AutoScaling::LifecycleHook",
        "AWS::Backup::BackupSelection",
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::CompositeAlarm",
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::CodePipeline::Pipeline",
        "AWS::ECS::Service",
        "AWS::ElasticLoadBalancingV2::Listener",
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        "AWS::Events::Rule",
        "AWS::Kinesis::StreamConsumer",
        "AWS::KinesisFirehose::DeliveryStream",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Function",
        "AWS::Lambda::Permission",
        "AWS::Logs::SubscriptionFilter",
        "AWS::Pipes::Pipe",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::RDS::DBProxy",
        "AWS::S3::Bucket",
        "AWS::SNS::Subscription",
        "AWS::SQS::Queue",
        "AWS::SQS::QueueInlinePolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::Scheduler::Schedule",
        "AWS::StepFunctions::StateMachine",
    ),
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html",
)
def check(resource: Resource) -> Findings:
    for mistake in attributes.mistakes(resource):
        says = f"{mistake.says}, so it is refused"
        yield resource.finding(mistake.value, says, of=mistake.of, do=f"write {mistake.wanted}")


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a", DeadLetterConfig: {Arn: !Ref Orders}}]}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.QueueUrl, FunctionName: f}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, StartingPosition: LATEST}}
---
Resources:
  OnCall: {Type: AWS::SNS::Topic}
  Full: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 9, ComparisonOperator: GreaterThanThreshold, AlarmActions: [!GetAtt OnCall.TopicName]}}
---
Resources:
  Access: {Type: AWS::Logs::LogGroup}
  Live: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !ImportValue Api, StageName: live, AccessLogSettings: {DestinationArn: !Ref Access, Format: $context.requestId}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!GetAtt Orders.Arn], PolicyDocument: {Statement: []}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !Ref Orders}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Role: {Type: AWS::IAM::Role}
  Work: {Type: AWS::Serverless::Function, Properties: {Role: !Ref Role}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !GetAtt Orders.Arn}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.id
  function_name    = "orders"
}
---
resource "aws_security_group" "data" {}

resource "aws_db_instance" "orders" {
  engine                 = "postgres"
  vpc_security_group_ids = [aws_security_group.data.arn]
}
---
resource "aws_iam_role" "work" {}

resource "aws_scheduler_schedule" "nightly" {
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:sqs:purgeQueue"
    role_arn = aws_iam_role.work.name
  }
}
---
resource "aws_lambda_function" "orders" {}

resource "aws_api_gateway_integration" "orders" {
  uri = aws_lambda_function.orders.arn
}
---
resource "aws_lambda_function" "orders" {}

resource "aws_api_gateway_rest_api" "orders" {
  body = jsonencode({
    openapi = "3.0.1"
    paths = {
      "/orders" = {
        get = {
          "x-amazon-apigateway-integration" = { type = "aws_proxy", uri = aws_lambda_function.orders.arn }
        }
      }
    }
  })
}
"""

GOOD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  ToWork: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: lambda, Endpoint: !Ref Orders}}
---
Parameters: {Arn: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Topic: {Type: AWS::SNS::Topic}
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Function: {Type: AWS::Lambda::Function}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Topic}, {Id: b, Arn: !Ref Machine, RoleArn: !Ref Arn}, {Id: c, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}"}]}}
  Release: {Type: AWS::CodePipeline::Pipeline}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Table.StreamArn, FunctionName: !Ref Function, StartingPosition: LATEST}}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: []}}}
  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: https, Endpoint: !GetAtt Orders.QueueUrl}}
  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations"}}}
  Integration: {Type: AWS::ApiGatewayV2::Integration, Properties: {IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Function.Arn}}
---
resource "aws_security_group" "data" {}

resource "aws_db_instance" "orders" {
  engine                 = "postgres"
  vpc_security_group_ids = [aws_security_group.data.id]
}
---
resource "aws_lambda_function" "orders" {}

resource "aws_api_gateway_integration" "orders" {
  uri = aws_lambda_function.orders.invoke_arn
}

resource "aws_kinesis_stream" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn  = aws_kinesis_stream.orders.id
  function_name     = aws_lambda_function.orders.function_name
  starting_position = "LATEST"
}

resource "aws_cloudwatch_log_subscription_filter" "orders" {
  destination_arn = aws_kinesis_stream.orders.arn
  role_arn        = aws_iam_role.logs.arn
}

resource "aws_pipes_pipe" "orders" {
  source   = aws_kinesis_stream.orders.arn
  target   = aws_kinesis_stream.orders.arn
  role_arn = aws_iam_role.logs.arn
}

resource "aws_sfn_state_machine" "orders" {
  role_arn = aws_iam_role.logs.arn
}

resource "aws_kinesis_stream_consumer" "orders" {
  stream_arn = aws_kinesis_stream.orders.arn
}

resource "aws_apigatewayv2_authorizer" "orders" {
  authorizer_uri = aws_lambda_function.orders.invoke_arn
}

resource "aws_iam_role" "logs" {}
"""
