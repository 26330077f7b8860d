"""Application Recovery Controller: plans to switch Regions, and zonal autoshift."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_ALARM = {"AlarmIdentifier": PropertyMap("alarm_identifier")}

TYPE_MAPS = {
    "aws_arcregionswitch_plan": TypeMap(
        "AWS::ARCRegionSwitch::Plan",
        {
            "AssociatedAlarms": PropertyMap("associated_alarms"),
            "PrimaryRegion": PropertyMap("primary_region"),
            "RecoveryApproach": PropertyMap("recovery_approach"),
            "RecoveryTimeObjectiveMinutes": PropertyMap("recovery_time_objective_minutes"),
            "Regions": PropertyMap("regions"),
        },
        attributes={"arn": "Arn"},
    ),
    "aws_arczonalshift_zonal_autoshift_configuration": TypeMap(
        "AWS::ARCZonalShift::ZonalAutoshiftConfiguration",
        {
            "PracticeRunConfiguration": PropertyMap(
                "",
                within={
                    "BlockingAlarms": PropertyMap("blocking_alarms", many=True, within=_ALARM),
                    "OutcomeAlarms": PropertyMap("outcome_alarms", many=True, within=_ALARM),
                },
            )
        },
    ),
}
