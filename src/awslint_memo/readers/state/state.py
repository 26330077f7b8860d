"""Reads states, as they are stored (`terraform.tfstate`, `terraform state pull`) or as `terraform show -json` prints.

A state has what exists, with all values that the providers know. It has no configuration: what refers to what is known
by ARNs, ids and names, and nobody knows which values were written and which are defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.partial import kept_by_name
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.plan.configuration import PlanSource
from awslint_memo.readers.state.kinds import is_shown
from awslint_memo.readers.state.names import Names
from awslint_memo.readers.state.stored import Stored, stored
from awslint_memo.readers.state.values import StoredArguments, evaluated
from awslint_memo.readers.state.written import applied
from awslint_memo.readers.template import Beside, Deployments, Inputs, Snapshot, Template
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.instances import Call, Instance, beside_at, is_translated
from awslint_memo.readers.terraform.resources import beside, terraform_deployment, unmapped_resources
from awslint_memo.syntax.node import Flaws, Node, fields

if TYPE_CHECKING:
    from awslint_memo.syntax.outline import Part


class TerraformState:
    """A state. It has a single deployment: what is there."""

    language = "terraform"
    snapshot: Snapshot = "state"
    is_root = True
    nests: Collection[str] = ()
    variables: Mapping[str, object] = {}
    """None: a state does not keep them."""

    def __init__(self, source: Source, root: Node, flaws: Flaws | None = None) -> None:
        self.source = source
        self._flaws = flaws or Flaws()
        self._root = root
        self.written: PlanSource | None = None
        """The configuration of the same root module, if it was found."""
        self.notices: list[str] = []
        """Sentences about a configuration that the user named and that was not found, or only in part."""

    @property
    def nested(self) -> Sequence[Template]:
        """The files of the configuration, because they may contain suppressions."""
        return self.written.files if self.written is not None else ()

    @property
    def inputs(self) -> Inputs:
        """None: values have no effect on what exists, and the user may mean its configuration."""
        return Inputs({}, is_whole=False)

    @property
    def metadata(self) -> Value:
        """Absent: a state has no comments."""
        return Absent(self._root)

    def comments(self) -> Iterator[tuple[int, str]]:
        """None: JSON has no comments."""
        return iter(())

    def outline(self) -> Part:
        """Nothing: JSON has no comments."""
        from awslint_memo.syntax.outline import NOTHING

        return NOTHING

    @cached_property
    def _stored(self) -> Sequence[Stored]:
        return list(stored(self._root, self._flaws))

    def is_of(self, written: PlanSource) -> bool:
        """Whether a configuration has all blocks of the resources in the state; it may have others, not applied yet."""
        blocks = {(each.type, each.name) for each in self._stored if not each.module}
        calls = {each.module[0][0] for each in self._stored if each.module}
        return written.has(blocks, calls)

    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        """The single deployment; `fixed` is ignored, since there are no variables."""
        names, regions = Names(self._stored), Regions(self._stored)
        addresses = {resource.address for resource in self._stored}
        instance = partial(self._instance, names=names, regions=regions, is_there=addresses.__contains__)

        def others(deployment: Deployment) -> list[Resource]:
            unmapped = (resource for resource in self._stored if not is_translated(resource.type))
            return unmapped_resources(map(instance, unmapped), None, deployment)

        instances = [instance(resource) for resource in self._stored if is_translated(resource.type)]
        # What could not be read may be any resource.
        deployment = terraform_deployment(instances, bool(self._flaws.problems), partial(self._outputs, names))
        deployment.untranslated = others
        return Deployments(
            [deployment],
            problems=self._flaws.problems,
            derived_from=frozenset(template.source.path for template in self.nested),
            reached=frozenset(instance.place.span.path for instance in instances),
            taken=self.notices,
            beside=partial(self._beside, deployment),
            end=self._forget,
        )

    def _forget(self) -> None:
        if self.written is not None:
            self.written.forget()

    def _beside(self, deployment: Deployment) -> Iterator[Beside]:
        calls = ((resource, self._call(resource)) for resource in self._stored)
        every = [beside_at(each.address, each.type, self._place(each), call) for each, call in calls]
        return beside(every, [deployment])

    def _call(self, resource: Stored) -> Call | None:
        return None if self.written is None or self._block(resource) is None else self.written.call(resource)

    def _block(self, resource: Stored) -> Block | None:
        return self.written.block(resource) if self.written is not None else None

    def _place(self, resource: Stored) -> Place:
        """Where a resource is written, or stands in the state."""
        block = self._block(resource)
        return resource.place if block is None else block.place

    def _instance(self, resource: Stored, names: Names, regions: Regions, is_there: Callable[[str], bool]) -> Instance:
        arguments, written = StoredArguments(resource, names), self.written
        place, block = self._place(resource), self._block(resource)
        read: Callable[[str], Value] = arguments.read
        note: Value | None = Unknown("a state keeps no notes", place)
        if written is not None and block is not None:
            own = written.instance(resource.address) if written.is_same else None
            read, note = applied(read, block, own, is_there), block.note
        return Instance(
            resource.address,
            resource.type,
            place,
            read,
            note=note,
            region=regions.of(resource),
            provider=Known(resource.provider, place) if resource.provider else None,
            default_tags=partial(arguments.read, "tags_all"),
            is_new=False,
            call=self._call(resource),
            written=resource.values,
        )

    def _outputs(self, names: Names) -> Iterator[Value]:
        """The root module's outputs, which others may read."""
        root = fields(self._root)
        outputs = fields(root["values"]).get("outputs") if is_shown(self._root) else root.get("outputs")
        for name, output in fields(outputs).items():
            parts = fields(output)
            if "value" in parts:
                is_secret = "sensitive" in parts and parts["sensitive"].content is not False
                yield kept_by_name(name, evaluated(parts["value"], is_secret, name, names))


class Regions:
    """The Regions of the resources in a state, by their own words, their ARNs, or those of the same provider."""

    def __init__(self, resources: Sequence[Stored]) -> None:
        self._by_provider: dict[str, set[str]] = {}
        for resource in resources:
            region = _region(resource)
            if region:
                self._by_provider.setdefault(resource.provider, set()).add(region)

    def of(self, resource: Stored) -> Value | None:
        """The Region of a resource; None if it is not known."""
        others = self._by_provider.get(resource.provider, set())
        region = _region(resource) or (next(iter(others)) if len(others) == 1 else "")
        return Known(region, resource.place) if region else None


def _region(resource: Stored) -> str:
    own = resource.text("region")
    if own:
        return own
    parts = resource.text("arn").split(":", 5)
    return parts[3] if len(parts) == 6 and parts[0] == "arn" else ""
