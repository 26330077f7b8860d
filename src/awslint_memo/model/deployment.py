"""Resources and the deployment that they stand in: what a rule is given, and how resources find each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from awslint_memo.model.choices import Assignment
from awslint_memo.model.finding import Finding, Level, Related
from awslint_memo.model.identity import Identity, identities, named_in
from awslint_memo.model.origin import Route
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place, Span
from awslint_memo.model.value import Absent, Known, Link, Scalar, Unknown, Value

T = TypeVar("T")

_PROPERTY = re.compile(r"\b[A-Z][a-z0-9]*[A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)*\b")
"""A property's name in a message, or a path of names: words with two capitals; the table says which are properties."""


class Resource:
    """One resource of one deployment, in CloudFormation's words whatever language it was written in.

    `name` is the logical id or Terraform's whole address; `language` is "cloudformation" (SAM included) or
    "terraform"; `read` gives the value of a top-level property; `copies` is how many of it there are (`count`);
    `property_names` gives the name of a property (its dotted path) in the language of the file, if not CloudFormation;
    `is_new` is False where a Terraform plan says that the resource is there already.
    """

    def __init__(
        self,
        name: str,
        type_: str,
        place: Place,
        read: Callable[[str], Value],
        *,
        language: str = "cloudformation",
        attributes: Mapping[str, Value] | None = None,
        copies: Value | None = None,
        property_names: Mapping[str, str] | None = None,
        is_new: bool = True,
    ) -> None:
        self.name = name
        self.type = type_
        self.place = place
        self.language = language
        self.attributes = attributes or {}
        self.property_names = property_names or {}
        self.is_new = is_new
        self.copies = Known(1, place) if copies is None else copies
        self.deployment: Deployment = NOWHERE
        self._read = read
        self._values: dict[str, Value] = {}

    def __repr__(self) -> str:
        return f"<{self.type} {self.name}>"

    def get(self, path: str, default: Scalar = None) -> Value:
        """The value at a dotted path of properties; where it is surely absent, AWS's `default` if one is given."""
        top, _, rest = path.partition(".")
        value = self._values.get(top)
        if value is None:
            value = self._values[top] = self._read(top).reached(Route(self.name).below(top))
        if rest:
            value = value.get(rest)
        if default is not None and isinstance(value, Absent):
            return value.replaced_by(default)
        return value

    def attribute(self, name: str) -> Value:
        """What stands beside the properties: DeletionPolicy, UpdatePolicy, Metadata, DependsOn; Absent if nothing."""
        return self.attributes.get(name, Absent(self.place))

    def follow(self, path: str, *types: str) -> Resource | None:
        """The resource of this deployment that a property points to, if that is sure (and it is of one of `types`)."""
        return self.deployment.find(self.get(path), *types)

    def finding(
        self,
        place: Place | Value | Resource,
        message: str,
        *,
        level: Level | None = None,
        related: Iterable[tuple[Place | Value | Resource, str]] = (),
    ) -> Finding:
        """A finding about this resource: `message` goes on where the resource's name leaves off ("has no …").

        `related` are other places with a few words each. Where a value is a parameter's default, the message says so.
        """
        others = tuple(related)
        values = [one for one in (place, *(other[0] for other in others)) if isinstance(one, Value)]
        defaults = " and ".join(dict.fromkeys(name for value in values for name in value.origin.defaults))
        note = f" ({defaults} by default)" if defaults else ""
        span = _span(place)
        passed = [one for one in self._passed(place) if one.span != span] if isinstance(place, Value) else []
        return Finding(
            message=f"{self.name} {self._in_file_words(message)}{note}",
            span=span,
            resource=self.name,
            type=self.type,
            level=level,
            related=(*passed, *(Related(_span(where), self._in_file_words(what)) for where, what in others)),
            route=self._route(place),
            home=self.place.span,
            places=tuple(one.span for one in passed),
        )

    def _passed(self, value: Value) -> Iterator[Related]:
        """Where a value is used, and what it passed between there and where it was decided."""
        if not value.origin.steps:
            return
        used = str(value.route) if value.route is not None else ""
        yield Related(value.place.span, f"{self._in_file_words(used)} of {self.name}" if used else f"in {self.name}")
        for step in value.origin.steps:
            yield Related(step.place.span, step.words)

    def _route(self, place: Place | Value | Resource) -> str:
        """The way to what a finding is about, inside of this resource; of another resource's, with its name."""
        route = place.route if isinstance(place, Value) else None
        if route is None:
            return "" if place is self or not isinstance(place, Resource) else f"{place.name}:"
        return str(route) if route.resource == self.name else f"{route.resource}:{route}"

    def _in_file_words(self, message: str) -> str:
        """A message with the properties that it names in the words of the file: multi_az for MultiAZ."""
        if not self.property_names:
            return message
        return _PROPERTY.sub(lambda match: self.property_names.get(match[0], match[0]), message)


