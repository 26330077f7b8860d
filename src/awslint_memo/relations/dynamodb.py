"""Amazon DynamoDB: the replicas of tables, who reads their streams, and what scales their capacity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.patterns import Gap, TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Unknown, Value
from awslint_memo.relations.iam.roles import given
from awslint_memo.relations.lambda_.functions import is_on
from awslint_memo.relations.namers import scalable_targets

DEFAULT_BILLING_MODE = fact(
    "PROVISIONED", page="AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html", read="2026-11-25"
)
"""The billing mode of a table when nobody says one."""

STREAM_RETENTION = fact(24, page="amazondynamodb/latest/developerguide/Streams.html", read="2026-11-25")
"""Hours that a table's stream keeps a record."""


MOST_READERS = fact(2, page="lambda/latest/dg/with-ddb.html", read="2026-11-29")
"""How many readers may poll a table's stream at a time; of a global table one."""

TABLE = "AWS::DynamoDB::Table"
GLOBAL_TABLE = "AWS::DynamoDB::GlobalTable"
MAPPING = "AWS::Lambda::EventSourceMapping"
PIPE = "AWS::Pipes::Pipe"
_SOURCES = {MAPPING: "EventSourceArn", PIPE: "Source"}
_PROGRAMS = {"AWS::ECS::TaskDefinition": "ContainerDefinitions", "AWS::Lambda::Function": "Environment"}


def replicas(table: Resource) -> list[Value]:
    """The replicas that a table lists: all of a global table, and those beside the table itself of a Terraform
    table."""
    return (table.terraform.replicas if table.type == TABLE else table.get("Replicas")).items


def replica_path(table: Resource, number: int) -> str:
    """The path of one of these replicas, for a fix: one that Terraform writes as a resource has no list."""
    if table.type == TABLE:
        return f"@replicas[{number}]"
    return "Replicas" if not table.terraform.replica_of.is_absent else f"Replicas[{number}]"


def has_few_units(capacities: Sequence[Capacity], most: int = 5) -> bool:
    """Whether there are fixed capacities, all of at most so many units: what samples and tables have that are hardly
    used. Chosen."""
    return bool(capacities) and all(
        capacity.units.number is not None and not capacity.units.above(most) for capacity in capacities
    )


def is_eventually_consistent(table: Resource) -> bool:
    """Whether the replicas of a table surely follow each other by its stream, which is the default."""
    modes = [table.get("MultiRegionConsistency")] if table.type == GLOBAL_TABLE else []
    if table.type == TABLE:
        modes = [replica.get("ConsistencyMode") for replica in replicas(table)]
    return all(mode.is_absent or mode.text == "EVENTUAL" for mode in modes)


def is_of_another_account(table: Resource) -> bool:
    """Whether a global table adds a replica in a second account, or may: the source decides its settings."""
    return table.type == GLOBAL_TABLE and not table.get("GlobalTableSourceArn").is_absent


def is_version_2017(table: Resource) -> bool:
    """Whether a global table is of version 2017.11.29, which joins tables that are resources of their own."""
    return not table.terraform.joined_tables.is_absent


def other_replicas(table: Resource) -> list[Value | Resource] | None:
    """The replicas of a table in other Regions, as values or as resources; None where they are not all known."""
    listed = replicas(table)
    if any(replica.is_unknown for replica in listed) or table.may_be_completed():
        return None
    if table.type == GLOBAL_TABLE:
        return [*listed[1:]]
    find = table.deployment.find
    apart = [
        resource
        for resource in table.deployment.of_type(GLOBAL_TABLE)
        if find(resource.terraform.replica_of, TABLE) is table
    ]
    return [*listed, *(one for one in apart if one.copies.number)]


def is_replicated(table: Resource) -> bool:
    """Whether a table has replicas in other Regions or accounts, or may."""
    if other_replicas(table) != [] or is_of_another_account(table):
        return True
    others = table.deployment.of_type(GLOBAL_TABLE)
    named = (value for other in others for value in (other.terraform.replica_of, other.terraform.joined_tables))
    return any(table.may_be_named_by(value) for value in named)


