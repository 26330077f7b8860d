"""The interface of templates, which every reader implements, and their deployments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.model.value import Value


class Template(Protocol):
    """A template that one of the readers has read."""

    @property
    def source(self) -> Source:
        """The file."""

    @property
    def nested(self) -> Sequence[Template]:
        """The local templates that were found as nested stacks; complete after `deployments`."""

    @property
    def language(self) -> str:
        """ "cloudformation" (SAM included) or "terraform"."""

    @property
    def is_plan(self) -> bool:
        """Whether it is a Terraform plan."""

    @property
    def nests(self) -> Collection[str]:
        """The paths of the local templates that are deployed with this one, if they can be known from the text."""

    @property
    def metadata(self) -> Value:
        """The Metadata section of the template; for Terraform, the "//" key at the top level."""

    def comments(self) -> Iterator[tuple[int, str]]:
        """The comments that may be addressed to awslint-memo: line number, and the text after "#". JSON has none."""

    def block(self, line: int) -> range | None:
        """The lines of the block or argument that begins on a line, if a comment can apply to it as a whole."""

    def deployments(self, fixed: Mapping[str, str] | None, looked_at: Collection[str]) -> Deployments:
        """The possible deployments that differ in the conditions of resources of `looked_at` types.

        fixed: parameter values from the user; the other parameters then have their default values.
        """


@record(frozen=True)
class Deployments:
    """The deployments of a template. is_complete: False if there are too many, so that only some are given."""

    deployments: Sequence[Deployment]
    is_complete: bool = True
    unseen: Sequence[str] = ()
    """What is deployed with the template but was not read (remote nested stacks and modules), by name and address."""
    problems: Sequence[Problem] = ()
    """What could not be read: broken parts of the template, of nested templates and of included files."""
    derived_from: Collection[str] = ()
    """The paths of the files that this template was generated from (a plan's configuration); findings point there."""
    context_files: Collection[str] = ()
    """The paths of files that are part of the template but were not requested, so their findings are not shown."""
