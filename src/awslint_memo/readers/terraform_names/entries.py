"""Reads names.txt, whose first lines describe its notation: finds its entries, and reads an entry when it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from os.path import dirname, join
from typing import Any, cast

from awslint_memo.model.properties import argument_name
from awslint_memo.model.record import record
from awslint_memo.model.value import Scalar
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap
from awslint_memo.readers.terraform_names.converters import CONVERTERS

NONE = "-"
"""Stands in names.txt for a Terraform type or argument that does not exist."""

SECTIONS = ("attributes", "beside", "settings")


@record(frozen=True)
class Entry:
    """The lines of a Terraform type. owner, into: those of a `Companion`; a type of its own has no owner."""

    type: str
    lines: Sequence[str]
    owner: str = ""
    into: str = ""

    def type_map(self) -> TypeMap:
        """The maps of a type of its own."""
        sections = self._sections()
        beside = cast("dict[Any, PropertyMap]", dict(sections["beside"]))
        attributes = _by_argument(sections["attributes"])
        return TypeMap(self.type, dict(sections[""]), attributes, beside, dict(sections["settings"]))

    def companion(self) -> Companion:
        """The maps of a companion."""
        sections = self._sections()
        return Companion(self.type, self.owner, dict(sections[""]), self.into, _by_argument(sections["attributes"]))

    def _sections(self) -> dict[str, list[tuple[str, PropertyMap]]]:
        """The properties in each section, those outside of all under an empty name."""
        sections: dict[str, list[tuple[str, PropertyMap]]] = {name: [] for name in ("", *SECTIONS)}
        for line, below in _with_those_below(self.lines):
            name, _, rest = line.partition(":")
            if name not in SECTIONS:
                sections[""] += _of_line(line, below)
            elif rest:
                sections[name] += _of_line(rest.strip(), below)
            else:
                sections[name] += _of_lines(below)
        return sections


class Index:
    """What names.txt contains. entries: by Terraform type. without: types of CloudFormation without an equivalent."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.without: set[str] = set()
        self.blocks: dict[str, Sequence[str]] = {}
        for heading, below in _with_those_below(_lines()):
            names, _, text = heading.partition(": ")
            if not text:
                self.blocks[names] = below
            elif names == NONE:
                self.without.update(text.split(", "))
            else:
                type_, *words = text.split(" ")
                options = dict(zip(words[::2], words[1::2], strict=True))
                entry = Entry(type_, below, options.get("by", ""), options.get("into", ""))
                self.entries.update(dict.fromkeys(names.split(", "), entry))


@cache
def index() -> Index:
    """The index of names.txt."""
    return Index()


def _lines() -> list[str]:
    """The lines of names.txt, without comments."""
    # As data of the package, which may be in an archive.
    data = cast("Any", __spec__).loader.get_data(join(dirname(__file__), "names.txt"))
    lines = cast("bytes", data).decode().splitlines()
    return [line for line in lines if line and not line.lstrip(" ").startswith("#")]


def _with_those_below(lines: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Each line with the indentation of the first, with the lines that are indented below it."""
    if not lines:
        return
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    starts = [number for number, line in enumerate(lines) if line[indent] != " "]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start][indent:], lines[start + 1 : end]


def _of_lines(lines: Sequence[str]) -> Iterator[tuple[str, PropertyMap]]:
    for line, below in _with_those_below(lines):
        yield from _of_line(line, below)


def _of_line(line: str, below: Sequence[str]) -> Iterator[tuple[str, PropertyMap]]:
    """The properties of a line. What follows " > ", or is below, is in the block of the last one before that."""
    first, arrow, rest = line.partition(" > ")
    *items, last = first.split(", ")
    for item in items:
        yield from _of_item(item, None)
    yield from _of_item(last, dict(_of_line(rest, below) if arrow else _of_lines(below)) or None)


def _of_item(item: str, within: dict[str, PropertyMap] | None) -> Iterator[tuple[str, PropertyMap]]:
    if item.startswith("*"):
        yield from _block(item)
        return
    first, *words = item.split(" ")
    name = first.removesuffix(":").removesuffix("[]")
    attribute = words.pop(0) if first.endswith(":") else argument_name(name)
    options = dict(zip(words[::2], words[1::2], strict=True))
    yield (
        name,
        PropertyMap(
            "" if attribute == NONE else attribute,
            default=_scalar(options.pop("=", None)),
            within=within,
            many="[]" in first,
            read=CONVERTERS[options.pop("via")] if "via" in options else None,
            older=options.pop("or", ""),
            is_sent_empty=options.pop("even", "") == "empty",
        ),
    )
    if options:
        raise ValueError(f"names.txt has an unknown option: {item}")


@cache
def _block(name: str) -> list[tuple[str, PropertyMap]]:
    return list(_of_lines(index().blocks[name]))


def _by_argument(attributes: Sequence[tuple[str, PropertyMap]]) -> dict[str, str]:
    return {attribute.attribute: name for name, attribute in attributes}


def _scalar(text: str | None) -> Scalar:
    if text is None or not text.isdigit():
        return {"true": True, "false": False}.get(text or "", text)
    return int(text)
