"""Our translation of SAM templates is the same as that of AWS's translator, for each resource."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from awslint_memo import Absent, Known, Link, Text, Unknown, Value
from awslint_memo.files.source import Source
from awslint_memo.readers.recognition import template

COMPARED: Mapping[str, tuple[str, ...]] = {
    "AWS::Lambda::Function": (
        *("Timeout", "TracingConfig", "DeadLetterConfig", "MemorySize", "FunctionName", "VpcConfig"),
        *("Environment", "Layers", "Architectures", "Role", "ReservedConcurrentExecutions"),
    ),
    "AWS::Lambda::Alias": ("Name", "FunctionName", "FunctionVersion", "ProvisionedConcurrencyConfig"),
    "AWS::Lambda::Version": ("FunctionName",),
    "AWS::Lambda::EventSourceMapping": (
        *("EventSourceArn", "FunctionName", "BatchSize", "Enabled", "MaximumBatchingWindowInSeconds"),
        *("FunctionResponseTypes", "FilterCriteria", "ScalingConfig", "DestinationConfig", "MaximumRetryAttempts"),
        *("BisectBatchOnFunctionError", "StartingPosition", "Topics", "Queues", "SelfManagedEventSource"),
        *("AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig", "DocumentDBEventSourceConfig"),
    ),
    "AWS::Lambda::EventInvokeConfig": ("FunctionName", "Qualifier", "DestinationConfig", "MaximumRetryAttempts"),
    "AWS::Lambda::Permission": ("Action", "FunctionName", "Principal"),
    "AWS::Lambda::Url": ("AuthType", "TargetFunctionArn"),
    "AWS::SNS::Subscription": ("TopicArn", "Protocol", "Endpoint", "FilterPolicy", "RedrivePolicy"),
    "AWS::SNS::Topic": ("FifoTopic",),
    "AWS::SNS::TopicPolicy": ("PolicyDocument", "Topics"),
    "AWS::SQS::Queue": ("FifoQueue",),
    "AWS::SQS::QueuePolicy": ("Queues",),
    "AWS::S3::Bucket": ("NotificationConfiguration",),
    "AWS::Events::Rule": ("ScheduleExpression", "EventPattern", "EventBusName", "Name", "State", "Targets"),
    "AWS::Scheduler::Schedule": ("ScheduleExpression", "Name", "State", "Target", "FlexibleTimeWindow"),
    "AWS::Logs::SubscriptionFilter": ("LogGroupName", "FilterPattern", "DestinationArn"),
    "AWS::IoT::TopicRule": ("TopicRulePayload",),
    "AWS::CodeDeploy::DeploymentGroup": (
        *("ApplicationName", "DeploymentConfigName", "AlarmConfiguration", "AutoRollbackConfiguration"),
        *("DeploymentStyle", "ServiceRoleArn", "TriggerConfigurations"),
    ),
    "AWS::ApiGateway::RestApi": ("EndpointConfiguration", "Name", "BinaryMediaTypes"),
    "AWS::ApiGateway::Stage": (
        "RestApiId",
        "DeploymentId",
        "StageName",
        "TracingEnabled",
        "CanarySetting",
        "Variables",
    ),
    "AWS::ApiGateway::BasePathMapping": ("BasePath", "DomainName", "RestApiId", "Stage"),
    "AWS::ApiGateway::BasePathMappingV2": ("BasePath", "DomainNameArn", "RestApiId", "Stage"),
    "AWS::ApiGateway::DomainName": (
        *("DomainName", "CertificateArn", "RegionalCertificateArn", "EndpointConfiguration", "SecurityPolicy"),
    ),
    "AWS::ApiGateway::DomainNameAccessAssociation": ("AccessAssociationSource", "DomainNameArn"),
    "AWS::ApiGateway::DomainNameV2": ("DomainName", "CertificateArn", "EndpointConfiguration", "Policy"),
    "AWS::ApiGatewayV2::Api": (),
    "AWS::ApiGatewayV2::ApiMapping": ("ApiId", "ApiMappingKey", "DomainName", "Stage"),
    "AWS::ApiGatewayV2::Authorizer": ("ApiId", "AuthorizerType", "AuthorizerUri", "Name"),
    "AWS::ApiGatewayV2::DomainName": ("DomainName", "DomainNameConfigurations"),
    "AWS::ApiGatewayV2::Integration": ("ApiId", "IntegrationType", "IntegrationUri", "TimeoutInMillis"),
    "AWS::ApiGatewayV2::Route": ("ApiId", "AuthorizationType", "AuthorizerId", "RouteKey"),
    "AWS::Route53::RecordSetGroup": ("HostedZoneId", "HostedZoneName", "RecordSets"),
    "AWS::ApiGatewayV2::Stage": ("ApiId", "StageName", "StageVariables", "DefaultRouteSettings", "AutoDeploy"),
    "AWS::DynamoDB::Table": (
        *("AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "TableName"),
        *("SSESpecification", "PointInTimeRecoverySpecification"),
    ),
    "AWS::StepFunctions::StateMachine": (
        *("StateMachineName", "StateMachineType", "TracingConfiguration", "LoggingConfiguration", "RoleArn"),
    ),
    "AWS::StepFunctions::StateMachineAlias": ("Name", "RoutingConfiguration", "DeploymentPreference"),
    "AWS::IAM::ManagedPolicy": ("Roles",),
    "AWS::IAM::Role": ("Path", "PermissionsBoundary"),
}
"""The compared properties by type; others differ for known reasons."""

TEMPLATES = sorted(Path(__file__).parent.glob("*.yaml"))

HASHED = re.compile(r"(?<=(?:ersion|oyment|eStage))[0-9a-f]{10}$")
"""The hash at the end of some logical ids by the translator; ours have none."""


class Session:
    """Replaces the boto3 session of the translator, which needs only the region."""

    region_name = "eu-central-1"


def translated(text: str) -> str:
    """The translator's result for the template, with a URI for local code, which the translator requires."""
    # Its libraries are slow to import, and only one of several processes that run tests needs them.
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator
    from samtranslator.yaml_helper import yaml_parse

    said = yaml_parse(text)
    for resource in said["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            needed = {"Handler": "a.b", "Runtime": "python3.13", "CodeUri": "s3://bucket/key"}
            resource["Properties"] = {**needed, **resource.get("Properties", {})}
        if resource["Type"] == "AWS::Serverless::StateMachine":
            definition = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}
            properties = resource.setdefault("Properties", {})
            if "States" not in (properties.get("Definition") or {}):
                properties["Definition"] = definition
    return json.dumps(Translator({}, Parser(), boto_session=Session()).translate(said, {}))


