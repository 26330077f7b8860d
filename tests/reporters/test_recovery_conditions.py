"""What `recovery` tells of a template whose conditions compare its Region with those that are declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting

TEMPLATE = """\
    Parameters:
      Home: {Type: String, Default: eu-west-1}
      Standby: {Type: String, Default: eu-central-1}
      Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
    Conditions:
      IsHome: !Equals [!Ref AWS::Region, !Ref Home]
      IsStandby: !Equals [!Ref AWS::Region, !Ref Standby]
      IsProd: !Equals [!Ref Stage, prod]
    Resources:
      Files:
        Type: AWS::S3::Bucket
        Condition: IsHome
        Properties:
          BucketName: files
          VersioningConfiguration: {Status: Enabled}
          ReplicationConfiguration:
            Role: arn:aws:iam::123456789012:role/replication
            Rules: [{Status: Enabled, Destination: {Bucket: "arn:aws:s3:::copies"}}]
      Copies:
        Type: AWS::S3::Bucket
        Condition: IsStandby
        Properties: {BucketName: copies, VersioningConfiguration: {Status: Enabled}}
      Drafts: {Type: AWS::S3::Bucket, Condition: IsStandby}
      Orders:
        Type: AWS::DynamoDB::Table
        Properties:
          PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: !If [IsProd, true, false]}
      Api: {Type: AWS::Lambda::Function, Properties: {Handler: api.handler, Runtime: python3.13}}
    """


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_made_in_the_other_region_only_is_not_lost_with_the_primary_one(here: Path) -> None:
    lines = rows(here, {"template.yaml": TEMPLATE})
    assert starting(lines, "Copies") == "Copies - a replica of Files"
    at = next(number for number, line in enumerate(lines) if line.startswith("Drafts software"))
    assert lines[at + 2] == "in eu-central-1"
    assert not any(line.startswith("region") for line in lines[at : at + 3])


def test_a_store_of_both_regions_has_one_row_for_each_of_its_other_deployments(here: Path) -> None:
    lines = rows(here, {"template.yaml": TEMPLATE})
    told = [line for line in lines if line.startswith("Orders software")]
    assert len(told) == 2
    assert any("5m typically, 35d back" in line for line in told)
    assert starting(lines, "Files software")
    assert not any("is not eu-west-1" in line for line in lines)


def test_a_rule_names_the_bucket_that_the_template_makes_in_the_other_region(here: Path) -> None:
    lines = rows(here, {"template.yaml": TEMPLATE})
    [told] = [line for line in lines if "a replication rule" in line]
    assert "a replication rule to Copies in eu-central-1;" in told
    assert "whether Copies is deployed in eu-central-1 (declare `deployments` with their Regions)" in told


def test_what_tells_the_region_stands_over_what_it_is_compared_with(here: Path) -> None:
    lines = rows(here, {"template.yaml": TEMPLATE}, "--parameters", "AWS::Region=eu-west-1")
    assert not any(line.startswith("Copies") for line in lines)
    lines = rows(
        here, {"template.yaml": TEMPLATE}, configuration="recovery: {rpo: 1h, regions: [us-east-1, us-west-2]}"
    )
    assert any(line.startswith("Copies software") for line in lines)


def test_the_runbook_names_what_the_deployment_in_the_other_region_makes(here: Path) -> None:
    rows(here, {"template.yaml": TEMPLATE})
    told = printed("recovery", "--runbook", "region")
    assert "deployed as" not in told
    assert "whether it is in eu-west-1" in told
    assert "whether template.yaml is deployed in eu-central-1 already" in told
    assert "It makes Copies, Drafts and Orders anew and empty." in told
    assert "Read from and write to the bucket Copies in eu-central-1 in place of Files" in told


PAIRED = """\
    Parameters: {First: {Type: String}}
    Conditions:
      IsFirst: !Equals [%s]
    Resources:
      Everywhere: {Type: AWS::RDS::GlobalCluster, Condition: IsFirst, Properties: {Engine: aurora-postgresql}}
      Orders:
        Type: AWS::RDS::DBCluster
        Properties:
          Engine: aurora-postgresql
          GlobalClusterIdentifier: !If [IsFirst, !Ref Everywhere, everywhere]
          MasterUsername: !If [IsFirst, orders, !Ref AWS::NoValue]
          SourceRegion: !If [IsFirst, !Ref AWS::NoValue, !Ref First]
    """
PARENT = """\
    Resources:
      Db: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./pair.yaml, Parameters: {First: us-east-1}}}
    """


@pytest.mark.parametrize("sides", ["!Ref AWS::Region, !Ref First", "!Ref First, !Sub '${AWS::Region}'"])
@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("parent.yaml", ()),
        ("pair.yaml", ("--parameters", "First=us-east-1")),
        ("pair.yaml", ("--parameters", "AWS::Region=us-east-1")),
    ],
)
def test_a_cluster_is_the_primary_in_the_region_that_a_parent_or_a_user_gives(
    here: Path, sides: str, path: str, options: tuple[str, ...]
) -> None:
    lines = rows(here, {"pair.yaml": PAIRED % sides, "parent.yaml": PARENT}, path, *options, configuration="{}\n")
    assert [line for line in lines if "Orders - a secondary of a global database" in line]
    assert [line for line in lines if "Orders software 5m typically" in line]
    assert any(line.startswith("1 store") for line in lines)
