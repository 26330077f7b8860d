"""File systems of Terraform whose mount targets or Regions are told by functions and data sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke

TARGETS = """
variable "subnets" {
  type = list(string)
}

resource "aws_efs_file_system" "files" {}

resource "aws_efs_mount_target" "files" {
  count          = length(slice(var.subnets, 0, NUMBER))
  file_system_id = aws_efs_file_system.files.id
  subnet_id      = slice(var.subnets, 0, NUMBER)[count.index]
}
"""
REPLICA = """
data "aws_region" "here" {}

resource "aws_efs_file_system" "files" {PROVIDER}

resource "aws_efs_replication_configuration" "files" {
  source_file_system_id = aws_efs_file_system.files.id

  destination {
    region = data.aws_region.here.name
  }
}
"""


def found(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    (folder / "main.tf").write_text(text)
    return invoke("lint", "--advice", "--select", "efs-single-az,efs-replica-region", "main.tf").output


@pytest.mark.parametrize(("number", "is_reported"), [("1", True), ("2", False), ("var.number", False)])
def test_a_slice_of_an_unknown_list_has_as_many_items_as_its_bounds_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str, is_reported: bool
) -> None:
    said = found(tmp_path, TARGETS.replace("NUMBER", number), monkeypatch)
    assert ("has a single mount target" in said) is is_reported


def test_the_region_of_the_usual_provider_is_that_of_its_data_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "is the Region of the file system" in found(tmp_path, REPLICA.replace("PROVIDER", ""), monkeypatch)
    other = REPLICA.replace("PROVIDER", "\n  provider = aws.second\n")
    assert "no findings" in found(tmp_path, other, monkeypatch)
