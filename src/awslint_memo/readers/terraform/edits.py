"""What an edit of a Terraform root module changes, where that is certain: arguments of one resource."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.readers.edit import ALL, EVERYTHING, NAME, TYPE, Change, Edit, Fact, change_between, no_edit
from awslint_memo.readers.property_maps import PropertyMap
from awslint_memo.readers.template import Deployments, Template
from awslint_memo.readers.terraform.blocks import DEPENDS_ON
from awslint_memo.readers.terraform.configuration import NativeConfiguration
from awslint_memo.readers.terraform.roots import TerraformDirectory
from awslint_memo.readers.terraform.variations import TerraformVariations
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS
from awslint_memo.syntax.hcl.document import Block, Item
from awslint_memo.syntax.hcl.portions import Portion

_OPEN = regex(
    r"\b(?:var|local|module|data|each|count|self|path|terraform)\b|\?|%\{|\bfor\b|<<|\*|\b(?!jsonencode\b)[a-z_0-9]+\("
)
"""What may stand for something that is decided elsewhere, or differs between deployments."""

_FILES = regex(r"file\w*\(|\bbuildspec\b")
"""Functions that read other files, and an argument that names one, which may change too."""

_CHOOSING = frozenset(("count", "dynamic", "for_each"))
_META = frozenset(("connection", "depends_on", "lifecycle", "provider", "provisioner"))
"""Arguments and blocks that say something else than properties."""

_COMPUTED = frozenset(("arn", "id", "invoke_arn", "qualified_arn", "stream_arn", "url"))
"""Attributes that the provider gives, which are references whatever the arguments are."""

_NAMING = regex(r"name|bucket|identifier|prefix|family|^id$|_id$|region")
"""Arguments that attributes such as the ARN are made of."""


class WrittenDirectory:
    """A root module as one run has read it."""

    has_own_lines = True

    def __init__(self, directory: TerraformDirectory, variations: TerraformVariations) -> None:
        self._directory = directory
        self._variations = variations

    @property
    def is_settled(self) -> bool:
        """Whether the checks so far met nothing in which deployments differ."""
        return self._variations.is_undecided

    def edit_from(self, before: WrittenDirectory) -> Edit | None:
        """The edit that leads here from an earlier text; None if it is not one of a single resource."""
        return edit_between(before._directory, self._directory)


def written(template: Template, judged: Deployments) -> WrittenDirectory | None:
    """A root module of which each resource stands for itself: it calls no modules, and all files are native."""
    variations = judged.variations
    if not isinstance(template, TerraformDirectory) or not isinstance(variations, TerraformVariations):
        return None
    if judged.problems or template.sections.modules or template.values is None or not variations.is_undecided:
        return None
    for file in template.files:
        if (
            not isinstance(file, NativeConfiguration)
            or file.source.has_odd_line_ends
            or _FILES.search(file.source.text)
        ):
            return None
    return WrittenDirectory(template, variations)


def edit_between(old: TerraformDirectory, new: TerraformDirectory) -> Edit | None:
    """The edit that makes a separable module of another one; None if it is not one of a single resource."""
    pairs = list(zip_longest(old.files, new.files))
    if any(one is None or other is None or one.source.path != other.source.path for one, other in pairs):
        return None
    changed = [(one, other) for one, other in pairs if one.source.data != other.source.data]
    if len(changed) > 1 or old.values != new.values:
        return None
    if not changed:
        return no_edit(new.source.path)
    before, after = changed[0]
    if not (isinstance(before, NativeConfiguration) and isinstance(after, NativeConfiguration)):
        return None
    change = change_between(before.source, after.source)
    found = _edited(before, after, change)
    if found is None or (found.names and not _is_apart(new, found)):
        return None
    facts: set[Fact] = {(found.address, property_) for property_ in found.properties}
    facts |= {(EVERYTHING, found.address)} if found.names else set()
    if found.is_beside:
        facts |= {(NAME, found.address), (ALL, ""), (TYPE, TYPE_MAPS[found.type].type)}
    touched = frozenset({found.address} if found.type else ())
    subjects = frozenset[str]() if found.says_the_same else touched
    return Edit(frozenset(facts), subjects, touched, change.first, change.last, change.down, after.source.path)


@record(frozen=True)
class _Edited:
    """The resource of which something changed, and the names of its arguments and blocks that did.

    has_same: whether it has the same arguments and blocks as before.
    """

    type: str
    name: str
    names: frozenset[str]
    has_same: bool = True

    @property
    def address(self) -> str:
        """Its address."""
        return f"{self.type}.{self.name}"

    @property
    def says_the_same(self) -> bool:
        """Whether what changed is noted wherever it is read: which arguments there are is not, of which fixes ask."""
        return not self.names or (self.has_same and not self.is_beside)

    @property
    def properties(self) -> Iterator[str]:
        """CloudFormation's names of what changed."""
        table = TYPE_MAPS.get(self.type)
        return (
            name
            for name, property_map in (table.properties if table else {}).items()
            if _asks(property_map, self.names)
        )

    @property
    def is_beside(self) -> bool:
        """Whether some of these arguments say something beside the properties, which is not noted where it is read."""
        table = TYPE_MAPS.get(self.type)
        beside = () if table is None else (*table.settings.values(), *table.beside.values())
        return any(
            not property_map.arguments or not self.names.isdisjoint(property_map.arguments) for property_map in beside
        )


