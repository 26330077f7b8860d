"""A file of Terraform's configuration, in JSON (`*.tf.json`, CDKTF's `cdk.tf.json`) or in the native language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from awslint_memo.files.source import Source
from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.template import Deployments, Template
from awslint_memo.readers.terraform.blocks import COMMENT, as_written
from awslint_memo.readers.terraform.instances import terraform_deployment
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.sections import Directory, sections_of
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import Node, fields


class TerraformConfiguration:
    """One file, as a module of its own. Raises Problem where a block has no shape that Terraform would take."""

    language = "terraform"
    nested: Sequence[Template] = ()
    nests: Collection[str] = ()

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self.root = root
        self.sections = sections_of(root)

    @cached_property
    def metadata(self) -> Value:
        """What stands under the file's own "//": text, or what CDKTF notes there."""
        comment = fields(self.root).get(COMMENT)
        return Absent(self.root) if comment is None else as_written(comment)

    def comments(self) -> Iterator[tuple[int, str]]:
        """None: JSON has no comments."""
        return iter(())

    def block(self, line: int) -> range | None:
        """None: nobody can comment on a block."""
        return None

    def deployments(self, fixed: Mapping[str, str] | None, looked_at: Collection[str]) -> Deployments:
        """The one deployment that the variables' defaults make, or the values that the user gave (`fixed`)."""
        return deployed(Directory(self.sections), fixed or {})


def deployed(directory: Directory, given: Mapping[str, Given]) -> Deployments:
    """The one deployment of a root module with the values that its variables are given."""
    module = Module(directory, given, inside=(directory.path,) if directory.path else ())
    instances = list(module.instances())
    deployment = terraform_deployment(instances, is_open=module.is_open, outputs=module.outputs)
    return Deployments([deployment], unseen=tuple(module.tree.unseen))
