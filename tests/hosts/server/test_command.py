"""The command that starts the language server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke

from awslint_memo.hosts.server import serving


class Started:
    """Stands for a server, and keeps what it was made with."""

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}
        self.is_started = False

    def made(self, **options: Any) -> Started:
        self.options = options
        return self

    def start_io(self) -> None:
        self.is_started = True


def test_its_options_are_those_of_lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "made", (server := Started()).made)
    config, rules = tmp_path / "own.yaml", tmp_path / "rules"
    config.write_text("profile: core\n")
    rules.mkdir()
    invoke("server", "--config", str(config), "--profile", "core", "--rules", str(rules))
    assert server.is_started
    assert server.options["config"] == str(config)
    assert (server.options["profile"], server.options["rule_folders"]) == ("core", (str(rules),))


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "awslint_memo.hosts.server.serving", None)
    result = invoke("server")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "pip install 'pygls>=2.0'" in result.stderr
