"""The deployment of an API should change with the API's methods.

API Gateway serves what was deployed. Terraform makes a new deployment only where an argument of the deployment changes;
without triggers, later changes of methods and integrations are applied and never served. A description that stays the same changes
nothing either; one with a number may be written anew for each release.

What to do: set triggers to a hash of what is deployed, such as redeployment = sha1(jsonencode([…])), with
create_before_destroy.
"""

from awslint_memo import Findings, Resource, api_stages, rule


@rule(
    level="warning",
    since="0.2",
    resource=("AWS::ApiGateway::Deployment", "AWS::ApiGatewayV2::Deployment"),
    language="terraform",
    memo="あるステージに対して Canary ステージを定義するとデプロイ操作がいったん",
    aws="apigateway/latest/developerguide/how-to-deploy-api.html",
)
def check(deployment: Resource) -> Findings:
    is_rest = deployment.type == "AWS::ApiGateway::Deployment"
    # Any of them may hold a hash of what is deployed.
    settings = [deployment.terraform.triggers, deployment.terraform.replace_triggered_by]
    description = deployment.get("Description")
    stays = description.is_literal and not any(map(str.isdigit, description.text or "0"))
    is_fixed = (description.is_absent or stays) and all(
        value.is_absent for value in (*settings, deployment.terraform.variables)
    )
    # Where an API has several, each release may be a resource of its own.
    every = deployment.deployment.of_type(deployment.type)
    path = "RestApiId" if is_rest else "ApiId"
    is_only = not any(
        other is not deployment and other.get(path).is_same_as(deployment.get(path)) is not False for other in every
    )
    if (
        is_fixed
        and is_only
        and not api_stages.is_left_to_others(deployment)
        and (is_rest or is_deployed_by_hand(deployment))
    ):
        message = "has no triggers, so later changes of the API are not deployed"
        yield deployment.finding(
            deployment, message, do="set triggers to a hash of the methods and integrations, with create_before_destroy"
        )


def is_deployed_by_hand(deployment: Resource) -> bool:
    """Whether a stage of the same API is surely not deployed by itself."""
    stages = deployment.deployment.of_type("AWS::ApiGatewayV2::Stage")
    its = [stage for stage in stages if stage.get("ApiId").is_same_as(deployment.get("ApiId")) is True]
    return bool(its) and all(stage.get("AutoDeploy").flag is False for stage in its)


BAD = """
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  depends_on  = [aws_api_gateway_rest_api.shop]
}
---
resource "aws_api_gateway_rest_api" "stock" {
  name = "stock"
}

resource "aws_api_gateway_deployment" "stock" {
  rest_api_id = aws_api_gateway_rest_api.stock.id
  description = "Stock of the warehouses"

  lifecycle {
    create_before_destroy = true
  }
}
---
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "live" {
  api_id = aws_apigatewayv2_api.shop.id
  name   = "live"
}

resource "aws_apigatewayv2_api" "other" {
  name          = "other"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "other" {
  api_id      = aws_apigatewayv2_api.other.id
  name        = "other"
  auto_deploy = true
}

resource "aws_apigatewayv2_deployment" "shop" {
  api_id = aws_apigatewayv2_api.shop.id
}

resource "aws_apigatewayv2_deployment" "other" {
  api_id = aws_apigatewayv2_api.other.id
}
"""

GOOD = """
# A script deploys the API: Terraform leaves what the stage has to it.
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_deployment" "first" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  description = "first"
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.first.id
  stage_name    = "live"

  lifecycle {
    ignore_changes = [deployment_id]
  }
}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Deployment: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api}}
---
variable "release" {
  default = "1"
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_deployment" "described" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  description = "release ${var.release}"
}

resource "aws_api_gateway_rest_api" "stock" {
  name = "stock"
}

resource "aws_api_gateway_deployment" "stock" {
  rest_api_id = aws_api_gateway_rest_api.stock.id
  description = "release 14, with locations"
}
---
variable "release" {}

variable "triggers" {
  type = map(string)
}

resource "aws_api_gateway_deployment" "triggered" {
  rest_api_id = "abc"
  triggers = {
    redeployment = var.release
  }
}

resource "aws_api_gateway_deployment" "unknown" {
  rest_api_id = "def"
  triggers    = var.triggers
}

resource "aws_api_gateway_deployment" "older" {
  rest_api_id       = "ghi"
  stage_description = "release ${var.release}"
}

resource "aws_api_gateway_deployment" "variables" {
  rest_api_id = "jkl"
  variables = {
    release = var.release
  }
}

---
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_deployment" "replaced" {
  rest_api_id = aws_api_gateway_rest_api.shop.id

  lifecycle {
    replace_triggered_by = [aws_api_gateway_rest_api.shop]
  }
}
---
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_deployment" "march" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
}

resource "aws_api_gateway_deployment" "april" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
}
---
variable "auto_deploy" {
  type = bool
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "live" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "live"
  auto_deploy = var.auto_deploy
}

resource "aws_apigatewayv2_stage" "test" {
  api_id = aws_apigatewayv2_api.shop.id
  name   = "test"
}

resource "aws_apigatewayv2_deployment" "shop" {
  api_id = aws_apigatewayv2_api.shop.id
}
---
resource "aws_apigatewayv2_deployment" "elsewhere" {
  api_id = "abc"
}
---
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "live" {
  api_id = aws_apigatewayv2_api.shop.id
  name   = "live"
}

resource "aws_apigatewayv2_deployment" "march" {
  api_id = aws_apigatewayv2_api.shop.id
}

resource "aws_apigatewayv2_deployment" "april" {
  api_id = aws_apigatewayv2_api.shop.id
}
"""
