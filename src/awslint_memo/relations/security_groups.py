"""Which ports security groups admit, and whether a load balancer gets through to what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.relations import autoscaling, ecs, ecs_services
from awslint_memo.relations.target_groups import TARGET_GROUP

GROUP = "AWS::EC2::SecurityGroup"
_INGRESS = "AWS::EC2::SecurityGroupIngress"
_OF_EITHER_DIRECTION = "AWS::EC2::SecurityGroupRule"
"""Of Terraform alone."""

_ATTACHMENT = "AWS::ElasticLoadBalancingV2::TargetGroupAttachment"
ADDED_GROUP = "AWS::EC2::NetworkInterfaceSecurityGroup"
"""Of Terraform alone too."""

INSTANCE = "AWS::EC2::Instance"
_CONFIGURATION = "AWS::AutoScaling::LaunchConfiguration"
_TEMPLATE_DATA = "LaunchTemplateData"

_PAGE = "AWSEC2/latest/APIReference/API_IpPermission.html"

TCP = fact(("tcp", "6"), page=_PAGE, read="2026-11-29")
"""What a rule calls TCP."""

ALL_PROTOCOLS = fact(("-1", "all"), page=_PAGE, read="2026-11-29")
"""What a rule calls all protocols; such a rule admits all ports."""

_OVER_TCP = ("HTTP", "HTTPS", "TCP", "TLS")
"""The protocols of target groups that send nothing but TCP."""


_API = "AmazonRDS/latest/APIReference/API_CreateDBInstance.html"


@record(frozen=True)
class Store:
    """Where a database or cache names its security groups and its port.

    ports: the port where nobody names one, by the begin of the engine's name; "" for all. others: the properties that
    name what it has the port of. by: the property on which the port depends, NONE by default. api: the switch of an
    API over HTTPS, whose calls pass no security group; empty if it has none.
    """

    groups: str
    ports: Mapping[str, int]
    port: str = "Port"
    others: Sequence[str] = ()
    api: str = ""
    by: str = ""


STORES: Mapping[str, Store] = fact(
    {
        # github.com/terraform-aws-modules/terraform-aws-security-group, rules.tf (read on 2026-11-30)
        "AWS::DAX::Cluster": Store("SecurityGroupIds", {"NONE": 8111, "TLS": 9111}, by="ClusterEndpointEncryptionType"),
        "AWS::DocDB::DBCluster": Store("VpcSecurityGroupIds", {"": 27017}),
        "AWS::ElastiCache::CacheCluster": Store("VpcSecurityGroupIds", {"redis": 6379, "memcached": 11211}),
        "AWS::ElastiCache::ReplicationGroup": Store("SecurityGroupIds", {"": 6379}),
        "AWS::MemoryDB::Cluster": Store("SecurityGroupIds", {"": 6379}),
        "AWS::RDS::DBCluster": Store(
            "VpcSecurityGroupIds",
            {"aurora-mysql": 3306, "mysql": 3306},
            others=("ReplicationSourceIdentifier",),
            api="EnableHttpEndpoint",
        ),
        "AWS::RDS::DBInstance": Store(
            "VPCSecurityGroups",
            {"mariadb": 3306, "mysql": 3306, "oracle": 1521, "postgres": 5432, "sqlserver": 1433},
            others=("DBClusterIdentifier", "SourceDBInstanceIdentifier"),
        ),
        "AWS::Redshift::Cluster": Store("VpcSecurityGroupIds", {"": 5439}),
    },
    page=_API,
    read="2026-11-29",
)
"""The databases and caches of which this is known; the ports of others than RDS: the reference of the API of each. Of
Aurora PostgreSQL, pages name two."""


@record(frozen=True)
class Rule:
    """A rule of a security group by which something gets in: what it says of protocol and ports, and where."""

    protocol: Value
    first: Value
    last: Value
    written: Resource | Value

    @property
    def is_of_tcp(self) -> bool:
        """Whether it surely admits ports of TCP alone, and which is known."""
        return self.protocol.text in TCP and self.last.number is not None

    def may_admit(self, port: float) -> bool:
        """Whether it admits TCP on a port, or may."""
        protocol = (self.protocol.text or "all").lower()
        first, last = self.first.number, self.last.number
        is_open = first is None or last is None or first < 0 or first <= port <= last
        return protocol in ALL_PROTOCOLS or (protocol in TCP and is_open)


@record(frozen=True)
class Shut:
    """A port on which targets get something, and that none of their security groups admits.

    group: the first of them. rule: a rule of theirs that admits another port; None where there is none. use: what comes
    on the port. is_sure: whether nothing else can add a rule.
    """

    group: Resource
    rule: Rule | None
    port: Value
    use: str
    is_sure: bool


def shut_to_service(service: Resource) -> Iterator[Shut]:
    """The ports of a service of ECS on which its load balancers surely get nothing through."""
    groups = named_groups(service, service.get("NetworkConfiguration.AwsvpcConfiguration.SecurityGroups"))
    for balancer, targets in ecs_services.registrations(service) if groups else ():
        yield from _shut(groups, targets, balancer.get("ContainerPort"))


def shut_to_instances(group: Resource) -> Iterator[Shut]:
    """The ports of an Auto Scaling group's instances on which its load balancers surely get nothing through."""
    deployment = group.deployment
    known = (deployment.find(named, TARGET_GROUP) for named in group.get("TargetGroupARNs").items)
    # Services register the ports of their tasks instead.
    registered = [targets for targets in known if targets and targets.name not in deployment.once(_of_services)]
    # Most groups are behind no load balancer, and what they launch is much to ask for.
    groups = named_groups(group, launched_in(group)) if registered else ()
    for targets in registered if groups else ():
        yield from _shut(groups, targets, targets.get("Port"))


