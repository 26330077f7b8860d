"""Which strategy for the loss of a Region a family surely reaches, and which at most: by whole templates and runs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.command import invoke

from awslint_memo.model import budget
from awslint_memo.relations.recovery import families as families_module

COMPLETE = "recovery: {complete: true, regions: [eu-west-1, eu-central-1]}\n"
BOTH = "deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}\n"

TWO_PROVIDERS = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
"""


class Said(NamedTuple):
    """What the command says of a strategy."""

    surely: str | None
    at_most: str | None
    missing: list[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def families(**files: str) -> list[Any]:
    """What the command says of each template, as JSON; `a_yaml` names the file a.yaml, `x__main_tf` x/main.tf."""
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_yaml", ".yaml").replace("_tf", ".tf").replace("_json", ".json"))
        path.parent.mkdir(parents=True, exist_ok=True)
        (Path(".awslint-memo.yaml") if name == "configuration" else path).write_text(text, encoding="utf-8")
    result = invoke("recovery", "--format", "json")
    made: list[Any] = json.loads(result.stdout)["families"]
    assert result.exit_code == 0, result.stderr
    return made


def said(**files: str) -> Said:
    """The only strategy that the command tells of these files."""
    [one] = [each for family in families(**files) for each in family["strategies"]]
    return Said(one["surely"], one["at_most"], one["missing"])


def shop(size: str = "2", weight: str = "0", replicas: str = "eu-central-1", most: str = "4") -> str:
    """A template that is deployed in two Regions: a table, servers behind a load balancer, and records."""
    regions = "".join(f", {{Region: {one}}}" for one in replicas.split())
    return f"""\
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Parameters:
  Size: {{Type: Number}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Properties: {{TableName: orders, Replicas: [{{Region: eu-west-1}}{regions}]}}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: !If [IsFirst, 2, {size}]
      MaxSize: !If [IsFirst, 4, {most}]
      VPCZoneIdentifier: [subnet-1, subnet-2]
  Balancer: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{Subnets: [subnet-1, subnet-2]}}}}
  Www:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: Z0123456789
      Name: www.example.com
      Type: A
      SetIdentifier: !Ref AWS::Region
      Weight: !If [IsFirst, 90, {weight}]
      AliasTarget: {{DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}}
"""


UNKNOWN = "whether Auto Scaling groups run in eu-central-1 is not told"

LADDER = [
    ({"replicas": ""}, "none", "none", ["Orders has no copy in eu-central-1"]),
    ({"size": "0"}, "pilot-light", "pilot-light", ["Web runs nothing in eu-central-1"]),
    ({"size": "1"}, "warm-standby", "warm-standby", ["the Auto Scaling groups in eu-central-1 are smaller"]),
    ({"most": "3"}, "warm-standby", "warm-standby", ["the Auto Scaling groups in eu-central-1 may grow to fewer"]),
    ({}, "hot-standby", "hot-standby", ["no record or accelerator leads requests to eu-central-1 while all is well"]),
    ({"weight": "10"}, "multi-site", "multi-site", []),
    (
        {"size": "!Ref Size"},
        "pilot-light",
        "hot-standby",
        ["whether Auto Scaling groups run in eu-central-1 is not told"],
    ),
    (
        {"weight": "!Ref Size"},
        "hot-standby",
        "multi-site",
        ["no record or accelerator leads requests to eu-central-1 while all is well"],
    ),
    ({"replicas": "us-east-1"}, "none", "none", ["Orders has no copy in eu-central-1"]),
]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("how", "surely", "at_most", "missing"), LADDER)
def test_each_strategy_asks_for_more(how: dict[str, str], surely: str, at_most: str, missing: list[str]) -> None:
    found = said(shop_yaml=shop(**how), configuration=BOTH + COMPLETE)
    assert found == Said(surely, at_most, missing)


def in_terraform(size: int | str = 2, replica: str = "eu-central-1", *, off: bool = False) -> str:
    copy = f'  replica {{\n    region_name = "{replica}"\n  }}\n' if replica else ""
    desired = "  desired_capacity = 0\n" if off else ""
    return f"""\
variable "size" {{}}
{TWO_PROVIDERS}
resource "aws_dynamodb_table" "orders" {{
  name = "orders"
{copy}}}
resource "aws_autoscaling_group" "first" {{
  min_size = 2
  max_size = 4
}}
resource "aws_autoscaling_group" "second" {{
  provider = aws.second
  min_size = {size}
  max_size = 4
{desired}}}
resource "aws_lb" "first" {{}}
resource "aws_lb" "second" {{
  provider = aws.second
}}
"""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("text", "surely", "at_most"),
    [
        (in_terraform(replica=""), "none", "none"),
        (in_terraform(0), "pilot-light", "pilot-light"),
        (in_terraform(0, off=True), "pilot-light", "pilot-light"),
        (in_terraform(1), "warm-standby", "warm-standby"),
        (in_terraform(2), "hot-standby", "hot-standby"),
        (in_terraform("var.size"), "pilot-light", "hot-standby"),
    ],
)
def test_terraform_says_the_same(text: str, surely: str, at_most: str) -> None:
    assert said(main_tf=text, configuration=COMPLETE)[:2] == (surely, at_most)


