"""CodeArtifact repositories: what they take from outside, and which stand behind others."""

from __future__ import annotations

from itertools import pairwise

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.codebuild.buildspecs import buildspec
from awslint_memo.relations.codebuild.shell import Argv
from awslint_memo.syntax.embedded import parse_embedded

DOMAIN = "AWS::CodeArtifact::Domain"
REPOSITORY = "AWS::CodeArtifact::Repository"
PACKAGE_GROUP = "AWS::CodeArtifact::PackageGroup"


def connections(repository: Resource) -> list[Value]:
    """The external connections of a repository; empty where it has none, or they are not known."""
    connected = repository.get("ExternalConnections")
    return connected.items if connected.is_known else []


def may_be_upstream(repository: Resource) -> bool:
    """Whether another repository of the deployment takes packages through this one, or may."""
    deployment = repository.deployment
    others = [one for one in deployment.of_type(REPOSITORY) if one is not repository]
    return any(
        repository.may_be_named_by(upstream) or upstream.is_unknown
        for one in others
        for upstream in one.get("Upstreams").items
    )


def direct_user(repository: Resource) -> Resource | None:
    """The first CodeBuild project whose buildspec surely takes packages from a repository itself; None without one.

    A buildspec names it in `aws codeartifact login` or `get-repository-endpoint`
    (codeartifact/latest/ug/tokens-authentication.html).
    """
    name = repository.get("RepositoryName").text
    for project in repository.deployment.of_type("AWS::CodeBuild::Project"):
        read = buildspec(project)
        if name is not None and read is not None and any(_uses(command.words, name) for command in read.commands):
            return project
    return None


def _uses(words: Argv, name: str) -> bool:
    is_asked = words[:2] == ("aws", "codeartifact") and words[2:3] in (("login",), ("get-repository-endpoint",))
    pairs = [f"{option}={value}" for option, value in pairwise(words)]
    return is_asked and f"--repository={name}" in (*words, *pairs)


def may_control_origins(deployment: Deployment) -> bool:
    """Whether a package group of the deployment decides from where packages may come, or may."""
    return any(not one.get("OriginConfiguration").is_absent for one in deployment.of_type(PACKAGE_GROUP))


def open_statement(policy: Value) -> Value | None:
    """The first statement of a policy that surely allows everybody something without a condition; else None."""
    for statement in parse_embedded(policy).get("Statement").items:
        principal = statement.get("Principal")
        who = [principal, *principal.get("AWS").items] if principal.fields else [principal]
        is_anybody = any(one.text == "*" for one in who)
        is_allowed = statement.get("Effect").text == "Allow"
        if is_anybody and is_allowed and statement.get("Condition").is_absent:
            return statement
    return None
