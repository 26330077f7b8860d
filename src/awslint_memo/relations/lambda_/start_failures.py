"""Programs in Python that surely fail whenever Lambda starts them: by a missing variable, or by their syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.relations.lambda_ import handlers
from awslint_memo.relations.lambda_.functions import FUNCTION
from awslint_memo.relations.lambda_.invocations import triggers

_PAGE = "lambda/latest/dg/configuration-envvars.html"

_RESERVED: frozenset[str] = fact(
    frozenset(("LANG", "LD_LIBRARY_PATH", "NODE_PATH", "PATH", "PYTHONPATH", "TZ")), page=_PAGE, read="2026-11-30"
)
"""The variables that Lambda sets itself, but for those of _RESERVED_BEGINS."""

_RESERVED_BEGINS: tuple[str, ...] = fact(("AWS_", "LAMBDA_", "_"), page=_PAGE, read="2026-11-30")
"""How the names of variables begin that Lambda sets itself."""

_OF_LINUX = frozenset(("HOME", "HOSTNAME", "PWD", "SHELL", "SHLVL", "USER"))
"""Variables that the container of a function may have."""

_SETS = regex(
    r"environ\s*\[[^\]\n]*\]\s*=(?!=)|(?<!import )environ\b(?!\s*(?:\[|\.\s*get\b))"
    r"|putenv|dotenv|read_env|\bexec\b|\bimport\s+\*"
)
"""How a program may get variables that the function does not have."""

_NONE_REFUSED = frozenset(("float", "int", "json.loads"))
"""Functions that raise TypeError for None."""

_IDENTIFIED: frozenset[str] = fact(
    frozenset(("Bucket", "Queue", "Table", "Topic")),
    page="https://boto3.amazonaws.com/v1/documentation/api/latest/guide/resources.html",
    read="2026-11-30",
)
"""Resources of boto3, which raise ValueError where their identifier is None."""


_OF_PACKAGES = frozenset((FUNCTION, "AWS::IAM::Role", "AWS::Lambda::LayerVersion"))
"""What a template has that is only there for `sam build`: functions, and what SAM adds to them."""


@record(frozen=True, eq=False)
class MissingVariable:
    """A variable of the environment without which a module fails while it is loaded, and where that is."""

    name: str
    place: Span


def missing_variables(function: Resource, source: Source) -> Iterator[MissingVariable]:
    """The variables that the module of a function's handler surely needs while it is loaded, and that the function
    surely does not have. source: the module."""
    variables = function.get("Environment.Variables")
    # Names without values, which leave nothing, are for a program that starts the function elsewhere.
    is_blank = variables.is_known and not variables.fields
    if is_blank or _SETS.search(source.text) or function.deployment.once(_is_only_built):
        return
    tree = handlers.parsed(source.text)
    if not isinstance(tree, ast.Module):
        return
    lacked: dict[str, int] = {}
    for name, line in _needed(tree):
        if variables.get(name).is_absent and not _is_set_by_lambda(name):
            lacked.setdefault(name, line)
    # Which files there are is asked of the disk.
    if lacked and not any(_may_set(function, node) for node in ast.walk(tree)):
        yield from (MissingVariable(name, Span(source.path, line, 1, line, 1)) for name, line in lacked.items())


def _is_only_built(deployment: Deployment) -> bool:
    """Whether a template surely has nothing but functions without a name or variables, which nothing here starts and of
    which nobody learns: one for `sam build`, whose packages another template deploys."""
    functions = deployment.of_type(FUNCTION)
    return (
        not deployment.outputs
        and all(resource.type in _OF_PACKAGES for resource in deployment.resources.values())
        and all(one.get(name).is_absent for one in functions for name in ("FunctionName", "Environment"))
        and not any(triggers(one) for one in functions)
    )


def _is_set_by_lambda(name: str) -> bool:
    return name in _RESERVED or name in _OF_LINUX or name.startswith(_RESERVED_BEGINS)


def _may_set(function: Resource, node: ast.AST) -> bool:
    """Whether a statement imports a file that lies beside the module and may set variables."""
    if isinstance(node, ast.ImportFrom):
        return bool(node.level) or any(handlers.has_python(function, f"{node.module}.{one.name}") for one in node.names)
    return isinstance(node, ast.Import) and any(handlers.has_python(function, one.name) for one in node.names)


def _needed(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The variables without which a module fails while it is loaded, each with its line."""
    uses_boto = any(isinstance(node, ast.Attribute) and node.attr == "resource" for node in ast.walk(tree))
    assigned = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    named: dict[str, str] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr) and statement.value is not None:
            for node in _evaluated(statement.value):
                name = _refused(node, named)
                if name and (uses_boto or not _is_identified(node)):
                    yield name, node.lineno
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            target = statement.targets[0].id
            if assigned.count(target) == 1:
                named[target] = _maybe_none(statement.value, named)


