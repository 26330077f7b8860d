"""DynamoDB Accelerator (DAX)."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_dax_cluster": TypeMap(
        "AWS::DAX::Cluster",
        {
            "AvailabilityZones": PropertyMap("availability_zones"),
            "ReplicationFactor": PropertyMap("replication_factor"),
        },
        attributes={"arn": "Arn"},
    ),
}
