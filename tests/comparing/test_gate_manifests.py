"""A manifest of the CDK that a change brings mends nothing: it may say where a template is deployed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

PATH = "Provider/waiter-state-machine/Resource"
MADE_ID = f"Providerwaiterstatemachine{hashlib.md5(PATH.encode()).hexdigest()[:8].upper()}"
MACHINE = {
    "Type": "AWS::StepFunctions::StateMachine",
    "Properties": {"RoleArn": "arn:aws:iam::111111111111:role/x", "DefinitionString": "{}"},
}


def manifest(environment: str = "aws://111111111111/us-east-1", metadata: Any = None) -> str:
    stack = {"type": "aws:cloudformation:stack", "environment": environment, "metadata": metadata or {}}
    properties = {"stackName": "orders-live", "templateFile": "db.template.json"}
    return json.dumps({"version": "36.0.0", "artifacts": {"Db": {**stack, "properties": properties}}})


def database(days: Any, **more: Any) -> str:
    properties = {
        "Engine": "mysql",
        "DBInstanceClass": "db.m5.large",
        "AllocatedStorage": "20",
        "MultiAZ": True,
        "MasterUsername": "x",
        "ManageMasterUserPassword": True,
        "BackupRetentionPeriod": days,
    }
    resources = {"Db": {"Type": "AWS::RDS::DBInstance", "Properties": properties}}
    return json.dumps({"Resources": resources, **more})


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    repository: Repository = made(tmp_path)
    repository.commit({"infra/db.template.json": database(0)})
    return repository


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS::Region", "us-east-1"),
        ("AWS::AccountId", "111111111111"),
        ("AWS::StackName", "orders-live"),
        ("AWS::URLSuffix", "amazonaws.com"),
    ],
)
def test_what_it_decides_narrows(repository: Repository, name: str, value: str, locked: bool) -> None:
    condition = {"There": {"Fn::Equals": [{"Ref": name}, value]}}
    change = database({"Fn::If": ["There", 7, 0]}, Conditions=condition)
    settings = {".awslint-memo.yaml": 'policy: {locked: ["*"]}\n'} if locked else {}
    write(repository.path, {"infra/db.template.json": change, "infra/manifest.json": manifest(), **settings})
    result = invoke("lint", "--against", "HEAD", "--gate", "--select", "rds-backup-retention")
    assert (result.exit_code, "mended" in result.output) == (1, False), result.output
    assert f"{name} is {value}, as infra/manifest.json says" in invoke("lint").output.replace('"', "")


def test_what_it_says_is_the_cdks_own_shuts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = "rules: {xray-stepfunctions-tracing: {level: warning}}\n"
    repository = made(tmp_path)
    template = json.dumps({"Resources": {MADE_ID: MACHINE}})
    repository.commit({"infra/db.template.json": template, ".awslint-memo.yaml": settings})
    entry = [{"type": "aws:cdk:logicalId", "data": MADE_ID}]
    write(tmp_path, {"infra/manifest.json": manifest(metadata={f"/Db/{PATH}": entry})})
    result = invoke("lint", "--against", "HEAD", "--gate", "--select", "xray-*")
    assert (result.exit_code, "became advice since HEAD" in result.output) == (1, True), result.output
