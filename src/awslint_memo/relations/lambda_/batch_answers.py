"""What programs of functions beside the template answer about the items of a batch that failed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from awslint_memo.files.source import WholeFile
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.relations.lambda_ import functions, handlers

_FAILURES = "batchItemFailures"
_LOGS = regex(r"print$|(?:\w+\.)*_?log(?:ger|ging)?\.|traceback\.", re.I)


def answers_failures(mapping: Resource) -> WholeFile | None:
    """The program that surely tells in its answer which items of a batch failed, of the function that a mapping calls;
    None where it does not, or is not known."""
    function = functions.function_of(mapping.deployment, mapping.get("FunctionName"))
    source = None if function is None else handlers.module(function)
    if function is None or source is None or _FAILURES not in source.text:
        return None
    if not source.path.endswith(".py"):
        return WholeFile(source) if handlers.exports_once(source) else None
    statements = handlers.reached(source.text, _name(function))
    texts = (node.value for one in statements for node in ast.walk(one) if isinstance(node, ast.Constant))
    return WholeFile(source) if _FAILURES in texts else None


@record(frozen=True, eq=False)
class Unanswered:
    """A program that surely never tells which items of a batch failed. passes_over: whether it catches errors and only
    logs them."""

    place: WholeFile
    passes_over: bool


def unanswered(mapping: Resource) -> Unanswered | None:
    """The program in Python of the function that a mapping calls, if no answer of its handler can be a list of
    failures; None if one may be, or that is not known."""
    function = functions.function_of(mapping.deployment, mapping.get("FunctionName"))
    source = None if function is None else handlers.python_module(function)
    if function is None or source is None:
        return None
    statements = handlers.reached(source.text, _name(function))
    functions_run = [each for each in statements if isinstance(each, ast.FunctionDef)]
    handler = next((each for each in functions_run if each.name == _name(function)), None)
    if handler is None or handler.decorator_list or any(map(_may_answer, _own(handler.body))):
        return None
    return Unanswered(WholeFile(source), any(_only_logs(node) for each in functions_run for node in ast.walk(each)))


def _name(function: Resource) -> str:
    return (function.get("Handler").text or "").rpartition(".")[2]


def _own(statements: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions in it."""
    for node in statements:
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _own(ast.iter_child_nodes(node))


def _may_answer(node: ast.AST) -> bool:
    """Whether a statement of a handler may give the failures to Lambda, which takes what has none for a success."""
    if isinstance(node, ast.Yield | ast.YieldFrom):
        return True
    if not isinstance(node, ast.Return) or node.value is None:
        return False
    if isinstance(node.value, ast.Constant):
        return False
    keys = node.value.keys if isinstance(node.value, ast.Dict) else [None]
    return not all(isinstance(key, ast.Constant) and key.value != _FAILURES for key in keys)


def _only_logs(node: ast.AST) -> bool:
    """Whether a program catches any error and does no more about it than to write it down."""
    return isinstance(node, ast.ExceptHandler) and _is_any(node.type) and all(map(_is_idle, node.body))


def _is_any(caught: ast.expr | None) -> bool:
    return caught is None or (isinstance(caught, ast.Name) and caught.id in ("BaseException", "Exception"))


def _is_idle(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Pass | ast.Continue):
        return True
    return isinstance(statement, ast.Expr) and (
        isinstance(statement.value, ast.Constant)
        or (isinstance(statement.value, ast.Call) and _LOGS.match(ast.unparse(statement.value.func)) is not None)
    )
