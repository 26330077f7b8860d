"""What an expression of Terraform's language comes to: operators, conditionals, calls, for, and steps into values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, OpenFields, Unknown, Value
from awslint_memo.readers.terraform.collections import unknown
from awslint_memo.readers.terraform.functions import FUNCTIONS
from awslint_memo.readers.terraform.operators import binary, negated
from awslint_memo.readers.terraform.templates import Reference, Step
from awslint_memo.readers.terraform.values import EvalError, given_by, inner, opened, unknown_of, via
from awslint_memo.readers.terraform.written import heredoc, located, trees, unescaped

if TYPE_CHECKING:
    from lark.tree import Tree

    from awslint_memo.readers.terraform.templates import Expression

Way: TypeAlias = "Sequence[tuple[str, Value]]"
"""Steps whose indexes are worked out: the kind of each, and its key."""


class Scope(Protocol):
    """Where an expression stands: what its names mean."""

    def refer(self, root: str, way: Way, place: Place) -> Value:
        """What a name and the steps after it come to."""

    def select(self, value: Value, way: Way, place: Place) -> Value:
        """What stands at the end of some steps into a value."""

    def text(self, parts: list[Value], place: Place) -> Value:
        """One text out of several pieces."""

    def template(self, written: str, place: Place) -> Value:
        """What a text with code in it comes to."""

    def within(self, names: Mapping[str, Value]) -> Scope:
        """The same scope with more names in it."""

    def spend(self, rounds: int) -> bool:
        """Whether that many more rounds of loops are within bounds."""


def evaluate(expression: Expression, scope: Scope, place: Place) -> Value:
    """What an expression comes to; Unknown for what is not supported or not known."""
    if isinstance(expression, Reference):
        return scope.refer(expression.root, _way(expression.steps, scope, place), place)
    rule = _RULES.get(expression.data)
    place = located(expression, place)
    return rule(expression, scope, place) if rule else Unknown("an expression of a kind not known here", place)


def _way(steps: Sequence[Step], scope: Scope, place: Place) -> Way:
    return [(step.kind, _key(step.of, scope, place)) for step in steps]


def _key(of: str | int | Expression, scope: Scope, place: Place) -> Value:
    return Known(of, place) if isinstance(of, (str, int)) else evaluate(of, scope, place)


def _term(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    return evaluate(trees(tree)[0], scope, place)


def _identifier(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    return scope.refer(str(tree.children[0]), (), place)


def _number(tree: Tree[Any], _scope: Scope, place: Place) -> Value:
    text = str(tree.children[0])
    if len(text) > 300:
        return EvalError("a number too large", place)
    return Known(float(text) if tree.data == "float_lit" else int(text), place)


def _literal(tree: Tree[Any], _scope: Scope, place: Place) -> Value:
    word = str(tree.children[0])
    return Absent(place) if word == "null" else Known(word == "true", place)


def _string(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    parts: list[Value] = []
    written = [part.children[0] for part in trees(tree)]
    for part in written:
        if not hasattr(part, "children"):
            parts.append(Known(unescaped(str(part)), place))
        elif part.data == "interpolation":
            parts.append(evaluate(trees(part)[0], scope, place))
        else:
            return Unknown("text with a directive", place, anything=True)
    if len(written) == 1:
        return parts[0]
    return scope.text(parts, place)


def _heredoc(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    # What stands in it is parsed by itself, so its trees do not know where they are in the file.
    return scope.template(heredoc(str(tree.children[0])), place.span)


def _tuple(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    return Known([evaluate(child, scope, place) for child in trees(tree)], place)


def _object(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    fields: dict[str, Value] = {}
    rest: Unknown | None = None
    for element in trees(tree):
        written, value = trees(element)
        key = _object_key(written, scope, place).text
        worth = evaluate(value, scope, place)
        if key is None:
            rest = unknown_of("a field whose name is not known", place, worth)
        else:
            fields[key] = worth
    return opened(fields, rest, place)


def _object_key(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    key = tree.children[0]
    if key.data == "keyword":
        return Known(str(key.children[0]), place)
    while key.data == "expr_term" and len(key.children) == 1:
        key = key.children[0]
    # A bare word is the key itself; in parentheses it would be a name.
    return Known(str(key.children[0]), place) if key.data == "identifier" else evaluate(key, scope, place)


def _conditional(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    condition, then, otherwise = trees(tree)
    asked = evaluate(condition, scope, place)
    if asked.flag is not None:
        return given_by(evaluate(then if asked.flag else otherwise, scope, place), via([asked]))
    if isinstance(asked, EvalError):
        return asked
    both = evaluate(then, scope, place), evaluate(otherwise, scope, place)
    texts = {value.text for value in both}
    if len(texts) == 1 and None not in texts:
        return both[0]
    why = asked.why if isinstance(asked, Unknown) else "a condition on what is not known"
    return unknown_of(why, place, *both)


def _binary(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    left, term = trees(tree)
    sign, right = trees(term)
    values = [evaluate(left, scope, place), evaluate(right, scope, place)]
    operator = str(sign.children[0]).strip()
    return given_by(binary(operator.split()[-1], values[0], values[1], place), via(values))


def _unary(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    value = _term(tree, scope, place)
    return given_by(negated(str(tree.children[0]), value, place), via([value]))


def _call(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    name = "::".join(str(child.children[0]) for child in trees(tree) if child.data == "identifier")
    arguments = next((child for child in trees(tree) if child.data == "arguments"), None)
    values = [evaluate(child, scope, place) for child in trees(arguments)] if arguments is not None else []
    if arguments is not None and any(getattr(child, "type", "") == "ELLIPSIS" for child in arguments.children):
        last = values[-1].content if isinstance(values[-1], Known) else None
        if not isinstance(last, list):
            return unknown(name, values, place)
        values[-1:] = last
    failed = next((value for value in values if isinstance(value, EvalError)), None)
    if failed is not None and name not in ("try", "can"):
        return failed
    result = FUNCTIONS[name](values, place) if name in FUNCTIONS else unknown(name, values, place)
    is_made_of_all = isinstance(result, Known) and not any(True for _ in inner(result))
    return given_by(result, via(values)) if is_made_of_all else result


def _steps(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    steps: list[Step] = []
    base = tree
    while base.data in _POSTFIX or (base.data == "expr_term" and len(base.children) == 1):
        if base.data == "expr_term":
            base = base.children[0]
        else:
            base, step = trees(base)
            steps[:0] = _taken(step)
    way = _way(steps, scope, place)
    if base.data == "identifier":
        return scope.refer(str(base.children[0]), way, place)
    return scope.select(evaluate(base, scope, place), way, place)


def _taken(tree: Tree[Any]) -> list[Step]:
    if tree.data == "get_attr":
        return [Step("attribute", str(tree.children[-1].children[0]))]
    if tree.data == "short_index":
        return [Step("index", int(str(tree.children[-1])))]
    if tree.data == "braces_index":
        return [Step("index", trees(tree)[0])]
    below = [step for child in trees(tree) for step in _taken(child)]
    if tree.data == "attr_splat":
        # An index after `.*.name` is into the list that the splat makes.
        inside = next((at for at, step in enumerate(below) if step.kind == "index"), len(below))
        return [Step("all"), *below[:inside], *([Step("end")] if inside < len(below) else []), *below[inside:]]
    return [Step("all"), *below]


def _for(tree: Tree[Any], scope: Scope, place: Place) -> Value:
    intro, *results = trees(tree)
    *names, collection = trees(intro)
    condition = next((child for child in results if child.data == "for_cond"), None)
    results = [child for child in results if child is not condition]
    variables = [str(name.children[0]) for name in names]
    over = evaluate(collection, scope, place)
    pairs = elements(over, place)
    if pairs is None or not scope.spend(len(pairs)):
        nothing = scope.within(dict.fromkeys(variables, Unknown("an element of what is not known", place)))
        return unknown_of(
            "for over what is not known", place, over, *(evaluate(one, nothing, place) for one in results)
        )
    found: list[list[Value]] = []
    for pair in pairs:
        inside = scope.within(dict(zip(variables, pair[-len(variables) :], strict=False)))
        asked = evaluate(trees(condition)[0], inside, place) if condition is not None else Known(True, place)
        if asked.flag is not False:
            found.append([evaluate(result, inside, place) for result in results])
        if asked.flag is None:
            return unknown_of("for with a condition that is not known", place, over, *(v for one in found for v in one))
    if len(results) == 1:
        return Known([one[0] for one in found], place)
    return _fields(tree, found, place)


def _fields(tree: Tree[Any], found: list[list[Value]], place: Place) -> Value:
    if any(key.text is None for key, _ in found):
        return unknown_of("a map with keys that are not known", place, *(value for one in found for value in one))
    if not any(getattr(child, "type", "") == "ELLIPSIS" for child in tree.children):
        return Known({key.text or "": value for key, value in found}, place)
    grouped: dict[str, list[Value]] = {}
    for key, value in found:
        grouped.setdefault(key.text or "", []).append(value)
    return Known({key: Known(values, place) for key, values in grouped.items()}, place)


def elements(value: Value, place: Place) -> list[tuple[Value, Value]] | None:
    """The keys and values of a list, set or map; None where they are not all known."""
    content = value.content if isinstance(value, Known) else None
    if isinstance(content, list):
        return [(Known(number, place), item) for number, item in enumerate(content)]
    if isinstance(content, Mapping) and not isinstance(content, OpenFields):
        return [(Known(key, place, via([value])), content[key]) for key in sorted(content)]
    return None


_POSTFIX = ("get_attr_expr_term", "index_expr_term", "full_splat_expr_term", "attr_splat_expr_term")

_RULES: Mapping[str, Callable[[Any, Scope, Place], Value]] = {
    **dict.fromkeys(_POSTFIX, _steps),
    "binary_op": _binary,
    "conditional": _conditional,
    "expr_term": _term,
    "float_lit": _number,
    "for_object_expr": _for,
    "for_tuple_expr": _for,
    "function_call": _call,
    "heredoc_template": _heredoc,
    "heredoc_template_trim": _heredoc,
    "identifier": _identifier,
    "int_lit": _number,
    "literal_value": _literal,
    "object": _object,
    "string": _string,
    "tuple": _tuple,
    "unary_op": _unary,
}
