"""The stages and actions of a pipeline, and what each action surely does: provision, deploy, test, or none of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import field, record
from awslint_memo.model.value import Absent, Unknown, Value
from awslint_memo.relations.codebuild.buildspecs import (
    Buildspec,
    Command,
    Side,
    buildspec,
    buildspec_of,
    commands_of,
    written,
)
from awslint_memo.relations.codepipeline.test_commands import any_tests
from awslint_memo.relations.naming import is_named_like
from awslint_memo.syntax.embedded import parse_embedded

CHANGING_MODES = fact(
    frozenset(("CHANGE_SET_EXECUTE", "CREATE_UPDATE", "REPLACE_ON_FAILURE")),
    page="codepipeline/latest/userguide/action-reference-CloudFormation.html",
    read="2026-11-25",
)
"""What makes a CloudFormation action change a stack; CHANGE_SET_REPLACE only makes a change set to look at, and
DELETE_ONLY only takes away."""

PROVISIONERS = fact(
    frozenset(("CloudFormationStackInstances", "CloudFormationStackSet", "ServiceCatalog")),
    page="codepipeline/latest/userguide/integrations-action-type.html",
    read="2026-11-25",
)
"""Providers of actions, beside CloudFormation, that make or change AWS resources."""

DEPLOYERS = fact(
    frozenset(
        (
            *("AppConfig", "CodeDeploy", "CodeDeployToECS", "EC2", "ECS", "EKS", "ElasticBeanstalk", "Lambda"),
            *("OpsWorks", "S3"),
        )
    ),
    page="codepipeline/latest/userguide/action-reference.html",
    read="2026-11-25",
)
"""Providers that deploy an application. Each of them with the category Deploy: S3 is also a source, Lambda is also
invoked."""


@record(frozen=True)
class Work:
    """One thing that an action does: on which side, in words ("CloudFormation CREATE_UPDATE", "runs terraform apply"),
    and where it says so. `project` is the CodeBuild project by whose own buildspec it is done, where it is."""

    side: Side
    what: str
    value: Value = field(compare=False)
    project: Resource | None = field(default=None, compare=False)


@record(frozen=True, eq=False)
class Action:
    """One action of a pipeline. A name or type that is not known is None; `label` names it for people."""

    pipeline: Resource
    value: Value
    label: str
    stage: str | None
    name: str | None

    @property
    def category(self) -> str | None:
        """Source, Build, Test, Deploy, Invoke, Approval or Compute."""
        return self.value.get("ActionTypeId.Category").text

    @property
    def provider(self) -> str | None:
        """AWS's provider; None also where a custom action or another company's product is called so."""
        return self.value.get("ActionTypeId.Provider").text if self._owner == "AWS" else None

    @property
    def product(self) -> str | None:
        """Owner and provider ("AWS/S3", "ThirdParty/GitHub"); None where one of them is not known."""
        provider = self.value.get("ActionTypeId.Provider").text
        return None if self._owner is None or provider is None else self._owner + "/" + provider

    @property
    def _owner(self) -> str | None:
        return self.value.get("ActionTypeId.Owner").text

    @cached_property
    def configuration(self) -> Value:
        """The action's configuration, whether it is a mapping or JSON text."""
        return parse_embedded(self.value.get("Configuration"))

    @cached_property
    def project(self) -> Resource | None:
        """The CodeBuild project of this deployment that the action surely runs."""
        if self.provider != "CodeBuild":
            return None
        named = self.configuration.get("ProjectName")
        return self.pipeline.deployment.find(named, "AWS::CodeBuild::Project")

    @cached_property
    def buildspec(self) -> Buildspec | None:
        """The buildspec that a CodeBuild action runs, as far as it is known: its own, else the project's."""
        if self.provider != "CodeBuild":
            return None
        if not isinstance(self._override, Absent):
            return buildspec_of(self._override, self.pipeline)
        return buildspec(self.project) if self.project is not None else None

    @property
    def _override(self) -> Value:
        return self.configuration.get("BuildspecOverride")

    @property
    def since(self) -> str:
        """The version since which what the action runs is read, for findings; empty for the first one."""
        return "" if self.buildspec is None else self.buildspec.since

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """The commands that the action surely runs: a CodeBuild action's buildspec, or a Commands action's own."""
        if self.provider == "Commands":
            return commands_of(self.value.get("Commands"))
        return self.buildspec.commands if self.buildspec is not None else ()

    @cached_property
    def work(self) -> tuple[Work, ...]:
        """What the action surely does on either side. A pipeline that updates itself does nothing by that."""
        return tuple(one for one in self._work() if one.side == "deploying" or not self._is_self_update)

    @property
    def releases(self) -> bool:
        """Whether the action surely changes what runs: it deploys, whoever provides that, or it provisions."""
        is_stack = self.product is None or self.provider == "CloudFormation"
        return bool(self.work) or (self.category == "Deploy" and not is_stack)

    def _work(self) -> Iterator[Work]:
        type_ = self.value.get("ActionTypeId.Provider")
        provider = self.provider or ""
        if provider == "CloudFormation":
            mode = self.configuration.get("ActionMode")
            if mode.text in CHANGING_MODES:
                yield Work("provisioning", f"CloudFormation {mode.text}", mode)
        elif provider in PROVISIONERS:
            yield Work("provisioning", provider, type_)
        elif provider in DEPLOYERS and self.category == "Deploy":
            yield Work("deploying", provider, type_)
        else:
            yield from self._commanded()

    def _commanded(self) -> Iterator[Work]:
        source = self.buildspec.value if self.buildspec is not None else self.value.get("Commands")
        project = self.project if isinstance(self._override, Absent) else None
        purposes = dict.fromkeys(command.purpose for command in self.commands)
        yield from (
            Work(purpose.side, f"runs {purpose.title}", source, project) for purpose in purposes if purpose is not None
        )

    @property
    def _is_self_update(self) -> bool:
        """CDK's pipelines bring themselves up to date; so does a stack that holds its pipeline."""
        stack = self.configuration.get("StackName")
        is_own_stack = isinstance(stack, Unknown) and stack.key == "AWS::StackName"
        return self.stage == "UpdatePipeline" or self.name == "SelfMutate" or is_own_stack


