"""A function that one of several targets of a rule invokes is known, wherever the target stands."""

from __future__ import annotations

from itertools import permutations

import pytest

from awslint_memo import api

BLOCKS = (
    'resource "aws_cloudwatch_event_rule" "orders" {}\nresource "aws_lambda_function" "orders" {}\n',
    'resource "aws_cloudwatch_event_target" "orders" {\n'
    "  rule = aws_cloudwatch_event_rule.orders.name\n  arn  = aws_lambda_function.orders.arn\n}\n",
    'resource "aws_cloudwatch_event_target" "logs" {\n'
    "  rule = aws_cloudwatch_event_rule.orders.name\n  arn  = aws_cloudwatch_log_group.orders.arn\n}\n"
    'resource "aws_cloudwatch_log_group" "orders" {}\n',
)


@pytest.mark.parametrize("blocks", list(permutations(BLOCKS)))
def test_the_order_of_targets_makes_no_difference(blocks: tuple[str, ...]) -> None:
    report = api.lint(["main.tf"], unsaved={"main.tf": "".join(blocks)}, select=["lambda-permission-missing"])
    assert [one.resource for one in report.findings] == ["aws_lambda_function.orders"]
