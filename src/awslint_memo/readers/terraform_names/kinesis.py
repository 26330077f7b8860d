"""Amazon Kinesis Data Streams, and Kinesis Data Analytics with its successor for Apache Flink."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_kinesis_stream": TypeMap(
        "AWS::Kinesis::Stream",
        {
            "Name": PropertyMap("name"),
            "RetentionPeriodHours": PropertyMap("retention_period"),
            "ShardCount": PropertyMap("shard_count"),
            "StreamModeDetails": PropertyMap("stream_mode_details", within={"StreamMode": PropertyMap("stream_mode")}),
        },
        attributes={"arn": "Arn", "id": "Arn", "name": "Ref"},
    ),
    "aws_kinesis_stream_consumer": TypeMap(
        "AWS::Kinesis::StreamConsumer",
        {"ConsumerName": PropertyMap("name"), "StreamARN": PropertyMap("stream_arn")},
        attributes={"arn": "ConsumerARN", "id": "ConsumerARN"},
    ),
    "aws_kinesis_analytics_application": TypeMap("AWS::KinesisAnalytics::Application", {}),
    "aws_kinesisanalyticsv2_application": TypeMap(
        "AWS::KinesisAnalyticsV2::Application",
        {
            "ApplicationConfiguration": PropertyMap(
                "application_configuration",
                within={
                    "ApplicationSnapshotConfiguration": PropertyMap(
                        "application_snapshot_configuration",
                        within={"SnapshotsEnabled": PropertyMap("snapshots_enabled")},
                    ),
                    "FlinkApplicationConfiguration": PropertyMap(
                        "flink_application_configuration",
                        within={
                            "CheckpointConfiguration": PropertyMap(
                                "checkpoint_configuration",
                                within={
                                    "CheckpointingEnabled": PropertyMap("checkpointing_enabled"),
                                    "ConfigurationType": PropertyMap("configuration_type"),
                                },
                            ),
                            "ParallelismConfiguration": PropertyMap(
                                "parallelism_configuration",
                                within={
                                    "AutoScalingEnabled": PropertyMap("auto_scaling_enabled"),
                                    "ConfigurationType": PropertyMap("configuration_type"),
                                },
                            ),
                        },
                    ),
                },
            ),
            "RuntimeEnvironment": PropertyMap("runtime_environment"),
        },
        attributes={"name": "Ref"},
    ),
}
