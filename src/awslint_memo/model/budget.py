"""How much a template may make of what it says: one budget for all that grows faster than what is written.

Functions that repeat texts, loops, lookups and combinations of conditions can make more of a kilobyte than fits into
memory. Whatever makes more than it was given asks here first. Where the answer is no, the value is unknown, so that
nothing is reported about it, and the run says that something was left out. What counts is amounts and never time, so
the same template always has the same findings.

Limits on something else stand beside it: the depth of nesting (`syntax/`), deployments (`readers/*/deployments.py`,
`variations.py`), modules, instances and iterations (`readers/terraform/tree.py`, `repetition.py`), the steps of an
expression (`syntax/hcl`), the length of one value (`readers/terraform/values.py`), patterns
(`readers/terraform/functions/re2_*.py`), files (`files/`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, Literal, TypeAlias, TypeVar, cast

from awslint_memo.model.span import LeftOut

Made = TypeVar("Made")

Kind: TypeAlias = Literal[
    "characters", "values", "combinations", "deployments", "looks", "samples",
    "resources", "judged", "checks", "terse", "comparisons",
]  # fmt: skip

Beside: TypeAlias = Literal["iterations", "instances", "steps", "names", "differing"]
"""What has a limit elsewhere, in one deployment, one expression or one check of a resource, and is said here."""

MAX_TEXT: Final = 1_000_000
"""The longest text that is made, in characters. The longest property of a resource has some hundred thousand."""

_LIMITS: Final[dict[Kind, tuple[int, float]]] = {
    "characters": (20_000_000, 10),
    "values": (2_000_000, 2),
    "combinations": (800_000, 0),
    "deployments": (900_000, -0.6),
    "looks": (100_000, -0.1),
    "samples": (300_000, 0),
    "resources": (2_500, 0.0065),
    "judged": (2_500, 0.0055),
    "checks": (25_000, 0),
    "terse": (0, 0.0075),
    "comparisons": (200_000, 0.1),
}
"""What one template may make, and what in addition for each byte of its file, so that large ones are judged like small
ones: characters of texts that functions make, function calls that are worked out, results of conditions in combinations
of parameters, resources in deployments that differ, looks at resources there, where some work counts as several, the
same once there are too many, so that each check is run in a few deployments only, less what the checks of all resources
take, resources of one deployment, of which few are written in less than a hundred bytes, resources that are judged,
checks of these, of which public templates have 265 at most, and resources for which there is room for as many checks as
any type has: few with many checks are written in less than 133 bytes. The last are comparisons of each of many with
each of others, as of the values of policies' statements with requests. Of looks a large file has fewer, but a quarter
at least, as it takes longer to be looked at once; no template of two thousand public ones takes more than 25,000."""

_OF_ALL_FILES: Final[tuple[Kind, ...]] = ("resources", "judged", "terse")
"""What grows with each further file of a template."""

_OF_DEPLOYMENTS: Final[tuple[Kind | Beside, ...]] = ("combinations", "deployments", "looks", "samples", "differing")
"""What deployments take that differ in what is chosen. Where it is not enough, some of them are looked at, in which
each choice is met, and each pair of choices; where that takes too much too, the rest is looked at in one."""

_LOOKS_OF_A_CHECK: Final = 0.00064
_MOST_LOOKS_MORE: Final = 1.2
"""How many more looks a template may take for each check of a resource, and at most, as shares of those of an empty
file. Public templates with 2,000 to 9,000 such checks took 124,000 to 170,000 looks (220 public templates with
conditions, 2026-11-30)."""

_OF_ODD_SIZES: Final[dict[Kind, int]] = {"looks": 10_000, "samples": 100_000}
"""What is left at most for deployments that differ, where one stack has more resources than can be created, or there is
more to choose than in any public template. Each look at such takes longer, as it has more to decide."""

VERY_MANY_CHOICES: Final = 300
"""More parameters and conditions of one template, or variables, than any public one has (see `ORDINARY_CHOICES`)."""

ORDINARY_CHOICES: Final = 1_000
"""Parameters and conditions of one template, or variables without value of one root module, up to which a run looks at
some of its deployments and says how many; with more, it fails. Of 1,846 templates and 1,209 modules of 45 public
repositories none has more than 287, and one of a hundred more than 18 conditions or 45 parameters."""


class Budget:
    """What is left of it, and which kinds were not enough."""

    def __init__(self, size: int = 0) -> None:
        self.whole: dict[Kind, int] = {
            kind: int(max(most + each * size, most / 4)) for kind, (most, each) in _LIMITS.items()
        }
        self.left = dict(self.whole)
        self.kept: dict[Hashable, object] = {}
        """What is made once for all deployments, and charged once."""
        self._lacking: dict[Kind | Beside, None] = {}
        self._left_out: dict[Kind | Beside, LeftOut] = {}
        self.choices = 0
        """The most that a document lets somebody choose, of those that were met."""
        self._is_of_odd_size = False
        self._is_in_turn = False

    def spend(self, kind: Kind, amount: int) -> bool:
        """Take an amount; False, and nothing more of this kind is made, if there is not so much left."""
        self.left[kind] -= amount
        if self.left[kind] < 0:
            self._lacking[kind] = None
            return False
        return True

    def refuse(self, kind: Kind | Beside, left_out: LeftOut | None = None) -> None:
        """Note that something was left out, or that one thing was too large to be made."""
        self._lacking[kind] = None
        if left_out is not None:
            self._left_out.setdefault(kind, left_out)

    def enlarge(self, size: int) -> None:
        """Allow more resources, as a further file belongs to the template. size: its bytes."""
        for kind in _OF_ALL_FILES:
            self.left[kind] += int(_LIMITS[kind][1] * size)

    def meet_choices(self, number: int) -> None:
        """Note how much a document lets somebody choose; the largest number counts."""
        self.choices = max(self.choices, number)

    def look_more(self, checks: int) -> None:
        """Allow more looks, as a template has very many checks of resources."""
        if self._is_of_odd_size:
            return
        more = int(_LIMITS["looks"][0] * min(_LOOKS_OF_A_CHECK * checks, _MOST_LOOKS_MORE))
        self.left["looks"] += more
        self.whole["looks"] += more

    def look_less(self) -> None:
        """Allow few looks, and no more of them later, as no template that is deployed is of this size."""
        self._is_of_odd_size = True
        for kind, most in _OF_ODD_SIZES.items():
            self.left[kind] = min(self.left[kind], most)

    def take_turns(self) -> None:
        """Note that what was left decided something, so that it depends on what was looked at before."""
        self._is_in_turn = True

    @property
    def is_in_turn(self) -> bool:
        """Whether what was left decided something; what one check alone has too much of is the same in any order."""
        return self._is_in_turn or not self._lacking.keys() <= {"differing"}

    @property
    def is_cut(self) -> bool:
        """Whether some of the resources were not judged, so that nothing is known of them."""
        return not self._lacking.keys().isdisjoint(("resources", "judged"))

    @property
    def is_sampled(self) -> bool:
        """Whether only some of the deployments were looked at."""
        return not self._lacking.keys().isdisjoint(_OF_DEPLOYMENTS)

    @property
    def is_in_one_only(self) -> bool:
        """Whether some resources were looked at in one deployment of each name only, as checks take too much."""
        return "samples" in self._lacking

    def told(self, *, is_strict: bool) -> dict[str, LeftOut | None]:
        """What was left out and makes a run fail, with the resources that were not judged where they are known.

        Deployments that were not looked at do so in odd sizes only, unless it is strict where a resource was looked at
        in one deployment only: what a policy locks may be found in others.
        """
        if not self._lacking:
            return {}
        from awslint_memo.model.budget_sentences import sentences  # Few templates lack anything.

        is_ordinary, sentence = self.choices <= ORDINARY_CHOICES, sentences(ORDINARY_CHOICES)
        told: dict[str, LeftOut | None] = {}
        for kind in self._lacking:
            if not is_ordinary or kind not in _OF_DEPLOYMENTS or (is_strict and kind == "samples"):
                told[sentence[kind]] = told.get(sentence[kind]) or self._left_out.get(kind)
        return told


_WITHOUT_END = Budget()
# Each template that a run looks at has a budget of its own; what is worked out without a run has no end to respect.
_WITHOUT_END.left = dict.fromkeys(_WITHOUT_END.left, sys.maxsize // 2)
_current = _WITHOUT_END


def spend(kind: Kind, amount: int = 1) -> bool:
    """Take an amount of the budget of the template at hand; False if it is used up, so that nothing is to be made."""
    return _current.spend(kind, amount)


def take(kind: Kind, amount: int) -> None:
    """Take an amount for what is made in any case; who makes more of it is told by the next answer."""
    _current.left[kind] -= amount


def leaves(kind: Kind, share: float) -> bool:
    """Whether more than a share of the budget is left."""
    return _current.left[kind] > share * _current.whole[kind]


def left(kind: Kind) -> int:
    """How much of the budget is left."""
    return _current.left[kind]


def kept(name: Hashable, make: Callable[[], Made]) -> Made:
    """What is made once for the template at hand, by a name that holds all that it is made of."""
    if _current is _WITHOUT_END:
        return make()
    if name not in _current.kept:
        _current.kept[name] = make()
    return cast("Made", _current.kept[name])


def refuse(what: Kind | Beside, left_out: LeftOut | None = None) -> None:
    """Note that something was left out of the template at hand. left_out: the resources, if they are known."""
    _current.refuse(what, left_out)


def enlarge(size: int) -> None:
    """Allow more resources to be judged, as a further file belongs to the template at hand. size: its bytes."""
    _current.enlarge(size)


@contextmanager
def reserve(amounts: Mapping[Kind, int]) -> Iterator[None]:
    """At least these amounts within the block, whatever is left; what is left outside of it stays as it is."""
    before = {kind: _current.left[kind] for kind in amounts}
    _current.left.update({kind: max(amount, before[kind]) for kind, amount in amounts.items()})
    try:
        yield
    finally:
        _current.left.update(before)


def look_more(checks: int) -> None:
    """Allow more looks at the template at hand, which has so many checks of resources."""
    _current.look_more(checks)


def look_less() -> None:
    """Allow few looks at the template at hand, as none that is deployed is of its size."""
    _current.look_less()


def take_turns() -> None:
    """Note that what is left of the budget decides something about the template at hand."""
    _current.take_turns()


def is_in_turn() -> bool:
    """Whether something about the template at hand depends on what was looked at before it."""
    return _current.is_in_turn


def is_cut() -> bool:
    """Whether some of the resources of the template at hand were not judged."""
    return _current.is_cut


def is_sampled() -> bool:
    """Whether only some of the deployments of the template at hand were looked at so far."""
    return _current.is_sampled


def is_in_one_only() -> bool:
    """Whether some of its resources were looked at in one deployment of each name only."""
    return _current.is_in_one_only


def meet_choices(number: int) -> None:
    """Note how many parameters, variables and conditions a document of the template at hand has."""
    _current.meet_choices(number)


def has_very_many_choices() -> bool:
    """Whether a document of the template at hand, of those met so far, has more to choose than any public one."""
    return _current.choices > VERY_MANY_CHOICES


def allows_text(length: int) -> bool:
    """Whether a text of this many characters may be made."""
    if length > MAX_TEXT:
        _current.refuse("characters")
        return False
    return _current.spend("characters", length)


@contextmanager
def budget(size: int) -> Iterator[Budget]:
    """A new budget for the template that is looked at in the block. size: that of its file in bytes."""
    global _current
    before, _current = _current, Budget(size)
    try:
        yield _current
    finally:
        _current = before
