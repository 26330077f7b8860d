"""A comment counts for the resource, block or argument that it stands in; unused is said only of what surely is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

NOTE = "awslint-memo: ignore[RULE] for a reason"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def left(path: str, text: str, rule: str, *others: tuple[str, str], rules: str = "") -> list[str]:
    """The lines of the findings of a rule that are left, and of those about suppressions. rules: a folder of rules."""
    for name, content in ((path, text), *others):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content.replace("RULE", rule), encoding="utf-8")
    findings = report("--select", f"{rule},suppression-*", "--advice", path, *(["--rules", rules] if rules else []))[
        "findings"
    ]
    return [f"{one['line']} {one['rule'].removeprefix('suppression-')}" for one in findings]


def with_note(text: str, line: int, *, behind: bool = False, mark: str = "#") -> str:
    lines = text.splitlines()
    if behind:
        lines[line - 1] += f"  {mark} {NOTE}"
    else:
        indent = len(lines[line - 1]) - len(lines[line - 1].lstrip())
        lines.insert(line - 1, f"{' ' * indent}{mark} {NOTE}")
    return "\n".join(lines) + "\n"


QUEUE = """\
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      Tags:
        - Key: team
          Value: shop
      DelaySeconds: 3
"""


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("line", range(2, 10))
def test_a_comment_anywhere_in_a_resource_of_yaml_counts_for_it(line: int, behind: bool) -> None:
    assert left("t.yaml", with_note(QUEUE, line, behind=behind), "sqs-long-polling") == []


def test_a_comment_at_the_end_of_a_body_counts_for_it() -> None:
    assert left("t.yaml", QUEUE + f"      # {NOTE}\n", "sqs-long-polling") == []
    other = QUEUE + f"  # {NOTE}\n\n  Other:\n    Type: AWS::SQS::QueuePolicy\n"
    assert left("t.yaml", other, "sqs-long-polling") == ["2 sqs-long-polling", "10 unused"]


TF_QUEUE = """\
resource "aws_sqs_queue" "orders" {
  name = "orders"
  tags = {
    team = "shop"
  }
  lifecycle {
    prevent_destroy = true
  }
}
"""


@pytest.mark.parametrize("mark", ["#", "//"])
@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("line", range(1, 10))
def test_a_comment_anywhere_in_a_resource_of_terraform_counts_for_it(line: int, behind: bool, mark: str) -> None:
    assert left("main.tf", with_note(TF_QUEUE, line, behind=behind, mark=mark), "sqs-long-polling") == []


def test_a_comment_between_marks_counts_too() -> None:
    text = TF_QUEUE.replace("  tags", f"  /* {NOTE} */\n  tags")
    assert left("main.tf", text, "sqs-long-polling") == []


EACH_TARGET = '''
"""Each target is reported."""

from awslint_memo import rule


@rule("own-target", level="warning", resource="AWS::Events::Rule", memo="", aws="")
def check(schedule):
    for target in schedule.get("Targets").items:
        yield schedule.finding(target, "is a target", of="Targets")
'''

TARGETS = """\
Resources:
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets:
        - Id: a
          Arn: arn:aws:sqs:eu-west-1:111122223333:a
        - Id: b
          Arn: arn:aws:sqs:eu-west-1:111122223333:b
