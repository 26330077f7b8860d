"""Amazon Kinesis Data Streams, and Kinesis Data Analytics with its successor for Apache Flink."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_kinesis_stream": Translation(
        "AWS::Kinesis::Stream",
        {
            "Name": Word("name"),
            "RetentionPeriodHours": Word("retention_period"),
            "ShardCount": Word("shard_count"),
            "StreamModeDetails": Word("stream_mode_details", within={"StreamMode": Word("stream_mode")}),
        },
        attributes={"arn": "Arn", "id": "Arn", "name": "Ref"},
    ),
    "aws_kinesis_stream_consumer": Translation(
        "AWS::Kinesis::StreamConsumer",
        {"ConsumerName": Word("name"), "StreamARN": Word("stream_arn")},
        attributes={"arn": "ConsumerARN", "id": "ConsumerARN"},
    ),
    "aws_kinesis_analytics_application": Translation("AWS::KinesisAnalytics::Application", {}),
    "aws_kinesisanalyticsv2_application": Translation(
        "AWS::KinesisAnalyticsV2::Application",
        {
            "ApplicationConfiguration": Word(
                "application_configuration",
                within={
                    "ApplicationSnapshotConfiguration": Word(
                        "application_snapshot_configuration", within={"SnapshotsEnabled": Word("snapshots_enabled")}
                    ),
                    "FlinkApplicationConfiguration": Word(
                        "flink_application_configuration",
                        within={
                            "CheckpointConfiguration": Word(
                                "checkpoint_configuration",
                                within={
                                    "CheckpointingEnabled": Word("checkpointing_enabled"),
                                    "ConfigurationType": Word("configuration_type"),
                                },
                            ),
                            "ParallelismConfiguration": Word(
                                "parallelism_configuration",
                                within={
                                    "AutoScalingEnabled": Word("auto_scaling_enabled"),
                                    "ConfigurationType": Word("configuration_type"),
                                },
                            ),
                        },
                    ),
                },
            ),
            "RuntimeEnvironment": Word("runtime_environment"),
        },
        attributes={"name": "Ref"},
    ),
}
