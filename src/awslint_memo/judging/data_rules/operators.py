"""The operators of conditions: what each asks of a value, and whether that surely holds (True), surely does not (False)
or is not known (None).

A property that is not there has no value, so it fulfils no operator but `absent`, `not-equals` and `not-in`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from awslint_memo.model.phrases import listed, quoted
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Span
from awslint_memo.model.value import Known, Link, Scalar, Text, Value

Verdict: TypeAlias = "bool | None"

Operand: TypeAlias = Literal["flag", "scalar", "scalars", "text", "pattern", "number", "count", "type"]
"""What stands behind an operator in a rule's file."""

OPERANDS: Mapping[Operand, str] = {
    "flag": "true or false",
    "scalar": "a single value",
    "scalars": "a list of single values",
    "text": "a text",
    "pattern": "a regular expression",
    "number": "a number",
    "count": "a whole number",
    "type": "a resource type such as AWS::SQS::Queue",
}
"""Words for the operands in messages."""

_NOWHERE: Place = Span("", 1, 1, 1, 1)


@record(frozen=True)
class Operator:
    """An operator. takes: its operand. holds: the verdict on a value that is not absent, and an operand.

    words: what is asked, as a verb, `{}` standing for the operand. about: the same for the documentation. of_absent:
    the verdict on a property that is not there.
    """

    takes: Operand
    holds: Callable[[Value, Any], Verdict]
    words: str
    about: str
    of_absent: bool = False


@record(frozen=True)
class Test:
    """An operator with its operand."""

    name: str
    operand: Any

    @property
    def operator(self) -> Operator:
        """What it asks."""
        return OPERATORS[self.name]

    def asked_of(self, value: Value) -> Sequence[Value]:
        """The values that it is asked of: the items of a list, unless it asks something of the list itself."""
        is_listed = isinstance(value, Known) and isinstance(value.content, list)
        return value.items if is_listed and self.name not in _OF_LISTS else (value,)

    def verdict(self, value: Value) -> Verdict:
        """Whether a value fulfils it that is no list, unless it asks something of lists."""
        if self.name in ("exists", "absent"):
            there = _is_there(value)
            return None if there is None else there == (self.operand == (self.name == "exists"))
        return self.operator.of_absent if value.is_absent else self.operator.holds(value, self.operand)

    @property
    def words(self) -> str:
        """What it asks, as a verb: "be at least 7"."""
        if self.name in ("exists", "absent"):
            return THERE if self.operand == (self.name == "exists") else NOT_THERE
        return self.operator.words.format(_shown(self.operand)).replace(" 1 items", " 1 item")


_OF_LISTS = ("exists", "absent", "contains", "items-at-least", "items-at-most")
"""The operators that ask something of a list; the others ask it of its items."""

THERE, NOT_THERE = "be set", "be absent"
"""What `exists` and `absent` ask."""


_THIRD = {"be": "is", "have": "has", "match": "matches"}


_CONTRARIES = (
    (THERE, NOT_THERE),
    ("be below ", "be at least "),
    ("be above ", "be at most "),
    ("have at least ", "have fewer than "),
    ("have at most ", "have more than "),
)
"""How what is asked begins, beside how the contrary does."""


def contrary(words: str) -> str:
    """What asks the contrary of some words: "not be gp3", "be below 7"."""
    for pair in _CONTRARIES:
        for one, other in (pair, pair[::-1]):
            if words.startswith(one):
                return other + words.removeprefix(one)
    return words.removeprefix("not ") if words.startswith("not ") else f"not {words}"


def third_person(words: str) -> str:
    """What is asked, as what is so: "is gp3", "ends with -queue"."""
    verb, _, rest = words.partition(" ")
    if verb == "not":
        return f"is {words.replace(' be', '', 1)}" if rest.startswith("be ") else f"does {words}"
    return f"{_THIRD.get(verb, f'{verb}s')} {rest}"


def negated(verdict: Verdict) -> Verdict:
    """The verdict on the contrary."""
    return None if verdict is None else not verdict


def every(verdicts: Sequence[Verdict]) -> Verdict:
    """Whether all of some conditions hold: one that surely does not decides, whatever is not known of the others."""
    return False if False in verdicts else None if None in verdicts else True


def some(verdicts: Sequence[Verdict]) -> Verdict:
    """Whether one of some conditions holds: one that surely does decides."""
    return True if True in verdicts else None if None in verdicts else False


def _shown(operand: object) -> str:
    """An operand in a sentence. What may be taken for a property's name, which is translated there, is quoted."""
    if isinstance(operand, (list, tuple)):
        return listed([_shown(one) for one in operand], last="or")
    if isinstance(operand, bool):
        return "true" if operand else "false"
    if isinstance(operand, str):
        return f'"{operand}"' if operand[:1].isupper() and '"' not in operand else quoted(operand)
    return f"{operand:g}" if isinstance(operand, float) else f"{operand}"


