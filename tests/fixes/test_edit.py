"""Edits of one text that clash are found, however many there are."""

from __future__ import annotations

from random import Random

import pytest

from awslint_memo.fixes.edit import Edit, Touched, clash


@pytest.mark.parametrize("seed", range(30))
def test_clashes_are_those_of_each_with_each(seed: int) -> None:
    random = Random(seed)
    touched, taken = Touched(), list[Edit]()
    for _ in range(200):
        edits = []
        for _ in range(random.randint(0, 3)):
            start = random.randint(0, 400)
            edits.append(Edit(start, start + random.choice((0, 0, 1, 5)), "x"))
        assert touched.clash(edits) == clash(edits, taken)
        if not clash(edits, taken):
            touched.add(edits)
            taken += edits
