"""The assembly that `cdk synth` writes: which templates are stacks, and where each is deployed.

Each stage has a folder with a `manifest.json` of its own below that of the app, so a folder tells all about the
templates in it but the name of the stage, which the manifest above it has.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.readers.cdk.metadata import Metadata
from awslint_memo.syntax.node import Flaws, Node, fields, form_of, text

MANIFEST = "manifest.json"
OUT = "cdk.out"
"""The usual name of the folder of an app's assembly, and that of a file in each which has its version."""

_STACK, _NESTED, _ASSETS = "aws:cloudformation:stack", "cdk:cloud-assembly", "cdk:asset-manifest"
_WITHOUT = "so its templates are checked without what it says of {}; make it again: cdk synth"
_STACKS, _CONSTRUCTS, _UPLOADS = "stacks, accounts and Regions", "constructs and what they acknowledge", "nested stacks"
_UNKNOWN = frozenset(("", "unknown-account", "unknown-region"))


@record(frozen=True)
class AppStack:
    """A stack of an app. account, region: empty if the app leaves them open. metadata: what it says of constructs."""

    name: str
    account: str
    region: str
    template: str
    stage: str
    metadata: Metadata


class Assembly:
    """What the manifest in a folder says. Problems with it are in `problems`; what it does not say is not known."""

    def __init__(self, folder: str, files: Files) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._files = files
        self._beside = _Beside(folder, files, self.problems)
        self._path = os.path.join(folder, MANIFEST)
        self._artifacts = self._read()

    @property
    def _name(self) -> str:
        return os.path.basename(os.path.abspath(self.folder))

    @property
    def is_there(self) -> bool:
        """Whether the folder has an assembly that can be read."""
        return bool(self._artifacts)

    @property
    def is_incomplete(self) -> bool:
        """Whether the app was made without some of what it looks up in an account."""
        return any(True for _ in _items(self._missing))

    @property
    def is_inner(self) -> bool:
        """Whether this is of a stage, so that the manifest above it says the same."""
        return bool(self._stage)

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """The names of the files in this folder that are uploaded as they are, by the last part of their key in S3."""
        names: dict[str, str] = {}
        for artifact in self._artifacts.values():
            name = text(fields(fields(artifact).get("properties")).get("file"))
            if text(fields(artifact).get("type")) == _ASSETS and name is not None:
                for asset in fields(fields(self._beside.json(name, artifact, _UPLOADS)).get("files")).values():
                    names.update(self._keys(asset))
        return names

    @cached_property
    def templates(self) -> frozenset[str]:
        """The names of the files in this folder that may be templates which the app deploys."""
        kinds = {text(fields(artifact).get("type")) for artifact in self._artifacts.values()}
        # Apps of older versions have no manifests of assets.
        older = () if _ASSETS in kinds else self._stacks
        nested = (name for stack in older for name in stack.metadata.uploaded)
        return frozenset((*(stack.template for stack in self._stacks), *self.assets.values(), *nested))

    def stack(self, template: str) -> AppStack | None:
        """The stack that a template in this folder is deployed with, as its own or nested in it; None if not known."""
        for stack in self._stacks:
            if stack.template == template:
                return stack
        owners = [stack for stack in self._stacks if template in stack.metadata.templates]
        return owners[0] if len(owners) == 1 else None

    @cached_property
    def _stacks(self) -> Sequence[AppStack]:
        return [stack for name, artifact in self._artifacts.items() for stack in self._stack_of(name, artifact)]

    def _stack_of(self, name: str, artifact: Node) -> Iterator[AppStack]:
        entries = fields(artifact)
        properties = fields(entries.get("properties"))
        template = text(properties.get("templateFile"))
        if text(entries.get("type")) != _STACK or template is None or not self._beside.has(template, artifact, _STACKS):
            return
        account, _, region = (text(entries.get("environment")) or "").removeprefix("aws://").partition("/")
        yield AppStack(
            text(properties.get("stackName")) or name,
            "" if account in _UNKNOWN else account,
            "" if region in _UNKNOWN else region,
            template,
            self._stage,
            Metadata(partial(_metadata, artifact, self._beside)),
        )

    @cached_property
    def _stage(self) -> str:
        """The path of the stage that this folder is of; empty for the app itself."""
        outer = assembly(os.path.normpath(os.path.join(self.folder, os.pardir)), self._files)
        for name, artifact in outer._artifacts.items() if outer is not None else ():
            properties = fields(fields(artifact).get("properties"))
            directory = text(properties.get("directoryName"))
            if text(fields(artifact).get("type")) == _NESTED and directory == self._name:
                return text(properties.get("displayName")) or name.removeprefix("assembly-")
        return ""

    def _keys(self, asset: Node) -> Iterator[tuple[str, str]]:
        path = text(fields(fields(asset).get("source")).get("path"))
        if path is None or not _is_plain(path):
            return
        for destination in fields(fields(asset).get("destinations")).values():
            key = text(fields(destination).get("objectKey"))
            if key is not None:
                yield key.rpartition("/")[2], path

    def _read(self) -> Mapping[str, Node]:
        """The artifacts by name; empty if the manifest is none of an assembly, or can't be read."""
        self._missing: Node | None = None
        try:
            root = parsed(self._files.read(self._path))
        except Problem as problem:
            self.problems += [_without(problem, _STACKS)] if self._is_meant else []
            return {}
        artifacts = fields(root).get("artifacts")
        self._missing = fields(root).get("missing")
        if fields(artifacts) and "version" in fields(root):
            return fields(artifacts)
        if self._is_meant and (artifacts is None or not isinstance(artifacts.content, Mapping)):
            what = "is missing" if artifacts is None else f"is {form_of(artifacts)}"
            wrong = Problem(f"artifacts {what} in this manifest of an assembly", self._path)
            self.problems.append(_without(wrong, _STACKS))
        return {}

    @property
    def _is_meant(self) -> bool:
        """Whether the folder looks like one of the CDK's; manifests of other kinds are common."""
        return self._name == OUT or self._files.is_file(os.path.join(self.folder, OUT))


