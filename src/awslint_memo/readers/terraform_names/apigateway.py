"""Amazon API Gateway: REST APIs."""

from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_api_gateway_rest_api": TypeMap(
        "AWS::ApiGateway::RestApi",
        {
            "Body": PropertyMap("body"),
            "BodyS3Location": PropertyMap(""),
            "CloneFrom": PropertyMap(""),
            "EndpointConfiguration": PropertyMap(
                "endpoint_configuration",
                within={"Types": PropertyMap("types"), "VpcEndpointIds": PropertyMap("vpc_endpoint_ids")},
            ),
            "Name": PropertyMap("name"),
            "Parameters": PropertyMap("parameters"),
            "Policy": PropertyMap("policy"),
        },
        attributes={"id": "Ref", "root_resource_id": "RootResourceId"},
    ),
    "aws_api_gateway_deployment": TypeMap(
        "AWS::ApiGateway::Deployment",
        {
            "DeploymentCanarySettings": PropertyMap(
                "canary_settings", within={"PercentTraffic": PropertyMap("percent_traffic")}
            ),
            "RestApiId": PropertyMap("rest_api_id"),
            "StageDescription": PropertyMap(""),
            "StageName": PropertyMap("stage_name"),
        },
        attributes={"id": "Ref"},
        beside={"DependsOn": PropertyMap("depends_on")},
    ),
    "aws_api_gateway_stage": TypeMap(
        "AWS::ApiGateway::Stage",
        {
            "CanarySetting": PropertyMap(
                "canary_settings",
                within={"DeploymentId": PropertyMap("deployment_id"), "PercentTraffic": PropertyMap("percent_traffic")},
            ),
            "DeploymentId": PropertyMap("deployment_id"),
            "RestApiId": PropertyMap("rest_api_id"),
            "StageName": PropertyMap("stage_name"),
            "TracingEnabled": PropertyMap("xray_tracing_enabled"),
        },
        attributes={"stage_name": "Ref"},
    ),
    # An integration is part of a method in CloudFormation; rules need nothing else of the method.
    "aws_api_gateway_integration": TypeMap(
        "AWS::ApiGateway::Method",
        {
            "Integration": PropertyMap(
                "", within={"RequestTemplates": PropertyMap("request_templates"), "Uri": PropertyMap("uri")}
            ),
            "RestApiId": PropertyMap("rest_api_id"),
        },
    ),
    "aws_api_gateway_domain_name": TypeMap(
        "AWS::ApiGateway::DomainName",
        {"DomainName": PropertyMap("domain_name")},
        attributes={
            "cloudfront_domain_name": "DistributionDomainName",
            "cloudfront_zone_id": "DistributionHostedZoneId",
            "domain_name": "Ref",
            "id": "Ref",
            "regional_domain_name": "RegionalDomainName",
            "regional_zone_id": "RegionalHostedZoneId",
        },
    ),
    "aws_api_gateway_base_path_mapping": TypeMap(
        "AWS::ApiGateway::BasePathMapping",
        {"DomainName": PropertyMap("domain_name"), "RestApiId": PropertyMap("api_id")},
    ),
}

COMPANIONS = {
    "aws_api_gateway_rest_api_policy": Companion(
        "AWS::ApiGateway::RestApi", "rest_api_id", {"Policy": PropertyMap("policy")}
    ),
    "aws_api_gateway_rest_api_put": Companion("AWS::ApiGateway::RestApi", "rest_api_id", {"Body": PropertyMap("body")}),
}
