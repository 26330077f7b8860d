"""Public modules as directories that nobody has: what a call of one makes is told by facts about its release."""

from __future__ import annotations

import posixpath
from functools import partial

from awslint_memo.model.span import Place
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.directories import Directory, is_local
from awslint_memo.readers.terraform_modules.nodes import sections
from awslint_memo.readers.terraform_modules.sources import release_of
from awslint_memo.readers.terraform_modules.tables import Release


def known_directory(block: Block, place: Place | None = None) -> Directory | None:
    """The module that a call names; None if nothing is known of it. place: where a person calls it, if the call itself
    is one that a fact tells of."""
    release, folder = release_of(block)
    return None if release is None else _directory(release, folder, place or block.place)


def _directory(release: Release, folder: str, place: Place) -> Directory | None:
    blocks = release.folders.get(folder)
    if blocks is None:
        return None
    find, known = partial(_beside, release, folder, place), partial(known_directory, place=place)
    return Directory(sections(blocks, place), f"{release}//{folder}", find=find, known=known, release=release)


def _beside(release: Release, folder: str, place: Place, source: str, _: str | None) -> Directory | None:
    """The module in another folder of the same release, by the `source` of a call in `folder`."""
    if not is_local(source):
        return None
    path = posixpath.normpath(posixpath.join(folder, source))
    return _directory(release, "" if path == "." else path, place)
