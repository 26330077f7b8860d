"""An alarm that waits for a count to fall should treat missing data as breaching.

Many counts have no 0: where nothing is counted, nothing is written. So it is with Invocations of a function or a rule, with
SampleCount of any metric, and with what a metric filter makes of lines of logs that match; of the jobs of AWS Backup, no page tells
that 0 is written where none ran. When all stops, data is missing, and with the
default the alarm goes to INSUFFICIENT_DATA, or stays OK, just when it is needed. Below a threshold of 1 it never fires at all.

What to do: set TreatMissingData (Terraform: treat_missing_data) to breaching, or give the metric filter a DefaultValue of 0.
An alarm that scales something, or that acts on INSUFFICIENT_DATA, is not judged.
"""

from awslint_memo import Findings, Resource, Value, alarms, namespaces, rule, written

POLICIES = ("AWS::AutoScaling::ScalingPolicy", "AWS::ApplicationAutoScaling::ScalingPolicy")


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html",
    yields_to=alarms.NEVER_DATA,
)
def check(alarm: Resource) -> Findings:
    treatment, threshold = alarm.get("TreatMissingData", default="missing"), alarm.get("Threshold")
    operator, quiet = alarm.get("ComparisonOperator").text or "", alarm.get("InsufficientDataActions")
    is_default, is_told = treatment.text == "missing", quiet.is_unknown or bool(quiet.items)
    if not operator.startswith("LessThan") or threshold.is_absent or (is_default and is_told):
        return
    actions = [action for name in alarms.ACTIONS for action in alarm.get(name).items]
    for metric in (metric for metric in alarms.metrics(alarm) if metric.is_compared):
        counted = what(alarm, metric.namespace, metric.name, metric.statistic, metric)
        if counted is None or any(alarm.deployment.find(action, *POLICIES) for action in actions):
            continue
        least, words = counted
        is_doubtful = is_of_jobs(metric)
        is_never = threshold.below(least) or (operator == "LessThanThreshold" and threshold.number == least)
        if is_never and treatment.text in ("missing", "ignore", "notBreaching"):
            may = "may be missing where no job is, so the alarm may never fire"
            surely = f"is never below {least:g} where there is any, so the alarm never fires"
            why = f"but {words} {may if is_doubtful else surely}"
        elif is_default and not is_doubtful:
            why = f"but {words} is missing, not 0, where nothing is counted, so the alarm does not fire when all stops"
        else:
            continue
        yield alarm.finding(
            treatment,
            why,
            shown=f'"{treatment.text}"',
            do="set it to breaching",
            level="warning" if is_never and not is_doubtful else None,
        )


def what(
    alarm: Resource, namespace: Value, name: Value, statistic: Value, metric: alarms.Metric
) -> tuple[float, str] | None:
    """The least count there is where anything is counted, and what is counted; None where 0 may be written."""
    known = namespaces.namespace(namespace.text or "")
    if statistic.text == "SampleCount":
        return 1, f"SampleCount of {name.text or 'its metric'}"
    if statistic.text != "Sum" or name.text is None:
        return None
    if known is not None and name.text in known.each_one | known.never_zero | known.of_jobs:
        return 1, name.text
    is_made = written.is_made_of_matches(metric, alarm.deployment)
    return (written.least_of_matches(metric, alarm.deployment), name.text) if is_made else None


def is_of_jobs(metric: alarms.Metric) -> bool:
    """Whether a metric counts jobs, and no page tells whether 0 is written where there is none."""
    known = namespaces.namespace(metric.namespace.text or "")
    return known is not None and metric.statistic.text == "Sum" and metric.name.text in known.of_jobs