AURORA = """\
Resources:
  Whole:
    Type: AWS::RDS::GlobalCluster
    Properties: {GlobalClusterIdentifier: shop, SourceDBClusterIdentifier: !Ref Db}
  Db: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, MasterUsername: u, ManageMasterUserPassword: true}}
"""
SECONDARY = """\
Parameters: {Which: {Type: String}}
Resources:
  Copy: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: %s}}
"""
STACKS = """\
deployments:
  first: {AWS::Region: eu-west-1, paths: [first.yaml]}
  second: {AWS::Region: %s, paths: [second.yaml]}
"""
SHOP = "recovery: {complete: true, applications: {shop: {paths: ['*.yaml']}}}\n"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("which", "region", "configuration", "surely", "at_most"),
    [
        ("shop", "eu-central-1", SHOP, "pilot-light", "pilot-light"),
        ("other", "eu-central-1", SHOP, "none", "pilot-light"),
        ("!Ref Which", "eu-central-1", SHOP, "none", "pilot-light"),
        ("shop", "eu-west-1", SHOP, "none", "pilot-light"),
        ("shop", "eu-central-1", "recovery: {complete: true}\n", "none", "pilot-light"),
    ],
)
def test_an_application_is_looked_at_over_all_of_its_stacks(
    which: str, region: str, configuration: str, surely: str, at_most: str
) -> None:
    made = families(first_yaml=AURORA, second_yaml=SECONDARY % which, configuration=STACKS % region + configuration)
    [one] = [each for family in made for each in family["strategies"]]
    assert (one["surely"], one["at_most"]) == (surely, at_most)


REPLICA = """\
provider "aws" {
  region = "eu-central-1"
}
resource "aws_db_instance" "copy" {
  replicate_source_db = "arn:aws:rds:eu-west-1:123456789012:db:%s"
}
"""
SOURCE = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_db_instance" "orders" {
  engine     = "postgres"
  identifier = "orders"
}
"""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("name", "application", "is_found"),
    [("orders", True, False), ("other", True, True), ("orders", False, False), ("other", False, True)],
)
def test_a_replica_in_another_root_of_the_application_is_a_copy(name: str, application: bool, is_found: bool) -> None:
    shop = "applications: {shop: {paths: ['*/**']}}" if application else ""
    Path(".awslint-memo.yaml").write_text(f"recovery: {{complete: true, region: {{rpo: 1h}}, {shop}}}\n")
    for folder, text in (("first", SOURCE), ("second", REPLICA % name)):
        Path(folder).mkdir()
        Path(folder, "main.tf").write_text(text)
    found = json.loads(invoke("lint", "--format", "json", "--select", "recovery-region-unprotected").stdout)
    assert [one["resource"] for one in found["findings"]] == (["aws_db_instance.orders"] if is_found else [])


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("folder", "surely"), [("cdk.out", "pilot-light"), ("other", "none")])
def test_the_stacks_of_an_assembly_are_one_family(folder: str, surely: str) -> None:
    configuration = STACKS % "eu-central-1" + "recovery: {complete: true}\n"
    Path(".awslint-memo.yaml").write_text(re.sub(r"\[(\w+\.yaml)]", rf"[{folder}/\1]", configuration))
    Path(folder).mkdir()
    Path(folder, "first.yaml").write_text(AURORA)
    Path(folder, "second.yaml").write_text(SECONDARY % "shop")
    made = json.loads(invoke("recovery", "--format", "json", f"{folder}/first.yaml", f"{folder}/second.yaml").stdout)
    [one] = [each for family in made["families"] for each in family["strategies"]]
    assert one["surely"] == surely


@pytest.mark.usefixtures("here")
def test_a_deployment_of_development_is_no_standby() -> None:
    configuration = BOTH.replace("second:", "dev:") + COMPLETE
    for one in families(shop_yaml=shop(), configuration=configuration):
        assert {each["surely"] for each in one["strategies"]} == {"pilot-light"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("regions", ["[eu-central-1]", "[us-east-1]", "!Ref Where"])
def test_what_a_stack_set_deploys_is_not_told(regions: str) -> None:
    stack_set = f"""\
  Others:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: others
      PermissionModel: SELF_MANAGED
      TemplateURL: https://example.com/a.yaml
      StackInstancesGroup: [{{DeploymentTargets: {{Accounts: ["123456789012"]}}, Regions: {regions}}}]
