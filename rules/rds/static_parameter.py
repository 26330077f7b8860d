"""A static parameter should wait for the next restart of the database.

PostgreSQL reads some parameters, such as max_connections and shared_preload_libraries, only when it starts. RDS refuses a
change of one that is to apply at once, and that is the default of Terraform's apply_method. CloudFormation chooses by
itself.

What to do: set apply_method of the parameter to pending-reboot, and restart the database when it suits.
"""

from awslint_memo import Findings, Resource, engines, rule


@rule(
    level="error",
    since="0.2",
    language="terraform",
    resource=("AWS::RDS::DBParameterGroup", "AWS::RDS::DBClusterParameterGroup"),
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html",
)
def check(group: Resource) -> Findings:
    family = group.get("Family")
    if not any(family.starts_with(engine) for engine in ("postgres", "aurora-postgresql")):
        return
    for parameter in group.terraform.parameters.items:
        name, method = parameter.get("name"), parameter.get("apply_method")
        if engines.is_static(name) and method.is_one_of("immediate"):
            yield group.finding(
                method,
                f"is immediate{method.note} for {name.text}, but that parameter is static, so RDS refuses it",
                of="parameter.apply_method",
                do="set it to pending-reboot",
                decided_by=[family],
                related=[(name, "the parameter")],
            )


BAD = """
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "400"
    apply_method = "immediate"
  }
}
---
resource "aws_rds_cluster_parameter_group" "orders" {
  family = "aurora-postgresql16"

  # The default of apply_method is immediate.
  parameter {
    name  = "shared_preload_libraries"
    value = "pg_stat_statements"
  }
}
"""

GOOD = """
variable "family" {}

variable "method" {}

resource "aws_db_parameter_group" "orders" {
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "400"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "max_wal_senders"
    value        = "20"
    apply_method = var.method
  }

  parameter {
    name  = "log_lock_waits"
    value = "1"
  }
}

resource "aws_db_parameter_group" "of_any_engine" {
  family = var.family

  parameter {
    name  = "max_connections"
    value = "400"
  }
}

resource "aws_db_parameter_group" "mysql" {
  family = "mysql8.4"

  parameter {
    name  = "max_connections"
    value = "400"
  }
}
---
Resources:
  Group: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: postgres17, Description: orders, Parameters: {max_connections: "200"}}}
"""
