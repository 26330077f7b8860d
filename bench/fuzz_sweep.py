"""Replaces each part of each rule's examples in turn by values of other forms, beside a copy that stays as it is."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from bench.fuzz_canary import Kept, add, after
from bench.fuzz_inputs import FIXTURES, MAX_SIZE, Input, kind_of
from bench.fuzz_mutations import Path, at_path, paths, plain, written

from awslint_memo import api
from awslint_memo.judging.examples import examples
from awslint_memo.syntax.hcl.parser import parse

_MISSING = object()
_SUFFIX = "Two"

_VALUES: Sequence[Any] = (
    *(_MISSING, None, "", [], {}, [[{}]], {"a": {"b": []}}, 7, -1, True, 10**40, "1e309", [None], "x y"),
    *({"Ref": "Nothing"}, {"Fn::GetAtt": ["Nothing", "Arn"]}, {"Fn::Nothing": []}, {"Fn::If": ["Nothing", 1, 2]}),
    *({"Ref": "AWS::NoValue"}, {"Fn::Sub": "${Nothing}-${"}),
)
DOUBLED = 3
"""Every third value is tried beside a copy of the example; the others alone, which takes half the time."""

_EXACT = 14
"""So many of them are known. What is not known may be another resource, so findings on that may be gone."""

_WORDS = (
    *("", "null", '""', "[]", "{}", "[[{ a = 1 }]]", "{ a = { b = [] } }", "7", "-1", "true", "9" * 40, "1e400"),
    *('"x y"', "var.nothing", "aws_sqs_queue.nothing.arn", "local.nothing[0]", "module.nothing.x", "each.value"),
    *("nothing(1)", '"${var.nothing}"', "x {}\n"),
)
_EXACT_WORDS = 13
_PARTS = frozenset(
    ("attribute", "block", "body", "expression", "function_call", "identifier", "object_elem", "string_lit")
)
_LABELS = re.compile(r'\b(resource|data|module|variable)[ \t]+(?:"([\w-]+)"[ \t]+)?"([\w-]+)"[ \t]*\{')


@dataclass(frozen=True)
class Example:
    """A text whose parts are replaced, and the reader that it is for."""

    kind: str
    text: str

    @cached_property
    def data(self) -> Any:
        """The text as plain data."""
        return plain(self.text)

    @cached_property
    def parts(self) -> Sequence[Path]:
        """Where its parts are."""
        if self.kind != ".tf":
            return [path for path in paths(self.data) if path]
        found, waiting = [], [parse(self.text)[0]]
        while waiting:
            node = waiting.pop()
            waiting += node.children
            if node.type in _PARTS:
                found.append((node.start_byte, node.end_byte))
        return sorted(set(found))


@cache
def every() -> Sequence[Example]:
    """The rules' examples, and the small fixtures of SAM, and plans."""
    found = {}
    for rule in api.rules().values():
        for one in (*examples(rule, rule.bad), *examples(rule, rule.good)):
            found[one.text] = Example(kind_of(one.path, one.text) or "yaml", one.text)
    for file in sorted(FIXTURES.rglob("*.*")):
        if file.suffix in (".yaml", ".json", ".template") and file.stat().st_size <= MAX_SIZE * 4:
            text = file.read_text(encoding="utf-8", errors="replace")
            kind = kind_of(file.name, text)
            if kind in ("sam", "plan") and isinstance(plain(text), dict):
                found[text] = Example(kind, text)
    return list(found.values())


@cache
def _cases(seed: int) -> Sequence[tuple[int, int, int]]:
    """Each example, each of its parts, and each value instead, in random order, so that a few are a fair sample."""
    made = [
        (number, part, value)
        for number, one in enumerate(every())
        for part in range(len(one.parts))
        for value in range(len(_WORDS if one.kind == ".tf" else _VALUES))
    ]
    random.Random(seed).shuffle(made)
    return made


def size(seed: int) -> int:
    """How many inputs there are."""
    return len(_cases(seed))


