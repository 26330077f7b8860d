"""Templates that a resource brings and nobody reads, so that it is told: as a text in another one, by a URL, a module.

A stack set has its template in TemplateBody, and Terraform's resources of CloudFormation have it in template_body. What
Terraform reads with `file()` is a file of the repository, which is looked at like any other if its name is one of a
template; so is one that a stack set names by a local path.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from awslint_memo.files.files import Files
from awslint_memo.files.left_out import SUFFIXES
from awslint_memo.judging.notices import NOT_CHECKED
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed_in_line
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Deployments

_PRODUCT = "AWS::ServiceCatalog::CloudFormationProduct"
_BRINGING = {
    "AWS::CloudFormation::StackSet": ("TemplateBody", "TemplateURL"),
    "AWS::CloudFormation::Stack": ("TemplateBody",),
    _PRODUCT: ("ProvisioningArtifactParameters",),
}
_MODULE = "::MODULE"
_OF_TERRAFORM = (
    "aws_cloudformation_stack",
    "aws_cloudformation_stack_set",
    "aws_serverlessapplicationrepository_cloudformation_stack",
    "aws_servicecatalog_product",
)
_ENDINGS = "|".join(ending.removeprefix(".") for ending in SUFFIXES)
_BLOCK = regex(r"(?:resource|data|module|variable|output|locals|provider|terraform|moved|import|check)\b")
_NAME = regex(r'\s*resource\s+"?(\w+)"?\s+"?([\w-]+)')
_BODY = regex(
    rf"""\s*"?(template_body|template_url|application_id)"?\s*[=:]\s*(?!"?(?:\$\{{)?\s*file\([^()]*\.(?:{_ENDINGS})\\?"\))"""
)
_NAMED = 3


@record(frozen=True)
class Body:
    """Where a template stands as a text: the path and line of its resource, and what holds it, in words."""

    path: str
    line: int
    words: str


def bodies(deployments: Deployments, files: Files) -> list[Body]:
    """The templates that stand as texts in the resources of a template."""
    texts = (Body(span.path, span.line, words) for words, span in deployments.texts)
    return [*_of_cloudformation(deployments), *_of_terraform(deployments, files), *texts]


def told(found: list[Body]) -> Iterator[str]:
    """The notice of such templates of one template; none if there are none."""
    if found:
        words = listed_in_line(list(dict.fromkeys(body.words for body in found)), _NAMED)
        which = "the template" if len(found) == 1 else "the templates"
        yield f"{found[0].path}:{found[0].line}{NOT_CHECKED}{which} in {words}"


def _of_cloudformation(deployments: Deployments) -> Iterator[Body]:
    if not any(type_ in _BRINGING or type_.endswith(_MODULE) for type_ in deployments.by_type):
        return
    for resource in deployments.resources:
        span = resource.place.span
        if resource.language == "terraform":
            continue
        if resource.type.endswith(_MODULE):
            yield Body(span.path, span.line, f"the module {resource.written} ({resource.type})")
        for name in _BRINGING.get(resource.type, ()):
            value = resource.get(name)
            if not value.is_absent and not _is_looked_at(value.text):
                yield Body(span.path, span.line, f"{name} of {resource.written}")


def _is_looked_at(url: str | None) -> bool:
    """Whether a URL is the path of a file that is looked at as a template of its own."""
    return url is not None and "://" not in url and url.lower().endswith(SUFFIXES)


def _of_terraform(deployments: Deployments, files: Files) -> Iterator[Body]:
    spans = [other.place.span for other in deployments.beside() if other.type in _OF_TERRAFORM]
    if not deployments.by_type.keys().isdisjoint(_BRINGING):
        made = (each for each in deployments.resources if each.type in _BRINGING and each.language == "terraform")
        spans += [each.place.span for each in made]
    for span in dict.fromkeys(spans):
        try:
            lines = files.read(span.path).lines[span.line - 1 :]
        except Problem:
            continue
        argument = _argument(lines[1:])
        if argument:
            name = _NAME.match(lines[0])
            yield Body(span.path, span.line, f"{argument} of {f'{name[1]}.{name[2]}' if name else 'a stack'}")


def _argument(lines: Sequence[str]) -> str:
    """The argument of a block that brings a template; empty if none does. lines: those from behind its first one to the
    end of the file."""
    for line in lines:
        found = _BODY.match(line)
        if found is not None or _BLOCK.match(line):
            return found[1] if found else ""
    return ""


def paths(found: list[Body]) -> set[str]:
    """The absolute paths of the files in which they stand."""
    return {os.path.abspath(body.path) for body in found}
