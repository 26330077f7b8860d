"""What every reader makes of a file: a template, and its deployments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.model.value import Value


class Template(Protocol):
    """A file that one of the readers understood."""

    @property
    def source(self) -> Source:
        """The file: its path as given, its text, its lines."""

    @property
    def nested(self) -> Sequence[Template]:
        """The local templates that were met as nested stacks while the deployments were worked out."""

    @property
    def language(self) -> str:
        """ "cloudformation" (SAM included) or "terraform"."""

    @property
    def nests(self) -> Collection[str]:
        """The paths of the local templates that are deployed with this one, as far as that can be told beforehand."""

    @property
    def metadata(self) -> Value:
        """The template's own Metadata (Terraform: its "//" text)."""

    def comments(self) -> Iterator[tuple[int, str]]:
        """The comments that speak to awslint-memo: line, and the text after "#". JSON has none."""

    def block(self, line: int) -> range | None:
        """The lines of the block or argument that begins in a line, where a comment may speak for one."""

    def deployments(self, fixed: Mapping[str, str] | None, looked_at: Collection[str]) -> Deployments:
        """Every way of deploying the template that its conditions tell apart, as far as `looked_at` types go.

        fixed: parameter values that the user gave; the other parameters then have their defaults.
        """


@record(frozen=True)
class Deployments:
    """The deployments of a template, and whether they are all of them or, past the bound, only a cover."""

    deployments: Sequence[Deployment]
    is_complete: bool = True
    unseen: Sequence[str] = ()
    """What is deployed with the template and was not looked at, by name and address: remote nested stacks, modules."""
    problems: Sequence[Problem] = ()
    """Nested templates that could not be read."""
    derived_from: Collection[str] = ()
    """The paths of files, templates themselves, that this one was made of and into which its findings point."""
    context_files: Collection[str] = ()
    """The paths of files that are part of the template, but that the run was not asked to look at."""
