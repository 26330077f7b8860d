"""Edits of HCL are laid out as `terraform fmt` leaves them, and keep everything else."""

import pytest
from tests.cases import each_case

from awslint_memo.fixes.edit import Refused, applied
from awslint_memo.fixes.hcl_edits import HclFile
from awslint_memo.fixes.writing_hcl import Body, HclStep, NewBlock, NewJson

WAIT = (HclStep("wait_seconds"),)
HEAD = 'resource "aws_sqs_queue" "q" '


@each_case(
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
        # In a block that is not formatted no other line changes, and the new one is written as the line beside.
        (
            "{\n  long = 1\n  a   = 1\n  bcd = 2\n}\n",
            "{\n  long = 1\n  a   = 1\n  bcd = 2\n  wait_seconds = 20\n}\n",
        ),
        (
            "{\n  long = 1\n  a = 1\n\n  bcd = 2\n}\n",
            "{\n  long = 1\n  a = 1\n\n  bcd = 2\n  wait_seconds = 20\n}\n",
        ),
        (
            "{\n  bcd = 2\n\n  c {\n    long = 1\n    a = 1\n  }\n}\n",
            "{\n  bcd = 2\n  wait_seconds = 20\n\n  c {\n    long = 1\n    a = 1\n  }\n}\n",
        ),
        ("{\n  long=1\n  a=1\n}\n", "{\n  long=1\n  a=1\n  wait_seconds=20\n}\n"),
        (
            "{\n  a                  = 1\n  b                  = 2\n}\n",
            "{\n  a                  = 1\n  b                  = 2\n  wait_seconds       = 20\n}\n",
        ),
        (
            "{\n  a                = 1\n  with_longer_name = 2\n  the_longest_of_all = 3\n  b                = 2\n}\n",
            "{\n  a                = 1\n  with_longer_name = 2\n  the_longest_of_all = 3\n  b                = 2\n"
            "  wait_seconds     = 20\n}\n",
        ),
        (
            "{\n  the_longest_of_all = 3\n  a                = 1\n  with_longer_name = 2\n  b                = 2\n}\n",
            "{\n  the_longest_of_all = 3\n  a                = 1\n  with_longer_name = 2\n  b                = 2\n"
            "  wait_seconds     = 20\n}\n",
        ),
        ("{\n  long = 1\n  ab = 1\n  cd = 2\n}\n", "{\n  long = 1\n  ab = 1\n  cd = 2\n  wait_seconds = 20\n}\n"),
        ("{\n  a = 1\n\n  b = 2\n}\n", "{\n  a = 1\n\n  b            = 2\n  wait_seconds = 20\n}\n"),
        (
            "{\n  a = 1\n  tags = {\n    b = 2\n  }\n}\n",
            "{\n  a            = 1\n  wait_seconds = 20\n  tags = {\n    b = 2\n  }\n}\n",
        ),
        ("{\n  tags = {\n    b = 2\n  }\n}\n", "{\n  tags = {\n    b = 2\n  }\n  wait_seconds = 20\n}\n"),
        ("{\n  b {\n    c = 1\n  }\n}\n", "{\n  wait_seconds = 20\n\n  b {\n    c = 1\n  }\n}\n"),
        ("{\n  wait_seconds = 0 # none\n}\n", "{\n  wait_seconds = 20 # none\n}\n"),
        ('{\n  wait_seconds = "0"\n}\n', '{\n  wait_seconds = "20"\n}\n'),
        ("{\r\n  a = 1\r\n}\r\n", "{\r\n  a            = 1\r\n  wait_seconds = 20\r\n}\r\n"),
    ],
)
def test_an_argument(before: str, after: str) -> None:
    assert changed(HEAD + before, WAIT, 20) == HEAD + after


@each_case(
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
            '{\n  policy = jsonencode({\n    "a"     = 1\n    "count" = 5\n  })\n}\n',
        ),
    ],
)
def test_a_key_of_a_text_in_json(before: str, after: str) -> None:
    assert changed(HEAD + before, (HclStep("policy"), HclStep("count", is_json=True)), 5) == HEAD + after


