"""Performance Insights should keep data for a time that RDS has.

RDS keeps the data of Performance Insights for 7 days, for a number of months of 31 days each (31, 62 … 713), or for 731
days. It refuses a database with any other number.

What to do: set PerformanceInsightsRetentionPeriod (Terraform: performance_insights_retention_period) to 7, to 731, or to a
multiple of 31 up to 713.
"""

from awslint_memo import Findings, Resource, databases, rule

SWITCHES = {"AWS::RDS::DBInstance": "EnablePerformanceInsights", "AWS::RDS::DBCluster": "PerformanceInsightsEnabled"}


@rule(
    level="error",
    since="0.2",
    resource=("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    memo="垂直スケーリング: インスタンスサイズを変更することで",
    aws="AmazonRDS/latest/UserGuide/USER_PerfInsights.cost.html",
)
def check(database: Resource) -> Findings:
    kept = database.get("PerformanceInsightsRetentionPeriod")
    if database.get(SWITCHES[database.type]).flag is not True:
        return
    if kept.number is not None and kept.number != (nearest := databases.insights_days(kept.number)):
        message = "which RDS refuses: it keeps the data for 7 days, months of 31 days, or 731 days"
        yield database.finding(kept, message, unit="days", do=f"set it to {nearest}")


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 30}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, PerformanceInsightsEnabled: true, PerformanceInsightsRetentionPeriod: 744}}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 0}}
---
Mappings:
  Insights: {dev: {Days: 7}, prod: {Days: 365}}
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: !FindInMap [Insights, !Ref Stage, Days]}}
---
resource "aws_db_instance" "orders" {
  engine                                = "postgres"
  performance_insights_enabled          = true
  performance_insights_retention_period = 14
}
---
resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier                    = "orders"
  performance_insights_enabled          = true
  performance_insights_retention_period = 730
}
"""

GOOD = """
Parameters: {Days: {Type: Number}}
Resources:
  Week: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 7}}
  Months: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: "93"}}
  MostMonths: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, PerformanceInsightsEnabled: true, PerformanceInsightsRetentionPeriod: 713}}
  Years: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, PerformanceInsightsEnabled: true, PerformanceInsightsRetentionPeriod: 731}}
  Default: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnablePerformanceInsights: true}}
  Off: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnablePerformanceInsights: false, PerformanceInsightsRetentionPeriod: 90}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: !Ref Days}}
---
resource "aws_db_instance" "orders" {
  engine                                = "postgres"
  performance_insights_enabled          = true
  performance_insights_retention_period = 465
}

# The provider sends no zero.
resource "aws_db_instance" "stock" {
  engine                                = "postgres"
  performance_insights_retention_period = 0
}
"""
