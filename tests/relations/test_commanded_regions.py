"""The Regions in which commands of a repository deploy a template, as findings show them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke

KEY = """
Resources:
  Replica:
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: !ImportValue Main
      DBInstanceClass: db.r6g.large
      KmsKeyId: !Sub arn:aws:kms:us-east-1:${AWS::AccountId}:alias/claims
"""
IMAGES = """
Mappings:
  Images:
    us-east-1: {web: ami-0c1a7f89451184c8b}
    eu-west-1: {web: ami-0a8e758f5e873d1c1}
Resources:
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {ImageId: !FindInMap [Images, !Ref AWS::Region, web]}}
"""
DEPLOYED = "aws cloudformation deploy --region us-west-2 --stack-name claims --template-file stack.yaml\n"
IN_ITS_REGION = "aws cloudformation deploy --region us-east-1 --stack-name claims --template-file stack.yaml\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def found(folder: Path, template: str, **files: str) -> str:
    for name, text in {"stack_yaml": template, **files}.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    result = invoke("lint", "--select", "region-key,stack-mapping-key", "stack.yaml")
    return result.output


@pytest.mark.parametrize(
    "files",
    [
        {"Makefile": f"standby:\n\t{DEPLOYED}"},
        {"deploy_sh": f"#!/bin/bash\n{DEPLOYED}"},
        {"scripts__deploy_sh": DEPLOYED},
        {"deploy_sh": "REGION=us-west-2\n" + DEPLOYED.replace("us-west-2", '"${REGION}"')},
        {"deploy_sh": DEPLOYED.replace(" --stack", " \\\n  --stack")},
        {"deploy_sh": "aws --region us-west-2 cloudformation create-stack --template-body file://stack.yaml"},
        {"deploy_sh": "sam deploy -t stack.yaml --region us-west-2"},
        {"_github__workflows__deploy_yml": f"jobs:\n  deploy:\n    steps:\n      - run: {DEPLOYED}"},
        {"deploy_sh": IN_ITS_REGION + DEPLOYED},
    ],
)
def test_what_fails_in_the_region_of_a_command_is_reported(folder: Path, files: dict[str, str]) -> None:
    assert "is a key of us-east-1, but us-west-2 is needed" in found(folder, KEY, **files)
    told = found(folder, IMAGES, **files)
    assert "which has no us-west-2, so the stack is refused where AWS::Region is us-west-2" in told
    assert "deploys it in us-west-2" in told


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"deploy_sh": IN_ITS_REGION},
        {"deploy_sh": f"# {DEPLOYED}"},
        {"deploy_sh": DEPLOYED.replace("stack.yaml", "other.yaml")},
        {"deploy_sh": f"cd other\n{DEPLOYED}"},
        {"Makefile": f"standby:\n\tcd other && {DEPLOYED}"},
        {"deploy_sh": "REGION=$1\n" + DEPLOYED.replace("us-west-2", "$REGION")},
        {"deploy_sh": "REGION=us-west-2\nREGION=us-east-1\n" + DEPLOYED.replace("us-west-2", "$REGION")},
        {"Makefile": "REGION ?= us-west-2\nstandby:\n\t" + DEPLOYED.replace("us-west-2", "$(REGION)")},
        {"deploy_sh": DEPLOYED.replace("us-west-2", "${REGION:-us-west-2}")},
        {"deploy_sh": DEPLOYED.replace("cloudformation deploy", "cloudformation validate-template")},
        {"deploy_sh": "aws s3 ls --region us-west-2\naws cloudformation deploy --template-file stack.yaml"},
    ],
)
def test_what_no_command_surely_deploys_elsewhere_is_not(folder: Path, files: dict[str, str]) -> None:
    for template in (KEY, IMAGES):
        assert "us-west-2" not in found(folder, template, **files)


def test_what_the_template_may_choose_by_region_is_not_reported(folder: Path) -> None:
    parameters = "Parameters: {Key: {Type: String, Default: 'arn:aws:kms:us-east-1:123456789012:key/1'}}" + KEY
    named = parameters.replace("!Sub arn:aws:kms:us-east-1:${AWS::AccountId}:alias/claims", "!Ref Key")
    choice = "Conditions: {IsHome: !Equals [!Ref AWS::Region, us-east-1]}" + KEY
    images = IMAGES.replace("    Type:", "    Condition: IsHome\n    Type:")
    known = "Conditions: {IsHome: !Equals [!Ref AWS::Region, us-east-1]}" + images
    by_rules = "Rules: {Home: {Assertions: [{Assert: !Equals [!Ref AWS::Region, us-east-1]}]}}" + IMAGES
    for template in (named, choice, known, by_rules):
        assert "no findings" in found(folder, template, deploy_sh=DEPLOYED), template


def test_a_mapping_lacks_a_region_of_a_samconfig(folder: Path) -> None:
    samconfig = 'version = 0.1\n[prod.deploy.parameters]\nregion = "us-west-2"\ntemplate_file = "stack.yaml"\n'
    told = found(folder, IMAGES, samconfig_toml=samconfig)
    assert "which has no us-west-2" in told
    assert "samconfig.toml:3:11: a samconfig deploys it in us-west-2" in told
    assert "no findings" in found(folder, IMAGES, samconfig_toml=samconfig.replace("us-west-2", "eu-west-1"))


def test_the_region_that_the_configuration_gives_is_the_only_one(folder: Path) -> None:
    (folder / ".awslint-memo.yaml").write_text("deployments: {home: {AWS::Region: us-east-1}}\n")
    assert "us-west-2" not in found(folder, IMAGES, deploy_sh=DEPLOYED)
    (folder / ".awslint-memo.yaml").write_text("deployments: {standby: {AWS::Region: us-west-2}}\n")
    assert "which has no us-west-2" in found(folder, IMAGES)
