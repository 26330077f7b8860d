"""The interface of templates, which every reader implements, and their deployments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from awslint_memo.files.source import Source
from awslint_memo.model.dependencies import Question, Reads
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.deployment_words import Assignment, DeploymentWords
from awslint_memo.model.facts import Declared
from awslint_memo.model.naming import Acknowledgement, Construct
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.model.value import Value

if TYPE_CHECKING:
    from awslint_memo.readers.terraform.module_calls import KnownCall, ModuleCalls
    from awslint_memo.syntax.outline import Part

MARKS = ("awslint-memo", "checkov:skip", "tfsec:ignore", "trivy:ignore")
"""What comments have that are addressed to us, or to other linters whose decisions count."""

Snapshot: TypeAlias = Literal["", "plan", "state"]

Refusal: TypeAlias = "Callable[[str], str | None]"
"""Says of a value why it can't be given, as "is none of dev, prod"; None if it can be, or if that is not certain."""


@record(frozen=True)
class Inputs:
    """What a user may give a template values for: parameters, or variables of a root module.

    refusals: by name. is_whole: False if there may be others, which a macro adds or which could not be read.
    """

    refusals: Mapping[str, Refusal]
    is_whole: bool = True


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
    def snapshot(self) -> Snapshot:
        """What Terraform has written of a root module: a plan or a state; empty for what people write."""

    @property
    def is_root(self) -> bool:
        """Whether it is surely deployed by itself too, whoever else deploys it."""

    @property
    def nests(self) -> Collection[str]:
        """The paths of the local templates that may be deployed with this one, as far as its text tells."""

    @property
    def inputs(self) -> Inputs:
        """What a user may give values for."""

    @property
    def metadata(self) -> Value:
        """The Metadata section of the template; for Terraform, the "//" key at the top level."""

    def comments(self) -> Iterator[tuple[int, str]]:
        """The comments that may be addressed to awslint-memo: line number, and the text after "#". JSON has none."""

    def outline(self) -> Part:
        """What the file is made of, to tell what a comment stands in."""

    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        """The possible deployments.

        fixed: parameter values from the user; the other parameters then have their default values.
        """


@record(frozen=True)
class Differing:
    """The deployments that differ in some questions, and for each the choices that lead to it.

    is_complete: False if there are too many, so that only some are given. is_sample: whether these are only some of
    those that were found, so that what holds in all of them need not hold in the others.
    """

    deployments: Sequence[Deployment]
    choices: Sequence[Sequence[Assignment]]
    is_complete: bool = True
    is_sample: bool = False

    def words(self, numbers: Collection[int], among: Collection[int] | None = None) -> str:
        """The choices that lead to some of them, by their places. among: those that they are told from (None: all)."""
        return self._described.words(self._rows(numbers), None if among is None else self._rows(among))

    def having(self, name: str) -> Sequence[Deployment]:
        """Those of the deployments that have a resource; all without a name."""
        if name not in self._having:
            own = [deployment for deployment in self.deployments if name in deployment.own]
            self._having[name] = own if name else self.deployments
        return self._having[name]

    @cached_property
    def _having(self) -> dict[str, Sequence[Deployment]]:
        return {}

    @cached_property
    def as_sample(self) -> Differing:
        """The same as a sample, which is the same one for all who ask."""
        return replace(self, is_complete=False, is_sample=True)

    @cached_property
    def _described(self) -> DeploymentWords:
        return DeploymentWords([choice for choices in self.choices for choice in choices])

    @cached_property
    def _starts(self) -> list[int]:
        """The place of the first choice of each deployment among all choices, and the number of all."""
        return [0, *accumulate(map(len, self.choices))]

    def _rows(self, numbers: Collection[int]) -> Iterator[int]:
        return chain.from_iterable(range(self._starts[at], self._starts[at + 1]) for at in sorted(numbers))


@record(frozen=True)
class Beside:
    """A Terraform resource that is no resource of a deployment. gives_to: the type that it gives properties to; empty:
    none, it has no name of CloudFormation. apart: as that of a resource."""

    type: str
    place: Place
    apart: str = ""
    gives_to: str = ""


class Variations(Protocol):
    """The possible deployments of a template, as far as somebody asks for what they differ in."""

    @property
    def is_complete(self) -> bool:
        """Whether all deployments that differ in what was asked so far were given."""

    @property
    def is_one(self) -> bool:
        """Whether there is only one deployment, whatever is asked."""

    @property
    def count(self) -> int:
        """How many deployments were made so far."""

    @property
    def example(self) -> tuple[str, str] | None:
        """A parameter or variable that deployments differ in, with a value of one; None if nobody can give it."""

    def about(self, name: str) -> frozenset[Question]:
        """What decides whether there is a resource of this name."""

    def asked(self, reads: Reads) -> frozenset[Question]:
        """What the answers that a check was given depend on, as far as deployments can differ in it."""

    def differing(self, asked: frozenset[Question]) -> Differing:
        """The deployments that differ in what was asked; one for all that do not."""

    def sample(self, name: str) -> Differing:
        """Few deployments that were found already, where those that differ in what was asked are too many.

        The first has this resource, with choices that this depends on; none if it is there by default. Without a name,
        or where none is found, it is the default one. In the others choices and pairs are met that it lacks.
        """

    def forget(self) -> None:
        """Let go of the deployments, once nobody asks any more."""


