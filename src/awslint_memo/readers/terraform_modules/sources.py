"""Which release of a public module a call names, by an address of a registry or of the module's repository.

https://developer.hashicorp.com/terraform/language/modules/sources (read on 2026-11-30)
"""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.lazy import regex
from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.module_sources import git_source
from awslint_memo.readers.terraform.version_constraints import allows
from awslint_memo.readers.terraform_modules.tables import Release, table

_REGISTRY = regex(r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?([\w-]+)/([\w-]+)/([\w-]+)(?://([^?]*))?")
_REPOSITORY = regex(r"github\.com/([^/]+)/terraform-([^/-]+)-([^/]+)")
_REVISION = regex(r"(?:^|&)ref=([^&]*)")


def release_of(block: Block) -> tuple[Release, str] | None:
    """The release that Terraform would take for a call, and the folder in it; None if nothing is known of it.

    Of several that the call allows, it takes the newest. What a branch has is not known.
    """
    source = literal(block.arguments.get("source")) or ""
    address = _REGISTRY.fullmatch(source.lower())
    if address is None:
        return _of_repository(source)
    known = table(*address.group(1, 2, 3))
    if known is None:
        return None
    constraint = literal(block.arguments.get("version")) if "version" in block.arguments else ">= 0"
    version = _newest(known.versions, constraint)
    return None if version is None else (known.release(version), _folder(source.partition("//")[2]))


def _folder(written: str) -> str:
    return "/".join(part for part in written.split("/") if part)


def _of_repository(source: str) -> tuple[Release, str] | None:
    asked = git_source(source)
    match = _REPOSITORY.fullmatch(asked.repository) if asked is not None else None
    known = table(*match.group(1, 3, 2)) if match is not None else None
    revision = _REVISION.search(source.partition("?")[2])
    if asked is None or known is None or known.repository != asked.repository or revision is None:
        return None
    tag = revision[1].removeprefix("v")
    version = next((name for name, commit in known.versions.items() if tag == name or revision[1] == commit), None)
    return None if version is None else (known.release(version), asked.folder)


def _newest(versions: Mapping[str, str], constraint: str | None) -> str | None:
    """The newest version that a constraint allows; None if there is none, or if it can't be read."""
    if constraint is None:
        return None
    return next((version for version in reversed(list(versions)) if allows(constraint, version)), None)