def _evaluated(node: ast.expr) -> Iterator[ast.expr]:
    """The expressions that are evaluated whenever an expression is."""
    yield node
    if isinstance(node, ast.BoolOp):
        yield from _evaluated(node.values[0])
    elif isinstance(node, ast.IfExp):
        yield from _evaluated(node.test)
    elif not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        for child in ast.iter_child_nodes(node):
            inner = child.value if isinstance(child, ast.keyword) else child
            if isinstance(inner, ast.expr):
                yield from _evaluated(inner)


def _refused(node: ast.expr, named: dict[str, str]) -> str:
    """The variable without which an expression raises an error; empty if there is none."""
    if isinstance(node, ast.Subscript):
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        return key if ast.unparse(node.value) in ("os.environ", "environ") and isinstance(key, str) else ""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
        return _maybe_none(node.value, {})
    if not isinstance(node, ast.Call) or not node.args:
        return ""
    called = ast.unparse(node.func)
    return _maybe_none(node.args[0], named) if _is_identified(node) or called in _NONE_REFUSED else ""


def _is_identified(node: ast.expr) -> bool:
    """Whether an expression calls what makes a resource of boto3 of its identifier."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _IDENTIFIED


def _maybe_none(node: ast.expr, named: dict[str, str]) -> str:
    """The variable without which an expression is None; empty if there is none."""
    if isinstance(node, ast.Name):
        return named.get(node.id, "")
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        first = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
        called = ast.unparse(node.func)
        is_read = called in ("os.environ.get", "environ.get", "os.getenv", "getenv")
        return first if is_read and isinstance(first, str) else ""
    return ""


_WITH_PARENTHESES = regex(r"python3\.(?:\d|1[0-3])")
"""The runtimes in which several exceptions need parentheses (https://peps.python.org/pep-0758/)."""


@record(frozen=True, eq=False)
class Python2:
    """A line of a program that is Python 2 and no Python 3. source: the file; None for a program in the template."""

    line: int
    written: str
    source: Source | None

    @property
    def place(self) -> Span | None:
        """Where the line stands in its file."""
        return None if self.source is None else Span(self.source.path, self.line, 1, self.line, 1)


def python_2(text: str, source: Source | None, runtime: str) -> Python2 | None:
    """The line at which a program surely is Python 2 and no Python 3; None where there is none, or that is not known.

    source: the file with the program; None for one in the template. runtime: as "python3.13".
    """
    error = handlers.parsed(text)
    if not isinstance(error, SyntaxError):
        return None
    lines = text.splitlines()
    number = error.lineno or 0
    written = lines[number - 1] if 0 < number <= len(lines) else ""
    # Python 3.14 takes several exceptions without parentheses.
    is_new = written.lstrip().startswith("except") and not _WITH_PARENTHESES.fullmatch(runtime)
    return Python2(number, written.strip(), source) if handlers.PYTHON_2.match(written) and not is_new else None
