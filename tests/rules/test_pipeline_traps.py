"""What makes a naive reading of pipelines and buildspecs wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, Written, found, lint_with, messages, resource, second_places, stack, terraform

from awslint_memo import pipelines
from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules
from awslint_memo.model.deployment import Deployment

PIPELINE = "pipeline-mixed-provisioning"
BUILDSPEC = "buildspec-mixed-provisioning"


def action(
    name: str, provider: str, category: str = "Deploy", *, owner: str = "AWS", **configuration: Any
) -> dict[str, Any]:
    type_ = {"Category": category, "Owner": owner, "Provider": provider, "Version": "1"}
    return {"Name": name, "ActionTypeId": type_, "Configuration": configuration}


def pipeline(**stages: list[dict[str, Any]]) -> dict[str, Any]:
    declared = [{"Name": name, "Actions": actions} for name, actions in stages.items()]
    return {"Release": resource("CodePipeline::Pipeline", Stages=declared)}


def project(*commands: str, name: str = "Build") -> dict[str, Any]:
    buildspec = json.dumps({"version": 0.2, "phases": {"build": {"commands": list(commands)}}})
    return {name: resource("CodeBuild::Project", Source={"BuildSpec": buildspec})}


STACK = action("Stack", "CloudFormation", ActionMode="CREATE_UPDATE", StackName="network")
SERVICE = action("Service", "ECS", ClusterName="c", ServiceName="s")
MIXED = [Found("warning", "Release", "Release")]


def names(template: Written, provisions: str, deploys: str) -> bool:
    """Whether the only finding of mixed sides names both, what provisions first."""
    [message] = messages(PIPELINE, template)
    return 0 < message.find(provisions) < message.find(deploys)


def test_the_finding_names_both_sides_and_shows_their_places() -> None:
    build = action("Apply", "CodeBuild", "Build", ProjectName={"Ref": "Infra"})
    template = stack(
        **pipeline(Source=[action("Code", "S3", "Source")], Infra=[STACK, build], App=[SERVICE]),
        **project("terraform apply", name="Infra"),
    )
    assert found(PIPELINE, template) == MIXED
    assert names(template, "Infra/Stack (CloudFormation CREATE_UPDATE)", "Infra/Apply (Infra runs terraform apply)")
    assert names(template, "Infra/Apply (Infra runs terraform apply)", "App/Service (ECS)")
    stack_mode, buildspec, provider = second_places(PIPELINE, template)
    assert stack_mode == "ActionMode: CREATE_UPDATE"
    assert buildspec.startswith("BuildSpec: ")
    assert provider == "Provider: ECS"
    [finding] = lint_with(PIPELINE, template)
    assert ["provisions" in one.message for one in finding.related] == [True, True, False]
    assert ["deploys" in one.message for one in finding.related] == [False, False, True]


@pytest.mark.parametrize(
    ("stages", "listed"),
    [
        ("A", "A/Stack (CloudFormation CREATE_UPDATE)"),
        ("AB", "A/Stack (CloudFormation CREATE_UPDATE) and B/Stack (CloudFormation CREATE_UPDATE)"),
        (
            "ABC",
            "A/Stack (CloudFormation CREATE_UPDATE), B/Stack (CloudFormation CREATE_UPDATE) and "
            "C/Stack (CloudFormation CREATE_UPDATE)",
        ),
    ],
)
def test_the_actions_of_a_side_are_listed(stages: str, listed: str) -> None:
    [message] = messages(PIPELINE, stack(**pipeline(**{stage: [STACK] for stage in stages}, App=[SERVICE])))
    assert f"Release provisions in {listed} and deploys in App/Service (ECS);" in message


@pytest.mark.parametrize("mode", ["CREATE_UPDATE", "REPLACE_ON_FAILURE", "CHANGE_SET_EXECUTE"])
def test_action_modes_that_change_a_stack(mode: str) -> None:
    changed = action("Stack", "CloudFormation", ActionMode=mode)
    template = stack(**pipeline(Infra=[changed], App=[SERVICE]))
    assert found(PIPELINE, template) == MIXED
    assert names(template, f"Infra/Stack (CloudFormation {mode})", "App/Service (ECS)")


@each_case("mode", ["CHANGE_SET_REPLACE", "DELETE_ONLY", {"Ref": "Mode"}, None])
def test_action_modes_that_do_not_surely_change_a_stack(mode: object) -> None:
    unchanged = action("Stack", "CloudFormation", ActionMode=mode)
    sections = {"Parameters": {"Mode": {"Type": "String"}}}
    assert found(PIPELINE, stack(sections, **pipeline(Infra=[unchanged], App=[SERVICE]))) == []


def test_a_mode_by_default_names_the_parameter() -> None:
    changed = action("Stack", "CloudFormation", ActionMode={"Ref": "Mode"})
    sections = {"Parameters": {"Mode": {"Type": "String", "Default": "CREATE_UPDATE"}}}
    [message] = messages(PIPELINE, stack(sections, **pipeline(Infra=[changed], App=[SERVICE])))
    assert message.endswith("(default of Mode)")


@pytest.mark.parametrize("provider", ["CloudFormationStackSet", "CloudFormationStackInstances", "ServiceCatalog"])
def test_other_providers_that_provision(provider: str) -> None:
    template = stack(**pipeline(Infra=[action("Set", provider)], App=[SERVICE]))
    assert names(template, f"Infra/Set ({provider})", "App/Service (ECS)")


@each_case(
    "provider",
    ["AppConfig", "CodeDeploy", "CodeDeployToECS", "EC2", "ECS", "EKS", "ElasticBeanstalk", "Lambda", "OpsWorks", "S3"],
)
def test_providers_that_deploy(provider: str) -> None:
    template = stack(**pipeline(Infra=[STACK], App=[action("Out", provider)]))
    assert names(template, "Infra/Stack (CloudFormation CREATE_UPDATE)", f"App/Out ({provider})")


@each_case(
    "other",
    [
        action("Code", "S3", "Source"),
        action("Call", "Lambda", "Invoke", FunctionName="f"),
        action("Image", "EC2", "Build"),
        action("Ours", "ECS", owner="Custom"),
        action("Ask", "Manual", "Approval"),
        action("Skill", "AlexaSkillsKit", owner="ThirdParty"),
    ],
    ids=lambda one: one["ActionTypeId"]["Provider"],
)
def test_actions_that_deploy_nothing(other: dict[str, Any]) -> None:
    assert found(PIPELINE, stack(**pipeline(Infra=[STACK], App=[other]))) == []


def test_an_application_deployed_through_cloudformation_alone_is_not_mixed() -> None:
    changes = action("Changes", "CloudFormation", ActionMode="CHANGE_SET_REPLACE")
    execute = action("Execute", "CloudFormation", ActionMode="CHANGE_SET_EXECUTE")
    build = action("Build", "CodeBuild", "Build", ProjectName={"Ref": "Build"})
    resources = {**pipeline(Build=[build], Deploy=[changes, execute]), **project("sam build", "sam package")}
    assert found(PIPELINE, stack(**resources)) == []


@pytest.mark.parametrize(
    ("stage", "name"), [("UpdatePipeline", "SelfMutate"), ("UpdatePipeline", "X"), ("Build", "SelfMutate")]
)
def test_cdk_updating_its_own_pipeline_does_not_count(stage: str, name: str) -> None:
    mutate = action(name, "CodeBuild", "Build", ProjectName={"Ref": "Mutation"})
    resources = {
        **pipeline(**{stage: [mutate]}, App=[SERVICE]),
        **project("npm i -g aws-cdk", "cdk -a . deploy PipelineStack --require-approval=never", name="Mutation"),
    }
    assert found(PIPELINE, stack(**resources)) == []


def test_a_stack_updating_itself_does_not_count() -> None:
    own = action("Self", "CloudFormation", ActionMode="CREATE_UPDATE", StackName={"Ref": "AWS::StackName"})
    assert found(PIPELINE, stack(**pipeline(Update=[own], App=[SERVICE]))) == []


def test_commands_actions_count_like_buildspecs() -> None:
    commands = {**action("Run", "Commands", "Compute"), "Commands": ["terraform init", "terraform apply"]}
    template = stack(**pipeline(Infra=[commands], App=[SERVICE]))
    assert names(template, "Infra/Run (runs terraform apply)", "App/Service (ECS)")
    assert second_places(PIPELINE, template) == ["Commands", "Provider: ECS"]


def test_one_commands_action_that_does_both_is_the_pipelines() -> None:
    commands = {**action("Run", "Commands", "Compute"), "Commands": ["terraform apply", "kubectl apply -f x"]}
    template = stack(**pipeline(All=[commands]))
    assert names(template, "All/Run (runs terraform apply)", "All/Run (runs kubectl apply)")


def test_configuration_as_json_text() -> None:
    as_text = {**STACK, "Configuration": json.dumps({"ActionMode": "CREATE_UPDATE"})}
    build = action("Push", "CodeBuild", "Build")
    build["Configuration"] = {"Fn::Sub": '{"ProjectName": "${Build}"}'}
    template = stack(**pipeline(Infra=[as_text], App=[build]), **project("kubectl apply -f x"))
    assert names(template, "Infra/Stack (CloudFormation CREATE_UPDATE)", "App/Push (Build runs kubectl apply)")


def test_a_project_by_its_name() -> None:
    resources = {
        **pipeline(Infra=[STACK], App=[action("Push", "CodeBuild", "Build", ProjectName="push")]),
        **project("helm upgrade web chart"),
    }
    resources["Build"]["Properties"]["Name"] = "push"
    assert names(stack(**resources), "Infra/Stack", "App/Push (Build runs helm upgrade)")


def test_an_override_stands_for_the_projects_buildspec() -> None:
    override = json.dumps({"phases": {"build": {"commands": ["ls"]}}})
    build = action("Push", "CodeBuild", "Build", ProjectName={"Ref": "Build"}, BuildspecOverride=override)
    resources = {**pipeline(Infra=[STACK], App=[build]), **project("kubectl apply -f x")}
    assert found(PIPELINE, stack(**resources)) == []
    build["Configuration"]["BuildspecOverride"] = "other.yml"
    assert found(PIPELINE, stack(**resources)) == []


def test_overrides_of_one_project_are_not_its_own_buildspec() -> None:
    overrides = [json.dumps({"phases": {"build": {"commands": [c]}}}) for c in ("cdk deploy", "kubectl apply -f x")]
    builds = [action("Run", "CodeBuild", "Build", ProjectName={"Ref": "Build"}, BuildspecOverride=o) for o in overrides]
    template = stack(**pipeline(Infra=builds[:1], App=builds[1:]), **project("ls"))
    assert names(template, "Infra/Run (runs cdk deploy)", "App/Run (runs kubectl apply)")


def test_a_project_that_does_both_by_itself_is_reported_once_and_there() -> None:
    both = action("All", "CodeBuild", "Build", ProjectName={"Ref": "Build"})
    resources = {**pipeline(Dev=[both], Prod=[both]), **project("cdk deploy", "aws s3 sync dist s3://site")}
    assert found(PIPELINE, stack(**resources)) == []
    [finding] = found(BUILDSPEC, stack(**resources))
    assert (finding.level, finding.resource) == ("warning", "Build")
    assert finding.at.startswith("BuildSpec: ")
    [message] = messages(BUILDSPEC, stack(**resources))
    assert 0 < message.find("cdk deploy") < message.find("aws s3 sync")


def test_parts_that_are_not_known_are_no_reason_to_be_silent_about_the_others() -> None:
    resources = pipeline(Infra=[STACK], App=[SERVICE])
    stages = resources["Release"]["Properties"]["Stages"]
    stages.append({"Ref": "Stage"})
    stages[0]["Actions"].append({"Ref": "Action"})
    stages[0]["Name"] = {"Ref": "Stage"}
    parameters = {"Stage": {"Type": "String"}, "Action": {"Type": "String"}}
    template = stack({"Parameters": parameters}, **resources)
    assert found(PIPELINE, template) == MIXED
    assert names(template, "stage 1/Stack (CloudFormation CREATE_UPDATE)", "App/Service (ECS)")


def test_stages_that_exclude_each_other_never_meet() -> None:
    chosen = {"Fn::If": ["IsInfra", STACK, SERVICE]}
    sections = {
        "Parameters": {"Kind": {"Type": "String"}},
        "Conditions": {"IsInfra": {"Fn::Equals": [{"Ref": "Kind"}, "infra"]}},
    }
    assert found(PIPELINE, stack(sections, **pipeline(Only=[chosen]))) == []


def test_two_pipelines_are_not_one() -> None:
    infra, app = pipeline(Infra=[STACK]), pipeline(App=[SERVICE])
    assert found(PIPELINE, stack(Infra=infra["Release"], App=app["Release"])) == []


def test_a_buildspec_of_one_side_is_fine() -> None:
    assert found(BUILDSPEC, stack(**project("terraform init", "terraform apply", "cdk deploy"))) == []
    assert found(BUILDSPEC, stack(**project("kubectl apply -f x", "terraform plan"))) == []


def test_stages_and_actions_for_other_rules() -> None:
    source = action("Code", "CodeStarSourceConnection", "Source")
    text = json.dumps(stack(**pipeline(Source=[source], App=[SERVICE])))
    (deployment,) = Example(rules()[PIPELINE], text).template.deployments(None).deployments
    assert isinstance(deployment, Deployment)
    source_stage, app = pipelines.stages(deployment.resources["Release"])
    assert (source_stage.name, app.name) == ("Source", "App")
    assert [(one.category, one.provider, one.name) for one in source_stage.actions] == [
        ("Source", "CodeStarSourceConnection", "Code")
    ]
    assert app.actions[0].configuration.get("ServiceName").text == "s"


def two_builds(infra: str, app: str) -> dict[str, Any]:
    """A pipeline in Terraform that runs two projects with these buildspecs."""
    type_ = {"category": "Build", "owner": "AWS", "provider": "CodeBuild"}
    actions = [
        {"name": name, **type_, "configuration": {"ProjectName": project_name}}
        for name, project_name in (
            ("Infra", "${aws_codebuild_project.infra.name}"),
            ("App", "${aws_codebuild_project.app.id}"),
        )
    ]
    return terraform(
        aws_codepipeline={"release": {"stage": [{"name": "Deploy", "action": actions}]}},
        aws_codebuild_project={
            "infra": {"source": [{"buildspec": infra}]},
            "app": {"source": {"buildspec": app}},
        },
    )


def test_terraforms_references_lead_to_projects() -> None:
    template = two_builds(
        "phases:\n  build:\n    commands:\n      - cd ${path.module} && tofu apply\n",
        '${jsonencode({phases = {build = {commands = ["helm upgrade web ."]}}})}',
    )
    assert found(PIPELINE, template) == [Found("warning", "aws_codepipeline.release", "release")]
    infra, app = "aws_codebuild_project.infra runs tofu apply", "aws_codebuild_project.app runs helm upgrade"
    assert names(template, f"Deploy/Infra ({infra})", f"Deploy/App ({app})")
    assert found(BUILDSPEC, template) == []


def test_terraforms_files_are_not_known() -> None:
    template = two_builds('${file("${path.module}/buildspec.yml")}', "${yamlencode(local.spec)}")
    assert found(PIPELINE, template) == []


def test_keys_of_an_actions_configuration_are_the_same_in_each_language() -> None:
    """RoleArn is the pipeline's role_arn in Terraform, but not in the configuration of an action."""
    deploys = {
        "name": "Stack",
        "category": "Deploy",
        "owner": "AWS",
        "provider": "CloudFormation",
        "version": "1",
        "configuration": {"ActionMode": "CREATE_UPDATE", "StackName": "s", "TemplatePath": "code::t.yaml"},
    }
    template = terraform(aws_codepipeline={"p": {"stage": [{"name": "Deploy", "action": [deploys]}]}})
    [message] = messages("pipeline-action-settings", template)
    assert 'configuration in Deploy/Stack of aws_codepipeline.p has no "RoleArn"' in message
    assert message.endswith('add "RoleArn"')


