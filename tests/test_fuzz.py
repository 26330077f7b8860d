"""A short run of the fuzzing in `bench/fuzz.py`: always the same inputs, none of which may escape."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.fuzz import FIXTURES, escape, inputs

from awslint_memo import api


@pytest.mark.parametrize("seed", range(4))
def test_nothing_escapes(seed: int) -> None:
    escapes = {path: escape(path, text) for path, text in inputs([FIXTURES], 25, seed)}
    # How long an input takes depends on the machine; only the long run by hand looks at that.
    assert {path: why for path, why in escapes.items() if why is not None and not why.endswith(" s")} == {}


def test_half_a_character_in_unsaved_text_is_an_error_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "main.tf").touch()
    path = str(tmp_path / "main.tf")
    [error] = api.lint([path], unsaved={path: 'resource "aws_sqs_queue" "q" { name = "\ud800" }'}).errors
    assert "UTF-8" in error.message
