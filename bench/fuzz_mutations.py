"""Random changes of files: of their bytes, of their text, and of the data that they hold."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias

import yaml

Path: TypeAlias = "tuple[str | int, ...]"

_MOST_PARTS = 8_000
"""Parts of a file's data that are looked at."""

_DEEPEST = 200
"""Levels of a file's data that are looked at; the changes themselves may nest it deeper."""

_TOKEN = re.compile(r"[\w.:$-]+|\s+|.", re.S)
_WORD = re.compile(r"[A-Za-z_][\w-]{2,}")
_VALUE = re.compile(r"(?<=[:=] )[^\n{\[]+|(?<=[:=] )[\[{][^\n]*")
_STRANGE = (
    *("null", "{}", "[]", '""', "-1", "1e309", "9" * 400, "true", "!Ref", "!Ref x", "!Sub ${", "Fn::If", "<<", "~"),
    *("Fn::ForEach::x", "*a", "&a", "${", "%{", "${}", "\\ud800", "\x00", "\u202e", "\ud800", "\t", "\r", "\ufeff"),
    *("{{resolve:x}}", "AWS::NoValue", "[" * 200, "{" * 200, "(" * 200, '"', "'", "|", "<<EOT\n", "for_each", "count"),
    *(
        "module",
        "dynamic",
        "//",
        "#",
        "/*",
        "x" * 5_000,
        "\u2028",
        "0x1F",
        "1_000",
        "2026-01-01",
        "[[[[[]]]]]",
        "var.x",
    ),
)
_ODD: tuple[Any, ...] = (
    *(None, -1, 0, 1.5, float("inf"), 10**40, True, "", " ", "x" * 5_000, "${}", "${x", "${AWS::Region}", "\x00"),
    *("\ud800", "\ufeff", "\r", "\u202e", [], [[]], [[[[1]]]], [None], {}, {"": ""}, {"a": {"b": []}}, {"Ref": "x"}),
    *({"Ref": None}, {"Ref": ["x"]}, {"Fn::Sub": "${}"}, {"Fn::Sub": []}, {"Fn::Sub": ["${a}", {"a": {"Ref": "a"}}]}),
    *({"Fn::GetAtt": "x"}, {"Fn::GetAtt": ["x"]}, {"Fn::GetAtt": [None, 1]}, {"Fn::If": ["x"]}, {"Fn::Join": "x"}),
    *({"Fn::If": [[], {}, None]}, {"Fn::Join": ["", [None]]}, {"Fn::Split": [",", 1]}, {"Fn::Select": ["a", []]}),
    *({"Ref": "AWS::NoValue"}, {"Fn::Transform": {"Name": 1}}, {"Fn::FindInMap": ["a"]}, {"Fn::ImportValue": []}),
    *({"Fn::Length": 1}, {"Fn::Cidr": []}, {"references": 1}, {"constant_value": {}}, "aws_sqs_queue.q.arn", "1e309"),
    *("${aws_sqs_queue.q.arn}", "${[for x in y : x]}", "%{ if", "{{resolve:ssm:x}}", '{"a": [', "PT", "cron(", "arn:"),
)


