"""A property that a command of a provisioner sets is no warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

GROUP = """
resource "aws_elasticache_replication_group" "orders" {
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}

resource "null_resource" "spread" {
  provisioner "%s" {
    command = "aws elasticache modify-replication-group --replication-group-id x --%s"
  }
}
"""


@pytest.mark.parametrize(
    ("kind", "option", "told"),
    [
        ("local-exec", "multi-az-enabled", ("advice", "unless the command in main.tf sets it")),
        ("local-exec", "apply-immediately", ("warning", None)),
        ("remote-exec", "multi-az-enabled", ("warning", None)),
    ],
)
def test_a_command_sets_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, option: str, told: tuple[str, str | None]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"main.tf": GROUP % (kind, option)})
    (finding,) = report("main.tf", "--select", "elasticache-multi-az", "--advice")["findings"]
    assert (finding["level"], finding["deployment"]) == told
