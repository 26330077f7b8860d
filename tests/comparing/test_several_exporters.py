"""A name that several templates export: each may be the one that is imported, so none that is added takes findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

DAYS = """\
Resources:
  Marker: {{Type: AWS::SSM::Parameter, Properties: {{Type: String, Value: {name}}}}}
Outputs:
  Days: {{Value: "{days}", Export: {{Name: {name}}}}}
"""
DATABASE = """\
Parameters: {{Env: {{Type: String}}}}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      DBInstanceClass: db.m5.large
      AllocatedStorage: "20"
      MultiAZ: true
      MasterUsername: x
      ManageMasterUserPassword: true
      BackupRetentionPeriod: {days}
"""
RETENTION = "rds-backup-retention"
LOCKED = {".awslint-memo.yaml": 'policy: {locked: ["*"]}\n'}

QUEUE = """\
Resources:
  Orders: {{Type: AWS::SQS::Queue, Properties: {{VisibilityTimeout: {seconds}}}}}
Outputs:
  Orders: {{Value: !GetAtt Orders.Arn, Export: {{Name: orders-arn}}}}
"""
WORK = """\
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties: {Timeout: 60, Runtime: python3.12, Handler: a.b, Code: {S3Bucket: a, S3Key: b}, Role: !ImportValue role}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Work, EventSourceArn: !ImportValue orders-arn}
"""
VISIBILITY = "sqs-visibility-below-processing-time"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def days(number: int, name: str = "shared-days") -> str:
    return DAYS.format(days=number, name=name)


def database(value: str = "!ImportValue shared-days") -> str:
    return DATABASE.format(days=value)


def found(rule: str, code: int = 1) -> list[tuple[str, str]]:
    """Where a run finds something of a rule, each with the end of the message."""
    result = invoke("lint", "--format", "json", "--select", rule)
    assert result.exit_code == code, result.output
    findings = json.loads(result.stdout)["findings"]
    return [(each["path"], each["deployment"] or "") for each in findings if each["rule"] == rule]


@pytest.mark.parametrize("other", ["zz.yaml", "a.yaml", "other/shared.yaml"])
def test_what_one_of_them_gives_is_found(other: str) -> None:
    write(Path(), {"template.yaml": database(), "shared.yaml": days(0)})
    assert found(RETENTION) == [("shared.yaml", "")]
    write(Path(), {other: days(7)})
    assert [path for path, _ in found(RETENTION)] == ["shared.yaml"]


def test_the_finding_says_with_which() -> None:
    write(Path(), {"template.yaml": database(), "shared.yaml": days(0), "zz.yaml": days(7)})
    assert found(RETENTION) == [("shared.yaml", "with the export shared-days of shared.yaml")]


def test_a_relation_through_an_export_is_found_with_each_queue() -> None:
    write(Path(), {"queue.yaml": QUEUE.format(seconds=30), "work.yaml": WORK})
    before = found(VISIBILITY)
    write(Path(), {"zz.yaml": QUEUE.format(seconds=1800), "b.yaml": QUEUE.format(seconds=1900)})
    assert [path for path, _ in found(VISIBILITY)] == [path for path, _ in before] == ["queue.yaml"]


def test_a_third_template_between_them_is_judged_with_each() -> None:
    passed = days(0, "passed-days").replace('"0"', "!ImportValue shared-days")
    write(Path(), {"template.yaml": database("!ImportValue passed-days"), "passed.yaml": passed})
    write(Path(), {"shared.yaml": days(0), "zz.yaml": days(7)})
    assert [path for path, _ in found(RETENTION)] == ["shared.yaml"]


def test_a_copy_of_the_template_adds_nothing() -> None:
    write(Path(), {"template.yaml": database(), "shared.yaml": days(0), "zz.yaml": days(0)})
    assert found(RETENTION) == [("zz.yaml", "")]


def test_of_more_than_are_looked_at_none_is_taken_and_that_is_told() -> None:
    others = {f"z{number}.yaml": days(7 + number) for number in range(4)}
    write(Path(), {"template.yaml": database(), "shared.yaml": days(0), **others})
    assert found(RETENTION, code=0) == []
    told = "template.yaml: not known which of shared.yaml, z0.yaml, z1.yaml, z2.yaml and 1 other gives the export"
    assert told in invoke("lint", "--select", RETENTION).output
    write(Path(), LOCKED)
    result = invoke("lint", "--select", RETENTION)
    assert (result.exit_code, "not known which of shared.yaml" in result.output) == (2, True)


def test_a_name_with_a_parameter_counts_for_locked_rules() -> None:
    before, added = UNCLEAR["a name with a parameter"]
    write(Path(), before)
    assert [path for path, _ in found(RETENTION)] == ["shared.yaml"]
    write(Path(), added)
    assert found(RETENTION, code=0) == []
    assert "not known which of shared.yaml and zz.yaml gives the export" in invoke("lint").output
    write(Path(), LOCKED)
    assert [path for path, _ in found(RETENTION)] == ["shared.yaml"]


@needs_git
@pytest.mark.parametrize("more", [{}, LOCKED])
def test_the_gate_takes_nothing_for_mended(tmp_path: Path, more: dict[str, str]) -> None:
    repository = made(tmp_path)
    repository.commit({"template.yaml": database(), "shared.yaml": days(0), **more})
    write(Path(), {"zz.yaml": days(7)})
    output = invoke("lint", "--against", "HEAD", "--gate").output
    assert "mended" not in output
    assert "1 finding as before" in output


PARAMETER = '!Sub "${Env}-days"'


def exporting(number: int) -> str:
    return "Parameters: {Env: {Type: String}}\n" + days(number, PARAMETER).replace(f"Value: {PARAMETER}", "Value: x")


UNCLEAR = {
    "more than are looked at": (
        {"template.yaml": database(), "shared.yaml": days(0)},
        {f"z{number}.yaml": days(7 + number) for number in range(4)},
    ),
    "a name with a parameter": (
        {"template.yaml": database('!ImportValue {"Fn::Sub": "${Env}-days"}'), "shared.yaml": exporting(0)},
        {"zz.yaml": exporting(7)},
    ),
}


@needs_git
@pytest.mark.parametrize("way", UNCLEAR)
def test_what_is_not_known_any_more_shuts_the_gate(tmp_path: Path, way: str) -> None:
    before, added = UNCLEAR[way]
    made(tmp_path).commit(before)
    assert [path for path, _ in found(RETENTION)] == ["shared.yaml"]
    write(Path(), added)
    result = invoke("lint", "--against", "HEAD", "--gate", "--select", RETENTION)
    assert (result.exit_code, "not known which of shared.yaml" in result.output) == (1, True), result.output
