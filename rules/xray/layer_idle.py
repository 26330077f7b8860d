"""A layer of AWS's distribution of OpenTelemetry should be started.

The layer instruments a function only if the variable AWS_LAMBDA_EXEC_WRAPPER names its script. Without it the layer is
loaded, slows the start and instruments nothing.

What to do: set AWS_LAMBDA_EXEC_WRAPPER to /opt/otel-instrument, or remove the layer. A function whose runtime is told by
another variable to load libraries, such as NODE_OPTIONS, is not checked.
"""

from awslint_memo import Findings, Resource, rule, tracers

VARIABLES = "Environment.Variables"
WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="トレース: 個々のリクエストやレスポンスの流れを詳細に表示します",
    aws="AmazonCloudWatch/latest/monitoring/CloudWatch-Application-Signals-Enable-LambdaMain.html",
    fix="safe",
)
def check(function: Resource) -> Findings:
    if any(name.startswith(tracers.PRELOADERS) for name in function.get(VARIABLES).fields):
        return
    for layer in function.get("Layers").items:
        named = any(":layer:AWSOpenTelemetryDistro" in (piece.text or "") for piece in layer.pieces)
        if named and function.get(f"{VARIABLES}.{WRAPPER}").is_absent:
            message = f"has the layer AWSOpenTelemetryDistro without {WRAPPER}, so it instruments nothing"
            fix = function.set(f"{VARIABLES}.{WRAPPER}", "/opt/otel-instrument")
            yield function.finding(layer, message, do="set this variable to /opt/otel-instrument", fix=fix)


BAD = """
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers: [!Sub "arn:aws:lambda:${AWS::Region}:615299751070:layer:AWSOpenTelemetryDistroPython:5"]
      Environment:
        Variables:
          TABLE: orders
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  layers        = ["arn:aws:lambda:eu-west-1:615299751070:layer:AWSOpenTelemetryDistroJs:5"]
}
"""

GOOD = """
Parameters: {Variables: {Type: String}, Layer: {Type: String}}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers: [!Sub "arn:aws:lambda:${AWS::Region}:615299751070:layer:AWSOpenTelemetryDistroPython:5"]
      Environment: {Variables: {AWS_LAMBDA_EXEC_WRAPPER: /opt/otel-instrument}}
  Unknown:
    Type: AWS::Lambda::Function
    Properties:
      Layers: ["arn:aws:lambda:eu-west-1:615299751070:layer:AWSOpenTelemetryDistroPython:5"]
      Environment: {Variables: !Ref Variables}
  Preloaded: {Type: AWS::Lambda::Function, Properties: {Layers: ["arn:aws:lambda:eu-west-1:615299751070:layer:AWSOpenTelemetryDistroJs:6"], Environment: {Variables: {NODE_OPTIONS: "--require /opt/wrapper.js"}}}}
  AnyLayer: {Type: AWS::Lambda::Function, Properties: {Layers: [!Ref Layer]}}
  OnlyCollector: {Type: AWS::Lambda::Function, Properties: {Layers: ["arn:aws:lambda:eu-west-1:901920570463:layer:aws-otel-collector-amd64-ver-0-115-0:1"]}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  layers        = ["arn:aws:lambda:eu-west-1:615299751070:layer:AWSOpenTelemetryDistroJs:5"]

  environment {
    variables = {
      AWS_LAMBDA_EXEC_WRAPPER = "/opt/otel-instrument"
    }
  }
}
"""

FIXED = """
           TABLE: orders
+          AWS_LAMBDA_EXEC_WRAPPER: "/opt/otel-instrument"
---
   layers        = ["arn:aws:lambda:eu-west-1:615299751070:layer:AWSOpenTelemetryDistroJs:5"]
+
+  environment {
+    variables = {
+      AWS_LAMBDA_EXEC_WRAPPER = "/opt/otel-instrument"
+    }
+  }
"""
