"""Secrets that a template gives to builds, tasks and functions as plain environment variables."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import name_words
from awslint_memo.model.origin import DYNAMIC
from awslint_memo.model.partial import UNFILLED
from awslint_memo.model.secret import is_reference, is_secret_name, may_name_secret
from awslint_memo.model.value import Value
from awslint_memo.relations.placeholders import is_left_to_a_tool
from awslint_memo.relations.secret_values import is_made

_PROJECT, _TASK = "AWS::CodeBuild::Project", "AWS::ECS::TaskDefinition"

_NOBODYS = ("changeme", "dummy", "example", "fake", "local", "none", "null", "placeholder", "test", "unused")
"""What people write where no secret is needed, in small letters."""


_WORDS = regex(r"[a-z]+(?:[_.:-][a-z]+)*")
"""What is made of small letters alone may be a name, as user_id is that of a field in SESSION_KEY."""

_NAMES = ("key", "token")
"""Words of which it is not known whether they are of a secret or of what one is found by."""

_CIPHERTEXT = regex(r"AQ[EI]CAH[A-Za-z0-9+/]{20,}={0,2}")
"""What KMS encrypted, in base64, as Encrypt and GenerateDataKey give it: only who may use its key can read it."""

_OPEN = "sentry"
"""The DSN of Sentry is called as that of a database, and browsers get it too."""


def plain(user: Resource) -> Iterator[tuple[str, Value]]:
    """The variables with a secret's name that surely hold one as plain text, each with its value: one that is written,
    or, where the service takes a reference instead, one that a parameter hides too."""
    for name, value in _variables(user):
        if name and is_secret_name(name) and _OPEN not in name.lower():
            # Of a dynamic reference, its secret is kept where it belongs.
            is_hidden = value.is_secret and not value.is_known and value.why != DYNAMIC
            takes_references = user.type in (_PROJECT, _TASK)
            if _is_written(name, value) or (takes_references and (is_hidden or is_made(value))):
                yield name, value


def _variables(user: Resource) -> Iterator[tuple[str | None, Value]]:
    if user.type == _PROJECT:
        for one in user.get("Environment.EnvironmentVariables").items:
            if one.get("Type").is_absent or one.get("Type").text == "PLAINTEXT":
                yield one.get("Name").text, one.get("Value")
    elif user.type == _TASK:
        for container in user.get("ContainerDefinitions").items:
            for one in container.get("Environment").items:
                yield one.get("Name").text, one.get("Value")
    else:
        yield from user.get("Environment.Variables").fields.items()


def _is_written(name: str, value: Value) -> bool:
    """Whether a value surely is a secret: no switch, no name of one, and nothing that somebody fills in."""
    text = str(value.text or "") if value.is_known else ""
    if _CIPHERTEXT.fullmatch(text):
        return False
    words = name_words(name)
    if words and words[-1] in _NAMES and _WORDS.fullmatch(text):
        return False
    if words and words[-1] == "dsn" and "@" not in text:  # Without a user, it has no password.
        return False
    is_other = is_reference(text) or is_left_to_a_tool(text) or UNFILLED.search(text) or may_name_secret(text)
    return text != "" and not text.isdigit() and not is_other and text.lower() not in _NOBODYS
