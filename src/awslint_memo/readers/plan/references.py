"""Resolves the references in a plan's configuration to planned resources.

For each expression, a plan lists only the references. Each one is followed through the variables and outputs of
modules and through `count` and `for_each` to instances of resources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from awslint_memo.model.budget import spend
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.readers.plan.changes import IndexKey, IndexStep, Planned, Steps, steps
from awslint_memo.readers.plan.nodes import is_argument, is_constant

MAX_HOPS = 50
"""The maximum number of references in a chain. Modules nest only a few levels; more means a circular reference."""

Reference = list[str | IndexStep]


@record(frozen=True, slots=True)
class Target:
    """An attribute of an instance, with Terraform's name; empty if the reference does not name one."""

    planned: Planned
    attribute: str


@record(frozen=True, slots=True)
class Trail:
    """The result of resolving a reference: its possible targets (several for a resource with several instances).

    Without targets and `why`, it is a value that the plan knows. why: why it can't be resolved. is_open: it may refer
    to any resource.
    """

    targets: tuple[Target, ...] = ()
    why: str = ""
    is_open: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the value was known when the plan was made."""
        return not self.targets and not self.why


@record(frozen=True, slots=True)
class BlockContext:
    """The context of an expression: an instance of a module, and the key and configuration of the block in it."""

    module: Steps
    key: IndexKey
    block: Mapping[str, Any]


class References:
    """Resolves references with the configuration and the instances of a plan."""

    def __init__(self, root_module: Mapping[str, Any], instances: Iterable[Planned]) -> None:
        self._root = root_module
        self._instances = list(instances)
        self._modules: dict[tuple[str, ...], Mapping[str, Any]] = {}
        self._blocks: dict[tuple[str, ...], dict[str, Mapping[str, Any]]] = {}
        self._found: dict[tuple[int, Steps, IndexKey, tuple[str, ...]], list[Trail]] = {}

    @cached_property
    def _by_block(self) -> dict[tuple[Steps, str, str], dict[IndexKey, Planned]]:
        blocks: dict[tuple[Steps, str, str], dict[IndexKey, Planned]] = {}
        for instance in self._instances:
            blocks.setdefault((instance.module, instance.type, instance.name), {})[instance.key] = instance
        return blocks

    @cached_property
    def _module_keys(self) -> dict[tuple[Steps, str], list[IndexKey]]:
        keys: dict[tuple[Steps, str], dict[IndexKey, None]] = {}
        for module in dict.fromkeys(instance.module for instance in self._instances):
            for depth, (name, key) in enumerate(module):
                keys.setdefault((module[:depth], name), {})[key] = None
        return {call: list(of_call) for call, of_call in keys.items()}

    def _module(self, module: Steps) -> Mapping[str, Any]:
        """The configuration of a module; empty if the plan has none."""
        path = tuple(name for name, _ in module)
        if path not in self._modules:
            configuration = self._root if not path else _object(self._call(module).get("module"))
            self._modules[path] = configuration
        return self._modules[path]

    def _call(self, module: Steps) -> Mapping[str, Any]:
        """The configuration of the call of a module."""
        return _object(_object(self._module(module[:-1]).get("module_calls")).get(module[-1][0]))

    def block(self, module: Steps, type_: str, name: str, mode: str = "managed") -> Mapping[str, Any] | None:
        """The configuration of a resource, or of a data source that is taken for one; None if the plan has none."""
        mode, type_ = ("data", type_[5:]) if type_.startswith("data.") else (mode, type_)
        path = tuple(step for step, _ in module)
        if path not in self._blocks:
            listed = self._module(module).get("resources")
            self._blocks[path] = {
                " ".join(str(resource.get(part)) for part in ("mode", "type", "name")): resource
                for resource in (listed if isinstance(listed, list) else ())
                if isinstance(resource, dict)
            }
        return self._blocks[path].get(f"{mode} {type_} {name}")

    def scope(self, planned: Planned) -> BlockContext | None:
        """The context of an instance's expressions; None if the plan has no configuration of the instance."""
        block = self.block(planned.module, planned.type, planned.name)
        return None if block is None else BlockContext(planned.module, planned.key, block)

    def trails(self, expression: Any, scope: BlockContext, rest: tuple[str, ...] = (), hops: int = 0) -> list[Trail]:
        """Resolve all references of an expression; empty for a constant.

        rest: the attributes that are then selected in the expression's value.
        """
        question = (id(expression), scope.module, scope.key, rest)
        if question not in self._found:
            # If this is requested again during its evaluation, there is a circular reference.
            self._found[question] = [_CIRCLE]
            self._found[question] = self._trails(expression, scope, rest, hops + 1) if hops < MAX_HOPS else [_CIRCLE]
        return self._found[question]

    def _trails(self, expression: Any, scope: BlockContext, rest: tuple[str, ...], hops: int) -> list[Trail]:
        if not is_argument(expression):
            below = [trail for child in _below(expression) for trail in self.trails(child, scope, rest, hops)]
            return [*dict.fromkeys(below), Trail(why="a block that is known only after apply")]
        if is_constant(expression):
            return []
        listed = expression.get("references")
        references = list(_longest(listed if isinstance(listed, list) else ()))
        if not references:
            return [Trail(why="a function of nothing that the plan names")]
        others = [reference for reference in references if not _is_own_key(reference)]
        has_key = len(others) < len(references)
        trails = [
            trail
            for reference in others
            for trail in self._reference([*reference, *rest], scope, has_key and _takes_key(reference), hops)
        ]
        if has_key and not any(_takes_key(reference) for reference in others):
            trails.append(Trail())
        # Two references may lead to the same: passed on through modules, each would double what the next one has.
        return _narrowed(list(dict.fromkeys(trails)), rest)

    def reference(self, reference: Reference, scope: BlockContext) -> list[Trail]:
        """Resolve one reference in a context."""
        return self._reference(reference, scope, by_key=False, hops=0)

    def _reference(self, reference: Reference, scope: BlockContext, by_key: bool, hops: int) -> list[Trail]:
        """by_key: the reference selects the instance with the same key as the block in `scope`."""
        first = reference[0]
        names = [name for name in reference[1:] if isinstance(name, str)]
        if first == "var" and names:
            return self._variable(names[0], tuple(names[1:]), scope, hops)
        if first == "each":
            return self._each_value(tuple(names[1:]), scope, hops)
        if first == "module" and names:
            return self._output(reference[1:], scope, by_key, hops)
        if first == "data" and len(names) > 1:
            return [self._data_source(names[0], names[1], scope, hops)]
        if first == "ephemeral":
            return [Trail(why="an ephemeral value")]
        if first in ("path", "terraform", "tofu", "count"):
            return [Trail()]
        if first == "local":
            return [Trail(why="a local value, which a plan does not explain", is_open=True)]
        return [self._resource(reference, scope, by_key)]

    def _variable(self, name: str, rest: tuple[str, ...], scope: BlockContext, hops: int) -> list[Trail]:
        if not scope.module:
            return [Trail()]
        expression, outside = self.given(name, scope)
        # A variable that the call does not set has its default value, which is a constant.
        return [Trail()] if expression is None else self.trails(expression, outside, rest, hops) or [Trail()]

    def given(self, name: str, scope: BlockContext) -> tuple[Any, BlockContext]:
        """What the call of the module in `scope` gives for a variable (None: nothing), and the context of that."""
        call = self._call(scope.module)
        outside = BlockContext(scope.module[:-1], scope.module[-1][1], call)
        return _object(call.get("expressions")).get(name), outside

    def variable(self, name: str, scope: BlockContext) -> Mapping[str, Any]:
        """The declaration of a variable of the module in `scope`; empty if the plan has none."""
        return _object(_object(self._module(scope.module).get("variables")).get(name))

    def _each_value(self, rest: tuple[str, ...], scope: BlockContext, hops: int) -> list[Trail]:
        over = scope.block.get("for_each_expression")
        trails = [Trail()] if over is None else self.trails(over, scope, rest, hops) or [Trail()]
        return [Trail(_with_key(trail.targets, scope), trail.why, trail.is_open) for trail in trails]

    def _output(self, reference: Reference, scope: BlockContext, by_key: bool, hops: int) -> list[Trail]:
        name, key, names = _split(reference, 1)
        known = self._module_keys.get((scope.module, name[0]), [None])
        keys = [key.value] if key is not None else [scope.key] if by_key and scope.key in known else known
        by_output: list[list[Trail]] = []
        for instance_key in keys:
            inside = BlockContext((*scope.module, (name[0], instance_key)), None, {})
            outputs = _object(self._module(inside.module).get("outputs"))
            for output in [outputs.get(names[0])] if names else list(outputs.values()):
                trails = self.trails(_object(output).get("expression"), inside, tuple(names[1:]), hops)
                # In `var.create ? aws_sqs_queue.this[0].arn : null`, the known `var.create` is only the condition.
                by_output.append([trail for trail in trails if not trail.is_known] or [Trail()])
        if len(by_output) == 1:
            return by_output[0]
        return [_merged(trail for trails in by_output for trail in trails)]

    def _data_source(self, type_: str, name: str, scope: BlockContext, hops: int) -> Trail:
        block = self.block(scope.module, type_, name, "data") or {}
        inside = BlockContext(scope.module, None, block)
        below = self.trails(block.get("expressions"), inside, (), hops)
        targets = tuple(target for trail in below for target in trail.targets)
        return Trail(targets, "a data source", any(trail.is_open for trail in below))

    def _resource(self, reference: Reference, scope: BlockContext, by_key: bool) -> Trail:
        block, key, names = _split(reference, 2)
        instances = self._by_block.get((scope.module, block[0], block[-1]), {})
        instance_key = key.value if key is not None else scope.key
        if key is not None or (by_key and instance_key in instances):
            instances = {instance_key: instances[instance_key]} if instance_key in instances else {}
        attribute = next((name for name in names if name != "*"), "")
        if not spend("values", len(instances)):
            return Trail(why="more references than are followed", is_open=True)
        targets = tuple(Target(instance, attribute) for instance in instances.values())
        return Trail(targets, "" if targets else f"{'.'.join(block)}, which is not in the plan")


