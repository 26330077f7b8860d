"""What runs in the second Region should not need the first one to start.

A standby that reads its image, its code, a secret, a parameter, a key, a queue or a database of the primary Region works
in every test, and fails when that Region is lost, which is what it is for. Reported is what surely stands in the second
Region and surely names something of the primary one, if there is an objective for the loss of a Region or a strategy.
Replicas that name their source, roles, zones, distributions and global tables are not meant.

What to do: keep a copy in the second Region (a replicated repository, secret, key or bucket, a parameter or a queue of
its own), and name that one there.
"""

from awslint_memo import Findings, Resource, dependencies, rule, strategies


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=("AWS::EC2::LaunchTemplate", "AWS::ECS::TaskDefinition", "AWS::Lambda::Function"),
    memo="セカンダリリージョンにアプリケーションの冗長な最小限の環境を構築し",
    aws="wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html",
)
def check(resource: Resource) -> Findings:
    needs = dependencies.needs(resource) if strategies.is_for_regions(resource) else []
    for first in needs[:1]:
        yield resource.finding(
            first.place,
            f"stands in {first.region} for the loss of {first.primary}, but needs "
            f"{' and '.join(need.what for need in needs)} in {first.primary} when it starts",
            do=f"use a copy in {first.region}",
            related=[(need.place, need.what) for need in needs[1:]],
        )


BAD = """
# deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Metadata: {awslint-memo: {recovery: {strategy: warm-standby}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Shop:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{Name: shop, Image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"}]
---
provider "aws" {
  region = "eu-west-1"
}

# awslint-memo: recovery[strategy=warm-standby]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}

resource "aws_sqs_queue" "work" {
  name = "work"
}

resource "aws_lambda_function" "second" {
  region        = "eu-central-1"
  function_name = "shop"

  environment {
    variables = {
      QUEUE = aws_sqs_queue.work.url
    }
  }
}
"""

GOOD = """
# deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
Parameters: {Image: {Type: String}}
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Metadata: {awslint-memo: {recovery: {strategy: warm-standby}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Shop:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - {Name: shop, Image: !Sub "123456789012.dkr.ecr.${AWS::Region}.amazonaws.com/shop:1"}
        - {Name: log, Image: !Ref Image}
---
provider "aws" {
  region = "eu-west-1"
}

# awslint-memo: recovery[strategy=warm-standby]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}

resource "aws_iam_role" "shop" {
  name = "shop"
}

resource "aws_sqs_queue" "second" {
  region = "eu-central-1"
  name   = "work"
}

resource "aws_lambda_function" "second" {
  region        = "eu-central-1"
  function_name = "shop"
  role          = aws_iam_role.shop.arn

  environment {
    variables = {
      QUEUE = aws_sqs_queue.second.url
      TABLE = aws_dynamodb_table.orders.name
    }
  }
}
"""
