"""A function should have active tracing.

In the mode PassThrough, the default, Lambda passes the trace header on and samples no requests itself. In the mode
Active it records each sampled request, so that traces show how long the function took and what it called.

What to do: set TracingConfig.Mode to Active (SAM: Tracing, also in Globals) and let the role write to X-Ray.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule, tracing


@rule(
    "xray-lambda-tracing",
    level="advice",
    resource="AWS::Lambda::Function",
    memo="トレース: 個々のリクエストやレスポンスの流れを詳細に表示します",
    aws="lambda/latest/dg/services-xray.html",
)
def check(function: Resource) -> Iterator[Finding]:
    if tracing.is_traced(function) is not False or not tracing.can_be_traced(function):
        return
    mode = tracing.switch(function)
    others = tracing.traced(function.deployment)
    if others:
        message = f"is {mode.text}{mode.note}, but {others[0].title} is traced; set it to Active"
        related = [(tracing.switch(others[0]), f"{others[0].title} is traced")]
        yield function.finding(mode, message, of="TracingConfig.Mode", level="warning", related=related)
    else:
        message = f"is {mode.text}{mode.note}, so the function starts no traces; set it to Active"
        together = "start no traces of their own; set TracingConfig.Mode of each to Active"
        yield function.finding(mode, message, of="TracingConfig.Mode", together=together)


BAD = """
Resources:
  Orders: {Type: AWS::Lambda::Function}
---
Transform: AWS::Serverless-2016-10-31
Parameters: {Mode: {Type: String, Default: Disabled}}
Globals: {Function: {Tracing: !Ref Mode}}
Resources:
  Orders: {Type: AWS::Serverless::Function}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Tracing: Active}}
Resources:
  Orders: {Type: AWS::Serverless::Function}
  Bills: {Type: AWS::Serverless::Function, Properties: {Tracing: Disabled}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"

  tracing_config {
    mode = "PassThrough"
  }
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id          = "a"
  stage_name           = "live"
  deployment_id        = "d"
  xray_tracing_enabled = true
}
"""

GOOD = """
Parameters: {Mode: {Type: String}}
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: Active}}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: !Ref Mode}}}
  Custom: {Type: AWS::Lambda::Function}
  Emptied: {Type: Custom::EmptyBucket, Properties: {ServiceToken: !GetAtt Custom.Arn}}
  OfKafka: {Type: AWS::Lambda::Function}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref OfKafka, EventSourceArn: !ImportValue cluster, Topics: [orders]}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Tracing: Active}}
Resources:
  Orders: {Type: AWS::Serverless::Function}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "edge" {
  function_name = "edge"
  publish       = true
}

resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.edge.qualified_arn
    }
  }
}
"""
