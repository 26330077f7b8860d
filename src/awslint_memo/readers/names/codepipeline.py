"""AWS CodePipeline."""

from awslint_memo.readers.words import Translation, Word

_ACTION = {
    "ActionTypeId": Word(
        "",
        within={
            "Category": Word("category"),
            "Owner": Word("owner"),
            "Provider": Word("provider"),
            "Version": Word("version"),
        },
    ),
    "Commands": Word(""),
    "Configuration": Word("configuration"),
    "Name": Word("name"),
    "RunOrder": Word("run_order"),
}

TRANSLATIONS = {
    "aws_codepipeline": Translation(
        "AWS::CodePipeline::Pipeline",
        {
            "Name": Word("name"),
            "Stages": Word(
                "stage",
                many=True,
                within={"Actions": Word("action", within=_ACTION, many=True), "Name": Word("name")},
            ),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