@each_case(
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


BLOCKS = (
    HEAD
    + """{
  provider = aws.west

  replica {
    region = "a"
  }

  replica {
    region = "b" # the second one
  }
  stage {
    action {
      configuration = {
        Branch = "main"
        Poll   = true
      }
    }
    action {
      name = "x"
    }
  }
}
"""
)


@each_case(
    ("steps", "value", "before", "after"),
    [
        (
            (HclStep("replica", is_block=True, index=1), HclStep("recovery")),
            True,
            '    region = "b" # the second one\n',
            '    region   = "b" # the second one\n    recovery = true\n',
        ),
        (
            (HclStep("stage", is_block=True, index=0), HclStep("action", is_block=True, index=1), HclStep("name")),
            "y",
            'name = "x"',
            'name = "y"',
        ),
        (
            (
                *(HclStep("stage", is_block=True, index=0), HclStep("action", is_block=True, index=0)),
                *(HclStep("configuration"), HclStep("Poll")),
            ),
            False,
            "Poll   = true",
            "Poll   = false",
        ),
        (
            (
                *(HclStep("stage", is_block=True, index=0), HclStep("action", is_block=True, index=0)),
                *(HclStep("configuration"), HclStep("PollForSource")),
            ),
            False,
            '        Branch = "main"\n        Poll   = true\n',
            '        Branch        = "main"\n        Poll          = true\n        PollForSource = false\n',
        ),
        ((HclStep("wait"),), 1, "aws.west\n", "aws.west\n  wait     = 1\n"),
        (
            (HclStep("policy"),),
            NewJson([{"A": 1}, {"B": [2]}]),
            "aws.west\n",
            "aws.west\n  policy = jsonencode([\n    {\n      A = 1\n    },\n    {\n      B = [2]\n    },\n  ])\n",
        ),
    ],
)
def test_one_of_several_blocks_and_a_key_of_an_object(
    steps: tuple[HclStep, ...], value: Body, before: str, after: str
) -> None:
    assert before in BLOCKS
    assert changed(BLOCKS, steps, value) == BLOCKS.replace(before, after)


def test_the_arguments_of_a_resource_stand_together() -> None:
    before = f'{HEAD}{{\n  name = "q"\n\n  provider = aws.west\n  tags     = {{}}\n}}\n'
    after = f'{HEAD}{{\n  name         = "q"\n  wait_seconds = 20\n\n  provider = aws.west\n  tags     = {{}}\n}}\n'
    assert changed(before, WAIT, 20) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("enable = false\n", "enable   = true\n    rollback = true\n"),
        ("rollback = false # c\n", "rollback = true # c\n    enable   = true\n"),
        ("enable   = false\n    rollback = false\n", "enable   = true\n    rollback = true\n"),
    ],
)
def test_several_arguments_of_a_block_that_is_there(before: str, after: str) -> None:
    text = f"{HEAD}{{\n  breaker {{\n    {before}  }}\n}}\n"
    value = NewBlock("breaker", {"enable": True, "rollback": True})
    assert changed(text, (HclStep("breaker", is_block=True),), value) == text.replace(before, after)


def test_an_added_resource_has_the_provider_of_the_other_one() -> None:
    text = f"{HEAD}{{\n  provider = aws.west\n}}\n"
    made = HclFile(text).add("aws_sqs_queue", "q", NewBlock("resource", {"keep": 1}), 'resource "t" "n"')
    assert applied(text, made) == f'{text}\nresource "t" "n" {{\n  provider = aws.west\n  keep     = 1\n}}\n'


def test_what_another_argument_says_is_read_as_it_stands() -> None:
    file = HclFile(f"{HEAD}{{\n  a = aws_sns_topic.t.arn # c\n  b = [\n    1\n  ]\n}}\n")
    assert file.source("aws_sqs_queue", "q", (HclStep("a"),)) == "aws_sns_topic.t.arn"
    for name in ("b", "c"):
        with pytest.raises(Refused, match=f"{name} is not written in one line"):
            file.source("aws_sqs_queue", "q", (HclStep(name),))


def test_a_group_keeps_its_equals_signs_below_each_other_without_an_argument() -> None:
    text = f"{HEAD}{{\n  a            = 1 # c\n  wait_seconds = 2\n  bc           = 3\n\n  d = 4\n}}\n"
    made = HclFile(text).remove("aws_sqs_queue", "q", WAIT)
    assert applied(text, made) == f"{HEAD}{{\n  a  = 1 # c\n  bc = 3\n\n  d = 4\n}}\n"


def test_nothing_else_changes_without_an_argument_where_nothing_is_formatted() -> None:
    text = f"{HEAD}{{\n  a            = 1\n  wait_seconds = 2\n\n  d   = 4\n}}\n"
    made = HclFile(text).remove("aws_sqs_queue", "q", WAIT)
    assert applied(text, made) == f"{HEAD}{{\n  a            = 1\n\n  d   = 4\n}}\n"


