"""What must exist in the other Region: there, not there, or not told; in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke

CONFIGURATION = """\
deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
recovery: {strategy: warm-standby, regions: [eu-west-1, eu-central-1]}
"""
IMAGE = "123456789012.dkr.ecr.%s.amazonaws.com/shop:1"
TEMPLATE = """\
Conditions: {IsFirst: !Equals [!Ref AWS::Region, eu-west-1]}
Parameters: {Name: {Type: String}}
Resources:
  Own: {Type: AWS::KMS::Key}
  Single: {Type: AWS::KMS::Key, Condition: IsFirst}
  Copied:
    Type: AWS::SecretsManager::Secret
    Condition: IsFirst
    Properties: {ReplicaRegions: [{Region: eu-central-1}]}
  Alone: {Type: AWS::SecretsManager::Secret, Condition: IsFirst}
  Files:
    Type: AWS::S3::Bucket
    Condition: IsFirst
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms", KMSMasterKeyID: !GetAtt Own.Arn}
  Queue: {Type: AWS::SQS::Queue, Condition: IsFirst, Properties: {KmsMasterKeyId: !Ref Single}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: "*"
                Resource: "*"
                Condition: {StringEquals: {aws:RequestedRegion: %s}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: !GetAtt Role.Arn
      ContainerDefinitions:
        - Name: shop
          Image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1
          Secrets:
            - {Name: A, ValueFrom: !If [IsFirst, !Ref Copied, x]}
            - {Name: B, ValueFrom: !If [IsFirst, !Ref Alone, x]}
            - {Name: C, ValueFrom: !Ref Name}
            - {Name: D, ValueFrom: "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234"}
  Machines:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0}}
  Shop: {Type: AWS::ECS::Service, Properties: {DesiredCount: 2}}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def needed(name: str, text: str, configuration: str = CONFIGURATION) -> dict[tuple[str, str], bool | None]:
    """What is needed in the other Region, and whether it is there."""
    Path(".awslint-memo.yaml").write_text(configuration)
    Path(name).write_text(text)
    result = invoke("recovery", "--format", "json")
    assert result.exit_code == 0, result.stderr
    every = [one for family in json.loads(result.stdout)["families"] for one in family["strategies"]]
    return {(need["kind"], need["name"]): need["there"] for one in every for need in one["needed"]}


@pytest.mark.parametrize(("named", "is_role_there"), [("eu-west-1", False), ("[eu-west-1, eu-central-1]", True)])
def test_what_a_template_uses_in_its_first_region(named: str, is_role_there: bool) -> None:
    assert needed("shop.yaml", TEMPLATE % named) == {
        ("key", "Own"): True,
        ("key", "Single"): None,  # Another key stands there.
        ("secret", "Copied"): True,
        ("secret", "Alone"): False,
        ("role", "Role"): is_role_there,
        ("images", "shop"): None,
        ("key", "mrk-1234"): None,
        ("machine image", "ami-0123456789abcdef0"): False,
        ("quota", "tasks of ECS and their vCPUs"): None,
    }


