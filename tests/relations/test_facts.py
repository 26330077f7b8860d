"""What AWS decides is declared as a fact with its page, and stands nowhere else in the relations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from docs.generate import RELATIONS, facts_of

from awslint_memo.model.fact import Fact

ROOT = Path(__file__).parents[2]
MODULES = sorted(RELATIONS.rglob("facts.py"))
OTHERS = sorted(path for path in RELATIONS.rglob("*.py") if path.name != "facts.py")
RULES = sorted((ROOT / "rules").rglob("*.py"))
FACTS = [
    pytest.param(fact, id=f"{path.parent.name}-{name}-{key}".rstrip("-"))
    for path in MODULES
    for name, known in facts_of(path).items()
    for key, fact in known.items()
]

PATHS = "property names and resource types: where a template says something"
PROGRAMS = "words of shells and of command-line programs"
PEOPLE = "words that people choose or read"

NO_FACTS: Mapping[str, Mapping[str, str]] = {
    "cloudwatch/alarms.py": {"ACTIONS": PATHS, "USERS": PATHS},
    "codeartifact/installations.py": {
        "_JAVA": PROGRAMS,
        "_JAVA_VALUED": PROGRAMS,
        "_NPM_CI": PROGRAMS,
        "_NPM_INSTALL": PROGRAMS,
        "_NPM_VALUED": PROGRAMS,
        "_PIP_TOOLS": PROGRAMS,
        "_PIP_VALUED": PROGRAMS,
    },
    "codebuild/shell.py": {
        "_KEYWORDS": PROGRAMS,
        "_MAX_LENGTH": "what the reader of shell text takes on",
        "_MAX_NESTING": "what the reader of shell text takes on",
        "_SHELLS": PROGRAMS,
        "_WRAPPERS": PROGRAMS,
    },
    "codebuild/sides.py": {
        "_PROGRAMS": PROGRAMS,
        "_RUN": PROGRAMS,
        "_RUNNERS": PROGRAMS,
        "_SYNC_VALUED": PROGRAMS,
        "_VALUED": PROGRAMS,
    },
    "codepipeline/checks.py": {
        "TEST_NAMES": PEOPLE,
        "_HARMLESS": PROGRAMS,
        "_HARMLESS_COMMANDS": PROGRAMS,
        "_ONLY_SAY": PROGRAMS,
    },
    "codepipeline/starts.py": {"_CUSTOM": PATHS, "_RUN": PATHS, "_TARGETS": PATHS, "_TOLD": PATHS},
    "codeguru/profiling.py": {"_POLICIES": PATHS},
    "dynamodb/tables.py": {"_POLICIES": PATHS, "_PROGRAMS": PATHS},
    "ecs/containers.py": {
        "_COLLECTORS": "products of many companies, by the names that people give their containers",
        "_HERE": "addresses of the machine itself",
        "_SENDS_TRACES": "variables of other companies' products",
    },
    "ecs/rollouts.py": {"_STEPS": PATHS},
    "events/targets.py": {"_KEEPERS": PATHS},
    "firehose/deliveries.py": {"_NAMES": PEOPLE},
    "iam/grants.py": {"_DOCUMENTS": PATHS},
    "iam/permissions.py": {"_APART": PATHS},
    "kinesis/streams.py": {"_PIPE_PARAMETERS": PATHS},
    "lambda_/invocations.py": {"_ASYNCHRONOUS": PATHS, "_NAMED": PATHS},
    "rds/databases.py": {"_CLUSTER_RESTORES": PATHS, "_INSTANCE_RESTORES": PATHS},
    "route53/traffic_policies.py": {"REFERENCES": PATHS, "STARTS": PATHS},
    "sqs/dead_letters.py": {"FAILURES": PATHS},
    "sqs/senders.py": {"_NAMED": PATHS, "_POLICIES": PATHS},
    "sqs/queues.py": {"DECLARED_MARGIN": "a choice of this linter", "_SENT": PATHS},
    "xray/tracing.py": {"_SWITCHES": PATHS},
}
"""Lists and numbers of the relations that AWS does not decide, or that only say where to read; and what each is."""


def named(path: Path) -> str:
    return path.relative_to(RELATIONS if path.is_relative_to(RELATIONS) else ROOT).as_posix()


def test_there_are_facts() -> None:
    assert len(MODULES) >= 15
    assert len(FACTS) >= 100


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_has_a_page(fact: Fact[object]) -> None:
    below = r"[A-Za-z0-9-]+(/[A-Za-z0-9_.-]+)+\.html"
    elsewhere = r"https://(?!docs\.aws\.amazon\.com/)[a-z0-9.-]+/\S*"
    assert re.fullmatch(f"{below}|{elsewhere}", fact.page)
    assert re.fullmatch(r"https://[a-z0-9.-]+/[^/\s]\S*", fact.url)


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_was_read_on_a_day_that_has_been(fact: Fact[object]) -> None:
    if fact.read is not None:
        day = date.fromisoformat(fact.read)
        assert day.isoformat() == fact.read
        assert date(2025, 1, 1) < day <= date.today()


def test_a_page_is_a_path_or_a_whole_url() -> None:
    assert Fact(1, page="sqs/x.html", read=None).url == "https://docs.aws.amazon.com/sqs/x.html"
    assert Fact(1, page="https://karpenter.sh/docs/", read=None).url == "https://karpenter.sh/docs/"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_of_facts_declares_nothing_else(path: Path) -> None:
    module = import_module(f"awslint_memo.relations.{path.parent.name}.facts")
    upper = {name for name in vars(module) if name.isupper() and not name.startswith("_")}
    assert upper == set(facts_of(path))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_fact_is_used(path: Path) -> None:
    own = f"awslint_memo.relations.{path.parent.name}"
    used: set[str] = {node.id for node in loaded(path)}
    for other in OTHERS:
        tree = ast.parse(other.read_text())
        aliases = {alias.name for node in imports(tree) if node.module == f"{own}.facts" for alias in node.names}
        has_module = any(node.module == own and "facts" in {one.name for one in node.names} for node in imports(tree))
        used |= aliases | (set(attributes(tree)) if has_module else set())
    assert set(facts_of(path)) <= used


def loaded(path: Path) -> Iterator[ast.Name]:
    """The names that a module reads."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return (node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))


