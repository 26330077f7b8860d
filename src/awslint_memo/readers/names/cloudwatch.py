"""Amazon CloudWatch alarms."""

from awslint_memo.readers.words import Translation, Word
from awslint_memo.value import Known, Value


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

TRANSLATIONS = {
    "aws_cloudwatch_metric_alarm": Translation(
        "AWS::CloudWatch::Alarm",
        {
            **_METRIC,
            "AlarmName": Word("alarm_name"),
            "Metrics": Word(
                "metric_query",
                many=True,
                within={
                    "Expression": Word("expression"),
                    "MetricStat": Word("metric", within={"Metric": Word("", within=_METRIC)}),
                },
            ),
        },
        attributes={"alarm_name": "Ref", "arn": "Arn", "id": "Ref"},
    ),
}
