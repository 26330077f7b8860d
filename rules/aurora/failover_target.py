"""The instance that takes over from an Aurora writer should be as large as the writer.

When the writer fails, Aurora promotes the reader with the lowest PromotionTier and, within a tier, the largest. If that
reader is smaller than the writer, the cluster is soon available again but may be too slow for its load.

What to do: give one reader the writer's DBInstanceClass and the lowest PromotionTier, 0, and the smaller ones a higher
tier (Terraform: instance_class, promotion_tier). The default of PromotionTier is 1 in CloudFormation and 0 in Terraform.
Instances of db.serverless, and classes that are hard to compare, are not checked.
"""

from awslint_memo import Findings, Resource, clusters, rule


@rule(
    level="advice",
    resource="AWS::RDS::DBCluster",
    memo="Replica はプライマリデータベースと同等のパフォーマンスを提供し",
    aws="AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html",
)
def check(cluster: Resource) -> Findings:
    instances = clusters.cluster_instances(cluster) or []
    for writer in instances if clusters.has_instances(cluster) else []:
        target = clusters.promoted_instead(writer, instances)
        size = writer.get("DBInstanceClass")
        if target is not None and clusters.is_smaller(target.get("DBInstanceClass"), size):
            tier = clusters.promotion_tier(target)
            yield target.finding(
                target.get("DBInstanceClass"),
                f"but the instance is promoted (PromotionTier {tier}) when {writer.title}, a "
                f"{size.text}{size.note}, fails",
                do=f"set it to {size.text}",
                related=[(size, f"the class of {writer.title}")],
            )
            return


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.2xlarge, DBClusterIdentifier: !Ref Orders}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.t4g.medium, DBClusterIdentifier: !Ref Orders}}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "large" {
  count              = 2
  instance_class     = "db.r6g.xlarge"
  promotion_tier     = 1
  cluster_identifier = aws_rds_cluster.orders.id
}

resource "aws_rds_cluster_instance" "small" {
  instance_class     = "db.r6g.large"
  cluster_identifier = aws_rds_cluster.orders.id
}
"""

GOOD = """
Parameters:
  Engine: {Type: String}
  Tier: {Type: Number}
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.2xlarge, DBClusterIdentifier: !Ref Orders}}
  Other: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.2xlarge, DBClusterIdentifier: !Ref Orders}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.large, PromotionTier: !Ref Tier, DBClusterIdentifier: !Ref Orders}}
  AnyEngine: {Type: AWS::RDS::DBCluster, Properties: {Engine: !Ref Engine}}
  Large: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.2xlarge, DBClusterIdentifier: !Ref AnyEngine}}
  Small: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref AnyEngine}}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "large" {
  count              = 2
  instance_class     = "db.r6g.xlarge"
  cluster_identifier = aws_rds_cluster.orders.id
}

resource "aws_rds_cluster_instance" "small" {
  instance_class     = "db.serverless"
  promotion_tier     = 15
  cluster_identifier = aws_rds_cluster.orders.id
}
"""
