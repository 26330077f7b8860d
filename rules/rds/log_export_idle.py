"""A log that a database sends to CloudWatch Logs should be written.

MySQL, MariaDB and Aurora MySQL write the error log alone. The slow query log, the general log and Aurora's audit log are turned on
by parameters, which the default parameter groups leave off: their export sends nothing, and the log group stays empty. So it does
where log_output is TABLE, as it is by default for MySQL and MariaDB: only what is written to files is sent.

What to do: set slow_query_log, general_log or server_audit_logging to 1 in a parameter group of your own, and log_output to FILE,
or export the log no more.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="advice",
    since="0.2",
    resource=("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/UserGuide/USER_LogAccess.MySQLDB.PublishtoCloudWatchLogs.html",
)
def check(database: Resource) -> Findings:
    if database.get("EnableCloudwatchLogsExports").is_absent:
        return
    from awslint_memo import exported_logs  # Many databases export no logs.

    for idle in exported_logs.idle(database):
        group = "the default parameter group" if idle.group is None else idle.group.title
        yield database.finding(
            idle.log,
            f"has {idle.log.text}, but {group} {idle.state}, so nothing is sent",
            of="EnableCloudwatchLogsExports",
            do=f"set {idle.settings} in {'a parameter group' if idle.group is None else group}",
            related=[] if idle.group is None else [(idle.group, "the parameter group")],
        )


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnableCloudwatchLogsExports: [error, slowquery]}}
---
Resources:
  Parameters: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: mysql8.0, Parameters: {slow_query_log: 1, general_log: "OFF", log_output: file}}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: MySQL, DBParameterGroupName: !Ref Parameters, EnableCloudwatchLogsExports: [slowquery, general]}}
---
Resources:
  Parameters: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: mysql8.0, Parameters: {general_log: 1, log_output: NONE}}}
  Prices: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBParameterGroupName: !Ref Parameters, EnableCloudwatchLogsExports: [general]}}
---
Resources:
  Parameters: {Type: AWS::RDS::DBClusterParameterGroup, Properties: {Family: aurora-mysql8.0, Parameters: {server_audit_logging: 1, general_log: 1, log_output: TABLE}}}
  Prices: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DBClusterParameterGroupName: !Ref Parameters, EnableCloudwatchLogsExports: [audit, general]}}
  Instance: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Prices}}
---
Resources:
  Parameters: {Type: AWS::RDS::DBClusterParameterGroup, Properties: {Family: aurora-mysql8.0, Parameters: {server_audit_logging: 0, slow_query_log: 0}}}
  OfInstance: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: aurora-mysql8.0, Parameters: {slow_query_log: 1}}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DBClusterParameterGroupName: !Ref Parameters, EnableCloudwatchLogsExports: [audit, slowquery]}}
  Instance: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Orders, DBParameterGroupName: !Ref OfInstance}}
---
resource "aws_db_parameter_group" "orders" {
  family = "mariadb10.11"

  parameter {
    name  = "log_output"
    value = "FILE"
  }
}

resource "aws_db_instance" "orders" {
  engine                          = "mariadb"
  parameter_group_name            = aws_db_parameter_group.orders.name
  enabled_cloudwatch_logs_exports = ["slowquery"]
}
---
resource "aws_db_parameter_group" "prices" {
  family = "mysql8.0"

  parameter {
    name  = "slow_query_log"
    value = "1"
  }
}

resource "aws_db_instance" "prices" {
  engine                          = "mysql"
  parameter_group_name            = aws_db_parameter_group.prices.name
  enabled_cloudwatch_logs_exports = ["slowquery"]
}
---
resource "aws_rds_cluster" "orders" {
  engine                          = "aurora-mysql"
  db_cluster_parameter_group_name = "default.aurora-mysql8.0"
  enabled_cloudwatch_logs_exports = ["error", "general"]
}

resource "aws_rds_cluster_instance" "orders" {
  engine             = "aurora-mysql"
  cluster_identifier = aws_rds_cluster.orders.id
}
"""

GOOD = """
Parameters: {Group: {Type: String}, On: {Type: String}, Output: {Type: String}}
Resources:
  Own: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: mysql8.0, Parameters: {slow_query_log: "1", general_log: !Ref "On", log_output: !Ref Output}}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBParameterGroupName: !Ref Own, EnableCloudwatchLogsExports: [error, slowquery, general]}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBParameterGroupName: !Ref Group, EnableCloudwatchLogsExports: [slowquery]}}
  Copy: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, SourceDBInstanceIdentifier: !Ref Orders, EnableCloudwatchLogsExports: [slowquery]}}
  Restored: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBSnapshotIdentifier: snapshot, EnableCloudwatchLogsExports: [slowquery]}}
  Postgres: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, EnableCloudwatchLogsExports: [postgresql]}}
  # Aurora writes to files by default, and the parameters of an instance win.
  OfCluster: {Type: AWS::RDS::DBClusterParameterGroup, Properties: {Family: aurora-mysql8.0, Parameters: {slow_query_log: 1, general_log: 1, log_output: TABLE}}}
  OfInstance: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: aurora-mysql8.0, Parameters: {log_output: FILE}}}
  Slow: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: aurora-mysql8.0, Parameters: {slow_query_log: 1}}}
  Prices: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DBClusterParameterGroupName: !Ref OfCluster, EnableCloudwatchLogsExports: [general]}}
  OfPrices: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Prices, DBParameterGroupName: !Ref OfInstance}}
  Mails: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EnableCloudwatchLogsExports: [slowquery]}}
  OfMails: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Mails, DBParameterGroupName: !Ref Slow}}
  # Its instances are elsewhere.
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EnableCloudwatchLogsExports: [slowquery]}}
---
variable "parameters" {
  type = map(string)
}

resource "aws_db_parameter_group" "orders" {
  family = "mariadb10.11"

  parameter {
    name  = "log_slow_query"
    value = "ON"
  }

  parameter {
    name  = "log_output"
    value = "FILE"
  }
}

resource "aws_db_parameter_group" "given" {
  family = "mysql8.0"

  dynamic "parameter" {
    for_each = var.parameters

    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_db_instance" "orders" {
  engine                          = "mariadb"
  parameter_group_name            = aws_db_parameter_group.orders.name
  enabled_cloudwatch_logs_exports = ["slowquery"]
}

resource "aws_db_instance" "given" {
  engine                          = "mysql"
  parameter_group_name            = aws_db_parameter_group.given.name
  enabled_cloudwatch_logs_exports = ["slowquery"]
}
"""
