"""What makes a naive reading of pipelines and buildspecs wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo import pipelines
from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.finding import Finding

PIPELINE = "pipeline-mixed-provisioning"
BUILDSPEC = "buildspec-mixed-provisioning"


def lint(rule: str, resources: dict[str, Any], **sections: Any) -> list[Finding]:
    return Example(rules()[rule], json.dumps({**sections, "Resources": resources}, indent=1)).findings()


def action(
    name: str, provider: str, category: str = "Deploy", *, owner: str = "AWS", **configuration: Any
) -> dict[str, Any]:
    type_ = {"Category": category, "Owner": owner, "Provider": provider, "Version": "1"}
    return {"Name": name, "ActionTypeId": type_, "Configuration": configuration}


def pipeline(**stages: list[dict[str, Any]]) -> dict[str, Any]:
    declared = [{"Name": name, "Actions": actions} for name, actions in stages.items()]
    return {"Release": {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Stages": declared}}}


def project(*commands: str, name: str = "Build") -> dict[str, Any]:
    buildspec = json.dumps({"version": 0.2, "phases": {"build": {"commands": list(commands)}}})
    return {name: {"Type": "AWS::CodeBuild::Project", "Properties": {"Source": {"BuildSpec": buildspec}}}}


def messages(rule: str, resources: dict[str, Any], **sections: Any) -> list[str]:
    return [one.message for one in lint(rule, resources, **sections)]


STACK = action("Stack", "CloudFormation", ActionMode="CREATE_UPDATE", StackName="network")
SERVICE = action("Service", "ECS", ClusterName="c", ServiceName="s")
ADVICE = "give each side a pipeline of its own"


def test_the_finding_names_both_sides_and_shows_their_places() -> None:
    build = action("Apply", "CodeBuild", "Build", ProjectName={"Ref": "Infra"})
    resources = {
        **pipeline(Source=[action("Code", "S3", "Source")], Infra=[STACK, build], App=[SERVICE]),
        **project("terraform apply", name="Infra"),
    }
    (found,) = lint(PIPELINE, resources)
    assert found.message == (
        "Release provisions in Infra/Stack (CloudFormation CREATE_UPDATE) and Infra/Apply (Infra runs terraform apply) "
        f"and deploys in App/Service (ECS); {ADVICE}"
    )
    assert found.level == "warning"
    assert [related.message for related in found.related] == [
        "Infra/Stack provisions: CloudFormation CREATE_UPDATE",
        "Infra/Apply provisions: runs terraform apply",
        "App/Service deploys: ECS",
    ]
    lines = json.dumps({"Resources": resources}, indent=1).split("\n")
    shown = [lines[related.span.line - 1].strip() for related in found.related]
    assert shown[0] == '"ActionMode": "CREATE_UPDATE",'
    assert shown[1].startswith('"BuildSpec": ')
    assert shown[2] == '"Provider": "ECS",'


@pytest.mark.parametrize("mode", ["CREATE_UPDATE", "REPLACE_ON_FAILURE", "CHANGE_SET_EXECUTE"])
def test_action_modes_that_change_a_stack(mode: str) -> None:
    stack = action("Stack", "CloudFormation", ActionMode=mode)
    assert messages(PIPELINE, pipeline(Infra=[stack], App=[SERVICE])) == [
        f"Release provisions in Infra/Stack (CloudFormation {mode}) and deploys in App/Service (ECS); {ADVICE}"
    ]


@pytest.mark.parametrize("mode", ["CHANGE_SET_REPLACE", "DELETE_ONLY", {"Ref": "Mode"}, None])
def test_action_modes_that_do_not_surely_change_a_stack(mode: object) -> None:
    stack = action("Stack", "CloudFormation", ActionMode=mode)
    parameters = {"Mode": {"Type": "String"}}
    assert messages(PIPELINE, pipeline(Infra=[stack], App=[SERVICE]), Parameters=parameters) == []


def test_a_mode_by_default_names_the_parameter() -> None:
    stack = action("Stack", "CloudFormation", ActionMode={"Ref": "Mode"})
    parameters = {"Mode": {"Type": "String", "Default": "CREATE_UPDATE"}}
    (message,) = messages(PIPELINE, pipeline(Infra=[stack], App=[SERVICE]), Parameters=parameters)
    assert message.endswith(f"{ADVICE} (Mode by default)")


@pytest.mark.parametrize("provider", ["CloudFormationStackSet", "CloudFormationStackInstances", "ServiceCatalog"])
def test_other_providers_that_provision(provider: str) -> None:
    (message,) = messages(PIPELINE, pipeline(Infra=[action("Set", provider)], App=[SERVICE]))
    assert f"provisions in Infra/Set ({provider})" in message


@pytest.mark.parametrize(
    "provider",
    ["AppConfig", "CodeDeploy", "CodeDeployToECS", "EC2", "ECS", "EKS", "ElasticBeanstalk", "Lambda", "OpsWorks", "S3"],
)
def test_providers_that_deploy(provider: str) -> None:
    (message,) = messages(PIPELINE, pipeline(Infra=[STACK], App=[action("Out", provider)]))
    assert f"deploys in App/Out ({provider})" in message


@pytest.mark.parametrize(
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
    assert messages(PIPELINE, pipeline(Infra=[STACK], App=[other])) == []


def test_an_application_deployed_through_cloudformation_alone_is_not_mixed() -> None:
    changes = action("Changes", "CloudFormation", ActionMode="CHANGE_SET_REPLACE")
    execute = action("Execute", "CloudFormation", ActionMode="CHANGE_SET_EXECUTE")
    build = action("Build", "CodeBuild", "Build", ProjectName={"Ref": "Build"})
    resources = {**pipeline(Build=[build], Deploy=[changes, execute]), **project("sam build", "sam package")}
    assert messages(PIPELINE, resources) == []


@pytest.mark.parametrize(
    ("stage", "name"), [("UpdatePipeline", "SelfMutate"), ("UpdatePipeline", "X"), ("Build", "SelfMutate")]
)
def test_cdk_updating_its_own_pipeline_does_not_count(stage: str, name: str) -> None:
    mutate = action(name, "CodeBuild", "Build", ProjectName={"Ref": "Mutation"})
    resources = {
        **pipeline(**{stage: [mutate]}, App=[SERVICE]),
        **project("npm i -g aws-cdk", "cdk -a . deploy PipelineStack --require-approval=never", name="Mutation"),
    }
    assert messages(PIPELINE, resources) == []


def test_a_stack_updating_itself_does_not_count() -> None:
    own = action("Self", "CloudFormation", ActionMode="CREATE_UPDATE", StackName={"Ref": "AWS::StackName"})
    assert messages(PIPELINE, pipeline(Update=[own], App=[SERVICE])) == []


def test_commands_actions_count_like_buildspecs() -> None:
    commands = {**action("Run", "Commands", "Compute"), "Commands": ["terraform init", "terraform apply"]}
    assert messages(PIPELINE, pipeline(Infra=[commands], App=[SERVICE])) == [
        f"Release provisions in Infra/Run (runs terraform apply) and deploys in App/Service (ECS); {ADVICE}"
    ]


def test_one_commands_action_that_does_both_is_the_pipelines() -> None:
    commands = {**action("Run", "Commands", "Compute"), "Commands": ["terraform apply", "kubectl apply -f x"]}
    assert messages(PIPELINE, pipeline(All=[commands])) == [
        f"Release provisions in All/Run (runs terraform apply) and deploys in All/Run (runs kubectl apply); {ADVICE}"
    ]


def test_configuration_as_json_text() -> None:
    stack = {**STACK, "Configuration": json.dumps({"ActionMode": "CREATE_UPDATE"})}
    build = action("Push", "CodeBuild", "Build")
    build["Configuration"] = {"Fn::Sub": '{"ProjectName": "${Build}"}'}
    resources = {**pipeline(Infra=[stack], App=[build]), **project("kubectl apply -f x")}
    assert messages(PIPELINE, resources) == [
        "Release provisions in Infra/Stack (CloudFormation CREATE_UPDATE) and deploys in App/Push "
        f"(Build runs kubectl apply); {ADVICE}"
    ]


def test_a_project_by_its_name() -> None:
    resources = {
        **pipeline(Infra=[STACK], App=[action("Push", "CodeBuild", "Build", ProjectName="push")]),
        **project("helm upgrade web chart"),
    }
    resources["Build"]["Properties"]["Name"] = "push"
    (message,) = messages(PIPELINE, resources)
    assert "App/Push (Build runs helm upgrade)" in message


def test_an_override_stands_for_the_projects_buildspec() -> None:
    override = json.dumps({"phases": {"build": {"commands": ["ls"]}}})
    build = action("Push", "CodeBuild", "Build", ProjectName={"Ref": "Build"}, BuildspecOverride=override)
    resources = {**pipeline(Infra=[STACK], App=[build]), **project("kubectl apply -f x")}
    assert messages(PIPELINE, resources) == []
    build["Configuration"]["BuildspecOverride"] = "other.yml"
    assert messages(PIPELINE, resources) == []


def test_overrides_of_one_project_are_not_its_own_buildspec() -> None:
    overrides = [json.dumps({"phases": {"build": {"commands": [c]}}}) for c in ("cdk deploy", "kubectl apply -f x")]
    builds = [action("Run", "CodeBuild", "Build", ProjectName={"Ref": "Build"}, BuildspecOverride=o) for o in overrides]
    resources = {**pipeline(Infra=builds[:1], App=builds[1:]), **project("ls")}
    assert messages(PIPELINE, resources) == [
        f"Release provisions in Infra/Run (runs cdk deploy) and deploys in App/Run (runs kubectl apply); {ADVICE}"
    ]


def test_a_project_that_does_both_by_itself_is_reported_once_and_there() -> None:
    both = action("All", "CodeBuild", "Build", ProjectName={"Ref": "Build"})
    resources = {**pipeline(Dev=[both], Prod=[both]), **project("cdk deploy", "aws s3 sync dist s3://site")}
    assert messages(PIPELINE, resources) == []
    assert messages(BUILDSPEC, resources) == [
        "Build provisions with cdk deploy and deploys with aws s3 sync in one build; "
        "give each side a project and a pipeline of its own"
    ]


def test_parts_that_are_not_known_are_no_reason_to_be_silent_about_the_others() -> None:
    resources = pipeline(Infra=[STACK], App=[SERVICE])
    stages = resources["Release"]["Properties"]["Stages"]
    stages.append({"Ref": "Stage"})
    stages[0]["Actions"].append({"Ref": "Action"})
    stages[0]["Name"] = {"Ref": "Stage"}
    parameters = {"Stage": {"Type": "String"}, "Action": {"Type": "String"}}
    assert messages(PIPELINE, resources, Parameters=parameters) == [
        "Release provisions in stage 1/Stack (CloudFormation CREATE_UPDATE) and deploys in App/Service (ECS); " + ADVICE
    ]


def test_stages_that_exclude_each_other_never_meet() -> None:
    chosen = {"Fn::If": ["IsInfra", STACK, SERVICE]}
    parameters = {"Kind": {"Type": "String"}}
    conditions = {"IsInfra": {"Fn::Equals": [{"Ref": "Kind"}, "infra"]}}
    assert messages(PIPELINE, pipeline(Only=[chosen]), Parameters=parameters, Conditions=conditions) == []


def test_two_pipelines_are_not_one() -> None:
    infra, app = pipeline(Infra=[STACK]), pipeline(App=[SERVICE])
    assert messages(PIPELINE, {"Infra": infra["Release"], "App": app["Release"]}) == []


def test_a_buildspec_of_one_side_is_fine() -> None:
    assert messages(BUILDSPEC, project("terraform init", "terraform apply", "cdk deploy")) == []
    assert messages(BUILDSPEC, project("kubectl apply -f x", "terraform plan")) == []


def test_stages_and_actions_for_other_rules() -> None:
    source = action("Code", "CodeStarSourceConnection", "Source")
    text = json.dumps({"Resources": pipeline(Source=[source], App=[SERVICE])})
    (deployment,) = (
        Example(rules()[PIPELINE], text).template.deployments(None, ["AWS::CodePipeline::Pipeline"]).deployments
    )
    assert isinstance(deployment, Deployment)
    source_stage, app = pipelines.stages(deployment.resources["Release"])
    assert (source_stage.name, app.name) == ("Source", "App")
    assert [(one.category, one.provider, one.name) for one in source_stage.actions] == [
        ("Source", "CodeStarSourceConnection", "Code")
    ]
    assert app.actions[0].configuration.get("ServiceName").text == "s"


def terraform(**projects: dict[str, Any]) -> str:
    actions = [
        {
            "name": name,
            "category": "Build",
            "owner": "AWS",
            "provider": "CodeBuild",
            "configuration": {"ProjectName": target},
        }
        for name, target in (
            ("Infra", "${aws_codebuild_project.infra.name}"),
            ("App", "${aws_codebuild_project.app.id}"),
        )
    ]
    stages = [{"name": "Deploy", "action": actions}]
    resources = {"aws_codepipeline": {"release": {"stage": stages}}, "aws_codebuild_project": projects}
    return json.dumps({"resource": resources})


def test_terraforms_references_lead_to_projects() -> None:
    infra = {"source": [{"buildspec": "phases:\n  build:\n    commands:\n      - cd ${path.module} && tofu apply\n"}]}
    app = {"source": {"buildspec": '${jsonencode({phases = {build = {commands = ["helm upgrade web ."]}}})}'}}
    text = terraform(infra=infra, app=app)
    assert [one.message for one in Example(rules()[PIPELINE], text).findings()] == [
        "aws_codepipeline.release provisions in Deploy/Infra (aws_codebuild_project.infra runs tofu apply) and deploys "
        f"in Deploy/App (aws_codebuild_project.app runs helm upgrade); {ADVICE}"
    ]
    assert Example(rules()[BUILDSPEC], text).findings() == []


def test_terraforms_files_are_not_known() -> None:
    file = {"source": {"buildspec": '${file("${path.module}/buildspec.yml")}'}}
    text = terraform(infra=file, app={"source": {"buildspec": "${yamlencode(local.spec)}"}})
    assert Example(rules()[PIPELINE], text).findings() == []
