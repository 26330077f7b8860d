"""The command `recovery --runbook`: the steps, their commands, and its formats."""

from __future__ import annotations

import json
import re
import shlex
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.command import invoke, printed
from tests.reporters.runbook_commands import wrong_in

from awslint_memo.files.rule_files import packaged

SCHEMA = json.loads(packaged("reporters/recovery.schema.json").text)
REGIONS = "recovery: {complete: true, regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h}\n"
BOTH = """\
deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
"""

PROVIDERS = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def runbooks(disruption: str = "region", /, configuration: str = REGIONS, **files: str) -> list[Any]:
    """The runbooks of these files, as JSON; `a_yaml` names the file a.yaml, `main_tf` main.tf."""
    Path(".awslint-memo.yaml").write_text(configuration, encoding="utf-8")
    for name, text in files.items():
        Path(name.replace("_yaml", ".yaml").replace("_tf", ".tf")).write_text(text, encoding="utf-8")
    result = invoke("recovery", "--format", "json", "--runbook", disruption)
    assert result.exit_code == 0, result.stderr
    report = json.loads(result.stdout)
    Draft202012Validator(SCHEMA).validate(report)
    every: list[Any] = report["runbooks"]
    for runbook in every:
        assert list(wrong_in(runbook)) == []
        # Whoever follows the steps alone comes by each question.
        numbers = [task["question"] for task in runbook["tasks"] if task["question"] is not None]
        assert sorted(numbers) == [*range(1, len(runbook["questions"]) + 1)]
    return every


def steps(disruption: str = "region", /, configuration: str = REGIONS, **files: str) -> list[Any]:
    """The tasks of the only runbook, but for those that point to questions."""
    [runbook] = runbooks(disruption, configuration, **files)
    return [task for task in runbook["tasks"] if task["question"] is None]


def asked(disruption: str = "region", /, configuration: str = REGIONS, **files: str) -> dict[str, Any]:
    """The questions of the only runbook, by their words."""
    [runbook] = runbooks(disruption, configuration, **files)
    return {question["what"]: question for question in runbook["questions"]}


def in_words(tasks: list[Any]) -> list[str]:
    return [task["what"] for task in tasks if task["phase"] not in ("decide", "check")]


def commands(tasks: list[Any]) -> list[str]:
    return [command for task in tasks for command in task["commands"]]


REPLICA = (
    PROVIDERS
    + """\
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  multi_az                = true
  backup_retention_period = 7
}
resource "aws_db_instance" "copy" {
  provider            = aws.second
  identifier          = "orders-copy"
  replicate_source_db = aws_db_instance.orders.arn
}
"""
)


def test_a_read_replica_is_promoted(here: Path) -> None:
    tasks = steps(main_tf=REPLICA)
    assert "Promote the read replica aws_db_instance.copy in eu-central-1 to a database of its own" in in_words(tasks)
    lag, promote, turned, wait, endpoint = commands(tasks)
    # What it is behind is lost, which is known before, and only then.
    assert "cloudwatch get-metric-statistics --region eu-central-1 --namespace AWS/RDS --metric-name ReplicaLag" in lag
    assert "--dimensions Name=DBInstanceIdentifier,Value=orders-copy --start-time" in lag
    assert "--db-instance-identifier orders-copy --query 'DBInstances[0].Endpoint'" in endpoint
    assert promote == (
        "aws rds promote-read-replica --region eu-central-1 --db-instance-identifier orders-copy"
        " --backup-retention-period 7"
    )
    # The replica is available when the call returns, and until the promotion begins.
    assert turned == (
        "while state=$(aws rds describe-db-instances --region eu-central-1 --db-instance-identifier orders-copy --query"
        " 'DBInstances[0].ReadReplicaSourceDBInstanceIdentifier' --output text)"
        ' && [ "$state" != None ]; do sleep 15; done'
    )
    assert wait == "aws rds wait db-instance-available --region eu-central-1 --db-instance-identifier orders-copy"
    [task] = [task for task in tasks if task["phase"] == "data" and task["commands"]]
    assert task["takes_in_secs"] is None
    assert any("how long it takes" in reason for reason in task["unknown"])
    assert any("no standby" in note or "has none of its own" in note for note in task["notes"])


def test_a_drill_says_how_long_it_takes(here: Path) -> None:
    configuration = REGIONS.replace(
        "rto: 2h", "rto: 2h, measured: [{resources: ['*.orders'], disruption: region, took: 40m, on: 2026-01-30}]"
    )
    [runbook] = runbooks("region", configuration, main_tf=REPLICA)
    [task] = [task for task in runbook["tasks"] if task["phase"] == "data"]
    assert (task["takes_in_secs"], runbook["known_in_secs"], runbook["wanted_rto_in_secs"]) == (2400, 2400, 7200)
    assert not any("how long it takes" in reason for reason in task["unknown"])
    assert "takes: 40m in the drill of 2026-01-30" in printed("recovery", "--runbook", "region")


GLOBAL = """\
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {DBClusterIdentifier: orders, Engine: aurora-postgresql, GlobalClusterIdentifier: everywhere,
      MasterUsername: orders, ManageMasterUserPassword: true}
  Writer:
    Type: AWS::RDS::DBInstance
    Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-postgresql, DBInstanceClass: db.r6g.large}
"""
SECONDARY = """\
Resources:
  Standby:
    Type: AWS::RDS::DBCluster
    Properties: {DBClusterIdentifier: standby, Engine: aurora-postgresql, GlobalClusterIdentifier: everywhere}
"""
PAIR = BOTH.replace("eu-west-1}", "eu-west-1, paths: [first.yaml]}").replace(
    "eu-central-1}", "eu-central-1, paths: [second.yaml]}"
) + REGIONS.replace("rto: 2h", "rto: 2h, applications: {shop: {paths: ['*.yaml']}}")


def test_a_headless_secondary_gets_an_instance_first(here: Path) -> None:
    tasks = steps("region", PAIR, first_yaml=GLOBAL, second_yaml=SECONDARY)
    made, _, failover, _, _ = commands(tasks)
    assert "create-db-instance" in made
    assert "--db-cluster-identifier standby" in made
    assert "--engine aurora-postgresql" in made
    assert "failover-global-cluster" in failover
    assert "--global-cluster-identifier everywhere" in failover
    assert "--allow-data-loss" in failover


READY = """\
  Reader:
    Type: AWS::RDS::DBInstance
    Properties: {DBClusterIdentifier: !Ref Standby, Engine: aurora-postgresql, DBInstanceClass: db.r6g.large}
"""


def test_the_words_that_aws_has_for_a_time_are_in_the_table_and_in_the_runbook(here: Path) -> None:
    tasks = steps("region", PAIR.replace("rto: 2h", "rto: 30m"), first_yaml=GLOBAL, second_yaml=SECONDARY + READY)
    [data] = [task for task in tasks if task["phase"] == "data"]
    words = 'how long a promotion takes: AWS says "in the order of minutes"'
    assert f"{words} (declare `measured`)" in data["unknown"]
    assert not any("no figure" in reason for reason in data["unknown"])
    assert words in printed("recovery", "--disruption", "region")


BACKUPS = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceIdentifier: orders, Engine: postgres, MultiAZ: true, BackupRetentionPeriod: 7,
      DBSubnetGroupName: data, VPCSecurityGroups: [!Ref Group]}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: data}
  Carts:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: carts
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: Daily
            TargetBackupVault: near
            ScheduleExpression: cron(0 5 * * ? *)
            CopyActions: [{DestinationBackupVaultArn: "arn:aws:backup:eu-central-1:123456789012:backup-vault:far"}]
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection:
        SelectionName: all
        IamRoleArn: arn:aws:iam::123456789012:role/backup
        Resources: [!GetAtt Orders.DBInstanceArn, !GetAtt Carts.Arn]
