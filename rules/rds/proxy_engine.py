"""A database proxy should be of the family of its database's engine.

EngineFamily of a proxy is the protocol that it speaks: MYSQL for MySQL, MariaDB and Aurora MySQL, POSTGRESQL for PostgreSQL and Aurora
PostgreSQL, SQLSERVER for SQL Server. A target of another engine never gets a connection.

What to do: set EngineFamily (Terraform: engine_family) to the family of the engine, which replaces the proxy, or name another
database.
"""

from awslint_memo import Findings, Resource, proxy_engines, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::RDS::DBProxyTargetGroup",
    memo="マルチ-AZ デプロイメント: データベースを自動的に複製し",
    aws="AmazonRDS/latest/APIReference/API_CreateDBProxy.html",
)
def check(group: Resource) -> Findings:
    for value, database, proxy in proxy_engines.others(group):
        family, engine = proxy.get("EngineFamily"), database.get("Engine")
        name = proxy.in_file_words("EngineFamily")
        meant = proxy_engines.family(engine.text or "")
        message = f"names {database.title}, whose engine is {engine.text}, but {proxy.title} is for {family.text}"
        yield group.finding(
            value,
            f"{message}, so it never connects",
            do=f"set {name} of {proxy.title} to {meant}" if meant else "name another database",
            related=[(family, name), (engine, "Engine")],
        )


BAD = """
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, EngineFamily: MYSQL}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Targets: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Proxy, TargetGroupName: default, DBClusterIdentifiers: [!Ref Orders]}}
---
resource "aws_db_proxy" "orders" {
  name          = "orders"
  engine_family = "POSTGRESQL"
}

resource "aws_db_instance" "orders" {
  engine = "mysql"
}

resource "aws_db_proxy_target" "orders" {
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.orders.identifier
}
---
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, EngineFamily: MYSQL}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: oracle-ee}}
  Targets: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Proxy, TargetGroupName: default, DBInstanceIdentifiers: [!Ref Orders]}}
"""

GOOD = """
Parameters: {Family: {Type: String}, Engine: {Type: String}, Name: {Type: String}}
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, EngineFamily: POSTGRESQL}}
  Any: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: any, EngineFamily: !Ref Family}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Either: {Type: AWS::RDS::DBCluster, Properties: {Engine: !Ref Engine}}
  Bills: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}
  A: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Proxy, TargetGroupName: default, DBClusterIdentifiers: [!Ref Orders, !Ref Either, !Ref Name]}}
  B: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Any, TargetGroupName: default, DBInstanceIdentifiers: [!Ref Bills]}}
  C: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Name, TargetGroupName: default, DBInstanceIdentifiers: [!Ref Bills]}}
---
resource "aws_db_proxy" "orders" {
  name          = "orders"
  engine_family = "MYSQL"
}

resource "aws_db_instance" "orders" {
  engine = "mariadb"
}

resource "aws_db_proxy_target" "orders" {
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.orders.identifier
}
"""
