"""The strings of Terraform's JSON: text, `${…}` and `%{…}` taken apart, and what stands inside parsed once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from lark.tree import Tree

    Expression: TypeAlias = "Tree[Any] | Reference"

_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_STEP = re.compile(
    rf"\.(?P<attribute>{_NAME})|(?:\.|\[)(?P<number>\d{{1,9}})\]?|\[\"(?P<text>[^\"\\$%]*)\"\]"
    r"|\[(?P<reference>count\.index|each\.key|each\.value)\]|(?P<all>\[\*\])"
)
_REFERENCE = re.compile(
    rf"({_NAME})((?:\.{_NAME}|\.\d{{1,9}}|\[\d{{1,9}}\]|\[\"[^\"\\$%]*\"\]|\[(?:count\.index|each\.key|each\.value)\]|\[\*\])*)"
)
_LITERALS = frozenset(("true", "false", "null"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step into a value: to an attribute (a name), to an element (an expression or a constant), to all of them."""

    kind: Literal["attribute", "index", "all", "end"]
    of: str | int | Expression = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A name and the steps that lead on from it: `aws_sqs_queue.orders[0].arn`."""

    root: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """What stands in `${…}`, or a `%{…}` directive; both by their text."""

    text: str
    is_directive: bool = False


@lru_cache(maxsize=8192)
def pieces(template: str) -> tuple[str | Code, ...] | None:
    """A template as its text and code, in order; None where a brace is left open."""
    found: list[str | Code] = []
    literal, at = "", 0
    while at < len(template):
        start = _next(template, at)
        literal += template[at:start]
        if start == len(template):
            break
        opening = template[start : start + 3]
        if opening in ("$${", "%%{"):
            literal, at = literal + opening[1:], start + 3
            continue
        end = _end(template, start + 2)
        if end is None:
            return None
        inside, at = template[start + 2 : end], end + 1
        if inside.startswith("~"):
            inside, literal = inside[1:], literal.rstrip()
        if inside.endswith("~"):
            inside = inside[:-1]
            at += len(template) - at - len(template[at:].lstrip())
        found += [literal, Code(inside, opening[0] == "%")] if literal else [Code(inside, opening[0] == "%")]
        literal = ""
    return tuple([*found, literal] if literal or not found else found)


_OPENING = re.compile(r"\$\$\{|%%\{|\$\{|%\{")


def _next(template: str, at: int) -> int:
    match = _OPENING.search(template, at)
    return match.start() if match else len(template)


_IN_CODE = re.compile(r'["{}]')
_IN_QUOTES = re.compile(r'\\.|"|\$\$\{|%%\{|\$\{|%\{', re.DOTALL)


def _end(text: str, at: int) -> int | None:
    """Where the brace that closes the code beginning at `at` stands; quoted text in it may hold code of its own."""
    # Each open brace, by whether text is quoted inside of it at present.
    quoted = [False]
    while quoted:
        match = (_IN_QUOTES if quoted[-1] else _IN_CODE).search(text, at)
        if match is None:
            return None
        at = match.end()
        if match[0] == '"':
            quoted[-1] = not quoted[-1]
        elif match[0] in ("{", "${", "%{"):
            quoted.append(False)
        elif match[0] == "}":
            quoted.pop()
    return at - 1


@lru_cache(maxsize=8192)
def parsed(code: str) -> Expression | None:
    """The expression that a piece of code is: a plain reference at little cost, else by a parser of HCL; or None."""
    code = code.strip()
    match = _REFERENCE.fullmatch(code)
    if match and match[1] not in _LITERALS:
        return Reference(match[1], tuple(_step(step) for step in _STEP.finditer(match[2])))
    return _tree(code)


def _step(match: re.Match[str]) -> Step:
    if match["attribute"]:
        return Step("attribute", match["attribute"])
    if match["all"]:
        return Step("all")
    if match["reference"]:
        root, _, name = match["reference"].partition(".")
        return Step("index", Reference(root, (Step("attribute", name),)))
    return Step("index", int(match["number"]) if match["number"] else match["text"])


def _tree(code: str) -> Tree[Any] | None:
    # Inside of `${…}` a line may end anywhere; quoted text never holds a line's end.
    tree = _parse(code)
    return _parse(code.replace("\r", "").replace("\n", " ")) if tree is None and "\n" in code else tree


def _parse(code: str) -> Tree[Any] | None:
    # Costs tenths of a second to load, and most files hold plain references only.
    from hcl2.api import parses_to_tree
    from lark.exceptions import LarkError

    try:
        attribute: Any = parses_to_tree(f"x = ({code})").children[0].children
    except (LarkError, RecursionError):
        return None
    # Code that closes the parenthesis and goes on is no one expression.
    if len(attribute) != 2 or attribute[0].data != "attribute":
        return None
    tree: Tree[Any] = attribute[0].children[2]
    return tree