"""


def test_backups_are_restored_from_the_vault_of_the_other_region(here: Path) -> None:
    tasks = steps(shop_yaml=BACKUPS)
    restored = [task for task in tasks if task["phase"] == "data"]
    assert [task["loses"] for task in restored] == ["32h or more expected", "32h or more expected"]
    looks, metadata, start, *_ = restored[0]["commands"]
    assert "--backup-vault-name far --by-resource-type RDS" in looks
    assert metadata.endswith("> orders-restore.json")
    assert "--iam-role-arn arn:aws:iam::123456789012:role/backup --metadata file://orders-restore.json" in start
    assert "--by-resource-type DynamoDB" in restored[1]["commands"][0]


def test_the_role_is_that_of_the_selection_which_names_the_store(here: Path) -> None:
    other = """\
  Before:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection:
        SelectionName: files
        IamRoleArn: arn:aws:iam::123456789012:role/files
        Resources: ["arn:aws:elasticfilesystem:*:*:file-system/*"]
"""
    [start] = [
        line
        for line in commands(steps(shop_yaml=BACKUPS.replace("  Selection:\n", f"{other}  Selection:\n")))
        if "start-restore-job" in line and "orders-restore" in line
    ]
    assert "--iam-role-arn arn:aws:iam::123456789012:role/backup " in start


def test_what_is_spoiled_is_restored_beside_itself(here: Path) -> None:
    tasks = steps("software", shop_yaml=BACKUPS)
    assert tasks[0]["what"].startswith("Stop what writes to Orders and Carts")
    orders, carts = (task["commands"] for task in tasks if task["phase"] == "data")
    assert orders[0].startswith(
        "aws rds restore-db-instance-to-point-in-time --region eu-west-1 --source-db-instance-identifier orders"
        " --target-db-instance-identifier orders-restored --restore-time"
    )
    assert "--multi-az" in orders[0]
    assert "--db-subnet-group-name data" in orders[0]
    assert '--vpc-security-group-ids "${GROUP:?identifier of Group}"' in orders[0]
    assert "--new-db-instance-identifier orders-before" in orders[2]
    assert "--source-table-name carts --target-table-name carts-restored" in carts[0]


SERVICES = """\
Parameters:
  Least: {Type: Number}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: orders}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {AutoScalingGroupName: web, MinSize: !Ref Least, MaxSize: 6, VPCZoneIdentifier: [subnet-1, subnet-2]}
  Api:
    Type: AWS::ECS::Service
    Properties: {ServiceName: api, Cluster: shop, DesiredCount: !Ref Least}
"""
SIZES = BOTH.replace("eu-west-1}", "eu-west-1, Least: 3}").replace("eu-central-1}", "eu-central-1, Least: 0}") + REGIONS


def test_what_is_smaller_is_scaled_to_the_size_at_home(here: Path) -> None:
    tasks = steps("region", SIZES, shop_yaml=SERVICES)
    scaled = [task for task in tasks if task["phase"] == "capacity"]
    assert [task["what"] for task in scaled[:2]] == [
        "Scale Web in eu-central-1 from 0 (0 to 6) to 3 (3 to 6)",
        "Scale Api in eu-central-1 from 0 to 3",
    ]
    assert commands(scaled)[0] == (
        "aws autoscaling update-auto-scaling-group --region eu-central-1 --auto-scaling-group-name web"
        " --min-size 3 --desired-capacity 3 --max-size 6"
    )
    assert commands(scaled)[1] == (
        "aws ecs update-service --region eu-central-1 --cluster shop --service api --desired-count 3"
    )


LIMITED = """\
Parameters:
  Most: {Type: Number}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: orders}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {AutoScalingGroupName: web, MinSize: 2, MaxSize: !Ref Most, VPCZoneIdentifier: [subnet-1, subnet-2]}
  Api:
    Type: AWS::ECS::Service
    Properties: {ServiceName: api, Cluster: shop, DesiredCount: 2}
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      {MinCapacity: 2, MaxCapacity: !Ref Most, ResourceId: !Sub "service/shop/${Api.Name}", ServiceNamespace: ecs,
       ScalableDimension: "ecs:service:DesiredCount"}
"""


def test_what_may_only_scale_less_there_keeps_what_runs_already(here: Path) -> None:
    sizes = BOTH.replace("eu-west-1}", "eu-west-1, Most: 20}").replace("eu-central-1}", "eu-central-1, Most: 10}")
    tasks = steps("region", sizes + REGIONS, shop_yaml=LIMITED)
    scaled = [task for task in tasks if task["phase"] == "capacity"]
    assert [task["what"] for task in scaled[:2]] == [
        "Let Web in eu-central-1 scale as at home, from 2 (2 to 10) to 2 (2 to 20)",
        "Let Api in eu-central-1 scale as at home, from 2 (2 to 10) to 2 (2 to 20)",
    ]
    # To set the number that is wanted would stop what has been started since.
    lines = commands(scaled)
    assert any(line.endswith("--min-size 2 --max-size 20") for line in lines)
    assert any("register-scalable-target" in line and "--max-capacity 20" in line for line in lines)
    assert not any("desired-c" in line for line in lines)
    assert scaled[0]["unknown"] == []


def test_what_is_not_there_is_deployed(here: Path) -> None:
    tasks = steps("region", "recovery: {regions: [eu-west-1, eu-central-1], complete: true}\n", shop_yaml=SERVICES)
    [deployed] = [task for task in tasks if task["phase"] == "prepare"]
    assert deployed["what"] == "Deploy shop.yaml in eu-central-1: Web and Api"
    assert "--template-file shop.yaml" in deployed["commands"][0]
    assert deployed["commands"][0].endswith(
        '--parameter-overrides Least="${PARAMETER_LEAST:?value of the parameter Least}"'
    )
    assert any("Orders anew and empty" in note for note in deployed["notes"])


def test_without_a_way_back_nothing_is_claimed(here: Path) -> None:
    table = "Resources: {Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}}\n"
    [task] = [task for task in steps(a_yaml=table) if task["phase"] == "data"]
    assert task["what"] == "Use Orders as the deployment makes it, empty: there is no way back to its data"
    assert (task["loses"], task["commands"], task["takes_in_secs"]) == ("everything", [], None)
    open_world = REGIONS.replace("complete: true, ", "")
    question = asked("region", open_world, a_yaml=table)["whether Orders has a backup or copy in eu-central-1"]
    assert question["then"] is None
    assert question["notes"][0] == "None was read; there may be a copy or replica made elsewhere."
    assert [task["phase"] for task in steps("region", open_world, a_yaml=table)] == ["decide", "check"]
    own, *_, vaults = question["commands"]
    assert own == "aws dynamodb describe-table --region eu-west-1 --table-name orders --query Table.Replicas"
    assert vaults.startswith("aws backup list-recovery-points-by-resource --region eu-central-1 --resource-arn")
    [arn] = [
        word for word in runbooks("region", open_world, a_yaml=table)[0]["fill_in"] if word["name"] == "ORDERS_ARN"
    ]
    assert arn["find"] == (
        "aws dynamodb describe-table --region eu-west-1 --table-name orders --query Table.TableArn --output text"
    )


RECORDS = """\
  Zone:
    Type: AWS::Route53::HostedZone
    Properties: {Name: example.com}
  Weighted:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: www.example.com, Type: CNAME, TTL: 60, SetIdentifier: !Ref AWS::Region,
      Weight: 1, ResourceRecords: [!GetAtt Balancer.DNSName]}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [subnet-1, subnet-2]}
  Checked:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref Zone, Name: _x.example.com, Type: CNAME, TTL: 60,
      ResourceRecords: [_y.acm-validations.aws]}
