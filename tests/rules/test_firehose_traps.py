"""What makes a naive reading of delivery streams wrong: defaults of each language and destination, other processors."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

BACKUP = "firehose-source-backup"
LOGGING = "firehose-error-logging"
TIMEOUT = "firehose-transform-timeout"
BUFFERING = "firehose-buffering"

Said = list[tuple[str | None, str]]

PARAMETERS = {"Any": {"Type": "String"}, "Some": {"Type": "Number"}}
TRANSFORMS = {"Enabled": True, "Processors": [{"Type": "Lambda"}]}
S3 = "ExtendedS3DestinationConfiguration"
PLACES = {
    "AmazonOpenSearchServerlessDestinationConfiguration": ("OpenSearch Serverless", "opensearchserverless"),
    "AmazonopensearchserviceDestinationConfiguration": ("OpenSearch", "opensearch"),
    "ElasticsearchDestinationConfiguration": ("Elasticsearch", "elasticsearch"),
    "HttpEndpointDestinationConfiguration": ("an HTTP endpoint", "http_endpoint"),
    "IcebergDestinationConfiguration": ("Iceberg", "iceberg"),
    "RedshiftDestinationConfiguration": ("Redshift", "redshift"),
    "SnowflakeDestinationConfiguration": ("Snowflake", "snowflake"),
    "SplunkDestinationConfiguration": ("Splunk", "splunk"),
    S3: ("S3", "extended_s3"),
}
MODES = {
    "AmazonOpenSearchServerlessDestinationConfiguration": ("FailedDocumentsOnly", "AllDocuments"),
    "AmazonopensearchserviceDestinationConfiguration": ("FailedDocumentsOnly", "AllDocuments"),
    "ElasticsearchDestinationConfiguration": ("FailedDocumentsOnly", "AllDocuments"),
    "HttpEndpointDestinationConfiguration": ("FailedDataOnly", "AllData"),
    "IcebergDestinationConfiguration": ("FailedDataOnly", "AllData"),
    "RedshiftDestinationConfiguration": ("Disabled", "Enabled"),
    "SnowflakeDestinationConfiguration": ("FailedDataOnly", "AllData"),
    "SplunkDestinationConfiguration": ("FailedEventsOnly", "AllEvents"),
    S3: ("Disabled", "Enabled"),
}


def said(rule: str, text: str) -> Said:
    """Level and message of each finding of a rule in a template."""
    return [(one.level, one.message) for one in Example(rules()[rule], text).findings()]


def stream(rule: str, more: dict[str, Any] | None = None, **properties: Any) -> Said:
    """What a rule says of a delivery stream, and of other resources if there are any."""
    made = {"Clicks": {"Type": "AWS::KinesisFirehose::DeliveryStream", "Properties": properties}, **(more or {})}
    return said(rule, json.dumps({"Parameters": PARAMETERS, "Resources": made}))


def terraform(rule: str, **arguments: Any) -> Said:
    made = {"aws_kinesis_firehose_delivery_stream": {"clicks": {"name": "clicks", **arguments}}}
    return said(rule, json.dumps({"resource": made}))


def backup_mode(destination: str, mode: Any) -> dict[str, Any]:
    if mode is None:
        return {}
    return {("s3BackupMode" if destination.startswith("Iceberg") else "S3BackupMode"): mode}


@pytest.mark.parametrize("destination", MODES)
def test_every_destination_has_its_own_words_for_keeping_all(destination: str) -> None:
    default, resource_ref = MODES[destination]
    name, word = PLACES[destination]
    kept = "keeps none of the records as they came" if default == "Disabled" else "keeps those that failed"
    message = (
        f"transforms its records on the way to {name} and {kept} (the S3 backup mode is {default}), so a mistake in "
        f"the function loses data; make it {resource_ref}"
    )
    lost: Said = [("warning", f"Clicks {message}")]
    modes: list[tuple[Any, Said]] = [(None, lost), (default, lost), (resource_ref, []), ({"Ref": "Any"}, [])]
    for mode, found in modes:
        configured = {"ProcessingConfiguration": TRANSFORMS, **backup_mode(destination, mode)}
        assert stream(BACKUP, **{destination: configured}) == found
    processing = {"enabled": True, "processors": [{"type": "Lambda"}]}
    block = {"processing_configuration": processing}
    expected = [("warning", f"aws_kinesis_firehose_delivery_stream.clicks {message}")]
    assert terraform(BACKUP, **{f"{word}_configuration": block}) == expected
    assert terraform(BACKUP, **{f"{word}_configuration": {**block, "s3_backup_mode": resource_ref}}) == []


@pytest.mark.parametrize(
    "processing",
    [
        {"Ref": "Any"},
        {"Processors": [{"Type": "Lambda"}]},
        {"Enabled": {"Ref": "Any"}, "Processors": [{"Type": "Lambda"}]},
        {"Enabled": "false", "Processors": [{"Type": "Lambda"}]},
        {"Enabled": True, "Processors": [{"Type": {"Ref": "Any"}}, {"Type": "AppendDelimiterToRecord"}]},
        {"Enabled": True, "Processors": [{"Type": "Decompression"}, {"Type": "CloudWatchLogProcessing"}]},
        {"Enabled": True},
    ],
)
def test_only_a_function_that_surely_works_on_the_records_counts(processing: Any) -> None:
    assert stream(BACKUP, **{S3: {"ProcessingConfiguration": processing}}) == []


@pytest.mark.parametrize("source", ["MSKSourceConfiguration", "DatabaseSourceConfiguration"])
def test_records_of_kafka_and_databases_cannot_be_kept(source: str) -> None:
    for written in ({}, {"Ref": "Any"}):
        properties: dict[str, Any] = {S3: {"ProcessingConfiguration": TRANSFORMS}, source: written}
        assert stream(BACKUP, **properties) == []


def test_the_older_s3_destination_has_no_backup_but_has_logs() -> None:
    assert stream(BACKUP, S3DestinationConfiguration={"BucketARN": "b"}) == []
    assert [level for level, _ in stream(LOGGING, S3DestinationConfiguration={"BucketARN": "b"})] == ["warning"]


@pytest.mark.parametrize("destination", PLACES)
def test_every_destination_should_log(destination: str) -> None:
    name, word = PLACES[destination]
    advice = "to true and name a log group and a log stream"
    at = f"does not log why a delivery to {name} fails; set"
    found = stream(LOGGING, **{destination: {"RoleARN": "r"}})
    assert found == [("warning", f"Clicks {at} {destination}.CloudWatchLoggingOptions.Enabled {advice}")]
    found = terraform(LOGGING, **{f"{word}_configuration": {"role_arn": "r"}})
    at = f"aws_kinesis_firehose_delivery_stream.clicks {at} {word}_configuration.cloudwatch_logging_options.enabled"
    assert found == [("warning", f"{at} {advice}")]
    for options in ({"Enabled": True}, {"Enabled": "true"}, {"Enabled": {"Ref": "Any"}}, {"Ref": "Any"}):
        assert stream(LOGGING, **{destination: {"CloudWatchLoggingOptions": options}}) == []
    assert stream(LOGGING, **{destination: {"Ref": "Any"}}) == []


def transformed(function: Any) -> Said:
    parameters = [{"ParameterName": "LambdaArn", "ParameterValue": function}]
    processing = {"Enabled": True, "Processors": [{"Type": "Lambda", "Parameters": parameters}]}
    functions = {
        "Slow": {"Type": "AWS::Lambda::Function", "Properties": {"Timeout": "600"}},
        "Quick": {"Type": "AWS::Lambda::Function"},
        "Live": {"Type": "AWS::Lambda::Alias", "Properties": {"FunctionName": {"Ref": "Slow"}, "Name": "live"}},
    }
    return stream(TIMEOUT, functions, SplunkDestinationConfiguration={"ProcessingConfiguration": processing})


@pytest.mark.parametrize(
    "function",
    [
        {"Fn::GetAtt": ["Slow", "Arn"]},
        {"Ref": "Live"},
        {"Fn::Sub": "${Slow.Arn}:$LATEST"},
        {"Fn::Sub": "${Slow.Arn}:live"},
    ],
)
def test_a_transformation_is_followed_through_versions_and_aliases(function: Any) -> None:
    message = "Clicks waits 300 s for Slow, which may run for 600 s; give it 300 s at most and smaller batches"
    assert transformed(function) == [("warning", message)]


@pytest.mark.parametrize("function", [{"Fn::GetAtt": ["Quick", "Arn"]}, {"Ref": "Any"}, {"Fn::ImportValue": "slow"}])
def test_a_quick_transformation_or_one_elsewhere_is_left_alone(function: Any) -> None:
    assert transformed(function) == []


@pytest.mark.parametrize(
    ("configured", "expected"),
    [
        ({"BufferingHints": {"SizeInMBs": 63}, "DynamicPartitioningConfiguration": {"Enabled": "true"}}, 1),
        ({"BufferingHints": {"SizeInMBs": 64}, "DynamicPartitioningConfiguration": {"Enabled": True}}, 0),
        ({"BufferingHints": {"SizeInMBs": 5}, "DynamicPartitioningConfiguration": {"Enabled": False}}, 0),
        ({"BufferingHints": {"SizeInMBs": 5}, "DynamicPartitioningConfiguration": {}}, 0),
        ({"BufferingHints": {"SizeInMBs": 5}, "DataFormatConversionConfiguration": {"SchemaConfiguration": {}}}, 1),
        ({"BufferingHints": {"SizeInMBs": 5}, "DataFormatConversionConfiguration": {"Enabled": {"Ref": "Any"}}}, 0),
        ({"BufferingHints": {"SizeInMBs": 5}, "DataFormatConversionConfiguration": {"Ref": "Any"}}, 0),
        ({"BufferingHints": {"IntervalInSeconds": 60}, "DataFormatConversionConfiguration": {}}, 0),
        ({"DataFormatConversionConfiguration": {"Enabled": True}}, 0),
        ({"BufferingHints": {"SizeInMBs": 5}}, 0),
    ],
)
def test_small_buffers_are_refused_with_partitioning_and_conversion_only(configured: Any, expected: int) -> None:
    assert [level for level, _ in stream(BUFFERING, **{S3: configured})] == ["error"] * expected


def test_terraform_sends_5_mb_where_nothing_is_written() -> None:
    message = "aws_kinesis_firehose_delivery_stream.clicks has a buffer of 5 MB, which Firehose refuses with "
    partitions = {"dynamic_partitioning_configuration": {"enabled": True}}
    found = terraform(BUFFERING, extended_s3_configuration=partitions)
    assert found == [("error", message + "dynamic partitioning; give it 64 MB or more")]
    assert terraform(BUFFERING, extended_s3_configuration={"buffering_size": 128, **partitions}) == []
    assert terraform(BUFFERING, extended_s3_configuration={"buffering_size": 5}) == []


@pytest.mark.parametrize(
    "prefix", ["!{timestamp:yyyy}/", "x/!{firehose:random-string}/", {"Fn::Sub": "${Any}/!{timestamp:MM}"}]
)
def test_expressions_in_a_prefix_want_a_prefix_for_errors(prefix: Any) -> None:
    message = "Clicks has expressions in its Prefix and no ErrorOutputPrefix, which Firehose refuses; write one with "
    expected = [("error", message + "!{firehose:error-output-type} in it")]
    assert stream(BUFFERING, **{S3: {"Prefix": prefix}}) == expected
    for errors in ("failed/", {"Ref": "Any"}):
        assert stream(BUFFERING, **{S3: {"Prefix": prefix, "ErrorOutputPrefix": errors}}) == []
    assert stream(BUFFERING, SplunkDestinationConfiguration={"S3Configuration": {"Prefix": prefix}}) == []


@pytest.mark.parametrize("prefix", ["clicks/", {"Ref": "Any"}, {"Fn::Sub": "${Any}/clicks"}, None])
def test_other_prefixes_want_none(prefix: Any) -> None:
    assert stream(BUFFERING, **{S3: {"Prefix": prefix}}) == []