@record(frozen=True, eq=False)
class Stage:
    """One stage of a pipeline and its actions, in the order of the template."""

    name: str | None
    value: Value
    actions: tuple[Action, ...]


def stages(pipeline: Resource) -> list[Stage]:
    """The stages of an AWS::CodePipeline::Pipeline that the template shows, in order."""
    found = []
    for number, stage in enumerate(pipeline.get("Stages").items, 1):
        name = stage.get("Name").text
        declared = enumerate(stage.get("Actions").items, 1)
        actions = tuple(_action(pipeline, name, f"stage {number}", value, place) for place, value in declared)
        found.append(Stage(name, stage, actions))
    return found


def _action(pipeline: Resource, stage: str | None, counted: str, value: Value, position: int) -> Action:
    name = value.get("Name").text
    return Action(pipeline, value, f"{stage or counted}/{name or f'action {position}'}", stage, name)


def actions(pipeline: Resource) -> list[Action]:
    """The actions of all stages of an AWS::CodePipeline::Pipeline that the template shows, in order."""
    return [action for stage in stages(pipeline) for action in stage.actions]


TEST_NAMES = (
    *("acceptance", "check", "checks", "e2e", "integration", "lint", "qa", "quality", "scan", "smoke", "test"),
    *("testing", "tests", "uat", "validate", "validation", "verification", "verify"),
)
"""What a stage or an action is called that tests."""


def tests(action: Action) -> bool | None:
    """Whether an action surely tests (True) or surely does not (False); None where that is not known.

    An action of the category Test does, whatever it runs.
    """
    if action.category in ("Approval", "Deploy", "Source"):
        return False
    if action.category == "Test":
        return True
    if action.product == "AWS/ECRBuildAndPublish":
        return False
    runs_unknown = any(written(item) is None for item in action.value.get("Commands").items)
    if action.provider == "Commands":
        return any_tests(action.commands, is_whole=not runs_unknown)
    if action.buildspec is None:
        return None
    has_reports = bool(action.buildspec.data.get("reports"))
    is_whole = isinstance(action.buildspec.data.get("phases"), Mapping) and "batch" not in action.buildspec.data
    return True if has_reports else any_tests(action.commands, is_whole=is_whole)


def guards(stage: Stage) -> bool:
    """Whether conditions decide if a pipeline enters a stage, or may."""
    return not stage.value.get("BeforeEntry").is_absent


def releases_on_conditions(stage: Stage) -> bool:
    """Whether conditions decide if a pipeline goes on after a stage, or may."""
    return not stage.value.get("OnSuccess").is_absent


def is_named_test(stage: Stage, action: Action) -> bool:
    """Whether the name of a stage or of an action says that it tests; also True where a name is not known."""
    names = (stage.value.get("Name"), action.value.get("Name"))
    return any(name.text is None or is_named_like(name, TEST_NAMES) for name in names)
