"""Only a cluster of Aurora MySQL should have a backtrack window.

Backtrack takes a cluster back to an earlier second without a restore. Other engines have none, and RDS refuses the window.

What to do: remove BacktrackWindow (Terraform: backtrack_window). Aurora PostgreSQL is restored to a point in time instead.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::RDS::DBCluster",
    memo="Amazon Aurora は自動的にデータをバックアップし",
    aws="AmazonRDS/latest/APIReference/API_CreateDBCluster.html",
)
def check(cluster: Resource) -> Findings:
    window, engine = cluster.get("BacktrackWindow"), cluster.get("Engine")
    # Aurora MySQL 5.6 was called aurora.
    if window.above(0) and engine.text and engine.text.lower() not in ("aurora-mysql", "aurora"):
        message = f"but {engine.text}{engine.note} has no backtrack, so RDS refuses it"
        yield cluster.finding(window, message, do="remove it", related=[(engine, "the Engine")])


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, BacktrackWindow: 86400}}
---
resource "aws_rds_cluster" "orders" {
  engine           = "mysql"
  backtrack_window = 3600
}
"""

GOOD = """
Parameters: {Engine: {Type: String}}
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, BacktrackWindow: 86400}}
  Old: {Type: AWS::RDS::DBCluster, Properties: {Engine: Aurora, BacktrackWindow: 86400}}
  Off: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, BacktrackWindow: 0}}
  Unknown: {Type: AWS::RDS::DBCluster, Properties: {Engine: !Ref Engine, BacktrackWindow: 86400}}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"
}
"""
