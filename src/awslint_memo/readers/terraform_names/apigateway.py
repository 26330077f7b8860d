"""Amazon API Gateway: REST APIs."""

from awslint_memo.readers.property_maps import Companion, Translation, Word

TRANSLATIONS = {
    "aws_api_gateway_rest_api": Translation(
        "AWS::ApiGateway::RestApi",
        {
            "Body": Word("body"),
            "BodyS3Location": Word(""),
            "CloneFrom": Word(""),
            "EndpointConfiguration": Word(
                "endpoint_configuration",
                within={"Types": Word("types"), "VpcEndpointIds": Word("vpc_endpoint_ids")},
            ),
            "Name": Word("name"),
            "Parameters": Word("parameters"),
            "Policy": Word("policy"),
        },
        attributes={"id": "Ref", "root_resource_id": "RootResourceId"},
    ),
    "aws_api_gateway_deployment": Translation(
        "AWS::ApiGateway::Deployment",
        {
            "DeploymentCanarySettings": Word("canary_settings", within={"PercentTraffic": Word("percent_traffic")}),
            "RestApiId": Word("rest_api_id"),
            "StageDescription": Word(""),
            "StageName": Word("stage_name"),
        },
        attributes={"id": "Ref"},
        beside={"DependsOn": Word("depends_on")},
    ),
    "aws_api_gateway_stage": Translation(
        "AWS::ApiGateway::Stage",
        {
            "CanarySetting": Word(
                "canary_settings",
                within={"DeploymentId": Word("deployment_id"), "PercentTraffic": Word("percent_traffic")},
            ),
            "DeploymentId": Word("deployment_id"),
            "RestApiId": Word("rest_api_id"),
            "StageName": Word("stage_name"),
            "TracingEnabled": Word("xray_tracing_enabled"),
        },
        attributes={"stage_name": "Ref"},
    ),
    # One that belongs to a method, of which nothing else is asked.
    "aws_api_gateway_integration": Translation(
        "AWS::ApiGateway::Method",
        {
            "Integration": Word("", within={"RequestTemplates": Word("request_templates"), "Uri": Word("uri")}),
            "RestApiId": Word("rest_api_id"),
        },
    ),
    "aws_api_gateway_domain_name": Translation(
        "AWS::ApiGateway::DomainName",
        {"DomainName": Word("domain_name")},
        attributes={
            "cloudfront_domain_name": "DistributionDomainName",
            "cloudfront_zone_id": "DistributionHostedZoneId",
            "domain_name": "Ref",
            "id": "Ref",
            "regional_domain_name": "RegionalDomainName",
            "regional_zone_id": "RegionalHostedZoneId",
        },
    ),
    "aws_api_gateway_base_path_mapping": Translation(
        "AWS::ApiGateway::BasePathMapping",
        {"DomainName": Word("domain_name"), "RestApiId": Word("api_id")},
    ),
}

COMPANIONS = {
    "aws_api_gateway_rest_api_policy": Companion("AWS::ApiGateway::RestApi", "rest_api_id", {"Policy": Word("policy")}),
    "aws_api_gateway_rest_api_put": Companion("AWS::ApiGateway::RestApi", "rest_api_id", {"Body": Word("body")}),
}
