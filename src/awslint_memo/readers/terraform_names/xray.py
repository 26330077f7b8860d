"""AWS X-Ray."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_xray_group": TypeMap(
        "AWS::XRay::Group",
        {
            "GroupName": PropertyMap("group_name"),
            "InsightsConfiguration": PropertyMap(
                "insights_configuration",
                within={
                    "InsightsEnabled": PropertyMap("insights_enabled"),
                    "NotificationsEnabled": PropertyMap("notifications_enabled"),
                },
            ),
        },
        attributes={"arn": "GroupARN"},
    ),
    "aws_xray_sampling_rule": TypeMap(
        "AWS::XRay::SamplingRule",
        {
            "SamplingRule": PropertyMap(
                "",
                within={
                    "Attributes": PropertyMap("attributes"),
                    "FixedRate": PropertyMap("fixed_rate"),
                    "HTTPMethod": PropertyMap("http_method"),
                    "Host": PropertyMap("host"),
                    "ReservoirSize": PropertyMap("reservoir_size"),
                    "ResourceARN": PropertyMap("resource_arn"),
                    "RuleName": PropertyMap("rule_name"),
                    "ServiceName": PropertyMap("service_name"),
                    "ServiceType": PropertyMap("service_type"),
                    "URLPath": PropertyMap("url_path"),
                },
            ),
        },
        attributes={"arn": "RuleARN"},
    ),
}