def shut_to_instance(instance: Resource) -> Iterator[Shut]:
    """The ports of one instance on which load balancers surely get nothing through."""
    deployment = instance.deployment
    # Interfaces of its own, or groups that are added to one, may admit more.
    if deployment.of_type(ADDED_GROUP) or not instance.get("NetworkInterfaces").is_absent:
        return
    registered = deployment.once(_registered)
    groups = named_groups(instance, instance.get("SecurityGroupIds")) if registered else ()
    for targets, named, port in registered if groups else ():
        if deployment.find(named, INSTANCE) is instance:
            yield from _shut(groups, targets, targets.get("Port") if port.is_absent else port)


def _registered(deployment: Deployment) -> list[tuple[Resource, Value, Value]]:
    """What is registered with the target groups of a deployment one by one: the group, the target, and its port."""
    registered = [
        (targets, item.get("Id"), item.get("Port"))
        for targets in deployment.of_type(TARGET_GROUP)
        for item in targets.get("Targets").items
    ]
    for attachment in deployment.of_type(_ATTACHMENT):
        named = deployment.find(attachment.get("TargetGroupArn"), TARGET_GROUP)
        if named is not None:
            registered.append((named, attachment.get("TargetId"), attachment.get("Port")))
    return registered


def _shut(groups: Sequence[Resource], targets: Resource, port: Value) -> Iterator[Shut]:
    checked = targets.get("HealthCheckPort", default="traffic-port")
    if targets.get("Protocol").text not in _OVER_TCP or checked.text is None:
        return
    is_same = checked.text in ("traffic-port", port.text)
    uses = [("requests and health checks", port)] if is_same else [("requests", port), ("health checks", checked)]
    yield from closed(groups, uses)


def shut_to_store(store: Resource) -> Iterator[Shut]:
    """The port of a database or cache, where its security groups surely admit other ports and not this one."""
    place = STORES[store.type]
    if place.api and store.get(place.api, default=False).flag is not False:
        return
    by = place.by or ("" if "" in place.ports else "Engine")
    kind = store.get(by, default="NONE" if place.by else None) if by else None
    engine = "" if kind is None else kind.text or "?"
    usual = next((port for start, port in place.ports.items() if engine.startswith(start)), None)
    # A replica has the port of its source, and an instance that of its cluster.
    is_of_another = any(not store.get(path).is_absent for path in place.others)
    port = store.get(place.by or place.port, default=None if is_of_another else usual)
    if place.by and kind is not None and usual is not None:
        port = Known(usual, kind.place, kind.origin)
    groups = named_groups(store, store.get(place.groups)) if port.number is not None else ()
    yield from (shut for shut in (closed(groups, [("connections", port)]) if groups else ()) if shut.rule is not None)


def all_rules(groups: Sequence[Resource]) -> list[Rule] | None:
    """The rules of security groups of one deployment by which something gets in; None where others may add some."""
    return None if any(may_have_other(group) for group in groups) else known_rules(groups)


def may_have_other(group: Resource) -> bool:
    """Whether others may add a rule to a security group."""
    return group.is_open or group.may_be_completed() or group.is_exposed()


