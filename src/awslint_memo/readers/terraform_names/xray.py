"""AWS X-Ray."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_xray_group": Translation(
        "AWS::XRay::Group",
        {
            "GroupName": Word("group_name"),
            "InsightsConfiguration": Word(
                "insights_configuration",
                within={
                    "InsightsEnabled": Word("insights_enabled"),
                    "NotificationsEnabled": Word("notifications_enabled"),
                },
            ),
        },
        attributes={"arn": "GroupARN"},
    ),
    "aws_xray_sampling_rule": Translation(
        "AWS::XRay::SamplingRule",
        {
            "SamplingRule": Word(
                "",
                within={
                    "Attributes": Word("attributes"),
                    "FixedRate": Word("fixed_rate"),
                    "HTTPMethod": Word("http_method"),
                    "Host": Word("host"),
                    "ReservoirSize": Word("reservoir_size"),
                    "ResourceARN": Word("resource_arn"),
                    "RuleName": Word("rule_name"),
                    "ServiceName": Word("service_name"),
                    "ServiceType": Word("service_type"),
                    "URLPath": Word("url_path"),
                },
            ),
        },
        attributes={"arn": "RuleARN"},
    ),
}