ROOT = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
resource "aws_kms_key" "files" {
  multi_region = true
}
resource "aws_kms_replica_key" "files" {
  provider        = aws.second
  primary_key_arn = aws_kms_key.files.arn
}
resource "aws_kms_key" "queue" {}
resource "aws_sqs_queue" "work" {
  kms_master_key_id = aws_kms_key.queue.id
}
resource "aws_rds_cluster" "orders" {
  engine     = "aurora-mysql"
  kms_key_id = aws_kms_key.files.arn
}
resource "aws_secretsmanager_secret" "copied" {
  replica {
    region = "eu-central-1"
  }
}
resource "aws_ecr_repository" "shop" {
  name = "shop"
}
resource "aws_ecr_repository" "jobs" {
  name = "jobs"
}
resource "aws_ecr_replication_configuration" "images" {
  replication_configuration {
    rule {
      destination {
        region      = "eu-central-1"
        registry_id = "123456789012"
      }
      repository_filter {
        filter      = "sho"
        filter_type = "PREFIX_MATCH"
      }
    }
  }
}
resource "aws_lambda_function" "shop" {
  function_name = "shop"
  image_uri     = "${aws_ecr_repository.shop.repository_url}:1"
  environment {
    variables = {
      SECRET = aws_secretsmanager_secret.copied.arn
    }
  }
}
resource "aws_lambda_function" "jobs" {
  function_name = "jobs"
  image_uri     = "${aws_ecr_repository.jobs.repository_url}:1"
}
"""


def test_what_a_root_uses_in_its_first_region() -> None:
    assert needed("main.tf", ROOT) == {
        ("key", "aws_kms_key.files"): True,
        ("key", "aws_kms_key.queue"): False,
        ("secret", "aws_secretsmanager_secret.copied"): True,
        ("images", "aws_ecr_repository.shop"): True,
        ("images", "aws_ecr_repository.jobs"): None,
        ("quota", "concurrent executions of functions"): None,
    }
    lines = [line for line in invoke("recovery").stdout.splitlines() if line.startswith("needed in eu-central-1")]
    assert [line.split(":")[0].removeprefix("needed in eu-central-1, ") for line in lines] == [
        *["there"] * 3,
        "not there",
        *["not told"] * 2,
    ]


def test_nothing_is_needed_where_no_other_region_is_known() -> None:
    assert needed("main.tf", ROOT.partition('provider "aws" {\n  alias')[0], "recovery: {rpo: 1h}\n") == {}


ONE_ROLE = """\
Conditions: {IsFirst: !Equals [!Ref AWS::Region, eu-west-1]}
Parameters: {Where: {Type: String}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [%s]}}]
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn}}
  Shop: {Type: AWS::ECS::Service, Condition: IsFirst, Properties: {DesiredCount: 2}}
"""


def statement(effect: str, test: str, *regions: str) -> str:
    names = ", ".join(regions)
    return (
        f"{{Effect: {effect}, Action: '*', Resource: '*', Condition: {{{test}: {{aws:RequestedRegion: [{names}]}}}}}}"
    )


@pytest.mark.parametrize(
    ("statements", "is_there"),
    [
        ([statement("Allow", "StringEquals", "eu-west-1")], False),
        ([statement("Allow", "StringLike", "'eu-*'")], True),
        ([statement("Allow", "StringEquals", "eu-west-1"), statement("Allow", "StringEquals", "eu-central-1")], True),
        ([statement("Allow", "StringEquals", "!Ref Where")], None),
        ([statement("Deny", "StringEquals", "us-east-1")], True),
        ([statement("Deny", "StringNotEquals", "eu-west-1")], False),
        ([statement("Deny", "StringNotEquals", "eu-west-1", "eu-central-1")], True),
        ([statement("Deny", "ForAnyValue:StringNotLike", "'eu-*'")], True),
    ],
)
def test_a_role_is_there_as_far_as_its_policies_let_it(statements: list[str], is_there: bool | None) -> None:
    assert needed("shop.yaml", ONE_ROLE % ", ".join(statements))["role", "Role"] is is_there


def test_a_key_with_replicas_in_several_regions() -> None:
    third = ROOT.replace('alias  = "second"\n  region = "eu-central-1"', 'alias  = "second"\n  region = "us-east-1"')
    third += """\
provider "aws" {
  alias  = "third"
  region = "eu-central-1"
}
"""
    assert needed("main.tf", third)["key", "aws_kms_key.files"] is False
    replica = """\
resource "aws_kms_replica_key" "more" {
  provider        = aws.third
  primary_key_arn = aws_kms_key.files.arn
}
"""
    assert needed("main.tf", third + replica)["key", "aws_kms_key.files"] is True


FIRST_STACK = """\
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {%s}}
  Orders: {Type: AWS::DynamoDB::Table}
  Login:
    Type: AWS::SecretsManager::Secret
    Properties: {KmsKeyId: !Ref Key, ReplicaRegions: [{Region: eu-central-1}]}
  Events: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Key}}
"""
SECOND_STACK = """\
Parameters: {KeyArn: {Type: String}}
Resources:
  Copy: {Type: AWS::KMS::ReplicaKey, Properties: {PrimaryKeyArn: !Ref KeyArn}}
  %s: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Copy}}
