"""Terraform addresses without the keys of their instances."""

from __future__ import annotations

import pytest

from awslint_memo.model.patterns import without_instance_keys


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("aws_sqs_queue.q", "aws_sqs_queue.q"),
        ("aws_sqs_queue.q[10]", "aws_sqs_queue.q"),
        ('module.a["x"].module.b[0].aws_sqs_queue.q["y"]', "module.a.module.b.aws_sqs_queue.q"),
        ('aws_sqs_queue.q["a]b.c"]', "aws_sqs_queue.q"),
        ('aws_sqs_queue.q["a\\"]b"]', "aws_sqs_queue.q"),
    ],
)
def test_instance_keys_are_left_out(address: str, bare: str) -> None:
    assert without_instance_keys(address) == bare
