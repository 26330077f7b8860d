"""What an edit of a CloudFormation template changes, where that is certain: properties of resources, or whole ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.edit import ALL, NAME, TYPE, Change, Edit, Fact, change_between, no_edit
from awslint_memo.syntax.node import UNREADABLE, Node, descend, entry_lines, fields, plain, text

_WHOLE = (
    *("Transform", "Fn::ForEach", "CloudFormation::Stack", "Serverless::", "ImportValue", "CodePipeline::Pipeline"),
    "<<",
)
"""What makes that a part of a template depends on another: macros, loops, other stacks, merged mappings. What is asked
of the actions of a pipeline is kept and not noted each time."""

_ANCHOR = regex(r"[&*](?<![^\s\[{,:-][&*])[\w-]")
"""An anchor or an alias of YAML."""

_HARMLESS = frozenset(("Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join"))
"""Functions whose results depend on nothing that deployments of a template differ in but parameters.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html (read on 2026-11-27)
"""


def is_separable(template: CloudFormationTemplate) -> bool:
    """Whether each property of a template stands for itself."""
    written = template.source.text
    if template.source.has_odd_line_ends or template.linked or template.nested:
        return False
    return not any(word in written for word in _WHOLE) and not _ANCHOR.search(written)


def are_of_resources(template: CloudFormationTemplate, problems: Sequence[Problem]) -> bool:
    """Whether all problems of a separable template are resources that can't be read: one is while somebody types it."""
    sections, written = fields(template.root), fields(template.written)
    is_whole = all(sections[name] is node for name, node in written.items() if name != "Resources")
    return is_whole and "AWS::Include" not in template.source.text and len(problems) == len(_broken(template))


def _broken(template: CloudFormationTemplate) -> dict[str, bool]:
    """The resources that can't be read, or not all of them, each with whether it is left out."""
    if template.root is template.written:
        return {}
    kept, start = fields(fields(template.root)["Resources"]), f"{UNREADABLE}::"
    names = [key.removeprefix(start) for key in kept if key.startswith(start)]
    return {name: name not in kept for name in names}


def edit_between(old: CloudFormationTemplate, new: CloudFormationTemplate) -> Edit | None:
    """The edit that makes a separable template of another one; None if it is not one of a few resources."""
    if old.source.text == new.source.text:
        return no_edit(new.source.path)
    change = change_between(old.source, new.source)
    if not _is_in_resources(old, new, change):
        return None
    before, after = fields(fields(old.written)["Resources"]), fields(fields(new.written)["Resources"])
    edited = _edited(old, new, change)
    if edited is None:
        return None
    facts: set[Fact] = set()
    replaced = before.keys() ^ after.keys()
    broken = _broken(old), _broken(new)
    for name in edited:
        left_out = broken[0].get(name), broken[1].get(name)
        compare = _difference if left_out == (None, None) else _difference_of_broken(left_out)
        found = compare(name, before[name], after[name], change)
        if found is None:
            replaced.add(name)
        elif not _are_harmless(before[name], after[name], found):
            return None
        else:
            facts |= found
    whole = [(name, one[name]) for name in replaced for one in (before, after) if name in one]
    if not all(_is_plain(node) for _, node in whole):
        return None
    for name, node in whole:
        facts |= {(NAME, name), (ALL, ""), (name, ""), (TYPE, text(fields(node).get("Type")) or "")}
    lines = change.first, change.last, change.down
    sets = frozenset(facts), frozenset(replaced), frozenset(edited)
    return Edit(*sets, *lines, new.source.path, same_units=not replaced)


def _is_in_resources(old: CloudFormationTemplate, new: CloudFormationTemplate, change: Change) -> bool:
    """Whether both texts have the same sections, and other ones than Resources say the same."""
    before, after = fields(old.written), fields(new.written)
    if list(before) != list(after):
        return False
    for name, node in before.items():
        lines = [one.written.key(name).span.line for one in (old, new)]
        is_own = name == "Resources"
        ends = lines if is_own else [node.span.end_line, after[name].span.end_line]
        if change.touches(lines[0], ends[0]) or change.touches_after(lines[1], ends[1]):
            said = [one.source.lines[line - 1].strip() for one, line in zip((old, new), lines, strict=True)]
            if said[0] != said[1] if is_own else not _says_same(node, after[name]):
                return False
    return True


