"""Application Auto Scaling: what changes the number of replicas, shards or units of another resource."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_appautoscaling_target": TypeMap(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        {
            "MaxCapacity": PropertyMap("max_capacity"),
            "MinCapacity": PropertyMap("min_capacity"),
            "ResourceId": PropertyMap("resource_id"),
            "ScalableDimension": PropertyMap("scalable_dimension"),
        },
        attributes={"id": "Ref"},
    ),
}
