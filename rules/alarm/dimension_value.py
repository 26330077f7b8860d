"""An alarm's dimension should have the identifier that CloudWatch uses for the resource.

If a dimension is set to a queue's URL, to the ARN of a topic or a load balancer, or to an API's id, the alarm watches a
metric that does not exist. It deploys, and stays in INSUFFICIENT_DATA whatever happens.

What to do: set the dimension to the attribute that the message names. For an alias or a version of a function, set
FunctionName to the function's name and the dimension Resource to the name with the alias.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Link, Resource, alarms, metrics, rule


@rule(
    "alarm-dimension-value",
    level="error",
    resource="AWS::CloudWatch::Alarm",
    memo="EC2 インスタンスの CPU 使用率をモニタリングする場合、インスタンス ID がディメンションとなります。",
    aws="AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
)
def check(alarm: Resource) -> Iterator[Finding]:
    for metric in alarms.metrics(alarm):
        for dimension in metric.dimensions:
            name, value = dimension.name, dimension.value
            if not isinstance(value, Link) or (resource := alarm.deployment.find(value)) is None:
                continue
            known = metrics.IDENTITIES.get((metric.namespace.text or "", name.text or "", resource.type))
            wrong = known.wrong.get(value.attribute) if known is not None else None
            if known is not None and wrong is not None:
                yield alarm.finding(
                    value,
                    f"sets the dimension {name.text} to the {wrong} of {resource.title}, so it never gets data; use "
                    f"{right(resource, known)}",
                    related=[(resource, "the resource")],
                )


def right(resource: Resource, known: metrics.Identity) -> str:
    """The expression for the identifier that CloudWatch uses for a resource."""
    if known.attribute == "FunctionName":
        return "the function's name"
    if resource.language == "terraform":
        return f"{resource.name}.{known.terraform}"
    if not known.attribute:
        return "its name"
    return f"!Ref {resource.name}" if known.attribute == "Ref" else f"!GetAtt {resource.name}.{known.attribute}"


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
resource "aws_db_instance" "orders" {
  engine = "postgres"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  dimensions = {
    DBInstanceIdentifier = aws_db_instance.orders.id
  }
}
"""

GOOD = """
Parameters: {Queue: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !GetAtt Orders.QueueName}]}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !Ref Queue}]}}
  Own: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Lost, Dimensions: [{Name: QueueName, Value: !Ref Orders}]}}
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/States, MetricName: ExecutionsFailed, Dimensions: [{Name: StateMachineArn, Value: !Ref Machine}]}}
  Api: {Type: AWS::ApiGatewayV2::Api}
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
