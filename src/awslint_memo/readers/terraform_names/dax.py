"""DynamoDB Accelerator (DAX)."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_dax_cluster": Translation(
        "AWS::DAX::Cluster",
        {"AvailabilityZones": Word("availability_zones"), "ReplicationFactor": Word("replication_factor")},
        attributes={"arn": "Arn"},
    ),
}