"""
TWO_STACKS = """\
deployments:
  first: {AWS::Region: eu-west-1, paths: [first.yaml]}
  second: {AWS::Region: eu-central-1, paths: [second.yaml]}
recovery:
  strategy: warm-standby
  regions: [eu-west-1, eu-central-1]
  applications: {shop: {paths: ["*.yaml"]}}
"""


@pytest.mark.parametrize(
    ("key", "topic", "expected"),
    [
        ("MultiRegion: true", "Events", {("key", "Copy"): True}),
        ("MultiRegion: true", "Alarms", {("key", "Key"): None}),
        ("Enabled: true", "Alarms", {("key", "Key"): False}),
    ],
)
def test_a_replica_that_another_stack_makes_of_a_key_it_is_given(
    key: str, topic: str, expected: dict[tuple[str, str], bool | None]
) -> None:
    # A replica of a secret has a key of its own Region.
    Path("first.yaml").write_text(FIRST_STACK % key)
    assert needed("second.yaml", SECOND_STACK % topic, TWO_STACKS) == expected


REPLICA_ROOT = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "origin"
  region = %s
}
provider "aws" {
  alias  = "other"
  region = "%s"
}
variable "region" {}
resource "aws_kms_key" "first" {
  provider     = aws.origin
  multi_region = true
}
resource "aws_kms_replica_key" "here" {
  primary_key_arn = aws_kms_key.first.arn
}
resource "aws_kms_replica_key" "there" {
  provider        = aws.other
  primary_key_arn = aws_kms_key.first.arn
}
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}
resource "aws_sqs_queue" "orders" {
  kms_master_key_id = aws_kms_replica_key.here.id
}
"""


@pytest.mark.parametrize(
    ("origin", "other", "is_there"),
    [
        ('"us-east-1"', "eu-central-1", True),
        ('"us-east-1"', "us-west-2", False),
        ('"eu-central-1"', "us-west-2", True),
        ("var.region", "us-west-2", None),
        ("var.region", "eu-central-1", True),
    ],
)
def test_the_key_of_a_replica_may_have_another_one(origin: str, other: str, is_there: bool | None) -> None:
    found = needed("main.tf", REPLICA_ROOT % (origin, other))
    assert found["key", "aws_kms_replica_key.here"] is is_there


SECOND_ROOT = """\
provider "aws" {
  region = "eu-central-1"
}
variable "key_arn" {}
resource "aws_kms_replica_key" "copy" {
  primary_key_arn = var.key_arn
}
resource "aws_sns_topic" "%s" {
  kms_master_key_id = aws_kms_replica_key.copy.id
}
"""
FIRST_ROOT = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_kms_key" "key" {
  multi_region = %s
}
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}
resource "aws_sns_topic" "events" {
  kms_master_key_id = aws_kms_key.key.id
}
"""
TWO_ROOTS = """\
recovery:
  strategy: warm-standby
  regions: [eu-west-1, eu-central-1]
  applications: {shop: {paths: ["**"]}}
