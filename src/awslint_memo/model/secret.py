"""Secrets: texts and numbers that never print themselves, the names of secrets, and texts that look like one.

A value with a sensitive origin answers `.text` and `.number` with a Secret. They compare and compute as others do, so
that a rule can judge them, and stand in a sentence as "a sensitive value".
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypeVar

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

if TYPE_CHECKING:
    from awslint_memo.model.span import Place, Span


_WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+"

_SECRETS = {
    "pass", "password", "passwd", "passphrase", "passcode", "pw", "pwd", "secret", "token", "credential", "credentials",
    "dsn", "jwt", "bearer",
}  # fmt: skip
_SECRET_AFTER = {
    "key": {
        "api", "app", "access", "account", "auth", "encryption", "license", "master", "private", "secret", "session",
        "shared", "signing", "ssh", "storage",
    },
    "auth": {"basic", "http", "npm", "proxy"},
    "string": {"auth", "authorization", "connection", "conn"},
    "header": {"auth", "authorization"},
    "str": {"conn"},
    "word": {"pass"},
    "wd": {"pass"},
    "phrase": {"pass"},
    "code": {"pass"},
}  # fmt: skip
"""What names of secrets end with, in lower case: a word, or one after another: "db password", "license key"."""

_ADDED = {
    "value", "string", "text", "plain", "plaintext", "raw", "data", "content", "wo", "prod", "production", "dev",
    "test", "staging", "stage", "live", "old", "new", "current", "previous", "primary", "secondary", "default", "b64",
    "base64", "encoded", "hex", "pem",
}  # fmt: skip
"""What may follow that, as numbers may: "github token 2"."""

_TOKENS = {"client", "request", "idempotency", "next", "task", "continuation", "pagination", "page", "max", "min"}
_SWITCHES = {"manage", "require", "generate", "use", "has", "with", "no", "enable", "disable", "rotate"}
"""What makes it a token of AWS's own calls, or a switch: "client request token", "manage master user password"."""

_JOINED = ("password", "passwd", "apikey", "secretkey", "privatekey", "accesskey", "authtoken", "clientsecret")
"""How names of secrets end that are written as one word: "dbpassword"."""

_IN_NAMES = regex("pass|pw|secret|token|credential|key|auth|conn|dsn|jwt|bearer")
"""What any name of a secret has in it: most names need no closer look, nor the patterns."""

NAMED: dict[str, bool] = {}
"""What `is_secret_name` answered so far; looked into by who asks it very often."""


def is_secret_name(name: str) -> bool:
    """Whether a property, key or variable of this name holds a secret, judging by its words: "DB_PASSWORD", "ApiKey".

    The words of what is said about a secret don't count: "SecretArn", "PasswordLength", "TokenValidityUnits".
    """
    known = NAMED.get(name)
    if known is None:
        known = NAMED[name] = may_name_secret(name) and _is_secret_name(name)
    return known


def may_name_secret(text: str) -> bool:
    """Whether a name of a secret may be in a text, at first sight."""
    return _IN_NAMES.search(text.lower()) is not None


def _is_secret_name(name: str) -> bool:
    # The pattern is compiled when it is needed, as many runs need none.
    words = " ".join(re.findall(_WORD, name[:200])).lower().replace("base 64", "base64").split()
    return _ends_secret(words) and not _is_harmless(words)


def _ends_secret(words: list[str]) -> bool:
    for end in range(len(words), 0, -1):
        last, before = words[end - 1], words[end - 2 : end - 1]
        if last in _SECRETS or last.endswith(_JOINED) or not _SECRET_AFTER.get(last, set()).isdisjoint(before):
            return True
        if last not in _ADDED and not last.isdigit():
            return False
    return False


def _is_harmless(words: list[str]) -> bool:
    *others, last = words
    if last == "token" and not _TOKENS.isdisjoint(others[-1:]):
        return True
    plain = takewhile(str.isalpha, reversed(others))
    return last in ("token", "secret", "password") and not _SWITCHES.isdisjoint(plain)


WORDS = "a sensitive value"
"""What is printed in place of a secret."""

_ORDINARY = regex("(?is).{0,3}|true|false|null")
"""Secret texts that are not searched in sentences, as any may have them: short ones, and values of switches."""

T = TypeVar("T")


class Secret:
    """What prints itself as WORDS in a sentence; `str()` still gives what it is, to compute with."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return WORDS


class SecretText(Secret, str):
    """A secret text. Pieces of it, and texts that begin or end with it, are secret too."""

    __slots__ = ()

    def __add__(self, other: str) -> SecretText:
        return SecretText(str(self) + str(other))

    def __radd__(self, other: str) -> SecretText:
        return SecretText(str(other) + str(self))


class SecretInt(Secret, int):
    """A secret whole number. What is computed from it is secret too."""

    __slots__ = ()


class SecretFloat(Secret, float):
    """A secret number. What is computed from it is secret too."""

    __slots__ = ()


_asked: set[str] = set()
"""The secret texts that were asked for in this run: what a sentence joins out of them is recognized by them."""


def secret(content: T) -> T:
    """Text or a number as one that doesn't print itself; lists and tuples of them too, anything else as it is."""
    made: Any = content
    if isinstance(content, (bool, Secret)):
        return content
    if isinstance(content, str):
        made = SecretText(content)
        if _ORDINARY.fullmatch(content) is None:
            _asked.add(str(content))
    elif isinstance(content, int):
        made = SecretInt(content)
    elif isinstance(content, float):
        made = SecretFloat(content)
    elif isinstance(content, (list, tuple)):
        made = type(content)(secret(one) for one in content)
    kept: T = made
    return kept


