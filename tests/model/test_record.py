"""A record is the same whether the shared constructor made it or the one that is compiled for a frequent class."""

from __future__ import annotations

import sys
import tracemalloc
from typing import Any

import pytest
from tests.cases import each_case

from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import field, record, replace, values

MANY = 1_000
"""More records than are made before a class has its own constructor."""


@record(frozen=True, slots=True)
class Slotted:
    """Frozen, with slots."""

    name: str
    items: list[int] = field(default_factory=list)
    note: str = field(default="none", compare=False)


@record
class Open:
    """With a dictionary, a field whose name the constructor might use itself, and a last step."""

    own: int
    _made: int = 2
    items: list[int] = field(default_factory=list)
    total: int = 0

    def __post_init__(self) -> None:
        self.total = self.own + self._made


ANY: Any = Slotted
"""The same class, whose arguments no type checker looks at."""


class Heir(Open):
    """No record itself."""


@record
class Named(Open):
    """With a constructor of its own, which calls that of the record."""

    def __init__(self, own: int) -> None:
        super().__init__(own, own)


MAKERS: dict[str, Any] = {
    "slots": lambda: (Slotted("a"), Slotted("a", [1]), Slotted(name="a", note="b"), Slotted("a", [1], "c")),
    "open": lambda: (Open(1), Open(1, 3), Open(own=1, items=[4]), Open(1, 3, [4], 5)),
    "heir": lambda: (Heir(1), Heir(1, 3), Heir(own=1, items=[4]), Heir(1, 3, [4], 5)),
    "named": lambda: (Named(1), Named(own=2)),
}


@each_case("kind", MAKERS)
def test_frequent_records_are_as_the_first_ones(kind: str) -> None:
    make = MAKERS[kind]
    before = make()
    for _ in range(MANY):
        made = make()
    assert list(map(values, made)) == list(map(values, before))
    assert list(made) == list(before)
    assert [type(one) for one in made] == [type(one) for one in before]


@pytest.mark.parametrize("wrong", [lambda: ANY(), lambda: ANY("a", other=1), lambda: ANY("a", name="b")])
def test_wrong_arguments_are_refused_before_and_after(wrong: Any) -> None:
    with pytest.raises(TypeError):
        wrong()
    for number in range(MANY):
        Slotted(f"{number}")
    with pytest.raises(TypeError):
        wrong()


def test_each_record_has_its_own_list_and_keeps_its_promises() -> None:
    made = [Slotted("a") for _ in range(MANY)]
    made[-1].items.append(1)
    assert made[-2].items == []
    assert replace(made[-1], note="x") == made[-1]
    with pytest.raises(AttributeError):
        made[-1].name = "b"  # type: ignore[misc]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="each object has a dictionary there")
def test_records_take_no_dictionary_of_their_own() -> None:
    """Verifies that the fields of a frequent record stay in the object, where they take half of the memory."""

    @record(frozen=True)
    class Frozen:
        name: str

        @cached_property
        def length(self) -> int:
            return len(self.name)

    made = [Frozen(f"{number}") for number in range(MANY)]
    tracemalloc.start()
    kept = [Frozen(one.name) for one in made]
    each = tracemalloc.get_traced_memory()[0] / MANY
    tracemalloc.stop()
    assert [one.length for one in kept[:2]] == [1, 1]
    assert each < 120
