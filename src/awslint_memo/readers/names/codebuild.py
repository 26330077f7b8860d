"""AWS CodeBuild."""

from awslint_memo.readers.words import Translation, Word

TRANSLATIONS = {
    "aws_codebuild_project": Translation(
        "AWS::CodeBuild::Project",
        {
            "Name": Word("name"),
            "Source": Word("source", within={"BuildSpec": Word("buildspec"), "Type": Word("type")}),
        },
        attributes={"arn": "Arn", "id": "Arn", "name": "Ref"},
    ),
}
