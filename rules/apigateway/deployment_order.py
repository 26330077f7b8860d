"""The deployment of a private API should wait for the API's policy.

Terraform makes what does not name each other in any order. API Gateway refuses to deploy a private API that has no
resource policy yet, so a policy that is a resource of its own must be there first; and a deployment that was made before
the policy changed does not carry it.

What to do: name the aws_api_gateway_rest_api_policy in depends_on of the deployment, or better in its triggers, so that
a new policy is deployed too. A policy written in the aws_api_gateway_rest_api itself is always there in time.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, apis, rule


@rule(
    "apigateway-deployment-order",
    level="warning",
    resource="AWS::ApiGateway::Deployment",
    language="terraform",
    memo="Private は VPC 内で API をホストし、パブリックインターネットを経由せずにプライベートネットワーク内でアクセス可能です",
    aws="apigateway/latest/developerguide/apigateway-private-apis.html",
)
def check(deployment: Resource) -> Iterator[Finding]:
    api = deployment.follow("RestApiId", apis.API)
    if api is None or apis.is_private(api) is not True:
        return
    for policy in apis.policy_resources(api):
        if apis.waits_for(deployment, policy) is False:
            yield deployment.finding(
                deployment,
                f"may be made before {policy}, without which the private API {api.title} can't be deployed; "
                "name it in depends_on or triggers",
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
resource "aws_api_gateway_rest_api" "shop" {
  name   = "shop"
  policy = jsonencode({ Statement = [] })

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
}
---
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
  depends_on  = [aws_api_gateway_rest_api_policy.shop]
}
---
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
  rest_api_id = aws_api_gateway_rest_api_policy.shop.rest_api_id
}
---
variable "type" {}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"

  endpoint_configuration {
    types = [var.type]
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
