"""A group of settings should be used by something.

A parameter group or an option group changes only the databases and caches that name it, and a deployment configuration
only the deployment groups that do. Where nothing names it, what was meant to have these settings runs with the default
ones.

What to do: name it there, or remove it. A group that is an output, that a module gets which was not read, or that may be
named by an unknown value is not checked.
"""

from awslint_memo import Findings, Resource, rule

USERS = {
    "AWS::RDS::DBParameterGroup": {
        "AWS::RDS::DBInstance": "DBParameterGroupName",
        "AWS::RDS::DBCluster": "DBInstanceParameterGroupName",
    },
    "AWS::RDS::DBClusterParameterGroup": {"AWS::RDS::DBCluster": "DBClusterParameterGroupName"},
    "AWS::RDS::OptionGroup": {"AWS::RDS::DBInstance": "OptionGroupName"},
    "AWS::ElastiCache::ParameterGroup": {
        "AWS::ElastiCache::ReplicationGroup": "CacheParameterGroupName",
        "AWS::ElastiCache::CacheCluster": "CacheParameterGroupName",
    },
    "AWS::CodeDeploy::DeploymentConfig": {"AWS::CodeDeploy::DeploymentGroup": "DeploymentConfigName"},
}
"""By the type of a group of settings: the types that can have it, and the property that names it."""


@rule(
    level="advice",
    since="0.2",
    resource=(
        "AWS::RDS::DBParameterGroup",
        "AWS::RDS::DBClusterParameterGroup",
        "AWS::RDS::OptionGroup",
        "AWS::ElastiCache::ParameterGroup",
        "AWS::CodeDeploy::DeploymentConfig",
    ),
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html",
)
def check(group: Resource) -> Findings:
    pairs = [(user, path) for type_, path in USERS[group.type].items() for user in group.deployment.of_type(type_)]
    named = [user.get(path) for user, path in pairs]
    if not named or any(value.is_unknown or group.may_be_named_by(value) for value in named):
        return
    # A property that does not exist means what it refers to all the same.
    links = (link for user, _ in pairs for _, value in user.everything() for link in value.mentions())
    if not any(link.resource == group.name for link in links) and not group.is_exposed():
        do = "name it where it is meant to apply, or remove it"
        yield group.finding(group, "is used by nothing here, so its settings have no effect", do=do)


BAD = """
Resources:
  Tuned: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: postgres16, Description: tuned}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}
---
Resources:
  Slow:
    Type: AWS::CodeDeploy::DeploymentConfig
    Properties: {ComputePlatform: Lambda, DeploymentConfigName: slow}
  Orders: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes}}
---
resource "aws_elasticache_parameter_group" "rates" {
  name   = "rates"
  family = "redis7"
}

resource "aws_elasticache_replication_group" "rates" {
  replication_group_id = "rates"
  parameter_group_name = "default.redis7"
}
---
resource "aws_db_option_group" "audit" {
  engine_name = "mysql"
}

resource "aws_db_instance" "orders" {
  engine = "mysql"
}
---
resource "aws_rds_cluster_parameter_group" "orders" {
  family = "aurora-mysql8.0"
}

resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}
"""

GOOD = """
Resources:
  Tuned: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: postgres16}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {DBParameterGroupName: !Ref Tuned}}
---
Parameters: {Group: {Type: String}}
Resources:
  Tuned: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: postgres16}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {DBParameterGroupName: !Ref Group}}
  Reports: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}
---
Transform: AddsDatabases
Resources:
  Tuned: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: postgres16}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}
---
Resources:
  Tuned: {Type: AWS::ElastiCache::ParameterGroup, Properties: {CacheParameterGroupFamily: redis7}}
  Other: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Tags: [{Key: group, Value: !Ref Tuned}]}}
---
Resources:
  OfOtherStacks: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: postgres16}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}
Outputs:
  Group: {Value: !Ref OfOtherStacks}
---
Resources:
  Instances: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: aurora-mysql8.0}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {DBInstanceParameterGroupName: !Ref Instances}}
---
Resources:
  WithoutDatabasesHere: {Type: AWS::RDS::OptionGroup, Properties: {EngineName: mysql}}
---
resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "mysql8.0"
}

resource "aws_db_instance" "orders" {
  parameter_group_name = "orders"
}
---
resource "aws_elasticache_parameter_group" "sessions" {
  name   = "sessions"
  family = "memcached1.6"
}

resource "aws_elasticache_cluster" "sessions" {
  parameter_group_name = aws_elasticache_parameter_group.sessions.name
}
---
resource "aws_db_parameter_group" "orders" {
  family = "mysql8.0"
}

resource "aws_db_instance" "reports" {
  engine = "mysql"
}

module "orders" {
  source          = "example.com/rds/aws"
  parameter_group = aws_db_parameter_group.orders.name
}
"""
