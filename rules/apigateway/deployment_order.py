"""The deployment of a private API should depend on the API's resource policy.

Terraform creates resources that do not refer to each other in any order. API Gateway does not deploy a private API
without a resource policy, so a policy that is a resource of its own must be created first; and a change of the policy
takes effect only with a new deployment.

What to do: add the aws_api_gateway_rest_api_policy to depends_on of the deployment, or better to its triggers, so that a
changed policy is deployed too. A policy in the aws_api_gateway_rest_api itself always exists in time.
"""

from awslint_memo import Findings, Resource, apis, rule


@rule(
    level="warning",
    resource="AWS::ApiGateway::Deployment",
    language="terraform",
    memo="Private は VPC 内で API をホストし、パブリックインターネットを経由せずにプライベートネットワーク内でアクセス可能です",
    aws="apigateway/latest/developerguide/apigateway-private-apis.html",
)
def check(deployment: Resource) -> Findings:
    api = deployment.follow("RestApiId", apis.API)
    if api is None or apis.is_private(api) is not True:
        return
    for policy in apis.policy_resources(api):
        if apis.waits_for(deployment, policy) is False:
            yield deployment.finding(
                deployment,
                f"does not depend on {policy}, but the private API can't be deployed before its policy exists",
                do="add the policy to depends_on or triggers",
                related=[(api.get("Policy"), "the policy")],
            )


BAD = """
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_rest_api_policy" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  policy      = jsonencode({ Statement = [] })
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
}
"""

GOOD = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, Policy: {Statement: []}, EndpointConfiguration: {Types: [PRIVATE]}}}
  Deployment: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api}}
---
variable "type" {}

resource "aws_api_gateway_rest_api" "inline" {
  policy = jsonencode({ Statement = [] })

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_deployment" "inline" {
  rest_api_id = aws_api_gateway_rest_api.inline.id
}

resource "aws_api_gateway_rest_api" "shop" {
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_rest_api_policy" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  policy      = jsonencode({ Statement = [] })
}

resource "aws_api_gateway_deployment" "waits" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  depends_on  = [aws_api_gateway_rest_api_policy.shop]
}

resource "aws_api_gateway_deployment" "refers" {
  rest_api_id = aws_api_gateway_rest_api_policy.shop.rest_api_id
}

resource "aws_api_gateway_rest_api" "unknown" {
  endpoint_configuration {
    types = [var.type]
  }
}

resource "aws_api_gateway_rest_api_policy" "unknown" {
  rest_api_id = aws_api_gateway_rest_api.unknown.id
  policy      = jsonencode({ Statement = [] })
}

resource "aws_api_gateway_deployment" "unknown" {
  rest_api_id = aws_api_gateway_rest_api.unknown.id
}
"""
