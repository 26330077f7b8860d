"""Lays the modules that root modules call below `.terraform/modules`, as `terraform get` does, from git mirrors.

https://developer.hashicorp.com/terraform/cli/commands/get and
https://developer.hashicorp.com/terraform/language/modules/sources (read on 2026-11-30)
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from bench.mirrors import Mirrors

from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.readers.terraform.blocks import literal
from awslint_memo.readers.terraform.directories import is_local
from awslint_memo.readers.terraform.module_directories import ModuleDirectories
from awslint_memo.readers.terraform.module_sources import git_source

MODULES = Path(".terraform") / "modules"

_REGISTRY = re.compile(r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?([\w.-]+)/([\w-]+)/([\w-]+)")
_MOST_CALLS = 600
_DEEPEST = 12


@dataclass
class Layer:
    """What was laid for a root module. missing: the sources of calls without a mirror or a fitting version, by key."""

    entries: list[dict[str, str]] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    laid: dict[str, str] = field(default_factory=dict)
    """The source and version of each call that was laid, by key."""
    own: str = ""


@dataclass(frozen=True)
class Taken:
    """A module at a commit. address: of its repository at GitHub. version: that of the registry; empty without one."""

    address: str
    commit: str
    folder: str
    version: str


def taken(source: str, constraint: str, mirrors: Mirrors) -> Taken | None:
    """Which module `terraform get` takes for a source that isn't local; None if no mirror has it."""
    path, _, query = source.partition("?")
    asked = git_source(source)
    if asked is not None:
        address = asked.repository.removeprefix("github.com/")
        mirror = mirrors.repository(address)
        ref = next((part[4:] for part in query.split("&") if part.startswith("ref=")), "")
        commit = mirror.commit(ref) if mirror is not None else None
        return Taken(address, commit, asked.folder, "") if commit is not None else None
    package, _, folder = path.partition("//")
    match = _REGISTRY.fullmatch(package)
    if match is None:
        return None
    address = f"{match[1]}/terraform-{match[3]}-{match[2]}"
    mirror = mirrors.repository(address)
    version = mirror.newest(constraint) if mirror is not None else None
    return None if version is None else Taken(address, version.commit, folder, version.number)


def calls(folder: Path) -> dict[str, tuple[str, str]]:
    """The module calls of a directory: the source and the constraint of each, by name."""
    loaded = ModuleDirectories(Files(bounds=Root([str(folder)])), None).load(str(folder))
    if loaded.directory is None:
        return {}
    arguments = {name: block.arguments for name, block in loaded.directory.sections.modules.items()}
    return {
        name: (literal(given.get("source")) or "", literal(given.get("version")) or "")
        for name, given in arguments.items()
    }


def lay(root: Path, mirrors: Mirrors, own: str = "") -> Layer:
    """Lay the modules of a root module and write its `modules.json`. own: the repository that has it, whose modules are
    read where they are."""
    layer = Layer([{"Key": "", "Source": "", "Dir": "."}], own=own.lower())
    _lay(root, root, "", 0, mirrors, layer)
    if len(layer.entries) > 1:
        (root / MODULES).mkdir(parents=True, exist_ok=True)
        (root / MODULES / "modules.json").write_text(json.dumps({"Modules": layer.entries}, indent=1))
    return layer


def _lay(root: Path, folder: Path, key: str, depth: int, mirrors: Mirrors, layer: Layer) -> None:
    if depth > _DEEPEST or len(layer.entries) > _MOST_CALLS:
        return
    for name, (source, constraint) in calls(folder).items():
        inner = f"{key}.{name}" if key else name
        entry = {"Key": inner, "Source": source}
        if is_local(source):
            below = Path(os.path.normpath(folder / source))
        else:
            module = taken(source, constraint, mirrors)
            if module is not None and module.address.lower() == layer.own:
                continue
            if module is None:
                layer.missing[inner] = f"{source} {constraint}".strip()
                continue
            copy = root / MODULES / inner
            shutil.copytree(
                mirrors.package(module.address, module.commit), copy, copy_function=os.link, dirs_exist_ok=True
            )
            below = copy / module.folder
            layer.laid[inner] = f"{source} {module.version or module.commit[:12]}"
            if module.version:
                entry["Source"] = f"registry.terraform.io/{source}" if source.count("/") < 3 else source
                entry["Version"] = module.version
        entry["Dir"] = os.path.relpath(below, root)
        layer.entries.append(entry)
        if below.is_dir():
            _lay(root, below, inner, depth + 1, mirrors, layer)


def unlay(root: Path) -> None:
    """Take away what `lay` wrote."""
    shutil.rmtree(root / MODULES, ignore_errors=True)