@record(eq=False)
class _Beside:
    """The files beside a manifest, which its artifacts name. problems: receives what is wrong with them."""

    folder: str
    files: Files
    problems: list[Problem]

    def json(self, name: str, artifact: Node, what: str) -> Node | None:
        """The root of a file, which an artifact names; what: what it tells."""
        if not self.has(name, artifact, what):
            return None
        try:
            return parsed(self.files.read(os.path.join(self.folder, name)))
        except Problem as problem:
            self.problems.append(_without(problem, what))
            return None

    def has(self, name: str, artifact: Node, what: str) -> bool:
        """Whether a name is that of a file in the same folder: a manifest leads nowhere else."""
        if _is_plain(name):
            return True
        span = artifact.span
        problem = Problem(f"this names {name}, which is no file beside the manifest", span.path, span.line, span.column)
        self.problems.append(_without(problem, what))
        return False


def _metadata(artifact: Node, beside: _Beside) -> list[Node]:
    """The mappings of an artifact from constructs to their entries: in the manifest, and in a file beside it."""
    entries = fields(artifact)
    name = text(entries.get("additionalMetadataFile"))
    more = None if name is None else beside.json(name, artifact, _CONSTRUCTS)
    return [part for part in (entries.get("metadata"), more) if part is not None]


def _without(problem: Problem, what: str) -> Problem:
    return Problem(f"{problem.message}, {_WITHOUT.format(what)}", problem.path, problem.line, problem.column)


def assembly(folder: str, files: Files) -> Assembly | None:
    """The assembly in a folder, with what is wrong with it; None if the folder has no manifest."""
    every = files.once(_Assemblies)
    key = os.path.abspath(folder)
    if key not in every:
        is_there = files.is_file(os.path.join(folder, MANIFEST))
        every[key] = Assembly(folder, files) if is_there else None
    return every[key]


class _Assemblies(dict[str, "Assembly | None"]):
    """The assemblies of a run, by the absolute path of the folder."""

    def __init__(self, _: Files) -> None:
        super().__init__()


def parsed(source: Source) -> Node:
    """The root of a file in JSON. Raises Problem for one that is none."""
    from awslint_memo.syntax import json_nodes

    return json_nodes.parse(source, Flaws())


def _items(node: Node | None) -> Sequence[Node]:
    content = node.content if node is not None else None
    return content if isinstance(content, list) else ()


def _is_plain(name: str) -> bool:
    return bool(name) and name not in (".", "..") and not any(sign in name for sign in ("/", "\\", "\0"))
