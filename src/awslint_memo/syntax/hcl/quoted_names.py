"""Arguments with names in quotes, which Terraform up to 0.11 allowed in the blocks that it took for maps.

    tags {
      "Name" = "orders"
    }

The grammar does not know them, so a masked text gets plain names of the same length for them.
"""

from __future__ import annotations

from awslint_memo.model.lazy import regex

_LINE = regex(r"[^\n]*\n?")
_OPENS = regex(r'[ \t]*[A-Za-z_][\w-]*(?:[ \t]+"[^"\n]*")*[ \t]*\{[ \t\r]*(?:(?:#|//)[^\n]*)?\n')
"""The first line of a block; with an equals sign it would be an object, whose keys may have quotes in each version."""

_NAME = regex(r'[ \t]*("(?:[^"\n$]*|[^"\n$]*\$\{[^\n]*\}[^"\n$]*)")[ \t]*=(?![=>])')
_CLOSES = regex(r"[ \t]*\}")
_LEAVES = regex(r"(?:[\[{(]|<<-?\w+)[ \t\r]*(?:(?:#|//)[^\n]*)?\n")
"""The end of a line behind which no argument of the block begins: of a list, an object, a call or a heredoc."""

_LONGEST = 500
"""The most characters of a line that is looked at; a name has few."""


def with_plain_names(text: str) -> tuple[str, list[int]]:
    """A masked text with plain names for those in quotes, and the offsets of these; the same text if it has none.

    Only names on lines of their own count, of blocks where nothing before them spans lines, as it may have such keys
    and mean an object by them.
    """
    parts: list[str] = []
    found: list[int] = []
    is_body, at = False, 0
    for match in _LINE.finditer(text):
        line, at = match[0], match.start()
        name = _NAME.match(line) if is_body and len(line) <= _LONGEST else None
        if name is not None:
            found.append(at + name.start(1))
            line = f"{line[: name.start(1)]}{'a' * len(name[1])}{line[name.end(1) :]}"
        parts.append(line)
        if _OPENS.fullmatch(line):
            is_body = True
        elif _CLOSES.match(line) or _LEAVES.search(line):
            is_body = False
    return "".join(parts), found
