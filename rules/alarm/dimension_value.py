"""An alarm's dimension should have the identifier that CloudWatch uses for the resource.

If a dimension is set to a queue's URL, to the ARN of a topic or a load balancer, or to an API's id, the alarm watches a
metric that does not exist. It deploys, and stays in INSUFFICIENT_DATA whatever happens. REST APIs are known by ApiName,
HTTP and WebSocket APIs by ApiId.

What to do: set the dimension to the attribute that the message names. For an alias or a version of a function, set
FunctionName to the function's name and the dimension Resource to the name with the alias.
"""

from awslint_memo import Findings, Link, Resource, alarms, metrics, rule


@rule(
    level="error",
    widened={"0.2": "HTTP and WebSocket APIs"},
    resource="AWS::CloudWatch::Alarm",
    memo="EC2 インスタンスの CPU 使用率をモニタリングする場合、インスタンス ID がディメンションとなります。",
    aws="AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
)
def check(alarm: Resource) -> Findings:
    for metric in alarms.metrics(alarm):
        where = metric.namespace.text or ""
        for dimension in metric.dimensions:
            name, value = dimension.name.text or "", dimension.value
            resource = None
            if isinstance(value, Link):
                resource = alarm.deployment.find(value)
            elif (where, name) == ("AWS/ApiGateway", "ApiName"):
                resource = metrics.http_api_behind(value, alarm.deployment)
            known = None if resource is None else metrics.IDENTITIES.get((where, name, resource.type))
            if resource is None or known is None or is_its_name(resource):
                continue
            what = known.wrong.get(value.attribute, "") if isinstance(value, Link) else "name"
            if what:
                message = f"sets the dimension {name} to the {what} of {resource.title}, so it never gets data"
                related = [(resource, "the resource")]
                since = "0.2" if resource.type == "AWS::ApiGatewayV2::Api" else ""
                do = f"use {right(resource, known)}"
                # The API has the same name as the alarm writes, whatever the parameters in it are.
                is_same = not isinstance(value, Link)
                yield alarm.finding(value, message, do=do, related=related, since=since, is_of_any_value=is_same)


def is_its_name(resource: Resource) -> bool:
    """Whether an API's id is its ApiName, as it is where no character of the name is ASCII."""
    name = resource.get("Name").text if resource.type == "AWS::ApiGateway::RestApi" else None
    return name is not None and not any(character.isascii() for character in name)


def right(resource: Resource, known: metrics.Identity) -> str:
    """The expression for the identifier that CloudWatch uses for a resource."""
    if known.attribute == "FunctionName":
        return "the function's name"
    start = f"{known.instead}, set to " if known.instead else ""
    if resource.language == "terraform":
        return f"{start}{resource.name}.{known.terraform}"
    if not known.attribute:
        return "its name"
    return start + (
        f"!Ref {resource.name}" if known.attribute == "Ref" else f"!GetAtt {resource.name}.{known.attribute}"
    )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !Ref Orders}]}}
---
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties: {Metrics: [{Id: e, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_ELB_5XX_Count, Dimensions: [{Name: LoadBalancer, Value: !Ref Balancer}]}}}]}
---
resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  dimensions = {
    TopicName = aws_sns_topic.orders.arn
  }
}
---
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5xx, Dimensions: [{Name: ApiName, Value: !Ref Api}]}}
---
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: !Sub "shop-${AWS::StackName}", ProtocolType: HTTP}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{Name: ApiName, Value: !Sub "shop-${AWS::StackName}"}]}}
---
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/ApiGateway"
  metric_name = "5XXError"
  dimensions = {
    ApiName = aws_apigatewayv2_api.shop.name
  }
}
---
resource "aws_db_instance" "orders" {
  engine = "postgres"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  dimensions = {
    DBInstanceIdentifier = aws_db_instance.orders.resource_id
  }
}
"""

GOOD = """
resource "aws_db_instance" "orders" {
  engine = "postgres"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  dimensions = {
    # The identifier, before version 5 of the provider.
    DBInstanceIdentifier = aws_db_instance.orders.id
  }
}
---
Parameters: {Queue: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !GetAtt Orders.QueueName}]}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !Ref Queue}]}}
  Own: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Lost, Dimensions: [{Name: QueueName, Value: !Ref Orders}]}}
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/States, MetricName: ExecutionsFailed, Dimensions: [{Name: StateMachineArn, Value: !Ref Machine}]}}
  Api: {Type: AWS::ApiGatewayV2::Api}
  Rest: {Type: AWS::ApiGateway::RestApi, Properties: {Name: 注文}}
  OfRest: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{Name: ApiName, Value: !Ref Rest}]}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{Name: ApiId, Value: !Ref Api}]}}
---
resource "aws_lb" "front" {}

resource "aws_lambda_function" "f" {
  function_name = "f"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name  = "errors"
  namespace   = "AWS/ApplicationELB"
  metric_name = "HTTPCode_ELB_5XX_Count"
  dimensions = {
    LoadBalancer = aws_lb.front.arn_suffix
  }
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.f.function_name
  }
}
"""
