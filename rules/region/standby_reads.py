"""A standby in a second Region should not read from the primary one what it needs to start.

A standby that takes its secret, its image, its code or a bucket from the primary Region works in every test, and fails when that
Region is lost, which is what it is for. Reported is what surely stands in another Region than what it names, where it, its provider, its
module or its template is named as a standby (standby, dr, disaster recovery; a provider also failover or recovery, and a module
or a template that has no other word in its name).

What to do: keep a copy in the standby's Region (a replica of the secret, replication of the repository or the bucket), and name
that one there. A secret that is named without its Region is read in the own one. Where a strategy is declared,
`recovery-region-dependency` tells more.
"""

from awslint_memo import Findings, Resource, naming, rule, standby_reads


@rule(
    level="advice",
    since="0.2",
    resource=("AWS::EC2::LaunchTemplate", "AWS::ECS::TaskDefinition", "AWS::Lambda::Function"),
    memo="セカンダリリージョンにアプリケーションの冗長な最小限の環境を構築し",
    aws="wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html",
    yields_to=("recovery-region-dependency",),
)
def check(resource: Resource) -> Findings:
    found = standby_reads.reads(resource) if naming.is_standby(resource) else []
    if not found:
        return
    what = " and ".join(read.what for read in found)
    known = {read.region for read in found}
    where = known.pop() if len(known) == 1 and "" not in known else "another Region"
    related = [(read.target, "what it reads") for read in found if read.target is not None]
    message = f"is a standby, but reads {what} from {where} when it starts, so it fails when that Region is lost"
    yield resource.finding(found[0].place, message, do="use a copy in its own Region", related=related)


BAD = """
# deployments: {second: {AWS::Region: eu-central-1}}
Resources:
  StandbyShop:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: shop, Image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"}]}
---
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "standby"
  region = "eu-central-1"
}

resource "aws_s3_bucket" "forms" {
  bucket = "forms"
}

resource "aws_launch_template" "standby" {
  provider = aws.standby
  name     = "app"

  user_data = base64encode(<<-EOT
    #!/bin/bash
    echo "FORMS=${aws_s3_bucket.forms.bucket_regional_domain_name}" >> /etc/app
  EOT
  )
}
---
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "dr"
  region = "eu-central-1"
}

resource "aws_ecr_repository" "importer" {
  name = "importer"
}

resource "aws_lambda_function" "importer" {
  provider      = aws.dr
  function_name = "importer"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.importer.repository_url}:1.4"
}
---
provider "aws" {
  alias  = "failover"
  region = "eu-central-1"
}

resource "aws_lambda_function" "shop" {
  provider      = aws.failover
  function_name = "shop"

  environment {
    variables = {
      SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-abcdef"
    }
  }
}
"""

GOOD = """
Parameters: {Image: {Type: String}}
Resources:
  Shop:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: shop, Image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"}, {Name: log, Image: !Ref Image}]}
---
# deployments: {second: {AWS::Region: eu-central-1}}
Resources:
  PasswordRecovery:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: mail, Image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mail:1"}]}
  # It runs a failover, wherever it is.
  FailoverOrchestrator:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: run, Image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/run:1"}]}
---
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "standby"
  region = "eu-central-1"
}

provider "aws" {
  alias  = "tenant"
  region = "us-east-1"
}

variable "image" {}

resource "aws_s3_bucket" "own" {
  provider = aws.standby
  bucket   = "forms-standby"
}

resource "aws_secretsmanager_secret" "database" {
  name = "database"

  replica {
    region = "eu-central-1"
  }
}

resource "aws_launch_template" "standby" {
  provider  = aws.standby
  name      = "app"
  user_data = base64encode("SECRET=${aws_secretsmanager_secret.database.name} FORMS=${aws_s3_bucket.own.id}")
}

resource "aws_ecs_task_definition" "standby" {
  provider = aws.standby
  family   = "importer"

  container_definitions = jsonencode([
    { name = "own", image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/importer:1" },
    { name = "any", image = var.image },
  ])
}

# These stand by for nothing.
resource "aws_lambda_function" "password_recovery" {
  provider      = aws.tenant
  function_name = "password-recovery"

  environment {
    variables = { SECRET = aws_secretsmanager_secret.database.arn }
  }
}

resource "aws_lambda_function" "tenant" {
  provider      = aws.tenant
  function_name = "tenant"

  environment {
    variables = { SECRET = aws_secretsmanager_secret.database.arn }
  }
}
"""
