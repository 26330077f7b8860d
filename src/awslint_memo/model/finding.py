"""Finding: what a rule reports, with its level, its position and related ones, and the places that a value leads to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from awslint_memo.model.deployment_words import Assignment
from awslint_memo.model.fix import Fix
from awslint_memo.model.naming import Construct
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Place, Span
from awslint_memo.model.value import Value

Level: TypeAlias = Literal["error", "warning", "advice"]

Lessening: TypeAlias = Literal["comment", "made"]
"""Why something graver is advice: a comment explains it, or the CDK makes what it is about."""

LEVELS: tuple[Level, ...] = ("error", "warning", "advice")
"""The most severe first. error: does not work or loses data. warning: not as the memo asks. advice: worth checking."""

_NAMED = 5
"""Variables that a message names."""


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
    do: str = ""
    """The remedy for all."""


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
    alone: Finding | None = field(default=None, compare=False)
    """What it is without the others, if the findings of a template are told together."""
    joined: Sequence[Finding] = ()
    """The findings that this one stands for in a report, this one's resource included; `others` has them too."""
    fail_on: Level | Literal["never"] | None = None
    """The least severe level that fails the run, where the configuration of its file has another one than the run."""
    since: str = ""
    """The version since which the rule reports this, where it reported less before."""
    fix: Fix | None = field(default=None, compare=False)
    """What ends it."""
    unfixed: str = field(default="", compare=False)
    """Why there is no fix, where the rule knows more than that a person should choose."""
    construct: Construct | None = field(default=None, compare=False)
    """What an app of the CDK says of the resource."""
    do: str = ""
    """The remedy, an imperative, if the rule states it apart; the message has it too, behind "; "."""
    is_of_no_production: bool = field(default=False, compare=False)
    """Whether it is advice on deployments of which none is production, though others are or may be."""

    is_of_odd_choices: bool = field(default=False, compare=False)
    """Whether it is advice that other choices than the default values bring: one of a practice, or several together."""
    is_less: bool = field(default=False, compare=False)
    """Whether it was more than advice, and is of no production, or somebody decided where it holds."""
    is_of_all: bool = field(default=False, compare=False)
    """Whether all deployments that have the resource have it, if it is one of some deployments only."""
    is_given: bool = field(default=False, compare=False)
    """Whether it holds by a default value that a file of the repository replaces where production may be deployed."""

    tagged: str = field(default="", compare=False)
    """The tag of its resource (Environment=dev) that says that it is of no production; empty if there is none."""
    no_production: str = field(default="", compare=False)
    """The folder, file, tag or name of no production for which it is advice; empty if it is no advice, or for another
    reason."""
    is_ignored: bool = field(default=False, compare=False)
    """Whether it is advice only since Terraform ignores changes of the argument; it makes a new resource like this."""

    is_practice: bool = field(default=False, compare=False)
    """Whether an error of it is advice where nothing is of production: it loses data, and nothing is refused."""

    lowered: tuple[Level, str] | None = field(default=None, compare=False)
    """The level that it had, and the default value or the choices for which it is advice, if it is for some; "" for an
    empty value."""

    lessened: tuple[Level, Lessening] | None = field(default=None, compare=False)
    """The level that it had, if it is advice since a comment says that somebody decided so, or since the CDK makes what
    it is about; and which of these."""

    was: Level | None = field(default=None, compare=False)
    """The level that it had, if it is advice since it holds in some deployments only; None if it never was graver."""

    apart: str = field(default="", compare=False)
    """What tells the resource from others at its place, if it stands where its module is called."""
    is_shared: bool = field(default=False, compare=False)
    """Whether it stands in a module that several roots call, so that it is told in which of them it holds."""

    is_at_call: bool = field(default=False, compare=False)
    """Whether it stands at the call of a module that nobody edits, as nothing nearer to its cause can be changed."""
    is_inside: bool = field(default=False, compare=False)
    """Whether only what such a module has decides it, whatever the call says."""

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

    def as_advice(self, because: str) -> Finding:
        """The finding as advice. because: what lowers it, told beside the deployments in which it holds."""
        where = "; ".join(filter(None, (self.deployment, because)))
        return replace(self.lowered_from(self.level), level="advice", deployment=where)

    def lowered_from(self, level: Level | None) -> Finding:
        """The finding with the level that it had, unless that was advice."""
        return self if level == "advice" else replace(self, was=level or "warning")

    @property
    def gravity(self) -> int:
        """The place of its level among `LEVELS`, 0 for an error; a finding without one is a warning."""
        return LEVELS.index(self.level or "warning")

    @property
    def is_of_practice(self) -> bool:
        """Whether it is more than advice, and of a practice, so that where nothing is of production it is advice."""
        return self.level == "warning" or (self.level == "error" and self.is_practice)

    @property
    def singles(self) -> Sequence[Finding]:
        """The findings that this one stands for: itself, unless a report joined several."""
        return self.joined or (self,)

    @property
    def resource_count(self) -> int:
        """How many resources it tells of."""
        return len(self.others) if self.joined else 1 + len(self.others)

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


