"""Stack configurations of Sceptre are the deployments of their templates."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

pytestmark = pytest.mark.usefixtures("polled_queues")

TEMPLATE = """\
Parameters:
  Wait: {Type: Number, Default: 0}
  Stage: {Type: String, Default: x}
Conditions: {IsKept: !Equals [!Ref Stage, live]}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}
"""
STACK = "template_path: queues/orders.yaml\nparameters:\n  Wait: {wait}\n"
RULE = "sqs-long-polling"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    write("templates/queues/orders.yaml", TEMPLATE)


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def stack(path: str, wait: str, more: str = "") -> None:
    write(path, STACK.replace("{wait}", wait) + more)


def found(*arguments: str) -> list[str]:
    made = report("--select", RULE, "--advice", *arguments)
    return [f"{one['level']} {one['deployment']}" for one in made["findings"]]


def test_a_default_value_that_every_stack_replaces_is_counted_only() -> None:
    assert found() == ["warning None"]
    stack("config/prod/orders.yaml", "'20'")
    stack("config/dev/orders.yaml", "20")
    assert found() == []
    one, two = sorted(report()["summary"]["notices"])
    assert one == "1 finding by a default value that files here replace: left out (`environments: false` tells all)"
    files = "config/dev/orders.yaml and config/prod/orders.yaml"
    assert two == f"judged as deployments beside the default values: {files}; name yours with --parameters"


def test_a_stack_has_the_values_of_its_file() -> None:
    write("templates/queues/orders.yaml", TEMPLATE.replace("Default: 0", "Default: 20"))
    stack("config/dev/orders.yaml", "0")
    assert found() == ["advice in dev/orders"]
    stack("config/prod/eu/orders.yaml", "0")
    assert found() == ["warning in dev/orders and prod/eu/orders"]


@pytest.mark.parametrize("path", ["./config/prod/orders.yaml", "infra/sceptre/config/orders.yaml"])
def test_a_project_may_be_anywhere(path: str) -> None:
    project = path.partition("config/")[0]
    write(f"{project}templates/queues/orders.yaml", TEMPLATE)
    stack(path, "20")
    assert report("--select", RULE, project or ".")["findings"] == []


def test_a_template_of_a_handler_is_that_of_the_project() -> None:
    write("config/a.yaml", "template: {path: queues/orders.yaml, type: file}\nparameters: {Wait: 20}\n")
    assert found() == []


@pytest.mark.parametrize(
    "value",
    [
        "!stack_output dev/a.yaml::Wait",
        "{{ var.wait }}",
        "'{{ environment_variable.WAIT }}'",
        "!stack_attr sceptre_user_data.unread",
        "!stack_attr sceptre_user_data.none",
        "!join ['', [!environment_variable A, b]]",
        "[20, !ssm /a]",
    ],
)
def test_what_a_resolver_gives_is_not_known(value: str) -> None:
    write("config/config.yaml", "sceptre_user_data: {unread: !ssm /wait}\n")
    stack("config/prod/orders.yaml", value)
    assert found() == []


@pytest.mark.parametrize(
    ("group", "below", "value", "expected"),
    [
        ("sceptre_user_data: {wait: {long: 20}}", "", "!stack_attr sceptre_user_data.wait.long", []),
        ("sceptre_user_data: {wait: 0}", "sceptre_user_data: {wait: 20}", "!stack_attr sceptre_user_data.wait", []),
        ("wait: 0", "", "!stack_attr wait", ["warning None"]),
        # The nearest map stands for all of it, unless they are merged.
        ("sceptre_user_data: {wait: 0}", "sceptre_user_data: {other: 20}", "!stack_attr sceptre_user_data.wait", []),
        (
            "sceptre_user_data: {wait: 0}\nsceptre_user_data_inheritance: merge",
            "sceptre_user_data: {other: 20}",
            "!stack_attr sceptre_user_data.wait",
            ["warning None"],
        ),
        ("", "", "null", ["warning None"]),
    ],
)
def test_groups_give_what_a_stack_does_not_say(group: str, below: str, value: str, expected: list[str]) -> None:
    write("config/config.yaml", f"region: eu-west-1\n{group}\n")
    write("config/prod/config.yaml", f"project_code: x\n{below}\n")
    stack("config/prod/orders.yaml", value)
    assert found() == expected


@pytest.mark.parametrize("more", ["ignore: true\n", "obsolete: true\n", "{% if a %}\nb: c\n{% endif %}\n"])
def test_what_is_not_deployed_or_not_read_gives_nothing(more: str) -> None:
    stack("config/prod/orders.yaml", "20", more)
    assert found() == ["warning None"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("settings/prod/orders.yaml", STACK),
        ("config/prod/orders.yml", STACK),
        ("config/config.yaml", STACK),
        ("config/a.yaml", STACK.replace("queues/", "other/")),
        ("config/a.yaml", STACK.replace("queues/", "../../")),
        ("config/a.yaml", "template: [\n"),
    ],
)
def test_a_file_that_only_looks_like_one_is_none(path: str, text: str) -> None:
    write(path, text.replace("{wait}", "20"))
    made = report("--select", RULE)
    assert len(made["findings"]) == 1
    assert made["summary"]["passed_over"] == 1


def test_an_error_with_a_value_that_no_stack_has_stays_one() -> None:
    template = TEMPLATE.replace("!Ref Wait", "!If [IsKept, 99, 20]")
    write("templates/queues/orders.yaml", template)
    before = [(one["rule"], one["level"]) for one in report()["findings"] if one["level"] == "error"]
    assert before
    write("config/dev/orders.yaml", "template_path: queues/orders.yaml\nparameters: {Stage: dev}\n")
    after = [(one["rule"], one["level"]) for one in report()["findings"] if one["level"] == "error"]
    assert after == before


def test_a_rule_that_a_policy_locks_is_told_by_default_values_too() -> None:
    stack("config/prod/orders.yaml", "20")
    write("policy.yaml", f"policy: {{locked: [{RULE}]}}\n")
    write(".awslint-memo.yaml", "extends: policy.yaml\n")
    assert found() == ["warning in the deployment by default"]


def test_what_the_user_names_counts() -> None:
    stack("config/prod/orders.yaml", "20")
    assert found("--parameters", "Wait=0") == ["warning None"]
