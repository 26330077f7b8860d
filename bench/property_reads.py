"""Writes into tests/known_properties/ which rules and relations read which property, as runs over tests show it.

python -m bench.property_reads           runs the tests of rules and relations, the examples and the fixtures (minutes)
python -m bench.property_reads --quick   runs the examples alone, and keeps the readers that the tables have

Reads are noted where a rule or relation asks a value, so that what the engine itself walks through does not count. The
reasons of properties that nobody reads stay; what has neither a reader nor a reason is printed and written as "(?)",
which a test refuses until somebody has looked at it.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bench.known_properties import UNJUDGED, Entry, Schema, schema, tables, write
from tests.fixture_outputs import FIXTURES, OUTPUTS, command, said

import awslint_memo
from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules
from awslint_memo.model.any_value import Value
from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Known

ROOT = Path(__file__).parents[1]
_RELATIONS = os.path.join(os.path.dirname(awslint_memo.__file__), "relations") + os.sep
_RULES = str(ROOT / "rules") + os.sep
_MODEL = os.path.join(os.path.dirname(awslint_memo.__file__), "model") + os.sep

_TESTS = ("tests/rules", "tests/relations", "tests/test_graph.py", "tests/test_graph_edges.py", "tests/judging")
_GENERIC = frozenset(("Description", "Name", "Region", "Tags"))
"""Properties of so many types that their name in a module says nothing about one of them."""

Reads = dict[str, dict[str, set[str]]]
"""Who reads it, by type and dotted path of properties: a rule's id, or the name of a relation such as "sqs/queues"."""


def reader() -> str:
    """The rule or relation that asks at present; empty if the engine does."""
    frame = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(_RULES):
            return path[len(_RULES) : -3].replace(os.sep, "-").replace("_", "-")
        if path.startswith(_RELATIONS):
            return path[len(_RELATIONS) : -3]
        if path != __file__ and not path.startswith(_MODEL):
            return ""
        frame = frame.f_back  # type: ignore[assignment]
    return ""


@contextmanager
def noted() -> Iterator[Reads]:
    """Notes all reads inside of the block."""
    reads: Reads = {}
    types: dict[str, str] = {}
    get, any_child, known_child = Resource.get, Value.child, Known.child

    def note(type_: str, path: str) -> None:
        if who := reader():
            reads.setdefault(type_, {}).setdefault(path, set()).add(who)

    def noting_get(self: Resource, path: str, default: Any = None) -> Value:
        types[self.name] = self.type
        note(self.type, path.partition(".")[0])
        return get(self, path, default)

    def noting(child: Callable[[Any, str], Value]) -> Callable[[Any, str], Value]:
        def noting_child(self: Any, key: str) -> Value:
            if self.route is not None and self.route.resource in types:
                keys = [*(step for step in self.route if isinstance(step, str)), key]
                note(types[self.route.resource], ".".join(keys))
            return child(self, key)

        return noting_child

    Resource.get, Value.child, Known.child = noting_get, noting(any_child), noting(known_child)  # type: ignore[method-assign,assignment]
    try:
        yield reads
    finally:
        Resource.get, Value.child, Known.child = get, any_child, known_child  # type: ignore[method-assign]


def observed(*, is_quick: bool) -> Reads:
    """The reads of all rules over their examples, and unless it has to be quick, of tests and the fixtures."""
    with noted() as reads:
        if not is_quick:
            # Within one process, as the reads are noted there.
            pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", *_TESTS])
        for rule in rules().values():
            for example in (*examples(rule, rule.bad), *examples(rule, rule.good)):
                example.findings()
        os.chdir(FIXTURES)
        for path in () if is_quick else OUTPUTS:
            said(command(path))
    os.chdir(ROOT)
    return reads


def named_types() -> set[str]:
    """The types that rules are for, and those that relations name."""
    types = {type_ for rule in rules().values() for type_ in rule.resource}
    for path in Path(_RELATIONS).rglob("*.py"):
        types |= set(re.findall(r"AWS::\w+::\w+", path.read_text(encoding="utf-8")))
    return {type_ for type_ in types if schema(type_) is not None}


@cache
def modules() -> Mapping[str, tuple[set[str], set[str]]]:
    """The types and the names of properties that the texts in rules and relations write, by reader."""
    found = {}
    for folder in (_RULES, _RELATIONS):
        for path in Path(folder).rglob("*.py"):
            tree = ast.parse(re.split(r"^BAD = ", path.read_text(encoding="utf-8"), flags=re.M)[0])
            constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
            texts = [constant for constant in constants if isinstance(constant, str)]
            types = {text for text in texts if re.fullmatch(r"AWS::\w+::\w+", text)}
            words = {word for text in texts if re.fullmatch(r"[\w.\[\]*:]+", text) for word in re.split(r"\W+", text)}
            name = str(path.relative_to(folder).with_suffix(""))
            found[name.replace("/", "-").replace("_", "-") if folder == _RULES else name] = (types, words)
    return found


def naming(type_: str, path: str) -> set[str]:
    """The readers that name both a type and one of its properties, and that no run showed reading it."""
    if path in _GENERIC or "." in path:
        return set()
    return {name for name, (types, words) in modules().items() if type_ in types and path in words}


def entry_of(type_: str, content: Schema, reads: Mapping[str, set[str]], before: Entry) -> Entry:
    """The table's entry of a type, by what was read and what the entry says so far."""
    entry = Entry()
    inner = {"", *(path.rpartition(".")[0] for path in reads if content.at(path.split(".")))}
    for above in sorted(inner):
        keys = above.split(".") if above else []
        if len(set(keys)) < len(keys):
            continue  # Steps within steps are the same again.
        prefix = f"{above}." if above else ""
        for name in content.below(keys):
            path = f"{prefix}{name}"
            readers = reads.get(path) or (set() if path in content.outputs else naming(type_, path))
            if readers:
                entry.readers[path] = sorted(readers)
                if values := content.values(path.split(".")):
                    entry.values[path] = values
            else:
                entry.reasons[path] = before.reasons.get(path, "output" if path in content.outputs else UNJUDGED)
    return entry


def keep(before: Mapping[str, Entry], reads: Reads) -> None:
    """Adds the readers that the tables have, as far as they still exist."""
    readers = rules().keys() | modules().keys()
    for type_, entry in before.items():
        for path, names in entry.readers.items():
            if kept := readers.intersection(names):
                reads.setdefault(type_, {}).setdefault(path, set()).update(kept)


def main() -> None:
    """Writes the tables, and prints what nobody has looked at."""
    is_quick = "--quick" in sys.argv
    reads, before, after = observed(is_quick=is_quick), tables(), {}
    if is_quick:
        keep(before, reads)
    for type_ in sorted(named_types() | {type_ for type_ in reads if schema(type_) is not None}):
        content = schema(type_)
        assert content is not None
        entry = entry_of(type_, content, reads.get(type_, {}), before.get(type_, Entry()))
        after[type_] = entry if entry.readers else Entry(is_presence=True)
    write(after)
    for type_, entry in after.items():
        for path, reason in entry.reasons.items():
            if reason == UNJUDGED:
                print(f"{type_} {path}: nobody has looked at it")


if __name__ == "__main__":
    main()
