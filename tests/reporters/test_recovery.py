"""The command `recovery`: its formats, its options, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.command import invoke, printed

from awslint_memo.files.rule_files import packaged

SCHEMA = json.loads(packaged("reporters/recovery.schema.json").text)

SHOP = """\
Parameters:
  Kind: {Type: String, Default: prod, AllowedValues: [prod, test]}
Conditions:
  IsProd: !Equals [!Ref Kind, prod]
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, MultiAZ: !If [IsProd, true, false], BackupRetentionPeriod: 7}
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST}
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties: {Engine: memcached, NumCacheNodes: 1, CacheNodeType: cache.t3.micro}
  Files: {Type: AWS::Timestream::InfluxDBCluster}
  Queue: {Type: AWS::SQS::Queue}
"""

SUMMARY = ("met", "typically_met", "expected_met", "typically_missed", "expected_missed", "unmet", "unknown")

CONFIGURATION = """\
recovery:
  complete: true
  rpo: 1m
  rto: 1h
  regions: [eu-west-1]
  applications:
    other: {resources: [nothing], rpo: 1h}
  measured:
    - {resources: [Table], disruption: az, took: 2h, on: 2026-01-30}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "shop.yaml").write_text(SHOP, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def declared(here: Path) -> Path:
    (here / ".awslint-memo.yaml").write_text(CONFIGURATION, encoding="utf-8")
    return here


def report(*options: str, exits: int = 0) -> Any:
    made = json.loads(invoke("recovery", "--format", "json", *options).stdout)
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(made)]
    assert errors == []
    return made


@pytest.mark.usefixtures("here")
def test_without_objectives_it_shows_what_there_is() -> None:
    text = printed("recovery")
    assert "Table" in text
    assert "everything" not in text
    assert "2 stores, no objective; declare them under `recovery`" in text
    assert "these stores, which are not judged yet: Files (AWS::Timestream::InfluxDBCluster)" in text
    assert "in transit, not judged: Queue" in text
    assert "nodes of Memcached, which keep nothing" in text
    assert "the Region (give AWS::Region as a parameter, or declare `regions`)" in text
    made = report()
    [family] = made["families"]
    assert family["objectives"] is None
    assert made["summary"] == dict.fromkeys(SUMMARY, 0)


@pytest.mark.usefixtures("declared")
def test_a_store_is_split_only_where_deployments_differ() -> None:
    stores = report()["families"][0]["stores"]
    assert [(one["resource"], one["deployment"]) for one in stores] == [
        ("Db", "when Kind is prod"),
        ("Db", "when Kind is test"),
        ("Table", None),
        ("Cache", None),
    ]
    az = [one["disruptions"]["az"] for one in stores[:2]]
    assert [one["verdict"] for one in az] == ["met", "unmet"]
    assert [one["way_back"] for one in az] == ["failover", "restore"]


@pytest.mark.usefixtures("declared")
def test_json_says_all_that_is_known() -> None:
    made = report()
    [family] = made["families"]
    table = family["stores"][2]["disruptions"]
    assert family["objectives"]["by_disruption"]["az"] == {"rpo_in_secs": 60, "rto_in_secs": 3600}
    assert family["objectives"]["from"] == [".awslint-memo.yaml:1"]
    assert (table["software"]["verdict"], table["software"]["floor_in_secs"]) == ("unmet", None)
    assert table["software"]["way_back"] == "none"
    assert (table["az"]["rto_verdict"], table["az"]["measured_in_secs"]) == ("unmet", 7200)
    software = family["stores"][0]["disruptions"]["software"]
    assert (software["typical_in_secs"], software["verdict"]) == (300, "typically-missed")
    assert software["ways"][0]["source"] == "AmazonRDS/latest/UserGuide/USER_PIT.html"
    assert software["ways"][0]["because"] == [{"path": "shop.yaml", "line": 8, "text": "BackupRetentionPeriod 7"}]
    assert made["notices"] == [".awslint-memo.yaml:7: the application other has no store of data in this run"]
    assert sum(made["summary"].values()) == 24


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(("wish", "exits"), [("never", 0), ("unmet", 1), ("missed", 1), ("unknown", 1)])
def test_it_fails_on_what_one_asks_for(wish: str, exits: int) -> None:
    assert invoke("recovery", "--fail-on", wish).exit_code == exits


