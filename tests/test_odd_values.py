"""Values that no template needs, found by changing real ones at random: each is one sentence, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, report

DATABASE = "  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: false}}\n"
QUEUE = "  Orders:\n    Type: AWS::SQS::Queue\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("key", ['""', "&anchor", '" "'])
def test_a_resource_without_a_name_is_an_error_and_the_others_are_judged(folder: Path, key: str) -> None:
    (folder / "t.yaml").write_text(
        f"Resources:\n  {key}:\n    Type: AWS::Lambda::Function\n{DATABASE}", encoding="utf-8"
    )
    made = report("t.yaml")
    assert "Db" in {one["resource"] for one in made["findings"]}
    assert len(made["errors"]) == 1


def test_lists_and_maps_where_a_rule_expects_texts_cost_no_rule(folder: Path) -> None:
    alarm = "  A: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: x, Statistic: {}, ExtendedStatistic: []}}\n"
    (folder / "t.yaml").write_text(f"Resources:\n{alarm}", encoding="utf-8")
    made = report("t.yaml")
    assert "alarm-refused" in {one["rule"] for one in made["findings"]}
    assert "could not be checked" not in json.dumps(made)


@pytest.mark.parametrize("digits", [20, 310, 4_000])
def test_a_number_that_is_too_large_costs_no_rule(folder: Path, digits: int) -> None:
    number = int("9" * digits)
    arn = "arn:aws:sqs:eu-west-1:111122223333:orders"
    (folder / "plan.json").write_text(
        plan(
            planned("aws_sqs_queue", "orders", name="orders", arn=arn, visibility_timeout_seconds=30),
            planned("aws_lambda_function", "work", function_name="work", timeout=number),
            planned("aws_lambda_event_source_mapping", "reads", event_source_arn=arn, function_name="work"),
        )
    )
    made = report("plan.json", "--advice")
    assert made["errors"] == []
    assert "could not be checked" not in json.dumps(made)
    assert "sqs-dead-letter-queue" in {one["rule"] for one in made["findings"]}


LONG = "1" * 5_000


def test_names_with_digits_of_no_number_and_very_many_are_put_in_order(folder: Path) -> None:
    keys = ", ".join(f'"q{key}"' for key in ("10", "9", "1\u00b22", LONG, "\u0663"))
    (folder / "main.tf").write_text(
        f'provider "aws" {{}}\nresource "aws_sqs_queue" "orders" {{\n  for_each = toset([{keys}])\n'
        "  name = each.key\n  message_retention_seconds = 60\n}\n",
        encoding="utf-8",
    )
    result = invoke("lint", "--advice", "--ignore", "stack-name-refused", "main.tf")
    assert (result.exit_code, "internal error" in result.output) == (0, False), result.output
    assert "5 counted by resource" in result.output


@pytest.mark.parametrize(
    "written",
    [
        *(f"rate({LONG} minutes)", f"rate({LONG[:400]} days)", f"cron(0 {LONG} * * ? *)", f"cron(0/{LONG} 1 * * ? *)"),
        *(f"cron(0 1 {LONG}W * ? *)", f"cron(0 1 ? * 2#{LONG} *)", f"cron(0 1 ? * {LONG}L *)"),
        # A digit of no number.
        *("cron(0 \u00b2 * * ? *)", "cron(0 1 \u00b2W * ? *)", "cron(0 1 ? * 2#\u00b2 *)"),
    ],
)
def test_a_number_of_a_schedule_that_can_not_be_read_costs_no_rule(folder: Path, written: str) -> None:
    target = {"Id": "a", "Arn": "arn:aws:lambda:eu-west-1:111122223333:function:a"}
    timed = {"RuleName": "r", "TargetBackupVault": "v", "ScheduleExpression": written}
    made = {
        "Rule": ("AWS::Events::Rule", {"ScheduleExpression": written, "Targets": [target]}),
        "Canary": ("AWS::Synthetics::Canary", {"Name": "c", "Schedule": {"Expression": written}}),
        "Plan": ("AWS::Backup::BackupPlan", {"BackupPlan": {"BackupPlanName": "b", "BackupPlanRule": [timed]}}),
    }
    resources = {name: {"Type": kind, "Properties": said} for name, (kind, said) in made.items()}
    (folder / "t.json").write_text(json.dumps({"Resources": resources}), encoding="utf-8")
    told = report("t.json", "--advice")
    assert told["errors"] == []
    assert "could not be checked" not in json.dumps(told)
    assert "synthetics-unwatched" in {one["rule"] for one in told["findings"]}


LONG_NUMBERS = {
    "rate of a rule": ("Events::Rule", "{ScheduleExpression: rate(%s minutes), Targets: [{Id: a, Arn: !Ref A}]}"),
    "cron of a rule": ("Events::Rule", "{ScheduleExpression: 'cron(0 %s ? * * *)'}"),
    "step of a cron": ("Events::Rule", "{ScheduleExpression: 'cron(0 0/%s ? * * *)'}"),
    "day of a cron": ("Events::Rule", "{ScheduleExpression: 'cron(0 0 %sW * ? *)'}"),
    "weekday of a cron": ("Events::Rule", "{ScheduleExpression: 'cron(0 0 ? * 2#%s *)'}"),
    "rate of a schedule": ("Scheduler::Schedule", "{ScheduleExpression: rate(%s minutes)}"),
    "rate of a canary": ("Synthetics::Canary", "{Schedule: {Expression: rate(%s minutes)}}"),
    "cron of a plan": (
        "Backup::BackupPlan",
        "{BackupPlan: {BackupPlanRule: [{TargetBackupVault: v, ScheduleExpression: 'cron(0 %s ? * * *)'}]}}",
    ),
    "port of a check": ("ElasticLoadBalancing::LoadBalancer", "{HealthCheck: {Target: 'HTTP:%s/'}}"),
    "class of an instance": (
        "RDS::DBInstance",
        "{Engine: mysql, DBInstanceClass: db.r6g.%sxlarge, SourceDBInstanceIdentifier: !Ref Db}",
    ),
    "version of an engine": ("RDS::DBInstance", "{Engine: mysql, EngineVersion: '%s.1'}"),
    "version of a cache": ("ElastiCache::ReplicationGroup", "{Engine: valkey, EngineVersion: '%s.1'}"),
    "version of a domain": ("OpenSearchService::Domain", "{EngineVersion: 'Elasticsearch_%s.1'}"),
}


@pytest.mark.parametrize("digits", [LONG, "1" * 350, "²"], ids=["5000 digits", "350 digits", "superscript"])
def test_a_number_of_many_digits_in_a_text_costs_no_rule(folder: Path, digits: str) -> None:
    resources = "".join(
        f"  R{number}: {{Type: AWS::{kind}, Properties: {properties % digits}}}\n"
        for number, (kind, properties) in enumerate(LONG_NUMBERS.values())
    )
    (folder / "t.yaml").write_text(f"Resources:\n{resources}{DATABASE}", encoding="utf-8")
    for command in ("lint", "recovery"):
        made = invoke(command, "--format", "json", "t.yaml")
        assert "could not be checked" not in made.stdout + made.stderr
        assert "Exceeds the limit" not in made.stdout + made.stderr
        assert "Db" in made.stdout


def test_names_and_addresses_with_a_number_of_many_digits_are_sorted_and_read(folder: Path) -> None:
    names = ("Orders", f"Q{LONG}", "Q1²", "Q1³")
    (folder / "t.json").write_text(json.dumps({"Resources": {name: {"Type": "AWS::SQS::Queue"} for name in names}}))
    (folder / "main.tf").write_text(f'resource "aws_sqs_queue" "q" {{\n  name = aws_sqs_queue.a.{LONG}.name\n}}\n')
    resource = planned("aws_sqs_queue", "orders", name="orders")
    (folder / "plan.json").write_text(plan({**resource, "address": f"module.m[{LONG}].{resource['address']}"}))
    made = invoke("lint", "--advice", ".")
    assert "Exceeds the limit" not in made.stdout + made.stderr
    assert "Orders" in made.stdout


def plan(*resources: dict[str, Any]) -> str:
    changes = [{**one, "change": {"actions": ["create"], "before": None, "after": one["values"]}} for one in resources]
    values = {"root_module": {"resources": list(resources)}}
    head = {"format_version": "1.2", "terraform_version": "1.9.0"}
    return json.dumps({**head, "planned_values": values, "resource_changes": changes, "configuration": {}})


def planned(type_: str, label: str, **values: Any) -> dict[str, Any]:
    kind = {"mode": "managed", "type": type_, "name": label, "provider_name": "registry.terraform.io/hashicorp/aws"}
    return {"address": f"{type_}.{label}", **kind, "schema_version": 0, "values": values}


def test_an_instance_of_a_cluster_that_names_none_is_no_database_of_its_own(folder: Path) -> None:
    (folder / "main.tf").write_text('resource "aws_rds_cluster_instance" "a" {\n  engine = "mysql"\n}\n')
    made = report("--advice", ".")
    assert {one["rule"] for one in made["findings"]} & {"rds-multi-az", "rds-backup-retention"} == set()
    assert "internal" not in invoke("lint", "--diff", "--unsafe-fixes", "--advice", ".").stderr


def test_a_module_in_a_folder_that_no_file_system_has_is_not_read(folder: Path) -> None:
    (folder / "main.tf").write_text('module "far" {\n  source = "terraform-aws-modules/sqs/aws"\n}\n' + "\n")
    modules = folder / ".terraform" / "modules"
    modules.mkdir(parents=True)
    one = {"Key": "far", "Source": "registry.terraform.io/terraform-aws-modules/sqs/aws", "Dir": "\ud800"}
    (modules / "modules.json").write_text(json.dumps({"Modules": [one]}))
    made = report(".")
    assert made["errors"] == []
    assert any("far" in notice for notice in made["summary"]["notices"])
