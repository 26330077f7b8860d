"""A nested template at another address than before, or at a version, may be another one than the mended file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

DATABASE = """\
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {{Engine: postgres, DBInstanceClass: db.m5.large, MultiAZ: true, BackupRetentionPeriod: {}}}
"""
PARENT = """\
Parameters: {{Bucket: {{Type: String}}, Other: {{Type: String}}}}
Resources:
  {}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {}}}}}
"""
SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Child: {{Type: AWS::Serverless::Application, Properties: {{Location: {}}}}}
"""
HERE = "https://bucket.s3.amazonaws.com/x/child.yaml"
ELSEWHERE = "https://other.s3.amazonaws.com/x/child.yaml"
TOLD = "!Sub 'https://${Bucket}.s3.amazonaws.com/x/child.yaml'"

OTHER: dict[str, tuple[str, str]] = {
    "an address in place of a path": ("./child.yaml", HERE),
    "another bucket": (HERE, ELSEWHERE),
    "another prefix": (HERE, HERE.replace("/x/", "/y/")),
    "a version": (HERE, f"{HERE}?versionId=abc"),
    "the version that there was": (f"{HERE}?versionId=abc", f"{HERE}?versionId=abc"),
    "the bucket of another parameter": (TOLD, TOLD.replace("Bucket", "Other")),
}
SAME: dict[str, tuple[str, str]] = {
    "a path": ("./child.yaml", "./child.yaml"),
    "the same address": (HERE, HERE),
    "the same bucket that is told": (TOLD, TOLD),
    "a path in place of an address": (HERE, "./child.yaml"),
}


def gate(path: Path, before: Mapping[str, str], after: Mapping[str, str], rule: str) -> tuple[int, list[str]]:
    """The exit code, and what the gate doubts."""
    repository = made(path)
    repository.commit(before)
    write(path, after)
    repository.git("add", "--all")
    result = invoke("lint", "--against", "HEAD", "--gate", "--format", "json", "--select", rule)
    report = json.loads(result.stdout)
    return result.exit_code, [finding["why"] for finding in report["gate"]["doubted"]]


def mended(path: Path, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[int, list[str]]:
    """The same where the file of a nested template is mended."""
    child = {"child.yaml": DATABASE.format(0)}
    return gate(path, {**child, **before}, {"child.yaml": DATABASE.format(7), **after}, "rds-backup-retention")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("parent", [PARENT.replace("{}", "Child", 1), SAM], ids=["CloudFormation", "SAM"])
@pytest.mark.parametrize("name", OTHER)
def test_another_address_mends_nothing(name: str, parent: str, path: Path) -> None:
    if "Parameters" not in parent and "!Sub" in OTHER[name][0]:
        parent = "Parameters: {{Bucket: {{Type: String}}, Other: {{Type: String}}}}\n" + parent
    then, now = (parent.format(address) for address in OTHER[name])
    code, why = mended(path, {"parent.yaml": then}, {"parent.yaml": now})
    assert (code, [each.startswith("child.yaml is taken as a nested template by its name") for each in why]) == (
        1,
        [True],
    )


@pytest.mark.parametrize("name", SAME)
def test_the_same_address_is_no_doubt(name: str, path: Path) -> None:
    then, now = (PARENT.format("Child", address) for address in SAME[name])
    assert mended(path, {"parent.yaml": then}, {"parent.yaml": now}) == (0, [])


def test_a_stack_that_is_called_otherwise_mends_nothing(path: Path) -> None:
    before, after = PARENT.format("Child", HERE), PARENT.format("Kid", ELSEWHERE)
    assert mended(path, {"parent.yaml": before}, {"parent.yaml": after})[0] == 1


def test_a_second_parent_is_no_doubt(path: Path) -> None:
    other = {"other.yaml": PARENT.format("Child", ELSEWHERE)}
    assert mended(path, {"parent.yaml": PARENT.format("Child", HERE)}, other) == (0, [])


def test_the_address_of_the_stack_around_counts(path: Path) -> None:
    middle = {"middle.yaml": PARENT.format("Child", "./child.yaml").partition("\n")[2]}
    then, now = (PARENT.format("Middle", each.replace("child", "middle")) for each in (HERE, ELSEWHERE))
    code, why = mended(path, {**middle, "parent.yaml": then}, {"parent.yaml": now})
    assert (code, len(why)) == (1, 1)


QUEUE = """\
Resources:
  Orders: {{Type: AWS::SQS::Queue, Properties: {{VisibilityTimeout: {}}}}}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {{TemplateURL: {}, Parameters: {{Orders: !GetAtt Orders.Arn}}}}
"""
READER = """\
Parameters: {{Orders: {{Type: String}}}}
Resources:
  Fn: {{Type: AWS::Lambda::Function, Properties: {{Timeout: {}}}}}
  Reader: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: !Ref Fn, EventSourceArn: !Ref Orders}}}}
"""


def test_what_is_found_by_a_resource_of_another_address_is_not_mended_by_it(path: Path) -> None:
    before = {"parent.yaml": QUEUE.format(30, HERE), "child.yaml": READER.format(60)}
    after = {"parent.yaml": QUEUE.format(30, ELSEWHERE), "child.yaml": READER.format(5)}
    code, why = gate(path, before, after, "sqs-visibility-below-processing-time")
    assert (code, len(why)) == (1, 1)


def test_what_is_mended_in_the_parent_is_no_doubt(path: Path) -> None:
    before = {"parent.yaml": QUEUE.format(30, HERE), "child.yaml": READER.format(60)}
    after = {"parent.yaml": QUEUE.format(600, ELSEWHERE)}
    assert gate(path, before, after, "sqs-visibility-below-processing-time") == (0, [])


USING = """\
Resources:
  Child: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {}}}}}
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      Engine: postgres
      DBInstanceClass: db.m5.large
      MultiAZ: true
      BackupRetentionPeriod: !GetAtt Child.Outputs.Days
"""
TELLING = "Resources: {Topic: {Type: AWS::SNS::Topic}}\nOutputs: {Days: {Value: 7}}\n"


@pytest.mark.parametrize("address", [HERE, ELSEWHERE, f"{HERE}?versionId=a"])
def test_an_output_of_a_new_address_mends_nothing(address: str, path: Path) -> None:
    after = {"t.yaml": USING.format(address), "child.yaml": TELLING}
    code, why = gate(path, {"t.yaml": DATABASE.format(0)}, after, "rds-backup-retention")
    assert (code, [each.startswith("child.yaml is taken as a nested template") for each in why]) == (1, [True])


@pytest.mark.parametrize("value", [0, 7])
def test_an_output_of_a_path_or_of_the_same_address_mends(value: int, path: Path) -> None:
    before = {"t.yaml": USING.format(HERE), "child.yaml": TELLING.replace("7", "0")} if value else {}
    after = {"t.yaml": USING.format(HERE if value else "./child.yaml"), "child.yaml": TELLING}
    assert gate(path, before or {"t.yaml": DATABASE.format(0)}, after, "rds-backup-retention") == (0, [])
