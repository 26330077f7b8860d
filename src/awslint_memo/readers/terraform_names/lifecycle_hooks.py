"""Lifecycle hooks of Auto Scaling groups."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_autoscaling_lifecycle_hook": TypeMap(
        "AWS::AutoScaling::LifecycleHook",
        {
            "AutoScalingGroupName": PropertyMap("autoscaling_group_name"),
            "NotificationTargetARN": PropertyMap("notification_target_arn"),
        },
        attributes={"id": "Ref"},
    ),
}
