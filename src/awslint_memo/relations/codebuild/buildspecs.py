"""What a CodeBuild project runs: the commands of a buildspec that its template holds as text, or that lies in a file
beside it, and what each is for.

Of a path where nothing lies nothing is known, as the source may be another repository. A command provisions AWS
resources, deploys an application onto them, or neither. Only what surely changes something counts: no plan, preview,
dry run or change set for review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal, TypeAlias

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.value import Known, Text, Value
from awslint_memo.relations.codebuild import shell
from awslint_memo.relations.codebuild.shell import Argv
from awslint_memo.syntax.embedded import file_of, parse_file
from awslint_memo.syntax.node import Node, fields

Side: TypeAlias = Literal["provisioning", "deploying"]

Commands: TypeAlias = "dict[str, Side | Commands]"

_P: Side = "provisioning"
_D: Side = "deploying"

_PROGRAMS: Commands = {
    "aws": {
        "cloudformation": dict.fromkeys(("create-stack", "deploy", "execute-change-set", "update-stack"), _P),
        "deploy": {"create-deployment": _D},
        "ecs": {"deploy": _D, "update-service": _D},
        "lambda": {"update-function-code": _D},
        "s3": {"sync": _D},
    },
    "cdk": {"deploy": _P},
    "helm": {"install": _D, "upgrade": _D},
    "kubectl": {"apply": _D, "set": {"image": _D}},
    "pulumi": {"up": _P, "update": _P},
    "terraform": {"apply": _P},
    "tofu": {"apply": _P},
}


def _options(*written: str) -> frozenset[str]:
    return frozenset(option for line in written for option in line.split())


_VALUED: dict[str, frozenset[str]] = {
    "aws": _options(
        "--ca-bundle --cli-binary-format --cli-connect-timeout --cli-read-timeout --color --endpoint-url --output",
        "--profile --query --region",
    ),
    "cdk": _options(
        "-a -c -o -p -r --app --ca-bundle-path --context --output --plugin --profile --progress --proxy",
        "--require-approval --role-arn --toolkit-stack-name",
    ),
    "helm": _options(
        "-n --kube-apiserver --kube-as-group --kube-as-user --kube-ca-file --kube-context --kube-token --kubeconfig",
        "--namespace --registry-config --repository-cache --repository-config",
    ),
    "kubectl": _options(
        "-n -s -v --as --as-group --as-uid --cache-dir --certificate-authority --client-certificate --client-key",
        "--cluster --context --kubeconfig --namespace --request-timeout --server --token --user",
    ),
    "pulumi": _options("-C -s -v --color --cwd --stack --tracing --verbose"),
}
"""Options that may stand before the subcommand and take the next word as their value."""

_SYNC_VALUED = _VALUED["aws"] | _options(
    "--acl --cache-control --checksum-algorithm --content-disposition --content-encoding --content-language",
    "--content-type --copy-props --exclude --expires --grants --include --metadata --metadata-directive --page-size",
    "--request-payer --source-region --sse --sse-c --sse-c-key --sse-kms-key-id --storage-class --website-redirect",
)

_RUNNERS = frozenset(("bun", "bunx", "npm", "npx", "pipenv", "pnpm", "poetry", "uv", "uvx", "yarn"))
_RUN = frozenset(("--", "dlx", "exec", "run", "run-script", "x"))

_REHEARSAL = regex(
    r"--?(dry-?run(?!=none$|=false$)(=.*)?|no-execute(-changeset)?|help|destroy|generate-cli-skeleton(=.*)?)"
    r"|--execute=false|--method=prepare-change-set|-h|help"
)

_TEMPLATES = regex(r"template|cloudformation|\bcfn\b|cdk\.out|terraform", re.I)
"""What is copied into a bucket so that CloudFormation or Terraform finds it there is no application."""


@record(frozen=True)
class Purpose:
    """What a command is for: its side, and the program with its subcommand ("terraform apply")."""

    side: Side
    title: str


def purpose(words: Argv) -> Purpose | None:
    """What a command is for, where it surely provisions or deploys; else None. `words`: the program first."""
    words = started(words)
    program, arguments = words[0], list(words[1:])
    found: Side | Commands | None = _PROGRAMS.get(program)
    title = [program]
    while isinstance(found, dict):
        arguments = _without_options(arguments, _VALUED.get(program, frozenset()))
        if not arguments:
            return None
        title.append(arguments.pop(0))
        found = found.get(title[-1])
    if found is None or _is_rehearsal(arguments) or (title[1:] == ["s3", "sync"] and not _is_release(arguments)):
        return None
    return Purpose(found, " ".join(title))


def started(words: Argv) -> Argv:
    """The command that npx and its like start; CDK's package has another name than its program."""
    if words[0] in _RUNNERS:
        rest = list(words[1:])
        while rest and (rest[0].startswith("-") or rest[0] in _RUN):
            rest = rest[2:] if rest[0] in ("-p", "--package") else rest[1:]
        if not rest:
            return words
        program = rest[0].rpartition("/")[2].partition("@")[0]
        return ("cdk" if program == "aws-cdk" else program, *(word for word in rest[1:] if word != "--"))
    return words


def _without_options(arguments: list[str], valued: frozenset[str]) -> list[str]:
    while arguments and arguments[0].startswith("-"):
        arguments = arguments[2:] if arguments[0] in valued else arguments[1:]
    return arguments


def _is_rehearsal(arguments: list[str]) -> bool:
    prepares = any(pair == ("--method", "prepare-change-set") for pair in pairwise(arguments))
    return prepares or any(_REHEARSAL.fullmatch(word) for word in arguments)


