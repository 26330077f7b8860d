"""A service should run on a platform version that Fargate still has.

Fargate retires old platform versions: it starts no task on them, and ends those that run. A service that names one can
neither be created nor replace a task.

What to do: leave PlatformVersion (Terraform: platform_version) out, which means LATEST, or set it to 1.4.0. Windows has
versions of its own, such as 1.0.0.
"""

from awslint_memo import Findings, Resource, ecs_services, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/platform-versions-retired.html",
)
def check(service: Resource) -> Findings:
    version = service.get("PlatformVersion")
    day = ecs_services.RETIRED_PLATFORMS.get(version.text or "")
    if day is not None:
        yield service.finding(
            version, f"but Fargate starts no task on it since {day}", do="remove it, or set it to 1.4.0"
        )


BAD = """
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, PlatformVersion: 1.3.0, TaskDefinition: web}}
---
resource "aws_ecs_service" "web" {
  name             = "web"
  launch_type      = "FARGATE"
  platform_version = "1.3.0"
  task_definition  = "web"
}
"""

GOOD = """
Parameters: {Version: {Type: String}}
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, PlatformVersion: LATEST, TaskDefinition: web}}
  Asked: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, PlatformVersion: !Ref Version, TaskDefinition: web}}
  Windows: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, PlatformVersion: 1.0.0, TaskDefinition: web}}
---
resource "aws_ecs_service" "web" {
  name             = "web"
  launch_type      = "FARGATE"
  platform_version = "1.4.0"
  task_definition  = "web"
}
"""