@pytest.mark.parametrize(("wish", "exits"), [("unmet", 0), ("missed", 1), ("unknown", 1)])
def test_a_typical_miss_is_not_unmet(here: Path, wish: str, exits: int) -> None:
    (here / ".awslint-memo.yaml").write_text("recovery: {software: {rpo: 1m}}\n", encoding="utf-8")
    (here / "shop.yaml").write_text(
        "Resources:\n  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: 7}}\n",
        encoding="utf-8",
    )
    assert invoke("recovery", "--fail-on", wish).exit_code == exits


@pytest.mark.usefixtures("declared")
def test_only_what_is_asked_for_is_shown() -> None:
    for one in report("--disruption", "az", "--unmet")["families"][0]["stores"]:
        assert list(one["disruptions"]) == ["az"]
    text = printed("recovery", "--unmet")
    assert "NO" in text or "✗" in text
    assert "hardware  nothing" not in text
    assert "in transit" not in text


@pytest.mark.usefixtures("declared")
def test_markdown_has_the_same_rows(here: Path) -> None:
    text = printed("recovery", "--format", "markdown")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 4 + 3 + 3 + 1
    assert all(row.count("|") == rows[0].count("|") for row in rows)
    printed("recovery", "--format", "markdown", "--output", "out.md")
    assert (here / "out.md").read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("declared")
def test_markdown_has_the_pages_of_its_figures_with_their_days() -> None:
    text = printed("recovery", "--format", "markdown", "--disruption", "az")
    [line] = [line for line in text.splitlines() if line.startswith("Pages of AWS: ")]
    page = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html"
    assert re.search(rf"<{re.escape(page)}> \(read on 2026-\d\d-\d\d\)", line)
    assert "V2globaltables" not in line


@pytest.mark.usefixtures("declared")
def test_the_marks_are_ascii_where_a_terminal_is() -> None:
    from awslint_memo import api
    from awslint_memo.reporters import recovery
    from awslint_memo.reporters.recovery import Wish

    assert recovery.text(api.recovery(), Wish(ascii=True)).isascii()
    assert "1m ✗" in recovery.text(api.recovery(), Wish())
    assert "1m NO" in recovery.text(api.recovery(), Wish(ascii=True))


@pytest.mark.usefixtures("here")
def test_what_can_not_be_read_ends_with_2() -> None:
    Path("broken.yaml").write_text("Resources: {A: {Type: AWS::SQS::Queue, Properties: [}}\n", encoding="utf-8")
    result = invoke("recovery")
    assert result.exit_code == 2
    assert "broken.yaml:1" in result.stderr
    assert "Table" in result.stdout
    assert invoke("recovery", "missing.yaml").exit_code == 2
    Path(".awslint-memo.yaml").write_text("recovery: {rpo: soon}\n", encoding="utf-8")
    result = invoke("recovery")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(".awslint-memo.yaml:1:12: recovery.rpo must be a length of time")


@pytest.mark.usefixtures("here")
def test_standard_input_is_read_too() -> None:
    text = printed("recovery", "-", stdin=SHOP)
    assert text.startswith("<stdin>")


@pytest.mark.usefixtures("here")
def test_what_a_template_writes_is_shown_escaped() -> None:
    name = "A\x1b[31m"
    Path("shop.yaml").write_text(json.dumps({"Resources": {name: {"Type": "AWS::S3::Bucket"}}}), encoding="utf-8")
    for form in ("text", "json", "markdown"):
        assert "\x1b" not in printed("recovery", "--format", form)


def test_terraform_stores_that_are_not_judged_are_named(here: Path) -> None:
    (here / "shop.yaml").unlink()
    (here / "main.tf").write_text('resource "aws_timestreaminfluxdb_db_cluster" "files" {\n}\n', encoding="utf-8")
    assert "not judged yet: main.tf:1 (aws_timestreaminfluxdb_db_cluster)" in printed("recovery")


def test_stores_that_are_not_judged_stand_in_the_order_of_the_file(here: Path) -> None:
    (here / "shop.yaml").unlink()
    lines = [f'resource "aws_timestreaminfluxdb_db_cluster" "r{number}" {{}}\n' for number in range(15)]
    (here / "main.tf").write_text("".join(lines), encoding="utf-8")
    sentence = next(line for line in printed("recovery").splitlines() if "not judged yet" in line)
    numbers = [int(number) for number in re.findall(r"main\.tf:(\d+)", sentence)]
    assert len(numbers) > 10
    assert numbers == sorted(numbers)