def _is_there(value: Value) -> Verdict:
    """Whether somebody wrote a value. A default of Terraform's provider is none, as CloudFormation shows none."""
    if value.is_absent or (value.is_known and not value.is_written):
        return False
    return None if value.is_unknown and not isinstance(value, Text) else True


def _equals(value: Value, operand: Scalar) -> Verdict:
    if isinstance(operand, bool) and value.flag is not None:
        return value.flag == operand
    if isinstance(operand, (int, float)) and not isinstance(operand, bool) and value.number is not None:
        return value.number == operand
    return value.is_same_as(Known(operand, _NOWHERE))


def _is_in(value: Value, operands: Sequence[Scalar]) -> Verdict:
    return some([_equals(value, operand) for operand in operands])


def _contains(value: Value, operand: Scalar) -> Verdict:
    """Whether a list has an item, or a text a part."""
    if isinstance(value, Known) and isinstance(value.content, list):
        return some([_equals(item, operand) for item in value.items])
    part = Known(operand, _NOWHERE).text or ""
    if value.text is not None:
        return part in value.text
    return True if any(part in (piece.text or "") for piece in value.pieces) else None


def _matches(value: Value, operand: str) -> Verdict:
    from awslint_memo.judging.data_rules.searching import search  # Few rules have an expression.

    text = value.text
    return None if text is None else search(operand).finds(text)


def _compared(holds: Callable[[float, float], bool]) -> Callable[[Value, float], Verdict]:
    def verdict(value: Value, operand: float) -> Verdict:
        number = value.number
        return None if number is None else holds(number, operand)

    return verdict


def _counted(holds: Callable[[float, float], bool]) -> Callable[[Value, int], Verdict]:
    """The verdict on the number of items of a list, each of which is known to be one."""

    def verdict(value: Value, operand: int) -> Verdict:
        if not isinstance(value, Known) or not isinstance(value.content, list):
            return None
        is_sure = all(item.is_known or isinstance(item, (Link, Text)) for item in value.items)
        return holds(len(value.content), operand) if is_sure else None

    return verdict


def _not_asked(_: Value, __: object) -> Verdict:
    return None


OPERATORS: Mapping[str, Operator] = {
    "exists": Operator("flag", _not_asked, THERE, "Whether somebody wrote the property; a default does not count."),
    "absent": Operator("flag", _not_asked, NOT_THERE, "Whether nobody wrote the property.", of_absent=True),
    "equals": Operator("scalar", _equals, "be {}", "The value is this one; 600 and true equal their texts."),
    "not-equals": Operator(
        "scalar", lambda value, operand: negated(_equals(value, operand)), "not be {}", "It is another.", of_absent=True
    ),
    "in": Operator("scalars", _is_in, "be {}", "The value is one of these."),
    "not-in": Operator(
        "scalars", lambda value, operand: negated(_is_in(value, operand)), "not be {}", "It is none.", of_absent=True
    ),
    "starts-with": Operator(
        "text", lambda value, operand: value.starts_with(operand), "start with {}", "How it starts."
    ),
    "ends-with": Operator("text", lambda value, operand: value.ends_with(operand), "end with {}", "How the text ends."),
    "contains": Operator("scalar", _contains, "contain {}", "A part of the text, or an item of the list."),
    "matches": Operator("pattern", _matches, "match {}", "A regular expression (RE2) that is found in the text."),
    "below": Operator("number", _compared(lambda one, other: one < other), "be below {}", "A number below this one."),
    "above": Operator("number", _compared(lambda one, other: one > other), "be above {}", "A number above this one."),
    "at-least": Operator("number", _compared(lambda one, other: one >= other), "be at least {}", "The least number."),
    "at-most": Operator("number", _compared(lambda one, other: one <= other), "be at most {}", "The greatest number."),
    "items-at-least": Operator(
        "count", _counted(lambda one, other: one >= other), "have at least {} items", "The least number of items."
    ),
    "items-at-most": Operator(
        "count", _counted(lambda one, other: one <= other), "have at most {} items", "The greatest number of items."
    ),
}
"""All operators that judge a value by itself, by their names in a rule's file."""

OTHER_WORDS: Mapping[str, str] = {
    "is-true": "write equals: true",
    "is-false": "write equals: false",
    "not-exists": "write absent: true",
    "within": "write in: [...]",
    "not-within": "write not-in: [...]",
    "not-contains": "write not: {property: ..., contains: ...}",
    "not-matches": "write not: {property: ..., matches: ...}",
    "regex": "write matches",
    "regex-match": "write matches",
    "starting-with": "write starts-with",
    "ending-with": "write ends-with",
    "greater-than": "write above",
    "less-than": "write below",
    "greater-than-or-equal": "write at-least",
    "less-than-or-equal": "write at-most",
    "length-greater-than-or-equal": "write items-at-least",
    "operator": "write the operator as the key, as in equals: gp3",
    "value": "write the operator as the key, as in equals: gp3",
}
"""What to write for words that other tools' rules have."""
