"""AWS Resilience Hub, both generations."""

from awslint_memo.model.durations import length
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap


def _seconds(value: Value) -> Value:
    """A length of time such as 24h0m0s as a number of seconds."""
    if not isinstance(value, Known):
        return value
    found = length(value.text) if value.text is not None else None
    if found is None:
        return Unknown("no length of time", value.place, origin=value.origin)
    return Known(int(found) if found == int(found) else found, value.place, value.origin)


_FAILURE = {"RpoInSecs": PropertyMap("rpo", read=_seconds), "RtoInSecs": PropertyMap("rto", read=_seconds)}

_TARGETS = {
    "DisasterRecoveryApproach": PropertyMap("disaster_recovery_approach"),
    "RpoInMinutes": PropertyMap("rpo_in_minutes"),
    "RtoInMinutes": PropertyMap("rto_in_minutes"),
}

TYPE_MAPS = {
    "aws_resiliencehub_resiliency_policy": TypeMap(
        "AWS::ResilienceHub::ResiliencyPolicy",
        {
            "Policy": PropertyMap(
                "policy",
                within={
                    "AZ": PropertyMap("az", within=_FAILURE),
                    "Hardware": PropertyMap("hardware", within=_FAILURE),
                    "Region": PropertyMap("region", within=_FAILURE),
                    "Software": PropertyMap("software", within=_FAILURE),
                },
            ),
        },
        attributes={"arn": "PolicyArn"},
    ),
    "aws_resiliencehubv2_policy": TypeMap(
        "AWS::ResilienceHubV2::Policy",
        {
            "DataRecovery": PropertyMap(
                "data_recovery",
                within={"TimeBetweenBackupsInMinutes": PropertyMap("time_between_backups_in_minutes")},
            ),
            "MultiAz": PropertyMap("multi_az", within=_TARGETS),
            "MultiRegion": PropertyMap("multi_region", within=_TARGETS),
        },
        attributes={"arn": "PolicyArn"},
    ),
    "aws_resiliencehubv2_service": TypeMap(
        "AWS::ResilienceHubV2::Service",
        {
            "InputSources": PropertyMap(""),
            "PolicyArn": PropertyMap("policy_arn"),
        },
        attributes={"arn": "ServiceArn"},
    ),
}

COMPANIONS = {
    "aws_resiliencehubv2_input_source": Companion(
        "AWS::ResilienceHubV2::Service",
        "service_arn",
        {
            "ResourceConfiguration": PropertyMap(
                "resource_configuration",
                within={
                    "CfnStackArn": PropertyMap("cfn_stack_arn"),
                    "ResourceTags": PropertyMap(
                        "resource_tag",
                        many=True,
                        within={"Key": PropertyMap("key"), "Values": PropertyMap("values")},
                    ),
                },
            ),
        },
        into="InputSources",
    ),
}
