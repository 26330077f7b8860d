"""What makes a naive look at what starts a pipeline or a build wrong: defaults, settings as text, other starters."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

POLLS = "pipeline-polls-source"
NEVER = "pipeline-never-starts"
BUILD = "build-not-triggered"
HELD = "pipeline-transition-disabled"
ARN = {"Fn::Sub": "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}"}
PARAMETERS = {"Word": {"Type": "String"}}


def said(rule: str, resources: dict[str, Any], **sections: Any) -> list[tuple[str | None, str]]:
    document = {"Parameters": PARAMETERS, **sections, "Resources": resources}
    return [(one.level, one.message) for one in Example(rules()[rule], json.dumps(document, indent=1)).findings()]


def source(provider: str, configuration: object, name: str = "Code", owner: str = "AWS") -> dict[str, Any]:
    type_ = {"Category": "Source", "Owner": owner, "Provider": provider, "Version": "1"}
    return {"Name": name, "ActionTypeId": type_, "Configuration": configuration}


def pipeline(*sources: dict[str, Any], **properties: Any) -> dict[str, Any]:
    stages = [{"Name": "Source", "Actions": list(sources)}]
    return {"Release": {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Stages": stages, **properties}}}


def rule(target: object = ARN, **properties: Any) -> dict[str, Any]:
    targets = [{"Id": "p", "Arn": target}]
    made = {"EventPattern": {"source": ["aws.codecommit"]}, "Targets": targets, **properties}
    return {"Rule": {"Type": "AWS::Events::Rule", "Properties": made}}


FOUND = "so a change waits to be found; set PollForSourceChanges to false and start it with an Events rule"


@pytest.mark.parametrize("provider", ["CodeCommit", "S3"])
@pytest.mark.parametrize("setting", [True, "true"])
def test_polling_that_is_written(provider: str, setting: object) -> None:
    assert said(POLLS, pipeline(source(provider, {"PollForSourceChanges": setting}))) == [
        ("warning", f"Release polls {provider} in Source/Code (as PollForSourceChanges says), {FOUND}")
    ]


def test_polling_is_the_default() -> None:
    assert said(POLLS, pipeline(source("S3", {"S3Bucket": "b"}))) == [
        ("warning", f"Release polls S3 in Source/Code (by default), {FOUND}")
    ]


@pytest.mark.parametrize("setting", [False, "false", "False", {"Ref": "Word"}])
def test_no_polling(setting: object) -> None:
    assert said(POLLS, pipeline(source("CodeCommit", {"PollForSourceChanges": setting}))) == []


def test_a_configuration_as_text() -> None:
    assert said(POLLS, pipeline(source("S3", '{"PollForSourceChanges": "false"}'))) == []
    assert len(said(POLLS, pipeline(source("S3", '{"PollForSourceChanges": "true"}')))) == 1
    assert said(POLLS, pipeline(source("S3", {"Ref": "Word"}))) == []


def test_sources_without_the_setting() -> None:
    sources = source("ECR", {"RepositoryName": "r"}, "Image"), source("CodeStarSourceConnection", {"BranchName": "b"})
    assert said(POLLS, pipeline(*sources)) == []
    assert said(POLLS, pipeline(source("S3", {}, owner="Custom"))) == []


def test_githubs_first_action() -> None:
    use = "use a connection (CodeStarSourceConnection), which tells it of a change at once"
    assert said(POLLS, pipeline(source("GitHub", {"Repo": "r"}, owner="ThirdParty"))) == [
        ("warning", f"Release polls GitHub in Source/Code (by default); {use}")
    ]
    for setting in ("false", {"Ref": "Word"}):
        assert said(POLLS, pipeline(source("GitHub", {"PollForSourceChanges": setting}, owner="ThirdParty"))) == [
            ("advice", f"Release reads GitHub with a token in Source/Code; {use}")
        ]


def test_polling_beside_a_rule_runs_it_twice() -> None:
    resources = {**pipeline(source("CodeCommit", {})), **rule()}
    document = json.dumps({"Resources": resources}, indent=1)
    (found,) = Example(rules()[POLLS], document).findings()
    assert found.message == (
        "Release polls in Source/Code (by default) although Rule starts it, so every change runs it twice; "
        "set PollForSourceChanges to false"
    )
    assert [one.message for one in found.related] == ["starts it too"]


@pytest.mark.parametrize(
    "beside",
    [
        rule("arn:aws:codepipeline:eu-west-1:123456789012:other"),
        rule(State="DISABLED"),
        rule(EventPattern={"Ref": "AWS::NoValue"}, ScheduleExpression="rate(1 day)"),
    ],
)
def test_polling_beside_a_rule_that_is_none_of_its_source(beside: dict[str, Any]) -> None:
    ((_, message),) = said(POLLS, {**pipeline(source("CodeCommit", {})), **beside})
    assert message == f"Release polls CodeCommit in Source/Code (by default), {FOUND}"


def test_of_two_sources_a_rule_may_be_the_others() -> None:
    two = pipeline(source("CodeCommit", {"PollForSourceChanges": "false"}), source("S3", {}, "Data"))
    ((_, message),) = said(POLLS, {**two, **rule()})
    assert message == f"Release polls S3 in Source/Data (by default), {FOUND}"


WAITING = source("CodeCommit", {"PollForSourceChanges": "false"})
NOTHING = "and no rule, webhook or trigger stands for it; add one"


def test_a_pipeline_that_nothing_starts() -> None:
    assert said(NEVER, pipeline(WAITING)) == [
        ("advice", f"Release is started by nothing here: Source/Code does not poll, {NOTHING}")
    ]
    assert said(NEVER, pipeline(source("ECR", {"RepositoryName": "r"}, "Image"), WAITING)) == [
        (
            "advice",
            "Release is started by nothing here: Source/Image is told of new images by an Events rule only and "
            f"Source/Code does not poll, {NOTHING}",
        )
    ]


@pytest.mark.parametrize(
    ("provider", "configuration", "word"),
    [
        ("CodeCommit", {"PollForSourceChanges": False}, '"PollForSourceChanges": false'),
        ("CodeStarSourceConnection", {"DetectChanges": False}, '"DetectChanges": false'),
        ("ECR", {"RepositoryName": "r"}, '"Provider": "ECR"'),
    ],
)
def test_what_keeps_a_source_waiting_is_pointed_to(provider: str, configuration: object, word: str) -> None:
    text = json.dumps({"Resources": pipeline(source(provider, configuration))}, indent=1)
    (finding,) = Example(rules()[NEVER], text).findings()
    (place,) = finding.related
    assert word in text.splitlines()[place.span.line - 1]


@pytest.mark.parametrize("detects", [False, "false"])
def test_a_connection_that_detects_nothing(detects: object) -> None:
    connection = source("CodeStarSourceConnection", {"DetectChanges": detects})
    assert said(NEVER, pipeline(connection)) == [
        ("advice", f"Release is started by nothing here: Source/Code does not detect changes, {NOTHING}")
    ]
    triggers = [{"ProviderType": "CodeStarSourceConnection", "GitConfiguration": {"SourceActionName": "Code"}}]
    assert said(NEVER, pipeline(connection, Triggers=triggers)) == []
    assert said(NEVER, pipeline(connection, Triggers={"Ref": "Word"})) == []


@pytest.mark.parametrize(
    "other",
    [
        source("S3", {}, "Data"),
        source("S3", {"PollForSourceChanges": {"Ref": "Word"}}, "Data"),
        source("CodeStarSourceConnection", {}, "Data"),
        source("Ours", {}, "Data", owner="Custom"),
        {"Ref": "Word"},
    ],
)
def test_another_source_starts_it_or_may(other: dict[str, Any]) -> None:
    assert said(NEVER, pipeline(WAITING, other)) == []


SCHEDULE = {"Type": "AWS::Scheduler::Schedule"}
CALL = "arn:aws:scheduler:::aws-sdk:codepipeline:startPipelineExecution"
INVOKE = {"Category": "Invoke", "Owner": "AWS", "Provider": "CodePipeline", "Version": "1"}


@pytest.mark.parametrize(
    "starter",
    [
        rule(),
        rule(EventPattern={"Ref": "AWS::NoValue"}, ScheduleExpression="rate(1 day)"),
        {"Hook": {"Type": "AWS::CodePipeline::Webhook", "Properties": {"TargetPipeline": {"Ref": "Release"}}}},
        {"Nightly": {**SCHEDULE, "Properties": {"Target": {"Arn": ARN}}}},
        {
            "Nightly": {
                **SCHEDULE,
                "Properties": {"Target": {"Arn": CALL, "Input": {"Fn::Sub": '{"Name":"${Release}"}'}}},
            }
        },
        {
            "Other": {
                "Type": "AWS::CodePipeline::Pipeline",
                "Properties": {
                    "Stages": [
                        {
                            "Name": "Next",
                            "Actions": [
                                {
                                    "Name": "Go",
                                    "ActionTypeId": INVOKE,
                                    "Configuration": {"PipelineName": {"Ref": "Release"}},
                                }
                            ],
                        }
                    ]
                },
            }
        },
        {
            "Bot": {
                "Type": "AWS::Lambda::Function",
                "Properties": {"Environment": {"Variables": {"PIPELINE": {"Ref": "Release"}}}},
            }
        },
    ],
    ids=["rule", "schedule-rule", "webhook", "schedule", "call", "pipeline", "function"],
)
def test_what_starts_a_pipeline(starter: dict[str, Any]) -> None:
    assert said(NEVER, {**pipeline(WAITING), **starter}) == []


@pytest.mark.parametrize("beside", [rule(State="DISABLED"), rule("arn:aws:codepipeline:eu-west-1:1:other")])
def test_what_does_not_start_it(beside: dict[str, Any]) -> None:
    assert len(said(NEVER, {**pipeline(WAITING), **beside})) == 1


def test_a_macro_may_start_it() -> None:
    assert said(NEVER, pipeline(WAITING), Transform="Ours") == []


def project(**properties: Any) -> dict[str, Any]:
    return {"Build": {"Type": "AWS::CodeBuild::Project", "Properties": {"Name": "web", **properties}}}


def test_a_build_that_nothing_starts() -> None:
    assert said(BUILD, project(Source={"Type": "GITHUB"})) == [
        ("advice", "Build is started by no pipeline, webhook, rule or schedule of the template; give it one")
    ]
    assert said(BUILD, project(Source={"Type": "CODEPIPELINE"}, Triggers={"Webhook": "false"})) == [
        (
            "advice",
            "Build is made for a pipeline, but no pipeline of the template runs it; name it in a build action",
        )
    ]


def build_action(name: object) -> dict[str, Any]:
    type_ = {"Category": "Build", "Owner": "AWS", "Provider": "CodeBuild", "Version": "1"}
    return {"Name": "Build", "ActionTypeId": type_, "Configuration": {"ProjectName": name}}


def entered(name: object) -> dict[str, Any]:
    rule_ = {"Name": "Test", "RuleTypeId": {"Provider": "CodeBuild"}, "Configuration": {"ProjectName": name}}
    stage = {"Name": "Prod", "Actions": [], "BeforeEntry": {"Conditions": [{"Result": "FAIL", "Rules": [rule_]}]}}
    return {"Release": {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Stages": [stage]}}}


@pytest.mark.parametrize(
    "starter",
    [
        pipeline(build_action({"Ref": "Build"})),
        pipeline(build_action("web")),
        entered({"Ref": "Build"}),
        rule({"Fn::GetAtt": ["Build", "Arn"]}),
        {"Nightly": {**SCHEDULE, "Properties": {"Target": {"Arn": {"Fn::GetAtt": ["Build", "Arn"]}}}}},
        {"Runner": {"Type": "Custom::Run", "Properties": {"ServiceToken": "t", "ProjectName": {"Ref": "Build"}}}},
        {
            "Flow": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {"DefinitionString": {"Fn::Sub": '{"ProjectName": "${Build}"}'}},
            }
        },
    ],
    ids=["action", "name", "condition", "rule", "schedule", "custom", "machine"],
)
def test_what_starts_a_build(starter: dict[str, Any]) -> None:
    assert said(BUILD, {**project(), **starter}) == []


def test_a_webhook_that_may_be_there() -> None:
    assert said(BUILD, project(Triggers={"Webhook": {"Ref": "Word"}})) == []
    assert said(BUILD, project(Triggers={"Ref": "Word"})) == []


def test_transitions() -> None:
    held = [{"StageName": "Prod", "Reason": "wait"}, {"StageName": "Dev", "Reason": {"Ref": "Word"}}]
    hold = "leave the transition on, and hold the stage back with an approval action"
    assert said(HELD, pipeline(DisableInboundStageTransitions=held)) == [
        ("warning", f'Release lets no change into the stage Prod ("wait"); {hold}'),
        ("warning", f"Release lets no change into the stage Dev; {hold}"),
    ]
    by_condition = {"Fn::If": ["IsHeld", held[:1], {"Ref": "AWS::NoValue"}]}
    conditions = {"IsHeld": {"Fn::Equals": [{"Ref": "Word"}, "held"]}}
    ((level, _),) = said(HELD, pipeline(DisableInboundStageTransitions=by_condition), Conditions=conditions)
    assert level == "advice"


@pytest.mark.parametrize(
    "starter",
    [
        {
            "aws_lambda_function": {
                "run": {"environment": {"variables": {"PROJECT": "${aws_codebuild_project.b.name}"}}}
            }
        },
        {"aws_sfn_state_machine": {"run": {"definition": '{"ProjectName": "${aws_codebuild_project.b.name}"}'}}},
        {"aws_codebuild_webhook": {"push": {"project_name": "${aws_codebuild_project.b.name}"}}},
        {"aws_codebuild_webhook": {"push": {"project_name": "${var.project}"}}},
        {
            "aws_cloudwatch_event_rule": {"r": {"name": "r", "schedule_expression": "rate(1 day)"}},
            "aws_cloudwatch_event_target": {"t": {"rule": "r", "arn": "${aws_codebuild_project.b.arn}"}},
        },
    ],
    ids=["function", "machine", "webhook", "some-webhook", "rule"],
)
def test_what_starts_a_build_in_terraform(starter: dict[str, Any]) -> None:
    def found(resources: dict[str, Any]) -> int:
        resource_ref = {"aws_codebuild_project": {"b": {"name": "b"}}, **resources}
        text = json.dumps({"variable": {"project": {}}, "resource": resource_ref})
        return len(Example(rules()[BUILD], text).findings())

    assert (found({}), found(starter)) == (1, 0)


@pytest.mark.parametrize("off", [{"state": "DISABLED"}, {"is_enabled": False}])
def test_a_rule_that_is_switched_off_in_terraform(off: dict[str, Any]) -> None:
    project = {"aws_codebuild_project": {"b": {"name": "b"}}}
    rules_ = {"aws_cloudwatch_event_rule": {"r": {"name": "r", "schedule_expression": "rate(1 day)", **off}}}
    target = {"aws_cloudwatch_event_target": {"t": {"rule": "r", "arn": "${aws_codebuild_project.b.arn}"}}}
    text = json.dumps({"resource": {**project, **rules_, **target}})
    assert len(Example(rules()[BUILD], text).findings()) == 1
