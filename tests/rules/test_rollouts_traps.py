"""What makes a naive look at pipelines, deployments and services of ECS wrong, beyond the examples of their rules."""

from __future__ import annotations

from tests.cases import each_case
from tests.linting import found, lint_with, resource, stack

SOURCE = """
resource "aws_s3_bucket" "source" {
  bucket = "source"
}

module "versioning" {
  source = "example.com/versioning/aws"
  bucket = aws_s3_bucket.source.id
}

resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "AWS"
      provider      = "S3"
      configuration = { S3Bucket = aws_s3_bucket.source.bucket }
    }
  }
}
"""


def test_a_module_that_is_not_read_may_give_the_bucket_versions() -> None:
    levels = [(finding.level, finding.deployment) for finding in lint_with("pipeline-source-unversioned", SOURCE)]
    assert levels == [("advice", "unless module.versioning adds one")]


@each_case(
    ("count", "least", "percent", "level"),
    [
        (4, 2, 125, "warning"),
        (4, 4, 125, None),
        (1, 1, 100, "error"),
        (1, None, 150, "error"),
        (0, None, 150, None),
    ],
)
def test_a_service_that_is_scaled_is_stuck_only_where_it_is_small(
    count: int, least: int | None, percent: int, level: str | None
) -> None:
    settings = {"MinimumHealthyPercent": 100, "MaximumPercent": percent}
    parts = {
        "Web": resource(
            "ECS::Service", ServiceName="web", TaskDefinition="w", DesiredCount=count, DeploymentConfiguration=settings
        )
    }
    if least is not None:
        parts["Target"] = resource(
            "ApplicationAutoScaling::ScalableTarget",
            ResourceId="service/main/web",
            ScalableDimension="ecs:service:DesiredCount",
            MinCapacity=least,
            MaxCapacity=8,
        )
    assert [finding.level for finding in found("ecs-deployment-stuck", stack({}, **parts))] == [level] * bool(level)


PLANNED = {
    "address": "aws_ecs_service.web",
    "mode": "managed",
    "type": "aws_ecs_service",
    "name": "web",
    "values": {
        "name": "web",
        "deployment_controller": [{"type": "CODE_DEPLOY"}],
        "load_balancer": [{"container_name": "web", "container_port": 80, "target_group_arn": "t"}],
    },
}


def test_a_plan_does_not_show_what_terraform_ignores() -> None:
    plan = {"format_version": "1.2", "planned_values": {"root_module": {"resources": [PLANNED]}}}
    assert found("ecs-update-refused", plan) == []


PUSHES = {"Type": "EVENT", "Pattern": "PUSH"}


@each_case(
    ("pattern", "fits"),
    [
        ("^refs/heads/main$", True),
        ("^r", True),
        ("^refs\\/heads\\/main$", True),
        ("^x?refs/heads/main$", True),
        ("^[a-z/]+$", True),
        ("^(?:refs/heads/main|main)$", True),
        ("main", True),
        ("^", True),
        ("^(?:main|develop)$", False),
        ("^release\\/.*", False),
        ("^mainx?$", False),
        ("^origin/main$", False),
    ],
)
def test_which_patterns_may_match_a_reference(pattern: str, fits: bool) -> None:
    triggers = {"Webhook": True, "FilterGroups": [[PUSHES, {"Type": "HEAD_REF", "Pattern": pattern}]]}
    built = stack({}, Build=resource("CodeBuild::Project", Triggers=triggers))
    assert [finding.level for finding in found("build-webhook-never", built)] == ([] if fits else ["error"])


def test_a_group_of_filters_that_is_not_known_may_let_events_pass() -> None:
    groups = [[{"Type": "HEAD_REF", "Pattern": "^main$"}], {"Fn::ImportValue": "filters"}]
    built = stack({}, Build=resource("CodeBuild::Project", Triggers={"Webhook": True, "FilterGroups": groups}))
    assert [finding.level for finding in found("build-webhook-never", built)] == ["warning"]


@each_case(
    ("command", "needs"),
    [
        ("docker build -t web .", True),
        ("docker run --rm web", True),
        ("docker compose -f ci.yml up", True),
        ("docker-compose -f ci.yml run tests", True),
        ("sam build -u", True),
        ("sam build --use-container", True),
        ("docker", False),
        ("docker login", False),
        ("docker compose config", False),
        ("docker-compose version", False),
        ("echo docker build", False),
        ("sam deploy -u", False),
    ],
)
def test_which_commands_need_a_daemon(command: str, needs: bool) -> None:
    spec = f"version: 0.2\nphases:\n  build:\n    commands:\n      - {command}\n"
    environment = {"Type": "LINUX_CONTAINER", "Image": "i"}
    built = stack({}, Build=resource("CodeBuild::Project", Environment=environment, Source={"BuildSpec": spec}))
    assert [finding.level for finding in found("build-docker-unprivileged", built)] == ["error"] * needs
