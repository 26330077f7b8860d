"""What has to be there first should be named by a reference, or in DependsOn.

CloudFormation learns from references (Ref, GetAtt, Sub) what to create first. Where a database names its subnet group by the text
or the parameter that is also the name of the group in the same template, both are created at the same time: AWS refuses the
database if the group is not there yet, and the stack is rolled back. So it is with parameter groups, the clusters of services,
the services of deployment groups, and the log groups of filters.

What to do: write !Ref of the resource in place of its name, or add it to DependsOn.
"""

from awslint_memo import Findings, Resource, creation_order, named_order, rule


@rule(
    level="warning",
    since="0.2",
    resource=(
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::ECS::Service",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::Logs::MetricFilter",
        "AWS::Logs::SubscriptionFilter",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
    ),
    language="cloudformation",
    memo="AWS リソースの構築",
    aws="AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
)
def check(resource: Resource) -> Findings:
    groups = ("AWS::RDS::DBClusterParameterGroup", "AWS::RDS::DBParameterGroup", "AWS::RDS::DBSubnetGroup")
    others = ("AWS::CodeDeploy::Application", "AWS::ECS::Cluster", "AWS::ECS::Service", "AWS::RDS::OptionGroup")
    caches = ("AWS::ElastiCache::SubnetGroup", "AWS::Logs::LogGroup")
    if not resource.deployment.of_type(*groups, *others, *caches):
        return
    for found in named_order.unawaited(resource):
        of, own_id = str(found.value.route), creation_order.own_id(found.needed)
        yield resource.finding(
            found.value,
            f"names {found.needed.title} by a text, so it does not wait for it, and is refused where it is made first",
            of=of,
            do=f"refer to {own_id}, or add DependsOn: {own_id}",
            related=[(found.needed, "has the name")],
            decided_by=[found.name],
            is_of_any_value=found.is_of_any_value,
        )


BAD = """
Parameters: {Name: {Type: String}, Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}}
Resources:
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupName: !Ref Name, DBSubnetGroupDescription: orders, SubnetIds: !Ref Subnets}}
  Orders: {Type: AWS::RDS::DBCluster, DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot, Properties: {Engine: aurora-mysql, BackupRetentionPeriod: 7, DBSubnetGroupName: !Ref Name}}
---
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {ServiceName: web, TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}}}
  Deploys:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: web
      ServiceRoleArn: r
      ECSServices: [{ClusterName: all, ServiceName: web}]
---
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/app/${AWS::StackName}"}}
  Errors: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Sub "/app/${AWS::StackName}", FilterPattern: ERROR, MetricTransformations: [{MetricName: Errors, MetricNamespace: App, MetricValue: "1"}]}}
"""

GOOD = """
Parameters: {Name: {Type: String}, Cluster: {Type: String}, Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}}
Resources:
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupName: !Ref Name, DBSubnetGroupDescription: orders, SubnetIds: !Ref Subnets}}
  Referring: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DBSubnetGroupName: !Ref Group}}
  Waiting: {Type: AWS::RDS::DBCluster, DependsOn: Group, Properties: {Engine: aurora-mysql, DBSubnetGroupName: !Ref Name}}
  # It waits for what waits.
  Member: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Waiting, DBSubnetGroupName: !Ref Name}}
  Elsewhere: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DBSubnetGroupName: shared}}
  OwnCluster: {Type: AWS::ECS::Cluster, Properties: {ClusterName: orders}}
  Unknown: {Type: AWS::ECS::Service, Properties: {Cluster: !Ref Cluster, TaskDefinition: orders}}
---
resource "aws_rds_cluster" "orders" {
  engine               = "aurora-mysql"
  db_subnet_group_name = aws_db_subnet_group.orders.name
}

resource "aws_db_subnet_group" "orders" {
  name       = "orders"
  subnet_ids = ["s", "t"]
}
"""
