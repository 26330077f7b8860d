"""The order in which the templates of a run are checked: parents before the templates that are nested in them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence

from awslint_memo.readers.template import Template


def parents_first(
    templates: Sequence[Template], nests: Mapping[int, Collection[str]], reached: Collection[str]
) -> Iterator[Template]:
    """The templates that are not yet part of what was checked, each after those that may nest it.

    nests: by the `id` of a template, the absolute paths of what it may nest. reached: the absolute paths of the files
    that were checked so far; the caller adds to it after each template. So a template is left out if a parent's
    deployments have it, and comes by itself if they do not: the condition of its stack is false, its module has no
    instance, its parents nest each other, or they could not be checked.
    """
    waiting = list(templates)
    while waiting:
        nested = {path for one in waiting for path in nests.get(id(one), ()) if path != _path(one)}
        # In a circle, each is nested: the first one begins.
        ready = [one for one in waiting if _path(one) not in nested] or waiting[:1]
        for one in ready:
            if _path(one) not in reached:
                yield one
        done = {id(one) for one in ready}
        waiting = [one for one in waiting if id(one) not in done and _path(one) not in reached]


def _path(template: Template) -> str:
    return os.path.abspath(template.source.path)