def _span(thing: Place | Value | Resource) -> Span:
    """Where a person would act on a thing: of a value, where it was decided."""
    if isinstance(thing, Value):
        return thing.decided.span
    return (thing.place if isinstance(thing, Resource) else thing).span


class Deployment:
    """One way in which a template can be deployed: every condition is decided, nothing in it is conditional.

    `name` is what the user calls it in the configuration. `choices` are the parameter values that make it this one.
    `is_open` says that there may be resources that we do not see (an unknown macro, a remote module), so that "nowhere"
    can't be said. `others` are resources of other templates of the run that this one is connected with: they are found,
    but not judged here.
    """

    def __init__(
        self,
        resources: Iterable[Resource] = (),
        *,
        choices: Sequence[Assignment] = (),
        is_open: bool = False,
        outputs: Callable[[], Iterable[Value]] = tuple,
        others: Iterable[Resource] = (),
    ) -> None:
        self.own = {resource.name: resource for resource in resources}
        self.resources = {**{resource.name: resource for resource in others}, **self.own}
        self.choices = choices
        self.is_open = is_open
        self.name = ""
        self._outputs = outputs
        self.declared = Declared()
        self._cache: dict[Callable[..., Any], Any] = {}
        for resource in self.resources.values():
            resource.deployment = self

    @property
    def outputs(self) -> tuple[Value, ...]:
        """The values that this deployment gives to others: CloudFormation's outputs, a root module's in Terraform."""
        return self.once(_outputs)

    def own_of_type(self, *types: str) -> list[Resource]:
        """The resources of these types that the template itself makes, and no other template of the run."""
        return [resource for resource in self.of_type(*types) if resource.name in self.own]

    def of_type(self, *types: str) -> list[Resource]:
        """The resources of these types, in the order of the file."""
        by_type = self.once(_by_type)
        if len(types) == 1:
            return by_type.get(types[0], [])
        return [resource for resource in self.resources.values() if resource.type in types]

    def find(self, value: Value, *types: str) -> Resource | None:
        """The resource that a value surely points to: by link, by ARN, URL or name; None where that is not sure."""
        found = None
        if isinstance(value, Link):
            found = self.resources.get(value.resource)
        elif isinstance(value, Unknown) and value.parts and isinstance(value.parts[0], Link):
            qualified = (value.parts[1].text or "") if len(value.parts) == 2 else ""
            found = self.resources.get(value.parts[0].resource) if qualified.startswith(":") else None
        elif isinstance(value, (Known, Unknown)):
            found = named_in(value, self.once(_by_identity), types)
        return found if found is not None and (not types or found.type in types) else None

    def may_point_to(self, value: Value, resource: Resource) -> bool:
        """Whether a value could name this resource, in whole or in part; False only where that is impossible."""
        if self.find(value) is resource:
            return True
        if isinstance(value, Unknown) and value.anything:
            return True
        return any(link.resource == resource.name for link in value.mentions())

    def once(self, compute: Callable[[Deployment], T]) -> T:
        """What `compute` says of this deployment, worked out the first time that somebody asks."""
        if compute not in self._cache:
            self._cache[compute] = compute(self)
        result: T = self._cache[compute]
        return result


@record(frozen=True)
class Declared:
    """What the user declares in the configuration because no template shows it."""

    processing_times: Mapping[str, float] = field(default_factory=dict)
    """Seconds that the consumer of a queue works on one message, by the queue's name or logical id."""
    production: Sequence[str] = ("prod", "production", "prd", "live")
    development: Sequence[str] = ("dev", "development", "test", "testing", "latest", "sandbox", "local", "staging")


NOWHERE = Deployment()


def _outputs(deployment: Deployment) -> tuple[Value, ...]:
    return tuple(deployment._outputs())


def _by_type(deployment: Deployment) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for resource in deployment.resources.values():
        found.setdefault(resource.type, []).append(resource)
    return found


def _by_identity(deployment: Deployment) -> dict[Identity, Resource]:
    return dict(identities(deployment.resources.values()))