@pytest.mark.usefixtures("here")
def test_a_secret_is_not_printed() -> None:
    Path("shop.yaml").write_text(
        "Parameters: {Days: {Type: String, NoEcho: true, Default: hunter2hunter2}}\n"
        "Resources:\n  B: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: !Ref Days}}}\n",
        encoding="utf-8",
    )
    for form in ("text", "json", "markdown"):
        assert "hunter2" not in printed("recovery", "--format", form)


def test_the_options_that_choose_deployments_are_those_of_lint(here: Path) -> None:
    (here / "shop.yaml").unlink()
    (here / "rules").mkdir()
    (here / "own.yaml").write_text("recovery: {regions: [eu-north-1]}\n", encoding="utf-8")
    (here / "prod.tfvars").write_text("days = 3\n", encoding="utf-8")
    (here / "main.tf").write_text(
        'variable "days" {}\n\n'
        'resource "aws_db_instance" "a" {\n  engine                  = "postgres"\n'
        "  backup_retention_period = var.days\n}\n",
        encoding="utf-8",
    )
    assert "3d" not in printed("recovery")
    for options in (["--var-file", "prod.tfvars"], ["--parameters", "days=3"]):
        assert "72h back" in printed("recovery", *options)
    assert "eu-north-1" in printed("recovery", "--config", "own.yaml", "--root", ".")
    (here / "rules" / "x").mkdir()
    result = invoke("recovery", "--rules", "rules")
    assert (result.exit_code, "the folder has no rules" in result.stderr) == (2, True)


def test_a_plan_is_read_with_its_configuration_elsewhere(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "fixtures" / "plans" / "databases"
    text = printed("recovery", str(folder / "plan.json"), "--source", str(folder))
    assert "RDS postgres" in text
    assert "plan.json" not in text.splitlines()[2]


@pytest.fixture
def spread(here: Path) -> Path:
    """A store with its backup plan and a template of another Region, which are one application."""
    (here / ".awslint-memo.yaml").write_text(SPREAD, encoding="utf-8")
    (here / "shop.yaml").write_text(ORDERS, encoding="utf-8")
    (here / "web.yaml").write_text("Resources: {Web: {Type: AWS::S3::Bucket}}\n", encoding="utf-8")
    return here


SPREAD = "recovery: {rpo: 24h, rto: 4h, applications: {shop: {paths: ['*.yaml']}}}\n"

ORDERS = """\
Parameters: {Several: {Type: String}, Days: {Type: Number, AllowedValues: [7, 14, 21], Default: 7}}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, MultiAZ: !Ref Several, BackupRetentionPeriod: !Ref Days}
  Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
  Global:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {TableName: carts, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties: {BackupPlan: {BackupPlanName: p, BackupPlanRule: [{RuleName: daily, TargetBackupVault: v%s}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: s, Resources: [!GetAtt Table.Arn]}}
"""


def rows(text: str, store: str) -> dict[str, str]:
    """The rows of a store in the table, each by its disruptions, without the name of the store and its kind."""
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(f"{store} "))
    column = lines[next(at for at, line in enumerate(lines) if line.startswith("store "))].index("when")
    cells: dict[str, str] = {}
    for line in lines[start : start + 4]:
        disruptions, _, rest = line[column:].partition("  ")
        cells.setdefault(disruptions, re.sub("  +", "  ", rest.strip()))
    return cells