def changed_bytes(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some flipped, removed, doubled, moved, cut off, or written in another encoding."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.choice((1, 2, 10, 100)))
        kind = chance.randrange(7)
        if kind == 0 and at < len(made):
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[at:end]
        elif kind == 2:
            made[at:at] = made[at:end]
        elif kind == 3:
            moved = made[at:end]
            del made[at:end]
            to = chance.randrange(len(made) + 1)
            made[to:to] = moved
        elif kind == 4:
            made[at:at] = chance.choice(
                (b"\0", b"\xff", b"\xef\xbb\xbf", b"\r", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\x1b")
            )
        elif kind == 5 and chance.randrange(4) == 0:
            del made[at:]
        elif kind == 6 and chance.randrange(8) == 0:
            made = bytearray(made.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-32", "utf-8-sig"))))
    return bytes(made)


def changed_text(text: str, other: str, chance: random.Random) -> str:
    """The text with a few tokens, words or values changed, some of them for those of another text of its kind."""
    tokens = _TOKEN.findall(text)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(tokens) + 1)
        end = min(len(tokens), at + chance.choice((0, 1, 1, 2, 5, 40)))
        kind = chance.randrange(8)
        if kind == 0:
            del tokens[at:end]
        elif kind == 1:
            tokens[at:end] = [chance.choice(_STRANGE)]
        elif kind == 2:
            tokens[at:at] = tokens[at:end] * chance.choice((1, 2, 50))
        elif kind == 3 and tokens:
            one, two = chance.randrange(len(tokens)), chance.randrange(len(tokens))
            tokens[one], tokens[two] = tokens[two], tokens[one]
        elif kind == 4:
            pieces = _TOKEN.findall(other)
            start = chance.randrange(len(pieces) + 1)
            tokens[at:end] = pieces[start : start + chance.choice((1, 5, 60))]
        elif kind in (5, 6):
            what, by = (_WORD, other) if kind == 5 else (_VALUE, "")
            tokens = _TOKEN.findall(_one_replaced("".join(tokens), what, by, chance))
        elif tokens:
            tokens[at - 1] = chance.choice(tokens)
    return "".join(tokens)


def _one_replaced(text: str, what: re.Pattern[str], other: str, chance: random.Random) -> str:
    found = list(what.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    by = chance.choice(what.findall(other) or _STRANGE) if other else chance.choice(_STRANGE)
    return f"{text[: one.start()]}{by}{text[one.end() :]}"


def paths(data: Any, at: Path = ()) -> Iterator[Path]:
    """The path of each part of plain data, the whole first; not of what is nested too deep."""
    yield at
    if isinstance(data, (dict, list)) and len(at) < _DEEPEST:
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from paths(value, (*at, key))


def at_path(data: Any, path: Path) -> Any:
    """The part of plain data at a path."""
    for key in path:
        data = data[key]
    return data


def changed_data(data: Any, other: Any, chance: random.Random) -> Any:
    """Plain data with a few parts replaced by odd ones, by others of the same or another file, renamed or nested."""
    made = [copy.deepcopy(data)]  # In a list, so that the whole can be replaced too.
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        every = [path for path in islice(paths(made), _MOST_PARTS) if path]
        if len(every) > _MOST_PARTS // 4:
            break  # Repeated repetition would grow without bound.
        path = chance.choice(every)
        holder, key = at_path(made, path[:-1]), path[-1]
        kind = chance.randrange(9)
        if kind <= 2:
            holder[key] = copy.deepcopy(chance.choice(_ODD))
        elif kind == 3 and len(path) > 1:
            del holder[key]
        elif kind == 4:
            holder[key] = copy.deepcopy(at_path(made, chance.choice(every)))
        elif kind == 5:
            holder[key] = copy.deepcopy(at_path([other], chance.choice(list(islice(paths([other]), 1, _MOST_PARTS)))))
        elif kind == 6 and isinstance(holder, dict):
            names = _keys(made) + _keys(other)
            holder[chance.choice(names)] = holder.pop(key)
        elif kind == 7:
            _nest(holder, key, chance)
        elif isinstance(holder[key], list):
            holder[key] = holder[key] * chance.choice((2, 20))
    return made[0]


def _nest(holder: Any, key: Any, chance: random.Random) -> None:
    names = ("Fn::If", "Ref", "a", "Resources", "Properties", "Fn::Sub", "Fn::ForEach::X", "module")
    for _ in range(chance.choice((1, 3, 150))):
        inner = holder[key]
        holder[key] = chance.choice(([inner], {chance.choice(names): inner}, {"Fn::Join": ["", [inner]]}))


def _keys(data: Any) -> list[str]:
    return [key for path in islice(paths(data), _MOST_PARTS) if path and isinstance(key := path[-1], str)] or ["x"]


class _Plain(yaml.CSafeLoader):
    """Reads CloudFormation's YAML into plain data, with the long forms of its functions."""


def _function(loader: yaml.CSafeLoader, tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        value: Any = loader.construct_mapping(node, deep=True)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = node.value
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


_Plain.add_multi_constructor("!", _function)
_Plain.yaml_implicit_resolvers = {
    sign: [one for one in those if not one[0].endswith("timestamp")]
    for sign, those in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def plain(text: str) -> Any:
    """The data in a text of YAML or JSON; None if it is neither, or if its aliases make it too large to write."""
    try:
        data = json.loads(text) if text.lstrip()[:1] == "{" else yaml.load(text, _Plain)
        is_small = "*" not in text or sum(1 for _ in islice(paths(data), _MOST_PARTS)) < _MOST_PARTS
        return data if is_small else None
    except (ValueError, yaml.YAMLError, RecursionError, TypeError, AttributeError):
        return None


def written(data: Any, form: str, chance: random.Random) -> str:
    """Plain data as text of the form "json" or "yaml"."""
    style, is_ascii = chance.choice((None, False, False, True)), chance.random() < 0.7
    try:
        if form == "yaml":
            return str(yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, default_flow_style=style))
    except (RecursionError, ValueError, TypeError):
        pass  # Too deep, or half a character: JSON, which YAML holds, can write it.
    try:
        return json.dumps(data, indent=1 if style is False else None, ensure_ascii=is_ascii)
    except (RecursionError, ValueError):  # An anchor of YAML that holds itself makes a circle.
        return "{" * 5_000


def moved_blocks(text: str, others: Sequence[str], chance: random.Random) -> str:
    """Text of blocks with some of its top-level blocks removed, doubled, nested, or taken from other files."""
    blocks = re.split(r"(?m)^(?=\S[^\n]*\{)", text)
    at = chance.randrange(len(blocks))
    kind = chance.randrange(5)
    if kind == 0:
        del blocks[at]
    elif kind == 1:
        blocks.insert(at, chance.choice(blocks))
    elif kind == 2:
        blocks[at] = "x {\n" * (depth := chance.choice((1, 3, 300))) + blocks[at] + "\n}" * depth
    elif kind == 3:
        blocks.insert(at, chance.choice(re.split(r"(?m)^(?=\S[^\n]*\{)", chance.choice(others))))
    else:
        chance.shuffle(blocks)
    return "".join(blocks)
