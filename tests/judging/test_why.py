"""Why: the values that a check read, each with the way back to where it was decided; secrets are never shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed
from tests.readers.ways import RULE, WAIT, queue, tf_queue
from tests.readers.workspace import write

from awslint_memo import Findings, Resource, rule
from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.why import verdicts as verdicts_of
from awslint_memo.readers.recognition import template

HIDDEN = "hunter2"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def why(files: dict[str, str], resource: str = "Orders", *options: str) -> str:
    write(Path(), files)
    return printed("why", RULE, resource, *options)


def verdicts(files: dict[str, str], resource: str = "Orders", *options: str) -> list[dict[str, Any]]:
    made = json.loads(why(files, resource, "--format", "json", *options))
    assert made["version"] == 1
    found: list[dict[str, Any]] = made["verdicts"]
    return found


def read(verdict: dict[str, Any], path: str) -> dict[str, Any]:
    (found,) = (one for one in verdict["reads"] if one["path"] == path)
    shown: dict[str, Any] = found
    return shown


PARENT = """\
Parameters:
  Seconds: {Type: Number, Default: 0}
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
      Parameters: {Wait: !Ref Seconds}
"""
CHAIN = {"parent.yaml": PARENT, "child.yaml": "Parameters:\n  Wait: {Type: Number}\n" + queue("!Ref Wait")}


def test_a_finding_with_its_chain_as_text() -> None:
    lines = why(CHAIN, "Child/Orders").splitlines()
    assert lines[0] == "sqs-long-polling on Child/Orders, AWS::SQS::Queue"
    assert lines[1].startswith(f"  reports: {WAIT} of Child/Orders is 0 s (default of Seconds)")
    start = lines.index(f'    {WAIT} of Child/Orders: "0" (default of Seconds)')
    assert lines[start + 1 : start + 4] == [
        "      child.yaml:7:38",
        "      parent.yaml:8:26  Wait given to the nested stack",
        "      parent.yaml:2:36  default of Seconds",
    ]


def test_a_finding_with_its_chain_as_json() -> None:
    (verdict,) = verdicts(CHAIN, "Child/Orders")
    about = {key: verdict[key] for key in ("rule", "resource", "type", "deployment", "unseen")}
    assert about == {
        "rule": RULE,
        "resource": "Child/Orders",
        "type": "AWS::SQS::Queue",
        "deployment": None,
        "unseen": [],
    }
    assert len(verdict["messages"]) == 1
    assert read(verdict, WAIT) == {
        "resource": "Child/Orders",
        "path": WAIT,
        "value": '"0" (default of Seconds)',
        "unknown": False,
        "hint": "",
        "steps": [
            {"path": "child.yaml", "line": 7, "column": 38, "text": ""},
            {"path": "parent.yaml", "line": 8, "column": 26, "text": "Wait given to the nested stack"},
            {"path": "parent.yaml", "line": 2, "column": 36, "text": "default of Seconds"},
        ],
    }


@pytest.mark.parametrize(
    ("files", "resource", "path", "name"),
    [
        ({"t.yaml": "Parameters:\n  Wait: {Type: Number}\n" + queue("!Ref Wait")}, "Orders", WAIT, "Wait"),
        ({**CHAIN, "parent.yaml": PARENT.replace(", Default: 0", "")}, "Child/Orders", WAIT, "Seconds"),
        (
            {"main.tf": 'variable "wait" {}\n' + tf_queue("var.wait")},
            "aws_sqs_queue.orders",
            "receive_wait_time_seconds",
            "wait",
        ),
    ],
    ids=["parameter", "parameter of the parent", "variable"],
)
def test_no_finding_for_want_of_a_parameter(files: dict[str, str], resource: str, path: str, name: str) -> None:
    (verdict,) = verdicts(files, resource)
    assert verdict["messages"] == []
    assert read(verdict, path)["unknown"]
    assert read(verdict, path)["hint"] == f"set it with --parameters {name}=…"
    text = why(files, resource)
    assert "reports nothing; what is unknown below may stand in its way" in text
    assert f"; set it with --parameters {name}=… to decide" in text
    (decided,) = verdicts(files, resource, "--parameters", f"{name}=0")
    assert len(decided["messages"]) == 1
    assert read(decided, path)["hint"] == ""


def test_no_finding_since_nothing_is_wrong() -> None:
    assert "reports nothing; with these values there is nothing to report" in why({"t.yaml": queue("20")})


def test_a_rule_that_does_not_check_the_type() -> None:
    text = why({"t.yaml": "Resources:\n  Files: {Type: AWS::S3::Bucket}\n"}, "Files")
    assert text == f"{RULE} on Files, AWS::S3::Bucket\n  reports nothing; it checks AWS::SQS::Queue\n"


STAGES = """\
Parameters:
  Stage: {Type: String, AllowedValues: [live, test]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
"""


def test_deployments_that_differ_have_verdicts_of_their_own() -> None:
    live, test = verdicts({"t.yaml": STAGES + queue("!If [IsLive, 20, 0]")})
    assert (live["deployment"], live["messages"]) == ("when Stage is live", [])
    assert test["deployment"] == "when Stage is test"
    assert len(test["messages"]) == 1
    text = why({"t.yaml": STAGES + queue("!If [IsLive, 20, 0]")})
    assert f"{RULE} on Orders, AWS::SQS::Queue (when Stage is test)\n  reports: {WAIT} of Orders is 0 s" in text


def test_deployments_that_read_the_same_are_one_verdict() -> None:
    tags = "      Tags: [{Key: stage, Value: !Ref Stage}]\n"
    (verdict,) = verdicts({"t.yaml": STAGES + queue("0") + tags})
    assert verdict["deployment"] is None


NO_ECHO = f"Parameters:\n  Wait: {{Type: String, NoEcho: true, Default: {HIDDEN}}}\n"
IN_A_LIST = f"Parameters:\n  Wait: {{Type: CommaDelimitedList, NoEcho: true, Default: 'a,{HIDDEN}'}}\n"


@pytest.mark.parametrize(
    "text",
    [
        NO_ECHO + queue("!Ref Wait"),
        NO_ECHO + queue("!Sub 'x${Wait}'"),
        NO_ECHO + queue("!Select [0, !Split [x, !Ref Wait]]"),
        NO_ECHO + queue("{a: [!Ref Wait]}"),
        IN_A_LIST + queue("!Select [1, !Ref Wait]"),
        IN_A_LIST + queue("!Join [x, !Ref Wait]"),
        queue(f"'{{{{resolve:secretsmanager:{HIDDEN}}}}}'"),
        queue(f"!Sub '{{{{resolve:secretsmanager:{HIDDEN}}}}}'"),
        queue(f"!Join ['', ['{{{{resolve:secretsmanager:', '{HIDDEN}', '}}}}']]"),
    ],
)
def test_secrets_of_cloudformation_are_not_shown(text: str) -> None:
    for form in ("text", "json"):
        shown = why({"t.yaml": text}, "Orders", "--format", form)
        assert WAIT in shown
        assert HIDDEN not in shown
    assert HIDDEN in why({"t.yaml": text.replace("NoEcho: true", "NoEcho: false")}) or "resolve:" in text


def test_a_secret_parameter_of_the_command_line_is_not_shown() -> None:
    text = NO_ECHO.replace(f", Default: {HIDDEN}", "") + queue("!Ref Wait")
    assert HIDDEN not in why({"t.yaml": text}, "Orders", "--parameters", f"Wait={HIDDEN}")


def test_a_secret_that_a_parent_gives_is_not_shown() -> None:
    secret = f"{{Type: String, NoEcho: true, Default: {HIDDEN}}}"
    parent = PARENT.replace("{Type: Number, Default: 0}", secret)
    child = CHAIN["child.yaml"].replace("Number", "String")
    assert f"{WAIT} of Child/Orders: a sensitive value" in why(
        {"parent.yaml": parent, "child.yaml": child}, "Child/Orders"
    )


SENSITIVE = f'variable "wait" {{\n  sensitive = true\n  default   = "{HIDDEN}"\n}}\n'
SENSITIVE_MAP = SENSITIVE.replace(f'"{HIDDEN}"', f'{{ a = "{HIDDEN}" }}')


@pytest.mark.parametrize(
    "text",
    [
        SENSITIVE + tf_queue("var.wait"),
        SENSITIVE + tf_queue('"x${var.wait}"'),
        SENSITIVE + tf_queue("upper(lower(var.wait)) == 1 ? 1 : var.wait"),
        SENSITIVE + tf_queue('split("x", var.wait)[0]'),
        SENSITIVE + 'locals {\n  all = { wait = var.wait }\n}\n' + tf_queue("local.all.wait"),
        SENSITIVE_MAP + tf_queue("var.wait.a"),
        SENSITIVE_MAP + tf_queue('values(var.wait)[0]'),
        SENSITIVE_MAP + tf_queue("[for one in var.wait : one][0]"),
        SENSITIVE_MAP + tf_queue("var.wait"),
        tf_queue(f'sensitive("{HIDDEN}")'),
    ],
)  # fmt: skip
def test_secrets_of_terraform_are_not_shown(text: str) -> None:
    for form in ("text", "json"):
        shown = why({"main.tf": text}, "aws_sqs_queue.orders", "--format", form)
        assert "receive_wait_time_seconds" in shown
        assert HIDDEN not in shown
    open_ = text.replace("sensitive = true", "sensitive = false").replace("sensitive(", "tostring(")
    assert HIDDEN in why({"main.tf": open_}, "aws_sqs_queue.orders")


@pytest.mark.parametrize("given", ["tfvars", "--parameters"])
def test_a_secret_variable_that_is_given_is_not_shown(given: str) -> None:
    files = {"main.tf": SENSITIVE.replace(HIDDEN, "other") + tf_queue("var.wait")}
    options = ["--parameters", f"wait={HIDDEN}"]
    if given == "tfvars":
        files["terraform.tfvars"], options = f'wait = "{HIDDEN}"\n', []
    assert "receive_wait_time_seconds of aws_sqs_queue.orders: a sensitive value" in why(
        files, "aws_sqs_queue.orders", *options
    )


def test_secrets_pass_modules() -> None:
    module = {"a/main.tf": 'variable "wait" {}\n' + tf_queue("var.wait"), "b/main.tf": ""}
    files = {**module, "main.tf": SENSITIVE + 'module "a" {\n  source = "./a"\n  wait = var.wait\n}\n'}
    assert "a sensitive value" in why(files, "module.a.aws_sqs_queue.orders")
    output = f'output "wait" {{\n  value = "{HIDDEN}"\n  sensitive = true\n}}\n'
    files = {"b/main.tf": output, "a/main.tf": "", "main.tf": 'module "b" {\n  source = "./b"\n}\n'}
    files["main.tf"] += tf_queue("module.b.wait")
    assert "a sensitive value" in why(files, "aws_sqs_queue.orders")


def plan(sensitive: dict[str, bool]) -> str:
    change = {
        "actions": ["create"],
        "before": None,
        "after": {"receive_wait_time_seconds": HIDDEN},
        "after_unknown": {},
        "after_sensitive": sensitive,
    }
    one = {"address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "name": "a", "change": change}
    return json.dumps({"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": [one]})


def test_secrets_of_a_plan_are_not_shown() -> None:
    assert HIDDEN in why({"plan.json": plan({})}, "aws_sqs_queue.a")
    assert "receive_wait_time_seconds of aws_sqs_queue.a: a sensitive value" in why(
        {"plan.json": plan({"receive_wait_time_seconds": True})}, "aws_sqs_queue.a"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (queue("0") + "   Broken: 1\n", "queue.yaml:6:4: the indentation fits no block above; "),
        ("Resources:\n  Orders: {Type: AWS::SQS::Queue\n", "queue.yaml:2:11: a comma or the closing bracket "),
        (None, "queue.yaml:1:1: no such file or folder"),
    ],
)
def test_why_of_a_file_that_cannot_be_read_is_one_sentence(folder: Path, text: str | None, sentence: str) -> None:
    path = folder / "queue.yaml"
    if text is not None:
        path.write_text(text)
    result = invoke("why", RULE, "Orders", "queue.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1


def test_each_line_of_an_origin_once() -> None:
    """A value that is worked out of the same local twice."""
    own = 'resource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = local.zero - local.zero\n}\n'
    lines = why({"main.tf": f"locals {{\n  zero = 1\n}}\n{own}"}, "aws_sqs_queue.q").splitlines()
    assert lines.count("      main.tf:2:10  local.zero") == 1


def test_an_output_that_keeps_a_rule_silent_is_named() -> None:
    """Who gets the name of a group may add the policy that it lacks."""
    group = 'resource "aws_autoscaling_group" "web" {\n  min_size = 1\n  max_size = 4\n}\n'
    output = 'output "group" {\n  value = aws_autoscaling_group.web.name\n}\n'
    write(Path(), {"main.tf": group + output})
    lines = printed("why", "autoscaling-policy-missing", "aws_autoscaling_group.web").splitlines()
    assert lines[1] == "  reports nothing; by what others are given they may complete or use it"
    start = lines.index("    what others are given of aws_autoscaling_group.web: Ref of aws_autoscaling_group.web")
    assert lines[start + 1] == "      main.tf:6:11"


def test_a_broken_resource_that_keeps_a_rule_silent_is_named() -> None:
    text = """\
Resources:
  Failed: {Type: AWS::SQS::Queue}
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {maxReceiveCount: 5, deadLetterTargetArn: !GetAtt Failed.Arn}}
  Alarm: {Type: [AWS::CloudWatch::Alarm]}
"""
    write(Path(), {"t.yaml": text})
    lines = printed("why", "sqs-dead-letter-alarm", "Failed", "t.yaml", exits=2).splitlines()
    assert lines[1] == "  reports nothing; not checked, and it may matter: the broken part at t.yaml:6"


@rule("queue-cause", level="warning", since="0.2", resource="AWS::SQS::Queue", memo="-", aws="-")
def cause(queue: Resource) -> Findings:
    yield queue.finding(queue, "is the cause")


@rule("queue-effect", level="warning", since="0.2", resource="AWS::SQS::Queue", memo="-", aws="-", yields_to=cause.id)
def effect(queue: Resource) -> Findings:
    yield queue.finding(queue, "is the effect")


def test_a_rule_is_silent_by_the_levels_that_a_run_gives() -> None:
    made = template(Source("t.yaml", queue("20").encode()))
    assert made is not None
    options = CheckOptions([effect, cause], previews=frozenset((effect.id, cause.id)))
    [verdict] = verdicts_of(effect, "Orders", options.deployments(made), options)
    assert (verdict.findings, [each.rule for each in verdict.told_by]) == ([], [cause.id])
