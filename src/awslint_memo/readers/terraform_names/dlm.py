"""Amazon Data Lifecycle Manager: snapshots of volumes."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap, tag_list

_NOTHING = PropertyMap("")

_KEPT = {"Interval": PropertyMap("interval"), "IntervalUnit": PropertyMap("interval_unit")}

_SCHEDULE = {
    "CreateRule": PropertyMap(
        "create_rule",
        within={
            "CronExpression": PropertyMap("cron_expression"),
            "Interval": PropertyMap("interval"),
            "IntervalUnit": PropertyMap("interval_unit"),
        },
    ),
    "CrossRegionCopyRules": PropertyMap(
        "cross_region_copy_rule",
        many=True,
        within={
            "RetainRule": PropertyMap("retain_rule", within=_KEPT),
            "Target": PropertyMap("target"),
            "TargetRegion": PropertyMap("target_region"),
        },
    ),
    "RetainRule": PropertyMap("retain_rule", within={"Count": PropertyMap("count"), **_KEPT}),
}

TYPE_MAPS = {
    "aws_dlm_lifecycle_policy": TypeMap(
        "AWS::DLM::LifecyclePolicy",
        {
            # What only a default policy has stands in the details in Terraform.
            "CreateInterval": _NOTHING,
            "CrossRegionCopyTargets": _NOTHING,
            "DefaultPolicy": PropertyMap("default_policy"),
            "Exclusions": _NOTHING,
            "PolicyDetails": PropertyMap(
                "policy_details",
                within={
                    "CreateInterval": PropertyMap("create_interval"),
                    "Exclusions": PropertyMap("exclusions"),
                    "PolicyType": PropertyMap("policy_type"),
                    "ResourceTypes": PropertyMap("resource_types"),
                    "RetainInterval": PropertyMap("retain_interval"),
                    "Schedules": PropertyMap("schedule", many=True, within=_SCHEDULE),
                    "TargetTags": PropertyMap("target_tags", read=tag_list),
                },
            ),
            "RetainInterval": _NOTHING,
            "State": PropertyMap("state", default="ENABLED"),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
}
