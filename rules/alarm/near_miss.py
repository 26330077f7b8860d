"""An alarm's dimension should have the name that the resource really has.

If the one resource of its kind in the template is called OrdersApi-prod, an alarm on OrdersApi watches nothing: dimensions
are compared letter by letter. Where another template has a resource of this name, the alarm is right.

What to do: refer to the resource, or write its whole name.
"""

from awslint_memo import Findings, Resource, alarms, near_names, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="EC2 インスタンスの CPU 使用率をモニタリングする場合、インスタンス ID がディメンションとなります。",
    aws="apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
)
def check(alarm: Resource) -> Findings:
    for metric in alarms.metrics(alarm):
        for dimension in metric.dimensions:
            near = near_names.meant(metric, dimension, alarm.deployment)
            if near is not None:
                of = f"the dimension {dimension.name.text}"
                message = f"is {dimension.value.text}, but {near.resource.title} is called {near.shown}"
                related = [(near.name, "its name")]
                yield alarm.finding(
                    dimension.value, message, of=of, do=f"refer to {near.resource.title}", related=related
                )


BAD = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: orders-api}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Dimensions: [{Name: ApiName, Value: Orders-API}]}}
---
Parameters: {Stage: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "orders-${Stage}"}}
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: orders}]}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions = {
    FunctionName = "orders-prod"
  }
}
"""

GOOD = """
Parameters: {Stage: {Type: String}, Name: {Type: String}}
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: orders-api}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Dimensions: [{Name: ApiName, Value: orders-api}]}}
  OfAnother: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Dimensions: [{Name: ApiName, Value: payments-api}]}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Dimensions: [{Name: ApiName, Value: !Ref Name}]}}
  Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "orders-${Stage}"}}
  Other: {Type: AWS::SQS::Queue, Properties: {QueueName: orders-prod}}
  Several: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: orders}]}}
  Function: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Ref Name}}
  OfFunction: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: orders}]}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders-worker"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions = {
    FunctionName = "orders"
  }
}
"""
