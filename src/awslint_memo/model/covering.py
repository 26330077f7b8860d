"""Few combinations of choices in which much is met, where all combinations are too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def covering(counts: Sequence[int], most: int) -> Iterator[list[int]]:
    """Rows that choose one of its choices for each factor, by number; the first row has the first of each.

    Each choice of a factor is met, and each pair of the first two choices of any two factors. There are as many rows as
    a factor has choices (at most `most`), and in addition twice the logarithm of the number of factors.
    """
    for number in range(min(max(counts, default=1), most)):
        yield [number % count for count in counts]
    # Two factors differ in some bit of their positions, so that in one row they have different choices.
    for bit in range((len(counts) - 1).bit_length()):
        for flipped in (0, 1):
            yield [((at >> bit) & 1 ^ flipped) % count for at, count in enumerate(counts)]
