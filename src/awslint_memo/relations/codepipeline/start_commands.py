"""What builds start by commands: pipelines, and other builds."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN, buildspec

_COMMANDS: Mapping[str, str] = {
    "AWS::CodeBuild::Project": "start-build",
    "AWS::CodePipeline::Pipeline": "start-pipeline-execution",
    "AWS::ImageBuilder::ImagePipeline": "start-image-pipeline-execution",
}
"""By type, the command of the AWS CLI that starts it."""

_START = regex(r"\b(start-(?:build|(?:image-)?pipeline-execution))\b(?:[^\n]*?--(?:project-)?name[ =]+(\S+))?")


def may_start(started: Resource) -> bool:
    """Whether a build of this deployment runs a command that starts a resource, or one whose name is not known."""
    name, command = started.get("Name").text, _COMMANDS.get(started.type)
    for known, written in started.deployment.once(_started):
        is_open = not written or "$" in written or UNKNOWN in written or name is None
        if known == command and (is_open or written.strip("\"'") == name):
            return True
    return False


def _started(deployment: Deployment) -> list[tuple[str, str]]:
    """The commands in the buildspecs of a deployment that start something, each with the name behind it, if any."""
    specs = (buildspec(project) for project in deployment.of_type("AWS::CodeBuild::Project"))
    return [(match[1], match[2] or "") for spec in specs if spec is not None for match in _START.finditer(spec.text)]
