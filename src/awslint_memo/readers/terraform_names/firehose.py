"""Amazon Data Firehose."""

from awslint_memo.readers.property_maps import Translation, Word

_LOGGING = Word("cloudwatch_logging_options", within={"Enabled": Word("enabled")})

_PROCESSING = Word(
    "processing_configuration",
    within={
        "Enabled": Word("enabled"),
        "Processors": Word(
            "processors",
            many=True,
            within={
                "Parameters": Word(
                    "parameters",
                    many=True,
                    within={"ParameterName": Word("parameter_name"), "ParameterValue": Word("parameter_value")},
                ),
                "Type": Word("type"),
            },
        ),
    },
)

_COMMON = {"CloudWatchLoggingOptions": _LOGGING, "ProcessingConfiguration": _PROCESSING}
_DESTINATION = {**_COMMON, "S3BackupMode": Word("s3_backup_mode")}

_EXTENDED_S3 = {
    **_DESTINATION,
    # Firehose takes 128 where nothing is written and it partitions; the provider sends its own 5.
    "BufferingHints": Word("", within={"SizeInMBs": Word("buffering_size", default=5)}),
    "DataFormatConversionConfiguration": Word(
        "data_format_conversion_configuration", within={"Enabled": Word("enabled")}
    ),
    "DynamicPartitioningConfiguration": Word("dynamic_partitioning_configuration", within={"Enabled": Word("enabled")}),
    "ErrorOutputPrefix": Word("error_output_prefix"),
    "Prefix": Word("prefix"),
}

TRANSLATIONS = {
    "aws_kinesis_firehose_delivery_stream": Translation(
        "AWS::KinesisFirehose::DeliveryStream",
        {
            "AmazonOpenSearchServerlessDestinationConfiguration": Word(
                "opensearchserverless_configuration", within=_DESTINATION
            ),
            "AmazonopensearchserviceDestinationConfiguration": Word("opensearch_configuration", within=_DESTINATION),
            "DatabaseSourceConfiguration": Word(""),
            "DeliveryStreamName": Word("name"),
            "ElasticsearchDestinationConfiguration": Word("elasticsearch_configuration", within=_DESTINATION),
            "ExtendedS3DestinationConfiguration": Word("extended_s3_configuration", within=_EXTENDED_S3),
            "HttpEndpointDestinationConfiguration": Word("http_endpoint_configuration", within=_DESTINATION),
            "IcebergDestinationConfiguration": Word(
                "iceberg_configuration", within={**_COMMON, "s3BackupMode": Word("s3_backup_mode")}
            ),
            "KinesisStreamSourceConfiguration": Word(
                "kinesis_source_configuration", within={"KinesisStreamARN": Word("kinesis_stream_arn")}
            ),
            "MSKSourceConfiguration": Word(
                "msk_source_configuration", within={"MSKClusterARN": Word("msk_cluster_arn")}
            ),
            "RedshiftDestinationConfiguration": Word("redshift_configuration", within=_DESTINATION),
            "S3DestinationConfiguration": Word(""),
            "SnowflakeDestinationConfiguration": Word("snowflake_configuration", within=_DESTINATION),
            "SplunkDestinationConfiguration": Word("splunk_configuration", within=_DESTINATION),
        },
        attributes={"arn": "Arn", "id": "Arn", "name": "Ref"},
    ),
}
