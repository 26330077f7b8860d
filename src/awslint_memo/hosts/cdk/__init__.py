"""A plugin for the policy validation of the CDK: `cdk synth` lints the templates that it has made.

import aws_cdk as cdk
from awslint_memo.hosts.cdk import plugin

app = cdk.App()
cdk.Validations.of(app).add_plugins(plugin())

For apps in TypeScript and JavaScript there is the package in packaging/npm. docs/cdk.md tells more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

from awslint_memo.files.disk import path_from
from awslint_memo.hosts.cdk.violations import Violation, not_checked, unread, violations

if TYPE_CHECKING:
    from typing import Literal

    from awslint_memo.model.finding import Finding, Level

__all__ = ["plugin"]

NAME = "awslint-memo"
"""The name of the plugin, which stands before the ids of rules that an app acknowledges."""

_ACKNOWLEDGED = "aws:cdk:acknowledged-rules"


def plugin(*, fail_on: Level | Literal["never"] = "error", **options: Any) -> Any:
    """A plugin for `Validations.of(app).add_plugins`, in an environment with aws-cdk-lib.

    fail_on: the least severe level that ends the synthesis. options: others of `awslint_memo.api.lint`.
    """
    return _plugin()({**options, "fail_on": fail_on})


@cache
def _plugin() -> Any:
    # The library is the app's. Its types are only known where it is installed.
    cdk, jsii = import_module("aws_cdk"), import_module("jsii")

    @jsii.implements(cdk.IPolicyValidationPlugin)
    class Plugin:
        """What the CDK calls once all templates are written."""

        def __init__(self, options: dict[str, Any]) -> None:
            self._options = options

        @property
        def name(self) -> str:
            """The name in reports."""
            return NAME

        @property
        def version(self) -> str:
            """The version of the linter."""
            return metadata.version("awslint-memo")

        @property
        def rule_ids(self) -> list[str]:
            """None: the ids would be sent to AWS with the analytics of the CDK."""
            return []

        def validate(self, context: Any) -> Any:
            """Lint the templates of the app."""
            found, notices = _found(context, self._options)
            return cdk.PolicyValidationPluginReport(
                success=all(violation.severity not in ("error", "fatal") for violation in found),
                violations=[_violation(cdk, violation) for violation in found],
                metadata={f"note {number}": notice for number, notice in enumerate(notices, 1)},
            )

    return Plugin


def _found(context: Any, options: dict[str, Any]) -> tuple[list[Violation], Sequence[str]]:
    """What the templates of an app have, and sentences about what was left out."""
    from awslint_memo import api
    from awslint_memo.reporters.shown_findings import once

    paths: Sequence[str] = context.template_paths
    if not paths:  # Without a path the working folder would be linted.
        return [], ["the app has no templates, so nothing was checked"]
    try:
        report = once(api.lint([path_from(path) for path in paths], **options))
        above = partial(_is_acknowledged, context)
        return [*unread(report), *violations(report, paths, above)], report.notices
    except Exception as error:
        # The CDK says nothing of a plugin that raises, and ends with 0.
        return [not_checked(f"{error}", paths[0])], ()


def _is_acknowledged(context: Any, finding: Finding) -> bool:
    """Whether the app acknowledged it above its stack: there the CDK keeps it in the app alone, and in no assembly."""
    name = finding.construct.path if finding.construct is not None else finding.name
    stacks = [stack.stack_construct_path for stack in context.stack_templates]
    own = next((stack for stack in stacks if f"{name}/".startswith(f"{stack}/")), "")
    scope = context.app_construct
    for word in own.split("/") if own else ():
        if scope is None:
            break
        data = [entry.data or {} for entry in scope.node.metadata if entry.type == _ACKNOWLEDGED]
        if any(f"{NAME}::{finding.rule}" in each for each in data):
            return True
        scope = scope.node.try_find_child(word)
    return False


def _violation(cdk: Any, violation: Violation) -> Any:
    path, name, locations = violation.resource
    resource = cdk.PolicyViolatingResource(
        resource_logical_id=name or None, template_path=path, locations=list(locations)
    )
    return cdk.PolicyViolation(
        rule_name=violation.rule,
        description=violation.description,
        severity=violation.severity,
        fix=violation.fix,
        violating_resources=[resource],
    )
