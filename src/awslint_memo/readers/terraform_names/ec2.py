"""Amazon EC2: instances, launch templates, placement groups and volumes."""

from awslint_memo.readers.property_maps import TAGS, PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_instance": TypeMap(
        "AWS::EC2::Instance",
        {"ImageId": PropertyMap("ami"), "Tags": TAGS, "UserData": PropertyMap("user_data")},
        attributes={"id": "Ref", "private_ip": "PrivateIp", "public_ip": "PublicIp"},
    ),
    "aws_launch_template": TypeMap(
        "AWS::EC2::LaunchTemplate",
        {
            "LaunchTemplateData": PropertyMap(
                "",
                within={
                    "HibernationOptions": PropertyMap(
                        "hibernation_options", within={"Configured": PropertyMap("configured")}
                    ),
                    "ImageId": PropertyMap("image_id"),
                    "UserData": PropertyMap("user_data"),
                },
            ),
            "LaunchTemplateName": PropertyMap("name"),
        },
        attributes={
            "default_version": "DefaultVersionNumber",
            "id": "Ref",
            "latest_version": "LatestVersionNumber",
            "name": "LaunchTemplateName",
        },
    ),
    "aws_placement_group": TypeMap(
        "AWS::EC2::PlacementGroup", {"Strategy": PropertyMap("strategy")}, attributes={"id": "Ref", "name": "Ref"}
    ),
    "aws_ebs_volume": TypeMap(
        "AWS::EC2::Volume",
        {"Tags": TAGS},
        attributes={"id": "Ref"},
    ),
    "aws_launch_configuration": TypeMap(
        "AWS::AutoScaling::LaunchConfiguration",
        {"ImageId": PropertyMap("image_id"), "UserData": PropertyMap("user_data")},
        attributes={"id": "Ref", "name": "Ref"},
    ),
}
