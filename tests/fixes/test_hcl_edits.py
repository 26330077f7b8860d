"""Edits of HCL are laid out as `terraform fmt` leaves them, and keep everything else."""

import pytest

from awslint_memo.fixes.edit import Refused, applied
from awslint_memo.fixes.hcl_blocks import HclStep
from awslint_memo.fixes.hcl_edits import HclFile
from awslint_memo.fixes.writing_hcl import Body, NewBlock, NewJson

WAIT = (HclStep("wait_seconds"),)
HEAD = 'resource "aws_sqs_queue" "q" '


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}\n", "{\n  wait_seconds = 20\n}\n"),
        ("{\n}\n", "{\n  wait_seconds = 20\n}\n"),
        ('{ name = "q" }\n', '{\n  name         = "q"\n  wait_seconds = 20\n}\n'),
        ('{\n  name = "q"\n}\n', '{\n  name         = "q"\n  wait_seconds = 20\n}\n'),
        (
            '{\n  name = "q" # c\n  a    = 1\n}\n',
            '{\n  name         = "q" # c\n  a            = 1\n  wait_seconds = 20\n}\n',
        ),
        ("{\n  a_much_longer_name = 1\n}\n", "{\n  a_much_longer_name = 1\n  wait_seconds       = 20\n}\n"),
        ('{\n  name = "q"\n  ab = 1\n}\n', '{\n  name = "q"\n  ab = 1\n  wait_seconds = 20\n}\n'),
        ("{\n  a = 1\n\n  b = 2\n}\n", "{\n  a = 1\n\n  b            = 2\n  wait_seconds = 20\n}\n"),
        (
            "{\n  a = 1\n  tags = {\n    b = 2\n  }\n}\n",
            "{\n  a            = 1\n  wait_seconds = 20\n  tags = {\n    b = 2\n  }\n}\n",
        ),
        ("{\n  b {\n    c = 1\n  }\n}\n", "{\n  wait_seconds = 20\n\n  b {\n    c = 1\n  }\n}\n"),
        ("{\n  wait_seconds = 0 # none\n}\n", "{\n  wait_seconds = 20 # none\n}\n"),
        ('{\n  wait_seconds = "0"\n}\n', '{\n  wait_seconds = "20"\n}\n'),
        ("{\r\n  a = 1\r\n}\r\n", "{\r\n  a            = 1\r\n  wait_seconds = 20\r\n}\r\n"),
    ],
)
def test_an_argument(before: str, after: str) -> None:
    assert changed(HEAD + before, WAIT, 20) == HEAD + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}\n", "{\n  recovery {\n    enabled = true\n  }\n}\n"),
        ("{\n  a = 1\n}\n", "{\n  a = 1\n\n  recovery {\n    enabled = true\n  }\n}\n"),
        ("{\n  recovery {}\n}\n", "{\n  recovery {\n    enabled = true\n  }\n}\n"),
        ("{\n  recovery {\n    enabled = false\n  }\n}\n", "{\n  recovery {\n    enabled = true\n  }\n}\n"),
    ],
)
def test_an_argument_of_a_block(before: str, after: str) -> None:
    assert changed(HEAD + before, (HclStep("recovery", is_block=True), HclStep("enabled")), True) == HEAD + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}\n", "{\n  policy = jsonencode({\n    count = 5\n  })\n}\n"),
        (
            "{\n  policy = jsonencode({\n    count = 1\n  })\n}\n",
            "{\n  policy = jsonencode({\n    count = 5\n  })\n}\n",
        ),
        (
            '{\n  policy = jsonencode({\n    "a" = 1\n  })\n}\n',
            '{\n  policy = jsonencode({\n    "a" = 1\n    count = 5\n  })\n}\n',
        ),
    ],
)
def test_a_key_of_a_text_in_json(before: str, after: str) -> None:
    assert changed(HEAD + before, (HclStep("policy"), HclStep("count", is_json=True)), 5) == HEAD + after


@pytest.mark.parametrize(
    ("body", "steps", "reason"),
    [
        ("wait_seconds = var.w", WAIT, "wait_seconds is an expression; change it by hand"),
        ('wait_seconds = "${var.w}"', WAIT, "wait_seconds is an expression; change it by hand"),
        ("wait_seconds = true ? 1 : 2", WAIT, "wait_seconds is an expression; change it by hand"),
        ('policy = "{}"', (HclStep("policy"), HclStep("a")), "policy is an expression; change it by hand"),
        (
            "b {\n}\nb {\n}",
            (HclStep("b", is_block=True), HclStep("c")),
            "there are several blocks b; change it by hand",
        ),
        (
            'dynamic "b" {\nfor_each = []\ncontent {\n}\n}',
            (HclStep("b", is_block=True), HclStep("c")),
            "a dynamic block gives b; change it by hand",
        ),
    ],
)
def test_what_is_not_plainly_written_is_refused(body: str, steps: tuple[HclStep, ...], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        changed(f"{HEAD}{{\n{body}\n}}\n", steps, 20)
    assert str(refused.value) == reason


def test_a_resource_is_put_behind_another_one() -> None:
    text = f"{HEAD}{{}}\n\nlocals {{}}\n"
    body: dict[str, Body] = {"a": 1, "name": "${x}", "p": NewJson({"k": [1, "b"]}), "c": NewBlock("c", {"d": True})}
    edits = HclFile(text).add("aws_sqs_queue", "q", NewBlock("resource", body), 'resource "t" "n"')
    assert applied(text, edits) == (
        f'{HEAD}{{}}\n\nresource "t" "n" {{\n  a    = 1\n  name = "$${{x}}"\n  p = jsonencode({{\n    k = [1, "b"]\n'
        "  })\n\n  c {\n    d = true\n  }\n}\n\nlocals {}\n"
    )


def test_an_argument_is_removed_with_its_line() -> None:
    text = f"{HEAD}{{\n  a = 1\n  wait_seconds = 2 # c\n}}\n"
    assert applied(text, HclFile(text).remove("aws_sqs_queue", "q", WAIT)) == f"{HEAD}{{\n  a = 1\n}}\n"


def changed(text: str, steps: tuple[HclStep, ...], value: Body) -> str:
    return applied(text, HclFile(text).set("aws_sqs_queue", "q", steps, value))