"""


@pytest.mark.parametrize(
    ("line", "behind", "stays"),
    [
        *[(line, False, 1) for line in (7, 8, 9, 10)],
        *[(line, True, 1) for line in (7, 8, 9, 10)],
        *[(line, False, 0) for line in (2, 3, 4, 5, 6)],
        (5, True, 2),
        (6, True, 0),
    ],
)
def test_a_comment_at_one_item_of_a_list_leaves_the_others(line: int, behind: bool, stays: int) -> None:
    Path("own").mkdir()
    Path("own/target.py").write_text(EACH_TARGET, encoding="utf-8")
    found = left("t.yaml", with_note(TARGETS, line, behind=behind), "own-target", rules="own")
    assert len([one for one in found if one.endswith("own-target")]) == stays


STEPS = """\
resource "aws_security_group" "web" {
  setting {
    name = "a"
  }
  setting {
    name = "b"
  }
}
"""


def test_what_equal_blocks_of_terraform_are_to_a_comment() -> None:
    from awslint_memo.files.source import Source
    from awslint_memo.judging.comments import comments
    from awslint_memo.readers.recognition import template

    for line, about in ((2, range(3, 6)), (3, range(2, 6)), (5, range(6, 9))):
        made = template(Source("main.tf", with_note(STEPS, line).encode()))
        assert made is not None
        (one,) = comments(made, [], [])
        assert one.lines[0] == about


NOTES = """\
{
  "resource": {
    "aws_sqs_queue": {
      "orders": {"name": "a", "lifecycle": {"//": "NOTE", "prevent_destroy": true}},
      "others": {"name": "b", "lifecycle": {"prevent_destroy": true}}
    }
  }
}
"""


@pytest.mark.parametrize("is_minified", [False, True])
def test_a_note_in_a_block_of_terraforms_json_counts_for_its_resource(is_minified: bool) -> None:
    text = NOTES.replace("NOTE", NOTE)
    text = text.replace("\n", "") if is_minified else text
    assert left("main.tf.json", text, "sqs-long-polling") == [f"{1 if is_minified else 5} sqs-long-polling"]


def test_a_note_in_a_block_that_does_nothing_is_said() -> None:
    text = NOTES.replace("NOTE", NOTE).replace('"name": "a"', '"name": "a", "receive_wait_time_seconds": 20')
    assert left("main.tf.json", text, "sqs-long-polling") == ["4 unused", "5 sqs-long-polling"]


OPEN = """\
Parameters:
  Wait: {Type: Number}
Resources:
  Orders:  # awslint-memo: ignore[RULE] the client waits
    Type: AWS::SQS::Queue
    Properties:
      ReceiveMessageWaitTimeSeconds: VALUE
"""


@pytest.mark.parametrize(("value", "said"), [("!Ref Wait", []), ("20", ["4 unused"])])
def test_unused_is_not_said_where_the_rule_can_not_tell(value: str, said: list[str]) -> None:
    assert left("t.yaml", OPEN.replace("VALUE", value), "sqs-long-polling") == said


@pytest.mark.parametrize(("value", "said"), [("!Ref Wait", []), ("20", ["1 unused"])])
def test_nor_of_what_the_configuration_suppresses(value: str, said: list[str]) -> None:
    entry = "suppress: [{rules: [sqs-long-polling], resources: [Orders], reason: the client waits}]\n"
    text = OPEN.replace("VALUE", value).replace("  # awslint-memo: ignore[RULE] the client waits", "")
    assert left("t.yaml", text, "sqs-long-polling", (".awslint-memo.yaml", entry)) == said


def test_nor_of_a_file_of_which_a_part_could_not_be_read() -> None:
    text = OPEN.replace("VALUE", "20") + "  Broken: []\n"
    assert left("t.yaml", text, "sqs-long-polling") == []


CALL = 'module "queue" {\n  source = "../queue"\n  wait   = WAIT\n}\n'
MODULE = """\
variable "wait" {}
resource "aws_sqs_queue" "q" {
  # awslint-memo: ignore[sqs-long-polling] the client waits
  receive_wait_time_seconds = var.wait
}
"""


@pytest.mark.parametrize(("waits", "said"), [(("20", "0"), 0), (("20", "20"), 1)])
def test_a_suppression_in_a_module_is_used_if_one_caller_needs_it(waits: tuple[str, str], said: int) -> None:
    for name, wait in zip("ab", waits, strict=True):
        Path(name).mkdir()
        Path(name, "main.tf").write_text(CALL.replace("WAIT", wait), encoding="utf-8")
    Path("queue").mkdir()
    Path("queue/main.tf").write_text(MODULE, encoding="utf-8")
    found = report("--select", "sqs-long-polling,suppression-unused", "a", "b")["findings"]
    assert bool(found) == bool(said)
    assert all(one["rule"] == "suppression-unused" for one in found)
