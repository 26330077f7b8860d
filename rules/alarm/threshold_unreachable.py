"""The threshold of an alarm should be a value that its metric can reach.

The Average of 4XXError and 5XXError of API Gateway is the share of failed requests, from 0 to 1: a threshold of 5 is never
reached. Each answer of a load balancer counts 1 in HTTPCode_Target_5XX_Count: only the Sum is more. A percentage is never
above 100, and a count never below 0. A function runs no longer than its Timeout, a message gets no older than its queue
keeps it, and a database has no more free storage than it has in all. A function that nobody calls writes no Invocations, not
even 0, so that only missing data tell it. Such an alarm deploys, and is always OK; with
GreaterThanOrEqualToThreshold 0 it is always in ALARM.

What to do: set Threshold (Terraform: threshold) in the unit of the metric, or watch the Sum of what you want to count.
"""

from awslint_memo import Finding, Findings, Resource, alarms, bounds, metrics, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
    fix="unsafe",
    useless_with=alarms.NEVER_DATA,
    yields_to="alarm-namespace-dimension",
)
def check(alarm: Resource) -> Findings:
    threshold, comparison = alarm.get("Threshold"), alarm.get("ComparisonOperator").text or ""
    number = threshold.number
    compared = [metric for metric in alarms.metrics(alarm) if metric.is_compared]
    if number is None or len(compared) != 1:
        return
    metric = compared[0]
    name, statistic = metric.name.text, metric.statistic.text or alarm.get("ExtendedStatistic").text
    greatest = None if statistic is None else metrics.greatest(metric, statistic)
    bound = None if statistic is None else bounds.bound(metric, statistic, alarm.deployment)
    is_greater, is_equal_enough = comparison.startswith("Greater"), "OrEqual" in comparison
    is_beyond_zero = number < 0 or (number == 0 and is_equal_enough is is_greater)
    is_above = greatest is not None and (number > greatest or (number == greatest and not is_equal_enough))
    if is_greater and is_above and metrics.counts_ones(metric) and metric.statistic.text:
        yield ones(alarm, metric)
    elif is_greater and is_above:
        message = f"but the {statistic} of {name} is at most {greatest}, so the alarm never fires"
        yield alarm.finding(threshold, message, do=f"set it {'to at most' if is_equal_enough else 'below'} {greatest}")
    elif bound is not None and bound.is_passed(number) and comparison.startswith(("GreaterThan", "LessThan")):
        of = f"{bound.owner.in_file_words(str(bound.setting.route))} of {bound.owner.title}"
        why = f"as {of} is {bound.setting.text}{bound.setting.note}"
        message = f"but {name} is never that much, {why}, so the alarm {'never' if is_greater else 'always'} fires"
        yield alarm.finding(threshold, message, do=f"set it below {bound.most:.0f}", related=[(bound.setting, of)])
    elif is_greater and is_beyond_zero and metrics.is_never_negative(metric):
        do = "set ComparisonOperator to GreaterThanThreshold" if number == 0 else "set it to at least 0"
        yield alarm.finding(
            threshold, f"but {name} is never below 0, so the alarm always fires", do=do, level="warning"
        )
    elif is_silence(alarm, metric) and (number < 1 or (number == 1 and not is_equal_enough)):
        message = f"but {name} is never below 1, and without any there are no data, so the alarm never fires"
        do = "set TreatMissingData to breaching"
        yield alarm.finding(threshold, message, do=do, related=[(alarm.get("TreatMissingData"), "TreatMissingData")])
    elif comparison.startswith("LessThan") and is_beyond_zero and metrics.is_never_negative(metric):
        yield alarm.finding(threshold, f"but {name} is never below 0, so the alarm never fires", do="set it to 1")


def is_silence(alarm: Resource, metric: alarms.Metric) -> bool:
    """Whether an alarm surely waits for little of what is never counted as 0, and takes no data for good."""
    is_less = alarm.get("ComparisonOperator").starts_with("LessThan") is True
    return is_less and alarm.get("TreatMissingData").text == "notBreaching" and metrics.counts_ones(metric)


def ones(alarm: Resource, metric: alarms.Metric) -> Finding:
    """The finding about a threshold that only the Sum of a metric reaches, whose values are all 1."""
    threshold = alarm.get("Threshold")
    message = f"but each value of {metric.name.text} is 1, so the alarm never fires with the threshold {threshold.text}"
    fix = alarm.set(str(metric.statistic.route), "Sum", unsafe="changes what the threshold is compared with")
    related = [(threshold, "Threshold")]
    return alarm.finding(metric.statistic, message + threshold.note, do="set it to Sum", related=related, fix=fix)


BAD = """
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Statistic: Average, ComparisonOperator: GreaterThanThreshold, Threshold: 5}}
---
Resources:
  Busy: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: CPUUtilization, ExtendedStatistic: p90, ComparisonOperator: GreaterThanThreshold, Threshold: 100}}
---
Resources:
  Failed:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics: [{Id: m, MetricStat: {Stat: Maximum, Period: 60, Metric: {Namespace: AWS/EC2, MetricName: StatusCheckFailed}}}]
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Threshold: 2
---
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_Target_5XX_Count, Dimensions: [{Name: LoadBalancer, Value: app/shop/1}], Statistic: Average, ComparisonOperator: GreaterThanThreshold, Threshold: 10}}
---
Resources:
  Silent: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: NumberOfMessagesSent, Dimensions: [{Name: QueueName, Value: work}], Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 0}}
---
Resources:
  Backlog: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: work}], Statistic: Maximum, ComparisonOperator: GreaterThanOrEqualToThreshold, Threshold: 0}}
---
Resources:
  Backlog: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: work}], Statistic: Maximum, ComparisonOperator: GreaterThanThreshold, Threshold: -1}}
---
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "failed"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  timeout       = 60
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  extended_statistic  = "p99"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90000
  dimensions          = { FunctionName = aws_lambda_function.orders.function_name }
}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !GetAtt Orders.QueueName}], Statistic: Maximum, ComparisonOperator: GreaterThanThreshold, Threshold: 604800}}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {AllocatedStorage: "20"}}
  Full: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/RDS, MetricName: FreeStorageSpace, Dimensions: [{Name: DBInstanceIdentifier, Value: !Ref Orders}], Statistic: Average, ComparisonOperator: LessThanThreshold, Threshold: 50000000000}}
---
Resources:
  Silent: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Dimensions: [{Name: FunctionName, Value: orders}], Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1, TreatMissingData: notBreaching}}
"""