@each_case(
    ("before", "after"),
    [
        # What a comment is the heading of is about something else.
        (
            "{\n  a = 1\n\n  # Encryption\n  bc  = 2\n  bcd = 2\n}\n",
            "{\n  a            = 1\n  wait_seconds = 20\n\n  # Encryption\n  bc  = 2\n  bcd = 2\n}\n",
        ),
        (
            "{\n  # Name\n  a = 1\n\n  // Encryption\n  bcd = 2\n}\n",
            "{\n  # Name\n  a = 1\n\n  // Encryption\n  bcd = 2\n\n  wait_seconds = 20\n}\n",
        ),
        (
            "{\n  # No names\n  a = 1\n  tags = {\n    b = 2\n  }\n}\n",
            "{\n  # No names\n  a = 1\n\n  wait_seconds = 20\n  tags = {\n    b = 2\n  }\n}\n",
        ),
        (
            "{\n  a = 1\n  /* Waiting */\n  wait_seconds_of_all = 2\n}\n",
            "{\n  a = 1\n  /* Waiting */\n  wait_seconds_of_all = 2\n  wait_seconds        = 20\n}\n",
        ),
    ],
)
def test_an_argument_is_put_below_no_heading(before: str, after: str) -> None:
    assert changed(HEAD + before, WAIT, 20) == HEAD + after


def test_an_argument_is_removed_with_its_line() -> None:
    text = f"{HEAD}{{\n  a = 1\n  wait_seconds = 2 # c\n}}\n"
    assert applied(text, HclFile(text).remove("aws_sqs_queue", "q", WAIT)) == f"{HEAD}{{\n  a = 1\n}}\n"


def test_an_argument_of_several_lines_stands_before_the_tags() -> None:
    before = f"{HEAD}{{\n  a = 1\n\n  tags = {{\n    b = 2\n  }}\n}}\n"
    after = f"{HEAD}{{\n  a = 1\n  policy = jsonencode({{\n    count = 5\n  }})\n\n  tags = {{\n    b = 2\n  }}\n}}\n"
    assert changed(before, (HclStep("policy"), HclStep("count", is_json=True)), 5) == after


def changed(text: str, steps: tuple[HclStep, ...], value: Body) -> str:
    return applied(text, HclFile(text).set("aws_sqs_queue", "q", steps, value))


@each_case(
    ("before", "after"),
    [
        ('{\n\tname = "q"\n}\n', '{\n\tname         = "q"\n\twait_seconds = 20\n}\n'),
        # Tabs put the equals signs below each other where a tab has eight columns, or four.
        (
            '{\n\tname\t\t=\t"q"\n\tfifo_queue\t=\ttrue\n}\n',
            '{\n\tname\t\t=\t"q"\n\tfifo_queue\t=\ttrue\n\twait_seconds\t=\t20\n}\n',
        ),
        (
            '{\n\tname\t\t= "q"\n\tfifo_queue\t= true\n}\n',
            '{\n\tname\t\t= "q"\n\tfifo_queue\t= true\n\twait_seconds\t= 20\n}\n',
        ),
        (
            '{\n\tname\t\t\t= "q"\n\tfifo_queue\t\t= true\n\tab\t\t\t\t= 2\n}\n',
            '{\n\tname\t\t\t= "q"\n\tfifo_queue\t\t= true\n\tab\t\t\t\t= 2\n\twait_seconds\t= 20\n}\n',
        ),
        ('{\n\tname\t= "q"\n}\n', '{\n\tname\t= "q"\n\twait_seconds\t= 20\n}\n'),
        ('{\n\tname =\t"q"\n}\n', '{\n\tname =\t"q"\n\twait_seconds =\t20\n}\n'),
        (
            '{\n\tkey\t= 1\n\tname = "q"\n\tab   = 1\n}\n',
            '{\n\tkey\t= 1\n\tname = "q"\n\tab   = 1\n\twait_seconds = 20\n}\n',
        ),
        ("{\n\tb {\n\t\tc = 1\n\t}\n}\n", "{\n\twait_seconds = 20\n\n\tb {\n\t\tc = 1\n\t}\n}\n"),
        ("{\n\ttags = {\n\t\tb = 2\n\t}\n}\n", "{\n\ttags = {\n\t\tb = 2\n\t}\n\twait_seconds = 20\n}\n"),
        ("{\n}\n\nlocals {\n\ta = 1\n}\n", "{\n\twait_seconds = 20\n}\n\nlocals {\n\ta = 1\n}\n"),
        (
            '{ name = "q" }\nlocals {\n\ta = 1\n}\n',
            '{\n\tname         = "q"\n\twait_seconds = 20\n}\nlocals {\n\ta = 1\n}\n',
        ),
    ],
)
def test_an_argument_among_tabs(before: str, after: str) -> None:
    assert changed(HEAD + before, WAIT, 20) == HEAD + after


