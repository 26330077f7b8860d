"""The steps of a Region switch plan should name what is there, in the Regions of the plan.

A step that names an Auto Scaling group, a service, a function or a database of one Region only has nothing to do when the
other one is activated; a Region that the plan is not for is never switched. A trigger on an alarm that the plan does not
know never starts it, and a name without a record switches no requests.

What to do: name a resource in each Region that a workflow activates; add alarms to AssociatedAlarms (Terraform:
associated_alarms); write the record's name as it stands in the hosted zone. What is of another stack is not checked.
"""

from awslint_memo import Findings, Resource, rule, switch_coverage


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ARCRegionSwitch::Plan",
    memo="必要に応じてトラフィックを切り替える",
    aws="arc-region-switch/latest/api/API_CreatePlan.html",
)
def check(plan: Resource) -> Findings:
    for miss in switch_coverage.misses(plan):
        yield plan.finding(miss.place, miss.words, do=miss.remedy)
        return


BAD = """
Resources:
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activePassive
      PrimaryRegion: eu-west-1
      Regions: [eu-west-1, eu-central-1]
      Workflows:
        - WorkflowTargetAction: activate
          WorkflowTargetRegion: eu-central-1
          Steps:
            - Name: scale
              ExecutionBlockType: EC2AutoScaling
              ExecutionBlockConfiguration: {Ec2AsgCapacityIncreaseConfig: {Asgs: [{Arn: "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:0:autoScalingGroupName/web"}]}}
---
Resources:
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activePassive
      PrimaryRegion: eu-west-1
      Regions: [eu-west-1, eu-central-1]
      AssociatedAlarms: {health: {AlarmType: trigger, ResourceIdentifier: "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:down"}}
      Triggers: [{Action: activate, TargetRegion: eu-central-1, MinDelayMinutesBetweenExecutions: 30, Conditions: [{AssociatedAlarmName: healthy, Condition: red}]}]
      Workflows: [{WorkflowTargetAction: activate, Steps: []}]
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "web" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}

resource "aws_arcregionswitch_plan" "switch" {
  recovery_approach = "activePassive"
  primary_region    = "eu-west-1"
  regions           = ["eu-west-1", "eu-central-1"]

  workflow {
    workflow_target_action = "activate"

    step {
      name                 = "switch"
      execution_block_type = "Route53HealthCheck"

      route53_health_check_config {
        hosted_zone_id = aws_route53_zone.main.zone_id
        record_name    = "api.example.com"
      }
    }
  }
}
---
resource "aws_arcregionswitch_plan" "switch" {
  recovery_approach = "activePassive"
  primary_region    = "us-east-1"
  regions           = ["eu-west-1", "eu-central-1"]

  workflow {
    workflow_target_action = "activate"
  }
}
---
resource "aws_arcregionswitch_plan" "switch" {
  recovery_approach = "activePassive"
  regions           = ["eu-west-1", "eu-central-1"]

  workflow {
    workflow_target_action = "activate"

    step {
      name                 = "promote"
      execution_block_type = "RdsPromoteReadReplica"

      rds_promote_read_replica_config {
        db_instance_arn_map = {
          "eu-west-1"    = "arn:aws:rds:eu-west-1:123456789012:db:orders"
          "eu-central-1" = "arn:aws:rds:eu-central-1:123456789012:db:orders"
          "us-east-1"    = "arn:aws:rds:us-east-1:123456789012:db:orders"
        }
      }
    }
  }
}
"""

GOOD = """
Parameters: {Group: {Type: String}, Alarm: {Type: String}}
Resources:
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activePassive
      PrimaryRegion: eu-west-1
      Regions: [eu-west-1, eu-central-1]
      AssociatedAlarms: {health: {AlarmType: trigger, ResourceIdentifier: "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:down"}}
      Triggers:
        - {Action: activate, TargetRegion: eu-central-1, MinDelayMinutesBetweenExecutions: 30, Conditions: [{AssociatedAlarmName: health, Condition: red}]}
        - {Action: activate, TargetRegion: eu-central-1, MinDelayMinutesBetweenExecutions: 30, Conditions: [{AssociatedAlarmName: !Ref Alarm, Condition: red}]}
      Workflows:
        - WorkflowTargetAction: activate
          Steps:
            - {Name: scale, ExecutionBlockType: EC2AutoScaling, ExecutionBlockConfiguration: {Ec2AsgCapacityIncreaseConfig: {Asgs: [{Arn: "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:0:autoScalingGroupName/web"}, {Arn: !Ref Group}]}}}
            - {Name: services, ExecutionBlockType: ECSServiceScaling, ExecutionBlockConfiguration: {EcsCapacityIncreaseConfig: {Services: [{ServiceArn: "arn:aws:ecs:eu-west-1:123456789012:service/a/b"}, {ServiceArn: "arn:aws:ecs:eu-central-1:123456789012:service/a/b"}]}}}
            - {Name: names, ExecutionBlockType: Route53HealthCheck, ExecutionBlockConfiguration: {Route53HealthCheckConfig: {HostedZoneId: Z1, RecordName: www.example.com, RecordSets: [{RecordSetIdentifier: a, Region: eu-west-1}, {RecordSetIdentifier: b, Region: eu-central-1}]}}}
---
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "web" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}

resource "aws_arcregionswitch_plan" "switch" {
  recovery_approach = "activePassive"
  primary_region    = "eu-west-1"
  regions           = ["eu-west-1", "eu-central-1"]

  associated_alarms {
    map_block_key       = "health"
    alarm_type          = "trigger"
    resource_identifier = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:down"
  }

  triggers {
    action                               = "activate"
    target_region                        = "eu-central-1"
    min_delay_minutes_between_executions = 30

    conditions {
      associated_alarm_name = "health"
      condition             = "red"
    }
  }

  workflow {
    workflow_target_action = "activate"

    step {
      name                 = "switch"
      execution_block_type = "Route53HealthCheck"

      route53_health_check_config {
        hosted_zone_id = aws_route53_zone.main.zone_id
        record_name    = "www.example.com"
      }
    }
  }
}
"""
