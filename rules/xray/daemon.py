"""A program in a container or on a server should have a daemon or collector that sends its traces.

Lambda and API Gateway send their traces themselves. On ECS a program sends them to a daemon or collector that must run
in a container beside it; Elastic Beanstalk starts the daemon if its platform option is set. If no daemon listens at the
address that a program is given, its traces are lost, with a line in its log at most.

What to do: add a container with the ADOT collector (or, as long as it is supported, the X-Ray daemon) to the task; set
XRayEnabled in the namespace aws:elasticbeanstalk:xray to true.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, containers, rule, tracing


@rule(
    "xray-daemon",
    level="warning",
    resource="AWS::ECS::TaskDefinition",
    memo="ECS の場合には X-Ray Agent のインストールまたは Docker コンテナが必要になります",
    aws="xray/latest/devguide/xray-daemon-ecs.html",
)
def check(task: Resource) -> Iterator[Finding]:
    listed = containers.containers(task)
    if listed is None or containers.has_collector(task) is not False:
        return
    for one in listed:
        address = containers.daemon_expected_here(task, one)
        if address is not None:
            name = f"the container {one.get('Name').text}" if one.get("Name").text else "a container"
            message = (
                f"gives {name} the X-Ray daemon address {address.text}{address.note}, but runs no daemon or collector"
            )
            message = f"{message}; add an ADOT collector container"
            yield task.finding(address, message)
            return
    is_traced = any(containers.sends_traces(one) for one in listed)
    if not is_traced and not containers.has_collector_elsewhere(task.deployment):
        message = "has no container that collects traces; add a container with the ADOT collector"
        images = [(one.get("Image"), "runs this image") for one in listed]
        yield task.finding(task, message, level="advice", related=images)


@check.on("AWS::ElasticBeanstalk::Environment")
def beanstalk(environment: Resource) -> Iterator[Finding]:
    """The finding about an environment whose platform is not told to run the daemon."""
    enabled = tracing.daemon_setting(environment)
    if enabled is not None and enabled.flag is False:
        message = (
            f"is false{enabled.note}, so the X-Ray daemon does not run; set it to true in aws:elasticbeanstalk:xray"
        )
        yield environment.finding(enabled, message, of="XRayEnabled", level="advice")


BAD = """
Resources:
  Orders: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: orders, Image: example/orders:1, Environment: [{Name: AWS_XRAY_DAEMON_ADDRESS, Value: "127.0.0.1:2000"}]}]}}
---
Resources:
  Orders: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: orders, Image: example/orders:1}]}}
---
Resources:
  Web: {Type: AWS::ElasticBeanstalk::Environment, Properties: {ApplicationName: web, OptionSettings: [{Namespace: "aws:elasticbeanstalk:xray", OptionName: XRayEnabled, Value: "false"}]}}
---
resource "aws_ecs_task_definition" "orders" {
  family = "orders"
  container_definitions = jsonencode([
    {
      name  = "orders"
      image = "example/orders"
      environment = [
        {
          name  = "AWS_XRAY_DAEMON_ADDRESS"
          value = "xray:2000"
        },
      ]
    },
  ])
}
"""

GOOD = """
Parameters: {Image: {Type: String}, Traced: {Type: String}}
Resources:
  Sidecar: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: orders, Image: example/orders:1, Environment: [{Name: AWS_XRAY_DAEMON_ADDRESS, Value: "127.0.0.1:2000"}]}, {Name: daemon, Image: "public.ecr.aws/xray/aws-xray-daemon:3.x"}]}}
  Adot: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: orders, Image: example/orders:1}, {Name: traces, Image: public.ecr.aws/aws-observability/aws-otel-collector}]}}
  OnHost: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: host, ContainerDefinitions: [{Name: a, Image: example/a:1, Environment: [{Name: AWS_XRAY_DAEMON_ADDRESS, Value: "127.0.0.1:2000"}]}]}}
  Elsewhere: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: a, Image: example/a:1, Environment: [{Name: AWS_XRAY_DAEMON_ADDRESS, Value: "daemon.traces.local:2000"}]}]}}
  Direct: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: a, Image: example/a:1, Environment: [{Name: OTEL_EXPORTER_OTLP_ENDPOINT, Value: "https://traces.example"}]}]}}
  Unknown: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: a, Image: !Ref Image}]}}
  Web: {Type: AWS::ElasticBeanstalk::Environment, Properties: {ApplicationName: web, OptionSettings: [{Namespace: "aws:elasticbeanstalk:xray", OptionName: XRayEnabled, Value: !Ref Traced}]}}
  Saved: {Type: AWS::ElasticBeanstalk::Environment, Properties: {ApplicationName: web, TemplateName: traced}}
---
resource "aws_elastic_beanstalk_environment" "web" {
  name        = "web"
  application = "web"

  setting {
    namespace = "aws:elasticbeanstalk:xray"
    name      = "XRayEnabled"
    value     = "true"
  }
}
"""
