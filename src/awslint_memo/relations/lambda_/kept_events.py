"""Whether the code of a handler only takes parts of its event by their names, and logs it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from awslint_memo.relations.lambda_ import handlers

_LOGGERS = ("log", "logger", "logging")
_SHOWING = ("dumps", "repr", "str")
"""Functions that only make a text of what they are given."""


def keeps_event(code: str, name: str, runtime: str) -> bool:
    """Whether a program surely gives the event of its handler to nothing but a log.

    name: of the handler's function. runtime: as that of an AWS::Lambda::Function; of a language other than Python and
    JavaScript nothing is known.
    """
    if runtime.startswith("python"):
        return _keeps_event_in_python(code, name)
    return runtime.startswith("nodejs") and _keeps_event_in_javascript(code, name)


def _keeps_event_in_python(code: str, name: str) -> bool:
    """Whether the one function of a name is a handler whose event is only read by key or logged."""
    tree = handlers.parsed(code)
    if not isinstance(tree, ast.Module):
        return False
    nodes = list(ast.walk(tree))
    made = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name == name]
    is_set_anew = any(isinstance(node, ast.Name) and node.id == name for node in nodes)
    if len(made) != 1 or made[0] not in tree.body or made[0].decorator_list or is_set_anew or not made[0].args.args:
        return False
    event, harmless = made[0].args.args[0].arg, {id(one) for node in nodes for one in _read(node)}
    return all(id(node) in harmless for node in nodes if isinstance(node, ast.Name) and node.id == event)


def _read(node: ast.AST) -> Iterator[ast.AST]:
    """What a part of a program in Python only takes one key of, or logs."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of = node.func.value
        if node.func.attr == "get" and node.args and isinstance(node.args[0], ast.Constant):
            yield of
        elif isinstance(of, ast.Name) and of.id in _LOGGERS:
            yield from _shown(node.args)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
        yield from _shown(node.args)


def _shown(values: Sequence[ast.expr]) -> Iterator[ast.AST]:
    """What stands as it is, or as a text, in values that are logged."""
    for value in values:
        if isinstance(value, ast.Call):
            called = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
            if called in _SHOWING:
                yield from _shown(value.args)
        elif isinstance(value, ast.JoinedStr):
            yield from _shown([part.value for part in value.values if isinstance(part, ast.FormattedValue)])
        elif isinstance(value, ast.BinOp):
            yield from _shown([value.left, value.right])
        else:
            yield value


def _keeps_event_in_javascript(code: str, name: str) -> bool:
    """Whether a function is exported as a handler, and its event is only read by name or logged."""
    heads = list(
        re.finditer(
            rf"\bexports\.{re.escape(name)}\s*=\s*(?:async\s*)?"
            r"(?:function\s*\w*\s*\(\s*(\w+)\s*[,)]|\(\s*(\w+)\s*(?:,\s*\w+\s*)*\)\s*=>|(\w+)\s*=>)",
            code,
        )
    )
    if len(heads) != 1:
        return False
    event = next(found for found in heads[0].groups() if found)
    text = r"""(?:"[^"\n]*"|'[^'\n]*'|`[^`$]*`)\s*[,+]\s*"""
    logged = rf"\bconsole\.\w+\(\s*(?:{text})?(?:{event}|JSON\.stringify\(\s*{event}\b[^()]*\))\s*\)"
    rest = re.sub(logged, "", code[: heads[0].start()] + code[heads[0].end() :])
    by_name = r"""(?:\?\.|\.)\s*[A-Z]\w*\b(?!\s*\()|(?:\?\.)?\[\s*["']"""
    return re.search(rf"\b{event}\b(?!\s*(?:{by_name}))", rest) is None
