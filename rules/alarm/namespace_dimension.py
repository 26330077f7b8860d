"""An alarm should use a metric and dimensions that its namespace has.

CloudWatch accepts any name. An alarm on a metric that the service does not publish (the memory of an EC2 instance, which
only the CloudWatch agent measures), or with a dimension that the service does not use, never gets data and never alarms.

A metric of another kind of resource has none either: an HTTP API has 5xx by ApiId, a REST API 5XXError by ApiName;
FreeStorageSpace is that of RDS, not of Aurora. Nor has one with a part of its dimensions: the CPU of an ECS service is
published by ClusterName and ServiceName together, ReplicationLatency by TableName and ReceivingRegion, what CloudFront counts by
DistributionId and the Region Global, and adding up over
dimensions is something that CloudWatch does not do. ElastiCache writes most for each node, and not for a replication group.

What to do: take the names from AWS's page about the service's metrics; they are case-sensitive. Most AWS namespaces have
no metric without dimensions, so name the resource. Custom namespaces are not checked, nor is a
metric that a metric filter makes, or a function here whose code writes metrics and names it.
"""

from awslint_memo import Findings, Resource, alarms, dimension_sets, metrics, misplaced, namespaces, own_metrics, rule


@rule(
    level="error",
    widened={"0.2": "metrics of HTTP and WebSocket APIs, of Aurora, of canaries and Insights, sets of dimensions"},
    resource="AWS::CloudWatch::Alarm",
    memo="Amazon EC2 のメトリクスは AWS/EC2 という Namespace に属します。",
    aws="AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html",
    yields_to="alarm-dimension-value",
)
def check(alarm: Resource) -> Findings:
    # Metrics that share a mistake are one finding.
    told: set[str] = set()
    for metric in own_metrics.of_others(alarm):
        for finding in mistakes(alarm, metric):
            if finding.message not in told:
                told.add(finding.message)
                yield finding


def mistakes(alarm: Resource, metric: alarms.Metric) -> Findings:
    where, called = metric.namespace.text or "", metric.name.text
    namespace = namespaces.namespace(where)
    if (fitting := metrics.fitting_namespace(metric)) is not None:
        message = f"is {where}, which does not have the dimension {fitting[1]}, so the alarm never gets data"
        yield alarm.finding(metric.namespace, message, of="Namespace", do=fitting[0])
    if (alike := metrics.alike_namespace(where)) is not None:
        message = f"is {where}{metric.namespace.note}, which no service has, so the alarm never gets data"
        yield alarm.finding(metric.namespace, message, of="Namespace", do=f"set it to {alike}", since="0.2")
    if namespace is None or fitting is not None:
        return
    yield from of_metric(alarm, metric)
    names = [dimension.name for dimension in metric.dimensions]
    for name in names:
        beside = [other.text for other in names if other is not name and other.text is not None]
        if name.text is not None and (missing := metrics.lacking_dimension(where, name.text, beside)) is not None:
            ends = "does not have, so it never gets" if missing.is_sure else UNLISTED
            message = f"has the dimension {name.text}{name.note}, which {where} {ends} data"
            yield alarm.finding(name, message, do=missing.remedy, level=None if missing.is_sure else "advice")
    fleet_wide = metrics.without_dimensions(namespace, called)
    if metric.has_no_dimensions and fleet_wide is not True and metrics.lacking_metric(where, called or "") is None:
        lists = "has" if fleet_wide is False else "has, by AWS's page,"
        message = f"has no dimensions, but {where} {lists} {called or 'its metrics'} only per resource"
        message = f"{message}; add the dimension that names the resource"
        yield alarm.finding(metric.namespace, message, level="warning" if fleet_wide is False else "advice")


def of_metric(alarm: Resource, metric: alarms.Metric) -> Findings:
    where, called = metric.namespace.text or "", metric.name.text or ""
    start = f"is {called}{metric.name.note}, which"
    if (lacking := metrics.lacking_metric(where, called)) is not None:
        known, since = ("does not have, so the alarm never gets", "") if lacking.is_sure else (UNLISTED, "0.2")
        message = f"{start} {where} {known} data; {lacking.remedy}"
        yield alarm.finding(
            metric.name, message, of="MetricName", level=None if lacking.is_sure else "advice", since=since
        )
    elif (of_another := misplaced.misplaced(metric, alarm.deployment)) is not None:
        message = f"{start} {of_another.owner} does not have, so the alarm never gets data; {of_another.instead}"
        about = [of_another.dimension.value]
        yield alarm.finding(metric.name, message, of="MetricName", about=about, since="0.2")
    elif (unpublished := dimension_sets.unpublished(metric, alarm)) is not None:
        message = f"{start} {unpublished.reason} the alarm never gets data"
        yield alarm.finding(metric.name, message, of="MetricName", do=unpublished.remedy, since="0.2")


