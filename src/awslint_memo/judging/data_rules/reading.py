"""Reads conditions from the nodes of a rule's file, and says in one sentence what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from awslint_memo.judging.data_rules.conditions import All, Asked, Condition, Not, Property, ReferredBy, Some, Tag
from awslint_memo.judging.data_rules.known_names import SAM, meant_type, slip_of, wrong_property
from awslint_memo.judging.data_rules.operators import OPERANDS, OPERATORS, OTHER_WORDS, Operand, Test
from awslint_memo.judging.data_rules.paths import BESIDE, Path, parsed
from awslint_memo.model.phrases import listed, nearest, quoted
from awslint_memo.model.properties import ATTRIBUTES
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span
from awslint_memo.model.spelled import Spelled
from awslint_memo.model.value import number_of
from awslint_memo.readers.sam.connectors import OF_SAM
from awslint_memo.syntax.node import Node, fields, form_of, plain

_TYPE = re.compile(r"[A-Za-z0-9]+(::[A-Za-z0-9]+){1,3}")

SUBJECTS = ("property", "tag", "referred-by")
COMBINED = ("all", "any", "not")
_ASKING = (*OPERATORS, "refers-to", "has")
OF: Mapping[str, Collection[str]] = {
    "property": ("property", "default", *_ASKING),
    "tag": ("tag", *_ASKING[: len(OPERATORS)]),
    "referred-by": ("referred-by", "through", "has"),
}
"""The keys of a condition, by the one that says what it is about."""


def mistake(message: str, place: Span) -> Problem:
    """The error for a mistake in a rule's file at a place."""
    return Problem(message, place.path, place.line, place.column)


def keyed(node: Node, known: Collection[str], what: str) -> Mapping[str, Node]:
    """The fields of a mapping that has no other keys. what: words for it. Raises Problem for any other."""
    found = fields(node)
    if not found:
        raise mistake(
            f"{what} must be a mapping with {listed(sorted(known)[:6], last='or')}, not {form_of(node)}", node.span
        )
    for key in found:
        if key not in known:
            told = OTHER_WORDS.get(key.replace("_", "-")) if "equals" in known else None
            near = None if told else slip_of(key, known) or nearest(key, known)
            hint = told or (f"did you mean {near}?" if near else f"it has {listed(list(known))}")
            raise mistake(f"{quoted(key)} is not a key of {what}; {hint}", node.key(key).span)
    return found


def text(node: Node, what: str) -> str:
    """The text at a node that must not be empty. Raises Problem for anything else."""
    content = node.content
    if not isinstance(content, str) or not content.strip():
        raise mistake(f"{what} must be a text, not {_shown(node)}", node.span)
    return content.strip()


def texts(node: Node, what: str) -> tuple[str, ...]:
    """One text or a list of texts. Raises Problem for anything else."""
    content = node.content
    if isinstance(content, list) and content:
        return tuple(text(item, f"each of {what}") for item in content)
    return (text(node, what),)


def resource_type(node: Node, what: str) -> str:
    """A CloudFormation type. Raises Problem for what is none, or a slip of the pen of a known one."""
    written = text(node, what)
    meant = meant_type(written)
    if meant is not None:
        raise mistake(f"there is no resource type {quoted(written)}; did you mean {meant}?", node.span)
    if written.startswith(SAM):
        made = OF_SAM.get(written, "the types that SAM makes of it")
        raise mistake(f"rules see what SAM makes of {written}; write {made}", node.span)
    if not _TYPE.fullmatch(written):
        raise mistake(f"{what} must be {OPERANDS['type']}, not {quoted(written)}", node.span)
    return written


