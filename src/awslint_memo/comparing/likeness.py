"""How alike two resources are, by the words that are written of them, and what is kept of these in a baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias
from zlib import crc32

from awslint_memo.files.files import Files
from awslint_memo.judging.inventory import MODULES, in_module
from awslint_memo.judging.traits import Trait
from awslint_memo.model.lazy import regex
from awslint_memo.model.secret import may_name_secret, without_keys
from awslint_memo.model.span import Problem, Span

Words: TypeAlias = "frozenset[str]"
"""The words of a resource, each further one with its number. Those of a baseline are the hashes of some."""

_WORD = regex(r"[\w$][\w.$:/*+-]*")
_NAME = regex(r"[\w-]+")
_ADDRESS = regex(r"(?<![\w.-])[a-z][a-z\d]*_\w+\.[\w-]+")
"""How Terraform names a resource; what has a word before it is a data source, or in an address of another module."""

_HEAD = {"Type", "Properties", "resource", "Resources"}
_MOST_TEXT = 20_000
_KEPT = 16
_DIGITS = 4


def local(name: str) -> str:
    """The last part of the name of a resource: what its block or logical id is called."""
    return name.rpartition(".")[2].rpartition("/")[2]


def naming(name: str) -> str:
    """What stands where another resource of the same module or template names one: its address in Terraform."""
    address = in_module(name)
    return address if _ADDRESS.fullmatch(address) else local(name)


def names_in(text: str) -> frozenset[str]:
    """The words and addresses of a text that may be names of resources."""
    return frozenset((*_NAME.findall(text), *_ADDRESS.findall(text)))


def words_of(text: str, name: str, trait: Trait) -> Words:
    """The words of the text of a resource, without its type and the names that another one has differently."""
    own = {*_HEAD, trait.type, name, local(name), trait.called}
    counted: Counter[str] = Counter()
    result = set()
    for match in _WORD.finditer(text[:_MOST_TEXT]):
        word = match[0].rstrip(":")  # YAML has it behind a key, and JSON has not.
        if word not in own and not word.startswith("aws_"):
            counted[word] += 1
            result.add(word if counted[word] == 1 else f"{word} {counted[word]}")
    return frozenset(result)


def likeness(some: Words, others: Words) -> float:
    """How alike two resources are, from 0 to 1; 0 if nothing is written of one of them."""
    return len(some & others) / len(some | others) if some and others else 0.0


def sketch(text: str, name: str, trait: Trait) -> Words:
    """What a baseline keeps of a resource: the least hashes of its words, without lines that may name a secret."""
    lines = (without_keys(line) for line in text[:_MOST_TEXT].splitlines() if not may_name_secret(line))
    hashes = {crc32(word.encode("utf-8", "replace")) & 0xFFFF for word in words_of("\n".join(lines), name, trait)}
    return frozenset(f"{each:0{_DIGITS}x}" for each in sorted(hashes)[:_KEPT])


def as_text(kept: Words) -> str:
    """A sketch as a baseline has it."""
    return "".join(sorted(kept))


def from_text(text: str) -> Words:
    """The sketch that a text of a baseline is."""
    return frozenset(text[start : start + _DIGITS] for start in range(0, len(text), _DIGITS))


def likeness_of_sketches(some: Words, others: Words) -> float:
    """How alike two resources are by what baselines keep of them: an estimate."""
    least = sorted(some | others)[:_KEPT]
    return sum(each in some and each in others for each in least) / len(least) if some and others else 0.0


def texts(files: Files) -> Callable[[Trait], str]:
    """Gives what is written of a resource in some files; empty for what can't be read."""

    def text(trait: Trait) -> str:
        try:
            return _block(files, trait.span)
        except Problem:
            return ""

    return text


def _block(files: Files, span: Span) -> str:
    lines = files.read(span.path).lines
    if not span.path.endswith(MODULES):
        inside = lines[span.line - 1 : span.end_line]
        if not inside:
            return ""
        inside[-1] = inside[-1][: span.end_column - 1]
        return (
            "\n".join([inside[0][span.column - 1 :], *inside[1:]]) if len(inside) > 1 else inside[0][span.column - 1 :]
        )
    head = lines[span.line - 1] if span.line <= len(lines) else ""
    if head.count("{") == head.count("}") or len(head) > _MOST_TEXT:
        return head[span.end_column - 1 :]
    closing = f"{head[: len(head) - len(head.lstrip())]}}}"
    end = next((at for at in range(span.line, len(lines)) if lines[at].startswith(closing)), span.line)
    return "\n".join([head[span.end_column - 1 :], *lines[span.line : end]])
