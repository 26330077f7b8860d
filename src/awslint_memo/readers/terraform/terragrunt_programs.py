"""The programs that Terragrunt runs beside Terraform, which may change the module or what is deployed.

https://docs.terragrunt.com/reference/hcl/blocks/#terraform (read on 2026-11-30)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

from awslint_memo.readers.terraform.blocks import blocks, mapping
from awslint_memo.syntax.node import Flaws, Node, plain

_HOOKS: Final = ("before_hook", "after_hook", "error_hook")

_LOOKING: Final = frozenset((
    "checkov", "conftest", "date", "echo", "infracost", "kics", "opa", "snyk", "terraform-docs", "terrascan", "tflint",
    "tfsec", "trivy",
))  # fmt: skip
"""Programs that read a module and change nothing."""

_TERRAFORM: Final = ("terraform", "tofu")


def programs(root: Node) -> Iterator[tuple[str, str]]:
    """The programs of a `terragrunt.hcl` that may change something: what each is by, in words, and all that is written
    of it. root: of the file."""
    top = mapping(root)
    binary = top.get("terraform_binary")
    if binary is not None and plain(binary) not in _TERRAFORM:
        yield "what terraform_binary does", repr(plain(binary))
    for engine in blocks(top.get("engine"), "engine", 0, Flaws()):
        yield "what engine does", repr(plain(engine.body))
    for terraform in blocks(top.get("terraform"), "terraform", 0, Flaws()):
        for kind in _HOOKS:
            for block in blocks(terraform.arguments.get(kind), kind, 1, Flaws()):
                execute = block.arguments.get("execute")
                written = plain(execute) if execute is not None else None
                program = str(written[0]) if isinstance(written, list) and written else ""
                if os.path.basename(program) not in _LOOKING or "/" in program:
                    yield f"what {kind} {block.name} runs", repr(plain(block.body))
