"""Which release of a public module a call names, by an address of a registry or of the module's repository.

https://developer.hashicorp.com/terraform/language/modules/sources (read on 2026-11-30)
"""

from __future__ import annotations

import re

from awslint_memo.model.lazy import regex
from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.module_sources import git_source
from awslint_memo.readers.terraform_modules.tables import Release, table

_REGISTRY = regex(r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?([\w-]+)/([\w-]+)/([\w-]+)(?://([^?]*))?")
_REPOSITORY = regex(r"github\.com/([^/]+)/terraform-([^/-]+)-([^/]+)")
_FETCHED = regex(r"(?:git::)?(?:(?:https|ssh)://)?(?:[^@/:]+@)?github\.com[:/](?!\d+/).*", re.S | re.I)
"""How an address begins that git asks the public host for, and not the disk, or another port."""

_REVISION = regex(r"(?:^|&)ref=([^&]*)")


def release_of(block: Block) -> tuple[Release | None, str]:
    """The release that Terraform would take for a call, None if nothing is known of it, and the folder in it.

    Of several that the call allows, it takes the newest. What a branch has is not known.
    """
    source = literal(block.arguments.get("source")) or ""
    address = _REGISTRY.fullmatch(source.lower())
    if address is None:
        return _of_repository(source)
    known = table(*address.group(1, 2, 3))
    constraint = literal(block.arguments.get("version")) if "version" in block.arguments else ">= 0"
    release = None if known is None or constraint is None else known.newest(constraint)
    return release, "/".join(filter(None, source.partition("//")[2].split("/")))


def _of_repository(source: str) -> tuple[Release | None, str]:
    git = git_source(source) if _FETCHED.fullmatch(source) else None
    match = None if git is None else _REPOSITORY.fullmatch(git.repository)
    known = None if match is None else table(*match.group(1, 3, 2))
    revision = _REVISION.search(source.partition("?")[2])
    if git is None or known is None or known.repository != git.repository or revision is None:
        return None, ""
    return known.at(revision[1]), git.folder
