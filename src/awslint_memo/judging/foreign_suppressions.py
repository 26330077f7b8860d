"""Finds suppressions for other linters that decide about what our rules judge: in comments and in Metadata.

A comment `checkov:skip=ID:reason` stands in the resource; `tfsec:ignore:ID` and `trivy:ignore:ID` above or in it. In
Metadata of CloudFormation they are `cfn_nag` and `cdk_nag` with `rules_to_suppress`, `checkov` with `skip`, `guard`
with `SuppressedRules`, and `cfn-lint` with `config.ignore_checks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from awslint_memo.judging.foreign_rules import CDK_NAG, CFN_LINT, CFN_NAG, CHECKOV, GUARD, ours
from awslint_memo.judging.suppression import Cover, Directive, Suppression
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.judging.comments import Comment

_COMMENTS = ("checkov:skip", "tfsec:ignore", "trivy:ignore")
_SECTIONS = ("rules_to_suppress", "ignore_checks", "suppressedrules", "checkov")
_SKIP = regex(r"checkov:skip\s*=\s*(\w+)\s*:?\s*(.*)")
_IGNORE = regex(r"(tfsec|trivy):ignore:([\w.-]+)(?:\[[^\]]*\])?(?::exp:(\d{4}-\d{2}-\d{2}))?")
_LISTS: Sequence[tuple[str, str, str, str]] = (
    (CFN_NAG, "cfn_nag.rules_to_suppress", "id", "reason"),
    (CDK_NAG, "cdk_nag.rules_to_suppress", "id", "reason"),
    (CHECKOV, "checkov.skip", "id", "comment"),
)
"""Where each tool has its suppressions in Metadata, and the keys of the id and the reason of each."""

_IDS = ((CFN_LINT, "cfn-lint.config.ignore_checks"), (GUARD, "guard.SuppressedRules"))
"""Where tools have bare ids there."""


def read_foreign(template: Template, deployments: Deployments, today: date) -> Iterator[Suppression]:
    """The suppressions for other tools that decide about a rule of ours, each with the tool's name."""
    text = template.source.text.lower()
    has_comments = any(mark in text for mark in _COMMENTS)
    if not has_comments and not any(section in text for section in _SECTIONS):
        return
    from awslint_memo.judging.comments import comments, resources_and_blocks

    resources, blocks = resources_and_blocks(template, deployments)
    if has_comments:
        for comment in comments(template, blocks.values(), resources, _addressed):
            yield from _of_comment(comment, template.source.path, today)
    for resource in resources:
        metadata = resource.attribute("Metadata")
        if not metadata.is_absent:
            cover = Cover(resource.place.span.path, frozenset(filter(None, (resource.name, resource.written))))
            yield from _of_metadata(metadata, cover, resource)
    yield from _of_metadata(template.metadata, Cover(template.source.path, is_file=True), None)


def _addressed(text: str) -> str | None:
    """A comment that is addressed to one of the tools, whole; None for any other."""
    return text if any(mark in text for mark in _COMMENTS) else None


def _of_comment(comment: Comment, path: str, today: date) -> Iterator[Suppression]:
    cover = Cover(path, frozenset(filter(None, (*comment.names, comment.resource))), comment.lines)
    found = [(CHECKOV, match[1], match[2], "") for match in _SKIP.finditer(comment.said)]
    ignored = _IGNORE.finditer(comment.said)
    found += [(match[1], match[2], comment.said[match.end() :], match[3] or "") for match in ignored]
    for tool, id_, reason, until in found:
        rules = ours(tool, id_)
        if rules and not "" < until < today.isoformat():
            words = " ".join(reason.split()) or f"{tool} {id_}"
            yield Suppression(Directive(rules, words), comment.span, cover, comment.resource, tool)


def _of_metadata(metadata: Value, cover: Cover, resource: Resource | None) -> Iterator[Suppression]:
    name = "" if resource is None else resource.written
    for tool, path, key, reason in _LISTS:
        for entry in _at(metadata, path):
            id_ = entry.fields[key].text if key in entry.fields else None
            rules = ours(tool, id_ or "")
            if rules:
                said = entry.fields[reason].text if reason in entry.fields else None
                yield Suppression(Directive(rules, said or f"{tool} {id_}"), entry.place.span, cover, name, tool)
    for tool, path in _IDS:
        for entry in _at(metadata, path):
            rules = ours(tool, entry.text or "")
            if rules:
                yield Suppression(Directive(rules, f"{tool} {entry.text}"), entry.place.span, cover, name, tool)


def _at(value: Value, path: str) -> Sequence[Value]:
    """The items of the list at a path of keys; none if there is nothing."""
    for key in path.split("."):
        fields: Mapping[str, Value] = value.fields
        if key not in fields:
            return ()
        value = fields[key]
    return value.items
