"""Facts about Amazon Data Firehose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from awslint_memo.model.fact import Fact


class BackupModes(NamedTuple):
    """The S3BackupMode of a destination that holds where none is written, and the one that keeps every record."""

    default: str
    whole: str


def _modes(default: str, whole: str, api: str) -> Fact[BackupModes]:
    page = f"firehose/latest/APIReference/API_{api}DestinationConfiguration.html"
    return Fact(BackupModes(default, whole), page=page, read="2026-11-25")


BACKUP_MODES: Mapping[str, Fact[BackupModes]] = {
    "ExtendedS3DestinationConfiguration": _modes("Disabled", "Enabled", "ExtendedS3"),
    "S3DestinationConfiguration": _modes("", "", "S3"),
    "RedshiftDestinationConfiguration": _modes("Disabled", "Enabled", "Redshift"),
    "AmazonopensearchserviceDestinationConfiguration": _modes(
        "FailedDocumentsOnly", "AllDocuments", "Amazonopensearchservice"
    ),
    "AmazonOpenSearchServerlessDestinationConfiguration": _modes(
        "FailedDocumentsOnly", "AllDocuments", "AmazonOpenSearchServerless"
    ),
    "ElasticsearchDestinationConfiguration": _modes("FailedDocumentsOnly", "AllDocuments", "Elasticsearch"),
    "SplunkDestinationConfiguration": _modes("FailedEventsOnly", "AllEvents", "Splunk"),
    "HttpEndpointDestinationConfiguration": _modes("FailedDataOnly", "AllData", "HttpEndpoint"),
    "SnowflakeDestinationConfiguration": _modes("FailedDataOnly", "AllData", "Snowflake"),
    "IcebergDestinationConfiguration": _modes("FailedDataOnly", "", "Iceberg"),
}
"""The modes of each destination, by the property that configures it; empty where none is or where none keeps all.

The enumeration of Iceberg's has AllData, but the page says that only FailedDataOnly is supported.
"""

LEAST_BUFFER = Fact(
    64,
    page="https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-kinesisfirehose/lib/s3-bucket.ts",
    read="2026-11-25",
)
"""MB: the smallest buffer with dynamic partitioning or with conversion of the format. Firehose's own error says so, and
AWS's CDK checks it."""

LONGEST_TRANSFORMATION = Fact(300, page="firehose/latest/dev/data-transformation.html", read="2026-11-25")
"""Seconds that Firehose waits for a function that transforms records."""
