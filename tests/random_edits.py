"""Edits as people make them, and worse, for tests that compare what is kept after an edit with a fresh look."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

_WORD = re.compile(r"(?<=[\s'\"])(?:\d+|true|false|\w[\w.-]{2,20})(?=[\s'\",}])")
_VALUES = ["1", "300", "true", "x\n\n", "!Ref A", "", '"', "{", "20 # why", "var.x", "AWS::SQS::Queue", "aws_sqs_queue"]


def edits(text: str, dice: random.Random, number: int, *, are_of_terraform: bool = False) -> Iterator[str]:
    """The texts after so many edits, one after the other; now and then the last ones are taken back."""
    before = [text]
    kinds = (*_EDITS, *_OF_TERRAFORM) if are_of_terraform else _EDITS
    for _ in range(number):
        if len(before) > 2 and dice.random() < 0.3:
            before.pop()
        else:
            before.append(dice.choice(kinds)(before[-1], dice))
        yield before[-1]


def _value(text: str, dice: random.Random) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    at = dice.choice(words)
    new = dice.choice([*_VALUES, dice.choice(words)[0], at[0] + "0"])
    return text[: at.start()] + new + text[at.end() :]


def _without_line(text: str, dice: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    first = dice.randrange(len(lines) or 1)
    return "".join((*lines[:first], *lines[first + dice.choice([1, 1, 1, 2, 5]) :]))


def _with_line(text: str, dice: random.Random) -> str:
    lines = text.splitlines(keepends=True) or ["\n"]
    new = dice.choice([dice.choice(lines), "\n", "# a comment\n", dice.choice(lines).rstrip() + " \n"])
    at = dice.randrange(len(lines) + 1)
    return "".join((*lines[:at], new, *lines[at:]))


def _with_part(text: str, dice: random.Random) -> str:
    """A copy of some lines elsewhere, as of a resource, with a name that is changed."""
    lines = text.splitlines(keepends=True) or ["\n"]
    starts = [number for number, line in enumerate(lines) if re.match(r"(?:  ?\w|  ?\"|resource )", line)] or [0]
    first, at = dice.choice(starts), dice.choice(starts)
    last = next((number for number in starts if number > first), len(lines))
    part = re.sub(r'^( +"?\w+|resource "\w+" "\w+)', r"\1Copy", "".join(lines[first:last]), count=1)
    return "".join((*lines[:at], part, *lines[at:]))


def _indented(text: str, dice: random.Random) -> str:
    lines = text.splitlines(keepends=True) or ["\n"]
    at = dice.randrange(len(lines))
    lines[at] = dice.choice(["  " + lines[at], lines[at].removeprefix("  ")])
    return "".join(lines)


def _renamed(text: str, dice: random.Random) -> str:
    words = re.findall(r"\b[A-Za-z]\w{3,}\b", text) or ["x"]
    return text.replace(dice.choice(words), dice.choice(["Renamed", dice.choice(words)]), dice.choice([1, -1]))


_EDITS = (_value, _value, _value, _without_line, _with_line, _with_part, _indented, _renamed)


def _without_sign(text: str, dice: random.Random) -> str:
    """Without a brace, quote or mark that ends something, so that it runs into what follows."""
    signs = list(re.finditer(r"^\}\r?$|[{}\"\]]|^EOF$|\*/|=", text, re.M))
    if not signs:
        return text
    at = dice.choice(signs)
    return text[: at.start()] + text[at.end() :]


def _with_lines(text: str, dice: random.Random) -> str:
    """With lines between two others that look like the end of a block, or hide what follows."""
    starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
    at = dice.choice([0, dice.choice(starts), dice.choice([*(one.end() for one in re.finditer(r"\n\}\n", text)), 0])])
    return text[:at] + dice.choice(_LINES) + text[at:]


def _with_line_ends(text: str, dice: random.Random) -> str:
    if "\r\n" in text:
        return text.replace("\r\n", "\n")
    return text.replace("\n", "\r\n") if dice.random() < 0.7 else text.replace("\n", "\r", 1)


def _with_mark(text: str, dice: random.Random) -> str:
    return text[1:] if text.startswith("\ufeff") else f"\ufeff{text}"


_LINES = (
    *("\n", "\n\n\n", "# }\n", "}\n", "/*\n}\n\n*/\n", "/*\n", "*/\n", "EOF\n", "  x = <<EOF\n", "é = 1\n"),
    'locals {\n  text = <<-EOF\n    a\n}\n\nresource "x" "y" {\n}\n    EOF\n}\n',
    "locals {\n  map = {\n    a = [\n]\n}\n\n}\n",
    "# awslint-memo: ignore[sqs-dead-letter-queue] because\n",
)

_OF_TERRAFORM = (_without_sign, _with_lines, _with_lines, _with_line_ends, _with_mark)