def _is_release(arguments: list[str]) -> bool:
    """Whether a sync goes into a bucket, and not with templates."""
    ends = copied(arguments)
    return len(ends) == 2 and ends[1].startswith("s3://") and not any(_TEMPLATES.search(end) for end in ends)


def copied(arguments: list[str]) -> list[str]:
    """From where and to where `aws s3 cp`, `mv` or `sync` copies, by the words after; fewer than two if not told."""
    ends: list[str] = []
    rest = _without_options(arguments, _SYNC_VALUED)
    while rest and len(ends) < 2:
        ends.append(rest[0])
        rest = _without_options(rest[1:], _SYNC_VALUED)
    return ends


UNKNOWN = "\ue000"
"""Stands in a command for a piece that the template does not tell; a private character of Unicode."""


@record(frozen=True)
class Command:
    """One command of a build: its words without quotes, the program first, and the phase that runs it."""

    words: shell.Argv
    phase: str = ""

    @property
    def purpose(self) -> Purpose | None:
        """Whether it surely provisions or deploys, and by which program; None where it does neither."""
        return purpose(self.words)


@record(frozen=True)
class Buildspec:
    """A buildspec as plain data, what it runs in the order of the text, and the value that holds it or its path.

    text: with `UNKNOWN` in place of pieces that are not known. node: the file, if it lies in one. since: the version
    since which such a buildspec is read, for findings.
    """

    data: Mapping[str, Any]
    commands: tuple[Command, ...]
    value: Value = field(compare=False)
    text: str = field(default="", compare=False)
    node: Node | None = field(default=None, compare=False)
    since: str = field(default="", compare=False)

    def place(self, *keys: str) -> Place | Value:
        """Where a part stands: in its file, or else at the value that holds the buildspec."""
        if self.node is None:
            return self.value
        node = self.node
        for key in keys:
            node = fields(node).get(key, node)
        return node


def buildspec(project: Resource) -> Buildspec | None:
    """The buildspec of an AWS::CodeBuild::Project; None where it is not known."""
    return buildspec_of(project.get("Source.BuildSpec"), project)


def buildspec_of(value: Value, resource: Resource) -> Buildspec | None:
    """The buildspec that a value of a resource holds, or whose path it is; None where it is not known."""
    inline = inline_buildspec(value)
    return _in_file(value, resource) if inline is None else inline


def _in_file(value: Value, resource: Resource) -> Buildspec | None:
    """The buildspec in a file of this repository that is surely meant by a path.

    A path begins in the folder of the source. The usual name alone tells nothing of the folder, as many sources have
    such a file, so the file must lie beside the template; with another name or a folder it may lie in a folder above.
    """
    beside, path = resource.deployment.beside, (value.text or "").removeprefix("./")
    if not isinstance(beside, FilesBeside) or not _PATH.fullmatch(path):
        return None
    near = resource.place.span.path
    source = beside.at(path, near) if path.lower() in _USUAL else beside.named(path, near)
    return None if source is None else _located(source, value, since="0.2")


def inline_buildspec(value: Value) -> Buildspec | None:
    """The buildspec that a value holds as text, also where pieces of the text are not known; else None."""
    if isinstance(value, Known) and isinstance(value.content, Mapping):
        data = value.plain
        return Buildspec(data, tuple(_commands(data)), value, str(data))
    text = written(value)
    read = _read(text) if text is not None else None
    if read is None or text is None:
        return None
    source = file_of(value)
    return Buildspec(*read, value, text) if source is None else _located(source, value)


def _located(source: Source, value: Value, since: str = "") -> Buildspec | None:
    """The buildspec in a file, with its nodes; None for what is none."""
    read = _read(source.text)
    try:
        return None if read is None else Buildspec(*read, value, source.text, parse_file(source), since)
    except Problem:
        return None


def written(value: Value) -> str | None:
    """A text with `UNKNOWN` in place of each piece that is not known; None where nothing of it is known."""
    if isinstance(value, Text):
        return "".join(UNKNOWN if part.text is None else part.text for part in value.parts)
    return value.text


def commands_of(texts: Value) -> tuple[Command, ...]:
    """The commands that a list of shell texts runs, as far as they are known."""
    scripts = (written(item) for item in texts.items)
    return tuple(Command(words) for script in scripts if script is not None for words in shell.commands(script))


_PATH = regex(r"[\w.+ -]+(/[\w.+ -]+)*\.(ya?ml|json)", re.I)
_USUAL = frozenset(("buildspec.yml", "buildspec.yaml"))
"""How a buildspec is called where no path says otherwise (codebuild/latest/userguide/build-spec-ref.html)."""


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[Mapping[str, Any], tuple[Command, ...]] | None:
    if "phases" not in text and "batch" not in text:
        return None
    from awslint_memo.syntax.embedded import embedded_data

    data = embedded_data(text)
    return (data, tuple(_commands(data))) if isinstance(data, dict) else None


def _commands(data: Mapping[str, Any]) -> Iterator[Command]:
    phases = data.get("phases")
    for name, phase in phases.items() if isinstance(phases, Mapping) else ():
        for part in ("commands", "finally"):
            said = phase.get(part) if isinstance(phase, Mapping) else None
            for script in said if isinstance(said, list) else [said]:
                if isinstance(script, str):
                    yield from (Command(words, str(name)) for words in shell.commands(script))
    for inner in _batched(data.get("batch")):
        read = _read(inner)
        yield from read[1] if read is not None else ()


def _batched(batch: Any) -> Iterator[str]:
    """The buildspecs that the builds of a batch name; most are paths."""
    if isinstance(batch, Mapping):
        named = batch.get("buildspec")
        yield from (one for one in (named if isinstance(named, list) else [named]) if isinstance(one, str))
    for child in batch.values() if isinstance(batch, Mapping) else batch if isinstance(batch, list) else ():
        yield from _batched(child)
