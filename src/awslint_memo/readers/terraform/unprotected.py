"""Protections that are off in production alone, of the environments that files of variables describe."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from awslint_memo.model.deployment import Deployment
from awslint_memo.model.facts import Declared
from awslint_memo.model.name_words import name_words
from awslint_memo.model.span import Place
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.resources import terraform_deployment
from awslint_memo.readers.terraform.root_module import forgotten, root_module
from awslint_memo.readers.terraform_names import TYPE_MAPS
from awslint_memo.relations.protections import PROTECTIONS

if TYPE_CHECKING:
    from awslint_memo.readers.terraform.environments import Environments
    from awslint_memo.readers.terraform.variable_files import FromFile


def unprotected_in_production(module: Module, described: Callable[[], Environments | None]) -> Iterator[Unmet]:
    """The protections that a root module turns off with the values of production, and on with those of each other
    environment. described: gives the deployments that files of variables describe."""
    environments = described()
    if environments is None:
        return
    own = [name for name, values in environments.values.items() if _has(module, values)]
    others = [values for name, values in environments.values.items() if not _is_production(name)]
    if len(own) != 1 or not _is_production(own[0]) or not others:
        return
    off = _flags(module, is_on=False)
    kept = {name: value for name, value in module.given.items() if name not in environments.values[own[0]]}
    for values in others if off else ():
        with forgotten(root_module(module.directory, {**kept, **values})) as other:
            on = _flags(other, is_on=True)
            off = {address: found for address, found in off.items() if address in on}
    for address, (path, place) in off.items():
        yield Unmet("protection", address, (path,), place, [], path)


def _has(module: Module, values: Mapping[str, FromFile]) -> bool:
    """Whether a root module has the values of an environment."""
    return all(module.given.get(name) is value for name, value in values.items())


def _is_production(name: str) -> bool:
    """Whether a file of variables is that of production, by its name."""
    declared, words = Declared(), set(name_words(name))
    return not words.isdisjoint(declared.production) and words.isdisjoint(declared.development)


def _flags(module: Module, *, is_on: bool) -> dict[str, tuple[str, Place]]:
    """By the address of a resource with such a switch, where it is written on, or off."""
    protected = (one for one in module.instances() if one.type in TYPE_MAPS and TYPE_MAPS[one.type].type in PROTECTIONS)
    deployment: Deployment = terraform_deployment(protected)
    found = {}
    for resource in deployment.of_type(*PROTECTIONS):
        value = resource.get(PROTECTIONS[resource.type])
        if value.flag is is_on and not value.is_absent:
            found[resource.name] = (PROTECTIONS[resource.type], value.place)
    deployment.forget()  # Its resources know it, and nobody asks it anything more.
    return found
