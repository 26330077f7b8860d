"""Amazon DynamoDB: tables, their replicas, and global tables of both versions."""

from awslint_memo.model.value import Unknown, Value
from awslint_memo.readers.property_maps import TAGS, Companion, PropertyMap, TypeMap


def _elsewhere(value: Value) -> Value:
    """A property that is configured in another resource: the replica's table, or each table of the global table."""
    return Unknown("said of the table elsewhere", value.place)


_OWN_THROUGHPUT = PropertyMap(
    "", within={"ReadCapacityUnits": PropertyMap("read_capacity"), "WriteCapacityUnits": PropertyMap("write_capacity")}
)


_REPLICA_RECOVERY = {
    "PointInTimeRecoveryEnabled": PropertyMap("point_in_time_recovery"),
    "RecoveryPeriodInDays": PropertyMap(""),
}
"""What Terraform says of a replica's recovery: no number of days."""


def _configured_by(argument: str) -> dict[str, PropertyMap]:
    """The properties of a global table that another resource configures; `argument` is one that is always set."""
    names = (
        "BillingMode",
        "GlobalSecondaryIndexes",
        "MultiRegionConsistency",
        "StreamSpecification",
        "TableName",
        "WriteProvisionedThroughputSettings",
    )
    maps = {name: PropertyMap(argument, read=_elsewhere) for name in names}
    return {**maps, "GlobalTableSourceArn": PropertyMap("")}


TYPE_MAPS = {
    "aws_dynamodb_table": TypeMap(
        "AWS::DynamoDB::Table",
        {
            "BillingMode": PropertyMap("billing_mode"),
            "GlobalSecondaryIndexes": PropertyMap(
                "global_secondary_index",
                many=True,
                within={"IndexName": PropertyMap("name"), "ProvisionedThroughput": _OWN_THROUGHPUT},
            ),
            "PointInTimeRecoverySpecification": PropertyMap(
                "point_in_time_recovery",
                within={
                    "PointInTimeRecoveryEnabled": PropertyMap("enabled"),
                    "RecoveryPeriodInDays": PropertyMap("recovery_period_in_days"),
                },
            ),
            "ProvisionedThroughput": _OWN_THROUGHPUT,
            "StreamSpecification": PropertyMap("", within={"StreamViewType": PropertyMap("stream_view_type")}),
            "TableName": PropertyMap("name"),
            "Tags": TAGS,
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref", "stream_arn": "StreamArn"},
        settings={
            "replicas": PropertyMap(
                "replica",
                many=True,
                within={
                    "ConsistencyMode": PropertyMap("consistency_mode"),
                    "PointInTimeRecoverySpecification": PropertyMap("", within=_REPLICA_RECOVERY),
                    "Region": PropertyMap("region_name"),
                },
            ),
            "stream_enabled": PropertyMap("stream_enabled"),
        },
    ),
    # An additional replica of a table: a global table whose other properties are configured elsewhere.
    "aws_dynamodb_table_replica": TypeMap(
        "AWS::DynamoDB::GlobalTable",
        {
            **_configured_by("global_table_arn"),
            "Replicas": PropertyMap(
                "",
                within={
                    "PointInTimeRecoverySpecification": PropertyMap("", within=_REPLICA_RECOVERY),
                    "Region": PropertyMap("region"),
                },
            ),
        },
        attributes={"arn": "Arn"},
        settings={"replica_of": PropertyMap("global_table_arn")},
    ),
    "aws_dynamodb_global_table": TypeMap(
        "AWS::DynamoDB::GlobalTable",
        {
            **_configured_by("name"),
            "Replicas": PropertyMap(
                "replica",
                many=True,
                within={
                    "PointInTimeRecoverySpecification": PropertyMap("region_name", read=_elsewhere),
                    "Region": PropertyMap("region_name"),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref"},
        settings={"joined_tables": PropertyMap("name")},
    ),
}

COMPANIONS = {
    "aws_dynamodb_global_secondary_index": Companion(
        "AWS::DynamoDB::Table",
        "table_name",
        {
            "IndexName": PropertyMap("index_name"),
            "ProvisionedThroughput": PropertyMap(
                "provisioned_throughput",
                within={
                    "ReadCapacityUnits": PropertyMap("read_capacity_units"),
                    "WriteCapacityUnits": PropertyMap("write_capacity_units"),
                },
            ),
        },
        into="GlobalSecondaryIndexes",
    ),
}
