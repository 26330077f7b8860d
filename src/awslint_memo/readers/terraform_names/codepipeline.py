"""AWS CodePipeline."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_ACTION = {
    "ActionTypeId": PropertyMap(
        "",
        within={
            "Category": PropertyMap("category"),
            "Owner": PropertyMap("owner"),
            "Provider": PropertyMap("provider"),
            "Version": PropertyMap("version"),
        },
    ),
    "Commands": PropertyMap("commands"),
    "Configuration": PropertyMap("configuration"),
    "Name": PropertyMap("name"),
    "RunOrder": PropertyMap("run_order"),
}

_RULE = {
    "Commands": PropertyMap("commands"),
    "Configuration": PropertyMap("configuration"),
    "Name": PropertyMap("name"),
    "RuleTypeId": PropertyMap("rule_type_id", within={"Provider": PropertyMap("provider")}),
}

_CONDITIONS = {
    "Conditions": PropertyMap("condition", many=True, within={"Rules": PropertyMap("rule", many=True, within=_RULE)})
}

_STAGE = {
    "Actions": PropertyMap("action", within=_ACTION, many=True),
    "BeforeEntry": PropertyMap("before_entry", within=_CONDITIONS),
    "Name": PropertyMap("name"),
    "OnSuccess": PropertyMap("on_success", within=_CONDITIONS),
}

TYPE_MAPS = {
    "aws_codepipeline": TypeMap(
        "AWS::CodePipeline::Pipeline",
        {
            "DisableInboundStageTransitions": PropertyMap(""),
            "Name": PropertyMap("name"),
            "Stages": PropertyMap("stage", many=True, within=_STAGE),
            "Triggers": PropertyMap("trigger", many=True, within={"ProviderType": PropertyMap("provider_type")}),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
    "aws_codepipeline_webhook": TypeMap(
        "AWS::CodePipeline::Webhook",
        {"TargetAction": PropertyMap("target_action"), "TargetPipeline": PropertyMap("target_pipeline")},
        attributes={"id": "Ref"},
    ),
}
