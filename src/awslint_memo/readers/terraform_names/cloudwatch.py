"""Amazon CloudWatch: alarms, and the filters that make metrics of logs."""

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import Translation, Word


def _dimensions(value: Value) -> Value:
    """Terraform's map of dimensions as CloudFormation's list of names and values."""
    if not value.fields:
        return value
    pairs: list[Value] = [
        Known({"Name": Known(name, dimension.place), "Value": dimension}, dimension.place)
        for name, dimension in value.fields.items()
    ]
    return Known(pairs, value.place)


_METRIC = {
    "Dimensions": Word("dimensions", read=_dimensions),
    "MetricName": Word("metric_name"),
    "Namespace": Word("namespace"),
}

_ACTIONS = {
    "ActionsEnabled": Word("actions_enabled"),
    "AlarmActions": Word("alarm_actions"),
    "AlarmName": Word("alarm_name"),
    "InsufficientDataActions": Word("insufficient_data_actions"),
    "OKActions": Word("ok_actions"),
}

TRANSLATIONS = {
    "aws_cloudwatch_metric_alarm": Translation(
        "AWS::CloudWatch::Alarm",
        {
            **_METRIC,
            **_ACTIONS,
            "ComparisonOperator": Word("comparison_operator"),
            "DatapointsToAlarm": Word("datapoints_to_alarm"),
            "EvaluationPeriods": Word("evaluation_periods"),
            "Metrics": Word(
                "metric_query",
                many=True,
                within={
                    "Expression": Word("expression"),
                    "MetricStat": Word("metric", within={"Metric": Word("", within=_METRIC)}),
                },
            ),
            "Statistic": Word("statistic"),
            "TreatMissingData": Word("treat_missing_data"),
        },
        attributes={"alarm_name": "Ref", "arn": "Arn", "id": "Ref"},
    ),
    "aws_cloudwatch_composite_alarm": Translation(
        "AWS::CloudWatch::CompositeAlarm",
        {**_ACTIONS, "ActionsSuppressor": Word("actions_suppressor.alarm"), "AlarmRule": Word("alarm_rule")},
        attributes={"alarm_name": "Ref", "arn": "Arn", "id": "Ref"},
    ),
    "aws_cloudwatch_log_metric_filter": Translation(
        "AWS::Logs::MetricFilter",
        {
            "MetricTransformations": Word(
                "metric_transformation",
                many=True,
                within={
                    "DefaultValue": Word("default_value"),
                    "MetricName": Word("name"),
                    "MetricNamespace": Word("namespace"),
                },
            ),
        },
    ),
}
