"""What is not known as a whole: mappings that may have more fields, text with unknown pieces, what SOPS encrypted, and
variables of the Serverless Framework.

https://getsops.io/docs/ (read on 2026-11-26): each value of a YAML or JSON file is encrypted by itself, and what SOPS
needs to decrypt them stands beside them under the key `sops`.

https://www.serverless.com/framework/docs/guides/variables (read on 2026-11-30): the framework fills variables in before
CloudFormation gets the template, with what stands in another file, on the command line or in an account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import is_

from awslint_memo.model.budget import allows_text
from awslint_memo.model.lazy import regex
from awslint_memo.model.origin import SECRET, Origin, computed_from
from awslint_memo.model.secret import is_reference, is_secret_name
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Content, Known, Link, Text, Unknown, Value


class OpenFields(dict[str, Value]):
    """Fields that may not be all (a macro may add some): what is not there is not known to be missing."""

    def __init__(self, fields: Mapping[str, Value], rest: Unknown) -> None:
        super().__init__(fields)
        self.rest = rest

    def get(self, key: str, default: object = None) -> Value:
        """The field, or Unknown."""
        return super().get(key, self.rest)


def join(values: list[Value], place: Place) -> Value:
    """One text out of several: known where all are, the value itself where it stands alone, else a Text."""
    every = [piece for value in values for piece in value.pieces]
    # The texts themselves are made afterwards: of one piece that stands there thousands of times, each is a copy.
    if len(every) > 1 and not allows_text(sum(map(_length, every))):
        return Unknown("a text too long to follow", place, anything=True)
    pieces = [(piece, piece.text) for piece in every]
    parts: list[Value] = []
    for is_text, group in groupby(pieces, lambda pair: pair[1] is not None):
        # What is empty had a say in it too, where somebody may give it a value.
        here = [(piece, text) for piece, text in group if text != "" or piece.origin.steps]
        if not is_text or len(here) == 1:
            parts += [piece for piece, text in here if text != ""]
        elif not any(text for _, text in here):
            continue
        else:
            origin = computed_from([piece.origin for piece, _ in here])
            parts.append(Known("".join(text or "" for _, text in here), place, origin))
    if not parts:
        return Known("", place, computed_from([piece.origin for piece, _ in pieces]))
    if len(parts) == 1 and not isinstance(parts[0], Absent):
        return parts[0]
    return Text(tuple(parts), place)


_OF_A_PIECE = 16
"""How many characters a piece that is not known counts as: it stays an object in each text that is made of it."""


def _length(piece: Value) -> int:
    if isinstance(piece, Known) and isinstance(piece.content, str):
        return len(piece.content)
    return _OF_A_PIECE if (text := piece.text) is None else len(text) or 1


def split(text: Text | Link, separator: str | None, place: Place) -> Known | None:
    """The items of a text of which some pieces are not known; None where one of these may hold the separator.

    Neither an id nor a name nor an ARN has a comma. Where the text was made decides nothing: who splits it chose it.
    """
    is_whole = all(piece.text is not None or _is_single(piece) for piece in text.pieces)
    if separator != "," or not is_whole or text.origin.is_sensitive:
        return None
    items: list[list[Value]] = [[]]
    for piece in text.pieces:
        first, *others = [piece] if piece.text is None else _cut(piece, separator)
        items[-1].append(first)
        items += [[other] for other in others]
    return Known([join(item, place) for item in items], place)


def _cut(piece: Value, separator: str) -> list[Value]:
    return [Known(part, piece.place, piece.origin) for part in (piece.text or "").split(separator)]


def _is_single(piece: Value) -> bool:
    return isinstance(piece, Link) and (piece.attribute == "Ref" or piece.attribute.endswith(("Arn", "Id")))


def given_by(value: Value, say: Origin, way: Sequence[str | int] = ()) -> Value:
    """The value, all inside it included, with what had a say in it, by an origin that `computed_from` made.

    way: the keys and indexes by which only a part of it is then taken; what stands beside that is as it was.
    """
    if not (say.steps or say.is_sensitive) or not isinstance(value, (Known, Absent, Text)):
        return value
    whole = value.origin.with_computed(say)
    if isinstance(value, Known):
        return value.having(_rebuilt(value.content, say, way), whole)
    rebuilt = (
        Text(tuple(given_by(part, say) for part in value.parts), value.place, whole)
        if isinstance(value, Text)
        else Absent(value.place, whole)
    )
    rebuilt.named, rebuilt.route = value.named, value.route
    return rebuilt


def kept_secret(value: Value) -> Value:
    """The value, all inside it included, as one that nobody may see."""
    if isinstance(value, (Known, Text)):
        return given_by(value, SECRET)
    return value.with_origin(value.origin.with_inputs(SECRET))


def kept_by_name(name: str, value: Value) -> Value:
    """The value that stands under a name: one that nobody may see, if it is the name of a secret and no reference."""
    if not is_secret_name(name) or not isinstance(value, Known) or isinstance(value.content, (bool, Mapping, list)):
        return value
    is_shown = isinstance(value.content, str) and is_reference(value.content)
    return value if is_shown else kept_secret(value)


def chosen_by_secret(value: Value, place: Place) -> Value:
    """The value, all inside it included, which a secret key chose at a place: where it stands would tell the key."""
    if isinstance(value, Known):
        content = value.content
        if isinstance(content, list):
            content = [chosen_by_secret(item, place) for item in content]
        elif isinstance(content, Mapping):
            fields = {key: chosen_by_secret(item, place) for key, item in content.items()}
            content = OpenFields(fields, content.rest) if isinstance(content, OpenFields) else fields
        copy = value._copy(place, SECRET)
        copy.content = content
        return copy
    if isinstance(value, Text):
        return Text(tuple(chosen_by_secret(part, place) for part in value.parts), place, SECRET)
    return value._copy(place, SECRET)


def _rebuilt(content: Content, say: Origin, way: Sequence[str | int]) -> Content:
    if isinstance(content, (str, int, float, type(None))):  # as most are
        return content
    if isinstance(content, list):
        if way and isinstance(way[0], int) and 0 <= way[0] < len(content):
            part = given_by(content[way[0]], say, way[1:])
            return [*content[: way[0]], part, *content[way[0] + 1 :]]
        return [given_by(item, say) for item in content]
    if isinstance(content, OpenFields):
        return OpenFields({key: given_by(item, say) for key, item in content.items()}, content.rest)
    if way and isinstance(way[0], str) and way[0] in content:
        return {**content, way[0]: given_by(content[way[0]], say, way[1:])}
    return {key: given_by(item, say) for key, item in content.items()}


SOPS = "sops"
"""The key in an encrypted file that is none of its values."""

UNREAD = "ENC[\0]"
"""Stands for the text that a program finds out when it deploys; no file holds it."""

_ENCRYPTED = ("ENC[AES256_GCM,", "ENC[PKCS7,", "ENC[GPG,", UNREAD)
ENCRYPTED = "encrypted by SOPS"
"""Why an encrypted value is not known."""


def is_encrypted(text: str | None) -> bool:
    """Whether a text is a value that SOPS or eyaml has encrypted, or stands for one that is not read."""
    return text is not None and text.startswith("ENC[") and text.startswith(_ENCRYPTED)


def readable(value: Value) -> Value:
    """The value, where what is encrypted is not known, and what has the name of a secret is one."""
    if not isinstance(value, Known):
        return value
    content = value.content
    if isinstance(content, str):
        return Unknown(ENCRYPTED, value.place, origin=value.origin) if is_encrypted(content) else value
    if isinstance(content, list):
        items = [readable(item) for item in content]
        is_same = all(one is other for one, other in zip(items, content, strict=True))
        return value if is_same else value.having(items)
    if isinstance(content, Mapping):
        fields = {key: kept_by_name(key, readable(child)) for key, child in content.items()}
        is_same = all(fields[key] is child for key, child in content.items())
        return value if is_same else value.having(fields)
    return value


UNFILLED = regex(r"\b(YOUR|REPLACE)_[A-Z_]+|(?i:\bCHANGE_?ME\b)|<[\w -]+>")
"""A part that somebody is to fill in, as people write it: in capitals, since /your_team/ may be the real one."""

_CROSSED = regex(r"(?<![A-Za-z])[Xx]{4,}(?![A-Za-z])")


def filled(value: Value) -> Value:
    """The value of a variable in a file, all inside it included, which is not known where somebody is to fill it in:
    XXXXX, <name>."""
    content = value.content if isinstance(value, Known) else None
    if not isinstance(value, Known) or not isinstance(content, (str, list, Mapping)):
        return value
    if isinstance(content, list):
        items = [filled(item) for item in content]
        return value if all(map(is_, items, content)) else value.having(items)
    if isinstance(content, Mapping):
        fields = {key: filled(child) for key, child in content.items()}
        return value if all(fields[key] is child for key, child in content.items()) else value.having(fields)
    if not (UNFILLED.search(content) or _CROSSED.search(content)):
        return value
    return Unknown("for somebody to fill in", value.place, origin=value.origin)


VARIABLE = r"(?:(?:cf|custom|env|opt|param|self|sls|ssm)(?:\.[\w-]+)?[:(]|file\()(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"
"""What stands in the braces of a variable of the Serverless Framework, others inside of it included: in
`${self:custom.queue.${opt:stage}}`. CloudFormation has no names with a colon but AWS::Region and the like, and
variables in policies of IAM, as aws:username, begin otherwise."""

_VARIABLE = regex(VARIABLE)
_WRITTEN = regex(r"\$\{(" + VARIABLE + r")\}")


def is_variable(inside: str) -> bool:
    """Whether what stands between `${` and `}` is a variable of the framework."""
    return _VARIABLE.fullmatch(inside) is not None


def variable(inside: str, place: Place, *, is_whole: bool = False) -> Unknown:
    """The value of a variable. is_whole: whether nothing stands beside it, so that it may be a reference too."""
    return Unknown("a variable of the Serverless Framework", place, key=inside, anything=is_whole)


def with_variables(written: str, place: Place) -> Value:
    """A text, of which the framework's variables are not known."""
    pieces: list[Value] = []
    at = 0
    for match in _WRITTEN.finditer(written):
        is_whole = len(match[0]) == len(written)
        pieces += [Known(written[at : match.start()], place), variable(match[1], place, is_whole=is_whole)]
        at = match.end()
    return join([*pieces, Known(written[at:], place)], place) if pieces else Known(written, place)
