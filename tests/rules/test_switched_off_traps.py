"""What is switched off on purpose is not judged as if it ran."""

from __future__ import annotations

import pytest
from tests.linting import found

QUEUE = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {Timeout: 30}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work%s}
"""


@pytest.mark.parametrize(("setting", "level"), [("", "warning"), (", Enabled: false", "advice")])
def test_the_queue_of_a_mapping_that_is_off_is_advised(setting: str, level: str) -> None:
    assert [(one.resource, one.level) for one in found("sqs-visibility-margin", QUEUE % setting)] == [("Orders", level)]


TARGET = """
resource "aws_appautoscaling_target" "web" {
  min_capacity       = %d
  max_capacity       = %d
  resource_id        = "service/c/web"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

resource "aws_appautoscaling_policy" "up" {
  name               = "up"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
  }
}
"""


@pytest.mark.parametrize(("capacity", "number"), [(2, 1), (0, 0)])
def test_a_service_without_capacity_is_not_told_to_have_policies_in_vain(capacity: int, number: int) -> None:
    assert len(found("autoscaling-fixed-size", TARGET % (capacity, capacity))) == number
