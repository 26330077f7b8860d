"""The data source aws_iam_policy_document: the policy that its blocks and the documents which it names come to.

Documents in `source_policy_documents` come first; a statement of the block replaces that of theirs with its Sid, one of
`override_policy_documents` replaces any. What is not known of a document is a statement that is not known.
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document (read on 2026-11-29)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from awslint_memo.model.partial import OpenFields
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.syntax.embedded import parse_embedded

TYPE = "aws_iam_policy_document"

_SOURCES = ("source_json", "source_policy_documents")
_OVERRIDES = ("override_policy_documents", "override_json")
_WORDS: Mapping[str, str] = {
    "sid": "Sid",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}
"""The arguments of a statement that stand in the document as they are, by the names that they have there."""


def attributes(block: Block, scope: ModuleScope, _others: Unknown) -> Value:
    """The attributes of a data source of this type, evaluated in a scope."""
    place = block.place
    read = partial(scope.argument, block)
    statements = list(_listed(read, _SOURCES))
    written = [_statement(block) for block in read("statement").items]
    statements = _replaced(statements, written)
    statements = _replaced(statements, list(_listed(read, _OVERRIDES)))
    version = read("version")
    fields = {
        "Version": Known("2012-10-17", place) if version.is_absent else version,
        "Statement": Known(statements, place),
    }
    text = Encoded(fields, place)
    return Known(OpenFields({"json": text, "minified_json": text}, Unknown("an attribute of a policy", place)), place)


def _listed(read: Callable[[str], Value], names: Iterable[str]) -> Iterator[Value]:
    """The statements of the documents that these arguments name, in order; a document that is not known for its own."""
    for name in names:
        for document in read(name).items:
            parsed = parse_embedded(document.structure if isinstance(document, Encoded) else document)
            if parsed.is_known:
                yield from parsed.get("Statement").items
            elif not parsed.is_absent:
                yield parsed


def _replaced(statements: list[Value], others: list[Value]) -> list[Value]:
    """Statements with others behind them, of which each stands in the place of that with its Sid."""
    merged = list(statements)
    places = {sid: number for number, one in enumerate(merged) if (sid := _sid(one))}
    for other in others:
        at = places.get(_sid(other) or "")
        if at is None:
            merged.append(other)
        else:
            merged[at] = other
    return merged


def _sid(statement: Value) -> str | None:
    return statement.get("Sid").text if statement.is_known else None


def _statement(block: Value) -> Value:
    if not isinstance(block, Known) or not isinstance(block.content, Mapping):
        return block
    effect = block.get("effect")
    fields = {word: block.get(name) for name, word in _WORDS.items()}
    fields["Effect"] = Known("Allow", block.place) if effect.is_absent else effect
    fields["Principal"] = _principals(block.get("principals"))
    fields["NotPrincipal"] = _principals(block.get("not_principals"))
    fields["Condition"] = _conditions(block.get("condition"))
    return Known({name: value for name, value in fields.items() if not isinstance(value, Absent)}, block.place)


def _principals(blocks: Value) -> Value:
    if blocks.is_absent or blocks.is_unknown:
        return blocks
    named: dict[str, Value] = {}
    for block in blocks.items:
        kind, identifiers = block.get("type").text, block.get("identifiers")
        if kind is None:
            return Unknown("a kind of principal that is not known", blocks.place)
        if kind == "*" and [item.text for item in identifiers.items] == ["*"]:
            return Known("*", block.place)
        named[kind] = _joined(named.get(kind), identifiers)
    return Known(named, blocks.place) if named else Absent(blocks.place)


def _conditions(blocks: Value) -> Value:
    if blocks.is_absent or blocks.is_unknown:
        return blocks
    tests: dict[str, dict[str, Value]] = {}
    for block in blocks.items:
        test, variable = block.get("test").text, block.get("variable").text
        if test is None or variable is None:
            return Unknown("a condition that is not known", blocks.place)
        keys = tests.setdefault(test, {})
        keys[variable] = _joined(keys.get(variable), block.get("values"))
    known = {test: Known(keys, blocks.place) for test, keys in tests.items()}
    return Known(known, blocks.place) if known else Absent(blocks.place)


def _joined(before: Value | None, values: Value) -> Value:
    return values if before is None else Known([*before.items, *values.items], values.place)
