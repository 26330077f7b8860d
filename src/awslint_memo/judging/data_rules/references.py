"""Which resources of a type refer to a resource by one of their properties: by reference, ARN or name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.judging.data_rules.paths import Items, Path, Subject, find
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import NAMES
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.value import Value


@record(frozen=True, eq=False)
class Naming:
    """The resources that surely refer to another one; is_open: whether there may be more of them."""

    sure: Sequence[Resource]
    is_open: bool


@record(frozen=True, eq=False)
class _Named:
    """What the resources of a type name. by_name: resources, by the name in the deployment of the one that they refer
    to. by_text: the same by what the last part of a text says. is_open: whether one of them is not known."""

    by_name: Mapping[str, Sequence[Resource]]
    by_text: Mapping[TextPattern, Sequence[Resource]]
    is_open: bool


@record(frozen=True)
class _Index:
    """Gives what the resources of a type name at a path, for `Deployment.once`."""

    type: str
    path: Path

    def __call__(self, deployment: Deployment) -> _Named:
        by_name: dict[str, list[Resource]] = {}
        by_text: dict[TextPattern, list[Resource]] = {}
        is_open = False
        for resource in deployment.of_type(self.type):
            for value in _values(resource, self.path):
                found = deployment.find(value)
                names = {link.resource for link in value.mentions()}
                for name in names | ({found.name} if found is not None else set()):
                    by_name.setdefault(name, []).append(resource)
                pattern = value.pattern
                for text in () if pattern is None else (pattern.after_last("/"), pattern.after_last(":")):
                    by_text.setdefault(text, []).append(resource)
                is_open = is_open or (value.is_unknown and not names)
        return _Named(by_name, by_text, is_open)


def naming(resource: Resource, type_: str, path: Path) -> Naming:
    """The resources of a type that refer to this one by the property at a path.

    The last part of a path or an ARN is a name too: /aws/lambda/orders names the function orders.
    """
    named = resource.deployment.once(_Index(type_, path))
    own = _name(resource)
    by_text = () if own is None else named.by_text.get(own, ())
    sure = list(dict.fromkeys((*named.by_name.get(resource.name, ()), *by_text)))
    return Naming(sure, named.is_open or (not sure and resource.may_be_completed()))


def _name(resource: Resource) -> TextPattern | None:
    value = resource.get(NAMES[resource.type][1]) if resource.type in NAMES else None
    pattern = None if value is None else value.pattern
    return None if pattern is None or pattern.is_empty or pattern.gap is not None else pattern


def _values(resource: Resource, path: Path) -> Iterator[Value]:
    pending = [find(path, Subject(resource))]
    while pending:
        found = pending.pop()
        if isinstance(found, Items):
            pending += [found.value] if found.found is None else found.found
        elif not found.is_absent:
            yield found
