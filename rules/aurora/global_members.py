"""The clusters of a global database should have Regions, names and classes of their own kind.

A Region holds one cluster of a global database, and its instances are of classes with much memory, or serverless: Aurora
refuses db.t classes. AWS also asks for another name in each Region.

What to do: put each cluster into another Region, give it another DBClusterIdentifier (Terraform: cluster_identifier), and
choose a class such as db.r6g.large.
"""

from awslint_memo import Findings, Resource, clusters, databases, global_databases, regions, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::RDS::GlobalCluster",
    memo="複数の AWS リージョンにまたがる Aurora データベースのレプリケーションを可能にします",
    aws="AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html",
)
def check(database: Resource) -> Findings:
    members = global_databases.global_members(database) or []
    for number, second in enumerate(members):
        first = global_databases.clashing(second, members[:number])
        if first is None:
            continue
        if regions.is_apart(first, second) is False:
            message = f"is in the same Region as {first.title} of the same global database, so Aurora refuses it"
            yield second.finding(second, message, do="put it into another Region", related=[(first, first.title)])
        else:
            name = second.get("DBClusterIdentifier")
            # AWS's page says so, and clusters of one name are in use:
            # https://github.com/terraform-aws-modules/terraform-aws-rds-aurora, examples/global-cluster (read on 2026-11-29).
            message = f"and so is that of {first.title} in another Region, but AWS asks for names that differ"
            related = [(first, first.title)]
            yield second.finding(name, message, do="choose another one", level="advice", related=related)


@check.on("AWS::RDS::DBCluster")
def cluster(cluster: Resource) -> Findings:
    # Other stacks are only looked at where the configuration says something of recovery.
    for other in clusters.refused_elsewhere(cluster)[:1]:
        message = f"is in the same Region as {other.title} of the same global database, so Aurora refuses that one"
        yield cluster.finding(cluster, message, do="deploy it in another Region", related=[(other, other.title)])


@check.on("AWS::RDS::DBInstance")
def instance(member: Resource) -> Findings:
    cluster, kind = member.follow("DBClusterIdentifier", databases.CLUSTER), member.get("DBInstanceClass")
    if cluster is None or not kind.starts_with("db.t"):
        return
    joined = cluster.get("GlobalClusterIdentifier")
    if databases.is_given(cluster, joined):
        # "The requested instance class is not supported by global databases":
        # https://github.com/hashicorp/terraform-provider-aws/issues/27736 (read on 2026-11-29).
        message = f"but {cluster.title} belongs to a global database, in which Aurora refuses db.t classes"
        related = [(joined, "the global database")]
        yield member.finding(kind, message, do="choose one with more memory, such as db.r6g.large", related=related)


BAD = """
Resources:
  Shop: {Type: AWS::RDS::GlobalCluster, Properties: {GlobalClusterIdentifier: shop}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: !Ref Shop}}
  Copy: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: !Ref Shop}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: shop}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.t4g.medium}}
---
resource "aws_rds_global_cluster" "shop" {
  global_cluster_identifier = "shop"
}

resource "aws_rds_cluster" "first" {
  region                    = "eu-west-1"
  cluster_identifier        = "orders"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}

resource "aws_rds_cluster" "second" {
  region                    = "us-east-1"
  cluster_identifier        = "orders"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}
"""

GOOD = """
Parameters: {Class: {Type: String}}
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: shop}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, DBInstanceClass: !Ref Class}}
  Serverless: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.serverless}}
  Local: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  Small: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Local, DBInstanceClass: db.t4g.medium}}
---
resource "aws_rds_global_cluster" "shop" {
  global_cluster_identifier = "shop"
}

resource "aws_rds_cluster" "first" {
  region                    = "eu-west-1"
  cluster_identifier        = "orders"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}

resource "aws_rds_cluster" "second" {
  region                    = "us-east-1"
  cluster_identifier        = "orders-copy"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}

resource "aws_rds_cluster" "third" {
  region                    = "us-west-2"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}

resource "aws_rds_cluster" "fourth" {
  region                    = "eu-central-1"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}
---
variable "joined" {
  type = string
}

resource "aws_rds_cluster" "perhaps" {
  global_cluster_identifier = var.joined
}

resource "aws_rds_cluster_instance" "small" {
  cluster_identifier = aws_rds_cluster.perhaps.id
  instance_class     = "db.t4g.medium"
}
---
resource "aws_rds_global_cluster" "shop" {
  global_cluster_identifier = "shop"
}

resource "aws_rds_cluster" "first" {
  provider                  = aws.first
  cluster_identifier        = "orders"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}

resource "aws_rds_cluster" "in_a_region_that_is_not_known" {
  provider                  = aws.second
  cluster_identifier        = "orders"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}
"""
