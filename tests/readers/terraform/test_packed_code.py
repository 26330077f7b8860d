"""The code of a function that archive_file packs is read, where that surely is what it packs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

MAIN = """
variable "folder" {{}}

data "archive_file" "code" {{
  type        = "zip"
  output_path = "code.zip"
  {archive}
}}

resource "aws_lambda_function" "work" {{
  function_name = "work"
  role          = "arn:aws:iam::111122223333:role/work"
  runtime       = "python3.13"
  handler       = "app.main"
  filename      = data.archive_file.code{index}.output_path
  {function}
}}
"""


def is_told(folder: Path, archive: str, index: str = "", function: str = "") -> bool:
    """Whether the missing handler of src/app.py is found."""
    (folder / "src").mkdir()
    (folder / "src" / "app.py").write_text("def handler(event, context): ...\n", encoding="utf-8")
    (folder / "src" / "other.py").write_text("", encoding="utf-8")
    (folder / "main.tf").write_text(MAIN.format(archive=archive, index=index, function=function), encoding="utf-8")
    findings = report("lint", str(folder), "--select", "lambda-handler-missing")["findings"]
    return [finding["rule"] for finding in findings] == ["lambda-handler-missing"]


@pytest.mark.parametrize(
    ("archive", "index", "function"),
    [
        ('source_dir = "src"', "", ""),
        ('source_dir = "${path.module}/src/"', "", ""),
        ('source_file = "${path.root}/src/app.py"', "", ""),
        ('source_dir = "src"\n  depends_on = [terraform_data.requirements]', "", ""),
        ('count = 1\n  source_dir = "src"', "[0]", ""),
        ('for_each = toset(["src"])\n  source_dir = each.key', '["src"]', ""),
    ],
)
def test_what_is_packed_is_read(tmp_path: Path, archive: str, index: str, function: str) -> None:
    assert is_told(tmp_path, archive, index, function)


@pytest.mark.parametrize(
    ("archive", "index", "function"),
    [
        ("source_dir = var.folder", "", ""),
        ('source_dir = "src"\n  excludes = ["app.py"]', "", ""),
        ('source_dir = "../src"', "", ""),
        ('source_dir = "nowhere"', "", ""),
        ('source_file = "src/other.py"', "", ""),
        ('source_content = ""\n  source_content_filename = "src/app.py"', "", ""),
        ('source {\n    content = ""\n    filename = "app.py"\n  }', "", ""),
        ('source_dir = "src"', "", 'layers = ["arn:aws:lambda:eu-west-1:111122223333:layer:code:1"]'),
    ],
)
def test_what_may_be_other_code_is_not(tmp_path: Path, archive: str, index: str, function: str) -> None:
    assert not is_told(tmp_path, archive, index, function)
