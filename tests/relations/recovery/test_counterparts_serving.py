"""Whether what stands in the other Region serves there: what runs there may name the one that is lost, a repository
may have no images, a secret another value, and what is of one Region is another one there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke

CONFIGURATION = """\
deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
recovery: {strategy: warm-standby, regions: [eu-west-1, eu-central-1]}
"""
IN_TWO = "recovery: {strategy: warm-standby, regions: [eu-west-1, eu-central-1]}\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def shown(name: str, text: str, configuration: str = CONFIGURATION) -> list[str]:
    """What is said to be needed there, without the quotas, each without where it stands."""
    Path(".awslint-memo.yaml").write_text(configuration)
    Path(name).write_text(text)
    result = invoke("recovery")
    assert result.exit_code == 0, result.stderr
    lines = [line for line in result.stdout.splitlines() if line.startswith("needed in eu-central-1, ")]
    return [line.removeprefix("needed in eu-central-1, ") for line in lines if " quota " not in line]


NAMING_HOME = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
resource "aws_ecr_repository" "shop" {
  name = "shop"
}
resource "aws_ecr_replication_configuration" "images" {
  replication_configuration {
    rule {
      destination {
        region      = "eu-central-1"
        registry_id = "123456789012"
      }
    }
  }
}
resource "aws_secretsmanager_secret" "login" {
  replica {
    region = "eu-central-1"
  }
}
resource "aws_lambda_function" "west" {
  function_name = "shop"
  image_uri     = "${aws_ecr_repository.shop.repository_url}:1"
  environment {
    variables = { LOGIN = aws_secretsmanager_secret.login.%s }
  }
}
resource "aws_lambda_function" "central" {
  provider      = aws.second
  function_name = "shop"
  image_uri     = "${%s}:1"
  environment {
    variables = { LOGIN = aws_secretsmanager_secret.login.%s }
  }
}
"""
OF_HOME = 'replace(aws_ecr_repository.shop.repository_url, "eu-west-1", "eu-central-1")'


def test_what_names_the_primary_region_from_the_other_one_is_not_served_by_copies() -> None:
    image, secret = shown("main.tf", NAMING_HOME % ("arn", "aws_ecr_repository.shop.repository_url", "arn"))
    for line in (image, secret):
        assert line.startswith("there, but may not serve: ")
        assert line.endswith("aws_lambda_function.central there names that of eu-west-1, which is lost with it)")
    runbook = invoke("recovery", "--runbook", "region").stdout
    assert "See that the images aws_ecr_repository.shop in eu-central-1 can be used there" in runbook
    assert (
        "Have aws_lambda_function.central name the one of eu-central-1: first change what gives it that of" in runbook
    )
    # A name means what is in the Region of whoever uses it.
    assert [line.partition(" aws")[0] for line in shown("main.tf", NAMING_HOME % ("arn", OF_HOME, "name"))] == [
        "there: images",
        "there: secret",
    ]


IN_STACKS = """\
Conditions: {IsFirst: !Equals [!Ref AWS::Region, eu-west-1]}
Mappings:
  Machines:
    eu-west-1: {Id: ami-0123456789abcdef0}
    eu-central-1: {Id: %s}
Parameters: {Certificate: {Type: String}}
Resources:
  Machine: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [Machines, !Ref AWS::Region, Id]}}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      Certificates: [{CertificateArn: !Ref Certificate}]
      DefaultActions: []
      LoadBalancerArn: !Sub "arn:aws:elasticloadbalancing:${AWS::Region}:123456789012:loadbalancer/app/a/b"
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Image: !Sub "123456789012.dkr.ecr.%s.amazonaws.com/shop:1"
          Secrets:
            - {Name: A, ValueFrom: !Sub "arn:aws:ssm:${AWS::Region}:123456789012:parameter/shop"}
"""
OWN = """\
deployments:
  first: {AWS::Region: eu-west-1, Certificate: "arn:aws:acm:eu-west-1:123456789012:certificate/abc"}
  second: {AWS::Region: eu-central-1, Certificate: "arn:aws:acm:eu-central-1:123456789012:certificate/def"}
recovery: {strategy: warm-standby, regions: [eu-west-1, eu-central-1]}
"""