"""


def test_records_of_entries_are_changed_and_no_others(here: Path) -> None:
    tasks = steps("region", SIZES, shop_yaml=SERVICES + RECORDS)
    led = [task for task in tasks if task["phase"] == "requests"]
    assert [task["what"] for task in led] == [
        "Change www.example.com CNAME so that it leads to eu-central-1: all weight to eu-central-1"
    ]
    assert all("--hosted-zone-id Z1" in command for command in led[0]["commands"])
    listing, change = led[0]["commands"]
    assert listing.endswith("> www_example_com.json")
    assert change.endswith("--change-batch file://www_example_com.json")
    # What the first command prints is what the second one takes.
    sets = [{"Name": name, "Type": "CNAME", "Weight": 1} for name in ("www.example.com.", "x.example.com.")]
    query = shlex.split(listing)[shlex.split(listing).index("--query") + 1]
    batch = import_module("jmespath").search(query, {"ResourceRecordSets": sets})
    assert batch == {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": sets[0]}]}
    assert any("Edit www_example_com.json" in note for note in led[0]["notes"])


def test_a_name_that_a_shell_obeys_stands_in_no_command(here: Path) -> None:
    for name in ("orders;reboot", "$(reboot)", "`reboot`", "--help", "a\\nb", "'x'"):
        text = REPLICA.replace('"orders-copy"', json.dumps(name))
        lines = commands(steps(main_tf=text))
        # What has no identifier that may be written is looked for among the replicas.
        assert "describe-db-instances --region eu-central-1 --query 'DBInstances[?ReadReplicaSource" in lines[0]
        named = lines[1:]
        assert all("AWS_DB_INSTANCE_COPY:?identifier of aws_db_instance.copy" in line for line in named), name


def test_text_and_markdown(here: Path) -> None:
    runbooks(main_tf=REPLICA)
    text = printed("recovery", "--runbook", "region", "--runbook", "az")
    assert "Runbook of this folder: eu-west-1 is lost" in text
    assert "Runbook of this folder: an Availability Zone of eu-west-1 is lost" in text
    assert "Wait: AWS fails aws_db_instance.orders over (standby in another zone)" in text
    assert "takes: 2m typically" in text
    markdown = printed("recovery", "--runbook", "region", "--format", "markdown")
    assert "```sh\naws cloudwatch get-metric-statistics" in markdown
    assert re.search(r"- page: <https://docs.aws.amazon.com/AmazonRDS/\S+> \(read on 2026-\d\d-\d\d\)", markdown)


@pytest.mark.parametrize("disruption", ["software", "az", "region"])
@pytest.mark.usefixtures("here")
def test_each_time_of_a_runbook_has_a_page_and_a_day(disruption: str) -> None:
    tasks = [task for runbook in runbooks(disruption, main_tf=REPLICA) for task in runbook["tasks"]]
    timed = [task for task in tasks if task["typical_in_secs"] is not None or task["least_in_secs"]]
    assert [task["what"] for task in timed if not (task["source"] and task["read"])] == []
    assert any(task["read"] for task in tasks)


def test_nothing_to_write(here: Path) -> None:
    assert runbooks(a_yaml="Resources: {Topic: {Type: AWS::SNS::Topic}}\n") == []
    assert printed("recovery", "--runbook", "region").startswith("There is no store of data")


MACHINE = """\
resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}
"""
MACHINE_BACKUP = """\
resource "aws_backup_vault" "main" {
  name = "main"
}
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.main.name
    schedule          = "cron(0 5 * * ? *)"
  }
}
resource "aws_backup_selection" "servers" {
  name         = "servers"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = [aws_instance.app.arn]
}
"""


def test_an_instance_that_is_backed_up_holds_something(here: Path) -> None:
    runbooks("az", main_tf=MACHINE + MACHINE_BACKUP)
    table = printed("recovery")
    assert (
        "not told: what is on the own volumes of aws_instance.app, of which aws_backup_selection.servers backs" in table
    )
    for disruption in ("software", "hardware"):
        told = printed("recovery", "--runbook", disruption)
        assert "nothing that computes" not in told
        assert told.endswith("aws_instance.app may keep data.\n")
    [runbook] = runbooks("az", main_tf=MACHINE + MACHINE_BACKUP)
    [made] = runbook["tasks"][:1]
    [note] = made["notes"]
    assert note.startswith("aws_backup_selection.servers backs it up: restore its newest recovery point")
    # Its volumes may bear the tag that a plan asks for.
    tagged = MACHINE.replace('large"\n', 'large"\n  volume_tags = { Backup = 1 }\n')
    asks = 'selection_tag {\n    type  = "STRINGEQUALS"\n    key   = "Backup"\n    value = "1"\n  }'
    by_tag = MACHINE_BACKUP.replace("resources    = [aws_instance.app.arn]", asks)
    [runbook] = runbooks("az", main_tf=tagged + by_tag)
    [note] = runbook["tasks"][0]["notes"]
    assert note.startswith("aws_backup_selection.servers backs its volumes up, by their tags: restore the newest")
    assert "of which aws_backup_selection.servers backs up aws_instance.app" in printed("recovery")
    [runbook] = runbooks("az", main_tf=tagged + by_tag.replace('"1"', '"2"'))
    assert runbook["tasks"][0]["notes"] == []
    # Of an instance by itself, nothing tells that it holds anything.
    [runbook] = runbooks("az", main_tf=MACHINE)
    assert runbook["tasks"][0]["notes"] == []
    assert "own volumes" not in printed("recovery")
    assert "nothing that computes" not in printed("recovery", "--runbook", "software")


@pytest.mark.parametrize(
    "files",
    [
        {"main_tf": 'resource "aws_cognito_user_pool" "Users" {}\nresource "aws_cognito_user_pool_client" "web" {}\n'},
        {"a_yaml": "Resources: {Users: {Type: AWS::Cognito::UserPool}}\n"},
    ],
)
def test_the_users_of_a_pool_are_data_of_which_nothing_is_told(here: Path, files: dict[str, str]) -> None:
    runbooks("region", **files)
    told = printed("recovery")
    assert "not told: these stores, which are not judged yet: " in told
    assert "Users (AWS::Cognito::UserPool)" in told
    assert "web" not in told


def test_other_deployments_with_other_steps_are_told(here: Path) -> None:
    template = BACKUPS.replace("MultiAZ: true", "MultiAZ: !If [IsLarge, true, false]").replace(
        "Resources:\n  Orders",
        "Parameters: {Size: {Type: String}}\nConditions: {IsLarge: !Equals [!Ref Size, large]}\nResources:\n  Orders",
    )
    [runbook] = runbooks("az", shop_yaml=template)
    assert runbook["differs"]
    text = printed("recovery", "--runbook", "az")
    assert "Q1. which deployment of this template it is: in others the steps are others" in text


MODULES = (
    PROVIDERS
    + """\
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
  replica {
    region_name = "eu-central-1"
  }
}
resource "aws_ecs_service" "api_eu_west_1" {
  name          = "api"
  cluster       = "shop"
  desired_count = 4
}
resource "aws_ecs_service" "worker_eu_west_1" {
  name          = "worker"
  cluster       = "shop"
  desired_count = 2
}
resource "aws_ecs_service" "api_eu_central_1" {
  provider      = aws.second
  name          = "api"
  cluster       = "shop"
  desired_count = 1
}
resource "aws_instance" "report" {
  ami = "ami-1"
}
"""
)


def test_what_does_the_same_is_known_by_its_name(here: Path) -> None:
    tasks = steps(main_tf=MODULES)
    assert "Make in eu-central-1: aws_ecs_service.worker_eu_west_1 and aws_instance.report" in in_words(tasks)
    assert "Scale aws_ecs_service.api_eu_central_1 in eu-central-1 from 1 to 4" in in_words(tasks)
    [table] = [task for task in tasks if task["phase"] == "data"]
    assert (table["by_person"], table["takes_in_secs"]) == (False, 0)


def test_instances_after_the_loss_of_a_zone(here: Path) -> None:
    assert "Where aws_instance.report was in the zone, make it again in another one" in in_words(
        steps("az", main_tf=MODULES)
    )


def test_a_zone_is_no_reason_to_leave_its_region(here: Path) -> None:
    single = REPLICA.replace("multi_az                = true", "multi_az                = false")
    [data] = [task for task in steps("az", main_tf=single) if task["phase"] == "data"]
    assert "restore-db-instance-to-point-in-time --region eu-west-1" in data["commands"][0]
    assert "--use-latest-restorable-time" in data["commands"][0]
    assert "--availability-zone" in data["commands"][0]
    assert any("If that fails: read replica aws_db_instance.copy (promote" in note for note in data["notes"])


def test_without_backups_the_replica_elsewhere_is_left(here: Path) -> None:
    bare = REPLICA.replace("multi_az                = true", "multi_az                = false").replace(
        "backup_retention_period = 7", "backup_retention_period = 0"
    )
    _, promote, *_ = commands(steps("az", main_tf=bare))
    assert "promote-read-replica --region eu-central-1" in promote


def test_what_leads_requests_is_not_told_where_nothing_of_it_was_read(here: Path) -> None:
    led = asked(main_tf=REPLICA)["what leads requests to it, and how these are led to eu-central-1"]
    assert led["notes"] == ["No record, accelerator or distribution was read."]
    assert led["commands"][0].startswith("aws route53 list-hosted-zones")


FAILOVER = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceIdentifier: orders, Engine: postgres, BackupRetentionPeriod: 7,
      AutomaticBackupReplicationRegion: eu-central-1}
  Check:
    Type: AWS::Route53::HealthCheck
    Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: first.example.com, RequestInterval: 30,
      FailureThreshold: 3}}
  First:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: www.example.com, Type: CNAME, TTL: 60, SetIdentifier: first, Failover: PRIMARY,
      HealthCheckId: !Ref Check, ResourceRecords: [first-1.eu-west-1.elb.amazonaws.com]}
  Second:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: www.example.com, Type: CNAME, TTL: 60, SetIdentifier: second,
      Failover: SECONDARY, ResourceRecords: [second-1.eu-central-1.elb.amazonaws.com]}
"""


