"""Programs that an estate has for a failover, by their names: what their roles let them do, what they call, and what
starts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.relations import elasticache
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.statements import action_fits
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import capacity, cluster_kinds, failover_names, file_paths, service_types
from awslint_memo.relations.recovery.failover_names import DOCUMENT, STATES
from awslint_memo.relations.recovery.recovery_paths import Reasons

_ROLES = {DOCUMENT: "Content.assumeRole", service_types.FUNCTION: "Role", STATES: "RoleArn"}

TYPES = tuple(failover_names.NAMES)
"""What may do a failover by itself."""

_PROMOTES = "promot"
"""What is in names too of what has nothing to do with it: offers of a shop, releases."""

_LOOKS = regex(r"check\w*|monitor\w*|notif\w*|status|valid\w*|verif\w*")
"""Words in the names of what looks whether a failover is due, or worked."""

_HUMP = regex(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+")

SWITCHES = "rds:FailoverGlobalCluster"
"""What switches over, and waits for the primary, unless it is told to allow a loss
(AmazonRDS/latest/APIReference/API_FailoverGlobalCluster.html)."""

CLUSTER_CALLS = Fact(
    (SWITCHES, "rds:RemoveFromGlobalCluster", "rds:SwitchoverGlobalCluster"),
    page="service-authorization/latest/reference/list_rds.html",
    read="2026-12-01",
)

PROMOTING: Fact[Mapping[str, Sequence[str]]] = Fact(
    {
        databases.CLUSTER: (*CLUSTER_CALLS.value, "rds:PromoteReadReplicaDBCluster"),
        databases.INSTANCE: ("rds:PromoteReadReplica", "rds:SwitchoverReadReplica"),
        cluster_kinds.DOCUMENTS: CLUSTER_CALLS.value,
        cluster_kinds.GRAPHS: CLUSTER_CALLS.value,
        elasticache.GROUP: (
            "elasticache:DisassociateGlobalReplicationGroup",
            "elasticache:FailoverGlobalReplicationGroup",
        ),
        file_paths.FILES: ("elasticfilesystem:DeleteReplicationConfiguration",),
    },
    page="service-authorization/latest/reference/list_rds.html",
    read="2026-12-01",
)
"""By the type of a store, what a role has to allow so that a program can promote a copy of it. Clusters of DocumentDB
and Neptune have the actions of RDS."""

_CONTROL = "route53-recovery-cluster:"
TURNING = Fact(
    tuple(_CONTROL + call for call in ("UpdateRoutingControlState", "UpdateRoutingControlStates")),
    page="service-authorization/latest/reference/list_route53-recovery-cluster.html",
    read="2026-12-01",
)
"""What a role has to allow so that a program can turn routing controls."""

READING = Fact(
    tuple(_CONTROL + call for call in ("GetRoutingControlState", "ListRoutingControls")),
    page="service-authorization/latest/reference/list_route53-recovery-cluster.html",
    read="2026-12-01",
)
"""The same to learn their states."""


@record(frozen=True)
class Program:
    """What an estate has for a failover. resource: the one to start. promotes: the types of stores that its role surely
    lets it promote copies of. turns, reads: whether it lets it turn routing controls, or learn their states. calls:
    what it lets it do of all that. because: where the policies say so. starter: what starts it by itself, on a schedule
    or by an alarm; None where none was read."""

    resource: Resource
    promotes: Sequence[str] = ()
    turns: bool = False
    reads: bool = False
    calls: Sequence[str] = ()
    because: Reasons = ()
    starter: Resource | None = None

    @property
    def acts(self) -> bool:
        """Whether its role surely lets it do some of a failover."""
        return bool(self.promotes) or self.turns

    @property
    def awaits_controls(self) -> bool:
        """Whether it looks at routing controls that others have to turn."""
        return self.reads and not self.turns and bool(self.promotes)


def is_for_failover(program: Resource) -> bool:
    """Whether something is for a failover or for the way back from one, by its name: an automation, or what is called
    for more than a deployment."""
    name = failover_names.joined(program)
    if failover_names.is_drill(program):
        return False
    words = (*failover_names.FAILOVER, failover_names.HOME)
    named = any(word in name for word in words) or (_PROMOTES in name and told([program]).acts)
    if program.type == DOCUMENT:
        return named and program.get("DocumentType").text == "Automation"
    return named and capacity.serves(program)


def leads_home(program: Resource) -> bool:
    """Whether something is for the way back from a failover, by its name."""
    name = failover_names.joined(program)
    return failover_names.HOME in name and not any(word in name for word in failover_names.FAILOVER)


def looks_only(program: Program) -> bool:
    """Whether something only looks whether a failover is due, or worked, by its name and as far as its role tells."""
    words = [word.lower() for name in failover_names.own(program.resource) for word in _HUMP.split(name)]
    return not program.acts and any(map(_LOOKS.fullmatch, words))


def called(programs: Sequence[Resource]) -> set[int]:
    """The ids of those that state machines and documents among them start: these are started by them alone."""
    by_name = {(id(each.deployment), each.name): each for each in programs}
    calls = {id(each): _called(each, by_name) for each in programs if each.type != service_types.FUNCTION}
    # Two that start each other are no parts of one another.
    return {inner for outer, inside in calls.items() for inner in inside if outer not in calls.get(inner, ())}


_DEFINITIONS = {DOCUMENT: ("Content",), STATES: ("Definition", "DefinitionString", "DefinitionSubstitutions")}


def _called(program: Resource, by_name: Mapping[tuple[int, str], Resource]) -> set[int]:
    links = (link.resource for path in _DEFINITIONS[program.type] for link in program.get(path).mentions())
    found = (by_name.get((id(program.deployment), name)) for name in links)
    return {id(each) for each in found if each is not None and each is not program}


def told(copies: Sequence[Resource]) -> Program:
    """What templates tell of a program. copies: those of its deployments, the one to start first: a role may be made in
    one of them alone."""
    with noted():
        role = next(filter(None, map(_role, copies)), None)
        starter = next(filter(None, map(_starter, copies)), None)
        allowed = {} if role is None else _allowed(role)
    promotes = [type_ for type_, calls in PROMOTING.value.items() if any(call in allowed for call in calls)]
    turns, reads = (any(call in allowed for call in fact.value) for fact in (TURNING, READING))
    places = {place.span: (place, f"{copies[0].title}, by what its role may do") for place in allowed.values()}
    return Program(copies[0], promotes, turns, reads, sorted(allowed), tuple(places.values()), starter)


def _role(program: Resource) -> Resource | None:
    return program.deployment.find(program.get(_ROLES[program.type]), roles.ROLE)


def _allowed(role: Resource) -> dict[str, Place]:
    """Of the actions that are asked about, those that a role surely allows, with the place of the statement."""
    asked = dict.fromkeys(call for calls in (*PROMOTING.value.values(), TURNING.value, READING.value) for call in calls)
    allows = [each for each in roles.policies(role).statements if each.get("Effect").text == "Allow"]
    known = {
        call: statement.place
        for call in asked
        for statement in reversed(allows)
        if action_fits(statement, call) is True
    }
    # What another statement or the boundary denies is not let.
    return {call: place for call, place in known.items() if roles.may(role, call) is not False}


_ALARM = "AWS::CloudWatch::Alarm"
_STARTERS: Mapping[str, str] = {
    _ALARM: "AlarmActions",
    "AWS::Events::Rule": "Targets.Arn",
    "AWS::Scheduler::Schedule": "Target.Arn",
}


def _starter(program: Resource) -> Resource | None:
    """What starts a program by itself: a rule, a schedule or an alarm that names it and is not switched off."""
    for starter in program.deployment.of_type(*_STARTERS):
        if not _is_off(starter) and any(
            program.deployment.find(named, program.type) is program for named in _started(starter)
        ):
            return starter
    return None


def _is_off(starter: Resource) -> bool:
    if starter.type == _ALARM:
        return starter.get("ActionsEnabled").flag is False
    return starter.get("State").text == "DISABLED"


def _started(starter: Resource) -> Iterator[Value]:
    """What a rule, a schedule or an alarm names."""
    first, _, last = _STARTERS[starter.type].partition(".")
    for item in starter.get(first).items:
        yield item.get(last) if last else item


def when(starter: Resource) -> str:
    """When something starts what it names, in words behind its title; empty where that is not told."""
    schedule = None if starter.type == _ALARM else starter.get("ScheduleExpression").text
    return f" ({schedule})" if schedule else ""
