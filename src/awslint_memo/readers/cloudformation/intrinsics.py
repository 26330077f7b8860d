"""Evaluates CloudFormation's intrinsic functions: a Python function for each, with context, argument and position."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, TypeAlias

from awslint_memo.model.budget import allows_text, spend
from awslint_memo.model.lazy import regex
from awslint_memo.model.origin import DYNAMIC, EXPORT, Choice, Step, computed_from
from awslint_memo.model.partial import VARIABLE, chosen_by_secret, is_variable, join, kept_by_name, split, variable
from awslint_memo.model.patterns import Gap, TextPattern
from awslint_memo.model.secret import Secret
from awslint_memo.model.spelled import Spelled, spelled
from awslint_memo.model.value import Absent, Known, Link, Text, Unknown, Value
from awslint_memo.syntax.node import UNREADABLE, Made, Node, fields, text


class Context(Protocol):
    """The stack in which a function is evaluated: the meaning of its names."""

    resources: Mapping[str, str]
    mappings: Node | None
    imports: Mapping[str, Value]

    def evaluate(self, node: Node) -> Value:
        """Evaluate a node."""

    def condition(self, name: str) -> bool | None:
        """Whether a condition holds."""

    def ask(self, kind: str, name: str) -> None:
        """Note that the value at hand depends on a name."""

    def refer(self, name: str, attribute: str, node: Node) -> Value:
        """Evaluate a reference to an attribute of `name`; the result has the position of `node`."""

    def cells(self, mapping: str, first: str | None, second: str | None) -> Sequence[Node]:
        """The values of a mapping in the row and column with these keys; in all of them, where a key is None."""

    def look_up(self, node: Node) -> list[str | None]:
        """The keys of a Fn::FindInMap as texts; None for one that is not known."""

    def cell(self, node: Node) -> Value:
        """Evaluate a value of a mapping."""

    def in_text(self) -> AbstractContextManager[None]:
        """While a piece of a text is evaluated."""


Function: TypeAlias = "Callable[[Context, Node, Node], Value]"

NO_KEY = "Fn::FindInMap of a key that is not there"
"""Why the result of a lookup is unknown that fails; CloudFormation refuses such a deployment."""

_PLACEHOLDER = regex(r"\$\{(" + VARIABLE + r"|!?[^{}]*)\}")


def _ref(context: Context, argument: Node, node: Node) -> Value:
    name = text(argument)
    return context.refer(name, "Ref", node) if name is not None else Unknown("Ref to what is no name", node)


def _get_att(context: Context, argument: Node, node: Node) -> Value:
    content = argument.content
    if isinstance(content, str):
        name, _, attribute = content.partition(".")
        return context.refer(name, attribute, node)
    parts = [text(part) for part in content] if isinstance(content, list) else []
    if len(parts) < 2 or None in parts:
        return Unknown("Fn::GetAtt of what is no name", node)
    return context.refer(parts[0] or "", ".".join(part or "" for part in parts[1:]), node)


def _sub(context: Context, argument: Node, node: Node) -> Value:
    content = argument.content
    template, names = argument, {}
    if isinstance(content, list) and len(content) == 2:
        template = content[0]
        given = content[1].content
        names = dict(given) if isinstance(given, Mapping) else {}
    written = text(template)
    if written is None or "{{resolve:" in written:
        return Unknown(DYNAMIC if written else "Fn::Sub of what is no text", node)
    pieces: list[Value] = []
    made: dict[str, Value] = {}
    at = 0
    is_whole = _PLACEHOLDER.fullmatch(written) is not None
    for match in _PLACEHOLDER.finditer(written):
        if match[1] not in made:
            with nullcontext() if is_whole else context.in_text():
                made[match[1]] = _placeholder(context, match[1], names, node)
        pieces += [Known(written[at : match.start()], node), made[match[1]]]
        at = match.end()
    return join([*pieces, Known(written[at:], node)], node)


def _placeholder(context: Context, inside: str, names: Mapping[str, Node], node: Node) -> Value:
    name = inside.strip()
    if name.startswith("!"):
        return Known("${" + name[1:] + "}", node)
    if is_variable(name):
        return variable(name, node)
    if name in names:
        return kept_by_name(name, context.evaluate(names[name]))
    resource, dot, attribute = name.partition(".")
    context.ask("resource", name)
    if dot and name not in context.resources:
        return context.refer(resource, attribute, node)
    return context.refer(name, "Ref", node)


def _join(context: Context, argument: Node, node: Node) -> Value:
    content = argument.content
    if not isinstance(content, list) or len(content) != 2:
        return Unknown("Fn::Join without its two arguments", node)
    with context.in_text():
        separator, pieces = text(content[0]), context.evaluate(content[1])
    if separator is None or not isinstance(pieces, Known) or not isinstance(pieces.content, list):
        return Unknown("Fn::Join of what is not known", node)
    joined: list[Value] = []
    for piece in pieces.content:
        joined += [Known(separator, node), piece] if joined else [piece]
    return join(joined, node)


def _if(context: Context, argument: Node, node: Node) -> Value:
    content = argument.content
    if not isinstance(content, list) or len(content) != 3:
        return Unknown("Fn::If without its three arguments", node)
    answer = context.condition(text(content[0]) or "")
    if answer is None:
        return Unknown(f"Fn::If on {text(content[0])}, which is no condition of this template", node)
    value = context.evaluate(content[1] if answer else content[2])
    return Absent(node) if isinstance(value, Absent) else value


def _split(context: Context, argument: Node, node: Node) -> Value:
    separator, whole = _two(context, argument)
    items = split(whole, separator.text, node) if isinstance(whole, (Link, Text)) and separator is not None else None
    if items is not None:
        return items
    if separator is None or whole is None or separator.text is None or whole.text is None:
        return _part("Fn::Split of what is not known", whole, node)
    if separator.text and not spend("values", whole.text.count(separator.text)):
        return Unknown("Fn::Split of a text that is too long", node, anything=True)
    pieces = whole.text.split(separator.text) if separator.text else [whole.text]
    return Known([Known(piece, node, whole.origin) for piece in pieces], node, whole.origin)


def _select(context: Context, argument: Node, node: Node) -> Value:
    index, items = _two(context, argument)
    number = index.number if index is not None else None
    if items is None or not isinstance(number, int):
        return _part("Fn::Select of what is not known", items, node)
    if isinstance(items, Known) and isinstance(items.content, list) and 0 <= number < len(items.content):
        return items.item(number).moved(node)
    # The same place in the same unknown list is surely the same value.
    whole = items.key if isinstance(items, Unknown) else ""
    whole = f"{items.resource}.{items.attribute}" if isinstance(items, Link) else whole
    key = f"item {number} of {whole}" if whole else ""
    return _part("Fn::Select of what is not known", items, node, key)


def _part(why: str, whole: Value | None, node: Node, key: str = "") -> Unknown:
    """A part that is not known of a value, which may be one of the resources that the value mentions."""
    return Unknown(why, node, key=key, may_come_from=() if whole is None else tuple(whole.mentions()))


def _find_in_map(context: Context, argument: Node, node: Node) -> Value:
    content = argument.content
    if not isinstance(content, list) or len(content) not in (3, 4):
        return Unknown("Fn::FindInMap without its three arguments", node)
    default = fields(content[3]).get("DefaultValue") if len(content) == 4 else None
    keys = context.look_up(node)
    choice = _choice(context, content, default)
    if None in keys:
        made = Unknown("Fn::FindInMap by what is not known", node)
        return made if choice is None else made.moved(node, Step("a mapping", argument, decides=False, choice=choice))
    found = _reached(fields(context.mappings), [key or "" for key in keys]) or default
    if found is None:
        is_unclear = _has_unclear_keys(fields(fields(context.mappings).get(keys[0] or "")))
        return Unknown("Fn::FindInMap of keys that may be other numbers" if is_unclear else NO_KEY, node)
    written = " ".join(name for name in (text(key) for key in content[:3]) if name)
    # Unlike a value of a mapping, the default may have functions.
    value = kept_by_name(keys[2] or "", context.evaluate(found) if found is default else context.cell(found))
    if any(isinstance(key, Secret) for key in keys):
        return chosen_by_secret(value, node)
    return value.moved(node, Step(f"mapping {written}", value.place, choice=choice))


def _choice(context: Context, content: Sequence[Node], default: Node | None) -> Choice[Value] | None:
    """What a Fn::FindInMap can find, whatever decides its keys; None if they are all written out."""
    name, first, second = (text(key) for key in content[:3])
    if name is None or None not in (first, second):
        return None
    cells = context.cells(name, first, second)
    if not cells:
        return None
    defaults = [] if default is None else [default]
    where = "Region" if "AWS::Region" in (text(fields(key).get("Ref")) for key in content[1:3]) else "row"
    return Choice(
        f"every {where} of mapping {name}", lambda: [*map(context.cell, cells), *map(context.evaluate, defaults)]
    )


def _reached(sections: Mapping[str, Node], keys: Sequence[str]) -> Node | None:
    name, first, second = keys
    return fields(fields(sections.get(name)).get(first)).get(second)


def _has_unclear_keys(rows: Mapping[str, Node]) -> bool:
    """Whether a key of a mapping may be another text than is written, as 010 may be 8."""
    written = (*rows, *(key for row in rows.values() for key in fields(row)))
    return any(isinstance(key, Spelled) and key.number is None for key in map(spelled, written))


def _two(context: Context, argument: Node) -> tuple[Value | None, Value | None]:
    content = argument.content
    if not isinstance(content, list) or len(content) != 2:
        return None, None
    return context.evaluate(content[0]), context.evaluate(content[1])


def _zones(context: Context, argument: Node, node: Node) -> Value:
    region = context.evaluate(argument).pattern
    if region is None or region.is_empty:
        region = TextPattern(Gap("AWS::Region"))
    return Unknown("the zones of a region", node, key=f"zones of {region}")


def _import_value(context: Context, argument: Node, node: Node) -> Value:
    written = context.evaluate(argument)
    name = written.pattern
    for exported in (written.text, None if name is None else str(name)):
        if exported is not None and exported in context.imports:
            return context.imports[exported].passed_on(f"{EXPORT}{exported}", node)
    key = "" if name is None or name.is_empty else f"import of {name}"
    return Unknown("a value of another stack", node, key=key)


def _length(context: Context, argument: Node, node: Node) -> Value:
    items = context.evaluate(argument)
    if isinstance(items, Known) and isinstance(items.content, list):
        return Known(len(items.content), node, items.origin)
    return Unknown("Fn::Length of what is not known", node)


def _to_json_string(context: Context, argument: Node, node: Node) -> Value:
    # The value is kept as a structure, since rules look at its contents and not at the JSON text.
    value = context.evaluate(argument)
    return Known(value.content, node, value.origin) if isinstance(value, Known) else value


def _base64(context: Context, argument: Node, node: Node) -> Value:
    whole = context.evaluate(argument)
    if isinstance(whole, Text):
        return whole  # Of a script with unknown values, what is known is more than its encoded form would be.
    if whole.text is None:
        return Unknown("Fn::Base64 of what is not known", node)
    if not allows_text(len(whole.text) * 4 // 3):
        return Unknown("Fn::Base64 of a text that is too long", node, anything=True)
    # Half a character has no bytes; JSON can write one.
    return Known(
        b2a_base64(whole.text.encode(errors="replace"), newline=False).decode(), node, computed_from((whole.origin,))
    )


def _opaque(what: str) -> Function:
    return lambda _scope, _argument, node: Unknown(what, node)


FUNCTIONS: Mapping[str, Function] = {
    UNREADABLE: _opaque("what is written here can't be read"),
    "Ref": _ref,
    "Fn::Base64": _base64,
    "Fn::Cidr": _opaque("Fn::Cidr"),
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAtt": _get_att,
    "Fn::GetAZs": _zones,
    "Fn::GetStackOutput": _opaque("an output of another stack"),
    "Fn::If": _if,
    "Fn::ImportValue": _import_value,
    "Fn::Join": _join,
    "Fn::Length": _length,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Fn::ToJsonString": _to_json_string,
    "Fn::Transform": _opaque("what a macro makes"),
}
"""The implementation of each function by name; the result of any other `Fn::` is Unknown
(AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html, read 2026-11-26)."""


def call(function: str, argument: Node | str, place: Node) -> Node:
    """Create the node of a function call, with the position `place`."""
    return Made({function: Made(argument, place) if isinstance(argument, str) else argument}, place)