def handing(name: str, takes: str = "", makes: str = "", **more: Any) -> dict[str, Any]:
    taken, made = ([{"Name": one}] if one else [] for one in (takes, makes))
    return {**action(name, "CodeBuild", "Build"), "InputArtifacts": taken, "OutputArtifacts": made, **more}


def test_the_artifacts_that_may_be_taken_are_those_of_actions_before() -> None:
    """Those of the own stage come by the order in which they are made, all others as the template has them."""
    stages = {
        "Source": [handing("Code", makes="code")],
        "Build": [
            handing("Late", makes="late", RunOrder=3),
            handing("Second", makes="second", RunOrder=2),
            handing("First", makes="first", RunOrder=1),
            handing("Site", takes="late", makes="site", RunOrder=3),
        ],
        "Prod": [handing("Deploy", takes="none")],
    }
    assert [message.partition("; ")[2] for message in messages("pipeline-artifacts", stack(**pipeline(**stages)))] == [
        "take code, first or second",
        "take code, late, second, first or site",
    ]


def test_of_many_artifacts_that_may_be_taken_the_first_are_named() -> None:
    made = [handing(f"A{number}", makes=f"a{number}") for number in range(12)]
    stages = {"Source": made, "Prod": [handing("Deploy", takes="none")]}
    (message,) = messages("pipeline-artifacts", stack(**pipeline(**stages)))
    assert message.endswith("; take a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 or another one that is made before")