def test_what_each_region_has_of_its_own_is_not_asked_for() -> None:
    text = IN_STACKS % ("ami-0abcdef0123456789", "${AWS::Region}")
    lines = shown("shop.yaml", text, OWN)
    assert [line.partition(" for ")[0] for line in lines] == [
        "there: machine image ami-0abcdef0123456789",
        "there: certificate def",
        # That the Region stands in a name does not tell that it is there.
        "not told: images shop",
        "not told: parameter shop",
    ]
    assert "Listener there names it, in place of abc" in lines[1]
    same = shown("shop.yaml", IN_STACKS % ("ami-0123456789abcdef0", "eu-west-1"), OWN)
    assert [line.partition(" for ")[0] for line in same if "image" in line.partition(" for ")[0]] == [
        "not there: machine image ami-0123456789abcdef0",
        "not told: images shop",
    ]
    [image] = [line for line in same if "images shop" in line]
    assert image.endswith("but Task there names that of eu-west-1, which is lost with it)")


MACHINES = """\
variable "ids" {
  default = {
    eu-west-1    = "ami-0123456789abcdef0"
    eu-central-1 = "ami-0abcdef0123456789"
  }
}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
resource "aws_instance" "west" {
  ami = var.ids["eu-west-1"]
}
module "central" {
  source    = "./part"
  providers = { aws = aws.second }
  ids       = var.ids
  where     = "eu-central-1"
}
module "west" {
  source = "./part"
  ids    = var.ids
  where  = "eu-west-1"
}
resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
}
resource "aws_kms_key" "first" {}
resource "aws_kms_key" "second" {
  provider = aws.second
}
resource "aws_kms_key" "other" {
  provider = aws.second
}
resource "aws_rds_cluster" "first" {
  engine                    = "aurora-postgresql"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
  kms_key_id                = aws_kms_key.first.arn
  master_username           = "orders"
}
resource "aws_rds_cluster" "second" {
  provider                  = aws.second
  engine                    = "aurora-postgresql"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
  kms_key_id                = aws_kms_key.second.arn
  depends_on                = [aws_rds_cluster.first]
}
"""
MACHINE_PART = """\
variable "ids" {}
variable "where" {}
resource "aws_instance" "this" {
  ami = var.ids[var.where]
}
"""


def test_what_the_copy_of_a_database_and_machines_name_of_their_own() -> None:
    Path("part").mkdir()
    Path("part/main.tf").write_text(MACHINE_PART)
    text = MACHINES.replace('resource "aws_instance" "west" {\n  ami = var.ids["eu-west-1"]\n}\n', "")
    lines = shown("main.tf", text, IN_TWO)
    assert sorted(line.partition(" for ")[0] for line in lines) == [
        "there: key aws_kms_key.second",
        "there: machine image ami-0abcdef0123456789",
    ]
    # One machine that has no twin asks for its image.
    lines = shown("main.tf", MACHINES, IN_TWO)
    assert any(line.startswith("not told: machine image ami-0123456789abcdef0") for line in lines)


