"""Which resources of a state the texts in it name, since a state keeps no references.

An ARN, an address or an id that AWS makes up names one thing only. A name that a person chose may be that of several:
it counts where the argument is called like the type ("bucket", "function_name") and one resource fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.partial import join
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Link, Value
from awslint_memo.readers.plan.evaluation import identifying, word_of
from awslint_memo.readers.state.stored import Stored
from awslint_memo.readers.terraform.instances import is_translated

Named: TypeAlias = "tuple[Stored, str]"
"""A resource, and CloudFormation's name for the attribute that is the text."""

_MADE_UP = regex(r"arn:.*|https?://\S+|[a-z]+(?:-[a-z]+)*-(?:[0-9a-f]{8}|[0-9a-f]{17})|(?:[\w-]+\.){3,}[a-z]+(?::\d+)?")
"""Texts that name one thing only: ARNs, URLs, ids such as vpc-0a1b2c3d, names of hosts."""

_ADDRESS = regex(r"arn:aws[a-z-]*:[a-z0-9-]+:|https://sqs\.")
"""How what stands in a longer text begins that may be the name of a resource."""

_END = regex(r"[\s\"'\\,;<>|(){}\[\]]|$")
"""What ends it."""

_PARTS = regex(r"[/:]")
_WORDS = regex(r"[a-z0-9]+")
_SUFFIXES = ("id", "ids", "name", "names", "identifier", "identifiers", "arn", "arns", "url")
_LONGEST = 2_048
"""The most characters of an ARN or URL in a longer text."""

_MOST_PARTS = 24
"""After how many of its first parts the name of a resource may end there."""

_MOST_NAMED = 100
"""So many resources may have one text before it names none of them."""


class Names:
    """The texts that name the resources of a state."""

    def __init__(self, resources: Iterable[Stored]) -> None:
        self._named: dict[str, list[Named]] = {}
        for resource in resources:
            # Every resource has an id, also one of a type that is in no table.
            for attribute in identifying(resource.type):
                text, word = resource.text(attribute), word_of(resource.type, attribute)
                if text and word:
                    self._named.setdefault(text, []).append((resource, word))

    def value(self, text: str, argument: str, reader: Stored | None, place: Place) -> Value:
        """What a text is that stands in an argument of a resource: a link, a text with links, or just the text.

        argument: the name under which it stands. reader: None for an output.
        """
        whole = self._whole(text, argument, reader)
        if whole is not None:
            return Link(whole[0].address, whole[1], place)
        starts = [match.start() for match in _ADDRESS.finditer(text)]
        if not starts:
            return Known(text, place)
        return join([*self._pieces(text, starts, place)], place)

    def _whole(self, text: str, argument: str, reader: Stored | None) -> Named | None:
        """The resource that a whole text names."""
        every = self._named.get(text, [])
        if not 0 < len(every) <= _MOST_NAMED:
            return None
        is_sure = _MADE_UP.fullmatch(text) is not None
        named = _only(every if is_sure else [*_by_type(every, argument)], text, reader)
        is_own = named is not None and named[0] is reader and argument in identifying(reader.type)
        return None if is_own else named

    def _pieces(self, text: str, starts: Sequence[int], place: Place) -> Iterator[Value]:
        done = 0
        for start in starts:
            found = self._at(text, start) if start >= done else None
            if found is not None:
                (resource, word), end = found
                yield Known(text[done:start], place)
                yield Link(resource.address, word, place)
                done = end
        yield Known(text[done:], place)

    def _at(self, text: str, start: int) -> tuple[Named, int] | None:
        """The resource whose ARN or URL, or that of a part of it, stands in a text from a character on, and its end."""
        end = _END.search(text, start, start + _LONGEST)
        ends = [] if end is None else [end.start()]
        parts = _PARTS.finditer(text, start, ends[0]) if ends else iter(())
        ends += [match.start() for match in islice(parts, _MOST_PARTS)]
        for last in sorted(ends, reverse=True):
            written = text[start:last]
            every = self._named.get(written, [])
            named = _only(every, written) if 0 < len(every) <= _MOST_NAMED else None
            if named is not None:
                return named, last
        return None


def _only(every: Iterable[Named], text: str, reader: Stored | None = None) -> Named | None:
    """The resource that is meant, of those that have a text; None if several may be.

    reader: names it, so that one of those that it depends on is meant.
    """
    own = {id(resource): (resource, word) for resource, word in _in_order(every, text)}
    types = {resource.type for resource, _ in own.values()}
    # The policy of a queue has the id of the queue.
    types = {type_ for type_ in types if not any(type_.startswith(f"{other}_") for other in types)}
    candidates = [named for named in own.values() if named[0].type in types]
    if len(candidates) > 1:
        candidates = [named for named in candidates if is_translated(named[0].type)]
    if len(candidates) > 1 and reader is not None:
        candidates = [named for named in candidates if named[0].block in reader.dependencies]
    return candidates[0] if len(candidates) == 1 else None


def _in_order(every: Iterable[Named], text: str) -> list[Named]:
    """With the word last that says best what a text is: the ARN, or else the reference."""
    is_arn = text.startswith("arn:")
    return sorted(every, key=lambda named: named[1].lower().endswith("arn") if is_arn else named[1] == "Ref")


def _by_type(every: Iterable[Named], argument: str) -> Iterator[Named]:
    """Those whose type is called as an argument says: "function_name" or FUNCTION_NAME names a function."""
    words = re.findall(_WORDS.pattern, argument.lower())
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    for named in every:
        if words and words[-1].removesuffix("s") in named[0].type.split("_")[1:]:
            yield named
