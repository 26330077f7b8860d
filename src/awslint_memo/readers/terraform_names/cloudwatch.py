"""Amazon CloudWatch: alarms and metric filters of logs."""

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import PropertyMap, TypeMap


def _dimensions(value: Value) -> Value:
    """Convert Terraform's map of dimensions to CloudFormation's list of names and values."""
    if not value.fields:
        return value
    pairs: list[Value] = [
        Known({"Name": Known(name, dimension.place), "Value": dimension}, dimension.place)
        for name, dimension in value.fields.items()
    ]
    return Known(pairs, value.place)


_METRIC = {
    "Dimensions": PropertyMap("dimensions", read=_dimensions),
    "MetricName": PropertyMap("metric_name"),
    "Namespace": PropertyMap("namespace"),
}

_ACTIONS = {
    "ActionsEnabled": PropertyMap("actions_enabled"),
    "AlarmActions": PropertyMap("alarm_actions"),
    "AlarmName": PropertyMap("alarm_name"),
    "InsufficientDataActions": PropertyMap("insufficient_data_actions"),
    "OKActions": PropertyMap("ok_actions"),
}

TYPE_MAPS = {
    "aws_cloudwatch_metric_alarm": TypeMap(
        "AWS::CloudWatch::Alarm",
        {
            **_METRIC,
            **_ACTIONS,
            "ComparisonOperator": PropertyMap("comparison_operator"),
            "DatapointsToAlarm": PropertyMap("datapoints_to_alarm"),
            "EvaluationPeriods": PropertyMap("evaluation_periods"),
            "Metrics": PropertyMap(
                "metric_query",
                many=True,
                within={
                    "Expression": PropertyMap("expression"),
                    "MetricStat": PropertyMap("metric", within={"Metric": PropertyMap("", within=_METRIC)}),
                },
            ),
            "Statistic": PropertyMap("statistic"),
            "TreatMissingData": PropertyMap("treat_missing_data"),
        },
        attributes={"alarm_name": "Ref", "arn": "Arn", "id": "Ref"},
    ),
    "aws_cloudwatch_composite_alarm": TypeMap(
        "AWS::CloudWatch::CompositeAlarm",
        {
            **_ACTIONS,
            "ActionsSuppressor": PropertyMap("actions_suppressor.alarm"),
            "AlarmRule": PropertyMap("alarm_rule"),
        },
        attributes={"alarm_name": "Ref", "arn": "Arn", "id": "Ref"},
    ),
    "aws_cloudwatch_log_metric_filter": TypeMap(
        "AWS::Logs::MetricFilter",
        {
            "MetricTransformations": PropertyMap(
                "metric_transformation",
                many=True,
                within={
                    "DefaultValue": PropertyMap("default_value"),
                    "MetricName": PropertyMap("name"),
                    "MetricNamespace": PropertyMap("namespace"),
                },
            ),
        },
    ),
}

SEVERAL = frozenset(("AWS::CloudWatch::LogAlarm",))
"""Types without an equivalent in Terraform (provider 6.25)."""
