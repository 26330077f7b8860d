"""AWS CodeBuild."""

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap


def _is_there(project: Value) -> Value:
    """Convert the presence of the resource to true: a webhook is enabled if it exists."""
    return Known(True, project.place)


TYPE_MAPS = {
    "aws_codebuild_project": TypeMap(
        "AWS::CodeBuild::Project",
        {
            "Environment": PropertyMap(
                "environment",
                within={
                    "EnvironmentVariables": PropertyMap(
                        "environment_variable",
                        many=True,
                        within={"Name": PropertyMap("name"), "Value": PropertyMap("value")},
                    )
                },
            ),
            "Name": PropertyMap("name"),
            "Source": PropertyMap(
                "source", within={"BuildSpec": PropertyMap("buildspec"), "Type": PropertyMap("type")}
            ),
            "Triggers": PropertyMap(""),
        },
        attributes={"arn": "Arn", "id": "Arn", "name": "Ref"},
    ),
}

COMPANIONS = {
    "aws_codebuild_webhook": Companion(
        "AWS::CodeBuild::Project",
        "project_name",
        {"Triggers": PropertyMap("", within={"Webhook": PropertyMap("project_name", read=_is_there)})},
    ),
}
