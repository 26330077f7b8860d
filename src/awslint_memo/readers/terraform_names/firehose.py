"""Amazon Data Firehose."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_LOGGING = PropertyMap("cloudwatch_logging_options", within={"Enabled": PropertyMap("enabled")})

_PROCESSING = PropertyMap(
    "processing_configuration",
    within={
        "Enabled": PropertyMap("enabled"),
        "Processors": PropertyMap(
            "processors",
            many=True,
            within={
                "Parameters": PropertyMap(
                    "parameters",
                    many=True,
                    within={
                        "ParameterName": PropertyMap("parameter_name"),
                        "ParameterValue": PropertyMap("parameter_value"),
                    },
                ),
                "Type": PropertyMap("type"),
            },
        ),
    },
)

_COMMON = {"CloudWatchLoggingOptions": _LOGGING, "ProcessingConfiguration": _PROCESSING}
_DESTINATION = {**_COMMON, "S3BackupMode": PropertyMap("s3_backup_mode")}

_EXTENDED_S3 = {
    **_DESTINATION,
    # Firehose's default is 128 with dynamic partitioning, but the provider always sends its own default of 5.
    "BufferingHints": PropertyMap(
        "", within={"SizeInMBs": PropertyMap("buffering_size", default=5, older="buffer_size")}
    ),
    "DataFormatConversionConfiguration": PropertyMap(
        "data_format_conversion_configuration", within={"Enabled": PropertyMap("enabled")}
    ),
    "DynamicPartitioningConfiguration": PropertyMap(
        "dynamic_partitioning_configuration", within={"Enabled": PropertyMap("enabled")}
    ),
    "ErrorOutputPrefix": PropertyMap("error_output_prefix"),
    "Prefix": PropertyMap("prefix"),
}

TYPE_MAPS = {
    "aws_kinesis_firehose_delivery_stream": TypeMap(
        "AWS::KinesisFirehose::DeliveryStream",
        {
            "AmazonOpenSearchServerlessDestinationConfiguration": PropertyMap(
                "opensearchserverless_configuration", within=_DESTINATION
            ),
            "AmazonopensearchserviceDestinationConfiguration": PropertyMap(
                "opensearch_configuration", within=_DESTINATION
            ),
            "DatabaseSourceConfiguration": PropertyMap(""),
            "DeliveryStreamName": PropertyMap("name"),
            "ElasticsearchDestinationConfiguration": PropertyMap("elasticsearch_configuration", within=_DESTINATION),
            "ExtendedS3DestinationConfiguration": PropertyMap("extended_s3_configuration", within=_EXTENDED_S3),
            "HttpEndpointDestinationConfiguration": PropertyMap("http_endpoint_configuration", within=_DESTINATION),
            "IcebergDestinationConfiguration": PropertyMap("iceberg_configuration", within=_COMMON),
            "KinesisStreamSourceConfiguration": PropertyMap(
                "kinesis_source_configuration", within={"KinesisStreamARN": PropertyMap("kinesis_stream_arn")}
            ),
            "MSKSourceConfiguration": PropertyMap(
                "msk_source_configuration", within={"MSKClusterARN": PropertyMap("msk_cluster_arn")}
            ),
            "RedshiftDestinationConfiguration": PropertyMap("redshift_configuration", within=_DESTINATION),
            "S3DestinationConfiguration": PropertyMap(""),
            "SnowflakeDestinationConfiguration": PropertyMap("snowflake_configuration", within=_DESTINATION),
            "SplunkDestinationConfiguration": PropertyMap("splunk_configuration", within=_DESTINATION),
        },
        attributes={"arn": "Arn", "id": "Arn", "name": "Ref"},
    ),
}