@pytest.mark.usefixtures("spread")
def test_a_daily_plan_is_judged_by_arithmetic_beside_its_bound() -> None:
    """The interval and the start window, of 8 hours where nobody writes one; no completion window."""
    for window, rpo, mark, expected in (
        ("", "24h", "≠", "32h expected, 200h at most"),
        ("", "32h", "=", "32h expected, 200h at most"),
        ("", "200h", "✓", "32h expected, 200h at most"),
        (", StartWindowMinutes: 60", "24h", "≠", "25h expected, 193h at most"),
        (", StartWindowMinutes: 60", "25h", "=", "25h expected, 193h at most"),
        (", StartWindowMinutes: !Ref Several", "26h", "?", "24h or more expected"),
        # Kept for a day, or nobody knows how long: before the next one there may be none.
        (", Lifecycle: {DeleteAfterDays: 1}", "32h", "?", "32h or more expected"),
        (", Lifecycle: {DeleteAfterDays: 7}", "200h", "=", "32h expected"),
        (", Lifecycle: {DeleteAfterDays: 9}", "200h", "✓", "32h expected, 200h at most"),
        (
            ", Lifecycle: {DeleteAfterDays: !Ref Several}",
            "200h",
            "?",
            "how long AWS Backup plan Plan keeps its backups",
        ),
    ):
        Path("shop.yaml").write_text(ORDERS % window, encoding="utf-8")
        Path(".awslint-memo.yaml").write_text(SPREAD.replace("24h", rpo), encoding="utf-8")
        software = rows(printed("recovery"), "Table")["software"]
        assert expected in software
        assert f"{rpo} {mark}" in software
    for wish, exits in (("unmet", 0), ("missed", 1), ("unknown", 1)):
        Path("shop.yaml").write_text(ORDERS % "", encoding="utf-8")
        Path(".awslint-memo.yaml").write_text("recovery: {software: {rpo: 24h}}\n", encoding="utf-8")
        assert invoke("recovery", "--fail-on", wish).exit_code == exits


@pytest.mark.usefixtures("spread")
@pytest.mark.parametrize(
    ("keep", "said"), [("", "24h expected"), (", keep: 12h", "24h or more expected"), (", keep: 2d", "24h at most")]
)
def test_declared_backups_bound_the_loss_where_they_are_kept_until_the_next(keep: str, said: str) -> None:
    declared = f"recovery: {{software: {{rpo: 24h}}, elsewhere: [{{every: 24h{keep}}}]}}\n"
    Path(".awslint-memo.yaml").write_text(declared, encoding="utf-8")
    Path("shop.yaml").write_text("Resources: {Table: {Type: AWS::DynamoDB::Table}}\n", encoding="utf-8")
    assert said in rows(printed("recovery"), "Table")["software"]


@pytest.mark.usefixtures("spread")
@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{Interval: 2, IntervalUnit: DAYS}", "25h expected"),
        ("{Interval: 1, IntervalUnit: DAYS}", "25h or more expected"),
        ("{Count: 1}", "25h expected"),
    ],
)
def test_snapshots_that_are_deleted_before_the_next_bound_nothing(rule: str, said: str) -> None:
    policy = f"""\
Resources:
  Data: {{Type: AWS::EC2::Volume, Properties: {{Size: 9, Tags: [{{Key: kept, Value: daily}}]}}}}
  Policy:
    Type: AWS::DLM::LifecyclePolicy
    Properties:
      State: ENABLED
      PolicyDetails:
        ResourceTypes: [VOLUME]
        TargetTags: [{{Key: kept, Value: daily}}]
        Schedules: [{{CreateRule: {{Interval: 24, IntervalUnit: HOURS}}, RetainRule: {rule}}}]
"""
    Path("shop.yaml").write_text(policy, encoding="utf-8")
    assert rows(printed("recovery"), "Data")["software"].startswith(said)


@pytest.mark.usefixtures("spread")
def test_one_second_of_replication_meets_no_objective_of_one_second() -> None:
    for rpo, mark, verdict in (("1s", "?", "unknown"), ("1m", "~", "typically-met"), ("0", "!", "typically-missed")):
        Path("shop.yaml").write_text(ORDERS % "", encoding="utf-8")
        Path(".awslint-memo.yaml").write_text(f"recovery: {{region: {{rpo: {rpo}}}}}\n", encoding="utf-8")
        assert f"usually a few seconds  {rpo} {mark}" in rows(printed("recovery"), "Global")["region"]
        store = next(one for one in report()["families"][0]["stores"] if one["resource"] == "Global")
        region = store["disruptions"]["region"]
        assert region["verdict"] == verdict
        assert region["figure"]["kind"] == "typical"
        assert (region["typical_in_secs"], region["ways"][0]["lag_in_secs"]) == (None, 1)
        assert region["figure"]["read"] >= "2026-11-25"
        assert region["figure"]["source"].endswith("V2globaltables_HowItWorks.html")


