"""AWS Auto Scaling: plans that scale several resources."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_autoscalingplans_scaling_plan": TypeMap(
        "AWS::AutoScalingPlans::ScalingPlan",
        {"ScalingPlanName": PropertyMap("name")},
        attributes={"id": "Ref"},
    ),
}
