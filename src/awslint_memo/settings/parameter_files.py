"""Reads parameter values: files of the AWS CLI, CodePipeline, SAM and Terraform, and Key=Value arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.name_words import is_given_with_values
from awslint_memo.model.partial import SOPS
from awslint_memo.model.phrases import closest
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.readers.sam import samconfig
from awslint_memo.syntax.node import Node, descend, fields, text

FORMS = (
    "a list of ParameterKey and ParameterValue, a map of names to values, a map with Parameters, "
    "samconfig with parameter_overrides, tfvars, or Key=Value"
)


@record(frozen=True)
class Environment:
    """Which environment of samconfig files counts. is_meant: whether a file must have it, if one has several."""

    name: str
    is_meant: bool = True


def read(arguments: Sequence[str], files: Files, environment: Environment | None = None) -> dict[str, str]:
    """The parameter values in files and `Key=Value` arguments; a later value overrides an earlier one.

    Values are text, as CloudFormation passes them; lists are joined with commas. An entry with UsePreviousValue is
    skipped. Raises Problem for an argument in none of these formats, and LookupError for an environment of no file.
    """
    values: dict[str, str] = {}
    has_environment = False
    for argument in arguments:
        pair = None if files.is_file(argument) else samconfig.pair(argument)
        values.update([pair] if pair else _file(argument, files, environment))
        has_environment = has_environment or (pair is None and _is_samconfig(argument, files))
    if environment is not None and environment.is_meant and not has_environment:
        raise LookupError(
            f"--config-env {environment.name}: an environment is one of a samconfig file; name that with --parameters"
        )
    return values


def _is_samconfig(path: str, files: Files) -> bool:
    if is_given_with_values(path):
        return False
    data = samconfig.parsed(files.read(path))
    return isinstance(data, Mapping) and bool(samconfig.written_overrides(data))


def values(data: Mapping[str, Any], path: str) -> dict[str, str]:
    """The values of a map of parameters as text. Raises Problem at `path` for a value that can't be a parameter's."""
    return {name: _text(name, value, path) for name, value in data.items()}


def place(name: str, arguments: Sequence[str], files: Files, environment: Environment | None = None) -> str:
    """Where `read` has the value of a parameter from, as "prod.json:3", or the option of the command line."""
    for argument in reversed(arguments):
        pair = None if files.is_file(argument) else samconfig.pair(argument)
        if pair is not None and pair[0] == name:
            return "--parameters"
        line = _line(name, files.read(argument), environment) if pair is None else None
        if line is not None:
            return f"{argument}:{line}"
    return "--parameters"


def _line(name: str, source: Source, environment: Environment | None) -> int | None:
    """The line of a file on which the value of a parameter stands; None if it has none."""
    if is_given_with_values(source.path):
        from awslint_memo.readers.terraform.variable_files import variables_in

        value = variables_in(source, is_named=True).get(name)
        return None if value is None else value.place.span.line
    if name not in dict(_pairs(samconfig.parsed(source), source.path, environment)):
        return None
    if source.path.lower().endswith(".toml"):
        from awslint_memo.syntax import toml_tables

        # Of parameter_overrides, the first line on which the name has a value.
        word = "region" if name == samconfig.REGION else re.escape(name)
        written = (number for number, one in enumerate(source.lines, 1) if re.search(rf"\b{word}\b", one))
        return toml_tables.Lines(source).of((name,)) if name in toml_tables.parse(source) else next(written, 1)
    root = samconfig.document(source)
    root = fields(root).get("Parameters", root)
    found = (line for node in descend(root) if (line := _said_in(node, name)) is not None)
    return min(found, default=1)


def _said_in(node: Node, name: str) -> int | None:
    """The line of a node that gives a parameter its value: a key, an entry of the AWS CLI, or Key=Value in a text."""
    said = fields(node)
    if name in said:
        return node.key(name).span.line
    if text(said.get("ParameterKey")) == name:
        return said["ParameterKey"].span.line
    written = text(node) or ""
    return node.span.line if re.search(rf"(?<![\w-]){re.escape(name)}(=|,ParameterValue=)", written) else None


def _file(path: str, files: Files, environment: Environment | None) -> dict[str, str]:
    if not files.exists(path):
        # Who mistypes Key=Value may have written a secret.
        raise Problem(
            "no such file; name a file or write Key=Value", re.sub(r"(?<=[:=])(?![\\/]).*", "…", path, flags=re.S)
        )
    source = files.read(path)
    if is_given_with_values(path):
        from awslint_memo.readers.terraform.variable_files import texts_in

        return texts_in(source)
    return dict(_pairs(samconfig.parsed(source), path, environment))


def _pairs(data: Any, path: str, environment: Environment | None = None) -> Iterator[tuple[str, str]]:
    if isinstance(data, list):
        for item in data:
            yield from _item(item, path)
    elif isinstance(data, Mapping) and "Resources" in data:
        raise Problem(f"this is a template; write parameter values as {FORMS}", path)
    elif isinstance(data, Mapping) and isinstance(data.get("Parameters"), (Mapping, list)):
        yield from _pairs(data["Parameters"], path)
    elif isinstance(data, Mapping) and samconfig.written_overrides(data):
        yield from _overrides(data, path, environment)
    elif isinstance(data, Mapping):
        for name, value in data.items():
            if name != SOPS or not isinstance(value, Mapping):
                yield name, _text(name, value, path)
    else:
        raise Problem(f"the file has no parameter values; write them as {FORMS}", path)


def _item(item: Any, path: str) -> Iterator[tuple[str, str]]:
    pair = samconfig.pair(item) if isinstance(item, str) else None
    if pair:
        yield pair
    elif isinstance(item, Mapping) and isinstance(item.get("ParameterKey"), str):
        if item.get("UsePreviousValue") is not True:
            yield item["ParameterKey"], _text(item["ParameterKey"], item.get("ParameterValue"), path)
    else:
        raise Problem(f"an entry of the list is not a parameter value; write the values as {FORMS}", path)


def _text(name: str, value: Any, path: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, (str, int, float)) for item in value):
        return ",".join(_text(name, item, path) for item in value)
    raise Problem(f"the value of {name} is not text; write parameter values as {FORMS}", path)


def _overrides(data: Mapping[str, Any], path: str, environment: Environment | None) -> Iterator[tuple[str, str]]:
    environments = samconfig.written_overrides(data)
    name = "default" if "default" in environments else next(iter(environments))
    if environment is not None and environment.name in data:
        name = environment.name
    elif environment is not None and environment.is_meant:
        there = [one for one, commands in data.items() if isinstance(commands, Mapping)]
        hint = closest(environment.name, there) or f"; it has {', '.join(there)}"
        raise Problem(f"the file has no environment {environment.name}{hint}", path)
    elif len(environments) > 1 and name != "default":
        names = ", ".join(environments)
        message = f"parameter_overrides of several environments ({names}), none of them default; name one: --config-env"
        raise Problem(message, path)
    for written in environments.get(name, ()):
        yield from _pairs(_pieces(written, path) if isinstance(written, str) else written, path)


def _pieces(written: str, path: str) -> list[str]:
    try:
        return samconfig.pieces(written)
    except ValueError as error:
        raise Problem(f"parameter_overrides can't be split into values: {str(error).lower()}", path) from error
