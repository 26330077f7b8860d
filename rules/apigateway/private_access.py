"""A private API should have a resource policy and its VPC endpoints; others can have none.

API Gateway does not deploy a private API without a resource policy, and refuses VPC endpoints for an API that is not
private. With them it makes a name in Route 53 by which the VPC reaches the API, whatever its DNS settings.

What to do: give the API a Policy (Terraform: aws_api_gateway_rest_api_policy) that lets in the VPC endpoints, and name
them in EndpointConfiguration.VpcEndpointIds.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, apis, rule


@rule(
    "apigateway-private-access",
    level="error",
    resource="AWS::ApiGateway::RestApi",
    memo="Private は VPC 内で API をホストし、パブリックインターネットを経由せずにプライベートネットワーク内でアクセス可能です",
    aws="apigateway/latest/developerguide/apigateway-private-apis.html",
)
def check(api: Resource) -> Iterator[Finding]:
    private = apis.is_private(api)
    types, endpoints = apis.endpoint_types(api), api.get("EndpointConfiguration.VpcEndpointIds")
    if private is True and apis.has_policy(api) is False:
        yield api.finding(types, "is private but has no resource policy, so it can't be deployed; give it a Policy")
    elif private is True and apis.has_endpoints(api) is False:
        message = "is private but names no VPC endpoint, so API Gateway makes no name for it in Route 53"
        yield api.finding(types, f"{message}; set EndpointConfiguration.VpcEndpointIds", level="advice")
    elif private is False and endpoints.items and not endpoints.is_unknown:
        kind = " and ".join(item.text or "" for item in types.items) or "EDGE, the default"
        message = (
            f"names VPC endpoints but is {kind}, and only a private API has them; leave them out or make it PRIVATE"
        )
        yield api.finding(endpoints, message)


BAD = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, EndpointConfiguration: {Types: [PRIVATE], VpcEndpointIds: [vpce-1]}}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, Policy: {Statement: []}, EndpointConfiguration: {Types: [PRIVATE]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: v1, EndpointConfiguration: {Type: PRIVATE, VPCEndpointIds: [vpce-1]}}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, EndpointConfiguration: {Types: [REGIONAL], VpcEndpointIds: [vpce-1]}}}
---
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"

  endpoint_configuration {
    types            = ["PRIVATE"]
    vpc_endpoint_ids = ["vpce-1"]
  }
}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Type: {Type: String}}
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, Policy: {Statement: []}, EndpointConfiguration: {Types: [PRIVATE], VpcEndpointIds: [vpce-1]}}}
  Body:
    Type: AWS::ApiGateway::RestApi
    Properties: {Body: {x-amazon-apigateway-policy: {Statement: []}, servers: [{x-amazon-apigateway-endpoint-configuration: {vpcEndpointIds: [vpce-1]}}]}, Parameters: {endpointConfigurationTypes: PRIVATE}}
  Elsewhere: {Type: AWS::ApiGateway::RestApi, Properties: {BodyS3Location: {Bucket: b, Key: k}, EndpointConfiguration: {Types: [PRIVATE]}}}
  Unknown: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, EndpointConfiguration: {Types: [!Ref Type], VpcEndpointIds: [vpce-1]}}}
  Sam: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Auth: {ResourcePolicy: {SourceVpcWhitelist: [vpce-1]}}, EndpointConfiguration: {Type: PRIVATE, VPCEndpointIds: [vpce-1]}}}
---
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"

  endpoint_configuration {
    types            = ["PRIVATE"]
    vpc_endpoint_ids = ["vpce-1"]
  }
}

resource "aws_api_gateway_rest_api_policy" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  policy      = jsonencode({ Statement = [] })
}
"""
