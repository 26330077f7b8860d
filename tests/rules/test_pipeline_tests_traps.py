"""What makes a naive look at tests and approvals wrong: builds that test, order within a stage, conditions, names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

TESTS = "pipeline-without-tests"
GUARD = "pipeline-unguarded-production"
PARAMETERS = {"Word": {"Type": "String"}}


def said(rule: str, stages: list[dict[str, Any]], *commands: str, **more: Any) -> list[tuple[str | None, str]]:
    buildspec = more.pop("buildspec", json.dumps({"phases": {"build": {"commands": list(commands)}}}))
    resources = {
        "Release": {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Stages": stages, **more}},
        "Build": {"Type": "AWS::CodeBuild::Project", "Properties": {"Source": {"BuildSpec": buildspec}}},
    }
    text = json.dumps({"Parameters": PARAMETERS, "Resources": resources}, indent=1)
    return [(one.level, one.message) for one in Example(rules()[rule], text).findings()]


def action(category: str, provider: str, name: str = "", owner: str = "AWS", **more: Any) -> dict[str, Any]:
    type_ = {"Category": category, "Owner": owner, "Provider": provider, "Version": "1"}
    return {"Name": name or provider, "ActionTypeId": type_, **more}


def stage(name: object, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"Name": name, "Actions": list(actions), **more}


SOURCE = stage("Source", action("Source", "CodeCommit", "Code"))
IMAGE = stage("Source", action("Source", "ECR", "Image"))
BUILD = stage("Build", action("Build", "CodeBuild", "Web", Configuration={"ProjectName": {"Ref": "Build"}}))
DEPLOY = stage("Deploy", action("Deploy", "ECS"))
STACK = action("Deploy", "CloudFormation", "Stack", Configuration={"ActionMode": "CREATE_UPDATE", "StackName": "s"})
BEFORE = "run the tests in a stage before it"


def test_nothing_before_the_deployment() -> None:
    assert said(TESTS, [SOURCE, DEPLOY]) == [
        ("warning", f"Release deploys in Deploy/ECS, but no action builds or tests it before; {BEFORE}")
    ]
    assert said(TESTS, [SOURCE, stage("Ask", action("Approval", "Manual")), stage("Deploy", STACK)]) == [
        ("warning", f"Release deploys in Deploy/Stack, but no action builds or tests it before; {BEFORE}")
    ]


def test_an_image_and_code_are_not_an_image_alone() -> None:
    both = stage("Source", action("Source", "ECR", "Image"), action("Source", "CodeCommit", "Code"))
    for stages in ([both, DEPLOY], [DEPLOY]):
        ((level, _),) = said(TESTS, stages)
        assert level == "warning"


def test_a_static_site_is_advice() -> None:
    site = stage("Deploy", action("Deploy", "S3", "Site"))
    assert said(TESTS, [SOURCE, site]) == [
        ("advice", f"Release deploys in Deploy/Site, but nothing looks at the files before; {BEFORE}")
    ]
    ((level, _),) = said(TESTS, [SOURCE, site, DEPLOY])
    assert level == "warning"


def test_an_image_that_is_built_elsewhere_is_advice() -> None:
    assert said(TESTS, [IMAGE, DEPLOY]) == [
        ("advice", f"Release deploys in Deploy/ECS, but no action tests the image here; {BEFORE}")
    ]


BUILT = [
    ("advice", f"Release deploys in Deploy/ECS, but Build/Web runs no test, lint or report; {BEFORE}"),
]


@pytest.mark.parametrize(
    "commands",
    [
        ["npm ci", "npm run build"],
        ["echo build", "cd web && docker build -t web . && docker push web"],
        ["pip install -r requirements.txt", "sam build", "zip -r web.zip ."],
        ["git checkout main", "docker tag web web:latest", 'echo "Running tests"', "mkdir test"],
        ["aws s3 cp web.zip s3://bucket", "if [ -n $X ]; then export Y=1; fi", "source venv/bin/activate"],
    ],
)
def test_builds_that_only_build(commands: list[str]) -> None:
    assert said(TESTS, [SOURCE, BUILD, DEPLOY], *commands) == BUILT


@pytest.mark.parametrize(
    "command",
    [
        "npm test",
        "python -m pytest -q",
        "make",
        "./build.sh",
        "bash scripts/ci",
        "mvn package",
        "gradle build",
        "npx eslint .",
        "flake8 src",
        "docker run web npm run lint",
        "sam validate",
        "cfn-lint template.yaml",
        "curl -f http://localhost/health",
        "npm run ci",
        "$CHECK",
    ],
)
def test_builds_that_test_or_may(command: str) -> None:
    assert said(TESTS, [SOURCE, BUILD, DEPLOY], "npm ci", command) == []


@pytest.mark.parametrize(
    "buildspec",
    [
        "buildspec.yml",
        {"Ref": "Word"},
        "{phases: {build: {commands: [npm ci]}}, reports: {unit: {files: ['*.xml']}}}",
        "{phases: {build: {commands: [npm ci]}}, batch: {build-list: [{identifier: a, buildspec: a.yml}]}}",
        {"Fn::Sub": "{phases: {build: {commands: ['${Word} now']}}}"},
    ],
    ids=["file", "parameter", "reports", "batch", "command"],
)
def test_buildspecs_that_may_test(buildspec: object) -> None:
    assert said(TESTS, [SOURCE, BUILD, DEPLOY], buildspec=buildspec) == []


@pytest.mark.parametrize(
    "other",
    [
        action("Test", "CodeBuild"),
        action("Test", "DeviceFarm"),
        action("Build", "Jenkins", owner="Custom"),
        action("Invoke", "Lambda"),
        action("Compute", "Commands", Commands=["npm test"]),
        action("Compute", "Commands", Commands=["ls", {"Ref": "Word"}]),
        {
            "Name": "Any",
            "ActionTypeId": {"Category": {"Ref": "Word"}, "Owner": "AWS", "Provider": "Commands", "Version": "1"},
            "Commands": ["npm ci"],
        },
        action("Build", "CodeBuild", Configuration={"ProjectName": "elsewhere"}),
        {"Ref": "Word"},
    ],
)
def test_actions_that_test_or_may(other: dict[str, Any]) -> None:
    assert said(TESTS, [SOURCE, stage("Before", other), DEPLOY]) == []


@pytest.mark.parametrize(
    "other", [action("Compute", "Commands", "Web", Commands=["npm ci"]), action("Build", "ECRBuildAndPublish", "Web")]
)
def test_actions_that_build_without_a_project(other: dict[str, Any]) -> None:
    assert said(TESTS, [SOURCE, stage("Build", other), DEPLOY]) == BUILT


CONDITIONS = {"Conditions": [{"Result": "FAIL", "Rules": [{"Name": "T", "RuleTypeId": {"Provider": "Commands"}}]}]}


def test_conditions_may_test() -> None:
    assert said(TESTS, [SOURCE, {**DEPLOY, "BeforeEntry": CONDITIONS}]) == []
    assert said(TESTS, [{**SOURCE, "OnSuccess": CONDITIONS}, DEPLOY]) == []


def test_a_pipeline_that_deploys_nothing() -> None:
    changes = action("Deploy", "CloudFormation", Configuration={"ActionMode": "CHANGE_SET_REPLACE"})
    assert said(TESTS, [SOURCE, BUILD, stage("Look", changes)], "npm ci") == []
    own = action(
        "Deploy",
        "CloudFormation",
        Configuration={"ActionMode": "CREATE_UPDATE", "StackName": {"Ref": "AWS::StackName"}},
    )
    assert said(TESTS, [SOURCE, stage("Self", own)]) == []


def test_a_buildspec_that_deploys() -> None:
    assert said(TESTS, [SOURCE, BUILD], "kubectl apply -f k8s") == [
        ("advice", f"Release deploys in Build/Web, but Build/Web runs no test, lint or report; {BEFORE}")
    ]


PROD = stage("Prod", action("Deploy", "ECS"))
UNGUARDED = [
    (
        "advice",
        "Release releases to production in Prod/ECS with no approval or test stage before; "
        "add an approval action before it",
    )
]


def test_production_right_after_the_build() -> None:
    assert said(GUARD, [SOURCE, BUILD, PROD], buildspec="buildspec.yml") == UNGUARDED
    assert said(GUARD, [SOURCE, BUILD, PROD], "npm ci") == UNGUARDED
    assert said(GUARD, [SOURCE, stage("Staging", action("Deploy", "ECS")), PROD]) == UNGUARDED


@pytest.mark.parametrize("name", ["Production", "deploy-prod", "DeployProd", "live"])
def test_names_of_production(name: str) -> None:
    assert len(said(GUARD, [SOURCE, stage(name, action("Deploy", "ECS"))])) == 1


@pytest.mark.parametrize("name", ["Product", "Dev", "Deploy", "Delivery", {"Ref": "Word"}])
def test_names_of_something_else(name: object) -> None:
    assert said(GUARD, [SOURCE, stage(name, action("Deploy", "ECS"))]) == []


@pytest.mark.parametrize(
    "guard",
    [
        stage("Ask", action("Approval", "Manual")),
        stage("Try", action("Test", "CodeBuild")),
        stage("Test", action("Deploy", "ECS", "Beta")),
        stage("Beta", action("Build", "CodeBuild", "IntegrationTests")),
        stage("Call", action("Invoke", "Lambda")),
        stage({"Ref": "Word"}, action("Deploy", "ECS", "Beta")),
        {"Ref": "Word"},
        {**stage("Beta", action("Deploy", "ECS", "Beta")), "OnSuccess": CONDITIONS},
    ],
)
def test_what_stands_before_production(guard: dict[str, Any]) -> None:
    assert said(GUARD, [SOURCE, guard, PROD]) == []


def test_a_source_that_is_named_like_a_test_is_none() -> None:
    assert said(GUARD, [stage("Source", action("Source", "CodeCommit", "IntegrationTests")), PROD]) == UNGUARDED


@pytest.mark.parametrize("category", ["Approval", "Invoke", "Test"])
def test_what_guards_within_a_stage(category: str) -> None:
    guard = action(category, "Any", RunOrder=1)
    assert said(GUARD, [SOURCE, stage("Prod", guard, action("Deploy", "ECS", RunOrder=2))]) == []


def test_a_build_that_surely_tests() -> None:
    assert said(GUARD, [SOURCE, BUILD, PROD], "npm ci", "npm test") == []


def test_what_comes_after_does_not_guard() -> None:
    assert said(GUARD, [SOURCE, PROD, stage("Ask", action("Approval", "Manual"))]) == UNGUARDED


def in_stage(approval: object, deploy: object) -> list[tuple[str | None, str]]:
    actions = action("Approval", "Manual", RunOrder=approval), action("Deploy", "ECS", RunOrder=deploy)
    return said(GUARD, [SOURCE, stage("Prod", *actions)])


def test_the_order_within_a_stage() -> None:
    nothing = {"Ref": "AWS::NoValue"}
    assert in_stage(1, 2) == in_stage("1", "2") == in_stage(nothing, 2) == []
    assert in_stage(1, 1) == in_stage(2, 1) == in_stage(nothing, nothing) == UNGUARDED
    assert in_stage({"Ref": "Word"}, 2) == in_stage(1, {"Ref": "Word"}) == []


def test_entry_conditions_and_transitions_guard() -> None:
    assert said(GUARD, [SOURCE, {**PROD, "BeforeEntry": CONDITIONS}]) == []
    assert said(GUARD, [SOURCE, PROD], DisableInboundStageTransitions=[{"StageName": "Prod", "Reason": "r"}]) == []
    assert said(GUARD, [SOURCE, PROD], DisableInboundStageTransitions=[{"StageName": {"Ref": "Word"}}]) == []
    other = [{"StageName": "Other", "Reason": "r"}]
    assert said(GUARD, [SOURCE, PROD], DisableInboundStageTransitions=other) == UNGUARDED


def test_a_production_stage_that_releases_nothing() -> None:
    changes = action("Deploy", "CloudFormation", Configuration={"ActionMode": "CHANGE_SET_REPLACE"})
    assert said(GUARD, [SOURCE, stage("Prod", changes)]) == []
