"""Checks a configuration against its schema, says in sentences what is wrong, and finds the files that it names.

Files are named with paths relative to the configuration's folder; here they are paths from the working folder.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.root import OUTSIDE
from awslint_memo.files.rule_files import packaged
from awslint_memo.model.phrases import closest
from awslint_memo.model.secret import WORDS, is_secret_name, without_keys
from awslint_memo.model.secret_texts import without_secrets_in
from awslint_memo.settings.configuration_file import At, Document

SCHEMA = "settings/settings.schema.json"
"""The path of the schema in the package."""


def setting_names() -> list[str]:
    """The names of all settings, in the order of the documentation."""
    return list(json.loads(packaged(SCHEMA).text)["properties"])


def validate(document: Document) -> None:
    """Check a configuration against its schema. Raises Problem at the first error."""
    from jsonschema import Draft202012Validator

    schema = json.loads(packaged(SCHEMA).text)
    errors = [_schema_error(error) for error in Draft202012Validator(schema).iter_errors(document.data)]
    if errors:
        at, message = min(errors, key=lambda error: document.place(error[0]))
        raise document.problem(message, at)


def _schema_error(error: Any) -> tuple[At, str]:
    """Convert an error of jsonschema to the path of its key and a message that uses the titles of the schema."""
    at = tuple(error.absolute_path)
    schema, value = error.schema, error.instance
    if error.validator == "additionalProperties":
        known = schema["properties"]
        # Further words that are read, but not listed.
        others = tuple(schema.get("patternProperties", ()))
        key = next(
            key for key in value if key not in known and not any(re.search(pattern, str(key)) for pattern in others)
        )
        home = _home(str(key)) if not at else ""
        hint = home or closest(key, known) or _a_part(str(key), known) or f"; the settings are {', '.join(known)}"
        return (*at, key), f"{without_keys(str(key))} is not a setting{f' of {dotted(at)}' if at else ''}{hint}"
    if error.validator == "required":
        missing = next(key for key in schema["required"] if key not in value)
        return at, f"{dotted(at)} has no {missing}; add {schema['properties'][missing]['title']}"
    return at, f"{dotted(at)} must be {schema['title']}, not {shown(value, at)}"


def _home(key: str) -> str:
    """What to do about a key at the top that is one of another setting, as locked is of policy; empty if it is none."""
    every = json.loads(packaged(SCHEMA).text)["properties"]
    home = next((name for name, schema in every.items() if key in schema.get("properties", ())), None)
    return "" if home is None else f"; write it under {home}:"


def _a_part(key: str, known: Mapping[str, Any]) -> str:
    """The setting that a part of a key names, as in zone-rpo, with the question whether it is meant; else empty."""
    from awslint_memo.model.objectives import ALIASES

    parts = (ALIASES.get(part, part) for part in re.split(r"[-_.]", key.lower()))
    return next((f"; did you mean {part}?" for part in parts if part in known), "")


def dotted(at: At) -> str:
    """A key of the configuration in a sentence."""
    directive = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in at).lstrip(".")
    return without_keys(directive) or "the configuration"


def shown(value: object, at: At = ()) -> str:
    """What was written at a key, in a sentence."""
    if at[:1] == ("deployments",):
        # A value of a parameter may be a secret.
        return "a list" if isinstance(value, list) else "a map" if isinstance(value, Mapping) else "what stands here"
    is_named = at[:1] != ("rules",) and any(isinstance(key, str) and is_secret_name(key) for key in at)
    told = without_secrets_in(value, is_named=is_named)
    text = told if told == WORDS else json.dumps(told, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:37]}…"


def parameter_paths(document: Document) -> dict[str, str]:
    """The files with parameter values of the deployments that have one, by the deployment's name."""
    deployments = document.data.get("deployments", {})
    return {name: _below(document, path) for name, path in deployments.items() if isinstance(path, str)}


def var_files(document: Document) -> tuple[str, ...]:
    """The files with values of Terraform variables."""
    paths = document.data.get("var-file", ())
    return tuple(_below(document, path) for path in ([paths] if isinstance(paths, str) else paths))


def modules(document: Document) -> dict[str, str]:
    """The folders with modules, by the beginning of their sources. Raises Problem for one with two names in a part."""
    for source in document.data.get("modules", {}):
        if any(part.count("{") > 1 for part in source.split("/")):
            raise document.problem(
                f"{source} has two names in one part; write one between two slashes", ("modules", source)
            )
    return {source: _below(document, path) for source, path in document.data.get("modules", {}).items()}


def baseline(document: Document) -> str:
    """The file with the findings that are known; empty if there is none."""
    path = document.data.get("baseline")
    return _below(document, path) if isinstance(path, str) else ""


def check_inside(document: Document, files: Files) -> None:
    """Raise Problem if the configuration, which is a part of the repository itself, names a file outside of it."""
    for at, path in _named(document):
        if "\0" in path:
            raise document.problem(f"{at[0]} names a path with a NUL character, which no file has; change it", at)
        if not files.bounds.is_home(path):
            raise document.problem(f"{at[0]} names {path}, which is {OUTSIDE}", at)
        files.bounds.allow(path)


def _named(document: Document) -> Iterator[tuple[At, str]]:
    """All of these files, each with its key in the configuration."""
    for name, path in parameter_paths(document).items():
        yield ("deployments", name), path
    if baseline(document):
        yield ("baseline",), baseline(document)
    for source, path in modules(document).items():
        yield ("modules", source), path
    is_one = isinstance(document.data.get("var-file"), str)
    for number, path in enumerate(var_files(document)):
        yield ("var-file",) if is_one else ("var-file", number), path


def _below(document: Document, path: str) -> str:
    return path_from(os.path.join(document.root, path))
