"""Finds the suppressions in a template (comments, Metadata, Terraform's "//" keys), and what each one covers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import ParamSpec, TypeAlias

from awslint_memo.judging.directives import (
    FORM,
    Cover,
    Directive,
    MalformedError,
    Suppression,
    addressed,
    day,
    parse,
    reason_and_day,
)
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.similar import closest
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.template import Deployments, Template

KEY = "awslint-memo"

_KEYS = ("ignore", "processing-time", "recovery")
_ENTRY_KEYS = ("rules", "reason", "until")
_MARKS = ("#", "//")
_NOWHERE = "stands above no resource, so its objectives have no effect; write it above one"
_P = ParamSpec("_P")


@record(frozen=True)
class Malformed:
    """A text that is addressed to awslint-memo and is not valid; `message` says why."""

    span: Span
    message: str
    resource: str = ""


Parsed: TypeAlias = "Directive | MalformedError"


@record(frozen=True)
class _Block:
    """The lines of a resource in an indented file, beginning with that of its logical id."""

    name: str
    lines: range


def read(template: Template, deployments: Deployments) -> Iterator[Suppression | Malformed]:
    """Every suppression in a template, valid or not; `deployments` are the template's."""
    if KEY not in template.source.text.lower():
        return
    path = template.source.path
    resources, blocks = resources_and_blocks(template, deployments)
    for comment in comments(template, blocks.values(), resources):
        if is_objective(comment.said):
            problem = _wrong_objective(comment.said) or (None if comment.names else _NOWHERE)
            if problem is not None:
                yield Malformed(comment.span, problem, comment.resource)
            continue
        cover = Cover(path, frozenset(comment.names), (comment.lines,))
        yield _suppression(_parsed(parse, comment.said), comment.span, cover, comment.resource)
    for said, span in _notes(template.metadata):
        yield _suppression(said, span, Cover(path, is_file=True))
    yield from _on_resources(resources, blocks)


def resources_and_blocks(template: Template, deployments: Deployments) -> tuple[list[Resource], dict[str, _Block]]:
    """The resources that stand in the file of a template, and the lines of those that have a block of their own."""
    resources = [resource for resource in deployments.resources if resource.place.span.path == template.source.path]
    return resources, {block.name: block for block in _blocks(template.source.lines, resources)}


def is_objective(said: str) -> bool:
    """Whether an entry declares objectives of recovery, and suppresses nothing."""
    return said.startswith("recovery")


def _wrong_objective(said: str) -> str | None:
    """What is wrong with objectives in one line; None if nothing is."""
    from awslint_memo.model.objectives import ObjectiveError, directive

    try:
        directive(said, "")
    except ObjectiveError as error:
        return f"asks for what it can't: {error}" if error.key else f"{error}"
    return None


def _directive_or_objective(said: str, span: Span) -> Iterator[tuple[Parsed, Span]]:
    """A suppression; of objectives, what is wrong with them."""
    if not is_objective(said):
        yield _parsed(parse, said), span
    elif (problem := _wrong_objective(said)) is not None:
        yield MalformedError(problem), span


def _suppression(said: Parsed, span: Span, cover: Cover, resource: str = "") -> Suppression | Malformed:
    if isinstance(said, MalformedError):
        return Malformed(span, str(said), resource)
    return Suppression(said, span, cover, resource)


def _blocks(lines: Sequence[str], resources: Iterable[Resource]) -> Iterator[_Block]:
    """The block of each resource whose logical id begins a line. Resources generated from SAM have no block."""
    seen: set[tuple[str, Span]] = set()
    # All resources may stand on one line, which is then not copied for each of them.
    starts = [len(line) - len(line.lstrip()) for line in lines]
    for resource in resources:
        span = resource.place.span
        if (resource.name, span) in seen:
            continue
        seen.add((resource.name, span))
        indent = span.column - 1
        name = resource.name.rpartition("/")[2]
        is_first = span.line <= len(lines) and starts[span.line - 1] >= indent
        written = lines[span.line - 1][indent : indent + len(name) + 2] if is_first else ""
        if is_first and written.lstrip("\"'").startswith(name) and resource.language == "cloudformation":
            last = span.line
            while last < len(lines) and _is_inside(lines[last], indent):
                last += 1
            yield _Block(resource.name, range(span.line, last + 1))


def _is_inside(line: str, indent: int) -> bool:
    text = line.lstrip()
    return not text or text.startswith("#") or len(line) - len(text) > indent


@record(frozen=True)
class Comment:
    """A comment that is addressed to us. names: the resources that it is about. lines: the block that it is about.

    resource: the name that a finding about the comment gives.
    """

    said: str
    span: Span
    names: Sequence[str]
    lines: range
    resource: str


