"""Amazon EKS: clusters, their node groups, and what runs on Fargate."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_eks_cluster": TypeMap(
        "AWS::EKS::Cluster", {"Name": PropertyMap("name")}, attributes={"arn": "Arn", "id": "Ref", "name": "Ref"}
    ),
    "aws_eks_fargate_profile": TypeMap(
        "AWS::EKS::FargateProfile", {"ClusterName": PropertyMap("cluster_name")}, attributes={"arn": "Arn"}
    ),
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
