"""What in Terraform is an ARN, where a target of Application Auto Scaling is called by names."""

from __future__ import annotations

import pytest
from tests.linting import messages, terraform

RULE = "autoscaling-target-refused"


@pytest.mark.parametrize(
    ("id_", "is_refused"),
    [
        ("service/${aws_ecs_cluster.main.id}/${aws_ecs_service.web.name}", True),
        ("service/${aws_ecs_cluster.main.arn}/web", True),
        ("service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.id}", True),
        ("service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}", False),
        ('${element(split(":", aws_ecs_service.web.id), 5)}', False),
        ("service/${basename(aws_ecs_cluster.main.id)}/web", False),
        ("cluster/main/web", True),
        ("service/main/web", False),
    ],
)
def test_an_id_is_made_of_names(id_: str, is_refused: bool) -> None:
    target = {"service_namespace": "ecs", "scalable_dimension": "ecs:service:DesiredCount", "resource_id": id_}
    template = terraform(
        aws_ecs_cluster={"main": {"name": "main"}},
        aws_ecs_service={"web": {"name": "web", "cluster": "${aws_ecs_cluster.main.id}"}},
        aws_appautoscaling_target={"web": {**target, "min_capacity": 1, "max_capacity": 2}},
    )
    assert bool(messages(RULE, template)) is is_refused