UNLISTED = "does not have by AWS's lists, so the alarm may never get"


BAD = """
Resources:
  Memory: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: MemoryUtilization, Dimensions: [{Name: InstanceId, Value: i-0123456789abcdef0}]}}
---
Resources:
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: Queue, Value: orders}]}}
---
Resources:
  # The name of the queue is there already.
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: orders}, {Name: Account, Value: "123456789012"}]}}
---
Resources:
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage}}
---
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Dimensions: [{Name: ApiId, Value: !Ref Api}]}}
---
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5xx, Dimensions: [{Name: ApiName, Value: shop}]}}
---
Resources:
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/DynamoDB, MetricName: UserErrors, Dimensions: [{Name: TableName, Value: orders}]}}
---
Resources:
  Home: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Synthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: home}]}}
---
resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
  instance_class     = "db.r8g.large"
}

resource "aws_cloudwatch_metric_alarm" "full" {
  alarm_name  = "full"
  namespace   = "AWS/RDS"
  metric_name = "FreeStorageSpace"
  dimensions = {
    DBInstanceIdentifier = aws_rds_cluster_instance.orders.identifier
  }
}
---
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name = "failed"

  metric_query {
    id = "m"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Errors"
      dimensions = {
        Functionname = "orders"
      }
    }
  }
}
---
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Events, MetricName: ExecutionFailed, Dimensions: [{Name: PipeName, Value: orders}]}}
---
Resources:
  Tasks: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ECS, MetricName: RunningTaskCount, Dimensions: [{Name: ClusterName, Value: shop}, {Name: ServiceName, Value: web}]}}
---
Resources:
  Lagging: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: iteratorAge, Dimensions: [{Name: FunctionName, Value: orders}]}}
---
Resources:
  Unheard: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Failures, Dimensions: [{Name: FunctionName, Value: orders}]}}
---
Resources:
  Few: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Autoscaling, MetricName: GroupInServiceInstances, Dimensions: [{Name: AutoScalingGroupName, Value: web}]}}
---
Resources:
  Expired: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Backup, MetricName: NumberOfBackupJobsExpired, Dimensions: [{Name: PlanName, Value: daily}]}}
---
resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name  = "slow"
  namespace   = "AWS/EC2"
  metric_name = "VolumeReadOps"
  dimensions = {
    InstanceId = "i-0123456789abcdef0"
  }
}
---
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/Events"
  metric_name = "FailedInvocations"
  dimensions = {
    rulename = "orders"
  }
}
---
resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  namespace   = "AWS/ApplicationELB"
  metric_name = "UnHealthyHostCount"
  dimensions  = { LoadBalancerNAme = "gitlab" }
}
---
Resources:
  OrdersThrottled: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/DynamoDB, MetricName: UserErrors, Dimensions: [{Name: TableName, Value: orders}]}}
---
# CPU of a service stands under its cluster.
resource "aws_cloudwatch_metric_alarm" "idle" {
  alarm_name  = "idle"
  namespace   = "AWS/ECS"
  metric_name = "CPUUtilization"
  dimensions  = { ServiceName = "web" }
}
---
Resources:
  Late: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/DynamoDB, MetricName: ReplicationLatency, Dimensions: [{Name: TableName, Value: orders}]}}
---
Parameters: {Api: {Type: String}}
Resources:
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 4XXError, Dimensions: [{Name: ApiId, Value: !Ref Api}, {Name: Stage, Value: prod}]}}
---
Resources:
  Sick: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: UnHealthyHostCount, Dimensions: [{Name: LoadBalancer, Value: app/web/50dc6c495c0c9188}]}}
---
Resources:
  Late: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Kinesis, MetricName: GetRecords.IteratorAgeMilliseconds, Dimensions: [{Name: StreamName, Value: orders}, {Name: ShardId, Value: shardId-000000000000}]}}
---
resource "aws_cloudwatch_metric_alarm" "few" {
  alarm_name  = "few"
  namespace   = "AWS/NetworkELB"
  metric_name = "NewFlowCount"
  dimensions  = { LoadBalancer = "app/web/50dc6c495c0c9188" }
}
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}
  Paid: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [shop]}}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Events, MetricName: FailedInvocations, Dimensions: [{Name: RuleName, Value: !Select [2, !Split [/, !GetAtt Paid.Arn]]}]}}
---
# The function writes a metric of the same name to another namespace.
Resources:
  Memory: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: MemoryUtilization, Dimensions: [{Name: InstanceId, Value: i-0123456789abcdef0}]}}
  Measure:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          import boto3
          def handler(event, context):
              boto3.client("cloudwatch").put_metric_data(
                  Namespace="Shop", MetricData=[{"MetricName": "MemoryUtilization", "Value": event["memory"]}]
              )
---
Resources:
  Cache: {Type: AWS::ElastiCache::ReplicationGroup}
  Full: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ElastiCache, MetricName: FreeableMemory, Dimensions: [{Name: ReplicationGroupId, Value: !Ref Cache}]}}
---
Resources:
  Home: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: Canary, Value: home}]}}
---
resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name  = "memory"
  namespace   = "LambdaInsights"
  metric_name = "memory_utilization"
  dimensions  = { FunctionName = "orders" }
}
---
resource "aws_cloudwatch_metric_alarm" "few" {
  alarm_name  = "few"
  namespace   = "ECS/ContainerInsights"
  metric_name = "RunningTaskCount"
  dimensions  = { ClusterName = "shop" }
}
---
Resources:
  Busy: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: ECS/ContainerInsights, MetricName: CPUUtilization, Dimensions: [{Name: ClusterName, Value: shop}, {Name: ServiceName, Value: web}]}}
---
resource "aws_cloudfront_distribution" "site" {}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/CloudFront"
  metric_name = "5xxErrorRate"

  dimensions = {
    DistributionId = aws_cloudfront_distribution.site.id
  }
}
"""

