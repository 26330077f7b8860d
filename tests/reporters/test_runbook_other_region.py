"""What a deployment in another Region needs of that Region, and what leads to what it takes the place of."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting
from tests.reporters.test_runbook import REGIONS, runbooks, steps


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


STACK = """\
%sParameters:
  VpcId: {Type: AWS::EC2::VPC::Id}
  SubnetsIds: {Type: CommaDelimitedList}
  CertificateARN: {Type: String}
  TopicArn: {Type: String}
  RoleArn: {Type: String}
  EdgeCertificateArn: {Type: String}
  Warning: {Type: String}
  CodeBucket: {Type: String}
Resources:
%s  Api:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: api, Role: !Ref RoleArn, Handler: a.b, Runtime: python3.13,
      Code: {S3Bucket: %s, S3Key: a}}
"""
OWN = "  Own: {Type: AWS::S3::Bucket}\n"


def _deployed(text: str) -> tuple[list[str], str]:
    """The notes of the deployment, and its command."""
    [task] = [task for task in steps(a_yaml=text) if task["what"].startswith("Deploy a.yaml in eu-central-1")]
    [command] = task["commands"]
    return task["notes"], command


def test_what_is_of_a_region_is_asked_for_in_the_other_one(here: Path) -> None:
    _, command = _deployed(STACK % ("", "", "!Ref CodeBucket"))
    for name in ("VpcId", "SubnetsIds", "CertificateARN", "TopicArn"):
        assert f":?value of the parameter {name} in eu-central-1}}" in command
    for name in ("RoleArn", "EdgeCertificateArn", "Warning", "CodeBucket"):
        assert f":?value of the parameter {name}}}" in command


@pytest.mark.parametrize(
    ("bucket", "own", "is_told"),
    [
        ("!Ref CodeBucket", "", True),
        ("code-of-the-team", "", True),
        ("!Ref Own", OWN, False),
    ],
)
def test_code_has_to_be_in_a_bucket_of_the_region_of_its_function(
    here: Path, bucket: str, own: str, is_told: bool
) -> None:
    notes, _ = _deployed(STACK % ("", own, bucket))
    said = "The code of Api has to be in a bucket of eu-central-1: upload it to one, and name that, or the deployment"
    assert any(note.startswith(said) for note in notes) is is_told


@pytest.mark.parametrize(
    ("transform", "is_told"),
    [
        ("Transform: Own\n", True),
        ("Transform: [AWS::LanguageExtensions, Own]\n", True),
        ("Transform: AWS::LanguageExtensions\n", False),
    ],
)
def test_a_macro_of_the_account_has_to_be_there_first(here: Path, transform: str, is_told: bool) -> None:
    notes, _ = _deployed(STACK % (transform, "", "!Ref CodeBucket"))
    said = "Own is a macro of the account: deploy what makes it in eu-central-1 first, unless it is there"
    assert any(note.startswith(said) for note in notes) is is_told


IN_TURN = """\
Resources:
  Data: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceIdentifier: data, Engine: postgres,
    BackupRetentionPeriod: 7, AutomaticBackupReplicationRegion: eu-central-1}}
  Settings:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: !GetAtt Data.Endpoint.Address}
  Api:
    Type: AWS::ECS::Service
    Properties: {ServiceName: !Ref Settings, DesiredCount: 2}
  Apart: {Type: AWS::SNS::Topic}
%s"""


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        ("", ""),
        ("Outputs: {Host: {Value: !GetAtt Data.Endpoint.Address}}\n", " and the outputs that name them,"),
        ("Outputs: {Topic: {Value: !Ref Apart}}\n", ""),
    ],
)
def test_what_is_left_out_is_all_that_the_template_cannot_have_without_it(here: Path, outputs: str, words: str) -> None:
    [task] = [task for task in steps(a_yaml=IN_TURN % outputs) if task["what"].startswith("Deploy a.yaml in")]
    [note] = [note for note in task["notes"] if note.startswith("Where Data is restored")]
    left = "leave it and what refers to it, Settings (Endpoint.Address), and what refers to these in turn, Api,"
    assert f"{left}{words} out of the first deployment" in note


API = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}
resource "aws_apigatewayv2_domain_name" "api" {
  domain_name = "api.example.com"
  domain_name_configuration {
    certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a"
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}
resource "aws_route53_record" "api" {
  zone_id = "Z1"
  name    = %s
  type    = "A"
  alias {
    name                   = aws_apigatewayv2_domain_name.api.domain_name_configuration[0].target_domain_name
    zone_id                = aws_apigatewayv2_domain_name.api.domain_name_configuration[0].hosted_zone_id
    evaluate_target_health = false
  }
}
"""
BEANSTALK = """\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
  App: {Type: AWS::ElasticBeanstalk::Environment, Properties: {ApplicationName: app}}
  Name: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: api.example.com, Type: CNAME, TTL: "900",
    ResourceRecords: [!GetAtt App.EndpointURL]}}
"""