@pytest.mark.usefixtures("spread")
def test_what_a_parameter_decides_is_no_miss() -> None:
    Path("shop.yaml").write_text(ORDERS % "", encoding="utf-8")
    Path(".awslint-memo.yaml").write_text("recovery: {az: {rpo: 1m, rto: 5m}}\n", encoding="utf-8")
    zone = rows(printed("recovery"), "Db")["az"]
    assert zone.startswith("5m typically, or less  1m ?")
    why = "MultiAZ is not known, as parameter Several has no default"
    assert f"not told: {why} (give it with --parameters)" in zone
    assert "recovery-rpo-unmet" not in invoke("lint", "--advice").stdout


@pytest.mark.usefixtures("spread")
def test_each_row_says_once_why_it_is_not_told() -> None:
    Path("shop.yaml").write_text(ORDERS % "", encoding="utf-8")
    text = printed("recovery")
    assert "hardware, az" in rows(text, "Table")
    for line in text.splitlines():
        assert (" ?  " in line) <= ("not told: " in line) or " ? not told" in line
    software = rows(text, "Db")["software"]
    assert software.count("not told: ") == 1
    assert "7d or more back" in software
    for store in report()["families"][0]["stores"]:
        for row in store["disruptions"].values():
            told = {reason["objective"] for reason in row["not_told"]}
            assert ("rpo" in told) >= (row["verdict"] == "unknown" and row["rto_verdict"] != "unknown")
            assert all(reason["why"] and reason["do"] for reason in row["not_told"])


@pytest.mark.usefixtures("spread")
def test_templates_of_one_family_say_so() -> None:
    Path("shop.yaml").write_text(ORDERS % "", encoding="utf-8")
    text = printed("recovery")
    assert "\none family with web.yaml\n" in text
    assert "\none family with shop.yaml; its strategy is told with shop.yaml\n" in text
    assert [family["together"] for family in report()["families"]] == [[["shop.yaml", "web.yaml"]]] * 2


def test_the_templates_of_a_large_family_are_named_once(here: Path) -> None:
    names = [f"t{number}.yaml" for number in range(8)]
    for name in names:
        (here / name).write_text(f"Resources: {{{name[:2].upper()}: {{Type: AWS::S3::Bucket}}}}", encoding="utf-8")
    all_of_it = "recovery: {regions: [eu-west-1, eu-central-1], applications: {all: {paths: ['t*.yaml'], rpo: 1h}}}\n"
    (here / ".awslint-memo.yaml").write_text(all_of_it, encoding="utf-8")
    text = printed("recovery")
    assert f"\none family with {', '.join(names[1:])}\n" in text
    rest = "one family with t0.yaml, t2.yaml, t3.yaml and 4 others; its strategy is told with t0.yaml"
    assert f"\n{rest}\n" in text
    assert [names] in [family["together"] for family in report()["families"]]


@pytest.mark.parametrize("complete", [False, True])
def test_the_table_and_the_rules_say_the_same_of_a_cache_without_snapshots(here: Path, complete: bool) -> None:
    """Without `complete`, somebody may make snapshots elsewhere, 20 a day of a node at most."""
    node = "{Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey, NumCacheClusters: 1}}"
    cache = f"Resources: {{C: {node}}}"
    (here / "shop.yaml").write_text(cache, encoding="utf-8")
    for rpo, mark, is_told in (("1h", "✗", True), ("4h", "✗" if complete else "?", complete)):
        text = f"recovery: {{complete: {str(complete).lower()}, software: {{rpo: {rpo}}}}}\n"
        (here / ".awslint-memo.yaml").write_text(text, encoding="utf-8")
        row = rows(printed("recovery"), "C")["software"]
        assert f"{rpo} {mark}" in row
        assert row.startswith("everything" if complete else "1h 12m or more")
        found = json.loads(invoke("lint", "--advice", "--format", "json", "--select", "recovery-*").stdout)["findings"]
        assert [one["level"] == "warning" for one in found] == [is_told]


def test_a_floor_that_nothing_here_gives_says_whose_it_is(here: Path) -> None:
    node = "Properties: {Engine: valkey, NumCacheClusters: 1, CacheNodeType: cache.t4g.small}"
    group = f"Resources:\n  G:\n    Type: AWS::ElastiCache::ReplicationGroup\n    {node}\n"
    (here / "cache.yaml").write_text(group, encoding="utf-8")
    row = next(line for line in invoke("recovery", "cache.yaml").stdout.splitlines() if "1h 12m or more" in line)
    assert row.endswith("snapshots that others make are 1h 12m apart at least")