GOOD = """
Resources:
  Silent: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Dimensions: [{Name: FunctionName, Value: orders}], Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1, TreatMissingData: breaching}}
  Few: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Dimensions: [{Name: FunctionName, Value: orders}], Statistic: Sum, ComparisonOperator: LessThanOrEqualToThreshold, Threshold: 1, TreatMissingData: notBreaching}}
---
Parameters: {Threshold: {Type: Number}, Statistic: {Type: String}}
Resources:
  Share: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Statistic: Average, ComparisonOperator: GreaterThanThreshold, Threshold: 0.05}}
  Count: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Statistic: Sum, ComparisonOperator: GreaterThanThreshold, Threshold: 5}}
  EveryError: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_Target_5XX_Count, Dimensions: [{Name: LoadBalancer, Value: app/shop/1}], Statistic: Average, ComparisonOperator: GreaterThanOrEqualToThreshold, Threshold: 1}}
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_Target_5XX_Count, Dimensions: [{Name: LoadBalancer, Value: app/shop/1}], Statistic: Sum, ComparisonOperator: GreaterThanThreshold, Threshold: 10}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Statistic: Average, ComparisonOperator: GreaterThanThreshold, Threshold: !Ref Threshold}}
  AnyStatistic: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Statistic: !Ref Statistic, ComparisonOperator: GreaterThanThreshold, Threshold: 5}}
  Full: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/RDS, MetricName: CPUUtilization, Statistic: Average, ComparisonOperator: GreaterThanOrEqualToThreshold, Threshold: 100}}
  Bursts: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ECS, MetricName: CPUUtilization, Statistic: Average, ComparisonOperator: GreaterThanThreshold, Threshold: 150}}
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Route53, MetricName: HealthCheckStatus, Statistic: Minimum, ComparisonOperator: LessThanThreshold, Threshold: 1}}
  Silent: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: NumberOfMessagesSent, Statistic: Sum, ComparisonOperator: LessThanOrEqualToThreshold, Threshold: 0}}
  Broken: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/RDS, MetricName: ReplicaLag, Statistic: Minimum, ComparisonOperator: LessThanThreshold, Threshold: 0}}
  Replicated: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/RDS, MetricName: ReplicaLag, Statistic: Minimum, ComparisonOperator: GreaterThanOrEqualToThreshold, Threshold: 0}}
  AnyComparison: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: NumberOfMessagesSent, Statistic: Sum, ComparisonOperator: !Ref Statistic, Threshold: 0}}
  Percent:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics:
        - {Id: e, Expression: m * 100}
        - {Id: m, ReturnData: false, MetricStat: {Stat: Average, Period: 60, Metric: {Namespace: AWS/ApiGateway, MetricName: 5XXError}}}
      ComparisonOperator: GreaterThanThreshold
      Threshold: 5
---
Parameters: {Timeout: {Type: Number}, Comparison: {Type: String}}
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {Timeout: 60, ReservedConcurrentExecutions: 10}}
  Any: {Type: AWS::Lambda::Function, Properties: {Timeout: !Ref Timeout}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Duration, Dimensions: [{Name: FunctionName, Value: !Ref Orders}], Statistic: Maximum, ComparisonOperator: GreaterThanOrEqualToThreshold, Threshold: 60000}}
  AnyComparison: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Duration, Dimensions: [{Name: FunctionName, Value: !Ref Orders}], Statistic: Maximum, ComparisonOperator: !Ref Comparison, Threshold: 90000}}
  Sum: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Duration, Dimensions: [{Name: FunctionName, Value: !Ref Orders}], Statistic: Sum, ComparisonOperator: GreaterThanThreshold, Threshold: 600000}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Duration, Dimensions: [{Name: FunctionName, Value: !Ref Any}], Statistic: Maximum, ComparisonOperator: GreaterThanThreshold, Threshold: 600000}}
  Busy: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: ConcurrentExecutions, Dimensions: [{Name: FunctionName, Value: !Ref Orders}], Statistic: Maximum, ComparisonOperator: GreaterThanOrEqualToThreshold, Threshold: 10}}
  Grows: {Type: AWS::RDS::DBInstance, Properties: {AllocatedStorage: "20", MaxAllocatedStorage: 100}}
  Full: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/RDS, MetricName: FreeStorageSpace, Dimensions: [{Name: DBInstanceIdentifier, Value: !Ref Grows}], Statistic: Average, ComparisonOperator: LessThanThreshold, Threshold: 50000000000}}
---
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "failed"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.1
}
"""

FIXED = """
-  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_Target_5XX_Count, Dimensions: [{Name: LoadBalancer, Value: app/shop/1}], Statistic: Average, ComparisonOperator: GreaterThanThreshold, Threshold: 10}}
+  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_Target_5XX_Count, Dimensions: [{Name: LoadBalancer, Value: app/shop/1}], Statistic: Sum, ComparisonOperator: GreaterThanThreshold, Threshold: 10}}
"""