def name(logical_id: str) -> str:
    return HASHED.sub("", logical_id)


def shown(value: Value) -> Any:
    """A value as plain data, including references and unknown parts."""
    if isinstance(value, Link):
        return f"{name(value.resource)}.{value.attribute}"
    if isinstance(value, Text):
        return [shown(part) for part in value.parts]
    if isinstance(value, Unknown):
        return value.key
    if isinstance(value, Absent) or not isinstance(value, Known):
        return None
    if isinstance(value.content, Mapping):
        return {key: shown(child) for key, child in value.content.items()}
    return [shown(child) for child in value.content] if isinstance(value.content, list) else value.text


def resources(text: str, path: str) -> Iterator[dict[str, Any]]:
    """The type and the compared properties of every resource, by deployment and logical id."""
    read = template(Source(path, text.encode()))
    assert read is not None
    for deployment in read.deployments(None).deployments:
        yield {
            name(one.name): {"Type": one.type, **{key: shown(one.get(key)) for key in COMPARED[one.type]}}
            for one in deployment.resources.values()
            if one.type in COMPARED
        }


def policies(text: str, path: str) -> dict[str, Any]:
    read = template(Source(path, text.encode()))
    assert read is not None
    deployment = read.deployments(None).deployments[0]
    return {name(one.name): shown(one.attribute("UpdatePolicy")) for one in deployment.of_type("AWS::Lambda::Alias")}


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_resources_are_those_of_the_translator(file: Path) -> None:
    text = file.read_text()
    ours = list(resources(text, "template.yaml"))
    theirs = list(resources(translated(text), "template.json"))
    assert ours == theirs
    assert ours
    assert all(ours)


def test_update_policies_of_aliases_are_those_of_the_translator() -> None:
    text = Path(__file__).with_name("alias_and_deployment.yaml").read_text()
    assert policies(text, "template.yaml") == policies(translated(text), "template.json")
    assert policies(text, "template.yaml")["FnAliaslive"] is not None
