"""Names should be as short, and of the characters, that AWS takes.

A name of a load balancer or target group has 32 characters at most, one of a role or function 64, of a queue 80 (with .fifo). A name
that is put together of an environment, such as ${service}-${environment}-internal, may fit with staging and be too long with production
only, where the deployment then fails. Load balancers and target groups have no hyphen at an end, identifiers of databases and caches begin
with a letter and have no two hyphens in a row, and buckets have no capital letters.

What to do: shorten one of the parts of the name, or leave the name out where AWS can make one (Terraform: name_prefix).
"""

from awslint_memo import Findings, Resource, name_limits, rule


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::Backup::BackupVault",
        "AWS::CloudWatch::Alarm",
        "AWS::CodeDeploy::Application",
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::CodePipeline::Pipeline",
        "AWS::DAX::Cluster",
        "AWS::DynamoDB::Table",
        "AWS::ECS::Cluster",
        "AWS::ECS::Service",
        "AWS::ECS::TaskDefinition",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "AWS::Events::EventBus",
        "AWS::Events::Rule",
        "AWS::IAM::InstanceProfile",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Role",
        "AWS::Kinesis::Stream",
        "AWS::KinesisFirehose::DeliveryStream",
        "AWS::Lambda::Alias",
        "AWS::Lambda::Function",
        "AWS::Logs::LogGroup",
        "AWS::Pipes::Pipe",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::S3::Bucket",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::Scheduler::Schedule",
        "AWS::StepFunctions::StateMachine",
    ),
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
)
def check(resource: Resource) -> Findings:
    refused = name_limits.refused(resource)
    if refused is None:
        return
    name, why, do = refused
    if name.text is not None:
        yield resource.finding(name, f"which {why}", do=do)
    elif name.pattern is not None:
        yield resource.finding(name, f"is {name.pattern.shown}, which {why}", of=str(name.route), do=do)


BAD = """
Parameters: {Environment: {Type: String, Default: production}}
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: !Sub "parcel-tracking-${Environment}-internal", VpcId: v, Port: 80, Protocol: HTTP}}
---
Parameters: {Environment: {Type: String}}
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Name: !Sub "parcel-tracking-of-the-customers-${Environment}", Subnets: [a, b]}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Name: internal-web, Subnets: [a, b]}}
---
Parameters: {Environment: {Type: String}}
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "orders ${Environment}", Handler: a.b, Runtime: python3.13}}
---
locals {
  environment = "production"
}

resource "aws_lb" "internal" {
  name    = "parcel-tracking-${local.environment}-internal"
  subnets = ["subnet-1", "subnet-2"]
}
---
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions--prod"
  description          = "sessions"
}
---
resource "aws_s3_bucket" "papers" {
  bucket = "Papers-prod"
}
---
resource "aws_lb_target_group" "web" {
  name     = "web-"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
}
"""

GOOD = """
Parameters: {Environment: {Type: String}, Group: {Type: String, Default: Enter the name of a log group}}
Resources:
  ToBeNamed: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Ref Group}}
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: !Sub "parcel-tracking-${Environment}", VpcId: v, Port: 80, Protocol: HTTP}}
  Unnamed: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: v, Port: 80, Protocol: HTTP}}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: Jobs_of_today.fifo, FifoQueue: true}}
  Secret: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "{{resolve:ssm:/${Environment}/Bucket}}"}}
  Lines: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/${Environment}-orders#1"}}
---
resource "aws_lb" "internal" {
  name    = "parcel-tracking-staging-internal"
  subnets = ["subnet-1", "subnet-2"]
}
"""
