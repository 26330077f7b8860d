"""Nested stacks terminate for circular nesting and for exponential nesting."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import command

from awslint_memo.files.source import Source
from awslint_memo.readers.recognition import template
from awslint_memo.readers.template import Deployments

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "AWS::SQS::Queue"


def nesting(*urls: str) -> str:
    stacks = "".join(
        f"  S{number}:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: {url}}}\n"
        for number, url in enumerate(urls)
    )
    return f"Resources:\n  Q: {{Type: {QUEUE}}}\n{stacks}"


def deployments(path: Path) -> Deployments:
    read = template(Source(str(path), path.read_bytes()))
    assert read is not None
    return read.deployments(None)


def test_a_template_that_nests_itself_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(nesting("b.yaml"))
    (tmp_path / "b.yaml").write_text(nesting("a.yaml"))
    made = deployments(tmp_path / "a.yaml")
    assert sorted(queue.name for queue in made.deployments[0].of_type(QUEUE)) == ["Q", "S0/Q"]
    assert list(made.unseen) == ["the nested stack S0/S0 (a.yaml; it nests this one)"]


def test_nested_stacks_are_limited_and_the_deployment_is_then_open(tmp_path: Path) -> None:
    for level in range(12):
        (tmp_path / f"{level}.yaml").write_text(nesting(*[f"{level + 1}.yaml"] * 3))
    (tmp_path / "12.yaml").write_text(nesting())
    made = deployments(tmp_path / "0.yaml")
    assert len(made.deployments[0].of_type(QUEUE)) <= 4001
    assert made.deployments[0].is_open
    assert any("which are too many" in what for what in made.unseen)


def test_a_few_nested_stacks_leave_nothing_out(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(nesting("b.yaml", "b.yaml"))
    (tmp_path / "b.yaml").write_text(nesting())
    made = deployments(tmp_path / "a.yaml")
    assert sorted(queue.name for queue in made.deployments[0].of_type(QUEUE)) == ["Q", "S0/Q", "S1/Q"]
    assert not made.deployments[0].is_open
    assert list(made.unseen) == []


def test_a_nested_template_that_refuses_what_it_is_given_is_not_deployed(tmp_path: Path) -> None:
    """CloudFormation creates no such stack; the template is judged by itself."""
    parent = """
Parameters: {Version: {Type: String, Default: "8.1", AllowedValues: ["8.1", "8.0"]}}
Resources:
  Web: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: web.yaml, Parameters: {Version: !Ref Version}}}
"""
    child = """
Parameters: {Version: {Type: String, AllowedValues: ["8.0", "7.4"]}}
Conditions: {Is: !Equals [!Ref Version, "8.1"], Old: !Equals [!Ref Version, "8.0"]}
Resources:
  New: {Type: AWS::SQS::Queue, Condition: Is}
  Other: {Type: AWS::SQS::Queue, Condition: Old}
"""
    (tmp_path / "parent.yaml").write_text(parent)
    (tmp_path / "web.yaml").write_text(child)
    made = command.report(str(tmp_path), "--select", "sqs-dead-letter-queue", "--advice")
    assert {one["resource"] for one in made["findings"]} == {"Other"}
    assert any("it refuses the value of Version" in one for one in made["summary"]["notices"])


def test_a_condition_of_a_nested_template_on_what_it_is_given(tmp_path: Path) -> None:
    """What the parent gives by a parameter of its own can be chosen there, also through two stacks."""
    top = """
Parameters: {Days: {Type: Number, Default: 1}}
Resources:
  Middle: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: middle.yaml, Parameters: {Days: !Ref Days}}}
"""
    middle = """
Parameters: {Days: {Type: Number}}
Resources:
  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml, Parameters: {Days: !Ref Days}}}
"""
    inner = """
Parameters: {Days: {Type: Number, MinValue: 0}}
Conditions: {Lives: !Not [!Equals [!Ref Days, 0]]}
Resources:
  Queue: {Type: AWS::SQS::Queue, Condition: Lives}
"""
    for name, text in (("top", top), ("middle", middle), ("inner", inner)):
        (tmp_path / f"{name}.yaml").write_text(text)
    made = command.report(str(tmp_path), "--select", "sqs-dead-letter-queue", "--advice")
    (one,) = made["findings"]
    assert (one["resource"], one["level"]) == ("Middle/Inner/Queue", "warning")
    assert one["deployment"] == "when Days is 1"
    fixed = command.report(str(tmp_path), "--select", "sqs-dead-letter-queue", "--parameters", "Days=0")
    assert fixed["findings"] == []


@pytest.mark.parametrize(
    ("declared", "given", "expected"),
    [
        pytest.param("{Type: String}", "Role: !Ref Role, Name: a", [], id="who deploys gives it"),
        pytest.param("{Type: String, Default: ''}", "Role: !Ref Role, Name: a", ["Inner/Jobs"], id="empty by default"),
        pytest.param("{Type: String}", "Name: a", ["Inner/Jobs"], id="not given"),
        pytest.param(
            "{Type: String, AllowedValues: ['', a]}", "Role: !Ref Role, Name: a", ["Inner/Jobs"], id="may be empty"
        ),
    ],
)
def test_what_a_parent_must_be_told_and_hands_down_is_not_empty(
    tmp_path: Path, declared: str, given: str, expected: list[str]
) -> None:
    top = f"""
Parameters: {{Role: {declared}}}
Resources:
  Inner: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: inner.yaml, Parameters: {{{given}}}}}}}
"""
    inner = """
Parameters: {Name: {Type: String}, Role: {Type: String, Default: ''}}
Conditions: {HasRole: !Not [!Equals [!Ref Role, '']]}
Resources:
  Jobs:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MonitoringInterval: 30, MonitoringRoleArn: !If [HasRole, !Ref Role, !Ref AWS::NoValue]}
"""
    (tmp_path / "top.yaml").write_text(top)
    (tmp_path / "inner.yaml").write_text(inner)
    made = command.report(str(tmp_path / "top.yaml"), "--select", "rds-refused", "--advice")
    assert [one["resource"] for one in made["findings"]] == expected


def test_a_nested_stack_is_in_the_region_of_its_parent(tmp_path: Path) -> None:
    """Both ask for the Region, and a finding names it once."""
    parent = """
Conditions: {Here: !Equals [!Ref "AWS::Region", eu-west-1]}
Resources:
  Web: {Type: AWS::CloudFormation::Stack, Condition: Here, Properties: {TemplateURL: web.yaml}}
"""
    child = """
Conditions: {Here: !Equals [!Ref "AWS::Region", eu-west-1], There: !Equals [!Ref "AWS::Region", us-east-1]}
Resources:
  Queue: {Type: AWS::SQS::Queue, Condition: Here}
  Never: {Type: AWS::SQS::Queue, Condition: There}
"""
    (tmp_path / "parent.yaml").write_text(parent)
    (tmp_path / "web.yaml").write_text(child)
    made = command.report(str(tmp_path), "--select", "sqs-dead-letter-queue", "--advice")
    assert [(one["resource"], one["deployment"]) for one in made["findings"]] == [("Web/Queue", "in eu-west-1")]