def stream_view(table: Resource) -> Value:
    """What a table's stream holds ("NEW_IMAGE" …); Absent where the table has no stream."""
    if is_of_another_account(table):
        return Unknown("the table in the other account decides it", table.place)
    enabled = table.terraform.stream_enabled
    if table.type == TABLE and table.language == "terraform" and enabled.flag is not True:
        return enabled if enabled.is_unknown else Absent(table.place)
    return table.get("StreamSpecification.StreamViewType")


def scaling_targets(table: Resource) -> list[Resource]:
    """The scalable targets that surely change the units of a table or of one of its indexes."""
    return table.deployment.once(_targets_by_table).get(table.name, [])


def _targets_by_table(deployment: Deployment) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for target in scalable_targets(deployment):
        scaled = target.get("ResourceId").pattern
        if scaled is not None and scaled.startswith("table/"):
            name = scaled.removeprefix("table/").partition("/")[0]
            table = deployment.named(name, TABLE, GLOBAL_TABLE, asking=target)
            if table is not None:
                found.setdefault(table.name, []).append(target)
    return found


def table_of_stream(reader: Resource) -> Resource | None:
    """The table of this deployment whose stream an event source mapping or a pipe surely reads; else None."""
    return reader.follow(_SOURCES[reader.type], TABLE, GLOBAL_TABLE)


def stream_readers(table: Resource) -> list[Resource]:
    """The mappings and pipes that surely are switched on and read a table's stream."""
    return table.deployment.once(_stream_readers).get(table.name, [])


def _stream_readers(deployment: Deployment) -> dict[str, list[Resource]]:
    by_table: dict[str, list[Resource]] = {}
    for reader in deployment.of_type(*_SOURCES):
        table = table_of_stream(reader)
        if table is not None and is_on(reader):
            by_table.setdefault(table.name, []).append(reader)
    return by_table


def may_be_read(table: Resource) -> bool:
    """Whether something reads a table's stream, or may: a mapping, a pipe, a replica, a program, another stack."""
    deployment = table.deployment
    if table.is_open or is_replicated(table):
        return True
    sources = [resource.get(name) for type_, name in _SOURCES.items() for resource in deployment.of_type(type_)]
    if any(table.may_be_named_by(source) for source in sources):
        return True
    return table.name in deployment.once(_told_streams) or deployment.once(_lets_read_streams)


def _told_streams(deployment: Deployment) -> frozenset[str]:
    """The tables whose streams an output, a nested stack, a policy or the settings of a program name."""
    told = [*deployment.shared_values]
    told += [statement for _, statement in given(deployment)]
    for type_, path in _PROGRAMS.items():
        told += [resource.get(path.partition(".")[0]) for resource in deployment.of_type(type_)]
    links = [link for value in told for link in value.mentions()]
    return frozenset(link.resource for link in links if link.attribute == "StreamArn")


def _lets_read_streams(deployment: Deployment) -> bool:
    """Whether a policy lets a program read streams, of whatever table."""
    # Terraform's policies stand elsewhere than in a role, and may be nobody's here.
    of_here = (statement for holder, statement in given(deployment) if holder.language == "cloudformation")
    actions = (action for statement in of_here for action in statement.get("Action").items)
    return any((action.text or "").lower() == "dynamodb:getrecords" for action in actions)


@record(frozen=True)
class Capacity:
    """Reads or writes of a table or of one of its indexes: what to call them, and where their units stand.

    index: the number of the index in the table; None for the table itself.
    """

    what: str
    units: Value
    index: int | None = None