def test_a_name_that_fails_over_by_itself_takes_its_checks_and_its_ttl(here: Path) -> None:
    [runbook] = runbooks("region", REGIONS, shop_yaml=FAILOVER)
    [led] = [task for task in runbook["tasks"] if task["phase"] == "requests"]
    assert led["what"] == "Wait: www.example.com CNAME fails over to eu-central-1 (failover record)"
    assert (led["by_person"], led["takes_in_secs"], led["commands"]) == (False, 150, [])
    # It does so while the database is still restored.
    assert runbook["known_in_secs"] == 150
    [decision] = [task for task in runbook["tasks"] if task["phase"] == "decide" and task["sure"]]
    assert any("before Orders can be used" in note for note in decision["notes"])


PLAN = """\
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {AutoScalingGroupName: web, MinSize: 2, MaxSize: 4, VPCZoneIdentifier: [subnet-1, subnet-2]}
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      Name: switch
      RecoveryApproach: activePassive
      PrimaryRegion: eu-west-1
      Regions: [eu-west-1, eu-central-1]
      ExecutionRole: arn:aws:iam::123456789012:role/switch
      Workflows:
        - WorkflowTargetAction: activate
          WorkflowTargetRegion: eu-central-1
          Steps:
            - Name: approve
              ExecutionBlockType: ManualApproval
              ExecutionBlockConfiguration: {ExecutionApprovalConfig: {ApprovalRole: "arn:aws:iam::123456789012:role/a",
                TimeoutMinutes: 60}}
            - Name: promote
              ExecutionBlockType: RdsPromoteReadReplica
              ExecutionBlockConfiguration: {RdsPromoteReadReplicaConfig: {DbInstanceArnMap:
                {eu-central-1: "arn:aws:rds:eu-central-1:123456789012:db:copy"}, TimeoutMinutes: 30}}
"""


def test_a_plan_is_executed_first_and_what_it_does_is_not_done_twice(here: Path) -> None:
    tasks = steps("region", REGIONS, shop_yaml=FAILOVER + PLAN)
    [plan] = [task for task in tasks if task["type"] == "AWS::ARCRegionSwitch::Plan"]
    assert plan["what"].startswith("Execute the plan Switch (activate eu-central-1)")
    assert any("approve: somebody approves, for up to 1h" in note for note in plan["notes"])
    execution, approval = plan["commands"]
    assert execution.endswith("--target-region eu-central-1 --action activate --mode ungraceful")
    assert "--step-name approve --approval approve" in approval
    [data] = [task for task in tasks if task["phase"] == "data"]
    assert data["notes"][0] == "The plan Switch has a step of this kind: see whether it is for this, and does it."


def test_what_may_be_there_is_a_question_and_no_step(here: Path) -> None:
    table = BACKUPS.replace("Resources: [!GetAtt Orders.DBInstanceArn, !GetAtt Carts.Arn]", "Resources: [!Ref Named]")
    template = table.replace("Resources:\n  Orders", "Parameters: {Named: {Type: String}}\nResources:\n  Orders", 1)
    [runbook] = runbooks(shop_yaml=template)
    # What points to a question is none that is surely to be done.
    assert not any(task["phase"] == "data" and task["sure"] for task in runbook["tasks"])
    asked = {question["resource"]: question for question in runbook["questions"]}
    question = asked["Carts"]
    assert question["what"] == "whether Carts has copies of AWS Backup plan Plan"
    assert question["commands"][0].startswith("aws backup list-recovery-points-by-resource --region eu-central-1")
    assert (question["answer"], question["then"]["sure"], question["then"]["number"]) == ("so", False, None)
    assert question["then"]["what"].startswith("Restore Carts in eu-central-1 from the backups of the plan Plan")
    text = printed("recovery", "--runbook", "region")
    assert text.index("Not known; find out before anything is lost") < text.index("\nDecide\n")
    assert re.search(r"    if so, as step \d: Restore Carts in eu-central-1 from the backups of the plan Plan", text)
    assert "; if so: Restore Carts" in printed("recovery", "--runbook", "region", "--format", "markdown")


def test_backups_that_the_configuration_declares_have_no_call(here: Path) -> None:
    declared = REGIONS.replace("rto: 2h", "rto: 2h, elsewhere: [{every: 24h, copies: [eu-central-1]}]")
    bucket = "Resources: {Files: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}}\n"
    [data] = [task for task in steps("region", declared, a_yaml=bucket) if task["phase"] == "data"]
    assert data["what"].startswith("Restore Files in eu-central-1 by backups that")
    assert data["commands"] == []
    assert "the call that does it" in data["unknown"]


PROVIDER = """\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: orders}
  Handler:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: index.handler, Role: "arn:aws:iam::123456789012:role/f",
      Code: {S3Bucket: code, S3Key: a.zip}}
  OnEvent:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: index.handler, Role: "arn:aws:iam::123456789012:role/f",
      Code: {S3Bucket: code, S3Key: a.zip}, Environment: {Variables: {USER_ON_EVENT_FUNCTION_ARN: !GetAtt Handler.Arn}}}
  IsComplete:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: index.handler, Role: "arn:aws:iam::123456789012:role/f",
      Code: {S3Bucket: code, S3Key: a.zip}, Environment: {Variables: {USER_ON_EVENT_FUNCTION_ARN: !GetAtt Handler.Arn}}}
  Waiter:
    Type: AWS::StepFunctions::StateMachine
    Properties: {RoleArn: "arn:aws:iam::123456789012:role/f", DefinitionString: !Sub
      '{"StartAt": "a", "States": {"a": {"Type": "Task", "Resource": "${IsComplete.Arn}", "End": true}}}'}
  Seed:
    Type: Custom::Seed
    Properties: {ServiceToken: !GetAtt OnEvent.Arn}
"""
RULE = """\
  Nightly:
    Type: AWS::Events::Rule
    Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Handler.Arn}]}
"""


def test_functions_of_custom_resources_are_deployed_for_nobody(here: Path) -> None:
    assert not any("Handler" in task["what"] for task in steps(a_yaml=PROVIDER))
    assert "Deploy a.yaml in eu-central-1: Handler" in in_words(steps(a_yaml=PROVIDER + RULE))


SETS = """\
Parameters:
  Other: {Type: String}
Resources:
  Sets:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: everywhere
      PermissionModel: SELF_MANAGED
      StackInstancesGroup: [{Regions: [!Ref AWS::Region, !Ref Other], DeploymentTargets: {Accounts: ["123456789012"]}}]
      TemplateURL: !Sub "https://s3.amazonaws.com/${AWS::Region}-code/each.template"
"""


