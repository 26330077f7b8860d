"""What the assembly of an app says of a template: where it is deployed, and the constructs of its resources."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.files.files import Files
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.naming import Acknowledgement, Construct
from awslint_memo.model.phrases import quoted
from awslint_memo.model.secret import Secret
from awslint_memo.model.span import Problem

if TYPE_CHECKING:
    from awslint_memo.readers.cdk.app import App
    from awslint_memo.readers.cdk.assembly import AppStack, Assembly

PATH = "aws:cdk:path"
"""The key in a resource's Metadata with the path of its construct, unless the app is made with --no-path-metadata."""

_CONSTRUCTS_IN = (PATH, "Fn::Transform", "Fn::ForEach", "Include", "\\")
"""Texts of which a template with such metadata has one: the key, or what may expand to it."""

_SUFFIXES = {"cn-": "amazonaws.com.cn", "us-iso": "", "eu-iso": "", "us-isob": ""}
"""The ends of addresses, where they are not amazonaws.com, by how names of Regions begin; empty if not known here
(AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html, read 2026-11-27)."""


class MadeByApp:
    """What the assembly in the folder of a template says of it; of a template without one, nothing.

    template: the path of the template.
    """

    def __init__(self, template: str, files: Files) -> None:
        self._template = template
        self._files = files

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be read of the assembly so far."""
        return self._assembly.problems if self._assembly is not None else ()

    @property
    def stack(self) -> AppStack | None:
        """The stack that the template is of; None if no app says so."""
        return self._stack

    @cached_property
    def pseudo_parameters(self) -> Mapping[str, str]:
        """The pseudo parameters that the app decides."""
        stack = self._stack
        if stack is None:
            return {}
        is_own = stack.template == os.path.basename(self._template)
        suffix = next((end for start, end in _SUFFIXES.items() if stack.region.startswith(start)), "amazonaws.com")
        parameters = {
            "AWS::AccountId": stack.account,
            "AWS::Region": stack.region,
            "AWS::StackName": stack.name if is_own else "",
            "AWS::URLSuffix": suffix if stack.region else "",
        }
        return {name: text for name, text in parameters.items() if text}

    def decided(self, words: str) -> Sequence[str]:
        """What the app decides of the pseudo parameters that a template with these words asks for, in sentences."""
        manifest = os.path.join(os.path.dirname(self._template), "manifest.json")
        return [
            f"{name} is {quoted(value)}, as {manifest} says"
            for name, value in self.pseudo_parameters.items()
            # Every address of an image asks for the suffix.
            if name in words and (name != "AWS::URLSuffix" or "Fn::Equals" in words)
        ]

    @property
    def environment(self) -> tuple[str, str]:
        """The account and the Region, as far as the app decides them."""
        return ("", "") if self._stack is None else (self._stack.account, self._stack.region)

    def asset(self, name: str) -> str | None:
        """The path of the file that is uploaded under a name; None if no assembly says so."""
        file = None if self._assembly is None else self._assembly.assets.get(name)
        path = None if file is None else os.path.join(os.path.dirname(self._template), file)
        return path if path is not None and self._files.is_file(path) else None

    def may_have_constructs(self, texts: Iterable[str]) -> bool:
        """Whether resources of templates with these texts may have constructs."""
        return self._stack is not None or any(word in written for written in texts for word in _CONSTRUCTS_IN)

    def construct(self, resource: Resource) -> Construct | None:
        """The construct that a resource of the template, or of one nested in it, was made by."""
        metadata = resource.attributes.get("Metadata")
        path = None if metadata is None or PATH not in metadata.fields else metadata.fields[PATH].text
        path = None if isinstance(path, Secret) else path
        stack = self._stack
        if path is None and stack is not None:
            template = os.path.basename(resource.place.span.path)
            path = stack.metadata.construct(template, resource.name.rpartition("/")[2])
        if path is None:
            return None
        from awslint_memo.readers.cdk.metadata import is_framework

        frame = None if stack is None else stack.metadata.line(path)
        span = None if frame is None else self._app.span(frame)
        # Anybody may write this metadata, so of a template that no app says to be its own the path is a name only.
        is_made = stack is not None and is_framework(path, resource.type, resource.name.rpartition("/")[2])
        return Construct(path, "" if stack is None else stack.stage, span, is_made, stack is not None)

    @cached_property
    def acknowledged(self) -> Sequence[Acknowledgement]:
        """What the app acknowledges in the template's stack."""
        return tuple(self._acknowledged())

    def _acknowledged(self) -> Iterator[Acknowledgement]:
        stack = self._stack
        if stack is None:
            return
        # A nested template that is looked at by itself has only what is acknowledged in it.
        top = stack.metadata.templates.get(os.path.basename(self._template))
        for entry in stack.metadata.acknowledged():
            if top is not None and top not in Construct(entry.path).outer:
                continue
            place = None if entry.frame is None else self._app.span(entry.frame)
            yield Acknowledgement(entry.path, entry.rule, entry.reason, entry.place.span if place is None else place)

    @cached_property
    def _assembly(self) -> Assembly | None:
        folder = os.path.dirname(self._template)
        manifest = os.path.join(folder, "manifest.json")
        if not self._template.lower().endswith(".json") or not self._files.is_file(manifest):
            return None
        from awslint_memo.readers.cdk.assembly import assembly  # which few templates have

        return assembly(folder, self._files)

    @cached_property
    def _stack(self) -> AppStack | None:
        return None if self._assembly is None else self._assembly.stack(os.path.basename(self._template))

    @cached_property
    def _app(self) -> App:
        from awslint_memo.readers.cdk.app import App

        return App(os.path.dirname(self._template), self._files)
