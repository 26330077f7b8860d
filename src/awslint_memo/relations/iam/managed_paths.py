"""AWS's own policies: under which path each of them is, and which are there no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.iam.apart_policies import ROLE

_BEGIN = ":iam::aws:policy/"

LINKED = fact(
    "aws-service-role/",
    page="IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    read="2026-12-03",
)
"""The path of the policies of service-linked roles, which IAM attaches to no other role ("PolicyNotAttachable")."""

_OF_SERVICES = (
    *("AWSAppRunnerServicePolicyForECRAccess", "AWSAppSyncPushToCloudWatchLogs"),
    *("AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores", "AWSBatchServiceEventTargetRole"),
    *("AWSBatchServiceRole", "AWSCodeDeployRole", "AWSCodeDeployRoleForCloudFormation", "AWSCodeDeployRoleForLambda"),
    *("AWSCodeDeployRoleForLambdaLimited", "AWSConfigRoleForOrganizations", "AWSConfigRulesExecutionRole"),
    *("AWSDataLifecycleManagerServiceRole", "AWSDataLifecycleManagerServiceRoleForAMIManagement"),
    *("AWSElasticBeanstalkEnhancedHealth", "AWSElasticBeanstalkService", "AWSFaultInjectionSimulatorEC2Access"),
    *("AWSFaultInjectionSimulatorECSAccess", "AWSFaultInjectionSimulatorEKSAccess"),
    *("AWSFaultInjectionSimulatorNetworkAccess", "AWSFaultInjectionSimulatorRDSAccess"),
    *("AWSFaultInjectionSimulatorSSMAccess", "AWSGlueDataBrewServiceRole", "AWSGlueServiceNotebookRole"),
    *("AWSGlueServiceRole", "AWSIoTLogging", "AWSIoTRuleActions", "AWSIoTThingsRegistration"),
    *("AWSLambdaBasicDurableExecutionRolePolicy", "AWSLambdaBasicExecutionRole", "AWSLambdaDynamoDBExecutionRole"),
    *("AWSLambdaENIManagementAccess", "AWSLambdaKinesisExecutionRole", "AWSLambdaMSKExecutionRole", "AWSLambdaRole"),
    *("AWSLambdaSQSQueueExecutionRole", "AWSLambdaVPCAccessExecutionRole", "AWSMSKReplicatorExecutionRole"),
    *("AWSTransferLoggingAccess", "AWS_ConfigRole", "AmazonAPIGatewayPushToCloudWatchLogs"),
    *("AmazonDMSCloudWatchLogsRole", "AmazonDMSRedshiftS3Role", "AmazonDMSVPCManagementRole"),
    *("AmazonEBSCSIDriverPolicy", "AmazonEC2ContainerServiceAutoscaleRole", "AmazonEC2ContainerServiceEventsRole"),
    *("AmazonEC2ContainerServiceRole", "AmazonEC2ContainerServiceforEC2Role", "AmazonEC2RoleforAWSCodeDeploy"),
    *("AmazonEC2RoleforAWSCodeDeployLimited", "AmazonEC2RoleforSSM", "AmazonEC2SpotFleetAutoscaleRole"),
    *("AmazonEC2SpotFleetTaggingRole", "AmazonECSInfrastructureRolePolicyForVolumes"),
    *("AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity", "AmazonECSTaskExecutionRolePolicy"),
    *("AmazonEFSCSIDriverPolicy", "AmazonEMRServicePolicy_v2", "AmazonElasticMapReduceRole"),
    *("AmazonElasticMapReduceforAutoScalingRole", "AmazonElasticMapReduceforEC2Role", "AmazonGrafanaCloudWatchAccess"),
    *("AmazonRDSDirectoryServiceAccess", "AmazonRDSEnhancedMonitoringRole", "AmazonS3ObjectLambdaExecutionRolePolicy"),
    *("AmazonSNSRole", "AmazonSSMAutomationRole", "AmazonSSMMaintenanceWindowRole"),
    *("AutoScalingNotificationAccessRole", "CloudWatchEventsBuiltInTargetExecutionAccess"),
    *("CloudWatchEventsInvocationAccess", "EC2ImageBuilderLifecycleExecutionPolicy"),
)
_OF_JOBS = (
    *("Billing", "DataScientist", "DatabaseAdministrator", "NetworkAdministrator", "SupportUser"),
    *("SystemAdministrator", "ViewOnlyAccess"),
)
_OF_ROOT = (
    *("AWSCertificateManagerFullAccess", "AWSCloudFormationFullAccess", "AWSCodeBuildAdminAccess"),
    *("AWSCodeBuildDeveloperAccess", "AWSCodeCommitFullAccess", "AWSCodeDeployRoleForECS"),
    *("AWSCodeDeployRoleForECSLimited", "AWSCodePipeline_FullAccess", "AWSLambdaExecute", "AWSLambda_FullAccess"),
    *("AWSLambda_ReadOnlyAccess", "AWSStepFunctionsFullAccess", "AWSXRayDaemonWriteAccess", "AWSXrayFullAccess"),
    *("AWSXrayWriteOnlyAccess", "AdministratorAccess", "AmazonDynamoDBFullAccess", "AmazonDynamoDBReadOnlyAccess"),
    *("AmazonEC2ContainerRegistryFullAccess", "AmazonEC2ContainerRegistryPowerUser", "AmazonEC2FullAccess"),
    *("AmazonEC2ContainerRegistryPullOnly", "AmazonEC2ContainerRegistryReadOnly", "AmazonEC2ReadOnlyAccess"),
    *("AmazonECS_FullAccess", "AmazonEKSClusterPolicy", "AmazonEKSFargatePodExecutionRolePolicy"),
    *("AmazonEKSVPCResourceController", "AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy"),
    *("AmazonKinesisFullAccess", "AmazonRDSFullAccess", "AmazonS3FullAccess", "AmazonS3ReadOnlyAccess"),
    *("AmazonSNSFullAccess", "AmazonSQSFullAccess", "AmazonSSMFullAccess", "AmazonSSMManagedInstanceCore"),
    *("AmazonSSMReadOnlyAccess", "AmazonVPCFullAccess", "CloudFrontFullAccess", "CloudWatchAgentServerPolicy"),
    *("CloudWatchEventsFullAccess", "CloudWatchFullAccess", "CloudWatchLambdaInsightsExecutionRolePolicy"),
    *("CloudWatchLogsFullAccess", "CloudWatchReadOnlyAccess", "IAMFullAccess", "IAMReadOnlyAccess"),
    *("PowerUserAccess", "ReadOnlyAccess", "SecretsManagerReadWrite", "SecurityAudit"),
)

PATHS: Mapping[str, str] = fact(
    {
        name: path
        for path, names in (("service-role/", _OF_SERVICES), ("job-function/", _OF_JOBS), ("", _OF_ROOT))
        for name in names
    },
    page="aws-managed-policy/latest/reference/policy-list.html",
    read="2026-12-03",
)
"""The path of policies that templates name often, which was compared with the list that moto 5.2.5 took from AWS. The
rest of AWS's policies is not judged."""

