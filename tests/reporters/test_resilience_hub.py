"""The format resilience-hub of the command `recovery`: what it writes is what the calls take."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator
from tests.command import invoke

SESSION = botocore.session.get_session()

SHOP = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, BackupRetentionPeriod: 7}
  Files: {Type: AWS::S3::Bucket}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 1, MaxSize: 2, VPCZoneIdentifier: [subnet-1, subnet-2]}
"""
CONFIGURATION = """\
deployments: {shop-prod: {AWS::Region: eu-west-1}}
recovery:
  rpo: 1h
  rto: 4h
  region: {rpo: 90s, rto: 8h}
  strategy: hot-standby
  regions: [eu-west-1, eu-central-1]
  applications: {"my shop": {paths: [shop.yaml]}}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def exported(configuration: str, **files: str) -> Any:
    Path(".awslint-memo.yaml").write_text(configuration, encoding="utf-8")
    for name, text in files.items():
        Path(name.replace("_yaml", ".yaml").replace("_tf", ".tf")).write_text(text, encoding="utf-8")
    result = invoke("recovery", "--format", "resilience-hub")
    assert result.exit_code == 0, result.stderr
    report = json.loads(result.stdout)
    for policy in report["create_resiliency_policy"]:
        validate("resiliencehub", "CreateResiliencyPolicy", policy)
    for policy in report["create_policy"]:
        validate("resiliencehubv2", "CreatePolicy", policy)
    for template in report["put_draft_app_version_template"]:
        arn = "arn:aws:resiliencehub:eu-west-1:123456789012:app/1"
        body = {"appArn": arn, "appTemplateBody": template["appTemplateBody"]}
        validate("resiliencehub", "PutDraftAppVersionTemplate", body)
    return report


def validate(service: str, call: str, given: dict[str, Any]) -> None:
    """Compare an input with the service's model, patterns of texts and words of enumerations among them."""
    shape = SESSION.get_service_model(service).operation_model(call).input_shape
    report = ParamValidator().validate(given, shape)
    assert not report.has_errors(), report.generate_report()
    assert list(unfitting(given, shape)) == []


def unfitting(given: Any, shape: Any) -> Any:
    if shape.type_name == "structure":
        for name, value in given.items():
            yield from unfitting(value, shape.members[name])
    elif shape.type_name == "map":
        for name, value in given.items():
            yield from unfitting(name, shape.key)
            yield from unfitting(value, shape.value)
    elif shape.type_name == "string":
        pattern = shape.metadata.get("pattern")
        if shape.enum and given not in shape.enum:
            yield f"{given} is none of {shape.enum}"
        if pattern is not None and not re.fullmatch(pattern.removeprefix("^").removesuffix("$"), given):
            yield f"{given} does not match {pattern}"


def test_objectives_are_policies_of_both_generations(here: Path) -> None:
    report = exported(CONFIGURATION, shop_yaml=SHOP)
    [first] = report["create_resiliency_policy"]
    assert first["policyName"] == "my-shop"
    assert first["policy"]["AZ"] == {"rpoInSecs": 3600, "rtoInSecs": 14400}
    assert first["policy"]["Region"] == {"rpoInSecs": 90, "rtoInSecs": 28800}
    [second] = report["create_policy"]
    assert second["multiRegion"] == {
        "rpoInMinutes": 1,
        "rtoInMinutes": 480,
        "disasterRecoveryApproach": "HOT_STANDBY",
    }
    assert second["dataRecovery"] == {"timeBetweenBackupsInMinutes": 60}
    assert report["left_out"] == ["my shop: 1m 30s is no number of minutes, so the second generation gets less"]


def test_resources_are_an_app_template(here: Path) -> None:
    [template] = exported(CONFIGURATION, shop_yaml=SHOP)["put_draft_app_version_template"]
    assert template["application"] == "my shop"
    body = json.loads(template["appTemplateBody"])
    assert body["resources"][0] == {
        "logicalResourceId": {"identifier": "Orders", "logicalStackName": "shop-prod"},
        "type": "AWS::RDS::DBInstance",
        "name": "shop-prod-Orders",
    }
    named = {name for component in body["appComponents"] for name in component["resourceNames"]}
    assert named == {resource["name"] for resource in body["resources"]}
    kinds = {component["name"]: component["type"].rpartition("::")[2] for component in body["appComponents"]}
    assert kinds["shop-prod-Web"] == "ComputeAppComponent"
    assert kinds["shop-prod-Files"] == "StorageAppComponent"


def test_what_a_call_would_refuse_is_left_out(here: Path) -> None:
    report = exported("recovery: {az: {rpo: 1h}}\n", shop_yaml=SHOP)
    assert report["create_resiliency_policy"] == []
    assert report["create_policy"] == [
        {"name": "shop-yaml", "description": "What its stores ask for.", "multiAz": {"rpoInMinutes": 60}}
    ]
    assert report["put_draft_app_version_template"] == []
    assert (
        "shop.yaml: no policy of the first generation, which needs an RPO and an RTO for software, hardware and az"
        in report["left_out"]
    )
    assert any("whose stack or state no template names" in reason for reason in report["left_out"])


def test_terraform_has_no_names_of_stacks(here: Path) -> None:
    root = 'resource "aws_s3_bucket" "files" {\n  bucket = "files"\n}\n'
    report = exported("recovery: {rpo: 1h, rto: 1h}\n", main_tf=root)
    assert len(report["create_resiliency_policy"]) == 1
    assert report["put_draft_app_version_template"] == []


def test_without_objectives_there_are_no_policies(here: Path) -> None:
    report = exported("rules: {}\n", shop_yaml=SHOP)
    assert (report["create_resiliency_policy"], report["create_policy"]) == ([], [])
