"""AWS CodePipeline."""

from awslint_memo.readers.property_maps import Translation, Word

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

_RULE = {
    "Commands": Word("commands"),
    "Configuration": Word("configuration"),
    "Name": Word("name"),
    "RuleTypeId": Word("rule_type_id", within={"Provider": Word("provider")}),
}

_CONDITIONS = {"Conditions": Word("condition", many=True, within={"Rules": Word("rule", many=True, within=_RULE)})}

_STAGE = {
    "Actions": Word("action", within=_ACTION, many=True),
    "BeforeEntry": Word("before_entry", within=_CONDITIONS),
    "Name": Word("name"),
    "OnSuccess": Word("on_success", within=_CONDITIONS),
}

TRANSLATIONS = {
    "aws_codepipeline": Translation(
        "AWS::CodePipeline::Pipeline",
        {
            "DisableInboundStageTransitions": Word(""),
            "Name": Word("name"),
            "Stages": Word("stage", many=True, within=_STAGE),
            "Triggers": Word("trigger", many=True, within={"ProviderType": Word("provider_type")}),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
    "aws_codepipeline_webhook": Translation(
        "AWS::CodePipeline::Webhook",
        {"TargetAction": Word("target_action"), "TargetPipeline": Word("target_pipeline")},
        attributes={"id": "Ref"},
    ),
}
