"""AWS Auto Scaling: plans that scale several resources."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_autoscalingplans_scaling_plan": Translation(
        "AWS::AutoScalingPlans::ScalingPlan",
        {"ScalingPlanName": Word("name")},
        attributes={"id": "Ref"},
    ),
}