def unscaled(table: Resource) -> list[Capacity]:
    """The provisioned capacities of a table that surely nothing in this deployment scales; empty where that is not
    known.

    An index whose name is not known is left out. A stack elsewhere may scale them: see `is_known_elsewhere`.
    """
    deployment = table.deployment
    mode = table.get("BillingMode", default=DEFAULT_BILLING_MODE).text
    if mode != "PROVISIONED" or deployment.of_type("AWS::AutoScalingPlans::ScalingPlan"):
        return []
    if table.may_be_completed():
        return []
    capacities = list(_capacities(table, "table", None))
    for number, index in enumerate(table.get("GlobalSecondaryIndexes").items):
        if index.get("IndexName").pattern is not None:
            capacities += _capacities(table, "index", index, number)
    return capacities


def _capacities(table: Resource, kind: str, index: Value | None, number: int | None = None) -> Iterator[Capacity]:
    of = "" if index is None else f" of the index {index.get('IndexName').text or 'with an unknown name'}"
    name = None if index is None else index.get("IndexName").pattern
    throughput = (table if index is None else index).get("ProvisionedThroughput")
    for what, unit in (("reads", "ReadCapacityUnits"), ("writes", "WriteCapacityUnits")):
        if not _may_be_scaled(table, f"dynamodb:{kind}:{unit}", name):
            yield Capacity(what + of, throughput.get(unit), number)


def _may_be_scaled(table: Resource, dimension: str, index: TextPattern | None) -> bool:
    scaled = table.deployment.once(_scaled)
    own = (TextPattern(Gap(table.name, "Ref")), table.get("TableName").pattern)
    wanted = {(name, index or TextPattern()) for name in own}
    return any(
        found.may_be_any or not wanted.isdisjoint(found.names)
        for found in (scaled.get(dimension), scaled.get(None))
        if found is not None
    )


@record(frozen=True)
class _Scaled:
    """What targets of Auto Scaling name: tables, each with an index or the empty text, or it may be any."""

    names: set[tuple[TextPattern | None, TextPattern]]
    may_be_any: bool


def _scaled(deployment: Deployment) -> dict[str | None, _Scaled]:
    """What targets of Auto Scaling name, by the dimension that they scale; None: it is not known."""
    named: dict[str | None, list[Value]] = {}
    for target in scalable_targets(deployment):
        if _is_suspended(target):
            continue
        named.setdefault(target.get("ScalableDimension").text, []).append(target.get("ResourceId"))
    return {
        dimension: _Scaled({name for value in values for name in _names(value)}, any(map(_is_open, values)))
        for dimension, values in named.items()
    }


def _is_suspended(target: Resource) -> bool:
    """Whether a target surely never scales out: its policies are suspended, and its schedules are so too, or it has
    none."""
    state, written = target.get("SuspendedState"), target.get("ScheduledActions")
    if state.get("DynamicScalingOutSuspended").flag is not True:
        return False
    if state.get("ScheduledScalingSuspended").flag is True:
        return True
    actions = target.deployment.of_type("AWS::ApplicationAutoScaling::ScheduledAction")
    return written.is_absent and not any(_may_be_of(action, target) for action in actions)


def _may_be_of(action: Resource, target: Resource) -> bool:
    paths = ("ResourceId", "ScalableDimension")
    return all(action.get(path).is_same_as(target.get(path)) is not False for path in paths)


def _is_open(value: Value) -> bool:
    """Whether a piece of a text is a parameter or the like, which may be any name."""
    return any(isinstance(piece, Unknown) for piece in value.pieces)


def _names(value: Value) -> Iterator[tuple[TextPattern, TextPattern]]:
    written = value.pattern
    if written is not None:
        name, _, of_index = written.removeprefix("table/").partition("/index/")
        yield name, of_index


def is_known_elsewhere(table: Resource) -> bool:
    """Whether other stacks get a table: by an output, or as an input of a nested stack."""
    return table.is_exposed(to_modules=False)


def plans(table: Resource) -> Mapping[str, bool]:
    """The plans of AWS Backup, by their titles, that surely select a table and keep its backups for a day at least."""
    if not table.deployment.of_type("AWS::Backup::BackupSelection"):
        return {}
    from awslint_memo.relations.recovery import backup_plans  # Only few templates have plans.

    return backup_plans.keeping_plans(table, 1)
