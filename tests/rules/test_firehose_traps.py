"""What makes a naive reading of delivery streams wrong: defaults of each language and destination, other processors."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, arn, found, messages, resource, second_places, stack
from tests.linting import terraform as configuration

from awslint_memo import api

BACKUP = "firehose-source-backup"
LOGGING = "firehose-error-logging"
TIMEOUT = "firehose-transform-timeout"
BUFFERING = "firehose-buffering"

PARAMETERS = {"Parameters": {"Any": {"Type": "String"}}}
TRANSFORMS = {"Enabled": True, "Processors": [{"Type": "Lambda"}]}
S3 = "ExtendedS3DestinationConfiguration"
IN_TERRAFORM = "aws_kinesis_firehose_delivery_stream.clicks"
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
    "RedshiftDestinationConfiguration": ("Disabled", "Enabled"),
    "SnowflakeDestinationConfiguration": ("FailedDataOnly", "AllData"),
    "SplunkDestinationConfiguration": ("FailedEventsOnly", "AllEvents"),
    S3: ("Disabled", "Enabled"),
}


def stream(more: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    """A delivery stream called Clicks, and other resources beside it."""
    return stack(PARAMETERS, Clicks=resource("KinesisFirehose::DeliveryStream", **properties), **(more or {}))


def terraform(**arguments: Any) -> dict[str, Any]:
    return configuration(aws_kinesis_firehose_delivery_stream={"clicks": {"name": "clicks", **arguments}})


@pytest.mark.parametrize("destination", MODES)
def test_every_destination_has_its_own_words_for_keeping_all(destination: str) -> None:
    default, resource_ref = MODES[destination]
    for mode, is_found in ((None, True), (default, True), (resource_ref, False), ({"Ref": "Any"}, False)):
        written = {} if mode is None else {"S3BackupMode": mode}
        template = stream(**{destination: {"ProcessingConfiguration": TRANSFORMS, **written}})
        place = f"{next(iter(written))}: {default}" if written else destination
        assert found(BACKUP, template) == ([Found("advice", "Clicks", place)] if is_found else [])
        for message in messages(BACKUP, template):
            assert all(word in message for word in (PLACES[destination][0], default, resource_ref))


@each_case("destination", MODES)
def test_terraform_has_its_own_word_for_every_destination_that_may_keep_all(destination: str) -> None:
    (name, word), (default, resource_ref) = PLACES[destination], MODES[destination]
    block = {"processing_configuration": {"enabled": True, "processors": [{"type": "Lambda"}]}}
    template = terraform(**{f"{word}_configuration": block})
    assert found(BACKUP, template) == [Found("advice", IN_TERRAFORM, f"{word}_configuration")]
    [message] = messages(BACKUP, template)
    assert all(part in message for part in (name, default, resource_ref))
    assert found(BACKUP, terraform(**{f"{word}_configuration": {**block, "s3_backup_mode": resource_ref}})) == []


def test_where_nothing_is_kept_no_record_that_failed_is_said_to_be() -> None:
    for destination, (default, _) in MODES.items():
        [message] = messages(BACKUP, stream(**{destination: {"ProcessingConfiguration": TRANSFORMS}}))
        assert ("failed" in message) is (default != "Disabled")


@pytest.mark.parametrize("mode", [{}, {"s3BackupMode": "FailedDataOnly"}], ids=str)
def test_of_iceberg_no_source_records_can_be_kept(mode: dict[str, Any]) -> None:
    template = stream(IcebergDestinationConfiguration={"ProcessingConfiguration": TRANSFORMS, **mode})
    assert found(BACKUP, template) == []


@each_case(
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
    assert found(BACKUP, stream(**{S3: {"ProcessingConfiguration": processing}})) == []


@pytest.mark.parametrize("source", ["MSKSourceConfiguration", "DatabaseSourceConfiguration"])
def test_records_of_kafka_and_databases_cannot_be_kept(source: str) -> None:
    for written in ({}, {"Ref": "Any"}):
        properties: dict[str, Any] = {S3: {"ProcessingConfiguration": TRANSFORMS}, source: written}
        assert found(BACKUP, stream(**properties)) == []


def test_the_older_s3_destination_has_no_backup_but_has_logs() -> None:
    template = stream(S3DestinationConfiguration={"BucketARN": "b"})
    assert found(BACKUP, template) == []
    assert found(LOGGING, template) == [Found("warning", "Clicks", "S3DestinationConfiguration")]


@pytest.mark.parametrize("destination", PLACES)
def test_every_destination_should_log(destination: str) -> None:
    name, word = PLACES[destination]
    template = stream(**{destination: {"RoleARN": "r"}})
    assert found(LOGGING, template) == [Found("warning", "Clicks", destination)]
    [message] = messages(LOGGING, template)
    assert f"{destination}.CloudWatchLoggingOptions.Enabled" in message
    assert name in message
    template = terraform(**{f"{word}_configuration": {"role_arn": "r"}})
    assert found(LOGGING, template) == [Found("warning", IN_TERRAFORM, f"{word}_configuration")]
    [message] = messages(LOGGING, template)
    assert f"{word}_configuration.cloudwatch_logging_options.enabled" in message
    assert name in message
    for options in ({"Enabled": True}, {"Enabled": "true"}, {"Enabled": {"Ref": "Any"}}, {"Ref": "Any"}):
        assert found(LOGGING, stream(**{destination: {"CloudWatchLoggingOptions": options}})) == []
    assert found(LOGGING, stream(**{destination: {"Ref": "Any"}})) == []


def transformed(function: Any) -> dict[str, Any]:
    parameters = [{"ParameterName": "LambdaArn", "ParameterValue": function}]
    processing = {"Enabled": True, "Processors": [{"Type": "Lambda", "Parameters": parameters}]}
    functions = {
        "Slow": resource("Lambda::Function", Timeout="600"),
        "Quick": resource("Lambda::Function"),
        "Live": resource("Lambda::Alias", FunctionName={"Ref": "Slow"}, Name="live"),
    }
    return stream(functions, SplunkDestinationConfiguration={"ProcessingConfiguration": processing})


@pytest.mark.parametrize(
    "function",
    [arn("Slow"), {"Ref": "Live"}, {"Fn::Sub": "${Slow.Arn}:$LATEST"}, {"Fn::Sub": "${Slow.Arn}:live"}],
)
def test_a_transformation_is_followed_through_versions_and_aliases(function: Any) -> None:
    template = transformed(function)
    assert found(TIMEOUT, template) == [Found("warning", "Clicks", "ParameterValue")]
    assert second_places(TIMEOUT, template) == ["Timeout: 600"]
    [message] = messages(TIMEOUT, template)
    assert all(part in message for part in ("Slow", "300 s", "600 s"))


@pytest.mark.parametrize("function", [arn("Quick"), {"Ref": "Any"}, IMPORTED])
def test_a_quick_transformation_or_one_elsewhere_is_left_alone(function: Any) -> None:
    assert found(TIMEOUT, transformed(function)) == []


@pytest.mark.parametrize(
    ("size", "configured", "why"),
    [
        (63, {"DynamicPartitioningConfiguration": {"Enabled": "true"}}, "dynamic partitioning"),
        (5, {"DataFormatConversionConfiguration": {"SchemaConfiguration": {}}}, "format conversion"),
    ],
)
def test_small_buffers_are_refused_with_partitioning_and_conversion(size: int, configured: Any, why: str) -> None:
    template = stream(**{S3: {"BufferingHints": {"SizeInMBs": size}, **configured}})
    assert found(BUFFERING, template) == [Found("error", "Clicks", f"SizeInMBs: {size}")]
    [message] = messages(BUFFERING, template)
    assert why in message


@each_case(
    "configured",
    [
        {"BufferingHints": {"SizeInMBs": 64}, "DynamicPartitioningConfiguration": {"Enabled": True}},
        {"BufferingHints": {"SizeInMBs": 5}, "DynamicPartitioningConfiguration": {"Enabled": False}},
        {"BufferingHints": {"SizeInMBs": 5}, "DynamicPartitioningConfiguration": {}},
        {"BufferingHints": {"SizeInMBs": 5}, "DataFormatConversionConfiguration": {"Enabled": {"Ref": "Any"}}},
        {"BufferingHints": {"SizeInMBs": 5}, "DataFormatConversionConfiguration": {"Ref": "Any"}},
        {"BufferingHints": {"IntervalInSeconds": 60}, "DataFormatConversionConfiguration": {}},
        {"DataFormatConversionConfiguration": {"Enabled": True}},
        {"BufferingHints": {"SizeInMBs": 5}},
    ],
)
def test_buffers_that_are_large_or_small_without_either_are_not(configured: Any) -> None:
    assert found(BUFFERING, stream(**{S3: configured})) == []


def test_terraform_sends_5_mb_where_nothing_is_written() -> None:
    partitions = {"dynamic_partitioning_configuration": {"enabled": True}}
    template = terraform(extended_s3_configuration=partitions)
    assert found(BUFFERING, template) == [Found("error", IN_TERRAFORM, "extended_s3_configuration")]
    [message] = messages(BUFFERING, template)
    assert "5 MB" in message
    assert found(BUFFERING, terraform(extended_s3_configuration={"buffering_size": 128, **partitions})) == []
    assert found(BUFFERING, terraform(extended_s3_configuration={"buffering_size": 5})) == []


@pytest.mark.parametrize(
    ("prefix", "place"),
    [
        ("!{timestamp:yyyy}/", "Prefix: !{timestamp:yyyy}/"),
        ("x/!{firehose:random-string}/", "Prefix: x/!{firehose:random-string}/"),
        ({"Fn::Sub": "${Any}/!{timestamp:MM}"}, "Prefix"),
    ],
)
def test_expressions_in_a_prefix_want_a_prefix_for_errors(prefix: Any, place: str) -> None:
    assert found(BUFFERING, stream(**{S3: {"Prefix": prefix}})) == [Found("error", "Clicks", place)]
    for errors in ("failed/", {"Ref": "Any"}):
        assert found(BUFFERING, stream(**{S3: {"Prefix": prefix, "ErrorOutputPrefix": errors}})) == []
    other = stream(SplunkDestinationConfiguration={"S3Configuration": {"Prefix": prefix}})
    assert found(BUFFERING, other) == []


@each_case("prefix", ["clicks/", {"Ref": "Any"}, {"Fn::Sub": "${Any}/clicks"}, None])
def test_other_prefixes_want_none(prefix: Any) -> None:
    assert found(BUFFERING, stream(**{S3: {"Prefix": prefix}})) == []


@pytest.mark.parametrize(
    "kind",
    [
        "elasticsearch",
        "extended_s3",
        "http_endpoint",
        "iceberg",
        "opensearch",
        "opensearchserverless",
        "redshift",
        "snowflake",
        "splunk",
    ],
)
def test_every_destination_of_terraform_is_judged(kind: str) -> None:
    text = (
        f'resource "aws_kinesis_firehose_delivery_stream" "s" {{\n  destination = "{kind}"\n  {kind}_configuration {{\n'
        '    role_arn = "arn:aws:iam::111111111111:role/r"\n    processing_configuration {\n      enabled = true\n'
        '      processors {\n        type = "Lambda"\n      }\n    }\n'
        '    s3_configuration {\n      bucket_arn = "arn:aws:s3:::b"\n    }\n  }\n}\n'
    )
    report = api.lint(["main.tf"], unsaved={"main.tf": text}, advice=True, profile="all")
    assert [finding.message for finding in report.findings if finding.rule == "internal-error"] == []