def swept(seed: int, start: int, count: int) -> Iterator[Input]:
    """Some of the inputs, from one on."""
    cases = _cases(seed)
    for number, part, value in (cases[index % len(cases)] for index in range(start, start + count)):
        example = every()[number]
        where = example.parts[part]
        yield (_native if example.kind == ".tf" else _structured)(example, where, value, (part + value) % DOUBLED == 0)


def _structured(example: Example, path: Path, value: int, is_doubled: bool) -> Input:
    made = [copy.deepcopy(example.data)]
    holder, key, new = at_path(made, (0, *path[:-1])), path[-1], copy.deepcopy(_VALUES[value])
    if _VALUES[value] is _MISSING:
        del holder[key]
    else:
        holder[key] = new
    whole = made[0]
    name = {"plan": "plan.json", ".tf.json": "main.tf.json"}.get(example.kind, "t.json")
    kept: Kept = frozenset()
    original = None
    if not is_doubled or example.kind in ("plan", ".tf.json"):
        kept = add(whole)
    elif all(isinstance(one.get("Resources"), dict) for one in (example.data, whole)):
        other = renamed(example.data)
        if value < _EXACT and path[0] == "Resources":
            original = (json.dumps(beside(example.data, other)).encode(), json.dumps(other).encode())
        whole = beside(whole, other)
    form = "yaml" if len(path) % 2 and name == "t.json" else "json"
    text = written(whole, form, random.Random(value))
    name = "t.yaml" if form == "yaml" else name
    files = {name: text.encode("utf-8", "surrogatepass")}
    return Input(f"sweep {example.kind}", files, [name], original=original, kept=kept)


def beside(data: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """A template with the resources of another one behind its own."""
    return {**data, "Resources": {**data["Resources"], **other["Resources"]}}


def renamed(data: Any) -> Any:
    """A template with other logical ids, as far as its own resources refer to each other."""
    names = [name for name in data["Resources"] if not str(name).startswith("Fn::")]
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, map(str, names)))})(?![\w-])") if names else None

    def name_of(text: Any) -> Any:
        return f"{text}{_SUFFIX}" if text in names else text

    def inner(value: Any, is_name: bool = False) -> Any:
        if isinstance(value, dict):
            return {key: inner(one, key in ("Ref", "DependsOn", "Fn::GetAtt", "Fn::Sub")) for key, one in value.items()}
        if isinstance(value, list):
            return [inner(one, is_name) for one in value]
        if is_name and isinstance(value, str) and pattern is not None:
            return pattern.sub(rf"\1{_SUFFIX}", value)
        return value

    return {**data, "Resources": {name_of(name): inner(one) for name, one in data["Resources"].items()}}


def _native(example: Example, span: Path, value: int, is_doubled: bool) -> Input:
    start, end = map(int, span)
    changed = example.text[:start] + _WORDS[value] + example.text[end:]
    if not is_doubled:
        text, kept = after(changed)
        return Input("sweep .tf", {"main.tf": text.encode()}, ["main.tf"], kept=kept)
    other = _relabelled(example.text)
    text, original = (f"{one}\n{other}" for one in (changed, example.text))
    before = (original.encode(), other.encode()) if value < _EXACT_WORDS else None
    return Input("sweep .tf", {"main.tf": text.encode()}, ["main.tf"], original=before)


def _relabelled(text: str) -> str:
    """A configuration with other names of its resources, modules and variables."""
    for what, type_, name in sorted({(one[1], one[2] or "", one[3]) for one in _LABELS.finditer(text)}):
        if what == "variable":
            text = re.sub(rf'\bvariable[ \t]+"{name}"[^\n]*\{{\}}\n?', "", text)
            continue
        head = f"{what}.{name}" if what == "module" else f"{type_}.{name}"
        text = re.sub(rf"\b{re.escape(head)}\b", f"{head}{_SUFFIX}", text)
        label = f'"{type_}" "{name}"' if type_ else f'{what} "{name}"'
        text = text.replace(label, f'{label[:-1]}{_SUFFIX}"')
    return text
