"""New instrumentation should use OpenTelemetry, not the X-Ray SDK and daemon.

Support for the X-Ray SDKs and the daemon ends on 25 February 2027; since 2026 they have received critical security fixes
only. AWS recommends OpenTelemetry instead. The X-Ray service and the tracing built into Lambda, API Gateway and Step
Functions continue.

What to do: replace the daemon with the ADOT collector or the CloudWatch agent, and the SDK with OpenTelemetry.
"""

from awslint_memo import Findings, Resource, Value, containers, rule

ENDS = "whose support ends on 2027-02-25"


@rule(
    level="advice",
    resource="AWS::ECS::TaskDefinition",
    memo="まずアプリケーションに X-Ray SDK を組み込みます",
    aws="xray/latest/devguide/xray-daemon-eos.html",
)
def check(task: Resource) -> Findings:
    for container in containers.containers(task) or []:
        image = container.get("Image")
        if containers.is_xray_daemon(image):
            yield task.finding(image, f"runs the X-Ray daemon, {ENDS}", do="use the ADOT collector instead")


@check.on("AWS::Lambda::Function")
def function(function: Resource) -> Findings:
    for layer in function.get("Layers").items:
        if names_sdk(layer):
            yield function.finding(layer, f"uses a layer with the X-Ray SDK, {ENDS}", do="use OpenTelemetry instead")


@check.on("AWS::Lambda::LayerVersion")
def layer(layer: Resource) -> Findings:
    name = layer.get("LayerName")
    if names_sdk(name):
        yield layer.finding(name, f"contains the X-Ray SDK, {ENDS}", do="use OpenTelemetry instead")


def names_sdk(layer: Value) -> bool:
    """Whether the name or ARN of a layer, as far as it is known, says that the X-Ray SDK is in it."""
    return "xray-sdk" in containers.written(layer).lower().replace("_", "-").replace("x-ray", "xray")


BAD = """
Resources:
  Orders: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: orders, Image: example/orders}, {Name: daemon, Image: "public.ecr.aws/xray/aws-xray-daemon:3.x"}]}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {Layers: [!Sub "arn:aws:lambda:${AWS::Region}:111122223333:layer:aws-xray-sdk:7"]}}
---
Resources:
  Sdk: {Type: AWS::Lambda::LayerVersion, Properties: {LayerName: aws_xray_sdk, Content: {S3Bucket: b, S3Key: k}}}
---
resource "aws_ecs_task_definition" "orders" {
  family = "orders"
  container_definitions = jsonencode([
    {
      name  = "daemon"
      image = "amazon/aws-xray-daemon"
    },
  ])
}
"""

GOOD = """
Parameters: {Image: {Type: String}, Layer: {Type: String}}
Resources:
  Orders: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: orders, Image: !Ref Image}, {Name: traces, Image: public.ecr.aws/aws-observability/aws-otel-collector}]}}
  Function: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: Active}, Layers: [!Ref Layer, !Sub "arn:aws:lambda:${AWS::Region}:901920570463:layer:aws-otel-python-amd64-ver-1-25-0:1"]}}
---
resource "aws_ecs_task_definition" "orders" {
  family = "orders"
  container_definitions = jsonencode([
    {
      name  = "traces"
      image = "amazon/aws-otel-collector"
    },
  ])
}

resource "aws_lambda_layer_version" "tools" {
  layer_name = "tools"
  filename   = "tools.zip"
}
"""
