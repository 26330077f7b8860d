"""AWS Backup."""

from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap


def _sent(days: Value) -> Value:
    """A number of days as the provider sends it: not at all unless it is above zero."""
    return Absent(days.place, days.origin) if days.number is not None and days.number <= 0 else days


_LIFECYCLE = PropertyMap(
    "lifecycle",
    within={
        "DeleteAfterDays": PropertyMap("delete_after", read=_sent),
        "MoveToColdStorageAfterDays": PropertyMap("cold_storage_after", read=_sent),
    },
)

_CONDITION = {"ConditionKey": PropertyMap("key"), "ConditionValue": PropertyMap("value")}

TYPE_MAPS = {
    "aws_backup_plan": TypeMap(
        "AWS::Backup::BackupPlan",
        {
            "BackupPlan": PropertyMap(
                "",
                within={
                    "BackupPlanName": PropertyMap("name"),
                    "BackupPlanRule": PropertyMap(
                        "rule",
                        many=True,
                        within={
                            "CompletionWindowMinutes": PropertyMap("completion_window"),
                            "CopyActions": PropertyMap(
                                "copy_action",
                                many=True,
                                within={
                                    "DestinationBackupVaultArn": PropertyMap("destination_vault_arn"),
                                    "Lifecycle": _LIFECYCLE,
                                },
                            ),
                            "EnableContinuousBackup": PropertyMap("enable_continuous_backup"),
                            "Lifecycle": _LIFECYCLE,
                            "RuleName": PropertyMap("rule_name"),
                            "ScheduleExpression": PropertyMap("schedule"),
                            "ScheduleExpressionTimezone": PropertyMap("schedule_expression_timezone"),
                            "StartWindowMinutes": PropertyMap("start_window"),
                            "TargetBackupVault": PropertyMap("target_vault_name"),
                            "TargetLogicallyAirGappedBackupVaultArn": PropertyMap(
                                "target_logically_air_gapped_backup_vault_arn"
                            ),
                        },
                    ),
                },
            ),
        },
        attributes={"arn": "BackupPlanArn", "id": "Ref", "version": "VersionId"},
    ),
    "aws_backup_selection": TypeMap(
        "AWS::Backup::BackupSelection",
        {
            "BackupPlanId": PropertyMap("plan_id"),
            "BackupSelection": PropertyMap(
                "",
                within={
                    "Conditions": PropertyMap(
                        "condition",
                        within={
                            "StringEquals": PropertyMap("string_equals", many=True, within=_CONDITION),
                            "StringLike": PropertyMap("string_like", many=True, within=_CONDITION),
                            "StringNotEquals": PropertyMap("string_not_equals", many=True, within=_CONDITION),
                            "StringNotLike": PropertyMap("string_not_like", many=True, within=_CONDITION),
                        },
                    ),
                    "ListOfTags": PropertyMap(
                        "selection_tag",
                        many=True,
                        within={
                            "ConditionKey": PropertyMap("key"),
                            "ConditionType": PropertyMap("type"),
                            "ConditionValue": PropertyMap("value"),
                        },
                    ),
                    "NotResources": PropertyMap("not_resources"),
                    "Resources": PropertyMap("resources"),
                },
            ),
        },
        attributes={"id": "Ref"},
    ),
    "aws_backup_vault": TypeMap(
        "AWS::Backup::BackupVault",
        {
            "BackupVaultName": PropertyMap("name"),
            "LockConfiguration": PropertyMap(""),
        },
        attributes={"arn": "BackupVaultArn", "id": "Ref", "name": "Ref"},
    ),
    "aws_backup_logically_air_gapped_vault": TypeMap(
        "AWS::Backup::LogicallyAirGappedBackupVault",
        {
            "BackupVaultName": PropertyMap("name"),
            "MaxRetentionDays": PropertyMap("max_retention_days"),
            "MinRetentionDays": PropertyMap("min_retention_days"),
        },
        attributes={"arn": "BackupVaultArn", "id": "Ref", "name": "Ref"},
    ),
}

COMPANIONS = {
    "aws_backup_vault_lock_configuration": Companion(
        "AWS::Backup::BackupVault",
        "backup_vault_name",
        {
            "LockConfiguration": PropertyMap(
                "",
                within={
                    "ChangeableForDays": PropertyMap("changeable_for_days", read=_sent),
                    "MaxRetentionDays": PropertyMap("max_retention_days", read=_sent),
                    "MinRetentionDays": PropertyMap("min_retention_days", read=_sent),
                },
            ),
        },
    ),
}
