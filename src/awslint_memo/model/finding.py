"""Finding: what a rule reports, with its level, position and related positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from awslint_memo.model.choices import Assignment
from awslint_memo.model.fix import Fix
from awslint_memo.model.naming import Construct
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Span

Level: TypeAlias = Literal["error", "warning", "advice"]

LEVELS: tuple[Level, ...] = ("error", "warning", "advice")
"""The most severe first. error: does not work or loses data. warning: not as the memo asks. advice: worth checking."""


@record(frozen=True, slots=True)
class Related:
    """Another position that a finding refers to, with a short text about it."""

    span: Span
    message: str


@record(frozen=True, slots=True)
class Plural:
    """How a finding is told together with others of its rule: the resource's title, and the sentence about all."""

    title: str
    sentence: str


@record(frozen=True, slots=True)
class Finding:
    """A violation of a rule at one position.

    Rules create it with `resource.finding(...)`. The engine then sets `rule`, `level` (unless the check gave a level
    of its own) and `deployment`: a description of the deployments with this finding, None for all of them.
    """

    message: str
    span: Span
    resource: str
    type: str
    level: Level | None = None
    related: Sequence[Related] = ()
    rule: str = ""
    deployment: str | None = None
    route: str = ""
    """The way to the value inside of the resource: "RedrivePolicy.maxReceiveCount"; empty for the resource itself."""
    generated: str = ""
    """The logical id of the resource if a transform generates it from `resource` under another one."""
    home: Span | None = None
    """Where the resource's name stands."""
    places: Sequence[Span] = ()
    """Where the value is used, and what it passed between there and its own place."""
    chosen: Assignment = field(default_factory=dict, compare=False)
    """Choices that lead to a deployment with this finding, if it is one of some deployments only."""
    root: str = ""
    """The stack or root module that is deployed: a template's path without its ending, or Terraform's folder; from the
    top of the repository, with `/`."""
    about: Sequence[str] = ()
    """What causes the finding, if not the whole resource: deployed names of others, or names with a colon and a route.
    """
    plural: Plural | None = None
    """Set if the findings of a template are told together; the fingerprint is then the rule's in the root."""
    defaults: Sequence[str] = ()
    """The parameters and variables whose defaults decide the values that it speaks of."""
    secrets: Sequence[Span] = ()
    """The places of the values that it speaks of and that nobody may see."""
    others: Sequence[Finding] = ()
    """The findings that are told with this one."""
    fail_on: Level | Literal["never"] | None = None
    """The least severe level that fails the run, where the configuration of its file has another one than the run."""
    since: str = ""
    """The version since which the rule reports this, where it reported less before."""
    fix: Fix | None = field(default=None, compare=False)
    """What ends it."""
    construct: Construct | None = field(default=None, compare=False)
    """What an app of the CDK says of the resource."""

    @property
    def fingerprint(self) -> str:
        """The same for the same rule, root, resource and route, whatever the file's lines, format or the message.

        Of findings that are told together it is the same for the same rule and root, also if there is only one.
        """
        from hashlib import sha256

        # Findings that are told together are one, whichever resource is the first.
        mine = (self.resource, self.route) if self.plural is None else ("", "")
        known = "\0".join((self.rule, self.root, *mine))
        return sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def name(self) -> str:
        """The logical id in the deployed stack, which tells two generated parts of one resource apart."""
        return self.generated or self.resource

    @property
    def path(self) -> str:
        """The path of the file, as the user gave it."""
        return self.span.path

    @property
    def home_path(self) -> str:
        """The file in which the resource stands; the finding may point into another one, where a value was decided."""
        return self.path if self.home is None else self.home.path

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: by file, then position, then rule."""
        return (self.span.path, self.span.line, self.span.column, self.rule, self.message)
