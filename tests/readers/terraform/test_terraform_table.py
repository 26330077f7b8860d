"""The values of Terraform's expressions are those that Terraform itself gives them.

`tests/terraform_expressions.py` makes the expected values.
"""

import importlib.util
import json
import shutil
from typing import Any

import pytest
from tests.readers import workspace
from tests.terraform_expressions import ERROR, FOLDER, UNKNOWN, expected, expressions

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.root_module import root_module
from awslint_memo.readers.terraform.untyped import Untyped
from awslint_memo.readers.terraform.values import EvalError, every

EXPECTED = expected()

HAS_RE2 = importlib.util.find_spec("re2") is not None

FOR_RE2 = {
    r'regex("a(?i)b", "aB")',
    r'regex("(?U)a+", "aaa")',
    r'regex("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")',
    r'regex("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac")',
    r'regex("\\Qa.b\\E+", "xa.bbb")',
    r'regex("\\x41\\x{42}", "AB")',
    r'regex("\\p{Lu}", "abC")',
    r'regex("\\pL+", "12äb")',
    'regex("(", "a")',
    'regex("(?=a)", "a")',
    r'regex("(a)\\1", "aa")',
    'regex("a**", "a")',
    'regex("*a", "a")',
    'regex("[z-a]", "a")',
    'regex("a{1001}", "a")',
    r'regex("\\y", "y")',
}
"""What the standard library does not read as Terraform does, or refuses for another reason."""


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Value]:
    """The value of each expression of the table, as a local value of one module."""
    folder = tmp_path_factory.mktemp("table")
    (folder / ".git").mkdir()
    shutil.copytree(FOLDER / "texts", folder / "texts")
    names = {one: f"e{number}" for number, one in enumerate(EXPECTED)}
    lines = [f"  {name} = {one}" for one, name in names.items()]
    (folder / "main.tf").write_text("\n".join(["locals {", *lines, "}"]), encoding="utf-8")
    directory = workspace.directory(folder)
    module = root_module(directory, {})
    return {one: module.scope.evaluate(directory.sections.locals[name]) for one, name in names.items()}


def said(value: Value) -> dict[str, Any]:
    """A value as the table has it."""
    if any(isinstance(part, EvalError) for part in every(value)):
        return ERROR
    is_yaml = isinstance(value, Encoded) and value.format == "yaml"
    is_untyped = any(isinstance(part, Untyped) for part in every(value))
    return UNKNOWN if value.is_unknown or is_yaml or is_untyped else {"value": plain(value)}


def plain(value: Value) -> Any:
    if isinstance(value, Encoded):
        return value.written
    data = value.plain
    if isinstance(value, Known) and isinstance(data, dict):
        return {key: plain(child) for key, child in value.fields.items()}
    if isinstance(value, Known) and isinstance(data, list):
        return [plain(item) for item in value.items]
    return data


def test_the_table_is_complete() -> None:
    written = list(expressions())
    assert [one for one, _ in written] == list(EXPECTED)
    assert len(EXPECTED) > 500
    assert {one for one, is_unknown in written if is_unknown} == {
        one for one, known in EXPECTED.items() if known == UNKNOWN
    }


def test_a_value_is_that_of_terraform(values: dict[str, Value]) -> None:
    assert len(EXPECTED) > 500
    others = {
        expression: (wanted, said(values[expression]))
        for expression, wanted in EXPECTED.items()
        if not is_same(wanted, said(values[expression])) and (HAS_RE2 or expression not in FOR_RE2)
    }
    assert others == {}


def test_what_python_reads_otherwise_is_known_with_google_re2_only(values: dict[str, Value]) -> None:
    assert set(EXPECTED) >= FOR_RE2
    if not HAS_RE2:
        assert {said(values[one]) == UNKNOWN for one in FOR_RE2} == {True}


def is_same(wanted: dict[str, Any], found: dict[str, Any]) -> bool:
    return json.dumps(found, sort_keys=True) == json.dumps(wanted, sort_keys=True)