@pytest.mark.parametrize(
    ("file", "text", "type_"), [("main.tf", API % '"api.example.com"', "A"), ("a.yaml", BEANSTALK, "CNAME")]
)
def test_a_name_of_what_the_stack_itself_makes_leads_to_its_region(
    here: Path, file: str, text: str, type_: str
) -> None:
    line = starting(rows(here, {file: text}), "names that lead to eu-west-1 alone")
    assert f"api.example.com {type_}" in line
    [runbook] = runbooks("region", REGIONS)
    [task] = [task for task in runbook["tasks"] if task["phase"] == "requests"]
    assert task["what"].startswith(f"Change api.example.com {type_} so that it leads to eu-central-1")
    assert not any(each["what"].startswith("where ") for each in runbook["questions"])
    assert task["source"].endswith("/resource-record-sets-editing.html")


def test_a_record_whose_name_is_not_known_is_called_by_its_address(here: Path) -> None:
    [runbook] = runbooks(main_tf=API % '"${terraform.workspace == "prod" ? "www" : "test"}.example.com"')
    titles = [task["what"] for task in runbook["tasks"] if task["phase"] == "requests"]
    assert titles == [
        "Change the name of aws_route53_record.api A so that it leads to eu-central-1, where nothing of it leads yet"
    ]


MODULE = 'variable "name" {}\nresource "aws_dynamodb_table" "orders" {\n  name = var.name\n}\n'
CALL = """\
provider "aws" {
  region = "eu-west-1"
}
variable "names" { type = set(string) }
module "shop" {
  source   = "./shop"
  for_each = var.names
  name     = each.key
}
"""


def test_what_is_in_a_module_of_several_is_listed_by_the_module(here: Path) -> None:
    configuration = "recovery: {regions: [eu-west-1, eu-central-1], rpo: 1h}\n"
    rows(here, {"main.tf": CALL, "shop/main.tf": MODULE}, configuration=configuration)
    told = printed("recovery", "--runbook", "region")
    assert "terraform state list module.shop\n" in told
    assert "module.shop.aws_dynamodb_table.orders\n" not in told


STORES = """\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
  Changes: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
"""
ROOT = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}
"""
COPIED = """\
Resources:
  Orders: {Type: AWS::DynamoDB::GlobalTable, Properties: {TableName: orders, Replicas: [{Region: eu-west-1},
    {Region: eu-central-1}]}}
"""


@pytest.mark.parametrize(
    ("file", "text", "is_deployed"), [("a_yaml", STORES, True), ("a_yaml", COPIED, False), ("main_tf", ROOT, False)]
)
def test_a_template_of_stores_alone_is_deployed_for_what_uses_them(
    here: Path, file: str, text: str, is_deployed: bool
) -> None:
    tasks = steps("region", REGIONS, **{file: text})
    deployed = [task for task in tasks if task["what"] == "Deploy a.yaml in eu-central-1: Orders"]
    assert bool(deployed) is is_deployed
    for task in deployed:
        assert "cloudformation deploy --region eu-central-1 --template-file a.yaml" in task["commands"][0]
        assert "It makes Orders anew and empty." in task["notes"]


SERVICE = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_ecs_service" "api" {
  name          = "api"
  desired_count = 2
}
resource "aws_route53_zone" "inner" {
  name = "shop.internal"
  vpc {
    vpc_id = "vpc-1"
  }
}
"""
JOINED = """\
resource "aws_route53_zone_association" "partner" {
  zone_id = aws_route53_zone.inner.zone_id
  vpc_id  = "vpc-2"
}
"""


@pytest.mark.parametrize(("more", "is_joined"), [("", False), (JOINED, True)])
def test_a_root_needs_a_state_and_a_zone_that_are_not_those_of_home(here: Path, more: str, *, is_joined: bool) -> None:
    [task] = [task for task in steps(main_tf=SERVICE + more) if task["what"].startswith("Make in eu-central-1")]
    assert any(
        note.startswith("A backend or terraform_remote_state whose bucket is in eu-west-1") for note in task["notes"]
    )
    asked = "aws_route53_zone.inner: VPCs that are associated with it ask the old zone until they are taken from that"
    assert any(note.startswith(asked) for note in task["notes"]) is is_joined


USER = """\
Resources:
  Api: {Type: AWS::ECS::Service, Properties: {ServiceName: api, DesiredCount: 2}}
"""


def test_what_may_write_to_stores_alone_is_named_before_they_are_restored(here: Path) -> None:
    def notes(**files: str) -> list[str]:
        every = [task for each in runbooks("software", REGIONS, **files) for task in each["tasks"]]
        [task] = [task for task in every if task["what"].startswith("Stop what writes to Orders")]
        found: list[str] = task["notes"]
        return found

    alone = notes(a_yaml=STORES)
    assert alone[1].startswith("What uses it was not read: see who has access; declare")
    assert alone[2].startswith("What is restored under another name is to be given to that too")
    beside = notes(a_yaml=STORES, b_yaml=USER)
    assert beside[1].startswith("What uses it was not read: of other templates, Api of b.yaml may; declare")
    (here / "b.yaml").unlink()
    assert len(notes(a_yaml=STORES + USER.partition("\n")[2])) == 1
