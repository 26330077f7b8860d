"""What was looked at, so that two runs can be compared: the resources that rules judge, by file, type and name."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from awslint_memo.files.disk import path_from
from awslint_memo.judging.looked import Home, bare, home, judges
from awslint_memo.judging.rule import Rule
from awslint_memo.model.deployment import Resource
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import field, record
from awslint_memo.readers.template import Deployments

Written: TypeAlias = "tuple[str, str, str]"
"""The file in which a resource is written (absolute), its type, and its name there, without modules and stacks."""

_BY_MACRO = ("what the macro ", "what Fn::Transform ")
"""How what a macro adds or changes is told among what is not read."""

MODULES = (".tf", ".tf.json", ".tofu", ".tofu.json")
_MODULES = regex(r"(?:^|.*\.)module\.[^.]+\.(?=[^.]+\.[^.]+$)")


@record
class Inventory:
    """What a run looked at.

    judged: the resources of types that rules judge. others: the types of the other ones, by file and name. files: the
    absolute paths of what was read as a template or a part of one. partly: those of them that belong to a template of
    which something was not read. homes: where each resource is written, by file and name. values: by file, what says
    with which values its template is deployed.
    """

    judged: set[Written] = field(default_factory=set)
    others: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    types: dict[tuple[str, str], str] = field(default_factory=dict)
    """The types of CloudFormation's resources, by file and name; without those that SAM makes of one."""
    files: set[str] = field(default_factory=set)
    homes: dict[tuple[str, str], Home] = field(default_factory=dict)
    partly: set[str] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=dict)
    left_values: dict[str, set[str]] = field(default_factory=dict)
    """By file, those of `values` with which nothing is judged."""
    owners: dict[str, set[str]] = field(default_factory=dict)
    """By file, the templates that it is a part of: absolute paths, of Terraform's those of the folders."""
    off: set[tuple[str, str]] = field(default_factory=set)
    """The resources of Terraform of which a variable's default makes none, by absolute path and name."""
    moved: dict[tuple[str, str], str] = field(default_factory=dict)
    """By absolute folder and former name in a module of Terraform, what a resource is called there now."""
    macros: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many macros may change the files of a template, by the template's absolute path and what they do."""
    unread: dict[str, set[str]] = field(default_factory=dict)
    """By template, as in `owners`, the names of what belongs to it and was not read, such as "module db"."""
    modules_here: dict[str, set[str]] = field(default_factory=dict)
    """By template, in words, the calls of modules that Terraform downloads and that were read from another folder."""
    unfollowed: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """By template, what may give values or change resources and is not followed, in words and as it is written."""
    refused: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """By template, by kind and in words, what Terraform surely refuses, where a run asks for that."""
    addresses: dict[str, set[str]] = field(default_factory=dict)
    """By file of a nested template, at which addresses it is taken to be, each with those of its parents."""
    bodies: set[str] = field(default_factory=set)
    """The absolute paths of the files in which templates stand as texts, which are not read."""

    roots: dict[str, bool] = field(default_factory=dict)
    """By folder of Terraform's configuration, whether it is surely deployed by itself, and no module."""

    def see(
        self,
        path: str,
        deployments: Deployments,
        rules: Sequence[Rule],
        named: Collection[str],
        *,
        is_root: bool = False,
    ) -> None:
        """Note what a template has. path: its file. named: the deployments of it that a configuration names. is_root:
        whether it is surely deployed by itself."""
        if path.endswith(MODULES):
            self.roots[os.path.dirname(os.path.abspath(path))] = is_root
        for resource in deployments.resources:
            where = home(resource)[0]
            if where not in deployments.context_files:
                place, name = os.path.abspath(where), _name(resource)
                self.homes[place, name] = home(resource)
                if judges(rules, resource.type, resource.language):
                    self.judged.add((place, resource.type, name))
                else:
                    self.others.setdefault((place, name), set()).add(resource.type)
                if resource.language != "terraform" and bare(resource.name) == bare(resource.written):
                    self.types[place, name] = resource.type
        self.moved |= {(os.path.abspath(folder), old): new for (folder, old), new in deployments.moved.items()}
        for file, address in deployments.off:
            names = in_module(address), without_instance_keys(address)
            self.off.update((os.path.abspath(file), name) for name in names)
        files = {os.path.abspath(each) for each in (path, *deployments.reached)}
        self.files |= files
        owner = os.path.dirname(os.path.abspath(path)) if path.endswith(MODULES) else os.path.abspath(path)
        for file in files:
            self.owners.setdefault(file, set()).add(owner)
        self.unread.setdefault(owner, set()).update(what.partition(" (")[0] for what in deployments.unseen)
        self.unfollowed.setdefault(owner, set()).update(deployments.unfollowed)
        self.refused.setdefault(owner, set()).update(deployments.refused)
        self.modules_here.setdefault(owner, set()).update(deployments.modules_here)
        self.macros |= _macros(path, deployments.unseen)
        is_partly = deployments.unseen or deployments.problems or any(deployments.modules_here.values())
        self.partly |= files if is_partly else set()
        self._see_values(path, deployments, named, files)

    def _see_values(self, path: str, deployments: Deployments, named: Collection[str], files: Collection[str]) -> None:
        """Note with which values the files of a template are deployed, and from which addresses."""
        for file, addresses in deployments.addresses.items():
            self.addresses.setdefault(os.path.abspath(file), set()).update(addresses)
        # What does not fit a module of Terraform is not given to it.
        others = () if path.endswith(MODULES) else deployments.other_values
        values = {*named, *map(os.path.abspath, (*deployments.taken_values, *others)), *deployments.decided}
        root = os.path.dirname(os.path.abspath(path))
        nested = {os.path.abspath(each) for each in deployments.narrowed}
        for file in files:
            # A caller says with which values the files of a module are deployed, and a parent those of a nested stack.
            own = values if os.path.dirname(file) == root or not file.endswith(MODULES) else {*values, root}
            own = {*own, os.path.abspath(path)} if file in nested else own
            if own:
                self.values.setdefault(file, set()).update(own)
            if others:
                self.left_values.setdefault(file, set()).update(map(os.path.abspath, others))

    def other_type(self, then: Inventory, path: str, name: str) -> str:
        """The type that what has a name in a file has only now, if rules judge nothing there that is called so; else
        empty. then: what was looked at before.

        What SAM makes of one resource has its name, and is of several types.
        """
        nothing: set[str] = set()
        came = self.others.get((path, name), nothing) - then.others.get((path, name), nothing)
        return "" if not came or any(each[::2] == (path, name) for each in self.judged) else min(came)

    def changed_type(self, then: Inventory, path: str, name: str) -> str:
        """The other type that what has a name in a template of CloudFormation has now; empty if it is the same. then:
        what was looked at before.

        A template that is called otherwise, or was made anew, is one that was not there, while the former one is gone.
        """
        before, now = then.types.get((path, name)), self.types.get((path, name))
        if before is None or path in self.files:
            return now if before and now and now != before else ""
        came = {type_ for (file, each), type_ in self.types.items() if each == name and file not in then.files}
        return min(came) if came and before not in came else ""

    def name_now(self, finding: Finding) -> str:
        """What the resource of a finding of before is called in its file, or in its module, now."""
        return self._moved_name(finding.home_path, name_of(finding))

    def renamed(self, path: str, name: str) -> str | None:
        """What `moved` blocks call a resource of before in its module now; None if they do not name it."""
        plain = plain_name(name, path)
        now = self._moved_name(path, plain) if self.moved else plain
        return now if now != plain else None

    def is_moved(self, address: str) -> bool:
        """Whether a `moved` block may be about a resource, or an instance of it, in whatever module."""
        way = f".{without_instance_keys(address)}."
        return any(f".{old}." in way for _, old in self.moved)

    def _moved_name(self, path: str, name: str) -> str:
        folder, met = os.path.dirname(os.path.abspath(path)), set[str]()
        while (folder, name) in self.moved and name not in met:
            met.add(name)
            name = in_module(self.moved[folder, name])
        return name

    def address_now(self, folder: str, address: str) -> str:
        """What a resource of the root module in a folder is called now, in whatever module, without keys.

        address: what it was called before, from the root module.
        """
        address, met = without_instance_keys(address), set[str]()
        while address not in met:
            met.add(address)
            steps = address.split(".")
            heads = (".".join(steps[:count]) for count in range(len(steps), 1, -1))
            head = next((head for head in heads if (folder, head) in self.moved), "")
            address = self.moved[folder, head] + address[len(head) :] if head else address
        return address

    def add(self, other: Inventory) -> None:
        """Add what another look saw."""
        self.judged |= other.judged
        self.files |= other.files
        self.homes.update(other.homes)
        self.partly |= other.partly
        self.bodies |= other.bodies
        self.types.update(other.types)
        self.macros |= other.macros
        self.moved |= other.moved
        self.off |= other.off
        self.roots.update(other.roots)
        for told, others_told in ((self.unfollowed, other.unfollowed), (self.refused, other.refused)):
            for owner, what in others_told.items():
                told.setdefault(owner, set()).update(what)
        for place, types in other.others.items():
            self.others.setdefault(place, set()).update(types)
        for mine, others in (
            (self.values, other.values),
            (self.left_values, other.left_values),
            (self.owners, other.owners),
            (self.unread, other.unread),
            (self.addresses, other.addresses),
            (self.modules_here, other.modules_here),
        ):
            for path, values in others.items():
                mine.setdefault(path, set()).update(values)