@record(frozen=True)
class Deployments:
    """The deployments of a template: those listed have each resource once. addresses: of nested templates, by path."""

    deployments: Sequence[Deployment]
    variations: Variations | None = None
    """All of them; None if it is the listed one."""
    unseen: Sequence[str] = ()
    """What is deployed with the template but was not read (remote nested stacks and modules), by name and address."""
    calls: ModuleCalls | None = None
    """The calls of Terraform's modules; None if it has none that `terraform get` reads."""
    read_parts: Sequence[str] = ()
    """The names of the nested stacks and modules that were read."""
    unseen_places: Mapping[str, Span] = field(default_factory=dict)
    """Where those of `unseen` are called that have a block of their own."""
    moved: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By folder and former name in a module of Terraform, what a resource is called there now."""
    off: Collection[tuple[str, str]] = ()
    """The resources of Terraform of which a variable's default makes none, by file and address."""
    texts: Sequence[tuple[str, Span]] = ()
    """The texts from which another program makes files of resources: in words, each with its place."""
    problems: Sequence[Problem] = ()
    """What could not be read: broken parts of the template, of nested templates and of included files."""
    derived_from: Collection[str] = ()
    """The paths of the files that this template was generated from (a plan's configuration); findings point there."""
    context_files: Collection[str] = ()
    """The paths of files that are part of the template but were not requested, so their findings are not shown."""
    reached: Collection[str] = ()
    """The paths of the files that are part of one of the deployments at least, those of nested templates included."""
    taken: Sequence[str] = ()
    """Sentences about files: nested templates found by the end of their location, a configuration that is of no use."""
    addresses: Mapping[str, Collection[str]] = field(default_factory=dict)
    refused: Sequence[tuple[str, str]] = ()
    """What Terraform surely refuses, by kind and in words, if somebody asks for that."""
    unfollowed: Sequence[tuple[str, str]] = ()
    """What may give values or change resources and is not followed: in words, and as it is written."""
    modules_here: Mapping[str, bool] = field(default_factory=dict)
    """In words, the calls of modules by an address that were read as they are here; whether each asks for a version."""
    known_calls: Sequence[KnownCall] = ()
    """The calls of public modules that are judged by facts."""
    beside: Callable[[], Iterable[Beside]] = tuple
    """The Terraform resources that are no resources of a deployment."""
    declared: Declared | None = None
    """What the user declares, with the objectives that the template itself states; None if it states none."""
    ineffective: Sequence[str] = ()
    """Values in files of variables that nothing takes or that are refused: sentences, each with its place."""
    taken_values: Sequence[str] = ()
    """The paths of files of variables that nobody named, and that were taken for deployments."""
    other_values: Sequence[str] = ()
    """The paths of such files that were not taken."""
    by_default: Callable[[], Deployments] | None = None
    """Gives those in which nested stacks have their default values; None if no parent gives other values."""
    narrowed: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    """The paths of the nested templates that are given other values, with that of the parent."""
    found_in: Mapping[str, Deployment] | None = None
    """As `having`, if the reader knows."""
    decided: Sequence[str] = ()
    """What an app of the CDK decides of where the template is deployed, in sentences."""
    acknowledged: Sequence[Acknowledgement] = ()
    """What the app that the template was made by acknowledges of its constructs."""
    may_be_made: bool = False
    """Whether resources may say which constructs of an app they were made by."""
    defaults: Callable[[], Mapping[str, str]] = dict
    """The default values of the parameters or variables that nobody gives another one, as far as they are texts."""
    end: Callable[[], object] = tuple
    """Lets go of what they were made of, once nobody asks any more."""

    @cached_property
    def having(self) -> Mapping[str, Deployment]:
        """For each resource, by name, a deployment that has it; the names in the order of the file."""
        if self.found_in is not None:
            return self.found_in
        deployments: dict[str, Deployment] = {}
        for deployment in self.deployments:
            deployments.update((name, deployment) for name in deployment.own if name not in deployments)
        return deployments

    @cached_property
    def by_type(self) -> Mapping[str, Sequence[str]]:
        """The names of the resources by type."""
        names: dict[str, list[str]] = {}
        for name, deployment in self.having.items():
            names.setdefault(deployment.own.type_of(name), []).append(name)
        return names

    @cached_property
    def constructs(self) -> Mapping[str, Construct]:
        """The constructs by the names of their resources."""
        constructs = ((resource.name, resource.construct) for resource in self.resources)
        return {name: resource for name, resource in constructs if resource is not None}

    def forget(self, *, keeps_values: bool = False) -> None:
        """Let go of what was made, once nobody asks any more: the parts know each other, and would stay for a while.

        keeps_values: whether somebody has resources of theirs, and asks for further values.
        """
        for deployment in self.deployments:
            deployment.forget()
        if keeps_values:
            return
        if self.variations is not None:
            self.variations.forget()
        self.end()

    @property
    def resources(self) -> Iterator[Resource]:
        """Each resource, as it is in one deployment that has it."""
        return (deployment.own[name] for name, deployment in self.having.items())

    @property
    def is_complete(self) -> bool:
        """Whether all deployments that differ in what was asked so far were given."""
        return self.variations is None or self.variations.is_complete
