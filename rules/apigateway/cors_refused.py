"""An API that takes cookies from other sites should name these sites.

A browser sends no cookies to an API that lets in every origin, so an HTTP API with AllowCredentials and the origin "*" is refused by API
Gateway, and SAM refuses a REST API with both; there, the origin is "*" where none is written. A response headers policy of
CloudFront can't have AccessControlAllowCredentials and every header ("*") either.

What to do: name the origins (or the headers), or leave the credentials out: a token in the header Authorization needs none.
"""

from collections.abc import Iterator

from awslint_memo import Findings, Resource, Value, rule

OPEN_API = "x-amazon-apigateway-cors"


@rule(
    level="error",
    since="0.2",
    resource="AWS::ApiGatewayV2::Api",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="apigateway/latest/developerguide/http-api-cors.html",
)
def check(api: Resource) -> Findings:
    for where, cors, allows, origins in (
        ("CorsConfiguration", api.get("CorsConfiguration"), "AllowCredentials", "AllowOrigins"),
        (OPEN_API, api.get("Body").get(OPEN_API), "allowCredentials", "allowOrigins"),
    ):
        credentials, origin = cors.get(allows), next(wildcards(cors.get(origins)), None)
        if credentials.flag is True and origin is not None:
            yield api.finding(
                credentials,
                f'is true{credentials.note}, but {origins} has "*"{origin.note}, so API Gateway refuses it',
                of=f"{where}.{allows}",
                do="name the origins, or remove it",
                related=[(origin, "every origin")],
            )


def wildcards(values: Value) -> Iterator[Value]:
    return (value for value in values.items if value.text == "*")


@check.on("AWS::ApiGateway::RestApi")
def of_sam(api: Resource) -> Findings:
    cors = api.get("Cors")
    credentials, origin = cors.get("AllowCredentials"), api.get("Cors.AllowOrigin", default="'*'")
    # SAM compares with the boolean, so that it takes the text "true".
    if credentials.flag is True and not is_text(credentials) and origin.text == "'*'":
        message = f"is true{credentials.note}, but AllowOrigin is '*'{origin.note}, so SAM refuses the template"
        related = [(origin, "every origin")] if origin.is_written else []
        yield api.finding(
            credentials, message, of="Cors.AllowCredentials", do="name the origin, or remove it", related=related
        )


def is_text(value: Value) -> bool:
    return isinstance(value.plain, str)


@check.on("AWS::CloudFront::ResponseHeadersPolicy")
def of_cloudfront(policy: Resource) -> Findings:
    # The error names the headers alone: https://github.com/aws/aws-cdk/pull/35308 (read on 2026-12-02)
    cors = policy.get("ResponseHeadersPolicyConfig.CorsConfig")
    credentials = cors.get("AccessControlAllowCredentials")
    header = next(wildcards(cors.get("AccessControlAllowHeaders.Items")), None)
    if credentials.flag is True and header is not None:
        yield policy.finding(
            credentials,
            f'is true{credentials.note}, but AccessControlAllowHeaders has "*"{header.note}, so CloudFront refuses it',
            of="CorsConfig.AccessControlAllowCredentials",
            do="name the headers, or set it to false",
            related=[(header, "every header")],
        )


BAD = """
Resources:
  Shop: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: ["*"], AllowMethods: [GET], AllowCredentials: true}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Shop: {Type: AWS::Serverless::HttpApi, Properties: {CorsConfiguration: {AllowOrigins: ["https://example.com", "*"], AllowCredentials: true}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: {AllowOrigin: "'*'", AllowCredentials: true}}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Api: {Cors: {AllowMethods: "'GET'", AllowCredentials: true}}}
Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}
---
Resources:
  Shop:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Body:
        openapi: "3.0.1"
        info: {title: shop}
        paths: {}
        x-amazon-apigateway-cors: {allowOrigins: ["*"], allowCredentials: true}
---
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"

  cors_configuration {
    allow_credentials = true
    allow_origins     = ["*"]
  }
}
---
Resources:
  Headers:
    Type: AWS::CloudFront::ResponseHeadersPolicy
    Properties:
      ResponseHeadersPolicyConfig:
        Name: shop
        CorsConfig:
          AccessControlAllowCredentials: true
          AccessControlAllowHeaders: {Items: ["*"]}
          AccessControlAllowMethods: {Items: [GET]}
          AccessControlAllowOrigins: {Items: ["https://example.com"]}
          OriginOverride: true
---
resource "aws_cloudfront_response_headers_policy" "shop" {
  name = "shop"

  cors_config {
    access_control_allow_credentials = true
    origin_override                  = true

    access_control_allow_headers {
      items = ["*"]
    }

    access_control_allow_methods {
      items = ["GET"]
    }

    access_control_allow_origins {
      items = ["https://example.com"]
    }
  }
}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Origin: {Type: String}, Given: {Type: String}}
Resources:
  Named: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: named, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: ["https://example.com", "https://*"], AllowHeaders: ["*"], AllowCredentials: true}}}
  Anybody: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: anybody, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: ["*"], AllowCredentials: false}}}
  Any: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: any, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: [!Ref Origin], AllowCredentials: true}}}
  Maybe: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: maybe, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: ["*"], AllowCredentials: !Ref Given}}}
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: {AllowOrigin: "'https://example.com'", AllowCredentials: true}}}
  AnyRest: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: {AllowOrigin: !Ref Origin, AllowCredentials: true}}}
  Open: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: "'*'"}}
  Text: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: {AllowOrigin: "'*'", AllowCredentials: "true"}}}
  # It answers with the origin that asks, whatever that is.
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !Ref Given, Cors: {AllowOrigins: ["*"], AllowCredentials: true}}}
  Headers: {Type: AWS::CloudFront::ResponseHeadersPolicy, Properties: {ResponseHeadersPolicyConfig: {Name: a, CorsConfig: {AccessControlAllowCredentials: false, AccessControlAllowHeaders: {Items: ["*"]}, AccessControlAllowMethods: {Items: [GET]}, AccessControlAllowOrigins: {Items: ["*"]}, OriginOverride: true}}}}
---
variable "origins" { type = list(string) }

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"

  cors_configuration {
    allow_credentials = true
    allow_origins     = var.origins
  }
}
"""