def imports(tree: ast.Module) -> Iterator[ast.ImportFrom]:
    return (node for node in tree.body if isinstance(node, ast.ImportFrom))


def attributes(tree: ast.Module) -> Iterator[str]:
    """What a module takes of the facts that it imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "facts":
            yield node.attr


@pytest.mark.parametrize("path", OTHERS, ids=named)
def test_a_relation_holds_no_fact_itself(path: Path) -> None:
    assert sorted(held(path.read_text())) == sorted(NO_FACTS.get(named(path), {}))


def test_what_is_no_fact_is_of_a_module_that_is_there() -> None:
    assert set(NO_FACTS) <= {named(path) for path in OTHERS}


def held(source: str) -> Iterator[str]:
    """The names to which a module assigns three words or more, or a number, wherever in the value they stand."""
    for node in ast.parse(source).body:
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
            continue
        value = node.value
        # One text alone is a name or a word; the text of a pattern is no list, and a type is none.
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            continue
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            continue
        if isinstance(value, ast.Call) and ast.unparse(value.func) == "re.compile":
            continue
        constants = [one.value for one in ast.walk(value) if isinstance(one, ast.Constant)]
        words = [word for one in constants if isinstance(one, str) for word in one.split()]
        if len(words) >= 3 or any(isinstance(one, (int, float)) and not isinstance(one, bool) for one in constants):
            yield ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])


def test_what_a_relation_holds_is_seen() -> None:
    source = (
        "A = ('a', 'b', 'c')\nB: frozenset[str] = frozenset(('a', 'b', 'c'))\nC = _words('a b c')\nD = 30\n"
        "E = {'a': ('b', 'c')}\nF = -1\nG, H = 4, 14\n"
        "I = 'a b c d'\nJ = ('a', 'b')\nK = re.compile('a b c d')\nL = facts.L.value\nM = {'a': True}\n"
        "N: TypeAlias = Literal['a', 'b', 'c']\n"
    )
    assert list(held(source)) == ["A", "B", "C", "D", "E", "F", "(G, H)"]


@pytest.mark.parametrize("path", [*OTHERS, *RULES], ids=named)
def test_what_holds_by_default_is_a_fact(path: Path) -> None:
    assert list(default_numbers(path.read_text())) == []


def default_numbers(source: str) -> Iterator[int | float]:
    """The numbers, but 0, that stand for a property which nobody wrote: get("Timeout", default=3)."""
    for node in ast.walk(ast.parse(source)):
        for keyword in node.keywords if isinstance(node, ast.Call) else ():
            number = ast.literal_eval(keyword.value) if is_number(keyword.value) else None
            if keyword.arg == "default" and number:
                yield number


def is_number(node: ast.expr) -> bool:
    inner = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    return isinstance(inner, ast.Constant) and type(inner.value) in (int, float)


def test_a_number_by_default_is_seen() -> None:
    source = (
        "get('A', default=30)\nget('B', default=-1)\nget('C', default=0)\nget('D', default=True)\nmax(x, default=D)"
    )
    assert list(default_numbers(source)) == [30, -1]