GOOD = """
Parameters: {Step: {Type: String}, Dimension: {Type: String}}
Resources:
  Home: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: home}]}}
  Any: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: Failed, Dimensions: [{Name: !Ref Dimension, Value: home}]}}
  # All canaries together.
  All: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: Failed}}
  Step: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: Duration, Dimensions: [{Name: CanaryName, Value: home}, {Name: StepName, Value: !Ref Step}]}}
  Few: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: ECS/ContainerInsights, MetricName: RunningTaskCount, Dimensions: [{Name: ClusterName, Value: shop}, {Name: ServiceName, Value: web}]}}
  Busy: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: ECS/ContainerInsights, MetricName: CpuUtilized, Dimensions: [{Name: ClusterName, Value: shop}]}}
  Task: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: ECS/ContainerInsights, MetricName: TaskCpuUtilization, Dimensions: [{Name: ClusterName, Value: shop}, {Name: ServiceName, Value: web}, {Name: TaskId, Value: "1"}]}}
  Memory: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: LambdaInsights, MetricName: memory_utilization, Dimensions: [{Name: function_name, Value: orders}]}}
---
Parameters: {Metric: {Type: String}, Dimension: {Type: String}}
Resources:
  OfRole: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ElastiCache, MetricName: EngineCPUUtilization, Dimensions: [{Name: ReplicationGroupId, Value: sessions}, {Name: Role, Value: Primary}]}}
  OfNode: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ElastiCache, MetricName: FreeableMemory, Dimensions: [{Name: CacheClusterId, Value: sessions-001}]}}
  Serverless: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ElastiCache, MetricName: BytesUsedForCache, Dimensions: [{Name: clusterId, Value: sessions}]}}
  OfGroup: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ElastiCache, MetricName: DatabaseMemoryUsageCountedForEvictPercentage, Dimensions: [{Name: ReplicationGroupId, Value: sessions}]}}
  ScalesGroup: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ElastiCache, MetricName: DatabaseMemoryUsagePercentage, Dimensions: [{Name: ReplicationGroupId, Value: sessions}]}}
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: orders}]}}
  # As Firehose calls it in older editions of its guide.
  Late: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToElasticsearch.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: orders}]}}
  Connected: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ECS, MetricName: RequestCount, Dimensions: [{Name: ClusterName, Value: shop}, {Name: DiscoveryName, Value: web}]}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: !Ref Metric, Dimensions: [{Name: !Ref Dimension, Value: orders}]}}
  Pipe: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EventBridge/Pipes, MetricName: ExecutionFailed, Dimensions: [{Name: PipeName, Value: orders}]}}
  Bill: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Billing, MetricName: EstimatedCharges, Dimensions: [{Name: Currency, Value: USD}]}}
  AllFunctions: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: ConcurrentExecutions}}
  Calls: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Usage, MetricName: CallCount, Dimensions: [{Name: Service, Value: DynamoDB}]}}
  Certificate: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/CertificateManager, MetricName: DaysToExpiry, Dimensions: [{Name: CertificateArn, Value: arn}]}}
  NewService: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Teleport, MetricName: Arrivals}}
  Own: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop/SQS, MetricName: Lost}}
  Http: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP}}
  OfHttp: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5xx, Dimensions: [{Name: ApiId, Value: !Ref Http}]}}
  OfRest: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Dimensions: [{Name: ApiName, Value: shop}]}}
  Vpc: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: NetworkAddressUsage, Dimensions: [{Name: Per-VPC Metrics, Value: vpc-1}]}}
  Expired: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/DynamoDB, MetricName: ConsumedWriteCapacityUnits, Dimensions: [{Name: TableName, Value: orders}, {Name: Source, Value: TTL}]}}
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/DynamoDB, MetricName: UserErrors}}
  Shard: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ElastiCache, MetricName: EngineCPUUtilization, Dimensions: [{Name: ReplicationGroupId, Value: orders}, {Name: NodeGroupId, Value: "0001"}]}}
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}
  Full: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/RDS, MetricName: FreeStorageSpace, Dimensions: [{Name: DBInstanceIdentifier, Value: !Ref Database}]}}
---
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions = {
    FunctionName = "orders"
    Resource     = "orders:live"
  }
}
---
variable "dimensions" {
  type = map(string)
}

# What the caller gives may hold the name of the cluster.
resource "aws_cloudwatch_metric_alarm" "idle" {
  alarm_name  = "idle"
  namespace   = "AWS/ECS"
  metric_name = "CPUUtilization"
  dimensions  = merge({ ServiceName = "web" }, var.dimensions)
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/ECS"
  metric_name = "CPUUtilization"
  dimensions  = { ClusterName = "shop", ServiceName = "web" }
}
---
Parameters: {Extra: {Type: String}}
Resources:
  Sick: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: UnHealthyHostCount, Dimensions: [{Name: LoadBalancer, Value: app/web/50dc6c495c0c9188}, {Name: TargetGroup, Value: targetgroup/web/73e2d6bc24d8a067}]}}
  PerTarget: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: RequestCountPerTarget, Dimensions: [{Name: TargetGroup, Value: targetgroup/web/73e2d6bc24d8a067}]}}
  Late: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/DynamoDB, MetricName: ReplicationLatency, Dimensions: [{Name: TableName, Value: orders}, {Name: !Ref Extra, Value: eu-west-1}]}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/DynamoDB, MetricName: SuccessfulRequestLatency, Dimensions: [{Name: TableName, Value: orders}, {Name: Operation, Value: GetItem}]}}
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}
  Paid: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [shop]}}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day)}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Events, MetricName: FailedInvocations, Dimensions: [{Name: EventBusName, Value: !Ref Bus}, {Name: RuleName, Value: !Select [2, !Split [/, !GetAtt Paid.Arn]]}]}}
  Late: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Events, MetricName: FailedInvocations, Dimensions: [{Name: RuleName, Value: !Ref Nightly}]}}
---
Resources:
  Full: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ECS, MetricName: ContainerCapacity, Dimensions: [{Name: ClusterName, Value: shop}], Statistic: Minimum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: LessThanThreshold}}
  Capacity:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Code:
        ZipFile: |
          import boto3
          def handler(event, context):
              boto3.client("cloudwatch").put_metric_data(
                  Namespace="AWS/ECS", MetricData=[{"MetricName": "ContainerCapacity", "Value": 1}]
              )
---
resource "aws_cloudwatch_metric_alarm" "full" {
  alarm_name  = "full"
  namespace   = "AWS/ECS"
  metric_name = "ContainerCapacity"
  dimensions  = { ClusterName = "shop" }
}

resource "aws_cloudwatch_log_metric_filter" "full" {
  name           = "full"
  log_group_name = "capacity"
  pattern        = "{ $.capacity = * }"

  metric_transformation {
    namespace = "AWS/ECS"
    name      = "ContainerCapacity"
    value     = "$.capacity"
  }
}
"""