def test_what_a_stack_set_deploys_there_is_not_deployed_again(here: Path) -> None:
    configuration = "recovery: {regions: [eu-west-1, eu-central-1], complete: true}\n"
    [runbook] = [
        one
        for one in runbooks("region", configuration, each_yaml=SERVICES, sets_yaml=SETS)
        if one["name"] == "each.yaml"
    ]
    words = [question["what"] for question in runbook["questions"]]
    assert "whether the stack set Sets has deployed each.yaml in eu-central-1" in words
    assert not any(word.startswith("Deploy each.yaml") for word in in_words(runbook["tasks"]))


def test_a_copy_is_promoted_before_anything_is_deployed_that_makes_its_like(here: Path) -> None:
    function = """\
  Api:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: index.handler, Role: "arn:aws:iam::123456789012:role/f",
      Code: {S3Bucket: code, S3Key: a.zip}}
"""
    words = in_words(steps("region", PAIR, first_yaml=GLOBAL + function, second_yaml=SECONDARY))
    [promoted] = [number for number, word in enumerate(words) if "promote it" in word]
    [deployed] = [number for number, word in enumerate(words) if word.startswith("Deploy first.yaml")]
    assert promoted < deployed


def test_a_stack_that_stands_by_is_not_lost_with_the_primary_region(here: Path) -> None:
    function = """\
  Api:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: index.handler, Role: "arn:aws:iam::123456789012:role/f",
      Code: {S3Bucket: code, S3Key: a.zip}}
"""
    assert runbooks("region", REGIONS, standby_yaml=SECONDARY + function) == []
    assert runbooks("region", REGIONS, standby_yaml=GLOBAL + function) != []


def test_that_a_stack_is_in_the_lost_region_is_told_or_not(here: Path) -> None:
    assert asked(a_yaml=SERVICES)["whether it is in eu-west-1"]["commands"][0].startswith("aws cloudformation")
    assert "whether it is in eu-west-1" not in asked("region", SIZES, a_yaml=SERVICES)
    Path("a.yaml").unlink()
    root = 'variable "dr" {}\nprovider "aws" {\n  region = var.dr\n}\n' + MODULES.removeprefix(PROVIDERS)
    root = root.replace("  provider      = aws.second\n", "")
    question = asked(main_tf=root)["whether it is in eu-west-1"]
    assert question["commands"] == ["terraform state show aws_dynamodb_table.orders"]


def test_what_may_be_deployed_there_is_asked_before_it_is_deployed(here: Path) -> None:
    open_world = REGIONS.replace("complete: true, ", "")
    question = asked("region", open_world, a_yaml=SERVICES)["whether a.yaml is deployed in eu-central-1 already"]
    assert (question["answer"], question["then"]["phase"]) == ("not", "prepare")
    assert question["then"]["what"].startswith("Deploy a.yaml in eu-central-1")
    assert "describe-stacks --region eu-central-1" in question["commands"][0]
    # Where the user says that nothing else exists, or where it stands, it is a step.
    assert not any("already" in what for what in asked(a_yaml=SERVICES))


CONTROLS = """\
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Cluster:
    Type: AWS::Route53RecoveryControl::Cluster
    Properties: {Name: shop}
  First:
    Type: AWS::Route53RecoveryControl::RoutingControl
    Properties: {Name: first, ClusterArn: !Ref Cluster}
  FirstCheck:
    Type: AWS::Route53::HealthCheck
    Properties: {HealthCheckConfig: {Type: RECOVERY_CONTROL, RoutingControlArn: !Ref First}}
  SecondCheck:
    Type: AWS::Route53::HealthCheck
    Properties: {HealthCheckConfig: {Type: RECOVERY_CONTROL,
      RoutingControlArn: "arn:aws:route53-recovery-control::123456789012:controlpanel/p/routingcontrol/s"}}
  FirstName:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: active.example.com, Type: TXT, TTL: 60, SetIdentifier: first,
      Failover: PRIMARY, HealthCheckId: !Ref FirstCheck, ResourceRecords: ['"one"']}
  SecondName:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: active.example.com, Type: TXT, TTL: 60, SetIdentifier: second,
      Failover: SECONDARY, HealthCheckId: !Ref SecondCheck, ResourceRecords: ['"two"']}
"""


def test_routing_controls_are_turned_at_an_endpoint_of_their_cluster(here: Path) -> None:
    [runbook] = runbooks(a_yaml=CONTROLS)
    [turned] = [task for task in runbook["tasks"] if task["phase"] == "requests"]
    assert turned["what"].startswith("Turn the routing controls: First Off, that of SecondCheck On")
    [call] = turned["commands"]
    assert call.startswith("aws route53-recovery-cluster update-routing-control-states")
    assert '--endpoint-url "${ARC_ENDPOINT:?' in call
    assert "RoutingControlArn=arn:aws:route53-recovery-control::123456789012:controlpanel/p/routingcontrol/s" in call
    assert call.endswith(",RoutingControlState=On")
    assert "RoutingControlState=Off" in call
    finds = {word["name"]: word["find"] for word in runbook["fill_in"]}
    assert "describe-cluster --region us-west-2" in finds["ARC_ENDPOINT"]


def test_what_other_templates_have_is_named_where_nothing_leads_here(here: Path) -> None:
    zone = RECORDS[RECORDS.index("  Zone:") :]
    table = "Resources:\n  Carts: {Type: AWS::DynamoDB::Table, Properties: {TableName: carts}}\n"
    web = SERVICES[: SERVICES.index("Resources")] + SERVICES[SERVICES.index("Resources") :]
    every = runbooks(table_yaml=table, names_yaml=f"Resources:\n{zone}", web_yaml=web)
    # Names by themselves have a runbook too: they are changed, whatever is behind them.
    assert any(word.startswith("Change www.example.com") for one in every for word in in_words(one["tasks"]))
    [runbook] = [one for one in every if one["name"] == "table.yaml"]
    notes = {question["what"]: question["notes"] for question in runbook["questions"]}
    [led] = [found for what, found in notes.items() if what.startswith("what leads requests to it")]
    assert "Weighted of names.yaml" in led[0]
    [computes] = [found for what, found in notes.items() if what.startswith("what computes for it")]
    assert "Web of web.yaml and Api of web.yaml" in computes[0]


DISTRIBUTION = """\
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [subnet-1, subnet-2]}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: web, DomainName: !GetAtt Balancer.DNSName,
          CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior: {TargetOriginId: web, ViewerProtocolPolicy: https-only}
  Name:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z1, Name: www.example.com, Type: A,
      AliasTarget: {DNSName: !GetAtt Site.DomainName, HostedZoneId: Z2FDTNDATAQYW2}}
"""


def test_a_distribution_stays_and_gets_another_origin(here: Path) -> None:
    configuration = "recovery: {regions: [eu-west-1, eu-central-1], complete: true}\n"
    [led] = [
        task
        for task in steps("region", configuration, shop_yaml=SERVICES + DISTRIBUTION)
        if task["phase"] == "requests"
    ]
    assert led["what"] == ("Change the origin of Site, which is Balancer, to what takes its place in eu-central-1")
    fetched, sent = led["commands"]
    assert fetched.endswith("--query DistributionConfig > site.json")
    assert sent.endswith("--distribution-config file://site.json")


CLUSTER_BACKUPS = BACKUPS.replace(
    """\
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceIdentifier: orders, Engine: postgres, MultiAZ: true, BackupRetentionPeriod: 7,
      DBSubnetGroupName: data, VPCSecurityGroups: [!Ref Group]}
""",
    """\
    Type: AWS::RDS::DBCluster
    Properties: {DBClusterIdentifier: orders, Engine: aurora-mysql, BackupRetentionPeriod: 7}
  Writer:
    Type: AWS::RDS::DBInstance
    Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-mysql, DBInstanceClass: db.r6g.large}
""",
).replace("!GetAtt Orders.DBInstanceArn", "!GetAtt Orders.DBClusterArn")


