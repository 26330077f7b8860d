"""A group of parameters should be of the engine and version of its database.

Each group is of a family, such as mysql8.0 or aurora-postgresql16. RDS refuses a database of another engine, or of another
major version, such as MySQL 8.4 with a group for 8.0.

What to do: make a group of the family of EngineVersion and name that. When the engine is upgraded, both change together.
"""

from awslint_memo import Findings, Resource, databases, engine_families, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html",
)
def check(database: Resource) -> Findings:
    path = "DBClusterParameterGroupName" if database.type == databases.CLUSTER else "DBParameterGroupName"
    version = (database.follow("DBClusterIdentifier", databases.CLUSTER) or database).get("EngineVersion")
    misfit = engine_families.misfit(database, database.get("Engine"), version, path)
    if misfit is not None:
        but = f"but {misfit.of} is {misfit.value.text}, so RDS refuses it"
        yield database.finding(
            misfit.named,
            f"names {misfit.group} of the family {misfit.family}, {but}",
            of=path,
            do=f"name a group of {misfit.wanted}",
            related=[(misfit.value, misfit.of)],
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
