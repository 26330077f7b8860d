"""A delivery stream that transforms its records should back up the source records.

The destination gets only what the function returns. Records for which it fails are kept (processing-failed/), but what
it drops or alters without failing is lost: by default, the S3 backup holds no source records, or only those whose
delivery failed.

What to do: set S3BackupMode (Terraform: s3_backup_mode) to the value that the message names and configure a bucket for
it. Firehose has no source backup if it reads from Kafka or a database, or delivers to Apache Iceberg tables. Nor is anything
lost where another delivery stream here delivers the records of the same Kinesis stream without a function.
"""

from awslint_memo import Findings, Fix, Resource, deliveries, rule


@rule(
    level="advice",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="2)データ変換処理を実装できる点です。",
    aws="firehose/latest/dev/create-configure-backup.html",
    fix="unsafe",
)
def check(stream: Resource) -> Findings:
    if not deliveries.can_keep_source(stream) or deliveries.is_kept_by_another(stream):
        return
    for destination in deliveries.destinations(stream):
        whole, transform = destination.whole_backup, next(destination.transforms(), None)
        if not whole or transform is None:
            continue
        backup = destination.backup
        if backup.text not in (None, whole):
            is_off = backup.text == "Disabled"
            kept, bucket = ("no", ", with a bucket for it") if is_off else ("only failed", "")
            yield stream.finding(
                backup,
                f"and keeps {kept} source records, so what the transformation for {destination.name} drops or alters "
                "without failing is lost",
                do=f"set it to {whole}{bucket}",
                related=[(transform, "the transformation")],
                fix=fix(stream, destination.path("S3BackupMode"), whole) if not is_off else None,
            )


def fix(stream: Resource, path: str, whole: str) -> Fix:
    """All records are kept, unless somebody wrote that only the failed ones are."""
    if not stream.get(path).is_absent:
        return Fix.lacks("that only failed records are kept is written there, and keeping every one costs")
    return stream.set(path, whole, unsafe=COSTS)


COSTS = "keeps every record in S3 too, which costs"


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
    Properties: {IcebergDestinationConfiguration: {s3BackupMode: FailedDataOnly, ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}}}
---
Resources:
  Stream: {Type: AWS::Kinesis::Stream}
  Changed:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Stream.Arn, RoleARN: r}, ExtendedS3DestinationConfiguration: {ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}}}
  Raw:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Stream.Arn, RoleARN: r}, ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r}}
---
resource "aws_kinesis_stream" "clicks" {
  name = "clicks"
}

resource "aws_kinesis_firehose_delivery_stream" "changed" {
  name        = "changed"
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.clicks.arn
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

resource "aws_kinesis_firehose_delivery_stream" "raw" {
  name        = "raw"
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.clicks.arn
  }

  extended_s3_configuration {
    bucket_arn = "b"
  }
}
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

FIXED = """
-    Properties: {SplunkDestinationConfiguration: {HECToken: !ImportValue t, ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}}}
+    Properties: {SplunkDestinationConfiguration: {HECToken: !ImportValue t, ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda}]}, S3BackupMode: AllEvents}}
"""
