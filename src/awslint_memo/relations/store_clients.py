"""Which programs are told of a database, or of what is behind an endpoint, and surely don't get through to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations import ecs, ecs_services
from awslint_memo.relations.iam import roles
from awslint_memo.relations.mentions import mentioned
from awslint_memo.relations.security_groups import ADDED_GROUP, GROUP, INSTANCE, STORES, Rule, all_rules, named_groups

CLIENTS: Mapping[str, str] = {
    "AWS::EC2::Instance": "SecurityGroupIds",
    "AWS::EC2::LaunchTemplate": "LaunchTemplateData.SecurityGroupIds",
    "AWS::ECS::Service": "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups",
    "AWS::Lambda::Function": "VpcConfig.SecurityGroupIds",
}
"""Where programs name their security groups."""

_SCRIPTS = {"AWS::EC2::Instance": "UserData", "AWS::EC2::LaunchTemplate": "LaunchTemplateData.UserData"}
"""Where the script stands with which instances start."""

_WITH_OWN = (
    *(
        "AWS::Batch::ComputeEnvironment",
        "AWS::EC2::EC2Fleet",
        "AWS::EC2::Instance",
        "AWS::EC2::NetworkInterfaceAttachment",
    ),
    *("AWS::EC2::SpotFleet", "AWS::EKS::Nodegroup"),
)
"""What may give instances groups or interfaces besides, or other ones than their launch template does."""

_WITH_OWN_OF_TERRAFORM = regex(r"aws_(?:.*fleet.*|batch_.*|network_interface.*|spot_.*)")
"""The same of what CloudFormation has no words for."""

WIDER = ("CidrIp", "CidrIpv6", "SourcePrefixListId", "SourceSecurityGroupName")
"""What a rule may admit besides security groups of here."""


_ENDPOINT = "AWS::EC2::VPCEndpoint"
_ADDED = "AWS::EC2::VPCEndpointSecurityGroup"
"""Of Terraform alone: a security group that an endpoint has besides."""

BEHIND: Mapping[str, tuple[str, Sequence[str]]] = fact(
    {
        "AWS::ECR::Repository": ("dkr", ()),
        "AWS::Events::EventBus": ("events", ("events:PutEvents",)),
        "AWS::Kinesis::Stream": ("kinesis-streams", ("kinesis:PutRecord", "kinesis:PutRecords", "kinesis:GetRecords")),
        "AWS::KinesisFirehose::DeliveryStream": ("kinesis-firehose", ("firehose:PutRecord", "firehose:PutRecordBatch")),
        "AWS::Lambda::Function": ("lambda", ("lambda:InvokeFunction",)),
        "AWS::Logs::LogGroup": ("logs", ()),
        "AWS::SNS::Topic": ("sns", ("sns:Publish",)),
        "AWS::SQS::Queue": ("sqs", ("sqs:SendMessage", "sqs:ReceiveMessage")),
        "AWS::SSM::Parameter": ("ssm", ("ssm:GetParameter", "ssm:GetParameters")),
        "AWS::SecretsManager::Secret": ("secretsmanager", ("secretsmanager:GetSecretValue",)),
        "AWS::StepFunctions::StateMachine": ("states", ("states:StartExecution",)),
    },
    page="vpc/latest/privatelink/aws-services-privatelink-support.html",
    read="2026-11-30",
)
"""By type, the end of the name of the service by whose endpoint programs get to such resources, and what they do, but
for what only ECS does for them (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html)."""


@record(frozen=True, eq=False)
class ShutOut:
    """A store or an endpoint whose groups admit others than a program that is told of it.

    told: the value that tells it. group, client_group: the first of each one's security groups. admitted: what names
    one that is admitted instead. of: what is behind the endpoint.
    """

    store: Resource
    told: Value
    group: Resource
    client_group: Resource
    admitted: Value
    of: Resource | None = None


def shut_out(client: Resource) -> Iterator[ShutOut]:
    """The stores of here whose address a service of ECS, a function or the script of an instance is told, and whose
    security groups surely admit other security groups alone."""
    told = told_of(client) if client.deployment.of_type(*STORES) else {}
    own = own_groups(client) if told else []
    for name, value in told.items() if own else ():
        store = client.deployment.resource(name)
        groups = [] if store is None else _groups_of(store)
        # A group may admit itself.
        rules = all_rules(groups) if groups and not any(group in own for group in groups) else None
        if store is not None and rules and all(_admits_others(rule, own) for rule in rules):
            yield ShutOut(store, value, groups[0], own[0], _sources(rules[0])[0])


def shut_off(client: Resource) -> Iterator[ShutOut]:
    """The endpoints with private DNS in the network of a service of ECS or a function through which it surely gets to
    nothing, and of which it is told what is behind: their security groups admit other ones alone. Every request from
    the network goes through such an endpoint, whatever other ways there are.
    """
    endpoints = client.deployment.once(_endpoints) if client.type not in _SCRIPTS else {}
    own = own_groups(client) if endpoints else []
    if not own:
        return
    program = client if client.type != ecs.SERVICE else client.follow("TaskDefinition", ecs.TASK)
    role = None if program is None else program.follow("Role" if program is client else "TaskRoleArn", roles.ROLE)
    for name, (value, is_by_ecs) in _needed(client).items():
        used = client.deployment.resource(name)
        service, doing = BEHIND.get("" if used is None else used.type, ("", ()))
        endpoint, groups = endpoints.get(service, (client, []))
        is_one = bool(groups) and groups[0].get("VpcId").is_same_as(own[0].get("VpcId")) is True
        rules = all_rules(groups) if is_one and not any(group in own for group in groups) else None
        if used is None or not rules or not all(_admits_others(rule, own) for rule in rules):
            continue
        # Many programs are told the same, and use a part of it.
        may = is_by_ecs or role is None or any(roles.may(role, one, resource=used) is not False for one in doing)
        if may:
            yield ShutOut(endpoint, value, groups[0], own[0], _sources(rules[0])[0], used)


def _needed(client: Resource) -> Mapping[str, tuple[Value, bool]]:
    """What a service or function is told of, by name: the value, and whether ECS uses it for a task on Fargate, which
    then goes through the network of the task."""
    needed = {link.resource: (value, False) for value in variables(client) for link in value.mentions()}
    task = client.follow("TaskDefinition", ecs.TASK) if client.type == ecs.SERVICE else None
    for container in (ecs.containers(task) or ()) if task is not None and ecs_services.is_on_fargate(task) else ():
        values = [container.get("Image"), container.get("LogConfiguration.Options.awslogs-group")]
        values += [secret.get("ValueFrom") for secret in container.get("Secrets").items]
        needed |= {link.resource: (value, True) for value in values for link in value.mentions()}
    return needed


def _endpoints(deployment: Deployment) -> Mapping[str, tuple[Resource, list[Resource]]]:
    """The interface endpoints with private DNS, and their security groups, by the end of the service's name."""
    endpoints: dict[str, tuple[Resource, list[Resource]]] = {}
    for endpoint in deployment.of_type(_ENDPOINT) if not deployment.of_type(_ADDED) else ():
        groups = named_groups(endpoint, endpoint.get("SecurityGroupIds"))
        if groups and endpoint.get("PrivateDnsEnabled").flag is True:
            endpoints[(endpoint.get("ServiceName").pieces[-1].text or "").rpartition(".")[2]] = endpoint, groups
    return endpoints


