"""Amazon Redshift: clusters, the copies of their snapshots, and namespaces of Redshift Serverless."""

from awslint_memo.readers.property_maps import TAGS, Companion, PropertyMap, TypeMap

_CLUSTER = "AWS::Redshift::Cluster"

TYPE_MAPS = {
    "aws_redshift_cluster": TypeMap(
        _CLUSTER,
        {
            "AutomatedSnapshotRetentionPeriod": PropertyMap("automated_snapshot_retention_period", default=1),
            "ClusterIdentifier": PropertyMap("cluster_identifier"),
            # Older versions of the provider have a block instead of a resource of its own.
            "DestinationRegion": PropertyMap("snapshot_copy.destination_region"),
            "MultiAZ": PropertyMap("multi_az"),
            "NodeType": PropertyMap("node_type"),
            "SnapshotIdentifier": PropertyMap("snapshot_identifier"),
            "Tags": TAGS,
        },
        attributes={"cluster_identifier": "Ref", "id": "Ref"},
    ),
    "aws_redshiftserverless_namespace": TypeMap(
        "AWS::RedshiftServerless::Namespace",
        {
            "SnapshotCopyConfigurations": PropertyMap(""),
            "Tags": TAGS,
        },
        attributes={"arn": "Namespace.NamespaceArn", "id": "Ref", "namespace_name": "Ref"},
    ),
}

COMPANIONS = {
    "aws_redshift_snapshot_copy": Companion(
        _CLUSTER, "cluster_identifier", {"DestinationRegion": PropertyMap("destination_region")}
    ),
    # It has no equivalent, but what it belongs to knows it as a companion.
    "aws_redshift_snapshot_schedule_association": Companion(_CLUSTER, "cluster_identifier", {}),
}