def _says_same(old: Node, new: Node) -> bool:
    """Whether two texts of a part are the same data; 1, 1.0 and true are three values."""
    return repr(plain(old)) == repr(plain(new))


def _edited(old: CloudFormationTemplate, new: CloudFormationTemplate, change: Change) -> list[str] | None:
    """The resources of both texts that the change touches; None if others do not stand where they should."""
    before, after = (entry_lines(fields(one.written)["Resources"]) for one in (old, new))
    if [name for name in before if name in after] != [name for name in after if name in before]:
        return None
    found = []
    for name, lines in before.items():
        now = after.get(name)
        if now is None:
            continue
        if change.touches(*lines) or change.touches_after(*now):
            found.append(name)
        elif not change.moves(lines, now):
            return None
    return found


def _difference(name: str, old: Node, new: Node, change: Change) -> set[Fact] | None:
    """The properties in which two texts of a resource differ; None if they differ in something else."""
    was, now = fields(old), fields(new)
    if was.keys() | {"Properties"} != now.keys() | {"Properties"} or UNREADABLE in was:
        return None
    if not all(_says_same(was[key], now[key]) for key in was if key != "Properties"):
        return None
    before, after = was.get("Properties"), now.get("Properties")
    sides = [one for one in (before, after) if one is not None and one.content is not None]
    if not all(isinstance(one.content, Mapping) for one in sides):
        return None
    found = {
        property_
        for node, touches in ((before, change.touches), (after, change.touches_after))
        for property_, first, last in ([] if node is None else _extents(node))
        if touches(first, last)
    }
    return {(name, property_) for property_ in found | (fields(before).keys() ^ fields(after).keys())}


def _extents(node: Node) -> Iterator[tuple[str, int, int]]:
    """The entries of a mapping, each with the numbers of its first and its last line.

    In YAML, a value in lines of its own ends where the next key begins, on whose line nothing of it stands.
    """
    entries = [(name, node.key(name).span, value.span) for name, value in fields(node).items()]
    following = [(key.line, key.column) for _, key, _ in entries[1:]]
    for (name, key, value), behind in zip_longest(entries, following):
        end = value.end_line, value.end_column
        yield name, key.line, max(key.line, end[0] - (end == behind))


def _difference_of_broken(left_out: tuple[bool | None, bool | None]) -> Callable[..., set[Fact] | None]:
    """What compares two texts of a resource of which one at least can't be read. left_out: as `_broken` tells."""

    def difference(name: str, old: Node, new: Node, _: Change) -> set[Fact] | None:
        was, now = fields(old), fields(new)
        is_same = was.keys() == now.keys() and all(_says_same(was[key], now[key]) for key in was if key != "Properties")
        # If its properties can't be read, each may be anything.
        return {(name, "")} if all(left_out) or (left_out == (False, False) and is_same) else None

    return difference


def _are_harmless(old: Node, new: Node, facts: set[Fact]) -> bool:
    """Whether nothing in the changed properties is chosen by conditions or mappings."""
    changed = {property_ for _, property_ in facts}
    if changed == {""}:  # It is a resource that can't be read.
        return all(map(_is_harmless, chain(descend(old), descend(new))))
    for said in (fields(fields(one).get("Properties")) for one in (old, new)):
        if any(property_.startswith("Fn::") or property_ == UNREADABLE for property_ in said):
            return False
        values = (value for property_, value in said.items() if property_ in changed)
        if not all(map(_is_harmless, chain.from_iterable(map(descend, values)))):
            return False
    return True


def _is_plain(node: Node) -> bool:
    """Whether nothing of a resource is chosen, and there is nothing to say against it."""
    return UNREADABLE not in fields(node) and all(map(_is_harmless, descend(node)))


def _is_harmless(node: Node) -> bool:
    names = fields(node)
    return all(name in _HARMLESS or not name.startswith("Fn::") for name in names) and "Condition" not in names
