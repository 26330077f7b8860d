"""What the placeholders in the definition of a state machine stand for: `${Name}`, given by DefinitionSubstitutions.

They are replaced in the text of a definition before Step Functions gets it, numbers and keys included
(AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html, read on 2026-12-02).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import is_

from awslint_memo.model.dependencies import note_reads, note_unknown, note_value, noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.origin import Route
from awslint_memo.model.partial import OpenFields, join
from awslint_memo.model.value import Known, Unknown, Value

PLACEHOLDER = regex(r"\$\{([A-Za-z0-9_]+)\}")
PROPERTY = "DefinitionSubstitutions"

_QUOTED = regex(r'"(?:[^"\\]|\\[\s\S])*"')
_MOST_DEPTH = 60
"""How deep a definition is followed; one that nests more is not written by anybody."""


class Substitutions:
    """What the placeholders of a machine stand for.

    Reading the property counts for nobody: a check depends on what stands for the placeholders that it looks at.
    """

    def __init__(self, machine: Resource) -> None:
        with noted() as reads:
            self._given = machine.get(PROPERTY)
        note_reads(reads)
        self._machine = machine

    def of(self, name: str, at: Value) -> Value:
        """What stands for a placeholder that is written in a value; Unknown where nobody knows it."""
        with noted():
            found = self._given.get(name)
        if not self._given.is_known and not self._given.is_absent:
            found = Unknown("substitutions that are not known", at.place)
        elif found.is_absent:
            found = Unknown(f"{name}, for which nothing is given", at.place)
        if isinstance(found, Known) and found.origin.steps:
            note_value(self._machine.name, f"{PROPERTY}.{name}", found)
        if found.route is None:
            found.route = Route(self._machine.name).below(PROPERTY).below(name)
        return found

    def in_text(self, value: Value) -> Value:
        """A text with what its placeholders stand for; the same object if it has none."""
        text = value.text
        if text is None or "${" not in text:
            return value
        pieces = PLACEHOLDER.split(text)
        if len(pieces) == 1:
            return value
        parts: list[Value] = [Known(piece, value.place, value.origin) for piece in pieces]
        parts[1::2] = [self.of(name, value) for name in pieces[1::2]]
        return join(parts, value.place)

    def outside_of_texts(self, value: Value) -> Value:
        """A JSON text with what stands for the placeholders that are no part of a text in it: numbers and the like.

        Where it comes from stays what decides all that is known of it.
        """
        written = value.content if isinstance(value, Known) else None
        if not isinstance(value, Known) or not isinstance(written, str) or "${" not in _QUOTED.sub("", written):
            return value
        parts = [Known(part, value.place, value.origin) if isinstance(part, str) else part for part in self._in(value)]
        made = join(parts, value.place)
        return value.having(made.text) if made.text is not None else made

    def _in(self, value: Known) -> Iterator[str | Value]:
        """The pieces of a JSON text, and what is not known where placeholders stand outside of texts."""
        written, at = str(value.content), 0
        for match in (*_QUOTED.finditer(written), None):
            pieces = PLACEHOLDER.split(written[at : match.start() if match else len(written)])
            for number, piece in enumerate(pieces):
                found = self.of(piece, value) if number % 2 else None
                yield piece if found is None else found if found.text is None else found.text
            if match:
                yield match[0]
                at = match.end()

    def in_whole(self, value: Value, depth: int = _MOST_DEPTH) -> Value:
        """A definition, or a part of one, with what its placeholders stand for; the same object if it has none."""
        if not isinstance(value, Known) or not depth:
            return value
        content = value.content
        if isinstance(content, list):
            items = [self.in_whole(item, depth - 1) for item in content]
            return value if all(map(is_, items, content)) else value.having(items)
        if not isinstance(content, Mapping):
            return self.in_text(value)
        fields = {key: self.in_whole(child, depth - 1) for key, child in content.items()}
        if any("${" in key for key in content):
            return value.having(self._with_keys(fields, value))
        is_same = all(fields[key] is child for key, child in content.items())
        return value if is_same else value.having(_like(content, fields))

    def _with_keys(self, fields: Mapping[str, Value], whole: Known) -> Mapping[str, Value]:
        """Fields with what the placeholders in their keys stand for."""
        keys = {key: self.in_text(Known(key, whole.place)) for key in fields}
        known = {key.text: fields[written] for written, key in keys.items() if key.text is not None}
        unknown = next((key for key in keys.values() if key.text is None), None)
        if unknown is None:
            return known
        why = Unknown(unknown.why, whole.place)
        why.route = Route(self._machine.name).below(PROPERTY)
        return OpenFields(known, why)


def _like(content: Mapping[str, Value], fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Fields that may not be all, where those of some content may not."""
    return OpenFields(fields, content.rest) if isinstance(content, OpenFields) else fields


def noting_pieces(value: Value) -> Value:
    """The value; where it is a text of which a piece is not known, that is noted, as nothing follows from the whole."""
    for piece in value.pieces:
        if isinstance(piece, Unknown):
            note_unknown(piece)
    return value


def noting_text(value: Value) -> str | None:
    """The text that a value is. What is none is noted as not known: where a name or a number has to stand, the
    reference to a resource says nothing."""
    if value.text is None and not value.is_absent:
        note_unknown(value)
    return value.text
