"""A policy that follows requests for each target should name the load balancer and target group.

For ALBRequestCountPerTarget, and for the request counts of predictive scaling, ResourceLabel says whose requests are
meant: app/<load balancer>/<id>/targetgroup/<target group>/<id>, the ends of both ARNs. Without it, or with anything else,
AWS refuses the policy.

What to do: set ResourceLabel (Terraform: resource_label) to LoadBalancerFullName, a slash, and TargetGroupFullName
(Terraform: "${aws_lb.main.arn_suffix}/${aws_lb_target_group.web.arn_suffix}").
"""

from awslint_memo import Findings, Resource, rule, tracked_metrics


@rule(
    level="error",
    since="0.2",
    resource=("AWS::AutoScaling::ScalingPolicy", "AWS::ApplicationAutoScaling::ScalingPolicy"),
    memo="Target Tracking Scaling: 事前に設定したメトリクスの目標値を保ちながら",
    aws="autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html",
)
def check(policy: Resource) -> Findings:
    for specification in (tracked_metrics.tracked(policy), *tracked_metrics.forecast(policy)):
        kind, label = specification.get("PredefinedMetricType"), specification.get("ResourceLabel")
        if kind.text not in tracked_metrics.LABELLED:
            continue
        whole = LABEL[policy.language]
        if label.is_absent:
            message = "but there is no ResourceLabel, so AWS refuses the policy"
            yield policy.finding(kind, message, of="PredefinedMetricType", do=f"add one: {whole}")
        elif (wrong := tracked_metrics.wrong_label(policy, label)) is not None:
            message = f"{wrong}, so AWS refuses it for {kind.text}"
            of, related = str(label.route), [(kind, "the metric")]
            yield policy.finding(label, message, of=of, do=f"set it to {whole}", related=related)


LABEL = {
    "cloudformation": "LoadBalancerFullName, a slash, and TargetGroupFullName",
    "terraform": "arn_suffix of the load balancer, a slash, and that of the target group",
}


BAD = """
Resources:
  Requests: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget}}}}
---
Resources:
  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
  Follow: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !GetAtt Group.TargetGroupFullName}}}}
---
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
  Follow: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !Sub "${Balancer.LoadBalancerFullName}/${Group}"}}}}
---
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
  Follow: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling, TargetTrackingScalingPolicyConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !Join ["", [!GetAtt Balancer.LoadBalancerFullName, !GetAtt Group.TargetGroupFullName]]}}}}
---
Resources:
  Follow: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: loadbalancer/app/web/0123456789abcdef/targetgroup/web/0123456789abcdef}}}}
---
Parameters: {Balancer: {Type: String}, TargetsArn: {Type: String}}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "3", TargetGroupARNs: [!Ref TargetsArn]}}
  Follow: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !Join [/, [!Ref Balancer, !Ref TargetsArn]]}}}}
---
data "aws_lb" "shared" {
  name = "shared"
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"
}

resource "aws_appautoscaling_policy" "requests" {
  policy_type        = "TargetTrackingScaling"
  resource_id        = "service/shop/web"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value = 500

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${data.aws_lb.shared.arn}/${aws_lb_target_group.web.arn_suffix}"
    }
  }
}
---
Resources:
  Ahead: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: PredictiveScaling, PredictiveScalingConfiguration: {MetricSpecifications: [{TargetValue: 500, PredefinedMetricPairSpecification: {PredefinedMetricType: ALBRequestCount}}]}}}
---
resource "aws_lb" "web" {
  subnets = ["a", "b"]
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "v"
}

resource "aws_autoscaling_policy" "requests" {
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = "web"

  target_tracking_configuration {
    target_value = 500

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb_target_group.web.arn_suffix}/${aws_lb.web.arn_suffix}"
    }
  }
}
---
resource "aws_appautoscaling_policy" "requests" {
  policy_type        = "TargetTrackingScaling"
  resource_id        = "service/shop/web"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value = 500

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
    }
  }
}
"""

GOOD = """
Parameters: {Label: {Type: String}, Metric: {Type: String}, Group: {Type: String}, Arn: {Type: String}}
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "3", TargetGroupARNs: [!Ref Arn]}}
  OfArn: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: !Ref Web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !Join [/, [!Ref Label, !Select [5, !Split [":", !Ref Arn]]]]}}}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
  Both: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !Sub "${Balancer.LoadBalancerFullName}/${Targets.TargetGroupFullName}"}}}}
  Written: {Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: {PolicyType: TargetTrackingScaling, TargetTrackingScalingPolicyConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: app/web/0123456789abcdef/targetgroup/web/0123456789abcdef}}}}
  AnyLabel: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !Ref Label}}}}
  AnyGroup: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !Sub "app/web/0123456789abcdef/${Group}"}}}}
  AnyMetric: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 500, PredefinedMetricSpecification: {PredefinedMetricType: !Ref Metric}}}}
  Cpu: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: TargetTrackingScaling, TargetTrackingConfiguration: {TargetValue: 50, PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}}}}
  Ahead: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: PredictiveScaling, PredictiveScalingConfiguration: {MetricSpecifications: [{TargetValue: 50, PredefinedMetricPairSpecification: {PredefinedMetricType: ASGCPUUtilization}}]}}}
---
resource "aws_lb" "web" {}

resource "aws_lb_target_group" "web" {}

resource "aws_autoscaling_policy" "requests" {
  policy_type            = "TargetTrackingScaling"
  autoscaling_group_name = "web"

  target_tracking_configuration {
    target_value = 500

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = join("/", [aws_lb.web.arn_suffix, aws_lb_target_group.web.arn_suffix])
    }
  }
}
"""
