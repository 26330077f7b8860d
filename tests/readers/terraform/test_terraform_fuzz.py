"""Random contents of a Terraform document never cause an exception other than Problem."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.recognition import template

QUEUE = "aws_sqs_queue"

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
CODE = st.sampled_from(
    [
        "${var.a}",
        "${local.a}",
        "${aws_sqs_queue.q}",
        "${aws_sqs_queue.q[0].arn}",
        "${aws_sqs_queue.q.name}-${each.key}",
        "${",
        "%{if a}",
        "${aws_sqs_queue.q[*].arn}",
        "${data.a.b.c}",
        "${count.index}",
        "${aws_sqs_queue.r}",
    ]
)
KEYS = st.sampled_from(
    [
        "aws_sqs_queue",
        "q",
        "r",
        "//",
        "a",
        "count",
        "for_each",
        "dynamic",
        "content",
        "redrive_policy",
        "name",
        "queue_url",
        "aws_sqs_queue_redrive_policy",
        "default",
        "type",
        "iterator",
        "${var.a}",
        "delay_seconds",
        "value",
    ]
)
JSON = st.recursive(
    SCALARS | CODE, lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=4), max_leaves=25
)


@settings(max_examples=300)
@given(
    st.one_of(
        JSON, st.dictionaries(st.just(QUEUE), st.dictionaries(st.sampled_from("qr"), st.dictionaries(KEYS, JSON)))
    ),
    JSON,
    st.dictionaries(st.just("a"), JSON),
)
def test_random_documents_are_read_or_are_a_problem(resources: Any, variables: Any, locals_: Any) -> None:
    document = {"resource": resources, "variable": variables, "locals": locals_, "data": variables, "output": variables}
    try:
        made = template(Source("main.tf.json", json.dumps(document).encode()))
    except Problem as problem:
        # The text has a single line, so a position on any other line is an error.
        is_said = bool(problem.message) and problem.line == 1
        assert is_said, problem  # noqa: PT017
        return
    if made is None:
        return
    deployment = made.deployments(None).deployments[0]
    for resource in deployment.resources.values():
        for name in ("QueueName", "DelaySeconds", "RedrivePolicy", "FifoQueue"):
            list(resource.get(name).mentions())
            deployment.find(resource.get(name))
    assert isinstance(deployment.outputs, tuple)
