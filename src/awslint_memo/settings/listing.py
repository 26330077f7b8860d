"""Lists settings: those that count for a file with the place of each, and the first in a commented configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.files.rule_files import packaged
from awslint_memo.model.facts import Declared
from awslint_memo.model.record import record, replace
from awslint_memo.model.secret import without_keys
from awslint_memo.model.secret_texts import without_secrets_in
from awslint_memo.settings.configuration_file import At, Document
from awslint_memo.settings.settings import Settings
from awslint_memo.settings.validation import SCHEMA, setting_names

_ADDED = ("ignore", "suppress", "exclude", "include", "var-file")
"""The lists of which those of all files count."""

_MERGED = ("rules", "deployments", "modules", "processing-time")
"""The maps of which each entry is that of the nearest file."""

_OF_ENVIRONMENTS = ("production", "development")
"""The settings that may stand below `environments` too."""

DEFAULTS: Mapping[str, Any] = {
    "profile": "memo",
    "fail-on": "warning",
    "gitignore": True,
    "foreign-suppressions": True,
    "public-modules": True,
    "production": list(Declared().production),
    "development": list(Declared().development),
    "environments": Declared().environments,
}


@record(frozen=True)
class SettingValue:
    """A setting: its key with dots, its value, and where it stands; place is empty for a default."""

    key: str
    value: Any
    place: str = ""


def values_of(settings: Settings) -> Iterator[SettingValue]:
    """The settings, in the order of the documentation; those that nobody sets and that have no default are left out."""
    for key in setting_names():
        if key in _ADDED:
            for document in reversed(settings.documents):
                yield from _items(document, key)
        elif key in _MERGED:
            yield from _entries(settings, key)
        elif key in ("extends", "policy"):
            yield from (_value(document, (key,)) for document in settings.documents if document.has((key,)))
        else:
            places: Sequence[At] = ((key,), ("environments", key)) if key in _OF_ENVIRONMENTS else ((key,),)
            every = ((document, at) for document in settings.documents for at in places)
            nearest = next(((document, at) for document, at in every if document.has(at)), None)
            if nearest is not None:
                document, at = nearest
                yield replace(_value(document, at), key=key)
            elif key in DEFAULTS:
                yield SettingValue(key, DEFAULTS[key])


def _items(document: Document, key: str) -> Iterator[SettingValue]:
    written = document.data.get(key, ()) if isinstance(document.data, Mapping) else ()
    if isinstance(written, str):
        yield _value(document, (key,))
    else:
        yield from (_value(document, (key, number)) for number in range(len(written)))


def _entries(settings: Settings, key: str) -> Iterator[SettingValue]:
    names = dict.fromkeys(name for document in reversed(settings.documents) for name in document.data.get(key, {}))
    for name in names:
        having = [document for document in settings.documents if document.has((key, name))]
        maps = [document for document in having if key == "rules" and isinstance(document.data[key][name], Mapping)]
        if having[0] not in maps:
            yield _value(having[0], (key, name))
            continue
        options = dict.fromkeys(option for document in reversed(maps) for option in document.data[key][name])
        for option in options:
            yield _value(next(document for document in maps if document.has((key, name, option))), (key, name, option))


def _value(document: Document, at: At) -> SettingValue:
    value = document.data
    for key in at:
        value = value[key]
    if at[0] == "deployments" and isinstance(value, Mapping):
        # The value of a parameter may be a secret.
        value = f"values of {', '.join(value)}"
    names = [without_keys(key) for key in at if isinstance(key, str)]
    return SettingValue(".".join(names), without_secrets_in(value), f"{document.path}:{document.place(at).line}")


EXAMPLES = {
    "extends": "./base.yaml",
    "select": "['sqs-*', 'rds-*']",
    "ignore": "[sqs-batch-size]",
    "fail-on": "warning",
    "rules-as-of": "0.1",
    "preview": "true",
    "rules": "\n#   sqs-long-polling: advice # off, error, warning, advice\n#   sqs-visibility-margin: {factor: 3}",
    "suppress": "\n#   - rules: [rds-multi-az]\n#     resources: ['module.sandbox.*']\n"
    "#     reason: rebuilt every night\n"
    "#     until: 2030-12-31",
    "exclude": "[vendor/]",
    "include": "[cdk.out]",
    "gitignore": "true",
    "foreign-suppressions": "true # false: checkov:skip and the like suppress nothing here",
    "policy": "\n#   locked: ['rds-*']\n#   suppressions: {of-locked: false, reason: '*OPS-*', longest: 90d}",
    "profile": "memo # core, memo, all",
    "deployments": "{prod: parameters/prod.json, dev: {Environment: dev}}",
    "var-file": "prod.tfvars",
    "modules": "{'git::https://git.example.com/acme/terraform-{1}': 'modules/{1}'}",
    "public-modules": "true # false: only those that are downloaded are checked",
    "baseline": "known.yaml",
    "processing-time": "{orders: 45s}",
    "recovery": "{rpo: 15m, rto: 1h}",
    "production": "[prod, production]",
    "development": "[dev, test]",
    "environments": "true # false, or {production: [prod], development: [dev], folders: [examples]}",
}


_BEGINNING = ("profile", "fail-on", "exclude", "suppress")
"""The settings that most repositories need first."""


def commented() -> str:
    """The text of a configuration to begin with, in which every setting is a comment, so that nothing changes by it."""
    schema = json.loads(packaged(SCHEMA).text)
    lines = [
        f"# yaml-language-server: $schema={schema['$id']}",
        "# docs/configuration.md has all settings; awslint-memo show-settings prints those that count.",
        *(f"# {key}:{example(key)}" for key in _BEGINNING),
    ]
    return "\n".join(lines) + "\n"


def example(key: str) -> str:
    """What may stand behind the colon of a setting; the lines below it are comments."""
    written = EXAMPLES[key]
    return written if written.startswith("\n") else f" {written}"
