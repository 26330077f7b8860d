"""Which template a text in Terraform's own language is, by the name of its file."""

from __future__ import annotations

import os

from awslint_memo.files.left_out import SELDOM
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.file_names import COMPONENTS, DEPLOYMENTS


def template(source: Source) -> Template | None:
    """A configuration, a file of Terragrunt or one of a stack; None for a file of another kind, such as prose that
    quotes a configuration. Raises Problem if it can't be read.
    """
    name = source.path.lower()
    if name.endswith("terragrunt.hcl"):
        from awslint_memo.readers.terraform.terragrunt import TerragruntFile

        return TerragruntFile(source) if os.path.basename(name) == "terragrunt.hcl" else None
    if name.endswith((*COMPONENTS, *DEPLOYMENTS)):
        from awslint_memo.readers.terraform.stacks import StackFile

        return StackFile(source)
    from awslint_memo.readers.terraform.configuration import NativeConfiguration

    try:
        return NativeConfiguration(source)
    except Problem:
        if name.endswith(SELDOM):  # Terraform reads no such file, and documents and logs have parts of configurations.
            return None
        raise
