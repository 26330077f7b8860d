"""In which Regions the commands of a repository surely deploy a template: those of the AWS CLI and of SAM.

They stand in Makefiles, scripts and pipelines, and are hints: no deployment is left out for them, and what surely fails
in such a Region is told beside all else. Nothing is run, and no language is parsed: a line is a command, with the lines
that continue it. A command counts if it names the template and the Region, or a name that its file assigns once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.file_finder import relative
from awslint_memo.files.files import Files
from awslint_memo.files.scripts import Scripts
from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import parse_file
from awslint_memo.syntax.node import fields

_DEPLOYS = regex(
    r"\baws\b[^\n;|&]*\bcloudformation\s+(?:deploy|create-stack|update-stack|create-change-set)\b|\bsam\s+deploy\b"
)
_TEMPLATE = regex(
    r"(?:--template-file|--template-body|--template|(?<=\s)-t)[= \t]+[\"']?(?:file://)?(?P<path>[\w./$(){}-]+)"
)
_REGION = regex(r"--region[= \t]+[\"']?(?P<region>[\w$(){}-]+)")
_NAME = regex(r"[a-z]{2}(?:-[a-z]+)+-[0-9]")
_ASSIGNED = regex(
    r"(?m)^[ \t]*(?:export[ \t]+|readonly[ \t]+)?(?P<name>[A-Za-z_]\w*)[ \t]*(?P<sign>[:?]?=)[ \t]*"
    r"[\"']?(?P<value>[^\s\"'#]*)"
)
_FILLED = regex(r"\$[({]?(?P<name>\w+)[)}]?")
_MOVES = regex(r"(?m)(?:^|[;&|(\s])(?:cd|pushd)[ \t]+(?!\"?\$\(dirname)|working-directory:")
"""What starts a command in another folder: which template it names then, nobody tells here."""

_CONTINUED = regex(r"\\\r?\n")


@record(frozen=True)
class Commanded:
    """A Region to which a command deploys a template. place: the command."""

    region: str
    place: Span
    words: str


def regions(path: str, files: Files) -> Sequence[Commanded]:
    """The Regions to which commands deploy the template at a path, each once, in the order of the commands."""
    return files.once(_Every(files.root_above(path))).get(os.path.abspath(path), ())


def of_resource(resource: Resource) -> Sequence[Commanded]:
    """The same for the template of a resource that is in each of its deployments: one without conditions. None of those
    of nested stacks."""
    beside = resource.deployment.beside
    if resource.language == "terraform" or not isinstance(beside, FilesBeside) or "/" in resource.name:
        return ()
    path = resource.place.span.path
    found = regions(path, beside.files)
    return found if found and not beside.files.once(_HasChoices(path)) else ()


def elsewhere(resource: Resource, region: str, value: Value) -> Commanded | None:
    """The first command that deploys a resource into another Region than this one, of which a value tells the same in
    each deployment; None if there is none."""
    found = of_resource(resource) if is_fixed(value) else ()
    return next((one for one in found if one.region != region), None)


def is_fixed(value: Value) -> bool:
    """Whether a value is the same in each deployment, as no default value of a parameter is."""
    return not any(step.default_of or step.choice is not None for step in value.origin.steps)


@record(frozen=True)
class _HasChoices:
    """Tells, for `Files.once`, whether a template has conditions or rules, so that it may differ by Region."""

    path: str

    def __call__(self, files: Files) -> bool:
        source = FilesBeside(files).at(os.path.basename(self.path), self.path)
        try:
            root = fields(None if source is None else parse_file(source))
        except Problem:
            return True
        return not root or any(section in root for section in ("Conditions", "Rules"))


@record(frozen=True)
class _Every:
    """Gives, for `Files.once`, the Regions by the absolute paths of the templates below a folder."""

    top: str

    def __call__(self, files: Files) -> Mapping[str, Sequence[Commanded]]:
        beside = FilesBeside(files)
        found: dict[str, dict[str, Commanded]] = {}
        for path in files.once(Scripts(self.top)):
            source = beside.at(os.path.basename(path), path)
            if source is None or "--region" not in source.text or not _DEPLOYS.search(source.text):
                continue
            for template, commanded in _commands(source, self.top):
                if files.is_file(template):
                    found.setdefault(template, {}).setdefault(commanded.region, commanded)
        return {template: tuple(each.values()) for template, each in found.items()}


def _commands(source: Source, top: str) -> Iterator[tuple[str, Commanded]]:
    """The commands in a file that name a template and a Region, each with the paths that the template may have."""
    assigned = _assigned(source.text)
    # The length stays, so that places do.
    text = _CONTINUED.sub(lambda match: " " * len(match[0]), source.text)
    for match in _DEPLOYS.finditer(text):
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        line = text[start : end if end >= 0 else len(text)]
        region, template = _REGION.search(line), _TEMPLATE.search(line)
        is_make = "make" in os.path.basename(source.path).lower()
        moved = _MOVES.search(line if is_make else text[: match.end()])
        if region is None or template is None or line.lstrip().startswith("#") or moved:
            continue
        where, path = _filled(region["region"], assigned), _filled(template["path"], assigned)
        if where is None or path is None or not _NAME.fullmatch(where):
            continue
        begin = start + region.start()
        place = Span(_shown(source.path), *source.position(begin), *source.position(start + region.end()))
        words = f"{relative(source.path, top)}:{place.line} deploys it in {where}"
        for base in dict.fromkeys((os.path.dirname(os.path.abspath(source.path)), os.path.abspath(top))):
            yield os.path.normpath(os.path.join(base, path)), Commanded(where, place, words)


def _shown(path: str) -> str:
    """A path as templates are shown: relative to the working folder, if it is below that."""
    near = os.path.relpath(path)
    return path if near.startswith(os.pardir) else near


def _assigned(text: str) -> Mapping[str, str]:
    """What a file assigns to names, if it assigns the same each time."""
    values: dict[str, set[str]] = {}
    for match in _ASSIGNED.finditer(text):
        # What is assigned unless somebody gives another value is not sure.
        values.setdefault(match["name"], set()).add("$" if match["sign"] == "?=" else match["value"])
    return {name: next(iter(every)) for name, every in values.items() if len(every) == 1}


def _filled(written: str, assigned: Mapping[str, str]) -> str | None:
    """A word with what its file assigns; None where anything else decides it."""
    filled = _FILLED.sub(lambda match: assigned.get(match["name"], match[0]), written)
    return None if re.search(r"[$(){}]", filled) else filled
