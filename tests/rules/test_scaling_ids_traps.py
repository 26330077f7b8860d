"""What in Terraform is an ARN, where a target of Application Auto Scaling is called by names."""

from __future__ import annotations

import pytest
from tests.linting import messages, terraform

RULE = "autoscaling-target-refused"


@pytest.mark.parametrize(
    ("id_", "result"),
    [
        ("service/${aws_ecs_cluster.main.id}/${aws_ecs_service.web.name}", "scales nothing"),
        ("service/${aws_ecs_cluster.main.arn}/web", "scales nothing"),
        ("service/arn:aws:ecs:eu-west-1:111122223333:cluster/main/web", "scales nothing"),
        ("service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.id}", "scales nothing"),
        ("service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}", ""),
        ('${element(split(":", aws_ecs_service.web.id), 5)}', ""),
        ("service/${basename(aws_ecs_cluster.main.id)}/web", ""),
        ("cluster/main/web", "is refused"),
        ("service/main/web", ""),
    ],
)
def test_an_id_is_made_of_names(id_: str, result: str) -> None:
    target = {"service_namespace": "ecs", "scalable_dimension": "ecs:service:DesiredCount", "resource_id": id_}
    template = terraform(
        aws_ecs_cluster={"main": {"name": "main"}},
        aws_ecs_service={"web": {"name": "web", "cluster": "${aws_ecs_cluster.main.id}"}},
        aws_appautoscaling_target={"web": {**target, "min_capacity": 1, "max_capacity": 2}},
    )
    found = messages(RULE, template)
    assert len(found) == bool(result)
    assert all(f", so the target {result}; write service/CLUSTER/SERVICE" in message for message in found)
