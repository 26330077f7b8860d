"""Amazon EC2: what new instances are made of."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_launch_template": Translation(
        "AWS::EC2::LaunchTemplate",
        {
            "LaunchTemplateData": Word(
                "",
                within={
                    "HibernationOptions": Word("hibernation_options", within={"Configured": Word("configured")}),
                    "ImageId": Word("image_id"),
                },
            ),
            "LaunchTemplateName": Word("name"),
        },
        attributes={
            "default_version": "DefaultVersionNumber",
            "id": "Ref",
            "latest_version": "LatestVersionNumber",
            "name": "LaunchTemplateName",
        },
    ),
    "aws_launch_configuration": Translation(
        "AWS::AutoScaling::LaunchConfiguration", {"ImageId": Word("image_id")}, attributes={"id": "Ref", "name": "Ref"}
    ),
}