def test_no_action_takes_what_it_makes_itself() -> None:
    """In whatever order it runs."""
    order = {"Fn::ImportValue": "order"}
    stages = {
        "Source": [handing("Code", makes="code")],
        "Build": [handing("Loop", takes="loop", makes="loop", RunOrder=order)],
    }
    (message,) = messages("pipeline-artifacts", stack(**pipeline(**stages)))
    assert "but Build/Loop makes this artifact, and does not run before Build/Loop; take code" in message


def change_sets(mode: str | dict[str, str], name: Any) -> dict[str, Any]:
    """A pipeline whose first action has a mode, and a change set of this name, and whose second one executes `b`."""
    first = action("First", "CloudFormation", ActionMode=mode, StackName="s", ChangeSetName=name)
    second = action("Second", "CloudFormation", ActionMode="CHANGE_SET_EXECUTE", StackName="s", ChangeSetName="b")
    sections = {"Parameters": {"Word": {"Type": "String"}}}
    return stack(sections, **pipeline(Make=[first], Run=[second]))


def test_a_change_set_whose_other_name_is_known_in_part() -> None:
    (message,) = messages("pipeline-change-set", change_sets("CHANGE_SET_REPLACE", {"Fn::Sub": "a-${Word}"}))
    assert message.endswith("makes the change set of another name; write the ChangeSetName of that action")
    assert found("pipeline-change-set", change_sets({"Ref": "Word"}, "a")) == []
