"""Amazon EKS: the node groups of clusters."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_eks_node_group": TypeMap(
        "AWS::EKS::Nodegroup",
        {
            "ScalingConfig": PropertyMap(
                "scaling_config",
                within={
                    "DesiredSize": PropertyMap("desired_size"),
                    "MaxSize": PropertyMap("max_size"),
                    "MinSize": PropertyMap("min_size"),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Id"},
    ),
}
