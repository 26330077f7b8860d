"""Lifecycle hooks of Auto Scaling groups."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_autoscaling_lifecycle_hook": Translation(
        "AWS::AutoScaling::LifecycleHook",
        {
            "AutoScalingGroupName": Word("autoscaling_group_name"),
            "NotificationTargetARN": Word("notification_target_arn"),
        },
        attributes={"id": "Ref"},
    ),
}
