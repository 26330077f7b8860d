"""Part of the build of a wheel: writes the index of the rules beside them, so that a run need not read each rule."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]


class RuleIndexHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the index to a wheel. In an editable installation the rules change, so there it is not written down."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the index before the wheel is packed."""
        if version == "editable":
            return
        sys.path.insert(0, str(ROOT / "src"))
        from awslint_memo.files.rule_files import OWN_INDEX
        from awslint_memo.judging import rule_index

        self._made = tempfile.TemporaryDirectory()
        path = Path(self._made.name, OWN_INDEX)
        path.write_text(rule_index.module(list(rule_index.entries(str(ROOT / "rules")))), encoding="utf-8")
        build_data["force_include"][str(path)] = f"awslint_memo/rules/{OWN_INDEX}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the file that was packed."""
        if version != "editable":
            self._made.cleanup()