def own_groups(client: Resource) -> list[Resource]:
    """The security groups that a program surely has, and no others besides; none where that is not known."""
    is_known = client.type not in _SCRIPTS or not _may_have_others(client)
    return named_groups(client, client.get(CLIENTS[client.type])) if is_known else []


def _may_have_others(server: Resource) -> bool:
    """Whether interfaces of its own, or groups that are added to one, may give an instance other groups, or it has them
    instead of those of the launch template that it starts from."""
    deployment = server.deployment
    if deployment.of_type(ADDED_GROUP) or server.name in deployment.once(_with_others):
        return True
    return not server.get("NetworkInterfaces").is_absent if server.type == INSTANCE else server.is_exposed()


def _with_others(deployment: Deployment) -> Collection[str]:
    unread = (one for one in deployment.untranslated(deployment) if _WITH_OWN_OF_TERRAFORM.fullmatch(one.type))
    return mentioned((*deployment.of_type(*_WITH_OWN), *unread))


def told_of(client: Resource) -> Mapping[str, Value]:
    """The value that tells a program the address of a store of here, by the name of that."""
    told: dict[str, Value] = {}
    for value in variables(client):
        for link in addresses(value):
            store = client.deployment.resource(link.resource)
            if store is not None and store.type in STORES:
                told.setdefault(link.resource, value)
    return told


def _groups_of(store: Resource) -> list[Resource]:
    return named_groups(store, store.get(STORES[store.type].groups))


def variables(client: Resource) -> list[Value]:
    """What the program of a service or function is told by its environment, or that of an instance by its script."""
    if client.type in _SCRIPTS:
        return [client.get(_SCRIPTS[client.type])]
    if client.type != ecs.SERVICE:
        return [*client.get("Environment.Variables").fields.values()]
    task = client.follow("TaskDefinition", ecs.TASK)
    containers = [] if task is None else ecs.containers(task) or []
    return [item.get("Value") for container in containers for item in container.get("Environment").items]


def addresses(value: Value) -> Iterator[Link]:
    """The links of a text that are to an address of what they name."""
    for piece in value.pieces:
        link = piece.attribute if isinstance(piece, Unknown) else piece
        if isinstance(link, Link) and "endpoint" in link.attribute.lower():
            yield link


def _admits_others(rule: Rule, own: Sequence[Resource]) -> bool:
    """Whether a rule surely admits security groups of here alone, and none of some."""
    if any(rule.written.get(name).items for name in WIDER):
        return False
    sources = [own[0].deployment.find(item, GROUP) for item in _sources(rule)]
    return bool(sources) and not any(source is None or source in own for source in sources)


def _sources(rule: Rule) -> list[Value]:
    """What names the security groups that a rule admits."""
    return rule.written.get("SourceSecurityGroupId").items