REPOSITORIES = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
module "west" {
  source = "./images"
}
module "central" {
  source    = "./images"
  providers = { aws = aws.second }
}
"""
REPOSITORY = """\
resource "aws_ecr_repository" "shop" {
  name = "shop"
}
resource "aws_lambda_function" "shop" {
  function_name = "shop"
  image_uri     = "${aws_ecr_repository.shop.repository_url}:1"
}
"""
REPLICATION = """\
variable "where" {}
resource "aws_ecr_replication_configuration" "images" {
  replication_configuration {
    rule {
      destination {
        region      = %s
        registry_id = "123456789012"
      }
      repository_filter {
        filter      = "%s"
        filter_type = "PREFIX_MATCH"
      }
    }
  }
}
"""


@pytest.mark.parametrize(
    ("replication", "said"),
    [
        ("", "no replication that was read brings them"),
        (REPLICATION % ('"eu-central-1"', "shop*"), "the filter shop* does not"),
        (REPLICATION % ("var.where", "shop"), "whether the replication of images is for it"),
        (REPLICATION % ('"eu-central-1"', "sh"), ""),
    ],
)
def test_a_repository_of_the_same_name_has_no_images_by_itself(replication: str, said: str) -> None:
    Path("images").mkdir()
    Path("images/main.tf").write_text(REPOSITORY)
    [line] = shown(
        "main.tf",
        REPOSITORIES + replication,
        IN_TWO,
    )
    assert line.startswith("not told: images " if said else "there: images ")
    assert said in line


SAME_REPOSITORY = """\
Conditions: {IsFirst: !Equals [!Ref AWS::Region, eu-west-1]}
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: shop}}
  Copies:
    Type: AWS::ECR::ReplicationConfiguration
    Condition: IsFirst
    Properties:
      ReplicationConfiguration:
        Rules:
          - Destinations: [{Region: eu-central-1, RegistryId: !Ref AWS::AccountId}]
            RepositoryFilters: [{Filter: "%s", FilterType: PREFIX_MATCH}]
  Login: {Type: AWS::SecretsManager::Secret, Properties: {%s}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - {Image: !Sub "${Images.RepositoryUri}:1", Secrets: [{Name: LOGIN, ValueFrom: !Ref Login}]}
  Shop: {Type: AWS::ECS::Service, Properties: {DesiredCount: 2, TaskDefinition: !Ref Task}}
"""


def test_images_and_values_of_a_template_that_is_deployed_twice() -> None:
    generated = "GenerateSecretString: {PasswordLength: 30}"
    secret, image = shown("shop.yaml", SAME_REPOSITORY % ("shop*", generated))
    assert image.startswith("not told: images Images")
    assert "the filter shop* does not" in image
    assert secret.startswith("there, but may not serve: secret Login")
    assert "the value of each is generated apart (replicate Login, and it is the same)" in secret
    secret, image = sorted(shown("shop.yaml", SAME_REPOSITORY % ("shop", "Name: login")), reverse=True)
    assert image.startswith("there: images")
    assert secret.startswith("there: secret")


SECRETS = """\
module "west" {
  source   = "./login"
  password = %s
}
module "central" {
  source    = "./login"
  providers = { aws = aws.second }
  password  = %s
}
resource "random_password" "one" {
  length = 30
}
resource "random_password" "two" {
  length = 30
}
variable "given" {}
"""
LOGIN = """\
variable "password" {}
resource "aws_secretsmanager_secret" "login" {}
resource "aws_secretsmanager_secret_version" "login" {
  secret_id     = aws_secretsmanager_secret.login.id
  secret_string = jsonencode({ host = aws_lambda_function.shop.arn, password = var.password })
}
resource "aws_lambda_function" "shop" {
  function_name = "shop"
  environment {
    variables = { LOGIN = aws_secretsmanager_secret.login.arn }
  }
}
"""


@pytest.mark.parametrize(
    ("mine", "its", "said"),
    [
        ("random_password.one.result", "random_password.one.result", ""),
        ("random_password.one.result", "random_password.two.result", "its password is generated apart from that of"),
        ("random_password.one.result", '"of-the-source"', "its password is written as another than that of"),
        ("random_password.one.result", "var.given", ""),
        ("var.given", "var.given", ""),
    ],
)
def test_a_secret_of_the_same_name_has_a_value_of_its_own(mine: str, its: str, said: str) -> None:
    Path("login").mkdir()
    Path("login/main.tf").write_text(LOGIN)
    providers = NAMING_HOME.partition("resource ")[0]
    [line] = shown(
        "main.tf",
        providers + SECRETS % (mine, its),
        IN_TWO,
    )
    assert line.startswith("there, but may not serve: secret" if said else "there: secret")
    assert said in line
    assert "of-the-source" not in line
