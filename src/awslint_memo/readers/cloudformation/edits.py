"""What an edit of a CloudFormation or SAM template changes: the resources that differ after it, and their properties.

What loops and SAM's transform generate is compared, not the text, so an edit of Globals changes the functions that take
it. Everything else in a template decides which deployments there are, and must be the same before and after the edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Place
from awslint_memo.readers.cloudformation.changed_resources import (
    changed_properties,
    has_same_properties,
    is_harmless_change,
    is_plain,
)
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.cloudformation.variations import StackVariations
from awslint_memo.readers.edit import (
    ALL,
    EVERYTHING,
    NAME,
    TYPE,
    Change,
    Edit,
    Fact,
    change_between,
    moving_only,
    no_edit,
)
from awslint_memo.readers.template import Template, Variations
from awslint_memo.syntax.node import Node, are_alike, entry_lines, fields, text

_COMPARED_AS_RESOURCES = ("Resources", "Globals")

_PIPELINE = "AWS::CodePipeline::Pipeline"
"""What relations find out about the actions of a pipeline is cached, and not noted for each check that asks."""

_ANCHOR = regex(r"[&*](?<![^\s\[{,:-][&*])[\w-]")
"""An anchor or an alias of YAML."""

_SHARING = regex("FindInMap|Conditions|Fn::If|Transform|ForEach|Import")
"""What lets a resource depend on lines that are not its own: decisions, and what generates resources."""


class WrittenTemplate:
    """A template as one run has read it.

    root: as the file has it. documents: one for each set of parameter values that the user named. included: what is in
    other files. beside: opens those that checks ask for.
    """

    is_settled = True

    def __init__(
        self,
        source: Source,
        root: Node,
        documents: Sequence[Document],
        included: Mapping[str, bytes | None],
        beside: FilesBeside,
    ) -> None:
        self._source = source
        self._root = root
        self._documents = documents
        self._included = included
        self._beside = beside

    @property
    def has_own_lines(self) -> bool:
        """Whether the values of each resource depend on its own lines only."""
        return not any(one.search(self._source.text) for one in (_SHARING, _ANCHOR))

    def edit_from(self, before: WrittenTemplate) -> Edit | None:
        """The edit that leads here from an earlier text; None if it changes more than resources."""
        path = self._source.path
        if before._included != self._included or len(before._documents) != len(self._documents):
            return None
        if not self._beside.is_as_in(before._beside):
            return None
        if before._source.text == self._source.text:
            return no_edit(path)
        change = change_between(before._source, self._source)
        moving = moving_only(change, path)
        compared = [_Compared(*pair, moving) for pair in zip(before._documents, self._documents, strict=True)]
        if not all(one.is_of_resources for one in compared):
            return None
        edit = Edit(
            frozenset(fact for one in compared for fact in one.facts),
            frozenset(name for one in compared for name in one.subjects),
            frozenset(_touched(before._root, change)),
            *(change.first, change.last, change.down, path),
            same_units=not any(one.replaced for one in compared),
        )
        lines = [*before._source.lines[change.first - 1 : change.last]]
        lines += self._source.lines[change.first - 1 : change.last_after]
        is_in_place = _are_in_place(before._root, self._root, change, edit)
        return edit if is_in_place and not any(map(_ANCHOR.search, lines)) else None


def written(template: Template, variations: Iterable[Variations]) -> WrittenTemplate | None:
    """The template with its documents; None if an edit may change more than the comparison of documents shows.

    variations: those of the deployments that were checked.
    """
    every = list(variations)
    documents = [one.document for one in every if isinstance(one, StackVariations)]
    if not isinstance(template, CloudFormationTemplate) or len(documents) < len(every):
        return None
    if template.linked or template.nested or template.source.has_odd_line_ends:
        return None
    if any(document.nested or _PIPELINE in document.types for document in documents):
        return None
    return WrittenTemplate(template.source, template.written, documents, template.included, template.beside)


def _touched(root: Node, change: Change) -> Iterator[str]:
    """The resources on whose lines the change is; all, if it is elsewhere too."""
    section = fields(root)["Resources"]
    is_inside = section.span.line <= change.first and change.last <= section.span.end_line
    lines = entry_lines(section).items()
    return (name for name, (first, last) in lines if not is_inside or change.touches(first, last))


def _are_in_place(before: Node, after: Node, change: Change, edit: Edit, *, is_root: bool = True) -> bool:
    """Whether the entries of a mapping that are in both texts stand where the change has moved their lines.

    With duplicate keys, or where parts of the text are equal, they may stand elsewhere.
    """
    lines, lines_after = entry_lines(before), entry_lines(after)
    for name, node in fields(before).items():
        here, there = lines.get(name), lines_after.get(name)
        if here is None or there is None:
            continue
        if not (change.touches(*here) or change.touches_after(*there)):
            if not change.moves(here, there):
                return False
            continue
        pair = node, fields(after)[name]
        is_section = is_root and name == "Resources" and all(isinstance(one.content, Mapping) for one in pair)
        if is_section and not _are_in_place(*pair, change, edit, is_root=False):
            return False
        if not is_section and not _stand_alike(*pair, edit):
            return False
    return True


def _stand_alike(old: Node, new: Node, edit: Edit) -> bool:
    """Whether all parts that two nodes have in common stand where the edit has moved their lines."""
    pending = [(old, new)]
    while pending:
        node, other = pending.pop()
        before, after = node.content, other.content
        places: list[tuple[Place, Place]] = [(node, other)]
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            common = [name for name in before if name in after]
            places += [(node.key(name), other.key(name)) for name in common]
            pending += [(before[name], after[name]) for name in common]
        elif isinstance(before, list) and isinstance(after, list):
            pending += zip(before, after, strict=False)
        elif before != after:
            continue
        if any(edit.moved(place.span) not in (None, there.span) for place, there in places):
            return False
    return True


class _Compared:
    """Two documents, compared resource by resource. moving: how the edit between them moves lines.

    facts: what checks may have read that differs. subjects: the resources of which anything may differ. replaced: those
    that are only in one of the documents, or differ in more than properties.
    """

    def __init__(self, before: Document, after: Document, moving: Edit) -> None:
        self._before = before
        self._after = after
        self._moving = moving
        self.facts: set[Fact] = set()
        self.subjects: set[str] = set()
        self.replaced: set[str] = set()
        self.is_of_resources = self._has_same_rest() and self._has_same_order() and self._compare()

    def _has_same_rest(self) -> bool:
        """Whether the documents have the same other sections, and SAM refers to the same names."""
        before, after = self._before, self._after
        if list(before.sections) != list(after.sections):
            return False
        pairs = ((node, after.sections[name]) for name, node in before.sections.items() if not _is_compared(name))
        is_same = before.sam.is_open == after.sam.is_open and before.sam.aliases == after.sam.aliases
        return is_same and all(are_alike(*pair) for pair in pairs)

    def _has_same_order(self) -> bool:
        before, after = self._before.resources, self._after.resources
        return [name for name in before if name in after] == [name for name in after if name in before]

    def _compare(self) -> bool:
        """Compare all resources; False if one differs in what decides which deployments there are."""
        before, after = self._before.resources, self._after.resources
        rewritten = self._rewritten()
        for name, (_, node) in before.items():
            if name in after and not self._compare_one(name, node, after[name][1], rewritten):
                return False
        added = [(name, after[name][1]) for name in after if name not in before]
        removed = [(name, before[name][1]) for name in before if name not in after]
        if not all(is_plain(node) for _, node in (*added, *removed)):
            return False
        for name, node in (*added, *removed):
            self._replace(name, node)
        return True

    def _rewritten(self) -> set[str]:
        """The resources of the file that are written in another way, of which SAM may generate others."""
        before, after = self._before.sam.written, self._after.sam.written
        return {name for name, node in before.items() if name not in after or not are_alike(node, after[name])}

    def _compare_one(self, name: str, old: Node, new: Node, rewritten: set[str]) -> bool:
        part = self._after.sam.parts.get(name)
        is_other_part = self._before.sam.parts.get(name) != part
        is_generated = new is not self._after.sam.written.get(name)
        if is_generated and (name if part is None else part.written) in rewritten and not self._is_in_place(name):
            self.subjects.add(name)
        if not is_other_part and (are_alike(old, new) if is_generated else name not in rewritten):
            return True
        is_other_type = text(fields(old).get("Type")) != text(fields(new).get("Type"))
        if not (is_plain(old) and is_plain(new) if is_other_type else is_harmless_change(old, new)):
            return False
        changed = None if is_other_part else changed_properties(old, new)
        if changed is None:
            self._replace(name, old)
            self._replace(name, new)
        else:
            self.facts |= {(name, property_) for property_ in changed}
            self.facts |= set() if has_same_properties(old, new) else {(EVERYTHING, name)}
        return True

    def _is_in_place(self, name: str) -> bool:
        """Whether all that a generated resource has in common with the one before stands where its lines were moved:
        after an edit of what it is generated from, that may stand in Globals, or in another event."""
        (place, old), (place_after, new) = self._before.resources[name], self._after.resources[name]
        is_there = self._moving.moved(place.span) in (None, place_after.span)
        return is_there and _stand_alike(old, new, self._moving)

    def _replace(self, name: str, node: Node) -> None:
        self.replaced.add(name)
        self.subjects.add(name)
        self.facts |= {
            (NAME, name),
            (ALL, ""),
            (EVERYTHING, name),
            (name, ""),
            (TYPE, text(fields(node).get("Type")) or ""),
        }


def _is_compared(section: str) -> bool:
    return section in _COMPARED_AS_RESOURCES
