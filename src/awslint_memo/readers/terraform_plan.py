"""Terraform plans, as `terraform show -json` prints them (format versions 0.1 to 1.2).

An attribute that nobody wrote may be "known after apply" like one that is; only the configuration inside the plan
tells them apart, and only its references tell how resources hang together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from awslint_memo.readers.names import COMPANIONS, TRANSLATIONS
from awslint_memo.readers.node import Node, fields
from awslint_memo.readers.plan_changes import plain, planned
from awslint_memo.readers.plan_references import References
from awslint_memo.readers.plan_values import Arguments
from awslint_memo.readers.source import Source
from awslint_memo.readers.terraform import Instance, deployment
from awslint_memo.template import Deployments, Template
from awslint_memo.value import Absent, Value


class TerraformPlan:
    """A plan: everything in it is decided, so it is one deployment."""

    nested: Sequence[Template] = ()
    nests: Collection[str] = ()

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self._root = root

    @property
    def metadata(self) -> Value:
        """Nothing: a plan keeps no comments."""
        return Absent(self._root)

    def comments(self) -> Iterator[tuple[int, str]]:
        """None: JSON has no comments."""
        return iter(())

    def block(self, line: int) -> range | None:
        """None: JSON has no comments."""
        return None

    def deployments(self, fixed: Mapping[str, str] | None, looked_at: Collection[str]) -> Deployments:
        """The one deployment; a plan is made for variables that have their values."""
        root = fields(self._root)
        instances = list(planned(root.get("resource_changes")))
        configuration = plain(root.get("configuration")).get("root_module")
        references = References(configuration if isinstance(configuration, dict) else {}, instances)
        variables = plain(root.get("variables"))
        made = []
        for one in instances:
            if one.type in TRANSLATIONS or one.type in COMPANIONS:
                arguments = Arguments(one, references, variables)
                made.append(Instance(one.address, one.type, arguments.place, arguments.read))
        return Deployments([deployment(made)])
