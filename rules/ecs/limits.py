"""The health check of a container should have numbers that ECS accepts.

A container is checked every 5 to 300 s, with 2 to 60 s for an answer, and is unhealthy after 1 to 10 failures; failures of
the first 300 s at most do not count. ECS refuses a task definition with a number outside of its range.

What to do: set the number to one within the range that the message names.
"""

from awslint_memo import Findings, Resource, number_limits, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_HealthCheck.html",
)
def check(task: Resource) -> Findings:
    return number_limits.refused(task)


BAD = """
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{Name: web, Image: "web:1", HealthCheck: {Command: [CMD-SHELL, "curl -f localhost"], Interval: 2}}]
---
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name        = "web"
    image       = "web:1"
    healthCheck = { command = ["CMD-SHELL", "curl -f localhost"], startPeriod = 600 }
  }])
}
"""

GOOD = """
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - {Name: web, Image: "web:1", HealthCheck: {Command: [CMD, "true"], Interval: 300, Timeout: 60, Retries: 10, StartPeriod: 300}}
        - {Name: side, Image: "side:1"}
---
variable "interval" {}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name        = "web"
    image       = "web:1"
    healthCheck = { command = ["CMD", "true"], interval = var.interval, startPeriod = 0 }
  }])
}
"""
