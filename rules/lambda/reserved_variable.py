"""A function should not set the variables that Lambda sets itself.

The names of what the runtime tells a program, such as AWS_REGION, AWS_LAMBDA_FUNCTION_NAME and the credentials of its role, are
reserved. Lambda refuses to create or update a function that sets one of them.

What to do: remove the variable: the program finds it set in any case. For another value, take another name.
"""

from awslint_memo import Findings, Resource, functions, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="lambda/latest/dg/configuration-envvars.html",
)
def check(function: Resource) -> Findings:
    for name, named in functions.reserved_variables(function):
        message = f"sets {name}, which is reserved, so Lambda refuses the function"
        yield function.finding(named, message, of="Environment.Variables", do="remove it, or take another name")


BAD = """
Resources:
  Catalogue: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Environment: {Variables: {AWS_REGION: !Ref AWS::Region, TABLE: items}}}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.13, Environment: {Variables: {AWS_SESSION_TOKEN: a}}}}
Resources:
  Catalogue: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, CodeUri: src/}}
---
variable "release" { default = "7" }

resource "aws_lambda_function" "charts" {
  function_name = "charts"
  environment {
    variables = { STAGE = "prod", AWS_LAMBDA_FUNCTION_VERSION = var.release }
  }
}
"""

GOOD = """
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Catalogue:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      # Variables that begin as the reserved ones do and are there to be set.
      Environment: {Variables: {AWS_LAMBDA_EXEC_WRAPPER: /opt/wrap, AWS_XRAY_CONTEXT_MISSING: LOG_ERROR, TZ: Asia/Tokyo, AWS_REGION: !Ref AWS::NoValue}}
---
variable "more" { type = map(string) }

resource "aws_lambda_function" "charts" {
  function_name = "charts"
  environment {
    variables = { REGION = "eu-west-1", AWS_NODEJS_CONNECTION_REUSE_ENABLED = "1" }
  }
}

resource "aws_lambda_function" "tables" {
  function_name = "tables"
  environment {
    variables = var.more
  }
}
"""