def known_rules(groups: Sequence[Resource]) -> list[Rule] | None:
    """The rules of security groups of one deployment that stand in it; None where one is not known."""
    inline = [_inline(group) for group in groups]
    apart = groups[0].deployment.once(_apart) if groups else None
    if apart is None or any(rules is None for rules in inline):
        return None
    return [rule for rules in (*inline, *(apart.get(group.name, ()) for group in groups)) for rule in rules or ()]


def closed(groups: Sequence[Resource], uses: Sequence[tuple[str, Value]]) -> Iterator[Shut]:
    """What surely does not get through to security groups of one deployment. uses: what comes, and on which port."""
    inline = [_inline(group) for group in groups]
    admitted = [rule for rules in inline for rule in rules or ()]
    # Most groups admit the ports themselves.
    uses = _not_admitted(uses, admitted)
    apart = groups[0].deployment.once(_apart) if uses else None
    if apart is None or None in inline:
        return
    admitted += [rule for group in groups for rule in apart.get(group.name, ())]
    uses = _not_admitted(uses, admitted)
    of_tcp = next((rule for rule in admitted if rule.is_of_tcp), None)
    is_closed = bool(uses) and not any(may_have_other(group) for group in groups)
    for use, value in uses if of_tcp is not None or is_closed else ():
        yield Shut(groups[0], of_tcp, value, use, is_closed and of_tcp is not None)


def _not_admitted(uses: Sequence[tuple[str, Value]], rules: Sequence[Rule]) -> list[tuple[str, Value]]:
    """Those of what comes on ports whose port is known and that no rule admits."""
    known = ((use, value, value.number) for use, value in uses)
    return [
        (use, value)
        for use, value, number in known
        if number is not None and not any(rule.may_admit(number) for rule in rules)
    ]


def named_groups(resource: Resource, named: Value) -> list[Resource]:
    """The security groups that a value names; none where one of them is not of this deployment."""
    groups = [resource.deployment.find(item, GROUP) for item in named.items] if named.is_known else []
    known = [group for group in groups if group is not None]
    return known if len(known) == len(groups) else []


def launched_in(group: Resource) -> Value:
    """What says in which security groups the instances of an Auto Scaling group surely are; else Absent."""
    overrides = group.get("MixedInstancesPolicy.LaunchTemplate.Overrides")
    others = [item.get("LaunchTemplateSpecification") for item in overrides.items]
    template = autoscaling.launch_template(group)
    if template is None:
        configuration = group.follow("LaunchConfigurationName", _CONFIGURATION)
        return Absent(group.place) if configuration is None else configuration.get("SecurityGroups")
    interfaces = template.get(f"{_TEMPLATE_DATA}.NetworkInterfaces")
    if any(not other.is_absent for other in others) or len(interfaces.items) > 1:
        return Absent(group.place)
    inner = interfaces.items[0].get("Groups") if interfaces.items else Absent(group.place)
    return template.get(f"{_TEMPLATE_DATA}.SecurityGroupIds") if inner.is_absent else inner


def _of_services(deployment: Deployment) -> frozenset[str]:
    """The target groups to which services register their tasks."""
    named = (
        item.get("TargetGroupArn")
        for service in deployment.of_type(ecs.SERVICE)
        for item in service.get("LoadBalancers").items
    )
    return frozenset(link.resource for value in named for link in value.mentions())


def _inline(group: Resource) -> list[Rule] | None:
    """The rules of a group's own by which something gets in; None where they are not known."""
    inline = group.get("SecurityGroupIngress")
    if inline.is_unknown or may_ignore(group.terraform.ignore_changes, "ingress"):
        return None
    return None if any(item.is_unknown for item in inline.items) else [_rule(item) for item in inline.items]


def _rule(written: Resource | Value) -> Rule:
    return Rule(written.get("IpProtocol"), written.get("FromPort"), written.get("ToPort"), written)


def _apart(deployment: Deployment) -> dict[str, list[Rule]] | None:
    """The rules that are resources of their own, by their group; None where the group of one is not known."""
    rules: dict[str, list[Rule]] = {}
    for written in deployment.of_type(_INGRESS, _OF_EITHER_DIRECTION):
        if written.type == _OF_EITHER_DIRECTION and written.get("Type").text == "egress":
            continue
        named = written.get("GroupId")
        group = deployment.find(named, GROUP)
        if group is None and (named.text is None or not written.get("GroupName").is_absent):
            return None
        if group is not None:
            rules.setdefault(group.name, []).append(_rule(written))
    return rules
