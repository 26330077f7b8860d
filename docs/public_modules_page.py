"""The page of the public modules of Terraform that the package has facts about, docs/public-modules.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from awslint_memo.readers.terraform_modules.tables import FOLDER
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

_INTRODUCTION = """<!-- Generated from the facts by `make docs`. -->

# Public modules

Calls of these {count} modules of Terraform's registry are checked although nobody has downloaded them, as
[the page on Terraform](terraform.md#public-modules-without-their-files) says. A call that asks for another version is
not read. The last column has how many types of resources rules know in a module; one without any is known to make
nothing that there is to check.

| module | versions | read on | folders below `modules/` | types |
| --- | --- | --- | --- | --- |
"""


def public_modules_page() -> str:
    """The page with a line for each module."""
    rows = [_row(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(Path(FOLDER).glob("*.json"))]
    return _INTRODUCTION.format(count=len(rows)) + "".join(rows)


def _row(content: dict[str, Any]) -> str:
    versions = list(content["versions"])
    folders = sorted({folder.removeprefix("modules/") for _, _, folder, _, _ in content["facts"]} - {""})
    link = f"[{content['source']}](https://{content['repository']})"
    words = f"{versions[0]} to {versions[-1]}"
    return f"| {link} | {words} | {content['read']} | {', '.join(folders)} | {len(set(_types(content)))} |\n"


def _types(content: dict[str, Any]) -> Iterator[str]:
    """The types of resources that rules know, those that the calls inside lead to elsewhere not counted."""
    for _, _, _, key, _ in content["facts"]:
        kind, _, rest = key.partition(".")
        name = rest.partition(".")[0]
        if kind == "resource" and (name in TYPE_MAPS or name in COMPANIONS):
            yield name
