"""Amazon API Gateway: HTTP and WebSocket APIs."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_apigatewayv2_api": TypeMap(
        "AWS::ApiGatewayV2::Api",
        {
            "Body": PropertyMap("body"),
            "Name": PropertyMap("name"),
            "ProtocolType": PropertyMap("protocol_type"),
            "Target": PropertyMap("target"),
        },
        attributes={"id": "Ref"},
    ),
    "aws_apigatewayv2_integration": TypeMap(
        "AWS::ApiGatewayV2::Integration",
        {
            "ApiId": PropertyMap("api_id"),
            "IntegrationUri": PropertyMap("integration_uri"),
            "RequestParameters": PropertyMap("request_parameters"),
            "RequestTemplates": PropertyMap("request_templates"),
        },
        attributes={"id": "Ref"},
    ),
}
