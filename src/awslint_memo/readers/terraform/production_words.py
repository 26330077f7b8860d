"""Default values of variables that production replaces: those of environments, beside a word of production."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.facts import Declared
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.value import Scalar

_WORDS = Declared()


def replaced_in_production(defaults: Mapping[str, str], are_given: Callable[[], bool]) -> dict[str, str]:
    """The default values of other environments than production: names of these, and false of what is named after it.

    defaults: those of the variables to which nothing else is given, as far as they are texts or switches. are_given:
    asked whether files give values, or may do so; then none is replaced.
    """
    found = {name: value for name, value in defaults.items() if _is_replaced(name, value)}
    return {} if found and are_given() else found


def _is_replaced(name: str, value: str) -> bool:
    if value == "false":
        return is_named_like(name, _WORDS.production)
    return is_named_like(value, _WORDS.development)


def words_of_production(default: str, compared: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """The words of production among those that a variable is compared with, behind its default; empty without any."""
    if default == "false":
        return {"false": False, "true": True} if compared else {}
    words = {word: content for word, content in compared.items() if is_named_like(word, _WORDS.production)}
    return {default: default, **words} if words else {}
