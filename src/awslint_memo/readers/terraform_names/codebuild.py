"""AWS CodeBuild."""

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import Companion, Translation, Word


def _is_there(project: Value) -> Value:
    """A webhook is switched on by being there."""
    return Known(True, project.place)


TRANSLATIONS = {
    "aws_codebuild_project": Translation(
        "AWS::CodeBuild::Project",
        {
            "Environment": Word(
                "environment",
                within={
                    "EnvironmentVariables": Word(
                        "environment_variable", many=True, within={"Name": Word("name"), "Value": Word("value")}
                    )
                },
            ),
            "Name": Word("name"),
            "Source": Word("source", within={"BuildSpec": Word("buildspec"), "Type": Word("type")}),
            "Triggers": Word(""),
        },
        attributes={"arn": "Arn", "id": "Arn", "name": "Ref"},
    ),
}

COMPANIONS = {
    "aws_codebuild_webhook": Companion(
        "AWS::CodeBuild::Project",
        "project_name",
        {"Triggers": Word("", within={"Webhook": Word("project_name", read=_is_there)})},
    ),
}
