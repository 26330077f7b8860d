"""docs/cdk.md: the configuration does what it says there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests import command
from tests.readers.cdk.app import FIXTURE

PAGE = Path(__file__).resolve().parents[3] / "docs" / "cdk.md"


def test_the_configuration_does_what_it_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = re.search(r"```yaml\n(suppress:.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert settings is not None
    path = tmp_path / "settings.yaml"
    path.write_text(settings[1].replace("sqs-dead-letter-queue", "sqs-visibility-*"), encoding="utf-8")
    monkeypatch.chdir(FIXTURE)
    before = _resources(command.report())
    after = _resources(command.report("--config", str(path)))
    assert len(after - before) == 2


def _resources(made: dict[str, Any]) -> set[str]:
    """The fingerprints of what is suppressed, that of each resource."""
    return {each["fingerprint"] for each in command.singles(made, "suppressed")}
