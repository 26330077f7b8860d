"""Which endpoint of a database or a cache programs are told, and whether its name promises another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import name_words
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations import ecs
from awslint_memo.relations import elasticache as caches

READERS: Mapping[str, str] = fact(
    {
        "AWS::DocDB::DBCluster": "ReadEndpoint",
        "AWS::ElastiCache::ReplicationGroup": "ReaderEndPoint.Address",
        "AWS::Neptune::DBCluster": "ReadEndpoint",
        "AWS::RDS::DBCluster": "ReadEndpoint.Address",
    },
    page="AmazonRDS/latest/AuroraUserGuide/Aurora.Endpoints.Reader.html",
    read="2026-12-01",
)
"""By type, the attribute whose address leads to the readers, if there are any; of caches stands the same in
AmazonElastiCache/latest/dg/Replication.Endpoints.html."""

MEMBERS: Mapping[str, tuple[str, str]] = fact(
    {
        "AWS::DocDB::DBInstance": ("AWS::DocDB::DBCluster", "Endpoint"),
        "AWS::Neptune::DBInstance": ("AWS::Neptune::DBCluster", "Endpoint"),
        "AWS::RDS::DBInstance": ("AWS::RDS::DBCluster", "Endpoint.Address"),
    },
    page="AmazonRDS/latest/AuroraUserGuide/Aurora.Endpoints.Instance.html",
    read="2026-12-01",
)
"""By type of instance, that of its cluster, and the attribute whose address leads to this instance, whatever it is."""

CLUSTERS = tuple(cluster for cluster, _ in MEMBERS.values())
"""The types of clusters that have a writer and readers."""

TELLERS = ("AWS::SSM::Parameter", "AWS::Lambda::Function", "AWS::ECS::TaskDefinition", "AWS::Route53::RecordSet")
"""Types by which programs are told an endpoint under a name."""

_NODES = "ReadEndPoint.Addresses"
"""The attribute of a group with the addresses of its nodes, and of that one with them as a list."""

_NODE_KEY = regex(r"item (.+) of .+\.ReadEndPoint\.Addresses\.List")
"""How the reader calls one of them."""

_CACHE_NODE = regex(r"cache_nodes\.\d+\.address")
"""Terraform's name for the address of a node."""

_PORT = regex(r"\.ports?(?:\.list)?\Z")
"""How the attributes of endpoints end that are ports, in lower case."""

_WRITING = frozenset(("write", "writer", "writers", "writes", "writing", "writable", "rw"))
"""Words of a name under which programs expect the endpoint for writing. Chosen."""

_NOT_WRITING = frozenset((
    *("read", "reader", "readers", "reads", "reading", "readonly", "ro", "replica", "replicas", "secondary", "standby"),
    *("slave", "timeout", "port"),
))  # fmt: skip
"""Words with which a name may promise something else. Chosen."""

_WATCHING = frozenset((
    *("admin", "agent", "check", "debug", "exporter", "health", "healthcheck", "insights", "instance", "metrics"),
    *("monitor", "monitoring", "node", "nodes", "probe", "scrape", "statistics", "stats", "watch"),
))  # fmt: skip
"""Words of names under which a program is told one instance on purpose. Chosen."""

_LAST_WORDS = frozenset(("address", "database", "db", "endpoint", "host", "hostname", "redis", "uri", "url"))
"""What may stand in the last part of a path behind the part that says what it is for. Chosen."""

_FORWARDING = ("EnableGlobalWriteForwarding", "EnableLocalWriteForwarding")
"""With these, the readers of Aurora forward what is written to them."""


@record(frozen=True, eq=False)
class Told:
    """An endpoint that a program is told. name: under which. value: the endpoint. store: whose it is.

    node: the number of the node of a cache, if it is the address of one; None if not.
    """

    name: str
    value: Value
    store: Resource
    attribute: str
    node: str | None = None

    @property
    def is_for_writing(self) -> bool:
        """Whether its name says that it is for writing, and no other word does that may mean something else."""
        words = set(name_words(_meaning(self.name)))
        return bool(words & _WRITING) and words.isdisjoint(_NOT_WRITING) and not is_named_for_writing(self.store)

    @property
    def is_watched(self) -> bool:
        """Whether its name says that this instance is watched, or meant for another reason."""
        return not _WATCHING.isdisjoint(name_words(self.name))

    @property
    def is_of_readers(self) -> bool:
        """Whether it leads to the readers."""
        return self.attribute == READERS.get(self.store.type)

    @property
    def is_of_member(self) -> bool:
        """Whether it leads to one instance of a cluster."""
        return self.attribute == MEMBERS.get(self.store.type, ("", ""))[1]


def told(teller: Resource) -> Iterator[Told]:
    """The endpoints of databases and caches of here that a resource tells programs, each alone in its value."""
    for name, value in named_values(teller):
        found = [piece for piece in value.pieces if _is_address(piece)]
        one = _endpoint(teller.deployment, name, found[0]) if len(found) == 1 else None
        if one is not None:
            yield one


