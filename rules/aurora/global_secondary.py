"""A secondary cluster of a global database should have readers, and a number of them that is written.

After the loss of the primary's Region, a secondary becomes the primary with the instances that it has. One without any
keeps the data, but serves nobody until an instance is made in it. Aurora Auto Scaling does not support secondaries: it adds
no readers there.

What to do: give the secondary at least one instance (Terraform: aws_rds_cluster_instance with count above 0), write as many
as the load needs, and scale the primary alone. A cluster that may be the primary is not checked, nor one to which another
stack may add instances.
"""

from awslint_memo import Findings, Resource, global_databases, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::RDS::DBCluster",
    memo="複数の AWS リージョンにまたがる Aurora データベースのレプリケーションを可能にします",
    aws="AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html",
    taste="costs",
)
def check(cluster: Resource) -> Findings:
    if cluster.get("GlobalClusterIdentifier").is_absent:
        return
    primary = global_databases.primary(cluster)
    lack = None if primary is None else global_databases.lack_of_instances(cluster)
    if primary is not None and lack is not None:
        yield cluster.finding(
            lack,
            "is a secondary of a global database and has no instance, so nothing serves its Region after a failover "
            "until one is made",
            do="add an instance",
            related=[(primary, "the primary")],
        )


@check.on("AWS::ApplicationAutoScaling::ScalableTarget")
def target(scaled: Resource) -> Findings:
    is_of_readers = scaled.get("ScalableDimension").text == "rds:cluster:ReadReplicaCount"
    cluster = global_databases.scaled(scaled) if is_of_readers else None
    primary = None if cluster is None else global_databases.primary(cluster)
    if cluster is not None and primary is not None:
        yield scaled.finding(
            scaled.get("ResourceId"),
            f"leads to {cluster.title}, a secondary of a global database, in which Aurora Auto Scaling is not supported",
            do="remove the target, and write the number of readers",
            level="warning",
            related=[(cluster, "the secondary"), (primary, "the primary")],
        )


BAD = """
Resources:
  Secondary: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: shop, SourceRegion: eu-west-1}}
---
Resources:
  Secondary: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: shop, SourceRegion: eu-west-1}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Secondary, DBInstanceClass: db.r6g.large}}
  Readers: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ScalableDimension: "rds:cluster:ReadReplicaCount", ResourceId: !Sub "cluster:${Secondary}", MinCapacity: 0, MaxCapacity: 4}}
---
variable "standby_instances" {
  type    = number
  default = 0
}

resource "aws_rds_global_cluster" "shop" {
  global_cluster_identifier = "shop"
}

resource "aws_rds_cluster" "primary" {
  region                    = "eu-west-1"
  engine                    = "aurora-postgresql"
  cluster_identifier        = "shop-west"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
  master_username           = "shop"
}

resource "aws_rds_cluster" "secondary" {
  region                    = "eu-central-1"
  engine                    = "aurora-postgresql"
  cluster_identifier        = "shop-central"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}

resource "aws_rds_cluster_instance" "secondary" {
  count              = var.standby_instances
  region             = "eu-central-1"
  cluster_identifier = aws_rds_cluster.secondary.id
  instance_class     = "db.r6g.large"
}
---
resource "aws_rds_cluster" "orders" {
  engine             = "aurora-postgresql"
  cluster_identifier = "orders-west"
  master_username    = "orders"
}

resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier    = "orders"
  source_db_cluster_identifier = aws_rds_cluster.orders.arn
}

resource "aws_rds_cluster" "secondary" {
  provider                  = aws.second
  engine                    = "aurora-postgresql"
  cluster_identifier        = "orders-central"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
}

resource "aws_rds_cluster_instance" "secondary" {
  provider           = aws.second
  cluster_identifier = aws_rds_cluster.secondary.id
  instance_class     = "db.r6g.large"
}

resource "aws_appautoscaling_target" "readers" {
  provider           = aws.second
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.secondary.id}"
  min_capacity       = 1
  max_capacity       = 4
}
"""

GOOD = """
Parameters: {Count: {Type: Number}, User: {Type: String}, Global: {Type: String}}
Resources:
  Primary: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: !Ref Global}}
  Readers: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ScalableDimension: "rds:cluster:ReadReplicaCount", ResourceId: !Sub "cluster:${Primary}", MinCapacity: 0, MaxCapacity: 4}}
---
Resources:
  Exported: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: shop, SourceRegion: eu-west-1}}
Outputs:
  Cluster: {Value: !Ref Exported, Export: {Name: shop}}
---
Resources:
  # A copy in another Region that is not of a global database has readers that may be scaled.
  Copy: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ReplicationSourceIdentifier: "arn:aws:rds:eu-west-1:111122223333:cluster:shop"}}
---
variable "standby_instances" {
  type = number
}

variable "user" {
  type    = string
  default = null
}

resource "aws_rds_global_cluster" "shop" {
  global_cluster_identifier = "shop"
}

resource "aws_rds_cluster" "primary" {
  region                    = "eu-west-1"
  engine                    = "aurora-postgresql"
  cluster_identifier        = "shop-west"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
  master_username           = "shop"
}

resource "aws_rds_cluster" "secondary" {
  region                    = "eu-central-1"
  engine                    = "aurora-postgresql"
  cluster_identifier        = "shop-central"
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}

resource "aws_rds_cluster_instance" "secondary" {
  count              = var.standby_instances
  region             = "eu-central-1"
  cluster_identifier = aws_rds_cluster.secondary.id
  instance_class     = "db.r6g.large"
}

resource "aws_appautoscaling_target" "readers" {
  region             = "eu-west-1"
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.primary.id}"
  min_capacity       = 1
  max_capacity       = 4
}
---
resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
}

# Which of the two is the primary, nothing tells.
resource "aws_rds_cluster" "first" {
  region                    = "eu-west-1"
  engine                    = "aurora-postgresql"
  cluster_identifier        = "orders-west"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
}

resource "aws_rds_cluster" "second" {
  region                    = "eu-central-1"
  engine                    = "aurora-postgresql"
  cluster_identifier        = "orders-central"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
}
"""
