"""What an alarm watches should be switched on.

An Auto Scaling group writes its Group metrics only if it collects metrics, an API those of single methods or routes only
with detailed metrics, a stream those of single shards only with enhanced monitoring. Otherwise the alarm deploys and
stays in INSUFFICIENT_DATA.

What to do: enable the metrics of the resource, as the message says, or watch a metric that it has without.
"""

from awslint_memo import Findings, Resource, alarms, enabled_metrics, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html",
    fix="safe",
)
def check(alarm: Resource) -> Findings:
    for metric in alarms.metrics(alarm):
        if (missing := enabled_metrics.missing(metric, alarm.deployment)) is not None:
            message = (
                f"is {metric.name.text}, which {missing.resource.title} does not write, so the alarm never has data"
            )
            related = [(missing.setting, "where it is enabled")]
            do = f"{missing.remedy} of {missing.resource.title}"
            yield alarm.finding(metric.name, message, of="MetricName", do=do, related=related, fix=missing.fix)


BAD = """
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: "1", MaxSize: "3"}
  Few: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/AutoScaling, MetricName: GroupInServiceInstances, Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Group}]}}
---
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "3"
      MetricsCollection:
        - Granularity: 1Minute
          Metrics:
            - GroupMinSize
  Few: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/AutoScaling, MetricName: GroupInServiceInstances, Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Group}]}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      StageName: live
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Dimensions: [{Name: ApiName, Value: shop}, {Name: Stage, Value: live}, {Name: Method, Value: GET}, {Name: Resource, Value: /orders}]}}
---
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP}}
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: $default
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5xx, Dimensions: [{Name: ApiId, Value: !Ref Api}, {Name: Route, Value: GET /orders}]}}
---
resource "aws_kinesis_stream" "orders" {
  name        = "orders"
  shard_count = 2
}

resource "aws_cloudwatch_metric_alarm" "hot" {
  alarm_name  = "hot"
  namespace   = "AWS/Kinesis"
  metric_name = "IncomingBytes"
  dimensions = {
    StreamName = aws_kinesis_stream.orders.name
    ShardId    = "shardId-000000000000"
  }
}
---
resource "aws_autoscaling_group" "web" {
  min_size = 1
  max_size = 3
}

resource "aws_cloudwatch_metric_alarm" "few" {
  alarm_name  = "few"
  namespace   = "AWS/AutoScaling"
  metric_name = "GroupInServiceInstances"
  dimensions = {
    AutoScalingGroupName = aws_autoscaling_group.web.name
  }
}
---
Parameters: {ApiId: {Type: String}, ApiName: {Type: String}}
Resources:
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref ApiId, StageName: live}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{Name: ApiName, Value: !Ref ApiName}, {Name: Stage, Value: !Ref Live}, {Name: Method, Value: GET}, {Name: Resource, Value: /search}]}}
"""

GOOD = """
Parameters: {ApiId: {Type: String}, ApiName: {Type: String}}
Resources:
  Live:
    Type: AWS::ApiGateway::Stage
    Properties: {RestApiId: !Ref ApiId, StageName: live, MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", MetricsEnabled: true}]}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{Name: ApiName, Value: !Ref ApiName}, {Name: Stage, Value: !Ref Live}, {Name: Method, Value: GET}, {Name: Resource, Value: /search}]}}
---
Parameters: {Metrics: {Type: CommaDelimitedList}, Name: {Type: String}, On: {Type: String}}
Resources:
  All: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "3", MetricsCollection: [{Granularity: 1Minute}]}}
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "3", MetricsCollection: [{Granularity: 1Minute, Metrics: !Ref Metrics}]}}
  Few: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/AutoScaling, MetricName: GroupInServiceInstances, Dimensions: [{Name: AutoScalingGroupName, Value: !Ref All}]}}
  Fewer: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/AutoScaling, MetricName: GroupInServiceInstances, Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Unknown}]}}
  Elsewhere: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/AutoScaling, MetricName: GroupInServiceInstances, Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Name}]}}
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Stage: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: live, MethodSettings: [{HttpMethod: "*", ResourcePath: /*, MetricsEnabled: !Ref On}]}}
  OfStage: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Dimensions: [{Name: ApiName, Value: shop}, {Name: Stage, Value: live}]}}
  OfMethod: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5XXError, Dimensions: [{Name: ApiName, Value: shop}, {Name: Method, Value: GET}, {Name: Resource, Value: /orders}]}}
  Http: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: orders, ProtocolType: HTTP}}
  Default: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Http, StageName: $default, RouteSettings: {GET /orders: {DetailedMetricsEnabled: true}}}}
  OfRoute: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApiGateway, MetricName: 5xx, Dimensions: [{Name: ApiId, Value: !Ref Http}, {Name: Route, Value: GET /orders}]}}
---
resource "aws_kinesis_stream" "orders" {
  name                = "orders"
  shard_count         = 2
  shard_level_metrics = ["IncomingBytes"]
}

resource "aws_cloudwatch_metric_alarm" "hot" {
  alarm_name  = "hot"
  namespace   = "AWS/Kinesis"
  metric_name = "IncomingBytes"
  dimensions = {
    StreamName = aws_kinesis_stream.orders.name
    ShardId    = "shardId-000000000000"
  }
}

resource "aws_cloudwatch_metric_alarm" "stream" {
  alarm_name  = "stream"
  namespace   = "AWS/Kinesis"
  metric_name = "IncomingRecords"
  dimensions = {
    StreamName = aws_kinesis_stream.orders.name
  }
}

resource "aws_autoscaling_group" "web" {
  min_size        = 1
  max_size        = 3
  enabled_metrics = ["GroupInServiceInstances"]
}

resource "aws_cloudwatch_metric_alarm" "few" {
  alarm_name  = "few"
  namespace   = "AWS/AutoScaling"
  metric_name = "GroupInServiceInstances"
  dimensions = {
    AutoScalingGroupName = aws_autoscaling_group.web.name
  }
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  stage_name    = "live"
  deployment_id = "abc"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = aws_api_gateway_stage.live.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled = true
  }
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/ApiGateway"
  metric_name = "5XXError"
  dimensions = {
    ApiName  = aws_api_gateway_rest_api.shop.name
    Stage    = aws_api_gateway_stage.live.stage_name
    Method   = "GET"
    Resource = "/orders"
  }
}
"""

FIXED = """
-    Properties: {MinSize: "1", MaxSize: "3"}
+    Properties: {MinSize: "1", MaxSize: "3", MetricsCollection: [{Granularity: "1Minute"}]}
---
             - GroupMinSize
+            - GroupInServiceInstances
---
       StageName: live
+      MethodSettings:
+        - HttpMethod: "*"
+          ResourcePath: "/*"
+          MetricsEnabled: true
---
       StageName: $default
+      DefaultRouteSettings:
+        DetailedMetricsEnabled: true
---
-  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref ApiId, StageName: live}}
+  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref ApiId, StageName: live, MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", MetricsEnabled: true}]}}
"""
