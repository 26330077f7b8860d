"""Amazon CodeGuru: since when Reviewer takes no new repositories, and who sends profiles to a profiling group."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value
from awslint_memo.relations.iam.roles import given
from awslint_memo.syntax.embedded import parse_embedded

CLOSED = fact(
    "2025-11-07", page="codeguru/latest/reviewer-ug/codeguru-reviewer-availability-change.html", read="2026-11-26"
)
"""The day since which CodeGuru Reviewer takes no new associations; those of before continue to work.

That page names Amazon Q Developer instead, which takes no new subscriptions since 2026-05-15 and whose plugins end on
2027-04-30 (amazonq/latest/qdeveloper-ug/q-developer-ide-end-of-support.html), so no rule recommends it.
"""


GROUP = "AWS::CodeGuruProfiler::ProfilingGroup"


def may_be_profiled(group: Resource) -> bool:
    """Whether a function or task of the deployment names a profiling group in its environment, or may; or a policy
    names it, which lets an agent send to it."""
    name = group.get("ProfilingGroupName").text
    deployment = group.deployment
    return any(group.may_be_named_by(statement) for _, statement in given(deployment)) or any(
        value.is_unknown or group.may_be_named_by(value) or (name is not None and name in (value.text or ""))
        for value in _environments(deployment)
    )


def _environments(deployment: Deployment) -> Iterator[Value]:
    """The values of the environment variables of functions and containers."""
    for function in deployment.of_type("AWS::Lambda::Function"):
        variables = function.get("Environment.Variables")
        yield from variables.fields.values() if variables.fields else variables.items
    for task in deployment.of_type("AWS::ECS::TaskDefinition"):
        for container in parse_embedded(task.get("ContainerDefinitions")).items:
            yield from (entry.get("Value") for entry in container.get("Environment").items)
