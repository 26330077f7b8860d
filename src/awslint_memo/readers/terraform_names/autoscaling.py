"""Amazon EC2 Auto Scaling, what scales its groups, and the subnets that they launch into."""

from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap

_GROUP = "AWS::AutoScaling::AutoScalingGroup"

TYPE_MAPS = {
    "aws_autoscaling_group": TypeMap(
        _GROUP,
        {
            "AutoScalingGroupName": PropertyMap("name"),
            "AvailabilityZoneIds": PropertyMap(""),
            "AvailabilityZones": PropertyMap("availability_zones"),
            "Cooldown": PropertyMap("default_cooldown"),
            "DesiredCapacity": PropertyMap("desired_capacity"),
            "DesiredCapacityType": PropertyMap("desired_capacity_type"),
            "HealthCheckGracePeriod": PropertyMap("health_check_grace_period", default=300),
            "HealthCheckType": PropertyMap("health_check_type"),
            "LaunchTemplate": PropertyMap(
                "launch_template",
                within={
                    "LaunchTemplateId": PropertyMap("id"),
                    "LaunchTemplateName": PropertyMap("name"),
                    "Version": PropertyMap("version"),
                },
            ),
            "LifecycleHookSpecificationList": PropertyMap(
                "initial_lifecycle_hook",
                within={"NotificationTargetARN": PropertyMap("notification_target_arn")},
                many=True,
            ),
            "LoadBalancerNames": PropertyMap("load_balancers"),
            "MaxSize": PropertyMap("max_size"),
            "MinSize": PropertyMap("min_size"),
            "MixedInstancesPolicy": PropertyMap(
                "mixed_instances_policy",
                within={
                    "LaunchTemplate": PropertyMap(
                        "launch_template",
                        within={
                            "LaunchTemplateSpecification": PropertyMap(
                                "launch_template_specification",
                                within={
                                    "LaunchTemplateId": PropertyMap("launch_template_id"),
                                    "LaunchTemplateName": PropertyMap("launch_template_name"),
                                    "Version": PropertyMap("version"),
                                },
                            ),
                            "Overrides": PropertyMap(
                                "override",
                                within={
                                    "ImageId": PropertyMap(""),
                                    "InstanceRequirements": PropertyMap("instance_requirements"),
                                    "LaunchTemplateSpecification": PropertyMap(
                                        "launch_template_specification",
                                        within={
                                            "LaunchTemplateId": PropertyMap("launch_template_id"),
                                            "LaunchTemplateName": PropertyMap("launch_template_name"),
                                        },
                                    ),
                                },
                                many=True,
                            ),
                        },
                    )
                },
            ),
            "PlacementGroup": PropertyMap("placement_group"),
            "Tags": PropertyMap("tag", older="tags", many=True, within={"Key": PropertyMap("key")}),
            "TargetGroupARNs": PropertyMap("target_group_arns"),
            "TerminationPolicies": PropertyMap("termination_policies"),
            "TrafficSources": PropertyMap(
                "traffic_source",
                many=True,
                within={"Identifier": PropertyMap("identifier"), "Type": PropertyMap("type")},
            ),
            "VPCZoneIdentifier": PropertyMap("vpc_zone_identifier"),
        },
        attributes={"arn": "AutoScalingGroupARN", "id": "Ref", "name": "Ref"},
        beside={
            "UpdatePolicy": PropertyMap(
                "",
                within={
                    "AutoScalingInstanceRefresh": PropertyMap(
                        "instance_refresh", within={"Strategy": PropertyMap("strategy")}
                    ),
                    "AutoScalingRollingUpdate": PropertyMap(""),
                },
            ),
        },
        settings={
            "instance_refresh_alarms": PropertyMap("instance_refresh.preferences.alarm_specification.alarms"),
            "warm_pool": PropertyMap(
                "warm_pool", within={"MinSize": PropertyMap("min_size"), "PoolState": PropertyMap("pool_state")}
            ),
        },
    ),
    "aws_autoscaling_policy": TypeMap(
        "AWS::AutoScaling::ScalingPolicy",
        {
            "AdjustmentType": PropertyMap("adjustment_type"),
            "AutoScalingGroupName": PropertyMap("autoscaling_group_name"),
            "Cooldown": PropertyMap("cooldown"),
            "PolicyName": PropertyMap("name"),
            "PolicyType": PropertyMap("policy_type"),
            "PredictiveScalingConfiguration": PropertyMap(
                "predictive_scaling_configuration",
                within={
                    "MaxCapacityBreachBehavior": PropertyMap("max_capacity_breach_behavior"),
                    "Mode": PropertyMap("mode"),
                },
            ),
            "ScalingAdjustment": PropertyMap("scaling_adjustment"),
            "StepAdjustments": PropertyMap(
                "step_adjustment", many=True, within={"ScalingAdjustment": PropertyMap("scaling_adjustment")}
            ),
            "TargetTrackingConfiguration": PropertyMap(
                "target_tracking_configuration", within={"DisableScaleIn": PropertyMap("disable_scale_in")}
            ),
        },
        attributes={"arn": "Arn", "name": "PolicyName"},
        settings={"enabled": PropertyMap("enabled")},
    ),
    "aws_autoscaling_schedule": TypeMap(
        "AWS::AutoScaling::ScheduledAction",
        {
            "AutoScalingGroupName": PropertyMap("autoscaling_group_name"),
            "DesiredCapacity": PropertyMap("desired_capacity", default=0),
            "MaxSize": PropertyMap("max_size", default=0),
            "MinSize": PropertyMap("min_size", default=0),
        },
    ),
    "aws_ecs_capacity_provider": TypeMap(
        "AWS::ECS::CapacityProvider",
        {
            "AutoScalingGroupProvider": PropertyMap(
                "auto_scaling_group_provider", within={"AutoScalingGroupArn": PropertyMap("auto_scaling_group_arn")}
            )
        },
        attributes={"name": "Ref"},
    ),
    "aws_subnet": TypeMap(
        "AWS::EC2::Subnet",
        {
            "AvailabilityZone": PropertyMap("availability_zone"),
            "AvailabilityZoneId": PropertyMap("availability_zone_id"),
        },
        attributes={"id": "Ref"},
    ),
}

COMPANIONS = {
    "aws_autoscaling_attachment": Companion(
        _GROUP,
        "autoscaling_group_name",
        {
            "LoadBalancerNames": PropertyMap("elb"),
            "TargetGroupARNs": PropertyMap("lb_target_group_arn", older="alb_target_group_arn"),
        },
    ),
    "aws_autoscaling_group_tag": Companion(
        _GROUP, "autoscaling_group_name", {"Key": PropertyMap("tag.key")}, into="Tags"
    ),
    "aws_autoscaling_traffic_source_attachment": Companion(
        _GROUP,
        "autoscaling_group_name",
        {"Identifier": PropertyMap("traffic_source.identifier"), "Type": PropertyMap("traffic_source.type")},
        into="TrafficSources",
    ),
}

SEVERAL = ("AWS::AutoScaling::WarmPool",)
"""Types that are a block of the group in Terraform."""
