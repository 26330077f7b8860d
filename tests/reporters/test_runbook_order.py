"""Steps of runbooks in an order in which they can be done, with what would be missing after them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.test_runbook import BACKUPS, PROVIDERS, REGIONS, runbooks, steps


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


ROOT = (
    PROVIDERS
    + """\
resource "aws_db_instance" "orders" {
  identifier = "orders"
  engine     = "postgres"
}
resource "aws_ecr_repository" "app" {
  name = "app"
}
resource "aws_ecs_task_definition" "app" {
  family = "app"
  container_definitions = jsonencode([{
    name  = "app"
    image = "${aws_ecr_repository.app.repository_url}:1"
    environment = [{ name = "DB", value = aws_db_instance.orders.address }]
  }])
}
resource "aws_ecs_service" "app" {
  name            = "app"
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 1
}
resource "aws_iam_role" "backup" {
  name               = "restorer"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy_attachment" "restores" {
  role       = aws_iam_role.backup.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores"
}
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "Daily"
    target_vault_name = "near"
    schedule          = "cron(0 5 * * ? *)"
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-central-1:123456789012:backup-vault:far"
    }
  }
}
resource "aws_backup_selection" "all" {
  name         = "all"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_db_instance.orders.arn]
}
"""
)


def test_what_needs_restored_data_is_made_after_them(here: Path) -> None:
    tasks = steps("region", main_tf=ROOT)
    words = [task["what"] for task in tasks]
    what = "Make in eu-central-1 what the restore needs, and aws_ecs_service.app once the data are there"
    assert words.index(what) < next(number for number, each in enumerate(words) if each.startswith("Restore "))
    [made] = [task for task in tasks if task["what"] == what]
    assert any("and in turn aws_ecs_service.app)" in note for note in made["notes"])
    assert any(note.startswith("So apply it twice") for note in made["notes"])
    # What uses no store is made at once.
    alone = ROOT.replace("aws_db_instance.orders.address", '"db"')
    assert "Make in eu-central-1: aws_ecs_service.app" in [task["what"] for task in steps("region", main_tf=alone)]


def test_images_are_pushed_to_the_repository_that_is_made_there(here: Path) -> None:
    [task] = [each for each in steps("region", main_tf=ROOT) if "the images" in each["what"]]
    assert any(note.startswith("aws_ecr_repository.app: what is deployed there makes it") for note in task["notes"])


def test_the_role_to_restore_with_is_named_where_one_was_read(here: Path) -> None:
    [runbook] = runbooks("region", main_tf=ROOT)
    told = printed("recovery", "--runbook", "region")
    assert runbook["tasks"]
    assert "a role that AWS Backup may restore with, as restorer" in told
    Path("main.tf").write_text(ROOT.replace("ForRestores", "ForBackup"), encoding="utf-8")
    assert "may restore with; none with AWS's policy for restores was read" in printed(
        "recovery", "--runbook", "region"
    )


def test_a_table_from_a_vault_lacks_what_one_from_another_time_lacks(here: Path) -> None:
    [carts] = [task for task in steps(shop_yaml=BACKUPS) if task["what"].startswith("Restore Carts")]
    assert any(note.startswith("A table can't be renamed") for note in carts["notes"])


def test_a_restore_after_a_zone_is_not_made_in_that_zone(here: Path) -> None:
    text = BACKUPS.replace("MultiAZ: true, BackupRetentionPeriod: 7", "BackupRetentionPeriod: 0")
    [orders] = [task for task in steps("az", shop_yaml=text) if task["what"].startswith("Restore Orders")]
    assert any("a zone that is not lost in place of its zone" in note for note in orders["notes"])
    notes = [note for task in steps("software", shop_yaml=text) for note in task["notes"]]
    assert not any("a zone that is not lost" in note for note in notes)


VERSIONS = """\
Resources:
  Photos:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: photos
      VersioningConfiguration: {Status: Enabled}
      ReplicationConfiguration:
        Role: role
        Rules: [{Status: Enabled, Destination: {Bucket: "arn:aws:s3:::other"}}]
"""


def test_what_is_done_by_the_id_of_a_version_is_done_in_replicas_too(here: Path) -> None:
    words = "A deletion by the id of a version, as that of a delete marker, is not replicated"
    alone = VERSIONS.partition("      ReplicationConfiguration")[0]
    for text, is_told in ((VERSIONS, True), (alone, False)):
        notes = [note for task in steps("software", shop_yaml=text) for note in task["notes"]]
        assert any(note.startswith(words) for note in notes) is is_told


WEIGHTS = """\
Resources:
  Files: {Type: AWS::S3::Bucket, Properties: {BucketName: files}}
  Names:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneName: example.com.
      RecordSets:
        - {Name: www.example.com, Type: CNAME, TTL: "60", SetIdentifier: a, Weight: 0,
           ResourceRecords: [web-1.eu-central-1.elb.amazonaws.com]}
        - {Name: www.example.com, Type: CNAME, TTL: "60", SetIdentifier: b, Weight: 100,
           ResourceRecords: [web-1.eu-west-1.elb.amazonaws.com]}
"""
WEIGHTS_IN_TERRAFORM = (
    PROVIDERS
    + 'resource "aws_s3_bucket" "files" {\n  bucket = "files"\n}\n'
    + "".join(
        f"""\
resource "aws_route53_record" "{name}" {{
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "CNAME"
  ttl            = 60
  set_identifier = "{name}"
  records        = ["web-1.{region}.elb.amazonaws.com"]
  weighted_routing_policy {{
    weight = {weight}
  }}
}}
"""
        for name, region, weight in (("a", "eu-central-1", 0), ("b", "eu-west-1", 100))
    )
)
IN_IRELAND = "deployments: {first: {AWS::Region: eu-west-1}}\n" + REGIONS


@pytest.mark.parametrize(
    ("files", "configuration"), [({"a_yaml": WEIGHTS}, IN_IRELAND), ({"main_tf": WEIGHTS_IN_TERRAFORM}, REGIONS)]
)
def test_an_entry_is_told_whichever_of_its_records_comes_first(
    here: Path, files: dict[str, str], configuration: str
) -> None:
    runbooks("region", configuration, **files)
    assert "weighted record www.example.com CNAME, from eu-west-1 to eu-central-1" in printed("recovery")


UNKNOWN = """\
Parameters: {First: {Type: String}, Second: {Type: String}}
Resources:
  Files: {Type: AWS::S3::Bucket, Properties: {BucketName: files}}
  Check:
    Type: AWS::Route53::HealthCheck
    Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: !Ref First}}
  Names:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneName: example.com.
      RecordSets:
        - {Name: www.example.com, Type: CNAME, TTL: "60", SetIdentifier: a, Weight: 80, HealthCheckId: !Ref Check,
           ResourceRecords: [!Ref First]}
        - {Name: www.example.com, Type: CNAME, TTL: "60", SetIdentifier: b, Weight: 20, ResourceRecords: [!Ref Second]}
"""


def test_records_that_lead_where_nobody_tells_are_entries_with_their_times(here: Path) -> None:
    runbooks("region", IN_IRELAND, a_yaml=UNKNOWN)
    told = printed("recovery")
    assert "weighted record www.example.com CNAME, from a Region that is not told: 2m 30s or more" in told
