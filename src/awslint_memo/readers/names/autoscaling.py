"""Amazon EC2 Auto Scaling, and the subnets that its groups launch into."""

from awslint_memo.readers.words import Translation, Word

TRANSLATIONS = {
    "aws_autoscaling_group": Translation(
        "AWS::AutoScaling::AutoScalingGroup",
        {
            "AutoScalingGroupName": Word("name"),
            "AvailabilityZoneIds": Word(""),
            "AvailabilityZones": Word("availability_zones"),
            "LifecycleHookSpecificationList": Word(
                "initial_lifecycle_hook", within={"NotificationTargetARN": Word("notification_target_arn")}, many=True
            ),
            "MaxSize": Word("max_size"),
            "MinSize": Word("min_size"),
            "PlacementGroup": Word("placement_group"),
            "VPCZoneIdentifier": Word("vpc_zone_identifier"),
        },
        attributes={"arn": "AutoScalingGroupARN", "id": "Ref", "name": "Ref"},
        beside={"InstanceRefreshAlarms": Word("instance_refresh.preferences.alarm_specification.alarms")},
    ),
    "aws_subnet": Translation(
        "AWS::EC2::Subnet",
        {"AvailabilityZone": Word("availability_zone"), "AvailabilityZoneId": Word("availability_zone_id")},
        attributes={"id": "Ref"},
    ),
}
