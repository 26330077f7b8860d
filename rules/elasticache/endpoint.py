"""A write host should be the primary endpoint of the cache, not that of a replica or a node.

The reader endpoint of a replication group leads to its replicas, which accept no writes. The address of a single node stays that
of the node: it answers no more when the node is replaced or removed, while the reader endpoint leads to the others.

What to do: use PrimaryEndPoint.Address (Terraform: primary_endpoint_address) wherever something is written, and
ReaderEndPoint.Address (Terraform: reader_endpoint_address) for reading. Endpoints of readers are reported only where the name
says that they are for writing, nodes only where no other node is told and no name says that the node is watched.
"""

from awslint_memo import Findings, Resource, caches, clusters, rule, store_endpoints


@rule(
    level="error",
    since="0.2",
    resource=("AWS::SSM::Parameter", "AWS::Lambda::Function", "AWS::ECS::TaskDefinition", "AWS::Route53::RecordSet"),
    memo="プライマリに障害が発生した場合に自動的にセカンダリにフェイルオーバーします",
    aws="AmazonElastiCache/latest/dg/Replication.Endpoints.html",
)
def check(teller: Resource) -> Findings:
    for told in store_endpoints.told(teller) if clusters.tells_of(teller, "AWS::ElastiCache::") else ():
        group = told.store
        if group.type != caches.GROUP or caches.is_cluster_mode(group) is True:
            continue
        has_readers = store_endpoints.has_readers(group)
        if told.is_of_readers and told.is_for_writing and has_readers is not False:
            yield teller.finding(
                told.value,
                f"gives {told.name} the reader endpoint of {group.title}, whose replicas accept no writes",
                do=f"give it {store_endpoints.writing_endpoint(group)}",
                level=None if has_readers else "warning",
                related=[(group, group.title)],
            )
        elif told.node is not None and has_readers and not told.is_watched and store_endpoints.nodes_told(group) == 1:
            named = store_endpoints.writing_endpoint if told.is_for_writing else store_endpoints.reading_endpoint
            yield teller.finding(
                told.value,
                f"gives {told.name} the address of one node of {group.title}, which fails with the node",
                do=f"give it {named(group)}",
                level="warning",
                related=[(group, group.title)],
            )


BAD = """
Resources:
  Carts: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2}}
  Host: {Type: AWS::SSM::Parameter, Properties: {Name: /carts/redis-write-host, Type: String, Value: !GetAtt Carts.ReaderEndPoint.Address}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Environment: {Variables: {WRITE_HOST: !GetAtt Carts.PrimaryEndPoint.Address}}}}
Resources:
  Carts: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2}}
  Put: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, Runtime: python3.13, CodeUri: src, Environment: {Variables: {WRITE_HOST: !GetAtt Carts.ReaderEndPoint.Address}}}}
---
Resources:
  Carts: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2}}
  Host: {Type: AWS::SSM::Parameter, Properties: {Name: /carts/read-host, Type: String, Value: !Select [0, !GetAtt Carts.ReadEndPoint.Addresses.List]}}
---
resource "aws_elasticache_replication_group" "carts" {
  num_cache_clusters = 2
}

resource "aws_ssm_parameter" "carts" {
  name  = "/carts/redis/writer"
  type  = "String"
  value = "redis://${aws_elasticache_replication_group.carts.reader_endpoint_address}:6379"
}
---
variable "nodes" {}

resource "aws_elasticache_replication_group" "carts" {
  num_cache_clusters = var.nodes
}

resource "aws_route53_record" "writer" {
  zone_id = "Z123"
  name    = "carts-writer.internal.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_elasticache_replication_group.carts.reader_endpoint_address]
}
"""

GOOD = """
Parameters: {Name: {Type: String}}
Resources:
  Carts: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2}}
  Host: {Type: AWS::SSM::Parameter, Properties: {Name: /carts/redis-write-host, Type: String, Value: !GetAtt Carts.PrimaryEndPoint.Address}}
  Reads: {Type: AWS::SSM::Parameter, Properties: {Name: /carts/redis-read-host, Type: String, Value: !GetAtt Carts.ReaderEndPoint.Address}}
  Any: {Type: AWS::SSM::Parameter, Properties: {Name: !Ref Name, Type: String, Value: !GetAtt Carts.ReaderEndPoint.Address}}
  # A group of one node: its reader endpoint leads to it.
  Alone: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 1}}
  OfAlone: {Type: AWS::SSM::Parameter, Properties: {Name: /alone/write-host, Type: String, Value: !GetAtt Alone.ReaderEndPoint.Address}}
  # Each node is told, or one is watched.
  First: {Type: AWS::SSM::Parameter, Properties: {Name: /carts/first, Type: String, Value: !Select [0, !GetAtt Carts.ReadEndPoint.Addresses.List]}}
  Second: {Type: AWS::SSM::Parameter, Properties: {Name: /carts/second, Type: String, Value: !Select [1, !GetAtt Carts.ReadEndPoint.Addresses.List]}}
  Stock: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: 2}}
  Watched: {Type: AWS::SSM::Parameter, Properties: {Name: /stock/exporter-host, Type: String, Value: !Select [0, !GetAtt Stock.ReadEndPoint.Addresses.List]}}
  Both: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {WRITE_HOSTS: !Sub "${Stock.PrimaryEndPoint.Address},${Stock.ReaderEndPoint.Address}"}}}}
---
resource "aws_elasticache_cluster" "carts" {
  engine = "redis"
}

resource "aws_ssm_parameter" "carts" {
  name  = "/carts/write-host"
  type  = "String"
  value = aws_elasticache_cluster.carts.cache_nodes[0].address
}
"""