"""


@pytest.mark.parametrize(
    ("is_copied", "topic", "expected"),
    [
        ("true", "events", {("key", "aws_kms_replica_key.copy"): True}),
        ("true", "alarms", {("key", "aws_kms_key.key"): None}),
        ("false", "alarms", {("key", "aws_kms_key.key"): False}),
    ],
)
def test_a_replica_that_another_root_makes_of_a_key_it_is_given(
    is_copied: str, topic: str, expected: dict[tuple[str, str], bool | None]
) -> None:
    for name in ("first", "second"):
        Path(name).mkdir()
    Path("first/main.tf").write_text(FIRST_ROOT % is_copied)
    assert needed("second/main.tf", SECOND_ROOT % topic, TWO_ROOTS) == expected


def test_images_of_a_second_rule_of_replication() -> None:
    rule = ROOT.partition("    rule {")[2].partition("\n    }\n")[0]
    second = f"    rule {{{rule.replace('sho', 'job')}\n    }}\n"
    text = ROOT.replace("  replication_configuration {\n", f"  replication_configuration {{\n{second}", 1)
    known = needed("main.tf", text)
    assert known["images", "aws_ecr_repository.shop"] is known["images", "aws_ecr_repository.jobs"] is True


def test_what_is_named_by_arns_has_its_whole_name() -> None:
    service = "arn:aws:%s:eu-west-1:123456789012:%s"
    secrets = [
        service % ("ssm", "parameter/shop/password"),
        service % ("ssm", "parameter/jobs/password"),
        service % ("secretsmanager", "secret:shop/login-AbCdEf"),
    ]
    values = ", ".join(f'{{Name: N{number}, ValueFrom: "{arn}"}}' for number, arn in enumerate(secrets))
    text = ONE_ROLE % statement("Allow", "StringEquals", "eu-west-1")
    text = text.replace(
        "Properties: {TaskRoleArn", f"Properties: {{ContainerDefinitions: [{{Secrets: [{values}]}}], TaskRoleArn"
    )
    assert {name for kind, name in needed("shop.yaml", text) if kind in ("parameter", "secret")} == {
        "shop/password",
        "jobs/password",
        "shop/login-AbCdEf",
    }


MODULE = """\
resource "aws_kms_key" "this" {
}
resource "aws_dynamodb_table" "this" {
  hash_key = "id"
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.this.arn
  }
}
"""
CALLS = "".join(f'module "{name}" {{\n  source = "./table"\n}}\n' for name in ("bills", "orders"))


def test_the_same_module_of_another_root_is_named_before_others() -> None:
    provider = 'provider "aws" {\n  region = "%s"\n}\n'
    for folder, region in (("first", "eu-west-1"), ("second", "eu-central-1")):
        Path(folder, "table").mkdir(parents=True)
        Path(folder, "table", "main.tf").write_text(MODULE)
        Path(folder, "main.tf").write_text(provider % region + CALLS)
    Path(".awslint-memo.yaml").write_text("recovery: {strategy: warm-standby, regions: [eu-west-1, eu-central-1]}\n")
    [needs] = [
        one["needed"]
        for family in json.loads(invoke("recovery", "--format", "json").stdout)["families"]
        for one in family["strategies"]
        if family["name"] == "first"
    ]
    whys = {need["name"]: need["why"] for need in needs if need["kind"] == "key"}
    for name in ("bills", "orders"):
        key = f"module.{name}.aws_kms_key.this"
        assert whys[key].startswith(f"whether {key} of second/table/main.tf stands there")


TWICE = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
module "west" {
  source = "./all"
}
module "central" {
  source    = "./all"
  providers = { aws = aws.second }
}
"""


def test_the_twin_of_a_module_in_a_module_is_the_one_of_the_same_call() -> None:
    for folder in ("all/table", "all"):
        Path(folder).mkdir(parents=True, exist_ok=True)
    Path("all/table/main.tf").write_text(MODULE)
    Path("all/main.tf").write_text(CALLS)
    needed("main.tf", TWICE, "recovery: {strategy: warm-standby, regions: [eu-west-1, eu-central-1]}\n")
    every = json.loads(invoke("recovery", "--format", "json").stdout)["families"]
    needs = [need for family in every for one in family["strategies"] for need in one["needed"]]
    whys = {need["name"]: need["why"] for need in needs if need["kind"] == "key"}
    for name in ("bills", "orders"):
        assert whys[f"module.west.module.{name}.aws_kms_key.this"].startswith(
            f"module.central.module.{name}.aws_kms_key.this of "
        )