def comments(template: Template, blocks: Collection[_Block], resources: Collection[Resource]) -> Iterator[Comment]:
    """The comments that are addressed to us, each with what it is about."""
    lines = template.source.lines
    by_line = {block.lines.start: block for block in blocks}
    beginning: dict[int, list[Resource]] = {}
    for one in resources:
        beginning.setdefault(one.place.span.line, []).append(one)
    target = 0
    for number, text in template.comments():
        said = addressed(text)
        if said is None:
            continue
        # Comments below each other speak of the same line.
        target = max(target, number)
        while target <= len(lines) and lines[target - 1].lstrip().startswith(_MARKS):
            target += 1
        block = by_line.get(target, _Block("", template.block(target) or range(target, target + 1)))
        here = beginning.get(target, [])
        names = [block.name] if block.name else [one.name for one in here]
        column = lines[number - 1].rfind(text) + 1
        yield Comment(
            said,
            Span(template.source.path, number, column, number, column + len(text)),
            list(filter(None, names)),
            block.lines,
            block.name or next((one.written for one in here), ""),
        )


def _on_resources(resources: Iterable[Resource], blocks: Mapping[str, _Block]) -> Iterator[Suppression | Malformed]:
    """The suppressions in resources, each once.

    Several resources may share a text: deployments, instances of a `count`, resources generated from SAM.
    """
    found: dict[Span, tuple[Parsed, dict[str, Resource]]] = {}
    for resource in resources:
        for value in (resource.attribute("Metadata"), resource.terraform.note):
            for said, span in _notes(value):
                found.setdefault(span, (said, {}))[1][resource.name] = resource
    for span, (said, named) in found.items():
        lines = tuple(blocks[name].lines for name in named if name in blocks)
        yield _suppression(
            said, span, Cover(span.path, frozenset(filter(None, named)), lines), next(iter(named.values())).written
        )


def _notes(value: Value) -> Iterator[tuple[Parsed, Span]]:
    """Each suppression in a Metadata section or "//" key, with its span."""
    for item in value.items:
        said = addressed(item.text) if item.text is not None else None
        if said is not None:
            yield from _directive_or_objective(said, item.place.span)
        elif KEY in item.fields:
            yield from _section(item.fields[KEY])


def _section(section: Value) -> Iterator[tuple[Parsed, Span]]:
    span = section.place.span
    text = section.text
    if text is not None:
        yield from _directive_or_objective(addressed(text) or text, span)
    elif not section.fields:
        yield MalformedError(f"is empty; write {' or '.join(_KEYS)}"), span
    for key in section.fields:
        if key not in _KEYS:
            yield MalformedError(f"has the unknown key {key}{closest(key, _KEYS) or _known(_KEYS)}"), span
    if "recovery" in section.fields:
        yield from _wrong_objectives(section.fields["recovery"])
    ignore = section.fields.get("ignore", Absent(section.place))
    fields = ignore.fields
    if fields and not any(key in fields for key in _ENTRY_KEYS):
        for name, reason in fields.items():
            yield _parsed(_directive, (name,), reason), reason.place.span
    elif "ignore" in section.fields:
        yield from _entries(ignore)


def _wrong_objectives(section: Value) -> Iterator[tuple[Parsed, Span]]:
    """What is wrong with the objectives in Metadata."""
    from awslint_memo.model.objectives import ObjectiveError, layer

    if not section.fields:
        yield MalformedError("has recovery without objectives; write a map such as {rpo: 15m}"), section.place.span
    try:
        layer(section.plain if section.fields else {}, "")
    except ObjectiveError as error:
        yield MalformedError(f"asks for what it can't: {error}"), section.place.span


def _entries(ignore: Value) -> Iterator[tuple[Parsed, Span]]:
    if not ignore.items:
        yield MalformedError("names no rule; write the rule's id and a reason"), ignore.place.span
    for entry in ignore.items:
        yield _parsed(_entry, entry), entry.place.span


def _entry(entry: Value) -> Directive:
    if entry.text is not None:
        return parse(entry.text) if entry.text.startswith("ignore") else Directive((entry.text,))
    unknown = next((key for key in entry.fields if key not in _ENTRY_KEYS), None)
    if unknown is not None:
        raise MalformedError(f"has the unknown key {unknown}{closest(unknown, _ENTRY_KEYS) or _known(_ENTRY_KEYS)}")
    absent = Absent(entry.place)
    rules = [rule.text for rule in entry.fields.get("rules", absent).items]
    if not rules or None in rules:
        raise MalformedError(f"names no rule; write {FORM}, or a map of rules, reason and until")
    directive = _directive([rule or "" for rule in rules], entry.fields.get("reason", absent))
    until = entry.fields.get("until", absent)
    return (
        directive
        if until.is_absent
        else Directive(directive.rules, directive.reason, day(until.text or "that is not text"))
    )


def _known(keys: Sequence[str]) -> str:
    return f"; the keys are {', '.join(keys)}"


def _directive(rules: Sequence[str], reason: Value) -> Directive:
    if reason.is_absent:
        return Directive(tuple(rules))
    if reason.text is None:
        raise MalformedError("has a reason that is not text; write it as text")
    return Directive(tuple(rules), *reason_and_day(reason.text))


def _parsed(understand: Callable[_P, Directive], *args: _P.args, **kwargs: _P.kwargs) -> Parsed:
    try:
        return understand(*args, **kwargs)
    except MalformedError as error:
        return error