Findings: TypeAlias = Iterator[Finding]
"""What a check gives: `def check(queue: Resource) -> Findings`."""


def passed(
    value: Value, title: str, home: Span, body: Place | None, in_file_words: Callable[[str], str]
) -> Iterator[Related]:
    """Where a value is used in a resource, and what it passed between there and where it was decided.

    title: what messages call the resource, "" where the value is of another one. home: where its name stands. body: all
    of it, where the file holds it.
    in_file_words: gives a property's name as in the file.
    """
    route = value.route
    if value.origin.steps:
        owner = title or (route.resource if route is not None else "the template")
        used = f"{in_file_words(str(route))} of {owner}" if route is not None and str(route) else f"in {owner}"
        yield Related(value.place.span, used)
        yield from (Related(step.place.span, step.words) for step in value.origin.steps)
    elif route is not None and title and not _is_inside(value.place.span, home, body):
        yield Related(home, f"{in_file_words(str(route))} of {title}")


def defaults_of(values: Iterable[Value], properties: Mapping[str, Value], message: str) -> tuple[str, ...]:
    """The variables whose defaults decide these values, or that a property which the message names is absent.

    properties: those of the resource that were read, by name.
    """
    deciding = (*values, *(value for _, value in _absent(properties, message)))
    return tuple(dict.fromkeys(name for value in deciding for name in _default_names(value)))


def with_notes(message: str, properties: Mapping[str, Value], values: Iterable[Value]) -> tuple[str, str]:
    """A message that says behind the properties which it names and that are absent by whose default they are, and what
    is said at its end of the defaults of these values.

    properties: those of the resource that were read, by name.
    """
    absent = [] if "(default" in message else _absent(properties, message)
    for name, value in absent:
        if value.origin.defaults:
            noted = f"{name}{value.note}".replace("\\", r"\\")
            message = re.sub(rf"\b{name}\b", noted, message, count=1)
    return message, _note_of(values, message)


def _note_of(values: Iterable[Value], message: str) -> str:
    """What is said at the end of a message of the defaults that these values come from, unless it says so already.

    A value that nobody wrote is said to be a default there; that it is so by a variable's null adds nothing.
    """
    written = [value for value in values if not value.note.endswith("(default)")]
    names = list(dict.fromkeys(name for value in written for name in _default_names(value)))
    return by_defaults(names) if "(default of " not in message else ""


def by_defaults(names: Sequence[str]) -> str:
    """What stands at the end of a message that holds by the defaults of these variables; empty if there are none."""
    return f" (default of {listed(names, _NAMED)})" if names else ""


def _absent(properties: Mapping[str, Value], message: str) -> list[tuple[str, Value]]:
    """The properties that are absent and that a message names, those in blocks included that were read of one block."""
    read = {name: [value] for name, value in properties.items()}
    for name, value in (pair for whole in properties.values() for pair in whole.read_below()):
        read.setdefault(name, []).append(value)
    named = [(name, values[0]) for name, values in read.items() if name in message and len(values) == 1]
    return [(name, value) for name, value in named if value.is_absent and re.search(rf"\b{name}\b", message)]


def _default_names(value: Value) -> Iterator[str]:
    """The variables whose defaults decide a value, or items of a list."""
    yield from value.origin.defaults
    yield from (name for item in value.items if item is not value for name in item.origin.defaults)


def secrets_of(values: Iterable[Value]) -> tuple[Span, ...]:
    """The places of those values that nobody may see, and of what they passed."""
    secrets = [value for value in values if value.is_secret]
    return tuple(
        dict.fromkeys(
            place.span for secret in secrets for place in (secret.place, *(s.place for s in secret.origin.steps))
        )
    )


def _is_inside(span: Span, home: Span, body: Place | None) -> bool:
    """Whether a place is inside of the resource; it is not for what Globals, an anchor or a merge gives."""
    if body is None or span == home:
        return True
    return span.path == home.path and home.line <= span.line <= body.span.end_line
