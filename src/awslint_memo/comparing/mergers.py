"""Resources of which several became one: what one of them lacked and another one had is not mended."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

from awslint_memo.comparing.likeness import likeness, words_of
from awslint_memo.comparing.pairing import Key
from awslint_memo.comparing.successors import Successors
from awslint_memo.judging.traits import Trait

_AS_ALIKE = 0.1
"""By how much another one may be less alike and yet be the one that is left."""


def is_merged(key: Key, told: Collection[Key], successors: Successors) -> bool:
    """Whether a resource of before is known again in one which may as well be another one that is gone too.

    told: the resources of before of which the same was found.
    """
    now = successors.now_of(key)
    if now is None or now == key or now in successors.traits_then:
        return False
    trait, traits = successors.traits_now[now], successors.traits_then
    text = words_of(successors.text_now(trait), now[1], trait)

    def alike(of: Key, was: Trait) -> float:
        words = words_of(successors.text_then(was), of[1], was)
        named = SequenceMatcher(None, of[1], now[1], autojunk=False).ratio()
        return min(likeness(words, text), named)

    least = alike(key, traits[key]) - _AS_ALIKE
    gone = (
        (other, was)
        for other, was in traits.items()
        if other != key and other[0] == key[0] and was.type == trait.type and successors.now_of(other) is None
    )
    return any(other not in told and alike(other, was) > least for other, was in gone)
