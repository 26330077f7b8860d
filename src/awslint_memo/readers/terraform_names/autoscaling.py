"""Amazon EC2 Auto Scaling, what scales its groups, and the subnets that they launch into."""

from awslint_memo.readers.property_maps import Companion, Translation, Word

_GROUP = "AWS::AutoScaling::AutoScalingGroup"

TRANSLATIONS = {
    "aws_autoscaling_group": Translation(
        _GROUP,
        {
            "AutoScalingGroupName": Word("name"),
            "AvailabilityZoneIds": Word(""),
            "AvailabilityZones": Word("availability_zones"),
            "Cooldown": Word("default_cooldown"),
            "DesiredCapacity": Word("desired_capacity"),
            "HealthCheckType": Word("health_check_type"),
            "LaunchTemplate": Word(
                "launch_template",
                within={
                    "LaunchTemplateId": Word("id"),
                    "LaunchTemplateName": Word("name"),
                    "Version": Word("version"),
                },
            ),
            "LifecycleHookSpecificationList": Word(
                "initial_lifecycle_hook", within={"NotificationTargetARN": Word("notification_target_arn")}, many=True
            ),
            "LoadBalancerNames": Word("load_balancers"),
            "MaxSize": Word("max_size"),
            "MinSize": Word("min_size"),
            "MixedInstancesPolicy": Word(
                "mixed_instances_policy",
                within={
                    "LaunchTemplate": Word(
                        "launch_template",
                        within={
                            "LaunchTemplateSpecification": Word(
                                "launch_template_specification",
                                within={
                                    "LaunchTemplateId": Word("launch_template_id"),
                                    "LaunchTemplateName": Word("launch_template_name"),
                                    "Version": Word("version"),
                                },
                            )
                        },
                    )
                },
            ),
            "PlacementGroup": Word("placement_group"),
            "Tags": Word("tag", older="tags", many=True, within={"Key": Word("key")}),
            "TargetGroupARNs": Word("target_group_arns"),
            "TerminationPolicies": Word("termination_policies"),
            "TrafficSources": Word(
                "traffic_source", many=True, within={"Identifier": Word("identifier"), "Type": Word("type")}
            ),
            "VPCZoneIdentifier": Word("vpc_zone_identifier"),
        },
        attributes={"arn": "AutoScalingGroupARN", "id": "Ref", "name": "Ref"},
        beside={
            "InstanceRefreshAlarms": Word("instance_refresh.preferences.alarm_specification.alarms"),
            "UpdatePolicy": Word(
                "",
                within={
                    "AutoScalingInstanceRefresh": Word("instance_refresh", within={"Strategy": Word("strategy")}),
                    "AutoScalingRollingUpdate": Word(""),
                },
            ),
            "WarmPool": Word("warm_pool", within={"MinSize": Word("min_size"), "PoolState": Word("pool_state")}),
        },
    ),
    "aws_autoscaling_policy": Translation(
        "AWS::AutoScaling::ScalingPolicy",
        {
            "AdjustmentType": Word("adjustment_type"),
            "AutoScalingGroupName": Word("autoscaling_group_name"),
            "Cooldown": Word("cooldown"),
            "PolicyName": Word("name"),
            "PolicyType": Word("policy_type"),
            "PredictiveScalingConfiguration": Word(
                "predictive_scaling_configuration",
                within={"MaxCapacityBreachBehavior": Word("max_capacity_breach_behavior"), "Mode": Word("mode")},
            ),
            "ScalingAdjustment": Word("scaling_adjustment"),
            "StepAdjustments": Word(
                "step_adjustment", many=True, within={"ScalingAdjustment": Word("scaling_adjustment")}
            ),
            "TargetTrackingConfiguration": Word(
                "target_tracking_configuration", within={"DisableScaleIn": Word("disable_scale_in")}
            ),
        },
        attributes={"arn": "Arn", "name": "PolicyName"},
        beside={"Enabled": Word("enabled")},
    ),
    "aws_autoscaling_schedule": Translation(
        "AWS::AutoScaling::ScheduledAction",
        {
            "AutoScalingGroupName": Word("autoscaling_group_name"),
            "DesiredCapacity": Word("desired_capacity", default=0),
            "MaxSize": Word("max_size", default=0),
            "MinSize": Word("min_size", default=0),
        },
    ),
    "aws_ecs_capacity_provider": Translation(
        "AWS::ECS::CapacityProvider",
        {
            "AutoScalingGroupProvider": Word(
                "auto_scaling_group_provider", within={"AutoScalingGroupArn": Word("auto_scaling_group_arn")}
            )
        },
        attributes={"name": "Ref"},
    ),
    "aws_subnet": Translation(
        "AWS::EC2::Subnet",
        {"AvailabilityZone": Word("availability_zone"), "AvailabilityZoneId": Word("availability_zone_id")},
        attributes={"id": "Ref"},
    ),
}

COMPANIONS = {
    "aws_autoscaling_attachment": Companion(
        _GROUP,
        "autoscaling_group_name",
        {
            "LoadBalancerNames": Word("elb"),
            "TargetGroupARNs": Word("lb_target_group_arn", older="alb_target_group_arn"),
        },
    ),
    "aws_autoscaling_group_tag": Companion(_GROUP, "autoscaling_group_name", {"Key": Word("tag.key")}, into="Tags"),
    "aws_autoscaling_traffic_source_attachment": Companion(
        _GROUP,
        "autoscaling_group_name",
        {"Identifier": Word("traffic_source.identifier"), "Type": Word("traffic_source.type")},
        into="TrafficSources",
    ),
}

SEVERAL = ("AWS::AutoScaling::WarmPool",)
"""A block of the group in Terraform."""
