"""A database should export logs that its engine has.

MySQL and MariaDB have the logs error, general, slowquery and audit, PostgreSQL has postgresql and upgrade, Oracle and SQL Server
have others. RDS refuses a database with a log of another engine. A read replica has the engine of its source.

What to do: name logs of the engine in EnableCloudwatchLogsExports (Terraform: enabled_cloudwatch_logs_exports).
"""

from awslint_memo import Findings, Resource, databases, listed, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
)
def check(database: Resource) -> Findings:
    exports = database.get("EnableCloudwatchLogsExports")
    if exports.is_absent or (database.type == databases.INSTANCE and databases.is_cluster_member(database)):
        return
    from awslint_memo import engines  # Many databases export no logs.

    engine, logs = engines.unknown_logs(database)
    for log in logs:
        yield database.finding(
            log,
            f"has {log.text}, a log that {engine} does not have, so RDS refuses it",
            of="EnableCloudwatchLogsExports",
            do=f"choose from {listed(engines.logs_of(engine))}",
        )


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnableCloudwatchLogsExports: [error, postgresql]}}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, EnableCloudwatchLogsExports: [postgresql]}}
  Reports: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Orders, EnableCloudwatchLogsExports: [slowquery]}}
---
resource "aws_rds_cluster" "orders" {
  engine                          = "aurora-postgresql"
  enabled_cloudwatch_logs_exports = ["postgresql", "error"]
}
"""

GOOD = """
Parameters: {Engine: {Type: String}, Log: {Type: String}}
Resources:
  MySql: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnableCloudwatchLogsExports: [error, slowquery, audit, !Ref Log]}}
  Copy: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref MySql, EnableCloudwatchLogsExports: [error]}}
  Server: {Type: AWS::RDS::DBInstance, Properties: {Engine: sqlserver-se, EnableCloudwatchLogsExports: [agent, error]}}
  AnyEngine: {Type: AWS::RDS::DBInstance, Properties: {Engine: !Ref Engine, EnableCloudwatchLogsExports: [postgresql]}}
  # A log that no page has yet.
  Newer: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, EnableCloudwatchLogsExports: [vacuum]}}
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EnableCloudwatchLogsExports: [audit, instance]}}
  Member: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster}}
---
resource "aws_rds_cluster" "orders" {
  engine                          = "mysql"
  db_cluster_instance_class       = "db.m6gd.large"
  enabled_cloudwatch_logs_exports = ["error", "slowquery"]
}
"""
