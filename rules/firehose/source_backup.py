"""A delivery stream that transforms its records should keep them as they came, too.

What the function makes of a record is all that arrives. When the function turns out to be wrong, and says that all is
well, the records as they came are gone; what the other destinations keep by default are those alone that failed.

What to do: set S3BackupMode (Terraform: s3_backup_mode) to the value that the message names and give a bucket for it.
Firehose can't do that where it reads from Kafka or a database.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, deliveries, rule


@rule(
    "firehose-source-backup",
    level="warning",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="2)データ変換処理を実装できる点です。",
    aws="firehose/latest/dev/create-configure-backup.html",
)
def check(stream: Resource) -> Iterator[Finding]:
    if not deliveries.can_keep_source(stream):
        return
    for destination in deliveries.destinations(stream):
        backup, whole = destination.backup, destination.whole_backup
        transform = next(destination.transforms(), None)
        if transform is not None and whole and backup.text not in (None, whole):
            kept = "keeps none of the records as they came" if backup.text == "Disabled" else "keeps those that failed"
            yield stream.finding(
                backup,
                f"transforms its records on the way to {destination.name} and {kept} (the S3 backup mode is "
                f"{backup.text}), so a mistake in the function loses data; make it {whole}",
                related=[(transform, "the transformation")],
            )


BAD = """
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}}}
---
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {SplunkDestinationConfiguration: {HECToken: !ImportValue t, ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}}}
---
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {IcebergDestinationConfiguration: {s3BackupMode: FailedDataOnly, ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "redshift"

  redshift_configuration {
    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"
      }
    }
  }
}
"""

GOOD = """
Parameters: {Mode: {Type: String}}
Resources:
  Kept:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {S3BackupMode: Enabled, ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}}}
  Unknown:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {S3BackupMode: !Ref Mode, ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}}}
  OffNow:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {ProcessingConfiguration: {Enabled: false, Processors: [{Type: Lambda}]}}}
  Partitioned:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {ProcessingConfiguration: {Enabled: true, Processors: [{Type: MetadataExtraction}]}}}
  Table:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {IcebergDestinationConfiguration: {s3BackupMode: AllData, ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}}}
---
resource "aws_kinesis_firehose_delivery_stream" "kept" {
  name        = "kept"
  destination = "http_endpoint"

  http_endpoint_configuration {
    s3_backup_mode = "AllData"

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"
      }
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "kafka" {
  name        = "kafka"
  destination = "extended_s3"

  msk_source_configuration {
    msk_cluster_arn = "arn:aws:kafka:eu-west-1:111122223333:cluster/c/1"
  }

  extended_s3_configuration {
    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"
      }
    }
  }
}
"""
