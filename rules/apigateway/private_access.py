"""A private API should have a resource policy and VPC endpoints.

API Gateway does not deploy a private API without a resource policy, and rejects VPC endpoint ids for an API that is not
private.

What to do: add a Policy (Terraform: aws_api_gateway_rest_api_policy) that allows the VPC endpoints. Those listed in
EndpointConfiguration.VpcEndpointIds get Route 53 aliases too, which callers need where private DNS is off.
"""

from awslint_memo import Findings, Resource, apis, rule


@rule(
    level="error",
    resource="AWS::ApiGateway::RestApi",
    memo="Private は VPC 内で API をホストし、パブリックインターネットを経由せずにプライベートネットワーク内でアクセス可能です",
    aws="apigateway/latest/developerguide/apigateway-private-apis.html",
)
def check(api: Resource) -> Findings:
    private = apis.is_private(api)
    types, endpoints = apis.endpoint_types(api), api.get("EndpointConfiguration.VpcEndpointIds")
    if private is True and apis.has_policy(api) is False:
        message = "has the endpoint type PRIVATE but no resource policy, so it can't be deployed"
        yield api.finding(types, message, do="add a policy that allows its VPC endpoints")
    elif private is False and endpoints.items and not endpoints.is_unknown:
        kind = " and ".join(f"{item.text}{item.note}" for item in types.items) or "EDGE (default)"
        message = f"is set, but the endpoint type is {kind}, and only a PRIVATE API can have VPC endpoints; remove it"
        yield api.finding(endpoints, message, of="EndpointConfiguration.VpcEndpointIds")


BAD = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, EndpointConfiguration: {Types: [PRIVATE], VpcEndpointIds: [vpce-1]}}}
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
  Shared: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, Policy: {Statement: []}, EndpointConfiguration: {Types: [PRIVATE]}}}
  Elsewhere: {Type: AWS::ApiGateway::RestApi, Properties: {BodyS3Location: {Bucket: b, Key: k}, EndpointConfiguration: {Types: [PRIVATE]}}}
  Unknown: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, EndpointConfiguration: {Types: [!Ref Type], VpcEndpointIds: [vpce-1]}}}
  Written: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Policy: {Statement: []}, EndpointConfiguration: {Type: PRIVATE, VPCEndpointIds: [vpce-1]}}}
  Sam: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Auth: {ResourcePolicy: {SourceVpcWhitelist: [vpce-1]}}, EndpointConfiguration: {Type: PRIVATE, VPCEndpointIds: [vpce-1]}}}
  Orders: {Type: AWS::Serverless::Function, Properties: {Events: {Get: {Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref Sam}}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Events: {Get: {Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref Inner, Auth: {ResourcePolicy: {SourceVpcWhitelist: [vpce-1]}}}}}}}
  Inner: {Type: AWS::Serverless::Api, Properties: {StageName: v1, EndpointConfiguration: {Type: PRIVATE, VPCEndpointIds: [vpce-1]}}}
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
