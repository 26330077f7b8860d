"""Firehose needs large buffers for partitioning, and an error prefix for a prefix with expressions.

Dynamic partitioning and record format conversion need a buffer of at least 64 MB. Terraform sends 5 MB if nothing is
written. With expressions in Prefix (`!{timestamp:yyyy}`), Firehose requires an ErrorOutputPrefix for failed records, and expressions
in that one need `!{firehose:error-output-type}`, which Prefix can't have. A format that is converted compresses itself.

What to do: set BufferingHints.SizeInMBs (Terraform: buffering_size) to 64 or more; write an ErrorOutputPrefix with
`!{firehose:error-output-type}` in it; leave CompressionFormat out where the format is converted.
"""

from awslint_memo import Findings, Resource, Value, deliveries, rule

SMALLEST = deliveries.LEAST_BUFFER
"""MB of buffer that partitioning and conversion need."""

TYPE = "!{firehose:error-output-type}"

S3 = "ExtendedS3DestinationConfiguration"


@rule(
    level="error",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="1)ストリームではなくバッチで書き込む点",
    aws="firehose/latest/dev/s3-prefixes.html",
    widened={"0.2": "what an ErrorOutputPrefix has to say, and a compression of what is converted"},
    fix="both",
)
def check(stream: Resource) -> Findings:
    size = stream.get(f"{S3}.BufferingHints.SizeInMBs")
    partitions = stream.get(f"{S3}.DynamicPartitioningConfiguration.Enabled")
    conversion = stream.get(f"{S3}.DataFormatConversionConfiguration")
    converts = conversion.is_known and stream.get(f"{S3}.DataFormatConversionConfiguration.Enabled", default=True).flag
    if size.below(SMALLEST) and (partitions.flag or converts):
        what, place = ("dynamic partitioning", partitions) if partitions.flag else ("format conversion", conversion)
        yield stream.finding(
            size,
            f"which Firehose rejects with {what}",
            of=f"{S3}.BufferingHints.SizeInMBs",
            unit="MB",
            do=f"set it to at least {SMALLEST}",
            related=[(place, what)],
            fix=stream.set(f"{S3}.BufferingHints.SizeInMBs", SMALLEST),
        )
    # firehose/latest/dev/enable-record-format-conversion.html (read on 2026-11-30)
    compression = stream.get(f"{S3}.CompressionFormat")
    if converts and compression.is_one_of("GZIP", "HADOOP_SNAPPY", "Snappy", "ZIP"):
        message = "which Firehose rejects with format conversion, whose format compresses itself"
        yield stream.finding(compression, message, of="CompressionFormat", do="leave it out", since="0.2")
    prefix, errors = stream.get(f"{S3}.Prefix"), stream.get(f"{S3}.ErrorOutputPrefix")
    if errors.is_absent and has_expression(prefix):
        yield stream.finding(
            prefix,
            "has expressions, which Firehose rejects without ErrorOutputPrefix",
            of=f"{S3}.Prefix",
            do="add one with !{firehose:error-output-type} in it",
        )

    for value, is_lacking, message, do in (
        (errors, True, f"has expressions without {TYPE}, so Firehose rejects it", f"put {TYPE} into it"),
        (prefix, False, f"has {TYPE}, which only ErrorOutputPrefix may have", "leave it out"),
    ):
        pieces = [piece.text for piece in value.pieces]
        is_known = None not in pieces or not is_lacking
        if is_known and has_expression(value) and is_lacking != any(TYPE in (piece or "") for piece in pieces):
            yield stream.finding(value, message, of=str(value.route), do=do, since="0.2")


def has_expression(prefix: Value) -> bool:
    """Whether a prefix surely holds an expression, also where it is known in part only."""
    return any("!{" in (piece.text or "") for piece in prefix.pieces)


BAD = """
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: {SizeInMBs: 5}, DynamicPartitioningConfiguration: {Enabled: true}}}
---
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {Prefix: "clicks/!{timestamp:yyyy}/"}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  destination = "extended_s3"

  extended_s3_configuration {
    data_format_conversion_configuration {
      schema_configuration {}
    }
  }
}
---
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {ErrorOutputPrefix: "failed/!{timestamp:yyyy-MM-dd}/"}}
---
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {Prefix: "!{firehose:error-output-type}/", ErrorOutputPrefix: failed/}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  destination = "extended_s3"

  extended_s3_configuration {
    buffering_size     = 128
    compression_format = "GZIP"

    data_format_conversion_configuration {
      schema_configuration {}
    }
  }
}
"""

GOOD = """
Parameters: {Size: {Type: Number}, Errors: {Type: String}}
Resources:
  ByDefault128: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {DynamicPartitioningConfiguration: {Enabled: true}}}}
  Unknown: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: {SizeInMBs: !Ref Size}, DataFormatConversionConfiguration: {SchemaConfiguration: {}}, Prefix: "!{timestamp:yyyy}/", ErrorOutputPrefix: !Ref Errors}}}
  Named: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {CompressionFormat: UNCOMPRESSED, DataFormatConversionConfiguration: {SchemaConfiguration: {}}, ErrorOutputPrefix: !Sub "!{timestamp:yyyy}/${Errors}"}}}
  Plain: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {CompressionFormat: GZIP, ErrorOutputPrefix: failed/, BufferingHints: {SizeInMBs: 5}, DataFormatConversionConfiguration: {Enabled: false}, Prefix: clicks/}}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  destination = "extended_s3"

  extended_s3_configuration {
    buffering_size      = 64
    prefix              = "!{timestamp:yyyy}/"
    error_output_prefix = "failed/!{firehose:error-output-type}/"

    dynamic_partitioning_configuration {
      enabled = true
    }
  }
}
---
resource "aws_kinesis_firehose_delivery_stream" "of_provider_4" {
  destination = "extended_s3"

  extended_s3_configuration {
    buffer_size         = 64
    prefix              = "!{timestamp:yyyy}/"
    error_output_prefix = "failed/!{firehose:error-output-type}/"

    dynamic_partitioning_configuration {
      enabled = true
    }
  }
}
"""

FIXED = """
-    Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: {SizeInMBs: 5}, DynamicPartitioningConfiguration: {Enabled: true}}}
+    Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: {SizeInMBs: 64}, DynamicPartitioningConfiguration: {Enabled: true}}}
---
   extended_s3_configuration {
+    buffering_size = 64
+
"""
