"""A single file of Terraform configuration, in JSON (`*.tf.json`, CDKTF's `cdk.tf.json`) or native syntax."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial

from awslint_memo.files.source import Source
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.template import Deployments, Inputs, Template
from awslint_memo.readers.terraform.blocks import COMMENT, as_written
from awslint_memo.readers.terraform.inputs import inputs
from awslint_memo.readers.terraform.instances import beside, terraform_deployment
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.sections import Directory, sections_of
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import Flaws, Node, fields


class TerraformConfiguration:
    """One file, taken as a module. flaws: has the errors in its text, and receives those in its blocks."""

    language = "terraform"
    is_plan = False
    nested: Sequence[Template] = ()
    nests: Collection[str] = ()

    def __init__(self, source: Source, root: Node, flaws: Flaws | None = None) -> None:
        self.source = source
        self.root = root
        self._flaws = flaws or Flaws()
        self.sections = sections_of(root, self._flaws)

    @property
    def problems(self) -> Sequence[Problem]:
        """The broken parts of the file, which were left out."""
        return self._flaws.problems

    @property
    def inputs(self) -> Inputs:
        """Its variables."""
        return inputs(Directory(self.sections, is_whole=not self.problems), {})

    @cached_property
    def metadata(self) -> Value:
        """The value of the file's "//" key: a comment, or metadata of CDKTF."""
        comment = fields(self.root).get(COMMENT)
        return Absent(self.root) if comment is None else as_written(comment)

    def comments(self) -> Iterator[tuple[int, str]]:
        """None: JSON has no comments."""
        return iter(())

    def block(self, line: int) -> range | None:
        """None: JSON has no comments that could apply to a block."""
        return None

    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        """The one deployment that the variables' defaults make, or the values that the user gave (`fixed`)."""
        made, _ = deployed(Directory(self.sections, is_whole=not self.problems), fixed or {})
        return replace(made, problems=tuple(self.problems))


def deployed(directory: Directory, given: Mapping[str, Given]) -> tuple[Deployments, Collection[str]]:
    """The single deployment of a root module, with the values `given`, and the directories of the modules in it."""
    module = Module(directory, given, inside=(directory.path,) if directory.path else ())
    instances = list(module.instances())
    deployment = terraform_deployment(instances, is_open=module.is_open, outputs=module.outputs)
    places = [(one.type, one.place) for one in instances]
    unseen = tuple(module.tree.unseen)
    return Deployments([deployment], unseen=unseen, beside=partial(beside, places, deployment)), module.tree.directories
