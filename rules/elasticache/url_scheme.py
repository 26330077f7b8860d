"""The URL of a cache should have the scheme that its connections have.

A client that is given redis:// speaks without TLS, and a cache with in-transit encryption takes TLS alone, unless its
TransitEncryptionMode is preferred: connections hang or are closed. So does TLS, which rediss:// asks for, with a cache that has no
encryption. Serverless caches always have it, and so has MemoryDB unless TLSEnabled is false.

What to do: write rediss:// where the cache has in-transit encryption, else redis://. A plain URL is not reported where another
variable speaks of TLS or SSL, as the program may use it whatever the URL says.
"""

from awslint_memo import Findings, Resource, cache_schemes, clusters, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::ECS::TaskDefinition", "AWS::Lambda::Function", "AWS::SSM::Parameter"),
    memo="Amazon ElastiCache for Redis は、レプリケーションとシャーディングによりスケーラビリティを実現しています",
    aws="AmazonElastiCache/latest/dg/in-transit-encryption.html",
)
def check(teller: Resource) -> Findings:
    tells_of_cache = clusters.tells_of(teller, "AWS::ElastiCache::", "AWS::MemoryDB::")
    for clash in cache_schemes.clashes(teller) if tells_of_cache else ():
        scheme, other = cache_schemes.PLAIN, cache_schemes.SECURE
        takes = "takes connections with TLS alone"
        if not clash.is_plain:
            scheme, other, takes = other, scheme, "has no encryption in transit"
        setting, cache = clash.setting, clash.cache
        yield teller.finding(
            clash.value,
            f"gives {clash.name} a URL with {scheme} of {clash.cache.title}, which {takes}, so connections fail",
            do=f"write {other}",
            # A program may use TLS whatever the URL says.
            level="warning" if clash.is_plain else None,
            related=[
                (setting, "its setting") if setting is not None and not setting.is_absent else (cache, cache.title)
            ],
        )


BAD = """
Resources:
  Jobs: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis, TransitEncryptionEnabled: true}}
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {JOBS_URL: !Sub "redis://${Jobs.PrimaryEndPoint.Address}:6379/0"}}}}
---
Resources:
  Jobs: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis}}
  Api:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{Name: api, Image: a, Environment: [{Name: JOBS_URL, Value: !Join ["", ["rediss://", !GetAtt Jobs.PrimaryEndPoint.Address, ":6379"]]}]}]
---
Resources:
  Jobs: {Type: AWS::ElastiCache::ServerlessCache, Properties: {Engine: valkey, ServerlessCacheName: jobs}}
  Url: {Type: AWS::SSM::Parameter, Properties: {Name: /jobs/url, Type: String, Value: !Sub "redis://${Jobs.Endpoint.Address}:${Jobs.Endpoint.Port}"}}
---
Resources:
  Ledger: {Type: AWS::MemoryDB::Cluster, Properties: {ACLName: ledger, ClusterName: ledger, NodeType: db.r7g.large}}
  Url: {Type: AWS::SSM::Parameter, Properties: {Name: /ledger/url, Type: String, Value: !Sub "redis://${Ledger.ClusterEndpoint.Address}:6379"}}
---
resource "aws_elasticache_replication_group" "jobs" {
  replication_group_id       = "jobs"
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
}

resource "aws_ecs_task_definition" "api" {
  family = "api"

  container_definitions = jsonencode([{
    name        = "api"
    image       = "a"
    environment = [{ name = "JOBS_URL", value = "redis://${aws_elasticache_replication_group.jobs.primary_endpoint_address}:6379/0" }]
  }])
}
"""

GOOD = """
Parameters: {Encrypted: {Type: String}}
Resources:
  Jobs: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis, TransitEncryptionEnabled: true}}
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {JOBS_URL: !Sub "rediss://${Jobs.PrimaryEndPoint.Address}:6379/0"}}}}
  WithFlag: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {JOBS_URL: !Sub "redis://${Jobs.PrimaryEndPoint.Address}:6379/0", JOBS_TLS: "true"}}}}
  Host: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {JOBS_HOST: !GetAtt Jobs.PrimaryEndPoint.Address}}}}
  Moving: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis, TransitEncryptionEnabled: true, TransitEncryptionMode: preferred}}
  ToMoving: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {JOBS_URL: !Sub "redis://${Moving.PrimaryEndPoint.Address}:6379/0"}}}}
  Plain: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis}}
  ToPlain: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {JOBS_URL: !Sub "redis://${Plain.PrimaryEndPoint.Address}:6379/0"}}}}
  Valkey: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey}}
  ToValkey: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {JOBS_URL: !Sub "rediss://${Valkey.PrimaryEndPoint.Address}:6379/0"}}}}
  Any: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis, TransitEncryptionEnabled: !Ref Encrypted}}
  ToAny: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {JOBS_URL: !Sub "redis://${Any.PrimaryEndPoint.Address}:6379/0"}}}}
  Ledger: {Type: AWS::MemoryDB::Cluster, Properties: {ACLName: open-access, ClusterName: ledger, NodeType: db.r7g.large, TLSEnabled: false}}
  ToLedger: {Type: AWS::SSM::Parameter, Properties: {Name: /ledger/url, Type: String, Value: !Sub "redis://${Ledger.ClusterEndpoint.Address}:6379"}}
---
variable "encrypted" {
  type = bool
}

resource "aws_elasticache_replication_group" "jobs" {
  replication_group_id       = "jobs"
  transit_encryption_enabled = var.encrypted
}

resource "aws_ssm_parameter" "jobs" {
  name  = "/jobs/url"
  type  = "String"
  value = "${var.encrypted ? "rediss" : "redis"}://${aws_elasticache_replication_group.jobs.primary_endpoint_address}:6379"
}
"""