WITHDRAWN: Mapping[str, str] = fact(
    {
        "AWSCodePipelineFullAccess": "AWSCodePipeline_FullAccess",
        "AWSCodePipelineReadOnlyAccess": "AWSCodePipeline_ReadOnlyAccess",
        "AWSLambdaFullAccess": "AWSLambda_FullAccess",
        "AWSLambdaReadOnlyAccess": "AWSLambda_ReadOnlyAccess",
        "AmazonEC2ContainerServiceFullAccess": "AmazonECS_FullAccess",
        "service-role/AWSConfigRole": "service-role/AWS_ConfigRole",
    },
    page="aws-managed-policy/latest/reference/about-managed-policy-reference.html",
    read="2026-12-03",
)
"""By policy that AWS has withdrawn, the one in its place: what had it keeps it, and nothing else gets it."""


@record(frozen=True, eq=False)
class Misnamed:
    """The ARN of a policy that IAM surely attaches to no role. says: why. remedy: what to write."""

    value: Value
    says: str
    remedy: str


def misnamed(holder: Resource) -> Iterator[Misnamed]:
    """The ARNs of AWS's own policies that a role or Terraform's attachment names, and that IAM refuses."""
    for value in _arns(holder):
        text = value.pattern
        before, _, rest = (None, "", None) if text is None else text.partition(_BEGIN)
        named = None if rest is None else rest.literal
        if before is not None and named and before.literal in (None, "arn:aws"):  # Elsewhere there are fewer.
            refused = _refused(named)
            if refused is not None:
                yield Misnamed(value, *refused)


def _arns(holder: Resource) -> Sequence[Value]:
    if holder.type == ROLE:
        return [*holder.get("ManagedPolicyArns").items, holder.get("PermissionsBoundary")]
    return holder.terraform.attached_policy.items


def _refused(named: str) -> tuple[str, str] | None:
    """Why IAM surely attaches no policy of this name and path, and what to write; else None."""
    own, _, name = named.rpartition("/")
    path = PATHS.get(name)
    if named in WITHDRAWN:
        return f"names {named}, which AWS has withdrawn", f"name {WITHDRAWN[named]}"
    if own + "/" == LINKED:
        return (
            f"names {name}, which is for a service-linked role only",
            "remove it, and allow the actions by a policy of your own",
        )
    if path is None or path == (f"{own}/" if own else ""):
        return None
    where = f"which is under the path {path}" if path else "which is under no path"
    return f"names {named}, {where}", f"end the ARN with :aws:policy/{path}{name}"
