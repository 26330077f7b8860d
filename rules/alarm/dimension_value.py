"""An alarm's dimension should have the identifier that CloudWatch uses for the resource.

If a dimension is set to a queue's URL, to the ARN of a topic or a load balancer, or to an API's id, the alarm watches a
metric that does not exist. It deploys, and stays in INSUFFICIENT_DATA whatever happens. REST APIs are known by ApiName,
HTTP and WebSocket APIs by ApiId, a database cluster by DBClusterIdentifier and its instances by DBInstanceIdentifier, and
the nodes of a replication group each by its own CacheClusterId.

What to do: set the dimension to the attribute that the message names. For an alias or a version of a function, set
FunctionName to the function's name and the dimension Resource to the name with the alias.
"""

from awslint_memo import Findings, Link, Resource, alarms, dimension_names, rule


@rule(
    level="error",
    widened={
        "0.2": "APIs, clusters and groups under the dimension of another kind, ARNs that are written as text, Region of CloudFront"
    },
    resource="AWS::CloudWatch::Alarm",
    memo="EC2 インスタンスの CPU 使用率をモニタリングする場合、インスタンス ID がディメンションとなります。",
    aws="AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
)
def check(alarm: Resource) -> Findings:
    for metric in alarms.metrics(alarm):
        for dimension in metric.dimensions:
            wrong = dimension_names.wrong(metric, dimension, alarm.deployment)
            if wrong is None:
                continue
            of = "" if wrong.resource is None else f" of {wrong.resource.title}"
            never = "never gets" if wrong.is_sure else "may never get"
            message = f"sets the dimension {dimension.name.text} to {wrong.what}{of}, so it {never} data"
            yield alarm.finding(
                dimension.value,
                message,
                do=wrong.remedy,
                related=[] if wrong.resource is None else [(wrong.resource, "the resource")],
                since=wrong.since,
                level=None if wrong.is_sure else "advice",
                # The API has the same name as the alarm writes, whatever the parameters in it are.
                is_of_any_value=not isinstance(dimension.value, Link) and wrong.resource is not None,
            )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !Ref Orders}]}}
---
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties: {Metrics: [{Id: e, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_ELB_5XX_Count, Dimensions: [{Name: LoadBalancer, Value: !Ref Balancer}]}}}]}
---
resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  dimensions = {
    TopicName = aws_sns_topic.orders.arn
  }
}
---
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5xx, Dimensions: [{Name: ApiName, Value: !Ref Api}]}}
---
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: !Sub "shop-${AWS::StackName}", ProtocolType: HTTP}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{Name: ApiName, Value: !Sub "shop-${AWS::StackName}"}]}}
---
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/ApiGateway"
  metric_name = "5XXError"
  dimensions = {
    ApiName = aws_apigatewayv2_api.shop.name
  }
}
---
resource "aws_db_instance" "orders" {
  engine = "postgres"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  dimensions = {
    DBInstanceIdentifier = aws_db_instance.orders.resource_id
  }
}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{Name: ApiId, Value: !Ref Api}]}}
---
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  dimensions = {
    DBInstanceIdentifier = aws_rds_cluster.orders.cluster_identifier
  }
}
---
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/ElastiCache"
  metric_name = "EngineCPUUtilization"
  dimensions = {
    CacheClusterId = aws_elasticache_replication_group.sessions.id
  }
}
---
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SNS, MetricName: NumberOfNotificationsFailed, Dimensions: [{Name: TopicName, Value: !Sub "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:orders"}]}}
---
Parameters:
  LoadBalancerArn: {Type: String}
Resources:
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_ELB_5XX_Count, Dimensions: [{Name: LoadBalancer, Value: !Ref LoadBalancerArn}]}}
---
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/CloudFront, MetricName: 5xxErrorRate, Dimensions: [{Name: DistributionId, Value: E1}, {Name: Region, Value: us-east-1}]}}
"""

GOOD = """
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

# An instance may have the name of its cluster.
resource "aws_rds_cluster_instance" "orders" {
  identifier         = "orders"
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r8g.large"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  dimensions = {
    DBInstanceIdentifier = aws_rds_cluster.orders.id
  }
}
---
Parameters:
  LoadBalancerArn: {Type: String}
Resources:
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_ELB_5XX_Count, Dimensions: [{Name: LoadBalancer, Value: !Select [1, !Split [loadbalancer/, !Ref LoadBalancerArn]]}]}}
---
resource "aws_db_instance" "orders" {
  engine = "postgres"
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  dimensions = {
    # The identifier, before version 5 of the provider.
    DBInstanceIdentifier = aws_db_instance.orders.id
  }
}
---
Parameters: {Queue: {Type: String}}
Resources:
  Broken: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/CloudFront, MetricName: 5xxErrorRate, Dimensions: [{Name: DistributionId, Value: E1}, {Name: Region, Value: Global}]}}
  Orders: {Type: AWS::SQS::Queue}
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !GetAtt Orders.QueueName}]}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: !Ref Queue}]}}
  Own: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Lost, Dimensions: [{Name: QueueName, Value: !Ref Orders}]}}
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/States, MetricName: ExecutionsFailed, Dimensions: [{Name: StateMachineArn, Value: !Ref Machine}]}}
  Api: {Type: AWS::ApiGatewayV2::Api}
  Rest: {Type: AWS::ApiGateway::RestApi, Properties: {Name: 注文}}
  OfRest: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{Name: ApiName, Value: !Ref Rest}]}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{Name: ApiId, Value: !Ref Api}]}}
---
resource "aws_lb" "front" {}

resource "aws_lambda_function" "f" {
  function_name = "f"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name  = "errors"
  namespace   = "AWS/ApplicationELB"
  metric_name = "HTTPCode_ELB_5XX_Count"
  dimensions = {
    LoadBalancer = aws_lb.front.arn_suffix
  }
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.f.function_name
  }
}
"""
