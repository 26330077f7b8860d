"""Steps that would do harm where the Region that is lost is not that of the data, or where several Regions write."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.test_runbook import GLOBAL, PAIR, PROVIDERS, READY, REGIONS, SECONDARY, runbooks, steps
from tests.reporters.test_runbook_programs import EACH_MINUTE, FAILS_OVER, FUNCTION

OTHER_WAY = PAIR.replace("regions: [eu-west-1, eu-central-1]", "regions: [eu-central-1, eu-west-1]")
ALONE = (
    "Do not start the function {0}, and see that nothing does: what it may promote copies of has its data elsewhere,"
    " not in {1}"
)
REPLICA = (
    PROVIDERS
    + """\
resource "aws_kms_key" "copy" {
  provider = aws.second
}
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  backup_retention_period = 7
}
resource "aws_db_instance" "copy" {
  provider            = aws.second
  identifier          = "orders-copy"
  replicate_source_db = aws_db_instance.orders.arn
  kms_key_id          = aws_kms_key.copy.arn
}
resource "aws_instance" "web" {
  provider      = aws.second
  ami           = "ami-12345678"
  instance_type = "t3.micro"
}
resource "aws_iam_role" "mover" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "mover" {
  role   = aws_iam_role.mover.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["rds:PromoteReadReplica"], Resource = "*" }] })
}
resource "aws_lambda_function" "mover" {
  function_name = "orders-failover"
  role          = aws_iam_role.mover.arn
}
"""
)


WEB = "  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-12345678, InstanceType: t3.micro}}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_would_move_data_into_the_lost_region_is_not_started(here: Path) -> None:
    files = {"first_yaml": GLOBAL + FUNCTION % FAILS_OVER + EACH_MINUTE, "second_yaml": SECONDARY + READY + WEB}
    [runbook] = runbooks("region", OTHER_WAY, **files)
    [task] = [each for each in runbook["tasks"] if "Mover" in each["what"]]
    assert task["what"] == ALONE.format("Mover", "eu-central-1")
    assert task["commands"] == []
    assert "Minute starts it by itself: switch that off first." in task["notes"]
    # For the loss of the primary Region, the same function in the other one is started.
    files = {"first_yaml": GLOBAL, "second_yaml": SECONDARY + READY + FUNCTION % FAILS_OVER}
    assert "Start the function Mover in eu-central-1 first" in [each["what"] for each in steps("region", PAIR, **files)]


def test_the_same_of_a_root(here: Path) -> None:
    regions = REGIONS.replace("[eu-west-1, eu-central-1]", "[eu-central-1, eu-west-1]")
    [runbook] = runbooks("region", regions, main_tf=REPLICA)
    words = ALONE.format("aws_lambda_function.mover", "eu-central-1")
    assert [each["what"] for each in runbook["tasks"] if "mover" in each["what"]] == [words]


def test_a_copy_is_not_made_again_beside_its_source(here: Path) -> None:
    regions = REGIONS.replace("[eu-west-1, eu-central-1]", "[eu-central-1, eu-west-1]")
    runbooks("region", regions, main_tf=REPLICA)
    assert "key aws_kms_key.copy" not in printed("recovery")
    assert "key aws_kms_key.copy" not in printed("recovery", "--runbook", "region")
    key = "  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}\n"
    secondary = SECONDARY.replace("everywhere}", "everywhere, KmsKeyId: !Ref Key}")
    files = {"first_yaml": GLOBAL, "second_yaml": secondary + READY + WEB + key}
    runbooks("region", OTHER_WAY, **files)
    assert "key Key" not in printed("recovery", "--runbook", "region")


def test_a_function_that_may_only_switch_over_is_read_before_it_is_started(here: Path) -> None:
    files = {"first_yaml": GLOBAL, "second_yaml": SECONDARY + READY + FUNCTION % FAILS_OVER}
    [task] = [each for each in steps("region", PAIR, **files) if each["what"].startswith("Start the function")]
    assert task["notes"][0].startswith("Read its code first, and start it only if that gives AllowDataLoss")


TABLE = """\
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: AtHome
    Properties:
      TableName: orders
      Replicas: [{Region: eu-west-1, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}},
        {Region: eu-central-1}]
  Api: {Type: AWS::Lambda::Function, Properties: {FunctionName: api}}
Conditions: {AtHome: !Equals [!Ref AWS::Region, eu-west-1]}
"""
TABLES = (
    PROVIDERS
    + """\
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  point_in_time_recovery {
    enabled = true
  }
  replica {
    region_name = "eu-central-1"
  }
}
resource "aws_lambda_function" "api" {
  function_name = "api"
  environment {
    variables = { TABLE = aws_dynamodb_table.orders.name }
  }
}
resource "aws_lambda_function" "there" {
  provider      = aws.second
  function_name = "api"
}
"""
)
DEPLOYED = "deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}\n"


@pytest.mark.parametrize(
    ("files", "title", "far"),
    [({"a_yaml": TABLE}, "Orders", "Api"), ({"main_tf": TABLES}, "aws_dynamodb_table.orders", "there")],
)
def test_what_writes_to_replicas_is_stopped_too(here: Path, files: dict[str, str], title: str, far: str) -> None:
    configuration = (DEPLOYED if "a_yaml" in files else "") + REGIONS
    every = runbooks("software", configuration, **files)
    tasks = [task for runbook in every for task in runbook["tasks"] if title in task["what"]]
    stop, restore = tasks[0], tasks[1]
    [note] = [each for each in stop["notes"] if "comes to all others" in each]
    assert far in note
    assert " in eu-central-1 too" in note
    assert any(each.startswith("The restored table has no replica") for each in restore["notes"])


def test_what_runs_there_writes_to_no_table_that_has_no_replica(here: Path) -> None:
    alone = TABLES.replace('  replica {\n    region_name = "eu-central-1"\n  }\n', "")
    [stop, restore, *_] = steps("software", main_tf=alone)
    assert not any("comes to all others" in each for each in stop["notes"])
    assert not any("no replica" in each for each in restore["notes"])


def test_a_root_that_is_applied_elsewhere_keeps_the_table_at_home(here: Path) -> None:
    [runbook] = runbooks(main_tf=TABLES.partition('resource "aws_lambda_function" "there"')[0])
    notes = [note for task in runbook["tasks"] for note in task["notes"]]
    assert any("have the deployment import it" in note for note in notes)
    [note] = [each for each in notes if each.startswith("Before the apply")]
    assert note.startswith(
        "Before the apply, have the `replica` of aws_dynamodb_table.orders name eu-west-1 in place of eu-central-1"
    )
