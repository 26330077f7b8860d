"""What a runbook says of stores without a known way back: nobody destroys data because a search finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.test_runbook import PROVIDERS, REGIONS, asked, commands, in_words, runbooks, steps

OPEN = REGIONS.replace("complete: true, ", "")
TABLE = "Resources: {Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_spoiled_in_part_is_kept(here: Path) -> None:
    question = asked("software", OPEN, a_yaml=TABLE)["whether Orders has a backup or copy"]
    assert not any("its data are lost" in note for note in question["notes"])
    assert question["notes"][-1].startswith(
        "If none is found, do not delete Orders or make it anew: what was not spoiled"
    )
    # That no other backup is there is no reason to delete it either.
    [task] = [task for task in steps("software", a_yaml=TABLE) if task["phase"] == "data"]
    assert task["what"] == (
        "Keep Orders, and mend what is spoiled from what else has it: there is no way back to its data"
    )
    assert task["notes"] == question["notes"][-1:]


def test_a_volume_may_come_back_with_its_zone(here: Path) -> None:
    volume = "Resources: {Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: eu-west-1a, Size: 8}}}\n"
    every = asked("az", OPEN, a_yaml=volume)
    [notes] = [each["notes"] for what, each in every.items() if what.startswith("whether Disk has")]
    assert any(note.startswith("If none is found, delete nothing:") for note in notes)


def test_older_global_tables_are_asked_by_their_own_call(here: Path) -> None:
    question = asked("region", OPEN, a_yaml=TABLE)["whether Orders has a backup or copy in eu-central-1"]
    call = "aws dynamodb describe-global-table --region eu-central-1 --global-table-name orders"
    assert call in question["commands"]
    assert "delete nothing: its data may come back with eu-west-1." in question["notes"][-1]


STATES = (
    PROVIDERS
    + """\
resource "aws_s3_bucket" "%s" {
  bucket = "%s"
}
"""
)
LOCKS = """\
resource "aws_dynamodb_table" "locks" {
  name     = "locks"
  hash_key = "LockID"
  attribute {
    name = "LockID"
    type = "S"
  }
}
"""


@pytest.mark.parametrize(
    ("name", "bucket", "more", "is_of_states"),
    [
        ("kept", "shop-tfstate", "", True),
        ("terraform_state", "shop-1", "", True),
        ("kept", "shop-1", LOCKS, True),
        ("kept", "shop-1", "", False),
    ],
)
def test_nothing_is_applied_against_an_empty_state(
    here: Path, name: str, bucket: str, more: str, *, is_of_states: bool
) -> None:
    root = STATES % (name, bucket) + more
    every = asked("region", OPEN, main_tf=root)
    [notes] = [each["notes"] for what, each in every.items() if f"aws_s3_bucket.{name} has a backup" in what]
    never = "It may keep states of Terraform: never apply against an empty state"
    assert (never in notes[-1]) is is_of_states
    assert ("make one by another name in eu-central-1" in notes[-1]) is not is_of_states
    [task] = [each for each in steps("region", main_tf=root) if f"aws_s3_bucket.{name} again" in each["what"]]
    assert any(note.startswith(never) for note in task["notes"]) is is_of_states


INSTANCE = (
    PROVIDERS
    + """\
variable "source" {
}
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  username                = "admin"
  replicate_source_db     = var.source
  backup_retention_period = %d
}
"""
)


def test_no_replica_is_offered_for_what_is_spoiled(here: Path) -> None:
    """A replica has the mistake too: what it may be a copy of is no way back, its own backups are."""
    words = in_words(steps("software", OPEN, main_tf=INSTANCE % 7))
    restore = "Restore aws_db_instance.orders beside itself, look at the data, and give the restored one its name"
    assert words == [restore]
    told = printed("recovery", "--runbook", "software")
    assert "what it may be a copy of" not in told
    assert "restore-db-instance-to-point-in-time" in told
    # Without backups of its own, the other one is restored, not used.
    question = asked("software", OPEN, main_tf=INSTANCE % 0)["whether aws_db_instance.orders has a backup or copy"]
    assert (
        "If it is a copy of another store, that has the mistake too: restore that one, and copy it anew."
        in (question["notes"])
    )


KEPT = """\
Parameters:
  Days: {Type: Number}
  Stage: {Type: String, AllowedValues: [one, two]}
Conditions: {IsOne: !Equals [!Ref Stage, one]}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, BackupRetentionPeriod: !If [IsOne, %s, %s]}
"""


@pytest.mark.parametrize("days", [("7", "!Ref Days"), ("!Ref Days", "7")])
def test_the_runbook_is_that_of_the_deployment_of_which_most_is_known(here: Path, days: tuple[str, str]) -> None:
    [runbook] = runbooks("software", OPEN, shop_yaml=KEPT % days)
    assert runbook["differs"]
    tasks = [task for task in runbook["tasks"] if task["question"] is None and task["phase"] == "data"]
    assert any("restore-db-instance-to-point-in-time" in call for call in commands(tasks))
