"""Makes a graph of what was seen of resources: ids, groups, and edges between what is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import field, record, replace
from awslint_memo.relations.graph.graph import Edge, Graph, Group, GroupKind, Node, Note, kind_of, service_of
from awslint_memo.relations.graph.programs import ACCESS, Part
from awslint_memo.relations.graph.relation import Relation
from awslint_memo.relations.graph.terraform import type_of

_MODULES = regex(r"^(?:module\.[^.\[]+(?:\[[^]]*\])?\.)+")


@record(frozen=True, slots=True)
class Key:
    """What tells a node from all others: its template, its name there, and its Region, if that is known."""

    path: str
    name: str
    region: str


@record(frozen=True)
class Home:
    """Where a node stands: its template or root of Terraform, its Region, and its nested stack or module.

    title: what a person calls the nested stack or module.
    """

    root: str
    region: str
    inner: str
    title: str
    path: str


@record(frozen=True)
class Shown:
    """A node of a resource, with its parts. inside: the cluster that it is a part of."""

    key: Key
    resource: Resource
    home: Home
    notes: Sequence[Note]
    parts: Sequence[Part]
    deployments: Sequence[str]
    inside: Key | None


Side = tuple[Key, str]


def home(root: str, resource: Resource, region: str) -> Home:
    """Where a resource stands."""
    if resource.language == "terraform":
        match = _MODULES.match(resource.name)
        inner = title = match[0].rstrip(".") if match else ""
    else:
        outer = resource.name.rpartition("/")[0]
        stack = resource.deployment.resource(outer) if outer else None
        inner, title = ("", "") if stack is None else (outer, _title(stack))
    return Home(root, region, inner, title, resource.place.span.path if inner else root)


def _title(resource: Resource) -> str:
    return resource.label if resource.construct is None else resource.construct.in_stack


@record
class Assembling:
    """What was seen so far."""

    shown: dict[Key, Shown] = field(default_factory=dict)
    joined: dict[tuple[Side, Side, str], tuple[Relation, bool]] = field(default_factory=dict)

    def add(self, one: Shown) -> None:
        """Add a node."""
        self.shown.setdefault(one.key, one)

    def join(self, source: Side, target: Side, relation: Relation, is_sure: bool) -> None:
        """Add an edge. Two that say the same are one, which is sure if one of them is."""
        key = (source, target, relation.label)
        known = self.joined.get(key)
        if known is None or (is_sure and not known[1]):
            self.joined[key] = relation, is_sure

    def graph(self) -> Graph:
        """The graph of all that was seen."""
        numbering = _Numbering(self)
        nodes = [*numbering.nodes()]
        edges = [*numbering.edges()]
        return Graph(nodes, edges, [*numbering.groups.values()])


class _Numbering:
    """Gives ids to what was seen."""

    def __init__(self, seen: Assembling) -> None:
        self._seen = seen
        self.groups: dict[tuple[object, ...], Group] = {}
        self._ids: dict[Side, str] = {}
        self._clusters = {one.inside for one in seen.shown.values() if one.inside is not None}

    def nodes(self) -> Iterator[Node]:
        """All nodes, in the order of the files."""
        for one in self._seen.shown.values():
            group = self._group_of(one)
            if one.parts:
                title = f"pipeline {_title(one.resource)}"
                group = self._group(("pipeline", one.key), title, "pipeline", one.home.path, group)
            resource, type_ = one.resource, type_of(one.resource)
            node = Node(
                self._id((one.key, "")),
                resource.label,
                type_,
                service_of(type_),
                kind_of(type_),
                resource.place,
                group.id,
                one.notes,
                one.deployments,
                resource.construct,
            )
            yield node
            for part in one.parts:
                stage = self._group((one.key, part.stage), part.stage[1], "stage", one.home.path, group)
                yield replace(
                    node,
                    id=self._id((one.key, part.key)),
                    name=part.name,
                    construct=None,
                    kind=part.kind,
                    place=part.place,
                    group=stage.id,
                    notes=part.notes,
                )

    def edges(self) -> Iterator[Edge]:
        """The edges whose ends are there; a plain or weak one only where no other joins the two.

        That somebody may use a thing says nothing new where the thing sends something, either.
        """
        joined = self._seen.joined.items()
        strong = {
            frozenset((s, t)) for (s, t, _), (relation, _) in joined if not (relation.is_plain or relation.is_weak)
        }
        ahead = {(s, t) for (s, t, _), (relation, _) in joined if not (relation.is_plain or relation.is_weak)}
        weak = {frozenset((s, t)) for (s, t, _), (relation, _) in joined if relation.is_weak}
        for (source, target, label), (one, is_sure) in self._seen.joined.items():
            ends = self._ids.get(source), self._ids.get(target)
            if ends[0] is None or ends[1] is None:
                continue
            pair = frozenset((source, target))
            is_known = (one.is_weak and pair in strong) or (one.is_plain and (pair in strong or pair in weak))
            is_new = one.is_weak and label not in ACCESS and (source, target) not in ahead
            if is_known and not is_new:
                continue
            yield Edge(ends[0], ends[1], label, one.place, is_sure, one.is_plain, one.via)

    def _id(self, side: Side) -> str:
        return self._ids.setdefault(side, f"n{len(self._ids) + 1}")

    def _group(self, key: tuple[object, ...], title: str, kind: GroupKind, path: str, parent: Group | None) -> Group:
        if key not in self.groups:
            above = "" if parent is None else parent.id
            self.groups[key] = Group(f"g{len(self.groups) + 1}", title, kind, path, above)
        return self.groups[key]

    def _home(self, home: Home) -> Group:
        group = self._group((home.root,), home.root, "root", home.root, None)
        if home.region:
            group = self._group((home.root, home.region), home.region, "region", home.root, group)
        if home.inner:
            group = self._group((home.root, home.region, home.inner), home.title, "root", home.path, group)
        return group

    def _group_of(self, one: Shown) -> Group:
        cluster = one.key if one.key in self._clusters else one.inside
        known = None if cluster is None else self._seen.shown.get(cluster)
        if known is None or cluster is None:
            return self._home(one.home)
        outside = self._home(known.home)
        return self._group(
            ("cluster", cluster), f"cluster {_title(known.resource)}", "cluster", known.home.path, outside
        )
