"""What builds start by commands: pipelines, and other builds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN, Buildspec, buildspec
from awslint_memo.relations.codebuild.shell import Argv

_COMMANDS: Mapping[str, str] = {
    "start-build": "AWS::CodeBuild::Project",
    "start-build-batch": "AWS::CodeBuild::Project",
    "start-image-pipeline-execution": "AWS::ImageBuilder::ImagePipeline",
    "start-pipeline-execution": "AWS::CodePipeline::Pipeline",
}
"""The commands of the AWS CLI that start something, each with the type of that."""

_NAMES = ("--name", "--project-name")
_OVERRIDE = "--buildspec-override"

_MENTIONED = regex(r"(?<![\w-])start-(?:build(?:-batch)?|(?:image-)?pipeline-execution)(?![\w-])")
_COMMENT = regex(r"\s*(?:-\s+)?#")


def may_start(started: Resource) -> bool:
    """Whether a build of this deployment runs a command that starts a resource, or one whose name is not known."""
    name = started.get("Name").text
    for type_, written in started.deployment.once(_started):
        is_open = not written or "$" in written or UNKNOWN in written or name is None
        if type_ == started.type and (is_open or written == name):
            return True
    return False


def _started(deployment: Deployment) -> list[tuple[str, str]]:
    """What commands in the buildspecs of a deployment start: the type and the name, which is empty where it is not
    known."""
    specs = (buildspec(project) for project in deployment.of_type("AWS::CodeBuild::Project"))
    return [each for spec in specs if spec is not None for each in _started_by(spec)]


def _started_by(spec: Buildspec) -> Iterator[tuple[str, str]]:
    read: Counter[str] = Counter()
    for command in spec.commands:
        for word in _COMMANDS.keys() & set(command.words):
            read[word] += 1
            yield _COMMANDS[word], _name(command.words)
            if _OVERRIDE in command.words:  # That build runs what nobody sees here, which may start anything.
                yield from ((type_, "") for type_ in _COMMANDS.values())
    # What stands in a text that another program runs is not taken apart.
    lines = (line for line in spec.text.splitlines() if not _COMMENT.match(line))
    mentioned = Counter(word for line in lines for word in _MENTIONED.findall(line))
    yield from ((_COMMANDS[word], "") for word, count in mentioned.items() if count > read[word])


def _name(words: Argv) -> str:
    """The name that a command gives; empty where it gives none."""
    for option, following in zip(words, (*words[1:], ""), strict=True):
        name, _, value = option.partition("=")
        if name in _NAMES:
            return value or following
    return ""
