"""Amazon API Gateway: HTTP and WebSocket APIs."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_apigatewayv2_api": Translation(
        "AWS::ApiGatewayV2::Api",
        {"Body": Word("body"), "Name": Word("name"), "Target": Word("target")},
        attributes={"id": "Ref"},
    ),
    "aws_apigatewayv2_integration": Translation(
        "AWS::ApiGatewayV2::Integration",
        {
            "ApiId": Word("api_id"),
            "IntegrationUri": Word("integration_uri"),
            "RequestParameters": Word("request_parameters"),
            "RequestTemplates": Word("request_templates"),
        },
        attributes={"id": "Ref"},
    ),
}
