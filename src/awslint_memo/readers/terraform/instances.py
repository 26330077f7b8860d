"""An instance of a Terraform resource, and what the tables of names say of its type.

The readers of configurations and of plans both use it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from awslint_memo.files.left_out import is_downloaded
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import field, record
from awslint_memo.model.reportable import apart
from awslint_memo.model.span import Place, Span
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.template import Beside
from awslint_memo.readers.terraform.chosen_reads import ChosenReads
from awslint_memo.readers.terraform.values import unknown_of
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

OF_TERRAFORM = frozenset(("count", "depends_on", "for_each", "lifecycle", "provider"))
"""What Terraform itself reads of a block."""


EXCLUSIVE_LISTS: Mapping[str, Sequence[str]] = {"aws_iam_role": ("inline_policy", "managed_policy_arns")}
"""By type, the arguments that take away all that they do not name, once they are written (resource aws_iam_role in the
documentation of the provider, read on 2026-12-02)."""


@record(frozen=True)
class Call:
    """The call of a downloaded module, or one that is known by facts, in a file of the user's, and the names of what it
    may give the module."""

    place: Place
    inputs: Collection[str]


def none_known() -> None:
    """The Region of what has none."""


@record(frozen=True)
class Instance:
    """An instance of a Terraform resource: its full address, its type, and a function that reads its arguments."""

    address: str
    type: str
    place: Place
    read: Callable[[str], Value]
    copies: Value | None = None
    """The number of instances, if this one represents all that count or for_each make; None for a single one."""
    note: Value | None = None
    """The value of its "//" key."""
    region: Callable[[], Value | None] = none_known
    """Gives its region, or that of its provider; None if it is not configured."""
    provider: Value | None = None
    """The provider that it chooses, where its arguments do not say so."""
    account: Callable[[], Value] | None = None
    """Gives what tells its account; see `TerraformSettings.account`."""
    default_tags: Callable[[], Value] | None = None
    """Gives the tags that its provider adds to all of its resources."""
    is_new: bool = True
    """Whether it is created; False if a plan says that it exists already."""
    call: Call | None = None
    """The call that brings in the downloaded or known module in which it is; None if it is in no such module."""
    callers: Sequence[str] = ()
    """The files that call the module in which it is, as `callers` gives them."""
    has_a_say: Callable[[Collection[str]], bool] = bool
    """Whether that call may decide one of these arguments."""
    written: Mapping[str, object] = field(default_factory=dict)
    """The arguments that its block has, null or not, by name: nodes, or expressions of a plan."""
    is_all_written: bool = False
    """Whether it has no others, so that these need not be read to know that they are absent (but DEPENDS_ON)."""
    tells: Callable[[str, str], bool] | None = None
    """Says whether an argument of a type is known, of a module that is known by facts; None: all are."""

    def argument(self, name: str) -> Value:
        """An argument, for the properties that it is; not known if facts about its module leave it out.

        The Region of a resource that writes none is that of its provider.
        """
        value = self.read(name)
        if name == "region" and value.is_absent and (of_provider := self.region()) is not None:
            return of_provider
        if self.tells is None or self.tells(self.type, name):
            return value
        return unknown_of(f"{name} is in no fact about the module", value.place, value)

    def settings(self, choices: ChosenReads | None) -> dict[str, Value | Callable[[], Value]]:
        """What is set of it outside of its arguments. choices: is told what is read, as by `ChosenReads.of`."""
        said = {
            "account": self.account,
            "default_tags": self.default_tags,
            "exclusive_lists": self._exclusive_lists,
            "note": self.note,
            "provider": self.provider,
            "region": self.region() if choices is None else choices.setting(self._region),
        }
        return {name: value for name, value in said.items() if value is not None}

    @property
    def _exclusive_lists(self) -> Value | None:
        written = (name for name in EXCLUSIVE_LISTS.get(self.type, ()) if name in self.written)
        names = [name for name in written if not self.read(name).is_absent]  # null is as if it were not written.
        return Known([Known(name, self.place) for name in names], self.place) if names else None

    def _region(self) -> Value:
        found = self.region()
        return Absent(self.place) if found is None else found

    @property
    def beside(self) -> Beside:
        """What is told of it if it is no resource of a deployment."""
        return beside_at(self.address, self.type, self.place, self.call)

    @property
    def editable(self) -> Callable[[Span], Span] | None:
        """Gives where to change what stands at a place; None if that is the place itself.

        In a downloaded module, nothing is changed but its call.
        """
        return None if self.call is None else partial(_editable, self.call.place)


@record(frozen=True)
class Gift:
    """A companion that gives a resource properties, and whether it surely does."""

    companion: Instance
    is_sure: bool


def beside_at(address: str, type_: str, place: Place, call: Call | None) -> Beside:
    """What is told of an instance if it is no resource of a deployment."""
    return Beside(type_, place, apart(address, place.span, None if call is None else call.place.span))


def _editable(call: Place, span: Span) -> Span:
    return call.span if is_downloaded(span.path) else span


def attribute(type_: str, name: str) -> str | None:
    """CloudFormation's name for an attribute of a Terraform type; None if there is none."""
    known = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    return known.attributes.get(name) if known is not None else None


def argument(type_: str, word: str) -> str | None:
    """The Terraform argument for a CloudFormation property, if its value is the same in both; else None."""
    known = TYPE_MAPS.get(type_)
    property_map = known.properties.get(word) if known is not None else None
    return (
        property_map.attribute
        if property_map is not None and property_map.read is None and property_map.within is None
        else None
    )


def is_translated(type_: str) -> bool:
    """Whether resources of a Terraform type are part of a deployment."""
    return type_ in TYPE_MAPS or type_ in COMPANIONS


def asking_for_itself(place: Place, name: str) -> Value:
    """An argument of a resource whose count asks for the resource itself."""
    return Unknown(f"{name} of a resource whose count asks for itself", place)


def written_arguments(
    instance: Instance, gifts: Sequence[Gift], choices: ChosenReads | None, _: Resource
) -> Iterator[tuple[str, Value]]:
    """All arguments that are written of a resource, and of the companions that give it properties."""
    for source in (instance, *(gift.companion for gift in gifts)):
        for name in source.written:
            if name not in OF_TERRAFORM:
                yield name, source.read(name) if choices is None else choices.noting(source.read, name)
