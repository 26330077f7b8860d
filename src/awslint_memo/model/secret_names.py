"""Names of secrets: whether a property, key or variable holds one, judging by the words of its name."""

from __future__ import annotations

import re
from itertools import takewhile

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

_IN_NAMES = ("pass", "pw", "secret", "token", "credential", "key", "auth", "conn", "dsn", "jwt", "bearer")
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
    lower = text.lower()
    return any(word in lower for word in _IN_NAMES)


def _is_secret_name(name: str) -> bool:
    # The pattern is compiled when it is needed, as many runs need none.
    words = " ".join(re.findall(_WORD, name[:200])).lower().replace("base 64", "base64").split()
    return _ends_secret(words) and not _is_harmless(words)


def _ends_secret(words: list[str]) -> bool:
    for end in range(len(words), 0, -1):
        last, before = words[end - 1], words[end - 2 : end - 1]
        if last in _SECRETS or not _SECRET_AFTER.get(last, set()).isdisjoint(before):
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