def became_modules(then: Inventory, now: Inventory) -> list[str]:
    """The folders of Terraform's configuration that were surely deployed by themselves, and may be modules now."""
    return sorted(folder for folder, is_root in then.roots.items() if is_root and now.roots.get(folder) is False)


def became_roots(then: Inventory, now: Inventory) -> list[str]:
    """The folders of Terraform's configuration that may have been modules, and surely are roots now."""
    return sorted(folder for folder, is_root in now.roots.items() if is_root and then.roots.get(folder) is False)


def _macros(path: str, unseen: Iterable[str]) -> Counter[tuple[str, str]]:
    """How many macros are among what is not read of a template, by its absolute path and what they do."""
    whole = os.path.abspath(path)
    return Counter((whole, what.partition(" (")[0]) for what in unseen if what.startswith(_BY_MACRO))


def lost_values(then: Inventory, now: Inventory, path: str) -> list[str]:
    """The files that are there and with whose values an absolute path was judged, and is not any more."""
    lost = then.values.get(path, set()) - now.values.get(path, set())
    return sorted(path_from(each) for each in lost if os.path.isabs(each) and os.path.isfile(each))


def _name(resource: Resource) -> str:
    if resource.language != "terraform":
        return bare(resource.written)
    return resource.apart or in_module(resource.written)


def in_module(address: str) -> str:
    """The address of a Terraform resource in its module, without the keys of instances."""
    return _MODULES.sub("", without_instance_keys(address))


def name_of(finding: Finding) -> str:
    """The name that the inventory has for the resource of a finding."""
    return finding.apart or plain_name(finding.resource, finding.home_path)


def plain_name(name: str, path: str) -> str:
    """The name that the inventory has for a resource of a finding. path: the file."""
    return in_module(name) if path.endswith(MODULES) else bare(name)