def test_a_cluster_that_aws_backup_restores_gets_an_instance(here: Path) -> None:
    [restored] = [one["then"] for one in asked(shop_yaml=CLUSTER_BACKUPS).values() if one["resource"] == "Orders"]
    *_, start, job, made, wait = restored["commands"]
    assert "start-restore-job" in start
    assert job.startswith("aws backup describe-restore-job --region eu-central-1 --restore-job-id")
    assert made.startswith("aws rds create-db-instance --region eu-central-1")
    assert "--db-instance-class db.r6g.large --engine aurora-mysql" in made
    assert "describe-db-instances" in wait
    assert "!= available ]" in wait
    text = printed("recovery", "--runbook", "region")
    assert "# at its step: ORDERS_POINT=" in text
    assert "\n    ORDERS_POINT=" not in text


def test_a_lost_zone_asks_for_no_region_to_recover_in(here: Path) -> None:
    root = (
        'variable "spread" {}\nresource "aws_db_instance" "orders" {\n  identifier = "orders"\n  engine = "postgres"\n'
    )
    root += "  multi_az = var.spread\n  backup_retention_period = 7\n}\n"
    [runbook] = runbooks("az", "recovery: {complete: true}\n", main_tf=root)
    [data] = [task for task in runbook["tasks"] if task["phase"] == "data" and task["sure"]]
    assert data["what"].startswith("Unless aws_db_instance.orders fails over by itself (standby in another zone)")
    [question] = runbook["questions"]
    assert question["what"] == "whether aws_db_instance.orders has a standby in another zone"
    assert question["notes"] == ["If so, wait: AWS fails it over, 2m typically; nothing is restored."]
    assert "describe-db-instances" in question["commands"][0]
    assert not any("TO_REGION" in command for command in data["commands"])
    assert all('--region "${REGION:?' in command for command in data["commands"])


def test_ecs_starts_tasks_in_the_zones_that_are_left(here: Path) -> None:
    service = """\
  Site:
    Type: AWS::ECS::Service
    Properties: {ServiceName: site, Cluster: shop, DesiredCount: 2,
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: SUBNETS}}}
"""
    files = SERVICES + service
    words = in_words(steps("az", SIZES, shop_yaml=files.replace("SUBNETS", "[subnet-1, subnet-2]")))
    assert "Wait: ECS starts tasks of Site in the zones that are left" in words
    words = in_words(steps("az", SIZES, shop_yaml=files.replace("SUBNETS", "[subnet-1]")))
    assert "Where Site was in the zone, give it a subnet in another one: all its tasks are in one" in words


NETWORK = """\
  Out:
    Type: AWS::EC2::NatGateway
    Properties: {AllocationId: eipalloc-1, SubnetId: subnet-1}
"""
NETWORK_TF = """\
resource "aws_nat_gateway" "out" {
  allocation_id = "eipalloc-1"
  subnet_id     = "subnet-1"
}
"""


def test_the_only_nat_gateway_is_made_again_where_its_zone_is_lost(here: Path) -> None:
    what = "Where %s was in the zone, make it again in another one, and lead the routes to it"
    [task] = [task for task in steps("az", SIZES, shop_yaml=SERVICES + NETWORK) if task["what"] == what % "Out"]
    assert task["by_person"]
    assert ["create-nat-gateway" in task["commands"][0], "replace-route" in task["commands"][-1]] == [True, True]
    assert "nothing here takes any" not in printed("recovery", "--runbook", "az")
    others = (
        SERVICES + NETWORK + NETWORK.replace("Out:", "Other:"),
        SERVICES + NETWORK.replace("SubnetId: subnet-1", "AvailabilityMode: regional"),
    )
    for text in others:
        assert what % "Out" not in in_words(steps("az", SIZES, shop_yaml=text))
    Path("shop.yaml").unlink()
    assert what % "aws_nat_gateway.out" in in_words(steps("az", main_tf=MODULES + NETWORK_TF))
    beside = NETWORK_TF.replace('"out" {', '"there" {\n  provider = aws.second')
    tasks = in_words(steps("az", main_tf=MODULES + NETWORK_TF + beside))
    assert [what % "aws_nat_gateway.out" in tasks, what % "aws_nat_gateway.there" in tasks] == [True, False]


UNTOLD_REGIONS = """\
variable "region" {}
variable "second" {}
provider "aws" {
  region = var.region
}
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  replica {
    region_name = var.second
  }
}
resource "aws_ecs_service" "api" {
  name          = "api"
  desired_count = 2
}
"""


def test_what_computes_in_a_region_that_is_not_told_may_be_in_the_zone(here: Path) -> None:
    words = in_words(steps("az", main_tf=UNTOLD_REGIONS))
    assert "Wait: ECS starts tasks of aws_ecs_service.api in the zones that are left" in words


def test_a_replica_in_a_region_that_is_not_told_is_asked_for(here: Path) -> None:
    [runbook] = runbooks(main_tf=UNTOLD_REGIONS)
    sure = [task for task in runbook["tasks"] if task["sure"]]
    assert not any("Use the replica" in words for words in in_words(sure))
    questions = [each for each in runbook["questions"] if "aws_dynamodb_table.orders has a replica" in each["what"]]
    assert ["describe-table" in each["commands"][0] for each in questions] == [True]
    told = UNTOLD_REGIONS.replace('"second" {}', '"second" {\n  default = "eu-central-1"\n}')
    words = in_words(steps(main_tf=told))
    assert "Use the replica of aws_dynamodb_table.orders in eu-central-1: it takes reads and writes already" in words


ALONE = """\
resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-1", "subnet-2"]
}
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_route53_record" "www" {
  zone_id = "Z1"
  name    = "www.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_lb.web.dns_name]
}
"""


def test_the_time_is_by_what_tells_it(here: Path) -> None:
    runbooks(main_tf=REPLICA)
    told = printed("recovery", "--runbook", "az")
    assert "Time: 2m typically by AWS's figures" in told
    # AWS does that by itself: nobody needs time for it.
    assert "what people need" not in told


def test_the_time_of_what_a_person_does_is_that_behind_it(here: Path) -> None:
    """How long somebody needs to fetch, edit and send a record is in no page."""
    root = PROVIDERS + ALONE
    runbooks(main_tf=root)
    told = printed("recovery", "--runbook", "region")
    assert "takes: 2m typically, once a person has done it" in told
    assert "Time: 2m typically by settings and AWS's figures, without what people need until each call is made" in told


def test_the_locks_of_terraform_are_not_restored(here: Path) -> None:
    table = (
        PROVIDERS
        + """\
resource "aws_dynamodb_table" "locks" {
  name     = "locks"
  hash_key = "LockID"
  attribute {
    name = "LockID"
    type = "S"
  }
}
"""
    )
    states = 'resource "aws_s3_bucket" "states" {}\n'
    data = [task for task in steps(main_tf=table + states) if task["phase"] == "data"]
    [locks] = [task for task in data if "locks" in task["what"]]
    assert locks["what"].startswith("Make aws_dynamodb_table.locks anew before Terraform is run")
    assert locks["loses"] is None
    [made] = locks["commands"]
    assert made.startswith("aws dynamodb create-table --region eu-central-1 --table-name locks --attribute-definitions")
    assert runbooks(main_tf=table) == []  # Locks alone are nothing to recover.


def test_templates_of_nested_stacks_are_uploaded_first(here: Path) -> None:
    nested = """\
  Base:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: !Sub "${Url}/base.yaml"}
"""
    text = SERVICES.replace("Parameters:\n", "Parameters:\n  Url: {Type: String, Default: 'https://x.example.com'}\n")
    configuration = "recovery: {regions: [eu-west-1, eu-central-1], complete: true}\n"
    tasks = steps("region", configuration, shop_yaml=f"Transform: AWS::Serverless-2016-10-31\n{text}{nested}")
    [deployed] = [task for task in tasks if task["phase"] == "prepare"]
    assert any("have to lie at their TemplateURL" in note for note in deployed["notes"])
    assert "--capabilities CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND" in deployed["commands"][0]
    assert "PARAMETER_URL" not in deployed["commands"][0]


