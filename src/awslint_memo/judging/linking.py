"""Joins the templates of a run that are deployed together (modules, importing and nested stacks), and orders them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TypeAlias

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging.notices import isolated, within_budget
from awslint_memo.judging.run_options import RunOptions, Scope
from awslint_memo.judging.user_inputs import NamedValues, UserInputs
from awslint_memo.model.name_words import name_words
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Template

Nests: TypeAlias = "Mapping[int, set[str]]"
"""The absolute paths of what a template may nest, by its `id`."""

Linked: TypeAlias = "tuple[list[Template], Nests]"
"""The templates of a run, and what each may nest."""


def whole(linked: Linked) -> Linked:
    """All of the templates."""
    return linked


@record
class Linker:
    """Joins templates. inputs: receives the variables that files give values. errors: receives what goes wrong.

    at: gives what the configuration of a folder asks; None for the defaults.
    """

    files: Files
    inputs: UserInputs
    errors: list[Problem]
    options: RunOptions
    at: Callable[[str], Scope] | None = None

    def linked(self, templates: list[Template]) -> tuple[list[Template], Nests]:
        """The templates, each with what belongs to it, and what each may nest."""
        nests: dict[int, set[str]] = {}
        with within_budget(templates, self.errors):
            templates = self._modules(templates)
            self._link_stacks(templates)
            for template in templates if len(templates) > 1 else ():
                with isolated(template.source.path, self.errors):
                    nests[id(template)] = {os.path.abspath(path) for path in template.nests}
        if any(template.language == "terraform" for template in templates):
            _note_called(templates, nests)
        return templates, nests

    def _isolated(self, source: Source) -> AbstractContextManager[None]:
        return isolated(source.path, self.errors)

    def _modules(self, templates: list[Template]) -> list[Template]:
        """The templates, after merging the files of each Terraform directory into one template."""
        var_files, plan_source = self.options.var_files, self.options.plan_source
        if not var_files and not plan_source and all(template.language != "terraform" for template in templates):
            return templates
        from awslint_memo.readers.terraform.workspace import Workspace

        workspace = Workspace(self.files, var_files, plan_source, self.at)
        found = workspace.merge_directories(templates, self._isolated)
        spans = {name: value.place.span for name, value in workspace.variables.met.items()}
        if spans:
            places = {name: f"{span.path}:{span.line}" for name, span in spans.items()}
            self.inputs.values.append(NamedValues(dict.fromkeys(places), places.__getitem__))
        return found

    def _link_stacks(self, templates: Sequence[Template]) -> None:
        if len(templates) > 1 and self.options.links_stacks:
            from awslint_memo.readers.cloudformation import linked_stacks

            linked_stacks.connect([one for one in templates if not _is_sample(one.source.path)], self._isolated)


def _is_sample(path: str) -> bool:
    """Whether a file is one to copy from, by its name: it is deployed beside no others, least of all its copies."""
    name = os.path.basename(path)
    return name.startswith(".") or not _SAMPLES.isdisjoint(name_words(name))


_SAMPLES = frozenset(("example", "sample"))
"""Words in the names of files to copy from. Chosen."""


def _note_called(templates: Sequence[Template], nests: Nests) -> None:
    """Tell root modules which others of the run call them."""
    from awslint_memo.readers.terraform.roots import Root, TerraformDirectory

    roots = [template for template in templates if isinstance(template, Root)]
    callers: dict[str, list[Root]] = {}
    for root in roots:
        for path in nests.get(id(root), ()):
            callers.setdefault(path, []).append(root)
    for root in roots:
        if isinstance(root, TerraformDirectory):
            root.callers = [caller for caller in callers.get(_path(root), ()) if caller is not root]


def only_called(templates: Sequence[Template], nests: Nests) -> list[Template]:
    """The modules of Terraform that others of the run call and that nobody surely deploys by themselves.

    Most have a provider of their own, from before modules could be given one. Modules that call nobody but each other
    are none of these: whatever they hold would be in no deployment.
    """
    if all(template.language != "terraform" for template in templates):
        return []
    from awslint_memo.readers.terraform.roots import TerraformDirectory

    modules = [one for one in templates if isinstance(one, TerraformDirectory) and not one.is_surely_deployed]
    called = {id(one): one for one in modules if one.callers}
    by_path = {_path(one): one for one in called.values()}
    waiting: list[Template] = [one for one in templates if id(one) not in called]
    met: dict[int, Template] = {}
    while waiting:
        below = [by_path[path] for path in nests.get(id(waiting.pop()), ()) if path in by_path]
        fresh = [one for one in below if id(one) not in met]
        met.update((id(one), one) for one in fresh)
        waiting += fresh
    return [one for one in templates if id(one) in met]


def parents_first(
    templates: Sequence[Template], nests: Mapping[int, Collection[str]], reached: Collection[str]
) -> Iterator[Template]:
    """The templates that are not yet part of what was checked, each after those that may nest it.

    nests: by the `id` of a template, the absolute paths of what it may nest. reached: the absolute paths of the files
    that were checked so far; the caller adds to it after each template. So a template is left out if a parent's
    deployments have it and it is no root itself, and comes by itself if they do not: the condition of its stack is
    false, its module has no instance, its parents nest each other, or they could not be checked.
    """
    waiting = list(templates)
    while waiting:
        nested = {path for template in waiting for path in nests.get(id(template), ()) if path != _path(template)}
        # In a circle, each is nested: the first one begins.
        ready = [template for template in waiting if _path(template) not in nested] or waiting[:1]
        for one in ready:
            if _is_left(one, reached):
                yield one
        done = {id(template) for template in ready}
        waiting = [template for template in waiting if id(template) not in done and _is_left(template, reached)]


def _is_left(template: Template, reached: Collection[str]) -> bool:
    """Whether a template is to be checked by itself after what was checked."""
    return _path(template) not in reached or template.is_root


def _path(template: Template) -> str:
    return os.path.abspath(template.source.path)