_CIRCLE = Trail(why="references that go in a circle", is_open=True)


def _object(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _below(expression: Any) -> Iterable[Any]:
    if isinstance(expression, dict):
        return expression.values()
    return expression if isinstance(expression, list) else ()


def _longest(references: Iterable[Any]) -> Iterator[Reference]:
    """The references without their prefixes: a plan lists `aws_sqs_queue.q[0].arn`, then each shorter form of it."""
    before: Reference = []
    seen: set[tuple[str | IndexStep, ...]] = set()
    for text in references:
        reference = steps(str(text))
        if reference and before[: len(reference)] != reference and tuple(reference) not in seen:
            seen.add(tuple(reference))
            yield reference
        before = reference


def _split(reference: Reference, names: int) -> tuple[list[str], IndexStep | None, list[str]]:
    """Split a reference into the first `names` names, the key after them, and the attributes after the key."""
    rest = reference[names:]
    key = rest[0] if rest and isinstance(rest[0], IndexStep) else None
    return [str(step) for step in reference[:names]], key, [step for step in rest if isinstance(step, str)]


def _is_own_key(reference: Reference) -> bool:
    return reference[:2] in (["count", "index"], ["each", "key"])


def _takes_key(reference: Reference) -> bool:
    """Whether a reference ends where a computed key may follow, as in `aws_sqs_queue.q[each.key].arn`."""
    if reference[0] in ("count", "each", "local", "path", "self", "terraform", "var"):
        return False
    return len(reference) == (3 if reference[0] == "data" else 2)


def _with_key(targets: tuple[Target, ...], scope: BlockContext) -> tuple[Target, ...]:
    """Of the targets in a value that `for_each` goes over, those with the key of the block in `scope`."""
    depth = len(scope.module)
    keys = {target: [key for _, key in target.planned.module[depth:]] for target in targets}
    of_module = tuple(target for target in targets if keys[target][:1] == [scope.key])
    same = of_module or tuple(target for target in targets if target.planned.key == scope.key)
    return same if len(targets) > 1 and same else targets


def _merged(trails: Iterable[Trail]) -> Trail:
    every = [trail for trail in trails if not trail.is_known]
    targets = dict.fromkeys(target for trail in every for target in trail.targets)
    why = next((trail.why for trail in every if trail.why), "")
    return Trail(tuple(targets), why, any(trail.is_open for trail in every))


def _narrowed(trails: list[Trail], rest: tuple[str, ...]) -> list[Trail]:
    """Of the references in an object, the one whose attribute has the name that is selected in the object."""
    if not rest or len(trails) < 2:
        return trails
    same = [trail for trail in trails if trail.targets and all(target.attribute == rest[0] for target in trail.targets)]
    return same if len(same) == 1 else trails