"""
    text = shop("0").replace("Parameters:\n", "Parameters:\n  Where: {Type: CommaDelimitedList}\n") + stack_set
    at_most = "pilot-light" if regions == "[us-east-1]" else "hot-standby"
    assert said(shop_yaml=text, configuration=BOTH + COMPLETE)[:2] == ("pilot-light", at_most)


ACCELERATOR = """\
  Second:
    Type: AWS::GlobalAccelerator::EndpointGroup
    Condition: IsFirst
    Properties:
      ListenerArn: arn:aws:globalaccelerator::123456789012:accelerator/a/listener/b
      EndpointGroupRegion: eu-central-1
      TrafficDialPercentage: %s
      EndpointConfigurations: [{EndpointId: "arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/a/b"}]
"""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("dial", "surely"), [("20", "multi-site"), ("0", "hot-standby"), ("!Ref Size", "hot-standby")])
def test_an_accelerator_leads_requests_by_its_dial(dial: str, surely: str) -> None:
    assert said(shop_yaml=shop() + ACCELERATOR % dial, configuration=BOTH + COMPLETE).surely == surely


CLUSTER = """\
resource "aws_eks_cluster" "%s" {
  provider = %s
  name     = "shop"
}
"""


@pytest.mark.usefixtures("here")
def test_what_runs_in_a_cluster_is_not_told() -> None:
    both = CLUSTER % ("one", "aws") + CLUSTER % ("two", "aws.second")
    assert said(main_tf=in_terraform(0) + both, configuration=COMPLETE)[:2] == ("pilot-light", "warm-standby")
    assert said(main_tf=in_terraform(2) + both, configuration=COMPLETE)[:2] == ("pilot-light", "hot-standby")


@pytest.mark.usefixtures("here")
def test_which_of_two_regions_is_primary_is_no_guess() -> None:
    text = shop().replace("    Condition: IsFirst\n", "")
    assert said(shop_yaml=text, configuration=BOTH)[:2] == (None, None)
    assert "not told, as is the primary Region" in invoke("recovery").stdout


@pytest.mark.usefixtures("here")
def test_what_is_made_again_needs_no_copy() -> None:
    cache = "  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey}, Metadata: {%s}}\n"
    configuration = BOTH + COMPLETE
    assert said(shop_yaml=shop() + cache % "", configuration=configuration).surely == "none"
    metadata = "awslint-memo: {recovery: {rebuildable: filled from Orders}}"
    assert said(shop_yaml=shop() + cache % metadata, configuration=configuration).surely == "hot-standby"


@pytest.mark.usefixtures("here")
def test_a_way_more_never_makes_less_of_it() -> None:
    order = ["none", "backup-and-restore", "pilot-light", "warm-standby", "hot-standby", "multi-site"]
    steps = [{"replicas": "", "size": "0"}, {"size": "0"}, {"size": "1"}, {}, {"weight": "5"}]
    found = [said(shop_yaml=shop(**one), configuration=BOTH + COMPLETE).surely for one in steps]
    assert found == sorted(found, key=lambda one: order.index(str(one)))


@pytest.mark.usefixtures("here")
def test_more_stacks_than_are_looked_at_together_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".awslint-memo.yaml").write_text(SHOP)
    for name in "abc":
        Path(f"{name}.yaml").write_text(AURORA)
    assert "the application shop" not in invoke("recovery").stderr
    monkeypatch.setattr(families_module, "MOST", 1)
    for command in ("recovery", "lint"):
        assert "the application shop has more than" in invoke(command).output


@pytest.mark.usefixtures("here")
def test_what_is_too_much_for_one_template_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(budget._LIMITS, "combinations", (100, 0))
    names = [f"C{number}" for number in range(8)]
    conditions = "".join(f"  {name}: !Equals [!ImportValue {name}, a]\n" for name in names)
    queues = "".join(f"  {name}: {{Type: AWS::SQS::Queue, Condition: {name}}}\n" for name in names)
    whole = f"  Any: !Or [{', '.join(f'!Condition {name}' for name in names)}]\n"
    last = "  Last: {Type: AWS::SQS::Queue, Condition: Any}\n"
    Path("a.yaml").write_text(f"Conditions:\n{conditions}{whole}Resources:\n{queues}{last}", encoding="utf-8")
    said = []
    for configuration in ("rules: {}\n", "recovery: {rpo: 1h}\n"):
        Path(".awslint-memo.yaml").write_text(configuration, encoding="utf-8")
        report = json.loads(invoke("lint", "--format", "json").stdout)
        assert report["errors"] == []
        said.append([notice for notice in report["summary"]["notices"] if "possible deployments" in notice])
    assert said[0] == said[1]
    assert len(said[0]) == 1


STATELESS = """\
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: !If [IsFirst, 2, %s], MaxSize: 4, VPCZoneIdentifier: [subnet-1, subnet-2]}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
"""
STATELESS_TERRAFORM = (
    TWO_PROVIDERS
    + """\
