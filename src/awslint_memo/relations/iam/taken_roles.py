"""Roles that services take: whether a role of a template surely does not let the service do so that is given it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.statements import statements
from awslint_memo.syntax.embedded import each

_PROXY = "AWS::RDS::DBProxy"
_FLOW_LOG = "AWS::EC2::FlowLog"
_STREAM = "AWS::KinesisFirehose::DeliveryStream"
_TASK = "AWS::ECS::TaskDefinition"


@record(frozen=True)
class Taken:
    """A role that a service takes. service: its principal. outcome: what follows where the role does not let it."""

    service: str
    outcome: str


def _taken(service: str, page: str, outcome: str = "so it is refused", read: str = "2026-11-29") -> Fact[Taken]:
    return Fact(Taken(f"{service}.amazonaws.com", outcome), page=page, read=read)


_NO_TASK = "so no task starts"
_OF_FIREHOSE = "firehose/latest/dev/controlling-access.html"
_OF_APIS = "apigateway/latest/developerguide/getting-started-aws-proxy.html"
_NO_REQUEST = "so each request fails"
_NEW = "2026-12-02"

_TO_LOGS = fact("cloud-watch-logs", page="AWSEC2/latest/APIReference/API_CreateFlowLogs.html", read="2026-11-30")
"""Where a flow log writes by default, and with a role."""

_FIREHOSE: Mapping[tuple[str, str], Fact[Taken]] = {
    (_STREAM, f"{path}.RoleARN"): _taken("firehose", _OF_FIREHOSE)
    for path in (
        "ExtendedS3DestinationConfiguration",
        "KinesisStreamSourceConfiguration",
        "AmazonopensearchserviceDestinationConfiguration",
        "AmazonOpenSearchServerlessDestinationConfiguration",
        "ElasticsearchDestinationConfiguration",
        "HttpEndpointDestinationConfiguration",
        "IcebergDestinationConfiguration",
        "RedshiftDestinationConfiguration",
        "S3DestinationConfiguration",
        "SnowflakeDestinationConfiguration",
    )
}

TAKEN: Mapping[tuple[str, str], Fact[Taken]] = {
    **_FIREHOSE,
    ("AWS::ApiGateway::Authorizer", "AuthorizerCredentials"): _taken("apigateway", _OF_APIS, _NO_REQUEST, _NEW),
    ("AWS::ApiGateway::Method", "Integration.Credentials"): _taken("apigateway", _OF_APIS, _NO_REQUEST, _NEW),
    ("AWS::ApiGatewayV2::Authorizer", "AuthorizerCredentialsArn"): _taken("apigateway", _OF_APIS, _NO_REQUEST, _NEW),
    ("AWS::ApiGatewayV2::Integration", "CredentialsArn"): _taken("apigateway", _OF_APIS, _NO_REQUEST, _NEW),
    ("AWS::ARCRegionSwitch::Plan", "ExecutionRole"): _taken(
        "arc-region-switch",
        "r53recovery/latest/dg/security_iam_region_switch_trust_policy.html",
        "so no plan can be executed",
        _NEW,
    ),
    ("AWS::AutoScaling::LifecycleHook", "RoleARN"): _taken(
        "autoscaling", "autoscaling/ec2/userguide/prepare-for-lifecycle-notifications.html", read=_NEW
    ),
    ("AWS::Backup::RestoreTestingSelection", "IamRoleArn"): _taken(
        "backup", "aws-backup/latest/devguide/iam-service-roles.html", "so no restore is tested", _NEW
    ),
    ("AWS::CodeBuild::Project", "ServiceRole"): _taken("codebuild", "codebuild/latest/userguide/troubleshooting.html"),
    ("AWS::CodeDeploy::DeploymentGroup", "ServiceRoleArn"): _taken(
        "codedeploy", "codedeploy/latest/APIReference/API_CreateDeploymentGroup.html"
    ),
    ("AWS::CodePipeline::Pipeline", "RoleArn"): _taken(
        "codepipeline", "codepipeline/latest/userguide/troubleshooting.html"
    ),
    ("AWS::DAX::Cluster", "IAMRoleARN"): _taken(
        "dax",
        "amazondynamodb/latest/developerguide/DAX.create-cluster.cli.create-service-role.html",
        "so it can't reach its tables",
        read="2026-11-30",
    ),
    ("AWS::DLM::LifecyclePolicy", "ExecutionRoleArn"): _taken(
        "dlm", "ebs/latest/userguide/service-role.html", "so it makes no snapshot", _NEW
    ),
    (_TASK, "TaskRoleArn"): _taken("ecs-tasks", "AmazonECS/latest/developerguide/task-iam-roles.html", _NO_TASK),
    (_TASK, "ExecutionRoleArn"): _taken(
        "ecs-tasks", "AmazonECS/latest/developerguide/task_execution_IAM_role.html", _NO_TASK
    ),
    (_FLOW_LOG, "DeliverLogsPermissionArn"): _taken(
        "vpc-flow-logs", "vpc/latest/userguide/flow-logs-troubleshooting.html", "so nothing is logged"
    ),
    ("AWS::Events::Endpoint", "RoleArn"): _taken(
        "events", "eventbridge/latest/userguide/eb-global-endpoints.html", "so it replicates no event", _NEW
    ),
    ("AWS::Events::Rule", "Targets.RoleArn"): _taken(
        "events", "eventbridge/latest/userguide/eb-events-iam-roles.html", "so the target is never invoked"
    ),
    ("AWS::FIS::ExperimentTemplate", "RoleArn"): _taken(
        "fis", "fis/latest/userguide/getting-started-iam-service-role.html", "so no experiment starts", _NEW
    ),
    ("AWS::IAM::InstanceProfile", "Roles"): _taken(
        "ec2", "AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html", "so instances get no credentials by it", _NEW
    ),
    ("AWS::ImageBuilder::LifecyclePolicy", "ExecutionRole"): _taken(
        "imagebuilder",
        "imagebuilder/latest/userguide/image-lifecycle-prerequisites.html",
        "so it removes nothing",
        _NEW,
    ),
    ("AWS::KinesisAnalyticsV2::Application", "ServiceExecutionRole"): _taken(
        "kinesisanalytics", "kinesisanalytics/latest/java/how-iam.html", read="2026-11-30"
    ),
    ("AWS::Lambda::Function", "Role"): _taken("lambda", "https://github.com/pdomala/LambdaCDDemo/issues/1"),
    ("AWS::Logs::SubscriptionFilter", "RoleArn"): _taken(
        "logs", "AmazonCloudWatch/latest/logs/CreateDestination-Account.html", read="2026-11-30"
    ),
    ("AWS::Pipes::Pipe", "RoleArn"): _taken(
        "pipes", "eventbridge/latest/userguide/eb-pipes-monitoring.html", "so it can do nothing"
    ),
    ("AWS::RDS::DBCluster", "MonitoringRoleArn"): _taken(
        "monitoring.rds", "AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html", read=_NEW
    ),
    ("AWS::RDS::DBInstance", "MonitoringRoleArn"): _taken(
        "monitoring.rds", "AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html"
    ),
    (_PROXY, "RoleArn"): _taken(
        "rds", "AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html", "so it can connect nowhere"
    ),
    ("AWS::S3::Bucket", "ReplicationConfiguration.Role"): _taken(
        "s3", "AmazonS3/latest/userguide/setting-repl-config-perm-overview.html", "so nothing is replicated", _NEW
    ),
    ("AWS::Scheduler::Schedule", "Target.RoleArn"): _taken(
        "scheduler", "https://github.com/aws/aws-sdk-js-v3/issues/6494"
    ),
    ("AWS::SNS::Subscription", "SubscriptionRoleArn"): _taken(
        "sns", "sns/latest/dg/firehose-endpoints-prerequisites.html", "so nothing is delivered", _NEW
    ),
    ("AWS::StepFunctions::StateMachine", "RoleArn"): _taken(
        "states", "https://github.com/lumigo-io/lumigo-CLI/issues/83"
    ),
    ("AWS::Synthetics::Canary", "ExecutionRoleArn"): _taken(
        "lambda",
        "AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html",
        read="2026-11-30",
    ),
}
"""By type and property, the role that its service takes."""


@record(frozen=True, eq=False)
class Untrusting:
    """A role that surely does not let a service take it. value: where its user names it."""

    role: Resource
    value: Value
    taken: Taken

    @property
    def given(self) -> Value | None:
        """Whom the role lets take it, where that is given by something else, such as the call of a module."""
        written = statements(self.role.get("AssumeRolePolicyDocument"))
        services = (value for one in written for value in one.get("Principal.Service").items)
        return next((value for value in services if not value.is_literal), None)


def untrusting(user: Resource) -> Iterator[Untrusting]:
    """The roles of here that a resource names and that surely do not let its service take them."""
    if user.type == _FLOW_LOG and not user.get("LogDestinationType", default=_TO_LOGS).is_one_of(_TO_LOGS):
        return  # Elsewhere the service writes with a role of its own.
    takes = ((path, its.value) for (of, path), its in TAKEN.items() if of == user.type)
    named = [(value, taken) for path, taken in takes for value in each(user, path)]
    for value, taken in named:
        role = user.deployment.find(value, roles.ROLE)
        if role is not None and roles.trusts(role, taken.service) is False and not _is_denied(role):
            yield Untrusting(role, value, taken)


def _is_denied(role: Resource) -> bool:
    """Whether a role lets nobody take it on purpose: it stands for one that is given when something is started."""
    written = list(statements(role.get("AssumeRolePolicyDocument")))
    return bool(written) and all(statement.get("Effect").text == "Deny" for statement in written)
