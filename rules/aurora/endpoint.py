"""A write host should be the endpoint of the cluster, which follows its writer.

The reader endpoint of a cluster of Aurora, DocumentDB or Neptune leads to its readers, which accept no writes. The endpoint of
an instance stays that of this instance: after a failover it is a reader's, or nobody's.

What to do: use the Endpoint of the cluster (Terraform: endpoint) wherever something is written. Only variables, parameters and
records whose names say that they are for writing are checked. With write forwarding, or where the cluster surely has a single
instance, nothing is reported.
"""

from awslint_memo import Findings, Resource, clusters, rule, store_endpoints


@rule(
    level="error",
    since="0.2",
    resource=("AWS::SSM::Parameter", "AWS::Lambda::Function", "AWS::ECS::TaskDefinition", "AWS::Route53::RecordSet"),
    memo="障害が発生しても瞬時にフェイルオーバーできる高可用性構成を提供します",
    aws="AmazonRDS/latest/AuroraUserGuide/Aurora.Endpoints.Cluster.html",
)
def check(teller: Resource) -> Findings:
    if not clusters.tells_of(teller, "AWS::DocDB::", "AWS::Neptune::", "AWS::RDS::"):
        return
    for told in store_endpoints.told(teller):
        cluster = store_endpoints.cluster_of(told.store) if told.is_of_member else told.store
        if cluster is None or cluster.type not in store_endpoints.CLUSTERS or not told.is_for_writing:
            continue
        has_readers = store_endpoints.has_readers(cluster)
        if has_readers is False or store_endpoints.may_forward(cluster):
            continue
        if told.is_of_readers:
            message = f"the reader endpoint of {cluster.title}, whose readers accept no writes"
        elif told.is_watched:
            continue
        else:
            message = f"the address of {told.store.title}, one instance, which a failover makes a reader"
        yield teller.finding(
            told.value,
            f"gives {told.name} {message}",
            do=f"give it the {store_endpoints.writing_endpoint(cluster)}",
            level=None if told.is_of_readers and has_readers else "warning",
            related=[(told.store, told.store.title)],
        )


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  One: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-postgresql}}
  Two: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-postgresql}}
  Host: {Type: AWS::SSM::Parameter, Properties: {Name: /orders/writer-host, Type: String, Value: !GetAtt Orders.ReadEndpoint.Address}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  One: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-postgresql}}
  Two: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-postgresql}}
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {WRITE_URL: !Sub "postgres://${One.Endpoint.Address}:${One.Endpoint.Port}/orders"}}}}
---
resource "aws_docdb_cluster" "orders" {
  cluster_identifier = "orders"
}

resource "aws_docdb_cluster_instance" "orders" {
  count              = 2
  cluster_identifier = aws_docdb_cluster.orders.id
}

resource "aws_route53_record" "writer" {
  zone_id = "Z123"
  name    = "orders-writer.internal.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_docdb_cluster.orders.reader_endpoint]
}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "one" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "two" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-mysql"
}

resource "aws_ecs_task_definition" "orders" {
  family = "orders"

  container_definitions = jsonencode([{
    name        = "orders"
    image       = "orders"
    environment = [{ name = "DB_WRITER_HOST", value = aws_rds_cluster_instance.one.endpoint }]
  }])
}
"""

GOOD = """
Parameters: {Forwards: {Type: String}, Name: {Type: String}}
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  One: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-postgresql}}
  Two: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-postgresql}}
  Host: {Type: AWS::SSM::Parameter, Properties: {Name: /orders/writer-host, Type: String, Value: !GetAtt Orders.Endpoint.Address}}
  # What its name means is not known; a probe watches this very instance.
  Any: {Type: AWS::SSM::Parameter, Properties: {Name: !Ref Name, Type: String, Value: !GetAtt Orders.ReadEndpoint.Address}}
  Reads: {Type: AWS::SSM::Parameter, Properties: {Name: /writers/reader-host, Type: String, Value: !GetAtt Orders.ReadEndpoint.Address}}
  Probe: {Type: AWS::SSM::Parameter, Properties: {Name: /orders/probe/writer, Type: String, Value: !GetAtt One.Endpoint.Address}}
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {DB_HOST: !GetAtt One.Endpoint.Address, READ_WRITE_SPLIT: !GetAtt Orders.ReadEndpoint.Address, WRITE_HOSTS: !Sub "${Orders.Endpoint.Address},${Orders.ReadEndpoint.Address}"}}}}
  # Readers that forward, and a cluster without any.
  Forwarding: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EnableLocalWriteForwarding: !Ref Forwards}}
  Forwarded: {Type: AWS::SSM::Parameter, Properties: {Name: /stock/write-host, Type: String, Value: !GetAtt Forwarding.ReadEndpoint.Address}}
  Alone: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Only: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Alone, Engine: aurora-postgresql}}
  OfOnly: {Type: AWS::SSM::Parameter, Properties: {Name: /prices/write-host, Type: String, Value: !GetAtt Only.Endpoint.Address}}
---
resource "aws_rds_cluster" "writer" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "writer" {
  count              = 2
  cluster_identifier = aws_rds_cluster.writer.id
  engine             = "aurora-mysql"
}

resource "aws_ssm_parameter" "writer" {
  name  = "/writer/host"
  type  = "String"
  value = aws_rds_cluster.writer.reader_endpoint
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = "arn:aws:iam::123456789012:role/work"

  environment {
    variables = { WRITE_HOST = aws_rds_cluster.writer.endpoint }
  }
}
"""
