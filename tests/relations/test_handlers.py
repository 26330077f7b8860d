"""A handler is surely missing only where its module says all that it defines."""

from __future__ import annotations

from tests.cases import each_case

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

RULE = rules()["lambda-handler-missing"]
TEMPLATE = """
Resources:
  Work: {{Type: AWS::Lambda::Function, Properties: {{Runtime: {}, Code: src, Handler: app.main, Role: r}}}}
"""


def is_told(runtime: str, path: str, code: str) -> bool:
    return bool(Example(RULE, TEMPLATE.format(runtime), ((f"src/{path}", code),)).findings())


@each_case(
    ("code", "expected"),
    [
        ("def handler(event, context): ...\n", True),
        ("def handler(event, context): ...\ndef domain(): ...\n", True),
        ("def handler(event, context): ...\nclass Main:\n    def work(self): ...\n", True),
        ("def main(event, context): ...\n", False),
        ("from work import main\ndef handler(event, context): ...\n", False),
        ("def handler(event, context): ...\nmain = handler\n", False),
        ("from work import *\ndef handler(event, context): ...\n", False),
        ("def handler(event, context): ...\nglobals()['ma' + 'in'] = handler\n", False),
        ("def __getattr__(name): ...\ndef handler(event, context): ...\n", False),
        ("handler = print\n", False),
    ],
)
def test_python(code: str, *, expected: bool) -> None:
    assert is_told("python3.13", "app.py", code) == expected


@each_case(
    ("code", "expected"),
    [
        ("exports.handler = async (event) => event;\n", True),
        ("module.exports.handler = async (event) => event;\n", True),
        ("const handler = (e) => e;\nmodule.exports = { handler };\n", True),
        ("const handler = (e) => e;\nexport { handler };\n", True),
        ("export async function handler(event) {}\n", True),
        ("exports.main = async (event) => event;\n", False),
        ("const handler = (e) => e;\nmodule.exports = { handler, main: handler };\n", False),
        ("export * from './work.mjs';\nexport const handler = (e) => e;\n", False),
        ("module.exports = { handler, ...require('./work') };\n", False),
        ("module.exports = { handler, [name]: handler };\n", False),
        ("exports.handler = (e) => e;\nexports[name] = exports.handler;\n", False),
        ("exports.handler = (e) => e;\nfill(exports);\n", False),
        ("module.exports = require('./work');\n", False),
        ("Object.defineProperty(exports, '__esModule', { value: true });\nexports.handler = (e) => e;\n", False),
        ("console.log('no exports');\n", False),
    ],
)
def test_javascript(code: str, *, expected: bool) -> None:
    assert is_told("nodejs22.x", "app.js", code) == expected


def test_other_runtimes_are_not_read() -> None:
    assert not is_told("ruby3.3", "app.rb", "def handler(event:, context:)\nend\n")
