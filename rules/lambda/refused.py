"""A function should have settings that Lambda takes.

A function has at most 5 layers. Lambda sets AWS_REGION and other variables itself and refuses a function that sets one of them.
A container image brings its runtime, its handler and what layers would bring: with PackageType Image these are refused.

What to do: pack several layers into one, give the variable another name, and set handlers of images in ImageConfig.Command.
"""

from awslint_memo import Findings, Resource, function_settings, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="lambda/latest/api/API_CreateFunction.html",
)
def check(function: Resource) -> Findings:
    for refusal in function_settings.refusals(function):
        says = f"{refusal.says}, so Lambda refuses the function"
        yield function.finding(refusal.value, says, of=refusal.of, do=refusal.do)


BAD = """
Resources:
  Report: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Layers: [a, b, c, d, e, f]}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Layers: [!ImportValue a, !ImportValue b, !ImportValue c]}}
Resources:
  Report: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.run, CodeUri: src, Layers: [!ImportValue d, !ImportValue e, !ImportValue f]}}
---
Resources:
  Report: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Environment: {Variables: {AWS_REGION: !Ref "AWS::Region", TABLE: reports}}}}
---
Resources:
  Report: {Type: AWS::Lambda::Function, Properties: {PackageType: Image, Code: {ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/report:1"}, Runtime: python3.13}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Handler: app.run}}
Resources:
  Report: {Type: AWS::Serverless::Function, Properties: {PackageType: Image, ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/report:1"}}
---
resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  layers        = ["a", "b", "c", "d", "e", "f"]
}
---
resource "aws_lambda_function" "report" {
  function_name = "report"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/report:1"
  handler       = "app.run"
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
---
Parameters: {More: {Type: CommaDelimitedList}, Kind: {Type: String}}
Resources:
  Five: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Layers: [a, b, c, d, e], Environment: {Variables: {AWS_LAMBDA_EXEC_WRAPPER: /opt/wrap, REGION: !Ref "AWS::Region", TZ: Europe/Berlin}}}}
  Given: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Layers: !Ref More}}
  Packed: {Type: AWS::Lambda::Function, Properties: {PackageType: Image, Code: {ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/report:1"}, ImageConfig: {Command: [app.run]}}}
  Either: {Type: AWS::Lambda::Function, Properties: {PackageType: !Ref Kind, Runtime: python3.13, Handler: app.run}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Layers: [!ImportValue a, !ImportValue b, !ImportValue c]}}
Resources:
  Report: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.run, CodeUri: src, Layers: [!ImportValue d, !ImportValue e]}}
---
variable "layers" {
  type = list(string)
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  layers        = var.layers
}
"""