@each_case(
    ("before", "after"),
    [
        ("{\n\ta = 1\n}\n", "{\n\ta = 1\n\n\trecovery {\n\t\tenabled = true\n\t}\n}\n"),
        ("{\n    a = 1\n}\n", "{\n    a = 1\n\n    recovery {\n        enabled = true\n    }\n}\n"),
        ("{\n\trecovery {}\n}\n", "{\n\trecovery {\n\t\tenabled = true\n\t}\n}\n"),
        ("{\n\trecovery {\n\t}\n}\n", "{\n\trecovery {\n\t\tenabled = true\n\t}\n}\n"),
    ],
)
def test_a_block_is_indented_as_what_stands_beside_it(before: str, after: str) -> None:
    assert changed(HEAD + before, (HclStep("recovery", is_block=True), HclStep("enabled")), True) == HEAD + after


@each_case(
    ("before", "after"),
    [
        ("{\n\ta = 1\n}\n", "{\n\ta = 1\n\tpolicy = jsonencode({\n\t\tcount = 5\n\t})\n}\n"),
        (
            "{\n\tpolicy = jsonencode({\n\t\ta = 1\n\t})\n}\n",
            "{\n\tpolicy = jsonencode({\n\t\ta     = 1\n\t\tcount = 5\n\t})\n}\n",
        ),
    ],
)
def test_a_key_of_a_text_in_json_is_indented_by_tabs(before: str, after: str) -> None:
    assert changed(HEAD + before, (HclStep("policy"), HclStep("count", is_json=True)), 5) == HEAD + after


def test_a_resource_is_written_with_the_tabs_of_the_one_before_it() -> None:
    text = f"{HEAD}{{\n\tprovider = {{\n\t\ta = 1\n\t}}\n}}\n"
    edits = HclFile(text).add("aws_sqs_queue", "q", NewBlock("resource", {"p": NewJson({"k": 1})}), 'resource "t" "n"')
    new = '\nresource "t" "n" {\n\tprovider = {\n\t\ta = 1\n\t}\n\tp = jsonencode({\n\t\tk = 1\n\t})\n}\n'
    assert applied(text, edits) == text + new


def test_a_comment_behind_tabs_keeps_them() -> None:
    before = "{\n\twait_seconds\t= 0\t# none\n\ta\t\t\t= 1\t# two\n}\n"
    assert changed(HEAD + before, WAIT, 20) == HEAD + before.replace("= 0", "= 20")


SERVICE = (HclStep("breaker", is_block=True),)
BREAKER = "  breaker {\n    wait_seconds = 20\n  }\n"


@each_case(
    ("before", "after"),
    [
        # Behind the other blocks, and before what stands at the end.
        (
            "  net {\n    a = 1\n  }\n\n  tags = var.tags\n\n  depends_on = [x.y]\n",
            f"  net {{\n    a = 1\n  }}\n\n{BREAKER}\n  tags = var.tags\n\n  depends_on = [x.y]\n",
        ),
        (
            "  a = 1\n\n  # It is kept.\n  lifecycle {\n    b = 1\n  }\n",
            f"  a = 1\n\n{BREAKER}\n  # It is kept.\n  lifecycle {{\n    b = 1\n  }}\n",
        ),
        ("  a = 1\n  depends_on = [x.y]\n", f"  a = 1\n\n{BREAKER}\n  depends_on = [x.y]\n"),
        # Tags are arguments like others where no block stands before them.
        ("  a = 1\n\n  tags = var.tags\n", f"  a = 1\n\n  tags = var.tags\n\n{BREAKER}"),
        ("  net {\n    a = 1\n  }\n", f"  net {{\n    a = 1\n  }}\n\n{BREAKER}"),
    ],
)
def test_a_block_stands_before_what_ends_a_resource(before: str, after: str) -> None:
    value = NewBlock("breaker", {"wait_seconds": 20})
    assert changed(f"{HEAD}{{\n{before}}}\n", SERVICE, value) == f"{HEAD}{{\n{after}}}\n"


@each_case(
    ("before", "after"),
    [
        (
            '  allocated_storage = 20\n  engine = "a"\n\n  b = 1\n',
            '  allocated_storage = 20\n  max_allocated_storage = 20\n  engine = "a"\n\n  b = 1\n',
        ),
        (
            '  allocated_storage = 20\n  engine            = "a"\n\n  b = 1\n',
            '  allocated_storage     = 20\n  max_allocated_storage = 20\n  engine                = "a"\n\n  b = 1\n',
        ),
        (
            "  storage = 20\n\n  b = 1\n",
            "  storage = 20\n\n  b                     = 1\n  max_allocated_storage = 20\n",
        ),
    ],
)
def test_an_argument_stands_beside_what_is_about_the_same(before: str, after: str) -> None:
    assert changed(f"{HEAD}{{\n{before}}}\n", (HclStep("max_allocated_storage"),), 20) == f"{HEAD}{{\n{after}}}\n"
