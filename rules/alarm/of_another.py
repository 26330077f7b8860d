"""An alarm that stops a deployment should watch what is deployed.

A deployment rolls back while one of its alarms is in ALARM. If the alarm watches another function or service, a bad
version is not noticed, and a failure elsewhere rolls a good one back.

What to do: name an alarm whose FunctionName or ServiceName is the function or service that is deployed.
"""

from awslint_memo import Findings, Resource, alarms, deployed, rule


@rule(
    level="advice",
    since="0.2",
    resource=("AWS::CodeDeploy::DeploymentGroup", "AWS::ECS::Service"),
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="codedeploy/latest/APIReference/API_AlarmConfiguration.html",
)
def check(user: Resource) -> Findings:
    own = deployed.by(user)
    for named in deployed.alarms_of(user) if own else ():
        alarm = user.deployment.find(named, alarms.ALARM)
        others = [] if alarm is None else deployed.watched(alarm)
        if alarm is not None and others and not any(other in own for other in others):
            message = f"watches {others[0].title}, but {own[0].title} is deployed"
            do = f"name an alarm on {own[0].title}"
            yield user.finding(named, message, of=f"the alarm {alarm.title}", do=do, related=[(alarm, "the alarm")])


BAD = """
Resources:
  Orders: {Type: AWS::ECS::Service, Properties: {DeploymentConfiguration: {Alarms: {Enable: true, Rollback: true, AlarmNames: [!Ref Failed]}}}}
  Payments: {Type: AWS::ECS::Service}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ECS, MetricName: CPUUtilization, Dimensions: [{Name: ServiceName, Value: !GetAtt Payments.Name}]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {CodeUri: ., AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes, Alarms: [!Ref Failed]}}}
  Payments: {Type: AWS::Serverless::Function, Properties: {CodeUri: .}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref Payments}]}}
---
resource "aws_ecs_service" "orders" {
  name = "orders"
}

resource "aws_ecs_service" "payments" {
  name = "payments"
}

resource "aws_codedeploy_deployment_group" "orders" {
  deployment_group_name = "orders"

  ecs_service {
    service_name = aws_ecs_service.orders.name
  }

  alarm_configuration {
    enabled = true
    alarms  = [aws_cloudwatch_metric_alarm.busy.alarm_name]
  }
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/ECS"
  metric_name = "CPUUtilization"
  dimensions = {
    ServiceName = aws_ecs_service.payments.name
  }
}
"""

GOOD = """
Parameters: {Alarm: {Type: String}, Name: {Type: String}}
Resources:
  Orders: {Type: AWS::ECS::Service, Properties: {DeploymentConfiguration: {Alarms: {Enable: true, AlarmNames: [!Ref Own, !Ref Backlog, !Ref Any, !Ref Alarm]}}}}
  Payments: {Type: AWS::ECS::Service}
  Queue: {Type: AWS::SQS::Queue}
  Own: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ECS, MetricName: CPUUtilization, Dimensions: [{Name: ServiceName, Value: !GetAtt Orders.Name}]}}
  Backlog: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !GetAtt Queue.QueueName}]}}
  Any: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ECS, MetricName: CPUUtilization, Dimensions: [{Name: ServiceName, Value: !Ref Name}]}}
  Both:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics:
        - {Id: a, ReturnData: false, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/ECS, MetricName: CPUUtilization, Dimensions: [{Name: ServiceName, Value: !GetAtt Payments.Name}]}}}
        - {Id: b, ReturnData: false, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/ECS, MetricName: CPUUtilization, Dimensions: [{Name: ServiceName, Value: !GetAtt Orders.Name}]}}}
        - {Id: e, Expression: a + b}
  OfServers: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Own}]}}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ECSServices: [{ServiceName: !GetAtt Orders.Name}], AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Both}]}}}
---
resource "aws_ecs_service" "orders" {
  name = "orders"
}

resource "aws_codedeploy_deployment_group" "orders" {
  deployment_group_name = "orders"

  ecs_service {
    service_name = aws_ecs_service.orders.name
  }

  alarm_configuration {
    alarms = ["busy"]
  }
}
"""
