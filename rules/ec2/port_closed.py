"""Security groups of databases and caches should admit the port on which these listen.

If none of the security groups of a database admits its port, no connection gets through, though all is deployed: the groups
admit 5432, for example, and Port is 5433.

What to do: admit the port of the database from the security groups of its clients, or set Port (Terraform: port) to the one
that is admitted. Only groups are judged whose rules are all known; where another stack may add one, it is a warning. Of clusters
of Aurora with the RDS Data API (EnableHttpEndpoint), whose calls pass no security group, nothing is said.
"""

from awslint_memo import Findings, Resource, rule, security_groups


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::DAX::Cluster",
        "AWS::DocDB::DBCluster",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::MemoryDB::Cluster",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::Redshift::Cluster",
    ),
    memo="スナップショットの定期取得とマルチ-AZ デプロイメントがベストプラクティスです",
    aws="AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
)
def check(store: Resource) -> Findings:
    for shut in security_groups.shut_to_store(store):
        port = f"{shut.port.number:g}"
        yield shut.group.finding(
            shut.group if shut.rule is None else shut.rule.last,
            f"admits no TCP on port {port}{shut.port.note}, on which {store.title} listens, so no connection gets through",
            do=f"admit {port} from the clients",
            level=None if shut.is_sure else "warning",
            related=[(shut.port, "the port")],
        )


BAD = """
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: cache, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 6379, ToPort: 6379, CidrIp: 10.0.0.0/8}]}}
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {ReplicationGroupDescription: sessions, Port: 6380, SecurityGroupIds: [!Ref Group]}}
---
resource "aws_security_group" "orders" {
  vpc_id = "v"
}

resource "aws_vpc_security_group_ingress_rule" "orders" {
  security_group_id = aws_security_group.orders.id
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
}

resource "aws_db_instance" "orders" {
  engine                 = "postgres"
  vpc_security_group_ids = [aws_security_group.orders.id]
}
---
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: cache, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 9111, ToPort: 9111, CidrIp: 10.0.0.0/8}]}}
  Prices: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, ClusterEndpointEncryptionType: NONE, SecurityGroupIds: [!GetAtt Group.GroupId]}}
"""

GOOD = """
Parameters: {Kind: {Type: String}}
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: cache, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 9111, ToPort: 9111, CidrIp: 10.0.0.0/8}]}}
  Prices: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, ClusterEndpointEncryptionType: TLS, SecurityGroupIds: [!GetAtt Group.GroupId]}}
  Unknown: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, ClusterEndpointEncryptionType: !Ref Kind, SecurityGroupIds: [!GetAtt Group.GroupId]}}
---
Parameters: {Port: {Type: Number}, Group: {Type: String}}
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: stores, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 6379, CidrIp: 10.0.0.0/8}]}}
  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {ReplicationGroupDescription: sessions, SecurityGroupIds: [!Ref Group]}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, VPCSecurityGroups: [!Ref Group]}}
  ByApi: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, Port: 3306, EnableHttpEndpoint: true, VpcSecurityGroupIds: [!Ref Narrow]}}
  Narrow: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: narrow, VpcId: v, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.0.0/8}]}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, Port: !Ref Port, VPCSecurityGroups: [!Ref Group]}}
  Copy: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, SourceDBInstanceIdentifier: !Ref Unknown, VPCSecurityGroups: [!Ref Group]}}
  AnyGroup: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, VPCSecurityGroups: [!Ref Group, !Ref "AWS::StackName"]}}
  Shared: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: empty, VpcId: v}}
  Behind: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, VPCSecurityGroups: [!Ref Shared]}}
---
variable "port" {}

resource "aws_security_group" "orders" {
  vpc_id = "v"
}

resource "aws_vpc_security_group_ingress_rule" "orders" {
  security_group_id = aws_security_group.orders.id
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
}

resource "aws_db_instance" "orders" {
  engine                 = "postgres"
  vpc_security_group_ids = [aws_security_group.orders.id]
}

resource "aws_db_instance" "unknown" {
  engine                 = "mysql"
  port                   = var.port
  vpc_security_group_ids = [aws_security_group.orders.id]
}
---
resource "aws_security_group" "documents" {
  vpc_id = "v"

  ingress {
    from_port   = 27017
    to_port     = 27017
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_docdb_cluster" "documents" {
  vpc_security_group_ids = [aws_security_group.documents.id]
}
"""
