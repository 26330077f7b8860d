"""Roots that nobody deploys to AWS: those of an emulator on a developer's machine, and modules that nothing calls."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence

from awslint_memo.judging.nonproduction import Place, Reason
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import replace
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.blocks import literal
from awslint_memo.readers.terraform.roots import TerraformDirectory
from awslint_memo.syntax.node import plain

_EMULATORS = regex(r"(?i)localhost|127\.0\.0\.1|host\.docker\.internal|localstack|:4566\b")
"""What stands in the addresses of emulators of AWS."""

_OF_MODULES = ("modules", "module")
"""The folders in which roots keep the modules that they call."""

_TERRAGRUNT = "terragrunt.hcl"


class NotDeployed:
    """Which root modules of a run nobody deploys to AWS.

    called: the absolute paths of the files that a template may nest, of each template.
    """

    def __init__(self, templates: Sequence[Template], called: Collection[Collection[str]]) -> None:
        roots = [template for template in templates if isinstance(template, TerraformDirectory)]
        self._is_terragrunt = any(template.source.path.endswith(_TERRAGRUNT) for template in templates)
        self._called = {os.path.dirname(path) for paths in called for path in paths}
        self._beside = {os.path.dirname(folder) for folder in self._called}
        self._beside |= {os.path.join(_folder(root), name) for root in roots if root.is_root for name in _OF_MODULES}
        self._named = {name for root in roots for name in _sources(root)}

    def reason(self, found: Template) -> Reason | None:
        """Why a template is a module that nobody deploys; None if it may be deployed.

        It is in a folder of modules, and the run calls others there or has a root around it.
        The files that it nests itself don't count, as a module does not call itself. With Terragrunt, whose sources
        need not be known, nothing is sure.
        """
        if self._is_terragrunt or not isinstance(found, TerraformDirectory) or found.is_root:
            return None
        folder = _folder(found)
        name = os.path.basename(folder)
        around = os.path.dirname(folder)
        is_of_modules = os.path.basename(around) in _OF_MODULES and around in self._beside
        if not is_of_modules or folder in self._called or name in self._named:
            return None
        return Reason(f"{name}/", f"as nothing here calls {name}")

    def placed(self, found: Template, place: Place) -> Place:
        """Where a template is, with whether it is deployed at all."""
        return replace(place, whole=self.reason(found), is_emulated=self.is_emulated(found))

    @staticmethod
    def is_emulated(found: Template) -> bool:
        """Whether the endpoints of each provider of AWS in a root module surely are those of an emulator."""
        if not isinstance(found, TerraformDirectory):
            return False
        providers = [block for block in found.sections.providers if block.name == "aws"]
        endpoints = [block.arguments.get("endpoints") for block in providers]
        return bool(endpoints) and all(node is not None and _EMULATORS.search(str(plain(node))) for node in endpoints)


def _folder(template: Template) -> str:
    return os.path.dirname(os.path.abspath(template.source.path))


def _sources(root: TerraformDirectory) -> Iterator[str]:
    """The last folder that the source of each module call names, wherever that is."""
    for block in root.sections.modules.values():
        source = literal(block.arguments.get("source")) or ""
        yield os.path.basename(source.partition("?")[0].rstrip("/"))
