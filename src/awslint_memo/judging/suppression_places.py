"""Finds the suppressions in a template (comments, Metadata, "//" keys, acknowledgements), and what each one covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ParamSpec, TypeAlias

from awslint_memo.judging.suppression import (
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
from awslint_memo.model.naming import Acknowledgement
from awslint_memo.model.phrases import closest
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.judging.comments import Block
    from awslint_memo.syntax.outline import Part

KEY = "awslint-memo"

_KEYS = ("ignore", "processing-time", "recovery")
_ENTRY_KEYS = ("rules", "reason", "until")
_NOWHERE = "stands above no resource, so its objectives have no effect; write it above one"
_P = ParamSpec("_P")


@record(frozen=True)
class Malformed:
    """A text that is addressed to awslint-memo and is not valid; `message` says why."""

    span: Span
    message: str
    resource: str = ""


Parsed: TypeAlias = "Directive | MalformedError"


def read(template: Template, deployments: Deployments) -> Iterator[Suppression | Malformed]:
    """Every suppression in a template, valid or not; `deployments` are the template's."""
    if KEY not in template.source.text.lower():
        return
    from awslint_memo.judging.comments import comments, resources_and_blocks  # Most files have none.

    path = template.source.path
    resources, blocks = resources_and_blocks(template, deployments)
    for comment in comments(template, blocks.values(), resources):
        if is_objective(comment.said):
            problem = _wrong_objective(comment.said) or (None if comment.names else _NOWHERE)
            if problem is not None:
                yield Malformed(comment.span, problem, comment.resource)
            continue
        cover = Cover(path, frozenset(comment.names), comment.lines)
        yield _suppression(_parsed(parse, comment.said), comment.span, cover, comment.resource)
    for said, span in _notes(template.metadata):
        yield _suppression(said, span, Cover(path, is_file=True))
    yield from _on_resources(resources, blocks)
    if template.language == "terraform" and path.endswith(".json"):
        yield from _in_blocks(template, resources)


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


def _on_resources(resources: Iterable[Resource], blocks: Mapping[str, Block]) -> Iterator[Suppression | Malformed]:
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


def _in_blocks(template: Template, resources: Iterable[Resource]) -> Iterator[Suppression | Malformed]:
    """The suppressions in "//" keys of blocks in Terraform's JSON that are no resources', nor the file's."""
    from awslint_memo.readers.terraform.blocks import as_written

    path = template.source.path
    owners = {resource.place.span: resource for resource in resources}
    pending: list[tuple[Part, tuple[Part, ...]]] = [(part, ()) for part in template.outline().parts]
    while pending:
        part, above = pending.pop()
        pending += [(inner, (*above, part)) for inner in part.parts]
        if part.name != "//" or part.node is None or not above:
            continue
        keys = [one for one in above if one.name]
        heads = [_head(key) for key in keys]
        if heads and heads[-1] in owners:
            continue  # A resource's own, which is read with it.
        owner = next((owners[head] for head in reversed(heads) if head in owners), None)
        for said, span in _notes(as_written(part.node)):
            within = (above[-1].span, *(heads[heads.index(owner.place.span) :] if owner is not None else ()))
            yield _suppression(said, span, Cover(path, within=within), owner.written if owner is not None else "")


def _head(part: Part) -> Span:
    """Where the key of a part stands."""
    span = part.span
    return Span(span.path, span.line, span.column, span.line, span.column + len(part.name) + 2)


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


def acknowledged(deployments: Deployments) -> Iterator[Suppression | Malformed]:
    """The rules that an app acknowledges, each for the resources of the construct and of those below it."""
    if deployments.acknowledged:
        below: dict[str, set[str]] = {acknowledgement.path: set() for acknowledgement in deployments.acknowledged}
        for name, construct in deployments.constructs.items():
            for path in construct.outer:
                if path in below:
                    below[path].add(name)
        for acknowledgement in deployments.acknowledged:
            yield _of_construct(acknowledgement, frozenset(below[acknowledgement.path]))


def _of_construct(one: Acknowledgement, names: frozenset[str]) -> Suppression | Malformed:
    try:
        reason, until = reason_and_day(one.reason)
    except MalformedError as error:
        return Malformed(one.place, str(error), one.path)
    return Suppression(Directive((one.rule,), reason, until), one.place, Cover(one.place.path, names), one.path)