def test_a_template_is_deployed_with_the_parameters_of_its_deployment(here: Path) -> None:
    parameters = """\
Parameters:
  Stage: {Type: String, Default: dev}
  Size: {Type: Number, Default: 2}
  Home: {Type: String, Default: none}
  Subnets: {Type: CommaDelimitedList, Default: ""}
  Password: {Type: String, Default: "", NoEcho: true}
"""
    text = SERVICES.replace("Parameters:\n", parameters)
    given = (
        "{AWS::Region: eu-west-1, Stage: prod, Home: eu-west-1, Subnets: subnet-0123456789abcdef0, Password: hunter22x}"
    )
    configuration = f"deployments: {{prod: {given}}}\n{REGIONS}"
    [runbook] = runbooks("region", configuration, shop_yaml=text)
    [deployed] = [task for task in runbook["tasks"] if task["phase"] == "prepare"]
    command = deployed["commands"][-1]
    assert " Stage=prod" in command
    # What has a default and is not given is left, and what is of the Region that is lost is asked for.
    assert "Size=" not in command
    assert all(
        f"{name}=" in command and f"PARAMETER_{name.upper()}" in command for name in ("Home", "Subnets", "Password")
    )
    told = printed("recovery", "--runbook", "region")
    assert "value of the parameter Home, at home eu-west-1" in told
    assert "hunter22x" not in told


def test_a_runbook_names_its_deployments(here: Path) -> None:
    [runbook] = runbooks("region", SIZES, shop_yaml=SERVICES)
    assert runbook["deployments"] == ["first", "second"]
    assert "Runbook of shop.yaml, deployed as first and second: eu-west-1" in printed("recovery", "--runbook", "region")


def test_each_environment_has_a_runbook_of_its_own(here: Path) -> None:
    environments = "deployments: {prod: {AWS::Region: eu-west-1}, prod2: {AWS::Region: eu-west-1}}\n" + REGIONS
    every = runbooks("az", environments, shop_yaml=BACKUPS)
    assert [runbook["deployments"] for runbook in every] == [["prod"], ["prod2"]]
    elsewhere = environments.replace("prod2: {AWS::Region: eu-west-1}", "prod2: {AWS::Region: eu-central-1}")
    assert [runbook["deployments"] for runbook in runbooks("region", elsewhere, shop_yaml=SERVICES)] == [
        ["prod", "prod2"]
    ]


def test_names_of_a_private_zone_lead_no_users(here: Path) -> None:
    zone = """\
Resources:
  Inner:
    Type: AWS::Route53::HostedZone
    Properties: {Name: inner.local, VPCs: [{VPCId: vpc-1, VPCRegion: eu-west-1}]}
  Name:
    Type: AWS::Route53::RecordSet
    Properties: {Name: db.inner.local, Type: CNAME, TTL: "60", HostedZoneId: !Ref Inner, ResourceRecords: [a.b]}
"""
    bucket = "Resources:\n  Files: {Type: AWS::S3::Bucket}\n"
    files = bucket.partition("\n")[2]
    for texts in ({"a_yaml": zone + files}, {"a_yaml": bucket, "b_yaml": zone}):
        every = [each for runbook in runbooks("region", REGIONS, **texts) for each in runbook["questions"]]
        [led] = [each for each in every if each["what"].startswith("what leads requests to it")]
        assert led["notes"] == ["No record, accelerator or distribution was read."]


DOCUMENT = """\
  Failover:
    Type: AWS::SSM::Document
    Properties:
      Name: shop-failover
      DocumentType: Automation
      Content: {schemaVersion: "0.3", parameters: {Target: {type: String}, Wait: {type: String, default: "60"}},
        mainSteps: []}
"""
TABLE = "Resources:\n  Carts: {Type: AWS::DynamoDB::Table, Properties: {TableName: carts}}\n"


def test_what_the_estate_has_for_a_failover_is_asked_for_and_started_first(here: Path) -> None:
    for files in ({"a_yaml": TABLE + DOCUMENT}, {"a_yaml": TABLE, "b_yaml": f"Resources:\n{DOCUMENT}"}):
        for path in here.glob("*.yaml"):
            path.unlink()
        question = asked(**files)["whether the automation document Failover is for this, and is there in eu-central-1"]
        [call] = question["then"]["commands"]
        assert call == (
            "aws ssm start-automation-execution --region eu-central-1 --document-name shop-failover --parameters"
            ' Target="${FAILOVER_TARGET:?value of the parameter Target}"'
        )
    Path("b.yaml").unlink(missing_ok=True)
    # One that is no automation, or whose name says nothing of it, is none.
    for text in (DOCUMENT.replace("Automation", "Command"), DOCUMENT.replace("ailover", "irst")):
        assert not any("document" in what for what in asked(a_yaml=TABLE + text))


def test_a_module_that_is_named_for_a_failover_may_have_other_things(here: Path) -> None:
    Path("failover").mkdir()
    text = 'resource "aws_ssm_document" "%s" {\n  name = "%s"\n  document_type = "Automation"\n  content = "{}"\n}\n'
    call = REPLICA + 'module "failover" {\n  source = "./failover"\n}\n'
    for name, is_asked in (("copy_image", False), ("failover_all", True)):
        Path("failover/main.tf").write_text(text % (name, name), encoding="utf-8")
        assert any("automation document" in what for what in asked(main_tf=call)) == is_asked


def test_what_several_documents_are_for_is_one_question(here: Path) -> None:
    second = DOCUMENT.replace("Failover:", "FailoverBack:").replace("shop-failover", "shop-failover-back")
    every = asked(a_yaml=TABLE + DOCUMENT + second)
    [question] = [each for what, each in every.items() if what.startswith("which of")]
    assert "the automation documents Failover and FailoverBack is for this" in question["what"]
    assert '--document-name "${FAILOVER_DOCUMENT:?' in question["then"]["commands"][0]


PULLED = """\
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: web, Image: IMAGE,
      Secrets: [{Name: KEY, ValueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/key-a1b2c3"}]}]}
  Site:
    Type: AWS::ECS::Service
    Properties: {ServiceName: site, Cluster: shop, DesiredCount: 2, TaskDefinition: !Ref Task}
"""


def test_images_and_secrets_come_before_what_starts_with_them(here: Path) -> None:
    repository = "  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: shop}}\n"
    pulled = PULLED.replace("IMAGE", "!GetAtt Images.RepositoryUri")
    [runbook] = runbooks(a_yaml=TABLE + repository + pulled)
    words = in_words(runbook["tasks"])
    [images] = [number for number, word in enumerate(words) if word.startswith("See that eu-central-1 has the images")]
    [deployed] = [number for number, word in enumerate(words) if word.startswith("Deploy a.yaml")]
    assert images < deployed
    secret = "whether eu-central-1 has the secret shop/key-a1b2c3"
    [question] = [question for question in runbook["questions"] if question["what"] == secret]
    assert question["commands"][0].startswith("aws secretsmanager list-secrets --region eu-central-1")
    assert "replicate-secret-to-regions" in question["notes"][0]


def test_what_is_in_no_region_is_left_out_of_a_second_deployment(here: Path) -> None:
    configuration = "recovery: {regions: [eu-west-1, eu-central-1], complete: true}\n"
    role = '  Role: {Type: AWS::IAM::Role, Properties: {RoleName: shop, Description: "{{resolve:ssm:/shop/role}}"}}\n'
    tasks = steps("region", configuration, shop_yaml=SERVICES + DISTRIBUTION + role)
    [deployed] = [task for task in tasks if task["what"].startswith("Deploy shop.yaml")]
    assert any(note.startswith("Site and Name are in no Region and still there") for note in deployed["notes"])
    assert any(note.startswith("RoleName shop is the same in every Region") for note in deployed["notes"])
    assert any(
        "It resolves parameters and secrets when it is deployed (/shop/role)" in note for note in deployed["notes"]
    )
    root = MODULES[MODULES.index('resource "aws_instance"') :]
    names = 'resource "aws_iam_role" "web" {\n  name = "web"\n}\n'
    names += 'resource "aws_iam_role" "each" {\n  name = "x-${var.y}"\n}\n'
    provider = 'variable "y" {}\nprovider "aws" {\n  region = "eu-west-1"\n}\n'
    Path("shop.yaml").unlink()
    [made] = [task for task in steps(main_tf=provider + root + names) if task["phase"] == "prepare"]
    assert any(note.startswith("RoleName web is the same in every Region") for note in made["notes"])


