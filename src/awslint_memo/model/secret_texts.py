"""Secrets inside of a text: a line of a file, a script, a build specification. By names of keys, and by looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.secret import WORDS, is_reference, is_secret_name, keys, without_keys

Range: TypeAlias = "tuple[int, int]"
"""Characters of a line: the index of the first, and that behind the last."""

_LONGEST = 100_000
"""Characters of a text that are looked at."""

_NEAR = 4_000
"""Characters before a value that are looked at for the brackets that it stands in."""

_NAMED_ONLY = (
    r"\{\{resolve:(?:\$\{[^{}]*\}|[^{}$])*\}\}"
    r"|arn:[^\s:]{1,30}:secretsmanager:(?:\$\{[^{}]{1,60}\}|[^\s:]){0,60}:(?:\$\{[^{}]{1,60}\}|[^\s:]){0,60}:secret:"
)
"""What names a secret, with words that look like the name of one before its value: references and ARNs."""

_NAMED = regex(r"(?<![\w.-])(?P<name>[A-Za-z_][\w.-]{0,120})\\*[\"']?\s*(?P<sign>:=|=>|[:=](?!=\s))\s*")
_OPTION = regex(r"(?<![\w-])--(?P<name>[A-Za-z][\w-]*)[ \t]+(?=[^-\s])")

_BEFORE = r"&[\w-]+\s+|!(?P<tag>!?[\w:]+)\s+|\{\s*\\*[\"']?(?P<name>Ref|Fn::\w+)\\*[\"']?\s*:\s*"
"""What may stand before a value: an anchor, a tag, the name of a function."""

NAMING = frozenset(("Condition", "FindInMap", "GetAZs", "GetAtt", "GetStackOutput", "ImportValue", "Ref"))
"""The functions whose arguments are names of other things and no texts of their own."""

_NAMES_ONLY = (
    r"(?:\s|,|!(?:Ref|GetAtt|ImportValue)\s+(?:[\w.:]+|'[\w.:]+'|\"[\w.:]+\")"
    r"|(?:var|local|module|data|aws_\w+)(?:\.\w+|\[\d+\])+)*\]"
)
"""What is left of a list that has names of other things only."""

_NO_SCALAR = frozenset(("!", "{", "[", "|", ">", "*", "&", "<", "#", ""))
_NO_WORD_OF_SHELL = frozenset(("{", "|", ">", "<", ""))
"""With what no value begins that stands on the line itself."""

EXPRESSION = regex(
    r"(?:(?:var|local|module|data|each|path|self|aws_\w+|random_\w+)[.\[].*|[a-z]\w*\(.*"
    r"|(?:null|None|~|(?i:true|false|yes|no)|string|number|bool|any)\s*)"
)
"""A value without quotes that is no text of its own: Terraform's references, calls and types, booleans and null."""


NAMES = frozenset(("Name", "Key", "ParameterKey", "OptionName", "name", "key"))
VALUES = frozenset(("Value", "ParameterValue", "value", "Default", "default"))
"""The keys of a name, and of what stands under it: of variables, tags, parameters and outputs."""

MARKS = frozenset(("NoEcho", "sensitive", "ephemeral"))
"""The keys that make what stands beside them secret."""

_WORD = r"[A-Za-z_][\w.-]*"
_SIGNS = ("sensitive", "ephemeral", "NoEcho", "SecureString", "\\u", "\\x")
"""What a file may have, if it has no name of a secret, by which something in it is secret."""


def may_have_places(text: str) -> bool:
    """Whether a file's text may have secrets at all, at first sight."""
    return any(sign in text for sign in _SIGNS) or any(map(is_secret_name, set(re.findall(_WORD, text))))


_NUMBERS = regex(r"(?<![\w.,:/-])-?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?(?:ms|[smhdx])?(?![\w/-]|\.\w)")
_SEVERAL = regex(f"{WORDS}(?: {WORDS})+")
_ONE_OR_MORE = regex(f"{WORDS} (artifact|attempt|day|instance|period|replica|shard|task)s?(?!\\w)")


def without_numbers(words: str) -> str:
    """A sentence about a secret without any number, and without a plural that tells whether it is 1.

    Whatever a rule computed: its source doesn't have to say which number is of the secret, and a limit that stays in
    all sentences but those where it equals the secret would tell it.
    """
    if WORDS not in (hidden := _NUMBERS.sub(WORDS, words)):
        return words
    return _ONE_OR_MORE.sub(rf"{WORDS} \1s", _SEVERAL.sub(WORDS, hidden))


def hidden_in(text: str) -> Iterator[str]:
    """The secrets that a text of one or several lines holds under the names of secrets."""
    for line in text[:_LONGEST].split("\n"):
        yield from (line[first:last] for first, last in named(line))


def without_named(text: str) -> str:
    """A text without what it holds under the names of secrets, and without what looks like one."""
    shown = []
    for line in text.split("\n"):
        at = 0
        for first, last in sorted([*named(line), *(match.span() for match in keys().finditer(line))]):
            if first >= at:
                shown += [line[at:first], WORDS]
            at = max(at, last)
        shown += [line[at:], "\n"]
    return without_keys("".join(shown[:-1]))


