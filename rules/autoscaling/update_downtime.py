"""A group that gets requests should keep instances in service while they are replaced.

An instance refresh keeps the share MinHealthyPercentage of a group in service (90 % where nobody says it). With 0 it may end all
instances before the new ones are ready: nobody is served until they are, and a version that does not start is an outage. A rolling
update of CloudFormation that keeps none (MinInstancesInService is 0 by default) may do the same, with a batch as large as the group.

What to do: set MinHealthyPercentage to 90 (Terraform: min_healthy_percentage of instance_refresh), or MinInstancesInService above 0.
Groups without a load balancer (workers), of a single instance, and refreshes with checkpoints are not reported.
"""

from awslint_memo import Findings, Resource, autoscaling, group_updates, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="autoscaling/ec2/userguide/instance-refresh-overview.html",
    taste=True,
)
def check(group: Resource) -> Findings:
    front = next(autoscaling.fronts(group), None)
    if front is None or group.attribute("UpdatePolicy").is_absent:
        return  # Before another module is loaded.
    all_at_once = group_updates.at_once(group)
    if all_at_once is None:
        return
    least, batch = all_at_once
    if batch.is_absent:
        message = "so an instance refresh may replace all instances at the same time"
        related, do = [(front.place, "sends it requests")], "set it to 90, for example"
        name = group_updates.TOLD[group.language == "terraform"]
        of = name if least.route is None else ""
    else:
        message = f"so an update replaces up to {batch.text} instances at the same time, and the group has no more"
        related = [(batch, "the batch"), (group.get("MaxSize"), "the group")]
        do = "set MinInstancesInService to half of the instances"
        of = "UpdatePolicy.AutoScalingRollingUpdate." + ("MaxBatchSize" if least is batch else "MinInstancesInService")
    yield group.finding(least, message, of=of, do=do, related=related)


BAD = """
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: "0", MaxBatchSize: "4"}}, Properties: {MinSize: "2", MaxSize: "4", TargetGroupARNs: [!ImportValue Web]}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MaxBatchSize: 6}}, Properties: {MinSize: "2", MaxSize: "4", TargetGroupARNs: [!ImportValue Web]}}
---
Resources:
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingInstanceRefresh: {Strategy: Rolling, Preferences: {MinHealthyPercentage: 0}}}, Properties: {MinSize: "2", MaxSize: "4", TargetGroupARNs: [!ImportValue Web]}}
---
resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 4
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"]

  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 0
    }
  }
}
---
resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 4
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"]

  instance_maintenance_policy {
    min_healthy_percentage = 0
    max_healthy_percentage = 100
  }

  instance_refresh {
    strategy = "Rolling"
  }
}
"""

GOOD = """
Parameters: {Least: {Type: Number}, Most: {Type: Number}}
Resources:
  Half: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 0, MaxBatchSize: 2}}, Properties: {MinSize: "2", MaxSize: "4", TargetGroupARNs: [!ImportValue Web]}}
  One: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 0}}, Properties: {MinSize: "2", MaxSize: "4", TargetGroupARNs: [!ImportValue Web]}}
  Single: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 0, MaxBatchSize: 1}}, Properties: {MinSize: "0", MaxSize: "1", TargetGroupARNs: [!ImportValue Web]}}
  Unknown: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: !Ref Least, MaxBatchSize: 4}}, Properties: {MinSize: "2", MaxSize: "4", TargetGroupARNs: [!ImportValue Web]}}
  AnySize: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 0, MaxBatchSize: 4}}, Properties: {MinSize: "2", MaxSize: !Ref Most, TargetGroupARNs: [!ImportValue Web]}}
  Replaced: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: true}, AutoScalingRollingUpdate: {MinInstancesInService: 0, MaxBatchSize: 4}}, Properties: {MinSize: "2", MaxSize: "4", TargetGroupARNs: [!ImportValue Web]}}
  Workers: {Type: AWS::AutoScaling::AutoScalingGroup, UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 0, MaxBatchSize: 4}}, Properties: {MinSize: "2", MaxSize: "4"}}
---
resource "aws_autoscaling_group" "staged" {
  min_size          = 10
  max_size          = 40
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"]

  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 0
      checkpoint_percentages = [20, 60, 100]
    }
  }
}

resource "aws_autoscaling_group" "single" {
  min_size          = 1
  max_size          = 1
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"]

  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 0
    }
  }
}

resource "aws_autoscaling_group" "careful" {
  min_size          = 2
  max_size          = 4
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef"]

  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 50
    }
  }
}
"""