resource "aws_autoscaling_group" "first" {
  min_size = 2
  max_size = 4
}
resource "aws_autoscaling_group" "second" {
  provider = aws.second
  min_size = %s
  max_size = 4
}
resource "aws_lb" "first" {}
resource "aws_lb" "second" {
  provider = aws.second
}
"""
)
WISHED = "recovery: {strategy: hot-standby, regions: [eu-west-1, eu-central-1]%s}\n"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("language", ["shop_yaml", "main_tf"])
@pytest.mark.parametrize(
    ("size", "complete", "surely", "at_most"),
    [
        (2, True, "hot-standby", "hot-standby"),
        (0, True, "pilot-light", "pilot-light"),
        (2, False, "none", "hot-standby"),
        (0, False, "none", "pilot-light"),
    ],
)
def test_a_strategy_is_judged_of_what_keeps_no_data(
    language: str, size: int, complete: bool, surely: str, at_most: str
) -> None:
    text = (STATELESS if language == "shop_yaml" else STATELESS_TERRAFORM) % size
    configuration = BOTH + WISHED % (", complete: true" if complete else "")
    assert said(**{language: text, "configuration": configuration})[:2] == (surely, at_most)
    found = json.loads(invoke("lint", "--advice", "--format", "json", "--select", "recovery-strategy-mismatch").stdout)
    assert [(each["level"], "runs nothing" in each["message"]) for each in found["findings"]] == (
        [] if size else [("warning" if complete else "advice", True)]
    )


@pytest.mark.usefixtures("here")
def test_a_table_alone_is_no_multi_site_application() -> None:
    table = "Resources:\n  Orders:\n    Type: AWS::DynamoDB::GlobalTable\n    Properties:\n      TableName: orders\n"
    table += "      Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]\n"
    configuration = "recovery: {strategy: multi-site, regions: [eu-west-1, eu-central-1]}\n"
    [one] = [each for family in families(a_yaml=table, configuration=configuration) for each in family["strategies"]]
    assert (one["surely"], one["at_most"]) == ("pilot-light", "pilot-light")
    assert [(step["strategy"], step["reached"]) for step in one["steps"]] == [
        ("backup-and-restore", True),
        ("pilot-light", True),
        ("warm-standby", None),
        ("hot-standby", None),
        ("multi-site", None),
    ]
    found = json.loads(invoke("lint", "--advice", "--format", "json", "--select", "recovery-strategy-mismatch").stdout)
    [finding] = found["findings"]
    assert "nothing supports that: what runs in eu-west-1 is not in what was read" in finding["message"]


@pytest.mark.usefixtures("here")
def test_objectives_that_are_declared_are_not_called_none() -> None:
    Path(".awslint-memo.yaml").write_text("recovery: {rpo: 1h, rto: 4h}\n")
    Path("a.yaml").write_text(STATELESS % 2)
    assert invoke("recovery").stdout.splitlines()[-1] == (
        "0 stores, so none of the declared objectives for data has anything to be judged by"
    )


@pytest.mark.usefixtures("here")
def test_computing_whose_region_is_not_known_was_read() -> None:
    root = 'variable "region" {}\nprovider "aws" {\n  region = var.region\n}\n'
    root += 'resource "aws_dynamodb_table" "orders" {\n  region = "eu-west-1"\n  replica {\n'
    root += '    region_name = "eu-central-1"\n  }\n}\nresource "aws_lambda_function" "shop" {}\n'
    one = said(main_tf=root, configuration=COMPLETE)
    assert one.missing[0] == "whether what computes runs in eu-west-1 is not told"
    assert one.at_most == "hot-standby"


@pytest.mark.parametrize("region", ["eu-west-1", "eu-central-1", None])
@pytest.mark.parametrize("replicas", [("eu-west-1", "eu-central-1"), ("eu-central-1", "eu-west-1")])
def test_the_replica_of_a_stack_s_own_region_may_stand_anywhere(
    here: Path, replicas: tuple[str, str], region: str | None
) -> None:
    stack = f"""\
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {{TableName: orders, Replicas: [{{Region: {replicas[0]}}}, {{Region: {replicas[1]}}}]}}
"""
    for name in ("eu-west-1", "us-east-1"):
        stack += f"""\
  {name.replace("-", "")}:
    Type: AWS::Route53::RecordSet
    Properties: {{Name: a.example.com, Type: A, SetIdentifier: {name}, Region: {name}, ResourceRecords: [192.0.2.1]}}
