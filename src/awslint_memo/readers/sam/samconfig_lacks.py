"""What the environments of a samconfig file give a template that CloudFormation refuses: values, and capabilities."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.cloudformation.parameters import NOT_LITERAL
from awslint_memo.readers.cloudformation.references import references
from awslint_memo.readers.cloudformation.stack import StackDeployment, with_nested
from awslint_memo.readers.sam import samconfig
from awslint_memo.syntax.node import Node, fields, text

_NAMED = {
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::InstanceProfile": "InstanceProfileName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
}
"""By type, the property with a name of its own, for which a stack needs CAPABILITY_NAMED_IAM."""

_IAM = (*_NAMED, "AWS::IAM::AccessKey", "AWS::IAM::Policy", "AWS::IAM::UserToGroupAddition")
"""The types for which a stack needs CAPABILITY_IAM or CAPABILITY_NAMED_IAM
(AWSCloudFormation/latest/APIReference/API_CreateStack.html, read 2026-11-30)."""


@record(frozen=True, eq=False)
class _Environment:
    """One environment of a samconfig file that deploys the template. written: its tables of options, by command."""

    name: str
    written: Mapping[str, Mapping[str, Any]]
    source: Source

    def place(self, option: str, word: str) -> Span:
        """Where a word stands behind the name of an option, else where the option does."""
        command = next(command for command in reversed(samconfig.COMMANDS) if option in self.written.get(command, {}))
        source = self.source
        start = source.offset(_line(source, (self.name, command, "parameters", option)), 1)
        match = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])[^\s\"',\]]*").search(source.text, start)
        at, end = (start, start) if match is None else match.span()
        return Span(source.path, *source.position(at), *source.position(end))


def lacks(stack: StackDeployment, source: Source) -> Iterator[Unmet]:
    """What the samconfig file for the template of a stack gives it that CloudFormation refuses."""
    for environment in _environments(stack.document.source.path, source):
        yield from _values(stack, environment)
        yield from _capabilities(stack, environment)


def _environments(path: str, source: Source) -> Iterator[_Environment]:
    try:
        data = samconfig.parsed(source)
    except Problem:
        return  # It is for a program that nobody asked to run.
    for name, commands in data.items() if isinstance(data, Mapping) else ():
        if samconfig.is_for(path, source.path, commands):
            yield _Environment(str(name), {one: samconfig.table(commands, one) for one in samconfig.COMMANDS}, source)


def _values(stack: StackDeployment, environment: _Environment) -> Iterator[Unmet]:
    """The values of parameters that CloudFormation refuses; the last one of several counts."""
    values: dict[str, str] = {}
    for command in samconfig.COMMANDS:
        for pair in samconfig.pairs(environment.written[command].get("parameter_overrides", [])):
            if pair is not None:
                values[pair[0]] = pair[1]
    for name, value in values.items():
        parameter = stack.document.parameters.get(name)
        is_literal = not any(mark in value for mark in NOT_LITERAL)
        why = parameter.refusal(value) if parameter is not None and is_literal else None
        if parameter is not None and why is not None:
            shown = "" if parameter.is_hidden(value) else value
            place = environment.place("parameter_overrides", name)
            related = [(parameter.node, f"the parameter {name}")]
            user = _user(stack, name)
            yield Unmet("parameter", user, (), place, [shown], name, [why], environment.name, related)


def _user(stack: StackDeployment, parameter: str) -> str:
    """The first resource that refers to a parameter, else the first one of all; of those that are always there, if any
    is, so that all deployments tell of the same one."""
    document = stack.document
    always = [name for name in document.names if name not in document.conditional]
    names = always or list(filter(stack.has, document.names))
    using = (name for name in names if parameter in references(document.resources[name][1]))
    return f"{stack.use.prefix}{next(using, next(iter(names), ''))}"


def _capabilities(stack: StackDeployment, environment: _Environment) -> Iterator[Unmet]:
    """The capability that a resource which is there in any case needs, where the environment names others only."""
    options = {**environment.written["global"], **environment.written["deploy"]}
    written = options.get("capabilities")
    given = written.split() if isinstance(written, str) else written if isinstance(written, list) else []
    is_literal = all(isinstance(one, str) and re.fullmatch(r"CAPABILITY_[A-Z_]+", one) for one in given)
    if not given or not is_literal or "CAPABILITY_NAMED_IAM" in given:
        return
    for each in with_nested([stack]):
        document = each.document
        for name in document.names_of(_IAM):
            said = fields(document.resources[name][1])
            type_ = text(said.get("Type")) or ""
            named = fields(said.get("Properties")).get(_NAMED.get(type_, ""))
            has_name = named is not None and _is_there(named)
            if name in document.conditional or not (has_name or "CAPABILITY_IAM" not in given):
                continue
            needed = "CAPABILITY_NAMED_IAM" if has_name else "CAPABILITY_IAM"
            place = environment.place("capabilities", "capabilities")
            related = [(named, "its name")] if has_name and named is not None else []
            of, env = os.path.basename(environment.source.path), environment.name
            yield Unmet("capability", f"{each.use.prefix}{name}", (), place, [needed], of, given, env, related)
            return


def _is_there(node: Node) -> bool:
    """Whether a property surely has a value."""
    return "Fn::If" not in fields(node) and text(fields(node).get("Ref")) != "AWS::NoValue"


def _line(source: Source, path: tuple[str, ...]) -> int:
    """The line of an option in a samconfig file."""
    if source.path.lower().endswith(".toml"):
        from awslint_memo.syntax import toml_tables

        return toml_tables.Lines(source, path[:-1]).of(path[-1:])
    node = samconfig.document(source)
    for key in path[:-1]:
        node = fields(node).get(key, node)
    return node.key(path[-1]).span.line