CERTIFICATES = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
}
resource "aws_acm_certificate" "api" {
  domain_name = "api.example.com"
}
resource "aws_acm_certificate" "other" {
  provider    = aws.second
  domain_name = "%s"
}
resource "aws_lb_listener" "api" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/b"
  certificate_arn   = aws_acm_certificate.api.arn
  default_action {
    type = "fixed-response"
  }
}
"""


@pytest.mark.parametrize(
    ("domain", "is_there"), [("api.example.com", None), ("www.example.com", False), ("${var.name}", None)]
)
def test_a_certificate_for_another_domain_stands_for_none(domain: str, is_there: bool | None) -> None:
    text = 'variable "name" {}\n' + CERTIFICATES % domain
    assert needed("main.tf", text)[("certificate", "aws_acm_certificate.api")] is is_there


VALIDATED = """\
resource "aws_acm_certificate" "this" {
  domain_name               = var.domain
  subject_alternative_names = var.others
}
resource "aws_acm_certificate_validation" "this" {
  certificate_arn = aws_acm_certificate.this.arn
}
variable "domain" {
}
variable "others" {
  default = []
}
output "arn" {
  value = aws_acm_certificate_validation.this.certificate_arn
}
"""
IN_MODULES = (
    CERTIFICATES[: CERTIFICATES.index('resource "aws_acm_certificate" "api"')]
    + """\
variable "name" {
}
module "api" {
  source = "./part"
  domain = "api.example.com"
}
module "web_secondary" {
  source    = "./part"
  providers = { aws = aws.second }
  %s
}
"""
    + CERTIFICATES[CERTIFICATES.index('resource "aws_lb_listener"') :].replace(
        "aws_acm_certificate.api.arn", "module.api.arn"
    )
)


@pytest.mark.parametrize(
    ("given", "is_there"),
    [
        ('domain = "www.example.com"', False),
        ('domain = "api.example.com"', True),
        ('domain = "www.example.com"\n  others = ["api.example.com"]', True),
        ('domain = "*.example.com"', True),
        ('domain = "*.api.example.com"', False),
        ("domain = var.name", None),
    ],
)
def test_a_certificate_of_a_module_is_there_for_its_own_names_only(given: str, is_there: bool | None) -> None:
    Path("part").mkdir()
    Path("part/main.tf").write_text(VALIDATED)
    found = needed("main.tf", IN_MODULES % given)
    assert found[("certificate", "module.api.aws_acm_certificate_validation.this")] is is_there


CERTIFICATES_OF_STACKS = """\
Conditions: {IsFirst: !Equals [!Ref AWS::Region, eu-west-1]}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
  Api: {Type: AWS::CertificateManager::Certificate, Condition: IsFirst, Properties: {DomainName: api.example.com}}
  Other:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: www.example.com, SubjectAlternativeNames: [%s]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Condition: IsFirst
    Properties:
      Certificates: [{CertificateArn: !Ref Api}]
      DefaultActions: []
      LoadBalancerArn: !Sub "arn:aws:elasticloadbalancing:${AWS::Region}:123456789012:loadbalancer/app/a/b"
"""


@pytest.mark.parametrize(
    ("names", "is_there"), [("mail.example.com", False), ("api.example.com", None), ("'*.example.com'", None)]
)
def test_a_certificate_of_a_stack_may_stand_for_one_by_its_other_names(names: str, is_there: bool | None) -> None:
    found = needed("shop.yaml", CERTIFICATES_OF_STACKS % names)
    assert found[("certificate", "Api")] is is_there


SECRETS = """\
resource "aws_secretsmanager_secret" "this" {
  name = var.name
}
variable "name" {
}
output "arn" {
  value = aws_secretsmanager_secret.this.arn
}
"""


@pytest.mark.parametrize(("name", "is_there"), [("mail-eu-central-1", None), ("orders-dr", True)])
def test_a_secret_of_another_name_does_not_surely_stand_for_one(name: str, is_there: bool | None) -> None:
    Path("part").mkdir()
    Path("part/main.tf").write_text(SECRETS)
    text = (
        IN_MODULES.partition("module ")[0]
        + f"""\
module "orders" {{
  source = "./part"
  name   = "orders-eu-west-1"
}}
module "other" {{
  source    = "./part"
  providers = {{ aws = aws.second }}
  name      = "{name}"
}}
resource "aws_ecs_task_definition" "app" {{
  family = "app"
  container_definitions = jsonencode([{{
    name = "app", image = "app", secrets = [{{ name = "A", valueFrom = module.orders.arn }}]
  }}])
}}
"""
    )
    assert needed("main.tf", text)[("secret", "module.orders.aws_secretsmanager_secret.this")] is is_there
