"""The chapter on recovery of the page: Regions side by side, and the time after the loss of one."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.command import invoke

CONFIGURATION = """\
deployments:
  ireland: {AWS::Region: eu-west-1, Least: 3, Weight: 100}
  frankfurt: {AWS::Region: eu-central-1, Least: 0, Weight: 0}
recovery:
  rpo: 1h
  rto: 4h
  complete: true
  regions: [eu-west-1, eu-central-1]
  measured: [{resources: [Orders], disruption: region, took: 40m, on: 2026-01-30}]
"""
SHOP = """\
Parameters: {Least: {Type: Number}, Weight: {Type: Number}}
Conditions: {IsFirst: !Equals [!Ref AWS::Region, eu-west-1]}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Condition: IsFirst
    Properties: {DBInstanceIdentifier: orders, Engine: postgres, MultiAZ: true, BackupRetentionPeriod: 7,
      AutomaticBackupReplicationRegion: eu-central-1}
  Carts:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Properties: {TableName: carts, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Files: {Type: AWS::S3::Bucket, Condition: IsFirst}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: !Ref Least, MaxSize: 6, VPCZoneIdentifier: [subnet-1, subnet-2]}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [subnet-1, subnet-2]}
  Name:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: www.example.com, Type: CNAME, TTL: 60, SetIdentifier: !Ref AWS::Region,
      Weight: !Ref Weight, ResourceRecords: [!GetAtt Balancer.DNSName]}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def chapter(configuration: str, **files: str) -> ET.Element | None:
    """The chapter on recovery."""
    Path(".awslint-memo.yaml").write_text(configuration, encoding="utf-8")
    for name, text in files.items():
        Path(name.replace("_yaml", ".yaml")).write_text(text, encoding="utf-8")
    page = invoke("lint", "--format", "html").stdout
    whole = re.search(r'<section id="recovery".*?(?=<section id=|</main>)', page, re.DOTALL)
    if whole is None:
        return None
    return ET.fromstring(whole[0])


def in_words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_regions_stand_side_by_side(here: Path) -> None:
    recovery = chapter(CONFIGURATION, shop_yaml=SHOP)
    assert recovery is not None
    table = recovery.find('.//table[@class="beside"]')
    assert table is not None
    assert [in_words(head) for head in table.findall("thead/tr/th")] == ["what", "eu-west-1 primary", "eu-central-1"]
    rows = {
        in_words(row.findall("th")[0].findall("code")[0]): [in_words(cell) for cell in row.findall("td")]
        for row in table.findall("tbody/tr")
        if row.findall("td")
    }
    assert rows == {
        "www.example.com": ["eu-west-1live requests are led here", "eu-central-1waits no requests are led here"],
        "load balancer": ["eu-west-1live Balancer", "eu-central-1live Balancer"],
        "Web": ["eu-west-1live 3 (3 to 6)", "eu-central-1dark 0 (0 to 6)"],
        "Orders": [
            "eu-west-1live RDS postgres",
            "loses 5m or more, restore eu-central-1backup automated backups replicated to another Region",
        ],
        "Carts": [
            "eu-west-1live DynamoDB",
            "loses usually a few seconds eu-central-1live replica in another Region",
        ],
        "Files": ["eu-west-1live S3", "eu-central-1nothing"],
    }


def test_the_time_stands_against_the_objective(here: Path) -> None:
    recovery = chapter(CONFIGURATION, shop_yaml=SHOP)
    assert recovery is not None
    picture = next(svg for svg in recovery.iter("svg") if "timeline" in svg.get("class", ""))
    title = picture.find("title")
    assert title is not None
    assert "The objective is 4h." in (title.text or "")
    bars = [bar for bar in picture.findall("g") if bar.get("class", "").startswith("bar")]
    known = {(bar.find("text").text or "").split()[1]: bar for bar in bars if bar.find("text") is not None}  # type: ignore[union-attr]
    assert known["Orders"].get("class") == "bar told person"
    assert known["Web"].get("class") == "bar open person"
    starts = {name: float(bar.find("rect").get("x", 0)) for name, bar in known.items()}  # type: ignore[union-attr]
    # What computes is started once the data are back.
    assert starts["Web"] > starts["Orders"]
    objective = next(mark for mark in picture.findall("g") if mark.get("class") == "objective")
    assert in_words(objective) == "RTO 4h"


@pytest.mark.parametrize("objective", ["90s", "4h", "3650d", "99999999999d"])
def test_the_scale_has_few_marks_however_long_the_objective_is(objective: str, here: Path) -> None:
    recovery = chapter(CONFIGURATION.replace("rto: 4h", f"rto: {objective}"), shop_yaml=SHOP)
    assert recovery is not None
    picture = next(svg for svg in recovery.iter("svg") if "timeline" in svg.get("class", ""))
    assert 2 <= len([mark for mark in picture.findall("g") if mark.get("class") == "mark"]) <= 7


def test_the_steps_are_there_in_words(here: Path) -> None:
    recovery = chapter(CONFIGURATION, shop_yaml=SHOP)
    assert recovery is not None
    steps = recovery.find('.//details[@class="runbook"]')
    assert steps is not None
    assert "aws autoscaling update-auto-scaling-group --region eu-central-1" in in_words(steps)


def test_without_an_objective_nothing_is_shown(here: Path) -> None:
    assert chapter("rules: {}\n", shop_yaml=SHOP) is None


def test_one_region_has_no_picture_of_several(here: Path) -> None:
    alone = "recovery: {rpo: 1h, rto: 1h, complete: true}\n"
    recovery = chapter(alone, a_yaml="Resources: {Files: {Type: AWS::S3::Bucket}}\n")
    assert recovery is not None
    assert recovery.find('.//table[@class="beside"]') is None