def test_a_module_that_roots_call_has_no_runbook_of_its_own(here: Path) -> None:
    service = 'resource "aws_ecs_service" "app" {\n  name = "app"\n  desired_count = 2\n}\n'
    Path("modules/app").mkdir(parents=True)
    Path("modules/app/main.tf").write_text(service, encoding="utf-8")
    call = 'module "app" {\n  source = "./modules/app"\n  count = 0\n}\n'
    assert [runbook["name"] for runbook in runbooks("region", REGIONS, main_tf=REPLICA + call)] == ["."]


def test_what_is_not_judged_is_named_above_the_steps(here: Path) -> None:
    broker = "  Broker: {Type: AWS::AmazonMQ::Broker, Properties: {BrokerName: b, DeploymentMode: SINGLE_INSTANCE}}\n"
    [runbook] = runbooks("az", a_yaml=BACKUPS + broker)
    assert runbook["left_out"] == ["Broker (AWS::AmazonMQ::Broker)"]
    assert "  Not in this: Broker (AWS::AmazonMQ::Broker)." in printed("recovery", "--runbook", "az")


def test_what_is_not_judged_of_any_template_of_an_application_is_named(here: Path) -> None:
    broker = "Resources:\n  Broker: {Type: AWS::AmazonMQ::Broker, Properties: {BrokerName: b}}\n"
    several = REGIONS.replace("}\n", ", applications: {shop: {paths: ['*.yaml']}}}\n")
    both = runbooks("region", several, a_yaml=BACKUPS, b_yaml=broker + "  Api: {Type: AWS::Lambda::Function}\n")
    assert [runbook["left_out"] for runbook in both] == [["Broker (AWS::AmazonMQ::Broker)"]]
    root = 'resource "aws_mq_broker" "b" {\n  broker_name = "b"\n}\nresource "aws_lambda_function" "api" {\n}\n'
    Path("b").mkdir()
    Path("b/main.tf").write_text(root, encoding="utf-8")
    Path("b.yaml").unlink()
    [mixed] = runbooks("region", several.replace("'*.yaml'", "'**'"), a_yaml=BACKUPS)
    assert len(mixed["left_out"]) == 1
    assert mixed["left_out"][0].endswith("(aws_mq_broker)")


def test_a_resource_of_a_nested_stack_is_found_by_its_stack(here: Path) -> None:
    inner = "Resources: {Carts: {Type: AWS::DynamoDB::Table}}\n"
    outer = "Resources: {Data: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./inner.yaml}}}\n"
    open_world = REGIONS.replace("complete: true, ", "")
    [runbook] = runbooks("region", open_world, outer_yaml=outer, inner_yaml=inner)
    finds = {word["name"]: word["find"] for word in runbook["fill_in"]}
    assert '--stack-name "${STACK_OUTER:?' in finds["STACK_DATA"]
    assert "--logical-resource-id Data " in finds["STACK_DATA"]
    assert '--stack-name "${STACK_DATA:?' in finds["DATA_CARTS"]
    assert "--logical-resource-id Carts " in finds["DATA_CARTS"]


def test_what_leads_there_already_is_left_as_it_is(here: Path) -> None:
    records = RECORDS.replace("Weight: 1", "Weight: !If [IsSecond, 100, 0]")
    text = SERVICES.replace(
        "Resources:\n", "Conditions: {IsSecond: !Equals [!Ref AWS::Region, eu-central-1]}\nResources:\n", 1
    )
    assert "Conditions: {IsSecond" in text
    led = [task for task in steps("region", SIZES, shop_yaml=text + records) if task["phase"] == "requests"]
    assert [task["what"] for task in led] == [
        "Nothing to do for www.example.com CNAME: all requests are led to eu-central-1 already"
    ]
    assert led[0]["commands"] == []


def test_of_several_regions_each_zone_counts_and_the_primary_one_is_asked_for(here: Path) -> None:
    root = REPLICA.replace("  replicate_source_db = aws_db_instance.orders.arn\n", "  backup_retention_period = 7\n")
    [runbook] = runbooks("az", "recovery: {rpo: 1h}\n", main_tf=root)
    data = [task for task in runbook["tasks"] if task["phase"] == "data"]
    assert [task["resource"] for task in data] == ["aws_db_instance.orders", "aws_db_instance.copy"]
    assert "--region eu-central-1" in data[1]["commands"][0]
    [question] = asked("region", "recovery: {rpo: 1h}\n", main_tf=root)
    assert question == "which of eu-west-1 and eu-central-1 is the primary Region"


def test_a_cluster_that_gets_an_instance_keeps_its_name(here: Path) -> None:
    task = """\
  Reader:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: web, Image: web, Environment: [{Name: DB, Value: !GetAtt
      Orders.Endpoint.Address}]}]}
"""
    words = in_words(steps("az", "recovery: {complete: true}\n", a_yaml=GLOBAL + task))
    assert any(word.startswith("Make an instance of Orders") for word in words)
    assert not any(word.startswith("See that Reader") for word in words)


def test_a_serverless_cluster_without_instances_gets_one_of_its_class(here: Path) -> None:
    alone = GLOBAL.partition("  Writer:")[0]
    scaled = "Properties: {ServerlessV2ScalingConfiguration: {MinCapacity: 1, MaxCapacity: 4}, "
    for template, kind in ((alone, "${ORDERS_CLASS"), (alone.replace("Properties: {", scaled), "db.serverless")):
        [task] = [task for task in steps("az", a_yaml=template) if task["phase"] == "data"]
        assert f"--db-instance-class {kind}" in task["commands"][0].replace('"', "")


def test_whether_an_instance_is_left_is_asked_where_their_number_is_not_told(here: Path) -> None:
    root = """\
variable "n" {}
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}
resource "aws_rds_cluster_instance" "each" {
  count              = var.n
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}
"""
    [what] = asked("az", "recovery: {complete: true}\n", main_tf=root)
    assert what == "whether aws_rds_cluster.orders has an instance in another zone"


def test_a_record_that_proves_a_domain_leads_nothing(here: Path) -> None:
    record = """\
variable "zone" {}
resource "aws_acm_certificate" "web" {
  domain_name = "example.com"
}
resource "aws_route53_record" "proof" {
  for_each = { for o in aws_acm_certificate.web.domain_validation_options : o.domain_name => o }
  zone_id  = var.zone
  name     = each.value.resource_record_name
  type     = each.value.resource_record_type
  ttl      = 60
  records  = [each.value.resource_record_value]
}
"""
    assert not any("lead" in what and "proof" in what for what in asked(main_tf=REPLICA + record))


ALIKE = """\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: %s}}
"""


def test_two_things_of_one_name_have_a_variable_each(here: Path) -> None:
    """With one for both, it is asked with the ARN of one table whether the other has backups."""
    together = "recovery: {regions: [eu-west-1, eu-central-1], rpo: 1h, applications: {shop: {paths: ['*.yaml']}}}\n"
    [runbook] = runbooks("region", together, a_yaml=ALIKE % "first", b_yaml=ALIKE % "last")
    found = {word["name"]: word["find"] for word in runbook["fill_in"]}
    every = [question for question in runbook["questions"] if "whether Orders has a backup" in question["what"]]
    for question, table in zip(every, ("first", "last"), strict=True):
        [look] = [line for line in question["commands"] if "list-recovery-points-by-resource" in line]
        [name] = [name for name in found if f"{{{name}:" in look]
        assert f"--table-name {table} " in found[name]


SERIES = """\
Resources:
  Speeds: {Type: AWS::Timestream::Table, Properties: {DatabaseName: fleet, TableName: speeds}}
"""


def test_backups_of_a_table_of_timestream_are_looked_for_in_aws_backup(here: Path) -> None:
    [question] = [each for what, each in asked("region", OPEN, a_yaml=SERIES).items() if "has a backup" in what]
    assert "list-recovery-points-by-resource" in question["commands"][0]
    assert not any("No one call" in note for note in question["notes"])


OPEN = "recovery: {regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h}\n"
