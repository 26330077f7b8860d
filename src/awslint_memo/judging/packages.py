"""What `sam package` and `aws cloudformation package` write: the template that they were given, with the places of what
they uploaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.files.files import Files
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem

_PACKAGED = regex(
    r"""(?m)SamResourceId["']?\s*:|^[ \t]*["']?(?:CodeUri|ContentUri|DefinitionUri|TemplateURL|Location|S3Key)["']?"""
    r"""\s*:[ \t]*["']?(?:(?:s3://|https://s3)[^\s"']*/|[^\s"':]*/)?[0-9a-f]{32}(?:\.\w+)?["']?[ \t]*,?[ \t\r]*$"""
)
"""What they write: the names of resources, and files called after their MD5.
https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html (read on 2026-11-30)"""

_UPLOADED = regex(r"""(?:CodeUri|ContentUri|DefinitionUri|TemplateURL|Location)["']?\s*:\s*["']?(?:s3|https)://""")
_OF_PACKAGE = regex(r"(?i)^packaged?(?=[-_.])[-_]?|[-_.]packaged?(?=[-_.])")
_SERVERLESS = regex(r"AWS::Serverless-2016-10-31")
_SUFFIXES = (".yaml", ".yml", ".json", ".template")


def tool(text: str) -> str:
    """The command that writes a packaged template."""
    return "sam package" if _SERVERLESS.search(text) else "aws cloudformation package"


def is_packaged(path: str, text: str) -> bool:
    """Whether a template has what a packaged one has, or is called so and refers to what was uploaded."""
    is_called_so = _OF_PACKAGE.search(os.path.basename(path)) is not None
    return bool(_PACKAGED.search(text)) or (is_called_so and bool(_UPLOADED.search(text)))


def source_beside(path: str, files: Files) -> str | None:
    """The template beside that was packaged, by its name: the same without "packaged-"; None if there is none."""
    folder, name = os.path.split(path)
    rest = _OF_PACKAGE.sub("", name)
    stem, suffix = os.path.splitext(rest)
    beside = [rest, f"template{suffix}"] if stem.strip("-_.") and suffix else ["template.yaml", "template.yml"]
    found = (os.path.join(folder, each) for each in beside if each != name)
    return next((each for each in found if files.is_file(each)), None)


def source_elsewhere(path: str, files: Files) -> str | None:
    """The only template of the repository with the name that the packaged one had."""
    name = os.path.basename(path)
    rest = _OF_PACKAGE.sub("", name)
    others = [each for each in files.with_name(rest, path) or () if each != path] if rest != name else []
    return others[0] if len(others) == 1 else None


@record
class Packages:
    """The packaged templates that a run meets beside their sources while it searches folders. found: their sources."""

    files: Files
    found: dict[str, str] = field(default_factory=dict)

    def passes_over(self, path: str) -> bool:
        """Whether a file that was found in a folder is written from a template beside it, which is judged instead."""
        source = source_beside(path, self.files) if path.endswith(_SUFFIXES) else None
        if source is None:
            return False
        try:
            text = self.files.read(path).text
            is_one = is_packaged(path, text) and self._is_of(path, source)
        except Problem:
            return False
        if is_one:
            self.found[path] = source
        else:
            self.files.forget(path)
        return is_one

    def told(self) -> Iterator[str]:
        """Sentences about what was not judged."""
        for path, source in self.found.items():
            command = tool(self.files.read(path).text)
            yield f"{path}: not checked: {command} writes it from {source}, which is judged; name it to check it too"

    def _is_of(self, path: str, source: str) -> bool:
        """Whether most of the resources of a packaged template are in what it may be written from, which is no packaged
        one itself. An older one may have some more."""
        if is_packaged(source, self.files.read(source).text):
            return False
        own, others = (self._resources(each) for each in (path, source))
        return bool(own) and 2 * len(own & others) > len(own)

    def _resources(self, path: str) -> set[str]:
        from awslint_memo.readers.cloudformation.expansion import parse
        from awslint_memo.syntax.node import Flaws, fields

        return set(fields(fields(parse(self.files.read(path), Flaws())).get("Resources")))
