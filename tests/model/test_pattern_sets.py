"""Many patterns at once answer as each by itself."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from awslint_memo.files.file_finder import relative
from awslint_memo.model.pattern_sets import NamePatterns, PathPatterns, PatternIndex, path_patterns
from awslint_memo.model.patterns import matches, path_matches


def test_names_match_as_they_do_alone() -> None:
    texts = ["".join(letters) for length in range(4) for letters in product("ab", repeat=length)]
    patterns = ["".join(letters) for length in range(5) for letters in product("ab*?", repeat=length)]
    for pattern in patterns:
        many = NamePatterns([pattern, "never"])
        assert [text for text in texts if many.match(text)] == [text for text in texts if matches(pattern, text)]


def test_things_are_found_by_patterns_as_by_each_alone() -> None:
    texts = ["".join(letters) for length in range(4) for letters in product("ab", repeat=length)]
    patterns = ["".join(letters) for length in range(5) for letters in product("ab*?", repeat=length)]
    index = PatternIndex([*((pattern, [pattern, "never"]) for pattern in patterns), ("all", [])])
    for text in texts:
        expected = [pattern for pattern in patterns if matches(pattern, text)]
        assert index.of(text) == [*expected, "all"]
        assert index.of("other", text) == [
            pattern for pattern in [*patterns, "all"] if pattern in index.of("other") or pattern in expected
        ]


@pytest.mark.parametrize("seed", range(20))
def test_paths_match_as_they_do_alone(seed: int) -> None:
    random = Random(seed)
    parts = ["a", "b", "a.yaml", "*", "**", "*.yaml", ".", "", "?"]
    for _ in range(300):
        pattern = "/".join(random.choices(parts, k=random.randint(1, 4)))
        path = "/".join(random.choices(parts[:3], k=random.randint(1, 4)))
        expected = path_matches(pattern, path)
        assert PathPatterns([("", "zzz"), ("", pattern)])._match_below("", path) is expected, (pattern, path)


def test_patterns_are_relative_to_their_folders() -> None:
    patterns = [("x", "a/b.yaml"), ("y", "c.yaml")]
    assert path_patterns(patterns).match("x/a/b.yaml", relative)
    assert not path_patterns(patterns).match("a/b.yaml", relative)
    assert path_patterns(patterns).match("y/deep/c.yaml", relative)
