"""What makes a naive look at pipelines, deployments and services of ECS wrong, beyond the examples of their rules."""

from __future__ import annotations

import pytest
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


@pytest.mark.parametrize(
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