BAD = """
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: documents}}
  Missed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Backup, MetricName: NumberOfBackupJobsCompleted, Dimensions: [{Name: BackupVaultName, Value: !Ref Vault}], Statistic: Sum, Period: 86400, EvaluationPeriods: 1, ComparisonOperator: LessThanThreshold, Threshold: 1, TreatMissingData: notBreaching}}
---
resource "aws_cloudwatch_metric_alarm" "nightly" {
  alarm_name          = "nightly"
  namespace           = "AWS/Events"
  metric_name         = "Invocations"
  dimensions          = { RuleName = "nightly" }
  statistic           = "Sum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 86400
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
}
---
Resources:
  Silent: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1}}
---
Resources:
  Silent: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Statistic: Sum, ComparisonOperator: LessThanOrEqualToThreshold, Threshold: 0, TreatMissingData: notBreaching}}
---
Resources:
  Few: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 20}}
---
Resources:
  Sold: {Type: AWS::Logs::MetricFilter, Properties: {MetricTransformations: [{MetricName: Revenue, MetricNamespace: Shop, MetricValue: $.price}]}}
  Few: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Revenue, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 50}}
---
Resources:
  Runs: {Type: AWS::Logs::MetricFilter, Properties: {MetricTransformations: [{MetricName: Runs, MetricNamespace: Shop, MetricValue: "1"}]}}
  Silent: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Runs, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1, TreatMissingData: notBreaching}}
---
resource "aws_cloudwatch_metric_alarm" "tasks" {
  alarm_name                = "tasks"
  namespace                 = "AWS/ECS"
  metric_name               = "MemoryUtilization"
  dimensions                = { ClusterName = "shop", ServiceName = "web" }
  statistic                 = "SampleCount"
  comparison_operator       = "LessThanThreshold"
  threshold                 = 2
  period                    = 60
  evaluation_periods        = 1
  insufficient_data_actions = []
}
"""

GOOD = """
Parameters: {Missing: {Type: String}, Topic: {Type: String}}
Resources:
  Silent: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1, TreatMissingData: breaching}}
  Asked: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1, TreatMissingData: !Ref Missing}}
  Told: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1, InsufficientDataActions: [!Ref Topic]}}
  Nights: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 20, TreatMissingData: notBreaching}}
  Missed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Backup, MetricName: NumberOfBackupJobsCompleted, Statistic: Sum, Period: 86400, EvaluationPeriods: 1, ComparisonOperator: LessThanThreshold, Threshold: 1, TreatMissingData: breaching}}
  Requests: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: RequestCount, Dimensions: [{Name: LoadBalancer, Value: app/shop/1}], Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1, TreatMissingData: notBreaching}}
  Queue: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: NumberOfMessagesSent, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1}}
  Many: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Statistic: Sum, ComparisonOperator: GreaterThanThreshold, Threshold: 1}}
  Sold: {Type: AWS::Logs::MetricFilter, Properties: {MetricTransformations: [{MetricName: Revenue, MetricNamespace: Shop, MetricValue: $.price, DefaultValue: 0}]}}
  Low: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Revenue, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 50}}
  Paid: {Type: AWS::Logs::MetricFilter, Properties: {MetricTransformations: [{MetricName: Paid, MetricNamespace: Shop, MetricValue: $.price}]}}
  Poor: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Paid, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 1, TreatMissingData: notBreaching}}
  Share: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Share, Statistic: Average, ComparisonOperator: LessThanThreshold, Threshold: 50}}
  Fewer: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, AdjustmentType: ChangeInCapacity, ScalingAdjustment: -1}}
  ScalesIn: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Invocations, Statistic: Sum, ComparisonOperator: LessThanThreshold, Threshold: 5, AlarmActions: [!Ref Fewer]}}
---
resource "aws_cloudwatch_metric_alarm" "tasks" {
  alarm_name          = "tasks"
  namespace           = "AWS/ECS"
  metric_name         = "MemoryUtilization"
  dimensions          = { ClusterName = "shop", ServiceName = "web" }
  statistic           = "SampleCount"
  comparison_operator = "LessThanThreshold"
  threshold           = 2
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "breaching"
}
"""
