"""The graph of a run: what its templates make as nodes and edges, joined over all deployments of each template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.survey import named
from awslint_memo.judging.variation_search import described, search, variations
from awslint_memo.model.dependencies import Reads, noted
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.property_maps import unnamed_are_unknown
from awslint_memo.readers.template import Deployments, Differing, Template
from awslint_memo.relations.graph.assembling import Assembling, Key, Shown, Side, home
from awslint_memo.relations.graph.graph import Graph
from awslint_memo.relations.graph.relation import End, Relation, cut, resource_of, untranslated
from awslint_memo.relations.graph.sight import Sight, sight
from awslint_memo.relations.recovery import regions

_MOST_FOR_ALL, _MOST_FOR_EACH = 50_000, 10
"""How many relations are drawn of a template, and how many more for each of its resources."""

_TOO_MANY = "its resources name each other more often than is drawn, so some lines are missing; draw fewer templates"


@record
class Drawing:
    """The graph while it is drawn, template by template."""

    made: Assembling = field(default_factory=Assembling)
    left_out: dict[str, None] = field(default_factory=dict)
    roots: dict[int, _Root] = field(default_factory=dict)
    """The templates, by the `id` of each of their deployments, which they keep."""
    far: list[tuple[Side, Relation, bool]] = field(default_factory=list)
    """Relations to resources of other templates, which may be drawn later."""
    _room: int = 0
    """How many relations of the template at hand may still be drawn."""

    def add(self, template: Template, found: Deployments, check_options: CheckOptions) -> None:
        """Draw a template."""
        path = template.source.path
        self.left_out.update((f"{path}: not drawn: {what}", None) for what in found.unseen)
        root = _Root(named(template), path, found, check_options, _told_region(found.deployments))
        self.roots.update((id(deployment), root) for deployment in found.deployments)
        with unnamed_are_unknown():
            names = [*_names(found)]
            self._room = _MOST_FOR_ALL + _MOST_FOR_EACH * len(names)
            for name in names:
                self._draw(name, root)

    def _draw(self, name: str, root: _Root) -> None:
        """Draw a resource, as it is in the deployments in which something of it differs."""
        seen: dict[int, Sight] = {}

        def look(deployment: Deployment) -> Reads:
            deployment.declared = root.found.declared or root.options.declared
            with noted() as reads:
                resource = deployment.own.get(name) or untranslated(deployment).get(name)
                if resource is not None:
                    seen[id(deployment)] = sight(resource)
            self.left_out.update((f"{root.path}: {one}", None) for one in sorted(cut(deployment)))
            return reads

        differing = search(variations(root.found), name, look)
        every = [
            (number, deployment) for number, deployment in enumerate(differing.deployments) if id(deployment) in seen
        ]
        by_key: dict[Key, list[tuple[int, Deployment, Sight]]] = {}
        for number, deployment in every:
            one = seen[id(deployment)]
            by_key.setdefault(root.key(one.resource.name, deployment), []).append((number, deployment, one))
        for key, sights in by_key.items():
            self._keep(key, sights, differing, root)

    def _keep(
        self, key: Key, sights: Sequence[tuple[int, Deployment, Sight]], differing: Differing, root: _Root
    ) -> None:
        nodes = [(number, one) for number, _, one in sights if not one.is_line]
        if nodes:
            numbers = {number for number, _ in nodes}
            is_part = len(numbers) < len(differing.deployments)
            _, first = nodes[-1]
            inside = {root.key(one.inside, deployment) for _, deployment, one in sights if one.inside}
            self.made.add(
                Shown(
                    key,
                    first.resource,
                    home(root.title, first.resource, key.region),
                    first.notes if all(one.notes == first.notes for _, one in nodes) else (),
                    first.parts,
                    _words(numbers, differing) if is_part else (),
                    next(iter(inside)) if len(inside) == 1 else None,
                )
            )
        deployment, via = sights[0][1], "" if nodes else sights[0][2].resource.title
        for one, is_sure in _joined(sights, differing):
            relation = replace(one, via=via) if via else one
            source = root.key(relation.source[0], deployment), relation.source[1]
            if relation.far is not None:
                self.far.append((source, relation, is_sure))
                continue
            self._room -= 1
            if self._room < 0:
                self.left_out[f"{root.path}: {_TOO_MANY}"] = None
                return
            target = root.key(relation.target[0], deployment), relation.target[1]
            self.made.join(source, target, relation, is_sure)

    def graph(self) -> Graph:
        """The graph of all templates."""
        for source, relation, is_sure in self.far:
            other = relation.far
            root = None if other is None else self.roots.get(id(other.deployment))
            if other is not None and root is not None:
                self.made.join(source, (root.key(other.name, other.deployment), ""), relation, is_sure)
        return replace(self.made.graph(), left_out=list(self.left_out))


@record(frozen=True)
class _Root:
    """A template that is drawn. region: that in which all of its deployments are, if it is one."""

    title: str
    path: str
    found: Deployments
    options: CheckOptions
    region: str

    def key(self, name: str, deployment: Deployment) -> Key:
        """What tells a node from all others: its template, its name there and its Region, if that is known."""
        path, name_there = self.path, name
        if name not in deployment.own:
            before, found, rest = name.partition(":")
            if found and name in deployment.resources:
                path, name_there = before, rest
        return Key(path, name_there, self._region(name, deployment))

    def _region(self, name: str, deployment: Deployment) -> str:
        with noted():  # A deployment differs from others by what is in it.
            resource = resource_of(deployment, name)
            if resource is None or (resource.language != "terraform" and name not in deployment.own):
                return ""
            if resource.language == "terraform":
                told = regions.told(resource)
                return "" if told is None else told.text or ""
            if deployment.name:
                told = deployment.region_of_stack
                return "" if told is None else told.text or ""
        return self.region


def _told_region(deployments: Iterable[Deployment]) -> str:
    found = {
        "" if deployment.region_of_stack is None else deployment.region_of_stack.text or ""
        for deployment in deployments
    }
    return found.pop() if len(found) == 1 else ""


def _names(found: Deployments) -> Iterator[str]:
    yield from found.having
    yield from dict.fromkeys(name for deployment in found.deployments for name in untranslated(deployment))


def _words(numbers: set[int], differing: Differing) -> Sequence[str]:
    names = dict.fromkeys(differing.deployments[number].name for number in sorted(numbers))
    return [*names] if all(names) else [described(numbers, differing)]


def _joined(sights: Sequence[tuple[int, Deployment, Sight]], differing: Differing) -> Iterator[tuple[Relation, bool]]:
    """The relations in any of the deployments, each with whether it holds wherever both of its ends are there."""
    found: dict[tuple[End, End, str, bool], list[Relation]] = {}
    holding: dict[tuple[End, End, str, bool], set[int]] = {}
    for number, _, one in sights:
        for relation in one.relations:
            key = (relation.source, relation.target, relation.label, relation.is_plain)
            found.setdefault(key, []).append(relation)
            holding.setdefault(key, set()).add(number)
    for key, relations in found.items():
        others = [deployment for number, deployment, _ in sights if number not in holding[key]]
        is_everywhere = not any(_has(other, key[0]) and _has(other, key[1]) for other in others)
        is_known = differing.is_complete or all(relation.is_literal for relation in relations)
        yield relations[0], is_everywhere and is_known and all(relation.is_sure for relation in relations)


def _has(deployment: Deployment, end: End) -> bool:
    with noted():
        return resource_of(deployment, end[0]) is not None