@record(frozen=True)
class ConditionReader:
    """Reads conditions on resources of some types; none: of items of lists, of which nothing is known."""

    types: Sequence[str]

    def condition(self, node: Node, what: str) -> Condition:
        """The condition at a node. what: words for it. Raises Problem for what is wrong with it."""
        found = fields(node)
        if isinstance(node.content, list):
            raise mistake(f"{what} is a list; write all: or any: before its conditions", node.span)
        kinds = [key for key in (*SUBJECTS, *COMBINED) if key in found]
        if not kinds:
            known = (*SUBJECTS, *COMBINED)
            if found:
                keyed(node, (*known, *_ASKING), what)
            raise mistake(f"{what} does not say what it is about; give it {listed(known, last='or')}", node.span)
        kind = kinds[0]
        if len(kinds) > 1:
            raise mistake(
                f"{what} has both {kinds[0]} and {kinds[1]}; put two conditions into all: or any:",
                node.key(kinds[1]).span,
            )
        if kind in COMBINED:
            return self._combined(kind, keyed(node, (kind,), what)[kind])
        return self._single(kind, node, keyed(node, OF[kind], what), what)

    def _combined(self, kind: str, node: Node) -> Condition:
        if kind == "not":
            return Not(self.condition(node, "not"))
        if not isinstance(node.content, list) or not node.content:
            raise mistake(f"{kind} must be a list of conditions, not {_shown(node)}", node.span)
        conditions = tuple(self.condition(item, f"a condition of {kind}") for item in node.content)
        return All(conditions) if kind == "all" else Some(conditions)

    def _single(self, kind: str, node: Node, found: Mapping[str, Node], what: str) -> Condition:
        if kind == "referred-by":
            return self._referred_by(node, found)
        path = self.path(found["property"], "property") if kind == "property" else None
        asked = self._asked(found, path)
        if not (asked.tests or asked.refers_to or asked.has):
            hint = f"{listed(list(OPERATORS)[:4])} and so on"
            raise mistake(f"{what} has no operator behind {kind}; add one of {hint}", node.key(kind).span)
        if path is None:
            return Tag(text(found["tag"], "tag"), asked)
        default = self._operand("scalar", found["default"], "default") if "default" in found else None
        return Property(path, asked, default)

    def _asked(self, found: Mapping[str, Node], path: Path | None) -> Asked:
        tests = tuple(self._test(name, found[name]) for name in OPERATORS if name in found)
        refers_to = resource_type(found["refers-to"], "refers-to") if "refers-to" in found else ""
        has = None
        if "has" in found:
            if not refers_to and (path is None or "[" not in path.text):
                raise mistake(
                    "has asks of items or of another resource; give the path [all] or [any], or refers-to",
                    found["has"].span,
                )
            if tests:
                raise mistake("has stands beside no other operator; put two conditions into all:", found["has"].span)
            has = ConditionReader([refers_to] if refers_to else []).condition(found["has"], "has")
        return Asked(tests, refers_to, has)

    @staticmethod
    def _referred_by(node: Node, found: Mapping[str, Node]) -> Condition:
        type_ = resource_type(found["referred-by"], "referred-by")
        reader = ConditionReader([type_])
        if "through" not in found:
            raise mistake(f"referred-by has no through; name the property of {type_} that refers to it", node.span)
        path = reader.path(found["through"], "through")
        return ReferredBy(type_, path, reader.condition(found["has"], "has") if "has" in found else None)

    def path(self, node: Node, what: str) -> Path:
        """The path of a property. Raises Problem for what is none, or surely none of these types."""
        written = text(node, what)
        path = parsed(written)
        if path is None:
            raise mistake(
                f"{what} must be a path such as VpcConfig.SubnetIds or Volumes[all].Size, not {quoted(written)}",
                node.span,
            )
        beside = path.names[0][0].removeprefix(BESIDE) if written.startswith(BESIDE) else None
        if written.count(BESIDE) > (beside in ATTRIBUTES and bool(self.types)):
            raise mistake(f"{BESIDE} stands before one of {listed(ATTRIBUTES)} of a resource only", node.span)
        wrong = None if beside else wrong_property(self.types, path.names)
        if wrong is not None:
            what, _, remedy = wrong.partition("; ")
            raise mistake(f"{what} of {' and '.join(self.types)}; {remedy}" if self.types else wrong, node.span)
        return path

    def _test(self, name: str, node: Node) -> Test:
        takes = OPERATORS[name].takes
        operand = self._operand(takes, node, name)
        if takes == "pattern":
            _check_pattern(operand, node)
        return Test(name, operand)

    @staticmethod
    def _operand(takes: Operand, node: Node, name: str) -> Any:
        value: Any = plain(node)
        value = number_of(value) if takes in ("number", "count") and type(value) is Spelled else value
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        is_scalar = isinstance(value, (str, int, float))
        is_right = {
            "flag": isinstance(value, bool),
            "scalar": is_scalar,
            "scalars": isinstance(value, list)
            and bool(value)
            and all(isinstance(one, (str, int, float)) for one in value),
            "text": isinstance(value, str) and bool(value),
            "pattern": isinstance(value, str) and bool(value),
            "number": is_number,
            "count": is_number and isinstance(value, int) and value >= 0,
            "type": False,
        }[takes]
        if not is_right and takes == "scalars" and isinstance(node.content, list) and node.content:
            wrong = next(item for item in node.content if not isinstance(plain(item), (str, int, float)))
            raise mistake(f"each item of {name} must be {OPERANDS['scalar']}, not {_shown(wrong)}", wrong.span)
        if not is_right:
            raise mistake(f"{name} must be {OPERANDS[takes]}, not {_shown(node)}", node.span)
        return tuple(value) if takes == "scalars" else value


def _check_pattern(written: str, node: Node) -> None:
    """Raise Problem for a regular expression that can't be searched for in a time that has a limit."""
    from awslint_memo.judging.data_rules.searching import search
    from awslint_memo.readers.terraform.values import NotKnownError

    try:
        re.compile(written)
        search(written)
    except re.error as error:
        message = f"matches has no regular expression but {quoted(written)}: {error}; mend it"
        raise mistake(message, node.span) from error
    except NotKnownError as error:
        message = f"matches has {quoted(written)}, which is too large or more than RE2 takes: no lookaround, no back"
        raise mistake(f"{message} reference, no flags for a part; write it without", node.span) from error


def _shown(node: Node) -> str:
    content = node.content
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, str) and content:
        return f'the text "{content}"' if '"' not in content else quoted(content)
    if content in ([], {}):
        return "an empty one"
    return f"{content}" if isinstance(content, (int, float)) else form_of(node)
