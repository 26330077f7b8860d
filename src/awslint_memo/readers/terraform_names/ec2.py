"""Amazon EC2: launch templates."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
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
        settings={"ignore_changes": PropertyMap("lifecycle.ignore_changes")},
    ),
    "aws_launch_configuration": TypeMap(
        "AWS::AutoScaling::LaunchConfiguration",
        {"ImageId": PropertyMap("image_id")},
        attributes={"id": "Ref", "name": "Ref"},
    ),
}
