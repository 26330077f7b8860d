"""Graph: the resources of templates as nodes, with the edges and groups that a picture of them shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from awslint_memo.model.naming import Construct
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem

GroupKind: TypeAlias = Literal["root", "region", "pipeline", "stage", "cluster"]
"""What a group stands for: a template or root of Terraform, a Region, a pipeline, a stage of one, a cluster."""


@record(frozen=True)
class Note:
    """What is known of a node in two words, such as `zones`, `2`. Only what the template tells is noted."""

    name: str
    text: str


@record(frozen=True)
class Node:
    """A resource, or what a resource has that a picture shows on its own, such as an action of a pipeline.

    id: names the node in its graph; letters and digits only, whatever the file calls it. name: the logical id, or
    Terraform's address, as in findings. type: CloudFormation's. service: the service's name, such as SQS. kind: what it
    is in a word or two, such as queue. group: the id of the group that holds it. deployments: in which it is, if not in
    all. construct: the one that an app of the CDK made it by.
    """

    id: str
    name: str
    type: str
    service: str
    kind: str
    place: Place
    group: str
    notes: Sequence[Note] = ()
    deployments: Sequence[str] = ()
    construct: Construct | None = None

    @property
    def title(self) -> str:
        """What a person knows it by: its name, or the path of its construct in its stack."""
        return self.name if self.construct is None else self.construct.in_stack


@record(frozen=True)
class Edge:
    """How one node hangs together with another. label: a verb phrase that reads from source to target, such as
    `sends failed messages to`. is_sure: False where that depends on what the template leaves open. is_plain: whether
    all that is known is that the one names the other. via: the name of the resource that is drawn as this edge."""

    source: str
    target: str
    label: str
    place: Place
    is_sure: bool = True
    is_plain: bool = False
    via: str = ""


@record(frozen=True)
class Group:
    """What holds nodes or other groups. parent: the id of the group that holds it; empty for a root."""

    id: str
    title: str
    kind: GroupKind
    path: str
    parent: str = ""


@record(frozen=True)
class Graph:
    """The graph of a run. left_out: sentences about what is not in it, and why. errors: what could not be read."""

    nodes: Sequence[Node] = ()
    edges: Sequence[Edge] = ()
    groups: Sequence[Group] = ()
    left_out: Sequence[str] = ()
    errors: Sequence[Problem] = ()