_TOLD = regex(
    r"(?<![\w.-])(?P<name>[A-Za-z_][\w.-]{0,120})[\"'`]?\s+(?:is|was|are|equals)\s+[\"'`]?(?P<value>[^\s\"'`]+)"
)
_PLAIN_WORD = regex(r"[A-Za-z]?[a-z]*[.,;:!?)]*")


def without_told(text: str) -> str:
    """A sentence without its secrets, also where it tells one in words: "password is x1y2". A plain word tells how a
    secret is, as in "password is rotated"."""
    shown, at = "", 0
    for match in _TOLD.finditer(text[:_LONGEST]):
        if is_secret_name(match["name"]) and not _PLAIN_WORD.fullmatch(match["value"]):
            shown, at = shown + text[at : match.start("value")] + WORDS, match.end("value")
    return without_named(shown + text[at:])


def without_secrets_in(value: Any, *, is_named: bool = False) -> Any:
    """A value without what looks like a secret, or stands under the name of one, in a text such as a reason or a map.

    is_named: whether it stands under such a name.
    """
    if isinstance(value, Mapping):
        return {
            without_keys(str(name)): without_secrets_in(part, is_named=is_named or is_secret_name(str(name)))
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [without_secrets_in(part, is_named=is_named) for part in value]
    if is_named and value is not None and not isinstance(value, bool):
        return WORDS
    return without_named(value) if isinstance(value, str) else value


def named(line: str) -> Iterator[Range]:
    """The values in a line that stand under the names of secrets."""
    may_name = "{{resolve:" in line or ":secret:" in line
    searched = re.sub(_NAMED_ONLY, lambda match: "\0" * len(match[0]), line) if may_name else line
    for pattern in (_NAMED, _OPTION):
        end = 0
        for match in pattern.finditer(searched):
            # What stands in a value that is hidden needs no look.
            if match.start() >= end and is_secret_name(match["name"]):
                is_shell = pattern is _OPTION or (match["sign"] == "=" and line[match.end() - 1] == "=")
                for found in value_at(line, match.end(), is_shell=is_shell):
                    end = found[1]
                    yield found


def value_at(line: str, start: int, *, is_shell: bool = False) -> Iterator[Range]:
    """The characters of the value that begins at an index; none if it is a reference, a mapping or a switch.

    Of a call of CloudFormation's functions it is all of the argument, unless that only names something.
    """
    function, start = ("", start) if is_shell else _argument(line, start)
    if function in NAMING:
        return
    quote = re.compile(r"\\*[\"']").match(line, start)
    if quote is not None:
        end = _end_of_quoted(line, quote)
        if not is_shown(line[quote.end() : end]):
            yield quote.end(), end
        return
    first = line[start : start + 1]
    if (first == "[" and not is_shell) or (first == "{" and function):
        end = _end_of_flow(line, start)
        # The first argument of Fn::If is the name of a condition.
        rest = re.sub(r"^\s*[\w.]+\s*,", "", line[start + 1 : end]) if function == "If" else line[start + 1 : end]
        has_texts = rest.strip(" []{},") and re.fullmatch(_NAMES_ONLY, rest) is None
        if has_texts and "{{resolve:" not in line[start:end]:
            yield start, end
        return
    is_command = is_shell and line.startswith(("$(", "`"), start)
    if is_command or first in (_NO_WORD_OF_SHELL if is_shell else _NO_SCALAR):
        return
    near = max(start - _NEAR, 0)
    is_flow = line.count("{", near, start) > line.count("}", near, start)
    stop = r"[\s;&\"'`,)]" if is_shell else r"[,}\]]|\s#" if is_flow else r"\s#"
    match = re.compile(stop).search(line, start)
    end = len(line.rstrip()) if match is None else match.start()
    end -= line.endswith(",", start, end)
    written = line[start:end]
    if not is_shown(written) and EXPRESSION.fullmatch(written) is None:
        yield start, end


def _argument(line: str, start: int) -> tuple[str, int]:
    """The last tag or function before a value, "" without one, and where the value begins behind it and an anchor."""
    before = re.compile(_BEFORE)
    function = ""
    while function not in NAMING and (match := before.match(line, start)) is not None:
        function = (match["tag"] or match["name"] or function).removeprefix("Fn::")
        start = match.end()
    return function, start


def is_shown(text: str) -> bool:
    """Whether a text says only where a secret is, with what stands in it for something else or without that."""
    return is_reference(text) or is_reference(re.sub(r"\$\{[^{}]*\}", "", text))


def _end_of_quoted(line: str, quote: re.Match[str]) -> int:
    end = line.find(quote[0], quote.end())
    while end > 0 and len(quote[0]) == 1 and line[end - 1] == "\\":
        end = line.find(quote[0], end + 1)
    return len(line) if end < 0 else end


def _end_of_flow(line: str, start: int) -> int:
    """The index behind the bracket that closes the one at `start`; the end of the line if it is not closed there."""
    depth, at = 0, start
    sign = re.compile(r"\\*[\"']|[\[\]{}]")
    while (match := sign.search(line, at)) is not None:
        at = match.end()
        if match[0] in ("[", "{"):
            depth += 1
        elif match[0] in ("]", "}"):
            depth -= 1
        else:
            at = min(_end_of_quoted(line, match) + len(match[0]), len(line))
        if depth == 0:
            return at
    return len(line)


def is_said(text: str) -> bool:
    """Whether a text only says where a secret is."""
    return "{{resolve:" in text or is_shown(text)