def _asks(one: PropertyMap, names: frozenset[str]) -> bool:
    """Whether a property is made of some of these arguments."""
    return not names.isdisjoint(one.arguments) or (
        not one.attribute and any(_asks(inner, names) for inner in (one.within or {}).values())
    )


def _edited(before: NativeConfiguration, after: NativeConfiguration, change: Change) -> _Edited | None:
    """What changed; without names if nothing did but blanks and comments. None if more than one resource did."""
    was, now = _Side(before.root.portions, change.old), _Side(after.root.portions, change.new)
    if was.number != now.number:
        return None
    touched = {*was.touched, *now.touched}
    if not touched:
        return _Edited("", "", frozenset())
    (text, one, stretch), (text_after, other, stretch_after) = (side.at(min(touched)) for side in (was, now))
    if len(touched) > 1 or not (isinstance(one, Block) and isinstance(other, Block)) or _head(one) != _head(other):
        return None
    kind, *labels = _head(other)
    if kind != "resource" or labels[0] not in TYPE_MAPS or labels[0] in COMPANIONS:
        return None
    names = frozenset((*_changed(one.items, stretch), *_changed(other.items, stretch_after)))
    said, said_after = ([item.name.text for item in block.items] for block in (one, other))
    if not ({*said, *said_after}.isdisjoint(_CHOOSING) and names.isdisjoint(_META)):
        return None
    sides = ((text, one), (text_after, other))
    if any(_OPEN.search(part) for text, block in sides for part in _parts(text, block, names)):
        return None
    return _Edited(labels[0], labels[1], names, said == said_after)


class _Side:
    """The items of a file on one side of an edit. number: how many. touched: the places of those in a stretch of it."""

    def __init__(self, portions: Sequence[Portion], stretch: tuple[int, int]) -> None:
        self._portions = portions
        self._stretch = stretch
        self.touched: list[int] = []
        self.number = 0
        for portion in portions:
            items = portion.passage.document.items
            if portion.start <= stretch[1] and stretch[0] <= portion.end:
                inner = self._within(portion)
                self.touched += [self.number + at for at, item in enumerate(items) if _touches(inner, item)]
            self.number += len(items)

    def _within(self, portion: Portion) -> tuple[int, int]:
        return self._stretch[0] - portion.start, self._stretch[1] - portion.start

    def at(self, number: int) -> tuple[str, Item, tuple[int, int]]:
        """The item at a place, with the text that its offsets are of, and the stretch in these offsets."""
        for portion in self._portions:
            items = portion.passage.document.items
            if number < len(items):
                return portion.passage.text, items[number], self._within(portion)
            number -= len(items)
        raise IndexError(number)


def _touches(stretch: tuple[int, int], item: Item) -> bool:
    return item.name.start <= stretch[1] and stretch[0] <= item.end


def _head(block: Block) -> list[str]:
    return [block.name.text, *(label.text for label in block.labels)]


def _changed(items: Iterable[Item], stretch: tuple[int, int]) -> Iterator[str]:
    return (item.name.text for item in items if _touches(stretch, item))


def _parts(text: str, block: Block, names: frozenset[str]) -> Iterator[str]:
    """What stands in the arguments and blocks of these names."""
    return (text[item.name.start : item.end] for item in block.items if item.name.text in names)


def _is_apart(directory: TerraformDirectory, edited: _Edited) -> bool:
    """Whether no other part of a module is made of what changed of a resource."""
    if any(map(_depends, {type_ for type_, _ in directory.sections.resources})):
        return False
    name = re.escape(edited.address)
    used = re.compile(rf"{name}(?<!\w{name})\b(?:\.([\w-]+))?")  # It begins with a text, which is found at once.
    asked = {match[1] for file in directory.files for match in used.finditer(file.source.text)}
    return not asked or (asked <= _COMPUTED and not any(map(_NAMING.search, edited.names)))


def _depends(type_: str) -> bool:
    """Whether it counts for a type which blocks it depends on: whatever a block refers to is among these."""
    table = TYPE_MAPS.get(type_)
    return table is not None and any(property_map.attribute == DEPENDS_ON for property_map in table.beside.values())
