"""Terraform's JSON configuration (`*.tf.json`, CDKTF's `cdk.tf.json`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from awslint_memo.readers.node import Node, fields
from awslint_memo.readers.source import Source
from awslint_memo.readers.terraform import deployment
from awslint_memo.readers.terraform_blocks import COMMENT
from awslint_memo.readers.terraform_module import Module
from awslint_memo.template import Deployments, Template
from awslint_memo.value import Absent, Known, Value


class TerraformConfiguration:
    """A file of Terraform's JSON syntax. Raises Problem where a block has no shape that Terraform would take."""

    nested: Sequence[Template] = ()

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self._root = root
        self._sections = {name: node for name, node in fields(root).items() if name != COMMENT}
        Module(self._sections)

    @cached_property
    def metadata(self) -> Value:
        """What stands under the file's own "//": text, or what CDKTF notes there."""
        comment = fields(self._root).get(COMMENT)
        return Absent(self._root) if comment is None else _as_written(comment)

    def comments(self) -> Iterator[tuple[int, str]]:
        """None: JSON has no comments."""
        return iter(())

    def deployments(self, fixed: Mapping[str, str] | None, looked_at: Collection[str]) -> Deployments:
        """The one deployment that the variables' defaults make, or the values that the user gave (`fixed`)."""
        module = Module(self._sections, fixed or {})
        return Deployments([deployment(module.instances(), is_open=module.calls_modules, outputs=module.outputs)])


def _as_written(node: Node) -> Value:
    content = node.content
    if content is None:
        return Absent(node)
    if isinstance(content, list):
        return Known([_as_written(child) for child in content], node)
    if isinstance(content, Mapping):
        return Known({key: _as_written(child) for key, child in content.items()}, node)
    return Known(content, node)