"""
    deployed = f"deployments: {{first: {{AWS::Region: {region}}}}}\n" if region else ""
    found = said(configuration=deployed + "recovery: {complete: true}\n", a_yaml=stack)
    assert found.surely == "pilot-light"
    other = {"eu-west-1": "eu-central-1", None: "eu-central-1"}.get(region, "eu-west-1")
    assert f"takes requests in {other}" in " ".join(found.missing)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("is_first", [True, False])
def test_what_all_lack_is_told_whichever_store_stands_first(is_first: bool) -> None:
    """Not at a store without a copy, of which something graver is told."""
    table = "  Orders: {Type: AWS::DynamoDB::GlobalTable, Properties: {Replicas: [{Region: a}, {Region: b}]}}\n"
    database = "  Jobs: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}\n"
    text = "Resources:\n" + (table + database if is_first else database + table)
    families(a_yaml=text, configuration="recovery: {strategy: multi-site}\n")
    found = json.loads(invoke("lint", "--advice", "--profile", "all", "--format", "json").stdout)["findings"]
    assert "Orders" in [each["resource"] for each in found if each["rule"] == "recovery-strategy-mismatch"]


RAISED = """\
Conditions: {IsFirst: !Equals [!Ref AWS::Region, eu-west-1]}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Files: {Type: AWS::S3::Bucket, Condition: IsFirst}
  Shop: {Type: AWS::ECS::Service, Properties: {DesiredCount: 0}}
  Times: {Type: AWS::Lambda::Function}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
"""
RAISED_TERRAFORM = (
    TWO_PROVIDERS
    + """\
resource "aws_dynamodb_table" "orders" {
  name = "orders"
  replica {
    region_name = "eu-central-1"
  }
}
resource "aws_s3_bucket" "files" {}
"""
    + "".join(
        f"""\
resource "aws_ecs_service" "{name}" {{
  {provider}
  desired_count = 0
}}
resource "aws_lambda_function" "{name}" {{
  {provider}
}}
resource "aws_lb" "{name}" {{
  {provider}
}}
"""
        for name, provider in (("shop", ""), ("there", "provider = aws.second"))
    )
)
MADE_AGAIN = COMPLETE.rstrip("}\n") + (
    ", applications: {files: {resources: [Files, aws_s3_bucket.files], rebuildable: made by a pipeline}}}\n"
)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("language", "text"), [("shop_yaml", RAISED), ("main_tf", RAISED_TERRAFORM)])
def test_what_is_at_zero_in_both_regions_is_no_full_size(language: str, text: str) -> None:
    found = families(**{language: text}, configuration=BOTH + MADE_AGAIN)
    [one] = [one for family in found for one in family["strategies"] if one["application"] is None]
    assert (one["surely"], one["at_most"]) == ("pilot-light", "hot-standby")
    assert "runs nothing in eu-west-1 either" in invoke("recovery").stdout


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("language", "text"), [("shop_yaml", RAISED), ("main_tf", RAISED_TERRAFORM)])
def test_a_bucket_that_alone_has_no_copy_may_be_rebuildable(language: str, text: str) -> None:
    assert said(**{language: text}, configuration=BOTH + COMPLETE).surely == "none"
    [line] = [line for line in invoke("recovery").stdout.splitlines() if line.startswith("strategy")]
    assert "no copy in eu-central-1 (declare `rebuildable` what can be made again, and it does not count)" in line
    # Where no store has a copy, that is the plan, and no reports.
    Path("shop.yaml").write_text("Resources: {Files: {Type: AWS::S3::Bucket}}\n")
    Path("main.tf").unlink(missing_ok=True)
    assert "declare `rebuildable`" not in invoke("recovery").stdout
