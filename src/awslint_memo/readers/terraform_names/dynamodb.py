"""Amazon DynamoDB: tables, their replicas, and global tables of both versions."""

from awslint_memo.model.value import Unknown, Value
from awslint_memo.readers.property_maps import Translation, Word


def _elsewhere(value: Value) -> Value:
    """What the table says that the replica is of, or each table that the global table joins."""
    return Unknown("said of the table elsewhere", value.place)


_OWN_THROUGHPUT = Word(
    "", within={"ReadCapacityUnits": Word("read_capacity"), "WriteCapacityUnits": Word("write_capacity")}
)


def _said_by(argument: str) -> dict[str, Word]:
    """The properties of a global table that another resource gives; `argument` is one that is always written."""
    names = (
        "BillingMode",
        "GlobalSecondaryIndexes",
        "MultiRegionConsistency",
        "StreamSpecification",
        "TableName",
        "WriteProvisionedThroughputSettings",
    )
    return {name: Word(argument, read=_elsewhere) for name in names}


TRANSLATIONS = {
    "aws_dynamodb_table": Translation(
        "AWS::DynamoDB::Table",
        {
            "BillingMode": Word("billing_mode"),
            "GlobalSecondaryIndexes": Word(
                "global_secondary_index",
                many=True,
                within={"IndexName": Word("name"), "ProvisionedThroughput": _OWN_THROUGHPUT},
            ),
            "PointInTimeRecoverySpecification": Word(
                "point_in_time_recovery", within={"PointInTimeRecoveryEnabled": Word("enabled")}
            ),
            "ProvisionedThroughput": _OWN_THROUGHPUT,
            "StreamSpecification": Word("", within={"StreamViewType": Word("stream_view_type")}),
            "TableName": Word("name"),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref", "stream_arn": "StreamArn"},
        beside={
            "Replicas": Word(
                "replica",
                many=True,
                within={
                    "ConsistencyMode": Word("consistency_mode"),
                    "PointInTimeRecoverySpecification": Word(
                        "", within={"PointInTimeRecoveryEnabled": Word("point_in_time_recovery")}
                    ),
                    "Region": Word("region_name"),
                },
            ),
            "StreamEnabled": Word("stream_enabled"),
        },
    ),
    # One more replica of a table: a global table of which nothing else is said here.
    "aws_dynamodb_table_replica": Translation(
        "AWS::DynamoDB::GlobalTable",
        {
            **_said_by("global_table_arn"),
            "Replicas": Word(
                "",
                within={
                    "PointInTimeRecoverySpecification": Word(
                        "", within={"PointInTimeRecoveryEnabled": Word("point_in_time_recovery")}
                    ),
                    "Region": Word("region"),
                },
            ),
        },
        attributes={"arn": "Arn"},
        beside={"ReplicaOf": Word("global_table_arn")},
    ),
    "aws_dynamodb_global_table": Translation(
        "AWS::DynamoDB::GlobalTable",
        {
            **_said_by("name"),
            "Replicas": Word(
                "replica",
                many=True,
                within={
                    "PointInTimeRecoverySpecification": Word("region_name", read=_elsewhere),
                    "Region": Word("region_name"),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref"},
        beside={"JoinsTables": Word("name")},
    ),
}