_places: dict[str, dict[Span, None]] = {}
"""Where values stand that are secret by what a template says of them elsewhere, by path."""


def hide(place: Place) -> None:
    """Note that nobody may see what stands at a place, also where a finding on its line is about something else."""
    span = place.span
    _places.setdefault(span.path, {})[span] = None


def hidden_places() -> dict[str, tuple[Span, ...]]:
    """The places of secrets that this run met, by path."""
    return {path: tuple(spans) for path, spans in _places.items()}


def forget() -> None:
    """Forget the secrets of the last run."""
    _asked.clear()
    _places.clear()


@record(frozen=True)
class Met:
    """What one process knows of secrets: the texts that were asked for, and places by path."""

    texts: frozenset[str]
    places: Mapping[str, tuple[Span, ...]]


def met() -> Met:
    """The secrets that were met so far."""
    return Met(frozenset(_asked), hidden_places())


def remember(others: Met) -> None:
    """Add the secrets that another process met."""
    _asked.update(others.texts)
    for path, spans in others.places.items():
        _places.setdefault(path, {}).update(dict.fromkeys(spans))


def without_secrets(words: str, others: Iterable[str] = ()) -> str:
    """A sentence without the secret texts that were asked for, without others, and without what looks like a secret."""
    known = {*_asked, *(other for other in others if _ORDINARY.fullmatch(other) is None)}
    for text in sorted((one for one in known if one in words), key=len, reverse=True):
        words = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", WORDS, words)
    return without_keys(words)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, SecretInt) else float(value) if isinstance(value, SecretFloat) else value


def _forwards(compute: Callable[..., Any]) -> Callable[..., Any]:
    return lambda mine, *others: secret(compute(_plain(mine), *map(_plain, others)))


def _backwards(compute: Callable[..., Any]) -> Callable[..., Any]:
    return lambda mine, other: secret(compute(_plain(other), _plain(mine)))


def _text(name: str) -> Callable[..., Any]:
    return lambda mine, *others, **more: secret(getattr(str(mine), name)(*others, **more))


for _kind in (SecretInt, SecretFloat):
    for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
        setattr(_kind, f"__{_name}__", _forwards(getattr(operator, _name)))
        setattr(_kind, f"__r{_name}__", _backwards(getattr(operator, _name)))
    for _name, _compute in (("neg", operator.neg), ("pos", operator.pos), ("abs", abs), ("round", round)):
        setattr(_kind, f"__{_name}__", _forwards(_compute))
    for _name in ("floor", "ceil", "trunc"):
        setattr(_kind, f"__{_name}__", _forwards(getattr(math, _name)))

_TEXTS = (
    "__getitem__ capitalize casefold join lower lstrip partition removeprefix removesuffix replace rpartition rsplit "
    "rstrip split splitlines strip title upper"
)
"""The methods of a text that give pieces of it, or others made of it."""

for _name in _TEXTS.split():
    setattr(SecretText, _name, _text(_name))


_REFERENCE = (
    r"(?:arn:\S*|true|false|seconds|minutes|hours|days|\$(?:context|input|stageVariables|util)\.[\w.]*|\$\{[^{}]*\}|\$?\$\.[\w.$\[\]]*|\$[A-Z][A-Z0-9_]*|\{\{[^{}]*\}\}|alias/\S*|https?://[^@]*"
    r"|/?(?:[a-z][a-z0-9_.-]*/)+[a-z][a-z0-9_.-]*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|)"
)
"""What stands under such a name and is no secret: a switch, a unit of time, or what says where the secret is (an ARN, a
variable, a path, the id of a key)."""


def is_reference(text: str) -> bool:
    """Whether a text under a secret's name only says where the secret is."""
    return re.fullmatch(_REFERENCE, text.strip()) is not None


_KEYS = (
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|-{0,5} ?\bBEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}"
    r"(?:.*?-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}|.*)"
    r"|\beyJ[\w-]{5,}\.eyJ[\w-]{5,}\.[\w-]*"
    r"|\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_|rk_live_|sk-ant-|npm_|AIza)[\w-]{16,}"
    r"|(?<=hooks\.slack\.com/services/)[\w/]+"
    r"|(?<=://)(?!git@)[^/\s@\"'${}]+(?=@)"
    r"|(?i:(?<=Bearer )[\w.~+/-]{12,}=*)"
)
"""Texts that are secrets wherever they stand: keys of AWS, PEM (its first dashes may be cut, as in reasons), tokens."""

_IN_KEYS = (
    *("AKIA", "ASIA", "PRIVATE KEY", "eyJ", "AIza", "://", "earer ", "EARER "),
    *("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "k_live_", "sk-ant-", "npm_"),
)
"""What any of these has in it: most sentences need no closer look."""
_MAY_BE_KEY = regex("|".join(_IN_KEYS))


def keys() -> re.Pattern[str]:
    """The pattern of texts that are secrets wherever they stand."""
    return re.compile(_KEYS, re.DOTALL)


def spans_of_keys(text: str) -> list[tuple[int, int]]:
    """Where a text holds others that look like a secret: the index of the first character, and that behind the last."""
    return [match.span() for match in keys().finditer(text)] if any(sign in text for sign in _IN_KEYS) else []


def without_keys(words: str) -> str:
    """A sentence without texts that look like a secret."""
    return keys().sub(WORDS, words) if _MAY_BE_KEY.search(words) else words
