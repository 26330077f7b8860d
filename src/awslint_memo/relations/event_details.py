"""Amazon EventBridge: what the detail of events has, and patterns that call it otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import name_words
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.event_values import is_wanted
from awslint_memo.relations.events import is_disabled, is_on_default_bus, pattern
from awslint_memo.relations.statemachines import MACHINE


def _of(page: str, *lines: str) -> Fact[Sequence[str]]:
    """Keys from lines with commas between them."""
    return Fact(tuple(", ".join(lines).split(", ")), page=page, read="2026-12-01")


_AUTO_SCALING = "autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html"
_CODEBUILD = "codebuild/latest/userguide/sample-build-notifications.html"
_CODECOMMIT = "codecommit/latest/userguide/monitoring-events.html"
_CODEPIPELINE = "codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html"
_ECR = "AmazonECR/latest/userguide/ecr-eventbridge.html"

KEYS: Mapping[str, Fact[Sequence[str]]] = {
    "AWS API Call via CloudTrail": _of(
        "awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
        "eventVersion, userIdentity, eventTime, eventSource, eventName, awsRegion, sourceIPAddress, userAgent",
        "errorCode, errorMessage, requestParameters, responseElements, additionalEventData, requestID, eventID",
        "eventType, apiVersion, managementEvent, readOnly, resources, recipientAccountId, serviceEventDetails",
        "sharedEventID, vpcEndpointId, vpcEndpointAccountId, eventCategory, sessionCredentialFromConsole, tlsDetails",
    ),
    "Backup Job State Change": _of(
        "aws-backup/latest/devguide/eventbridge.html",
        "backupJobId, backupVaultArn, backupVaultName, backupSizeInBytes, bytesTransferred, creationDate",
        "completionDate, expectedCompletionDate, iamRoleArn, resourceArn, resourceType, resourceName, state, startBy",
        "statusMessage, percentDone, recoveryPointArn, createdBy, isParent, parentJobId, messageCategory, retryCount",
    ),
    "Batch Job State Change": _of(
        "batch/latest/userguide/batch_cwe_events.html",
        "jobArn, jobName, jobId, jobQueue, status, statusReason, attempts, createdAt, startedAt, stoppedAt",
        "jobDefinition, dependsOn, retryStrategy, parameters, container, timeout, tags, arrayProperties, ecsProperties",
        "propagateTags, platformCapabilities, shareIdentifier, schedulingPriority, nodeDetails, nodeProperties",
        "eksProperties, eksAttempts, isCancelled, isTerminated, consumableResourceProperties",
    ),
    "CloudWatch Alarm State Change": _of(
        "AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html",
        "alarmName, configuration, previousState, state",
    ),
    "CodeBuild Build Phase Change": _of(
        _CODEBUILD,
        "additional-information, build-id, completed-phase, completed-phase-context, project-name, version",
        "completed-phase-duration-seconds, completed-phase-end, completed-phase-start, completed-phase-status",
    ),
    "CodeBuild Build State Change": _of(
        _CODEBUILD,
        "additional-information, build-id, build-status, current-phase, current-phase-context, project-name, version",
    ),
    "CodeCommit Pull Request State Change": _of(
        _CODECOMMIT,
        "approvalRuleName, approvalStatus, author, callerUserArn, creationDate, description, destinationCommit",
        "destinationReference, event, isMerged, lastModifiedDate, mergeOption, notificationBody, overrideStatus",
        "pullRequestId, pullRequestStatus, repositoryNames, revisionId, sourceCommit, sourceReference, title",
    ),
    "CodeCommit Repository State Change": _of(
        _CODECOMMIT,
        "baseCommitId, commitId, conflictDetailsLevel, conflictResolutionStrategy, destinationCommitId, event",
        "mergeOption, oldCommitId, referenceFullName, referenceName, referenceType, repositoryId, repositoryName",
        "sourceCommitId, callerUserArn",
    ),
    "CodePipeline Action Execution State Change": _of(
        _CODEPIPELINE,
        "pipeline, execution-id, version, state, start-time, execution-trigger, pipeline-execution-attempt",
        "action, stage, type, region, execution-result, input-artifacts, output-artifacts",
    ),
    "CodePipeline Pipeline Execution State Change": _of(
        _CODEPIPELINE,
        "pipeline, execution-id, version, state, start-time, execution-trigger, pipeline-execution-attempt",
    ),
    "CodePipeline Stage Execution State Change": _of(
        _CODEPIPELINE,
        "pipeline, execution-id, version, state, start-time, execution-trigger, pipeline-execution-attempt, stage",
    ),
    **dict.fromkeys(
        ("EC2 Instance-launch Lifecycle Action", "EC2 Instance-terminate Lifecycle Action"),
        _of(
            _AUTO_SCALING,
            "LifecycleActionToken, AutoScalingGroupName, LifecycleHookName, EC2InstanceId, LifecycleTransition",
            "NotificationMetadata, Origin, Destination",
        ),
    ),
    **dict.fromkeys(
        (
            "EC2 Instance Launch Successful",
            "EC2 Instance Launch Unsuccessful",
            "EC2 Instance Terminate Successful",
            "EC2 Instance Terminate Unsuccessful",
        ),
        _of(
            _AUTO_SCALING,
            "StatusCode, Description, AutoScalingGroupName, ActivityId, Details, RequestId, StatusMessage, EndTime",
            "EC2InstanceId, StartTime, Cause, Origin, Destination",
        ),
    ),
    "EC2 Instance State-change Notification": _of(
        "AWSEC2/latest/UserGuide/instance-state-change-event.html", "instance-id, state"
    ),
    "ECR Image Action": _of(_ECR, "action-type, image-digest, image-tag, repository-name, result"),
    "ECR Image Scan": _of(_ECR, "finding-severity-counts, image-digest, image-tags, repository-name, scan-status"),
    "ECS Deployment State Change": _of(
        "AmazonECS/latest/developerguide/ecs_service_deployment_events.html",
        "eventType, eventName, clusterArn, deploymentId, updatedAt, reason",
    ),
    "ECS Task State Change": _of(
        "AmazonECS/latest/developerguide/ecs_task_events.html",
        "attachments, attributes, availabilityZone, capacityProviderName, clusterArn, connectivity, connectivityAt",
        "containerInstanceArn, containers, cpu, createdAt, desiredStatus, enableExecuteCommand, ephemeralStorage",
        "executionStoppedAt, group, healthStatus, lastStatus, launchType, memory, overrides, platformVersion",
        "pullStartedAt, pullStoppedAt, startedAt, startedBy, stopCode, stoppedAt, stoppedReason, stoppingAt, taskArn",
        "taskDefinitionArn, updatedAt, version, inferenceAccelerators, platformFamily, tags, fargateEphemeralStorage",
    ),
    "Glue Job State Change": _of(
        "glue/latest/dg/automating-awsglue-with-cloudwatch-events.html", "jobName, jobRunId, message, severity, state"
    ),
    **dict.fromkeys(
        ("RDS DB Cluster Event", "RDS DB Cluster Snapshot Event", "RDS DB Instance Event", "RDS DB Snapshot Event"),
        _of(
            "AmazonRDS/latest/UserGuide/rds-cloud-watch-events.html",
            "EventCategories, SourceType, SourceArn, Date, Message, SourceIdentifier, EventID, Tags",
        ),
    ),
    "Step Functions Execution Status Change": _of(
        "step-functions/latest/dg/eventbridge-integration.html",
        "executionArn, stateMachineArn, name, status, startDate, stopDate, input, inputDetails, output",
        "outputDetails, error, cause, stateMachineVersionArn, stateMachineAliasArn, redriveCount, redriveDate",
        "redriveStatus, redriveStatusReason",
    ),
}
"""By detail-type, what its events have in their detail. There may be more: only what is like one of these
is a slip."""


@record(frozen=True, eq=False)
class Slip:
    """What a pattern wants in the detail of events of a type and none of them has. meant: as they call it."""

    kind: str
    key: str
    meant: str
    value: Value


def slips(event_rule: Resource) -> Iterator[Slip]:
    """The keys in the detail of a rule's pattern that none of the events has for which it is, and that are like one
    which each of them has."""
    asked = pattern(event_rule)
    kinds = [item.text or "" for item in asked.get("detail-type").items]
    known = [KEYS[kind].value for kind in kinds if kind in KEYS]
    if not known or len(known) < len(kinds):
        return
    for key, value in asked.get("detail").fields.items():
        meant = {_meant(key, keys) for keys in known}
        if len(meant) == 1 and (own := meant.pop()) is not None and is_wanted(value):
            yield Slip(kinds[0], key, own, value)


def _meant(key: str, known: Sequence[str]) -> str | None:
    """The one of the keys that events have which is meant by another one: written otherwise, without a part of its
    words, or with "name" behind them."""
    wanted = _words(key)
    if key in known or not wanted:
        return None
    for is_like in (frozenset.__eq__, frozenset.__ge__):
        like = [own for own in known if is_like(_words(own), wanted) or _words(own) == wanted - {"name"}]
        if like:
            return like[0] if len(like) == 1 else None
    return None


def _words(key: str) -> frozenset[str]:
    """The words of a key, without their plurals; events call the same status and state."""
    return frozenset("state" if word == "status" else word.removesuffix("s") for word in name_words(key))


LACKED: Mapping[str, Fact[Sequence[str]]] = {
    "CodePipeline Pipeline Execution State Change": Fact(
        ("action", "stage", "type"), page=_CODEPIPELINE, read="2026-11-30"
    ),
    "CodePipeline Stage Execution State Change": Fact(("action", "type"), page=_CODEPIPELINE, read="2026-11-30"),
    # These tell of the end of an activity. A lifecycle hook waits before it, and has events of its own.
    **dict.fromkeys(
        (
            "EC2 Instance Launch Successful",
            "EC2 Instance Launch Unsuccessful",
            "EC2 Instance Terminate Successful",
            "EC2 Instance Terminate Unsuccessful",
        ),
        Fact(
            ("LifecycleActionToken", "LifecycleHookName", "LifecycleTransition", "NotificationMetadata"),
            page=_AUTO_SCALING,
            read="2026-12-02",
        ),
    ),
    **dict.fromkeys(
        ("EC2 Instance-launch Lifecycle Action", "EC2 Instance-terminate Lifecycle Action"),
        Fact(("ActivityId", "Cause", "StatusCode", "StatusMessage"), page=_AUTO_SCALING, read="2026-12-02"),
    ),
}
"""By detail-type, what the detail of its events does not have, though that of others of the same service does."""


def lacked(event_rule: Resource) -> Iterator[tuple[str, str, Value]]:
    """The detail-types in the pattern of a rule whose events do not have something that the pattern wants in detail:
    the type, the key, and where the pattern wants it."""
    asked = pattern(event_rule)
    for kind in asked.get("detail-type").items:
        known = LACKED.get(kind.text or "")
        for key in () if known is None else known.value:
            value = asked.get(f"detail.{key}")
            if is_wanted(value):
                yield kind.text or "", key, value


_NO_EVENTS = "EXPRESS"
"""The type of machines that send EventBridge nothing
(https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html, read on 2026-12-01)."""


def silent_machines(event_rule: Resource) -> tuple[Sequence[Resource], bool]:
    """The state machines of here for whose status a rule waits and that surely send no events, and whether the rule
    waits for these alone."""
    asked = pattern(event_rule)
    sources = [item.text for item in asked.get("source").items]
    named = asked.get("detail.stateMachineArn").items
    if sources != ["aws.states"] or is_disabled(event_rule):
        return [], False
    machines = [event_rule.deployment.find(value, MACHINE) for value in named]
    silent = [one for one in machines if one is not None and one.get("StateMachineType").text == _NO_EVENTS]
    return silent, len(silent) == len(named)


DEFAULT_STATE = fact("ENABLED", page="eventbridge/latest/APIReference/API_PutRule.html", read="2026-12-01")
"""The state of a rule that says none."""

ALL_CALLS = fact(
    "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    page="eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html",
    read="2026-12-01",
)
"""The state in which a rule gets calls too that only read."""

_CALLS = "AWS API Call via CloudTrail"
_READS = regex(r"(?:Describe|Get|List)(?:[A-Z]|$)")
"""How the calls begin that only read, and that a rule in another state does not get."""

_WITHOUT_DATA = fact(
    ("acm", "cloudtrail", "config", "ec2", "ecr", "iam", "kms", "organizations", "rds", "secretsmanager", "ssm"),
    page="awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
    read="2026-12-01",
)
"""Services all of whose calls that begin so are management events; those for data, as of objects, a rule may get."""


def unheard(event_rule: Resource) -> Sequence[Value]:
    """The names of the calls for which alone a rule waits, where it surely gets none of them: they only read, and its
    state leaves such calls out; none of any other rule."""
    asked, state = pattern(event_rule), event_rule.get("State", default=DEFAULT_STATE)
    kinds = [item.text for item in asked.get("detail-type").items]
    sources = [(item.text or "").removeprefix("aws.") for item in asked.get("source").items]
    sources += [(item.text or "").partition(".")[0] for item in asked.get("detail.eventSource").items]
    is_known = sources and all(source in _WITHOUT_DATA for source in sources)
    if state.text != DEFAULT_STATE or set(kinds) != {_CALLS} or not is_known or not is_on_default_bus(event_rule):
        return []
    named = asked.get("detail.eventName").items
    begins = [one.get("prefix").text if one.text is None else one.text for one in named]
    return named if named and all(_READS.match(begin or "") for begin in begins) else []
