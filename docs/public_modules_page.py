"""The page of the public modules of Terraform that the package has facts about, docs/public-modules.md."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from awslint_memo.readers.terraform_modules.tables import FOLDER

_INTRODUCTION = """<!-- Generated from the facts by `make docs`. -->

# Public modules

Which modules of Terraform's registry are checked although nobody has downloaded them: these {count}, as
[the page on Terraform](terraform.md#public-modules-without-their-files) says, with the versions that are known and, in
parentheses, their folders below `modules/`. A call that asks for another version is not read.
"""


def public_modules_page() -> str:
    """The page with a paragraph for each namespace."""
    known = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(FOLDER).glob("*.json"))]
    spaces = groupby(known, key=_namespace)
    paragraphs = "".join(f"\n**{name}**: {', '.join(map(_module, modules))}\n" for name, modules in spaces)
    return _INTRODUCTION.format(count=len(known)) + paragraphs


def _namespace(content: dict[str, Any]) -> str:
    return str(content["source"]).partition("/")[0]


def _module(content: dict[str, Any]) -> str:
    versions = list(content["versions"])
    _, name, _ = content["source"].split("/")
    folders = sorted({folder.removeprefix("modules/") for _, _, folder, _, _ in content["facts"]} - {""})
    inner = f" ({', '.join(folders)})" if folders else ""
    return f"[{name}](https://{content['repository']}) {versions[0]}–{versions[-1]}{inner}"
