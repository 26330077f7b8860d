"""Findings about settings that a command of Terraform's provisioner changes after the resource is made."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem

_PROVISIONER = regex(r"[\"\s]local-exec[\"\s]")
_OPTION = regex(r"--(?:no-)?([a-z][a-z0-9]+(?:-[a-z0-9]+)+)")
"""An option of AWS's command line, with a word at least beside the first one: --multi-az-enabled."""


def unless_by_command(findings: Sequence[Finding], options: CheckOptions, files: Files) -> list[Finding]:
    """The findings of Terraform's configuration, as advice those about a property that a command in its folder sets."""
    return [_unless(finding, options, files) for finding in findings]


def _unless(finding: Finding, options: CheckOptions, files: Files) -> Finding:
    name = re.sub(r"\W.*", "", finding.route.rpartition(".")[2]).lower()
    if not name or finding.level == "error" or finding.rule in options.locked:
        return finding
    path = files.once(Commands).setting(name, os.path.dirname(finding.home_path))
    return finding.as_advice(f"unless the command in {path} sets it") if path else finding


class Commands:
    """The commands that configurations run, by folder: the names of the options in each file that has any."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._known: dict[str, dict[str, set[str]]] = {}

    def setting(self, name: str, folder: str) -> str:
        """The name of the file in a folder of which a command has the option for a property; empty if none has."""
        if folder not in self._known:
            self._known[folder] = dict(self._options(folder))
        return next((file for file, options in self._known[folder].items() if name in options), "")

    def _options(self, folder: str) -> list[tuple[str, set[str]]]:
        found = []
        for name in self._files.names(folder):
            if name.endswith((".tf", ".tofu")):
                try:
                    text = self._files.read(os.path.join(folder, name)).text
                except Problem:
                    continue
                if _PROVISIONER.search(text):
                    found.append((name, {option.replace("-", "") for option in _OPTION.findall(text)}))
        return found