def named_values(teller: Resource) -> Iterator[tuple[str, Value]]:
    """What a resource tells, each with its name."""
    if teller.type == "AWS::Lambda::Function":
        yield from teller.get("Environment.Variables").fields.items()
    elif teller.type == ecs.TASK:
        for container in ecs.containers(teller) or []:
            for variable in container.get("Environment").items:
                yield variable.get("Name").text or "", variable.get("Value")
    else:
        written = "/".join(piece.text or "" for piece in teller.get("Name").pieces)
        is_record = teller.type == "AWS::Route53::RecordSet"
        values = teller.get("ResourceRecords").items if is_record else [teller.get("Value")]
        name = written.partition(".")[0] if is_record else written
        if len(values) == 1:
            yield name if name_words(name) else teller.name.rpartition(".")[2], values[0]


def _meaning(name: str) -> str:
    """The last part of a path, with the one before where it only says that it is an address."""
    parts = [part for part in name.split("/") if part]
    is_plain = len(parts) > 1 and _LAST_WORDS.issuperset(name_words(parts[-1]))
    return " ".join(parts[-2:] if is_plain else parts[-1:])


def _is_address(piece: Value) -> bool:
    """Whether a piece of a value is an address of a resource, or made of one; the port of an endpoint is none."""
    links = [*piece.mentions()]
    if isinstance(piece, Unknown) and piece.attribute is not None:
        links.append(piece.attribute)
    named = [link.attribute.lower() for link in links]
    return any(("endpoint" in name or "address" in name) and not _PORT.search(name) for name in named)


def _endpoint(deployment: Deployment, name: str, piece: Value) -> Told | None:
    link = piece.attribute if isinstance(piece, Unknown) else piece
    node = None
    if link is None and isinstance(piece, Unknown):
        match, mentioned = _NODE_KEY.fullmatch(piece.key), list(piece.mentions())
        link, node = (mentioned[0], match[1]) if match is not None and len(mentioned) == 1 else (None, None)
    store = deployment.resource(link.resource) if isinstance(link, Link) else None
    if not isinstance(link, Link) or store is None:
        return None
    if _CACHE_NODE.fullmatch(link.attribute) and store.type == caches.NODE_CLUSTER:
        group = deployment.find(store.terraform.replication_group, caches.GROUP)
        return None if group is None else Told(name, piece, group, _NODES, store.name)
    is_told = link.attribute in (READERS.get(store.type), MEMBERS.get(store.type, ("", ""))[1]) or node is not None
    return Told(name, piece, store, link.attribute, node) if is_told else None


def writing_endpoint(store: Resource) -> str:
    """The endpoint for writing of a cluster or a group, as a message calls it in the store's language."""
    is_group, is_terraform = store.type == caches.GROUP, store.language == "terraform"
    cluster = "endpoint" if is_terraform else "Endpoint"
    group = "primary_endpoint_address" if is_terraform else "PrimaryEndPoint.Address"
    return f"{group if is_group else cluster} of {store.title}"


def reading_endpoint(group: Resource) -> str:
    """The reader endpoint of a group, as a message calls it in the group's language."""
    name = "reader_endpoint_address" if group.language == "terraform" else "ReaderEndPoint.Address"
    return f"{name} of {group.title}"


def is_named_for_writing(store: Resource) -> bool:
    """Whether a store is named after writing, so that such a word in another name may mean this store."""
    return not _WRITING.isdisjoint(name_words(store.name))


def cluster_of(instance: Resource) -> Resource | None:
    """The cluster of this deployment to which an instance surely belongs; else None."""
    return instance.follow("DBClusterIdentifier", MEMBERS[instance.type][0])


def members(cluster: Resource) -> Sequence[Resource]:
    """The instances of this deployment that surely belong to a cluster."""
    return cluster.deployment.once(_members).get(cluster.name, [])


def _members(deployment: Deployment) -> Mapping[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for instance in deployment.of_type(*MEMBERS):
        cluster = cluster_of(instance)
        if cluster is not None:
            found.setdefault(cluster.name, []).append(instance)
    return found


def has_readers(store: Resource) -> bool | None:
    """Whether a cluster or a group surely has readers beside its writer, or surely none; None if it is not known."""
    if store.type == caches.GROUP:
        replicas = caches.fewest_replicas(store).number
        return None if replicas is None else replicas > 0
    if store.type == "AWS::RDS::DBCluster" and not store.get("DBClusterInstanceClass").is_absent:
        return True
    copies = [instance.copies.number for instance in members(store)]
    count = sum(int(number or 0) for number in copies)
    if count > 1:
        return True
    is_all = bool(copies) and None not in copies and not store.is_exposed() and not store.may_be_completed()
    return False if is_all else None


def may_forward(cluster: Resource) -> bool:
    """Whether the readers of a cluster may forward to the writer what is written to them."""
    if cluster.type != "AWS::RDS::DBCluster":
        return False
    return any(cluster.get(name, default=False).flag is not False for name in _FORWARDING)


def nodes_told(group: Resource) -> int:
    """How many nodes of a group are told one by one in this deployment, whoever is told them."""
    return len(group.deployment.once(_nodes_told).get(group.name, ()))


def _nodes_told(deployment: Deployment) -> Mapping[str, set[str]]:
    nodes: dict[str, set[str]] = {}
    for teller in deployment.of_type(*TELLERS):
        for one in told(teller):
            if one.node is not None:
                nodes.setdefault(one.store.name, set()).add(one.node)
    return nodes
