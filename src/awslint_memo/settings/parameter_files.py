"""Reads parameter values: files of the AWS CLI, CodePipeline, SAM and Terraform, and Key=Value arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.partial import SOPS
from awslint_memo.model.phrases import closest
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.syntax.node import Node, descend, fields, plain, text

FORMS = (
    "a list of ParameterKey and ParameterValue, a map of names to values, a map with Parameters, "
    "samconfig with parameter_overrides, tfvars, or Key=Value"
)

_PAIR = regex(r"((?:AWS::)?[A-Za-z][A-Za-z0-9_-]*)=(.*)", re.DOTALL)
_LONG_PAIR = regex(r"ParameterKey=([^,=]+),ParameterValue=(.*)", re.DOTALL)
_REGION = "AWS::Region"
"""What the `region` of a samconfig gives a value."""
_COMMANDS = ("global", "deploy")
"""The tables of samconfig that apply to a deployment; values of `deploy` override those of `global`."""


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
        pair = None if files.is_file(argument) else _pair(argument)
        values.update([pair] if pair else _file(argument, files, environment))
        has_environment = has_environment or (pair is None and _is_samconfig(argument, files))
    if environment is not None and environment.is_meant and not has_environment:
        raise LookupError(
            f"--config-env {environment.name}: an environment is one of a samconfig file; name that with --parameters"
        )
    return values


def _is_samconfig(path: str, files: Files) -> bool:
    if path.lower().endswith((".tfvars", ".tfvars.json")):
        return False
    data = _data(files.read(path))
    return isinstance(data, Mapping) and bool(_environments(data))


def values(data: Mapping[str, Any], path: str) -> dict[str, str]:
    """The values of a map of parameters as text. Raises Problem at `path` for a value that can't be a parameter's."""
    return {name: _text(name, value, path) for name, value in data.items()}


def place(name: str, arguments: Sequence[str], files: Files, environment: Environment | None = None) -> str:
    """Where `read` has the value of a parameter from, as "prod.json:3", or the option of the command line."""
    for argument in reversed(arguments):
        pair = None if files.is_file(argument) else _pair(argument)
        if pair is not None and pair[0] == name:
            return "--parameters"
        line = _line(name, files.read(argument), environment) if pair is None else None
        if line is not None:
            return f"{argument}:{line}"
    return "--parameters"


def _line(name: str, source: Source, environment: Environment | None) -> int | None:
    """The line of a file on which the value of a parameter stands; None if it has none."""
    if name not in dict(_pairs(_data(source), source.path, environment)):
        return None
    if source.path.lower().endswith(".toml"):
        from awslint_memo.syntax import toml_tables

        # Of parameter_overrides, the first line on which the name has a value.
        word = "region" if name == _REGION else re.escape(name)
        written = (number for number, one in enumerate(source.lines, 1) if re.search(rf"\b{word}\b", one))
        return toml_tables.Lines(source).of((name,)) if name in toml_tables.parse(source) else next(written, 1)
    root = _parsed(source)
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


def _pair(written: str) -> tuple[str, str] | None:
    match = _LONG_PAIR.fullmatch(written) or _PAIR.fullmatch(written)
    return (match[1], match[2]) if match else None


def _file(path: str, files: Files, environment: Environment | None) -> dict[str, str]:
    if not files.exists(path):
        # Who mistypes Key=Value may have written a secret.
        raise Problem(
            "no such file; name a file or write Key=Value", re.sub(r"(?<=[:=])(?![\\/]).*", "…", path, flags=re.S)
        )
    source = files.read(path)
    if path.lower().endswith((".tfvars", ".tfvars.json")):
        from awslint_memo.readers.terraform.variable_files import texts_in

        return texts_in(source)
    return dict(_pairs(_data(source), path, environment))


def _data(source: Source) -> Any:
    if source.path.lower().endswith(".toml"):
        from awslint_memo.syntax import toml_tables

        return toml_tables.parse(source)
    return plain(_parsed(source))


def _parsed(source: Source) -> Node:
    from awslint_memo.syntax import json_nodes, yaml_nodes

    parse = json_nodes.parse if source.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else yaml_nodes.parse
    return parse(source)


def _pairs(data: Any, path: str, environment: Environment | None = None) -> Iterator[tuple[str, str]]:
    if isinstance(data, list):
        for item in data:
            yield from _item(item, path)
    elif isinstance(data, Mapping) and "Resources" in data:
        raise Problem(f"this is a template; write parameter values as {FORMS}", path)
    elif isinstance(data, Mapping) and isinstance(data.get("Parameters"), (Mapping, list)):
        yield from _pairs(data["Parameters"], path)
    elif isinstance(data, Mapping) and _environments(data):
        yield from _overrides(data, path, environment)
    elif isinstance(data, Mapping):
        for name, value in data.items():
            if name != SOPS or not isinstance(value, Mapping):
                yield name, _text(name, value, path)
    else:
        raise Problem(f"the file has no parameter values; write them as {FORMS}", path)


def _item(item: Any, path: str) -> Iterator[tuple[str, str]]:
    pair = _pair(item) if isinstance(item, str) else None
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


def _environments(data: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The parameter_overrides and the region of each environment in a samconfig; later ones override earlier ones."""
    found: dict[str, list[Any]] = {}
    for environment, commands in data.items():
        for command in _COMMANDS:
            said = commands.get(command) if isinstance(commands, Mapping) else None
            options = said.get("parameters") if isinstance(said, Mapping) else None
            if isinstance(options, Mapping) and "parameter_overrides" in options:
                found.setdefault(environment, []).append(options["parameter_overrides"])
            if isinstance(options, Mapping) and isinstance(options.get("region"), str):
                found.setdefault(environment, []).append({_REGION: options["region"]})
    return found


def _overrides(data: Mapping[str, Any], path: str, environment: Environment | None) -> Iterator[tuple[str, str]]:
    environments = _environments(data)
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
        import shlex

        return shlex.split(written)
    except ValueError as error:
        raise Problem(f"parameter_overrides can't be split into values: {str(error).lower()}", path) from error
