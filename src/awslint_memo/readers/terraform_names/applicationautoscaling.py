"""Application Auto Scaling: what changes the number of replicas, shards or units of another resource."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_appautoscaling_target": Translation(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        {
            "MaxCapacity": Word("max_capacity"),
            "MinCapacity": Word("min_capacity"),
            "ResourceId": Word("resource_id"),
            "ScalableDimension": Word("scalable_dimension"),
        },
        attributes={"id": "Ref"},
    ),
}
