"""Who may start builds by the beginning of their names, as its policy allows: orders-* is any project of the orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.patterns import TextPattern, is_literal, matches
from awslint_memo.model.record import record
from awslint_memo.model.value import Link
from awslint_memo.relations.iam.roles import ROLE, policies
from awslint_memo.relations.iam.statements import action_fits, some

_PIPELINE = "AWS::CodePipeline::Pipeline"


def allows_by_pattern(project: Resource, actions: Sequence[str]) -> bool:
    """Whether a role of this deployment may start the projects of a pattern that fits its name. actions: in full.

    A pipeline's own role does not count, since it starts only what the pipeline names; nor does a pattern of all names.
    """
    name = project.get("Name").pattern
    if name is None or isinstance(project.get("Name"), Link):
        return False
    return any(matches(pattern, str(name)) for pattern in project.deployment.once(_Patterns(tuple(actions))))


@record(frozen=True)
class _Patterns:
    """Gives the patterns of the names of projects that roles may start by some actions."""

    actions: Sequence[str]

    def __call__(self, deployment: Deployment) -> list[str]:
        return list(self._patterns(deployment))

    def _patterns(self, deployment: Deployment) -> Iterator[str]:
        of_pipelines = {deployment.find(pipeline.get("RoleArn"), ROLE) for pipeline in deployment.of_type(_PIPELINE)}
        statements = (
            statement
            for role in deployment.of_type(ROLE)
            if role not in of_pipelines
            for statement in policies(role).statements
        )
        for statement in statements:
            fits = some(action_fits(statement, action) for action in self.actions)
            if statement.is_known and statement.get("Effect").text == "Allow" and fits:
                for value in statement.get("Resource").items:
                    name = None if value.pattern is None else _name(value.pattern)
                    if name is not None and not is_literal(name) and name.strip("*"):
                        yield name


def _name(arn: TextPattern) -> str | None:
    """The pattern of a project's name at the end of an ARN; None where it is none of a project."""
    fields = arn.split(":", 5)
    last = fields[5] if len(fields) == 6 else None
    return str(last.removeprefix("project/")) if last is not None and last.startswith("project/") else None
