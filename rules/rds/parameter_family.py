"""A group of parameters or options should be of the engine and version of its database.

Each group is of a family, such as mysql8.0 or aurora-postgresql16. RDS refuses a database of another engine, or of another
major version, such as MySQL 8.4 with a group for 8.0; so do DocumentDB (docdb5.0) and Neptune (neptune1 before 1.2, then neptune1.2). An
option group has EngineName and MajorEngineVersion in place of a family.

What to do: make a group of the family of EngineVersion and name that. When the engine is upgraded, both change together.
"""

from awslint_memo import Findings, Resource, engine_families, rule

SERVICES = {"DocDB": "DocumentDB"}


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::DocDB::DBCluster",
        "AWS::Neptune::DBCluster",
        "AWS::Neptune::DBInstance",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
    ),
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html",
)
def check(database: Resource) -> Findings:
    service = database.type.split("::")[1]
    for misfit in engine_families.misfits(database):
        yield database.finding(
            misfit.named,
            f"{misfit.message}, so {SERVICES.get(service, service)} refuses it",
            of=misfit.path,
            do=f"name a group of {misfit.wanted}",
            related=misfit.related,
        )


BAD = """
Resources:
  Parameters: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: mysql8.0}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: 8.4.7, DBParameterGroupName: !Ref Parameters}}
---
Resources:
  Parameters: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: mysql8.0}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EngineVersion: 8.0.mysql_aurora.3.08.0}}
  Instance: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Orders, DBParameterGroupName: !Ref Parameters}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, EngineVersion: "16.6", DBClusterParameterGroupName: default.aurora-postgresql15}}
---
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  engine_version       = "17"
  parameter_group_name = aws_db_parameter_group.orders.name
}
---
Resources:
  Parameters: {Type: AWS::DocDB::DBClusterParameterGroup, Properties: {Description: a, Family: docdb4.0, Parameters: {tls: enabled}}}
  Orders: {Type: AWS::DocDB::DBCluster, Properties: {EngineVersion: 5.0.0, DBClusterParameterGroupName: !Ref Parameters}}
---
Resources:
  Orders: {Type: AWS::Neptune::DBCluster, Properties: {EngineVersion: 1.3.2.1, DBClusterParameterGroupName: default.neptune1}}
---
Resources:
  Options: {Type: AWS::RDS::OptionGroup, Properties: {EngineName: mysql, MajorEngineVersion: "8.0", OptionGroupDescription: a}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: 8.4.7, OptionGroupName: !Ref Options}}
---
resource "aws_neptune_parameter_group" "graph" {
  name   = "graph"
  family = "neptune1.2"
}

resource "aws_neptune_cluster" "graph" {
  engine_version = "1.4.5.0"
}

resource "aws_neptune_cluster_instance" "graph" {
  cluster_identifier           = aws_neptune_cluster.graph.id
  instance_class               = "db.r6g.large"
  neptune_parameter_group_name = aws_neptune_parameter_group.graph.name
}
---
resource "aws_db_option_group" "orders" {
  engine_name          = "mariadb"
  major_engine_version = "10.11"
}

resource "aws_db_instance" "orders" {
  engine            = "mysql"
  engine_version    = "8.4"
  option_group_name = aws_db_option_group.orders.name
}
"""

GOOD = """
Parameters: {Version: {Type: String}, Group: {Type: String}}
Resources:
  MySql: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: MySQL8.4}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: MySQL, EngineVersion: 8.4.7, DBParameterGroupName: !Ref MySql}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: !Ref Version, DBParameterGroupName: !Ref MySql}}
  Any: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: "8.0", DBParameterGroupName: !Ref Group}}
  Old: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, EngineVersion: 9.6.24, DBParameterGroupName: default.postgres9.6}}
  OldAurora: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, EngineVersion: 9.6.22, DBClusterParameterGroupName: default.aurora-postgresql9.6}}
  Major: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: "8", DBParameterGroupName: !Ref MySql}}
  Custom: {Type: AWS::RDS::DBInstance, Properties: {Engine: custom-oracle-ee, EngineVersion: 19.my, DBParameterGroupName: default.oracle-ee-19}}
  OfCluster: {Type: AWS::RDS::DBClusterParameterGroup, Properties: {Family: aurora-mysql8.0}}
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EngineVersion: 8.0.mysql_aurora.3.08.0, DBClusterParameterGroupName: !Ref OfCluster}}
  Server: {Type: AWS::RDS::DBInstance, Properties: {Engine: sqlserver-se, EngineVersion: 15.00.4073.23.v1, DBParameterGroupName: default.sqlserver-se-15.0}}
  Options: {Type: AWS::RDS::OptionGroup, Properties: {EngineName: mysql, MajorEngineVersion: "8.4", OptionGroupDescription: a}}
  WithOptions: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: 8.4.7, OptionGroupName: !Ref Options}}
  OracleOptions: {Type: AWS::RDS::OptionGroup, Properties: {EngineName: oracle-ee, MajorEngineVersion: "19", OptionGroupDescription: a}}
  Oracle: {Type: AWS::RDS::DBInstance, Properties: {Engine: oracle-ee, EngineVersion: 19.0.0.0.ru-2025-01.rur-2025-01.r1, OptionGroupName: !Ref OracleOptions}}
  AnyOptions: {Type: AWS::RDS::OptionGroup, Properties: {EngineName: mysql, MajorEngineVersion: !Ref Version, OptionGroupDescription: a}}
  WithAny: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: 8.4.7, OptionGroupName: !Ref AnyOptions}}
  Documents: {Type: AWS::DocDB::DBCluster, Properties: {EngineVersion: 5.0.0, DBClusterParameterGroupName: default.docdb5.0}}
  OldGraph: {Type: AWS::Neptune::DBCluster, Properties: {EngineVersion: 1.1.1.0, DBClusterParameterGroupName: default.neptune1}}
  Graph: {Type: AWS::Neptune::DBCluster, Properties: {EngineVersion: 1.4.5.0, DBClusterParameterGroupName: default.neptune1.4}}
  AnyGraph: {Type: AWS::Neptune::DBCluster, Properties: {DBClusterParameterGroupName: default.neptune1}}
---
variable "family" {}

resource "aws_db_parameter_group" "orders" {
  family = var.family
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  engine_version       = "17"
  parameter_group_name = aws_db_parameter_group.orders.name
}
"""
