"""What makes a naive look at what starts a pipeline or a build wrong: defaults, settings as text, other starters."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, arn, found, lint_with, messages, resource, second_places, stack, terraform

from awslint_memo import api

POLLS = "pipeline-polls-source"
NEVER = "pipeline-never-starts"
BUILD = "build-not-triggered"
HELD = "pipeline-transition-disabled"
ARN = {"Fn::Sub": "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}"}
PARAMETERS = {"Word": {"Type": "String"}}


def template(resources: dict[str, Any], **sections: Any) -> dict[str, Any]:
    return stack({"Parameters": PARAMETERS, **sections}, **resources)


def source(provider: str, configuration: object, name: str = "Code", owner: str = "AWS") -> dict[str, Any]:
    type_ = {"Category": "Source", "Owner": owner, "Provider": provider, "Version": "1"}
    return {"Name": name, "ActionTypeId": type_, "Configuration": configuration}


def pipeline(*sources: dict[str, Any], **properties: Any) -> dict[str, Any]:
    stages = [{"Name": "Source", "Actions": list(sources)}]
    return {"Release": resource("CodePipeline::Pipeline", Stages=stages, **properties)}


def rule(target: object = ARN, **properties: Any) -> dict[str, Any]:
    targets = [{"Id": "p", "Arn": target}]
    made = {"EventPattern": {"source": ["aws.codecommit"]}, "Targets": targets, **properties}
    return {"Rule": resource("Events::Rule", **made)}


@pytest.mark.parametrize("provider", ["CodeCommit", "S3"])
@pytest.mark.parametrize("setting", [True, "true"])
def test_polling_that_is_written(provider: str, setting: object) -> None:
    document = template(pipeline(source(provider, {"PollForSourceChanges": setting})))
    assert found(POLLS, document) == [Found("warning", "Release", "PollForSourceChanges: true")]
    [message] = messages(POLLS, document)
    assert f"{provider} in Source/Code" in message
    assert " is true for " in message


def test_polling_is_the_default() -> None:
    document = template(pipeline(source("S3", {"S3Bucket": "b"})))
    assert found(POLLS, document) == [Found("warning", "Release", "Configuration")]
    [message] = messages(POLLS, document)
    assert "S3 in Source/Code" in message
    assert " is true (default) for " in message


@each_case("setting", [False, "false", "False", {"Ref": "Word"}])
def test_no_polling(setting: object) -> None:
    assert found(POLLS, template(pipeline(source("CodeCommit", {"PollForSourceChanges": setting})))) == []


def test_a_configuration_as_text() -> None:
    assert found(POLLS, template(pipeline(source("S3", '{"PollForSourceChanges": "false"}')))) == []
    [one] = found(POLLS, template(pipeline(source("S3", '{"PollForSourceChanges": "true"}'))))
    assert (one.level, one.resource) == ("warning", "Release")
    assert one.at.startswith("Configuration: ")
    assert found(POLLS, template(pipeline(source("S3", {"Ref": "Word"})))) == []


def test_sources_without_the_setting() -> None:
    sources = source("ECR", {"RepositoryName": "r"}, "Image"), source("CodeStarSourceConnection", {"BranchName": "b"})
    assert found(POLLS, template(pipeline(*sources))) == []
    assert found(POLLS, template(pipeline(source("S3", {}, owner="Custom")))) == []


def test_githubs_first_action() -> None:
    def github(configuration: object) -> dict[str, Any]:
        return template(pipeline(source("GitHub", configuration, owner="ThirdParty")))

    assert found(POLLS, github({"Repo": "r"})) == [Found("warning", "Release", "Configuration")]
    for setting in ("false", {"Ref": "Word"}):
        document = github({"PollForSourceChanges": setting})
        assert found(POLLS, document) == [Found("advice", "Release", "Provider: GitHub")]
    for document in (github({"Repo": "r"}), github({"PollForSourceChanges": "false"})):
        [message] = messages(POLLS, document)
        assert "Source/Code" in message
        assert "CodeStarSourceConnection" in message


@pytest.mark.parametrize(("action", "twice"), [("Code", True), ("Other", False), ({"Ref": "Word"}, False)])
def test_polling_beside_a_webhook_runs_it_twice(action: object, twice: bool) -> None:
    hook = resource("CodePipeline::Webhook", TargetPipeline={"Ref": "Release"}, TargetAction=action)
    document = template({**pipeline(source("GitHub", {"Repo": "r"}, owner="ThirdParty")), "Hook": hook})
    assert found(POLLS, document) == [Found("warning", "Release", "Configuration")]
    assert second_places(POLLS, document) == (["Hook"] if twice else [])
    assert ("twice" in messages(POLLS, document)[0]) is twice


def test_polling_beside_a_rule_runs_it_twice() -> None:
    document = template({**pipeline(source("CodeCommit", {})), **rule()})
    assert found(POLLS, document) == [Found("warning", "Release", "Configuration")]
    assert second_places(POLLS, document) == ["Rule"]
    [message] = messages(POLLS, document)
    assert "Source/Code" in message
    assert "Rule" in message


@pytest.mark.parametrize(
    "beside",
    [
        rule("arn:aws:codepipeline:eu-west-1:123456789012:other"),
        rule(State="DISABLED"),
        rule(EventPattern={"Ref": "AWS::NoValue"}, ScheduleExpression="rate(1 day)"),
        rule(EventPattern={"source": ["aws.ecr"]}),
        rule(EventPattern={"source": [{"Ref": "Word"}]}),
    ],
)
def test_polling_beside_a_rule_that_is_none_of_its_source(beside: dict[str, Any]) -> None:
    document = template({**pipeline(source("CodeCommit", {})), **beside})
    assert found(POLLS, document) == [Found("warning", "Release", "Configuration")]
    assert second_places(POLLS, document) == []


def test_of_two_sources_a_rule_may_be_the_others() -> None:
    two = pipeline(source("CodeCommit", {"PollForSourceChanges": "false"}), source("S3", {}, "Data"))
    document = template({**two, **rule()})
    assert found(POLLS, document) == [Found("warning", "Release", "Configuration")]
    assert second_places(POLLS, document) == []
    [message] = messages(POLLS, document)
    assert "S3 in Source/Data" in message


WAITING = source("CodeCommit", {"PollForSourceChanges": "false"})
IDLE = [Found("advice", "Release", "Release")]


def test_a_pipeline_that_nothing_starts() -> None:
    document = template(pipeline(WAITING))
    assert found(NEVER, document) == IDLE
    assert "Source/Code" in messages(NEVER, document)[0]
    assert messages(NEVER, document)[0].endswith("; add one")
    document = template(pipeline(source("ECR", {"RepositoryName": "r"}, "Image"), WAITING))
    assert found(NEVER, document) == IDLE
    assert second_places(NEVER, document) == ["Provider: ECR", "PollForSourceChanges: false"]
    assert re.search(r"Source/Image .* and Source/Code .*; add an Events rule$", messages(NEVER, document)[0])


@pytest.mark.parametrize(
    ("provider", "configuration", "place", "word"),
    [
        ("CodeCommit", {"PollForSourceChanges": False}, "PollForSourceChanges: false", "PollForSourceChanges false"),
        ("CodeStarSourceConnection", {"DetectChanges": False}, "DetectChanges: false", "DetectChanges false"),
        ("ECR", {"RepositoryName": "r"}, "Provider: ECR", "image"),
    ],
)
def test_what_keeps_a_source_waiting_is_pointed_to(provider: str, configuration: object, place: str, word: str) -> None:
    document = template(pipeline(source(provider, configuration)))
    assert second_places(NEVER, document) == [place]
    [message] = messages(NEVER, document)
    assert word in message


@pytest.mark.parametrize("detects", [False, "false"])
def test_a_connection_that_detects_nothing(detects: object) -> None:
    connection = source("CodeStarSourceConnection", {"DetectChanges": detects})
    assert found(NEVER, template(pipeline(connection))) == IDLE
    triggers = [{"ProviderType": "CodeStarSourceConnection", "GitConfiguration": {"SourceActionName": "Code"}}]
    assert found(NEVER, template(pipeline(connection, Triggers=triggers))) == []
    assert found(NEVER, template(pipeline(connection, Triggers={"Ref": "Word"}))) == []


@each_case(
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
    assert found(NEVER, template(pipeline(WAITING, other))) == []


def schedule(target: dict[str, Any]) -> dict[str, Any]:
    return {"Nightly": resource("Scheduler::Schedule", Target=target)}


def invoking_pipeline() -> dict[str, Any]:
    type_ = {"Category": "Invoke", "Owner": "AWS", "Provider": "CodePipeline", "Version": "1"}
    action = {"Name": "Go", "ActionTypeId": type_, "Configuration": {"PipelineName": {"Ref": "Release"}}}
    return {"Other": resource("CodePipeline::Pipeline", Stages=[{"Name": "Next", "Actions": [action]}])}


CALL = "arn:aws:scheduler:::aws-sdk:codepipeline:startPipelineExecution"
STARTERS: dict[str, dict[str, Any]] = {
    "rule": rule(),
    "schedule-rule": rule(EventPattern={"Ref": "AWS::NoValue"}, ScheduleExpression="rate(1 day)"),
    "webhook": {"Hook": resource("CodePipeline::Webhook", TargetPipeline={"Ref": "Release"})},
    "schedule": schedule({"Arn": ARN}),
    "call": schedule({"Arn": CALL, "Input": {"Fn::Sub": '{"Name":"${Release}"}'}}),
    "pipeline": invoking_pipeline(),
    "function": {"Bot": resource("Lambda::Function", Environment={"Variables": {"PIPELINE": {"Ref": "Release"}}})},
    "subscriber": {"On": resource("EventsV2::Subscriber", InvokeConfiguration={"TargetArn": ARN})},
    "permission": {
        "Bot": resource(
            "IAM::Policy",
            PolicyDocument={
                "Statement": {"Effect": "Allow", "Action": "codepipeline:StartPipelineExecution", "Resource": ARN}
            },
        )
    },
}


@each_case("starter", STARTERS.values(), ids=STARTERS)
def test_what_starts_a_pipeline(starter: dict[str, Any]) -> None:
    assert found(NEVER, template({**pipeline(WAITING), **starter})) == []


@pytest.mark.parametrize("beside", [rule(State="DISABLED"), rule("arn:aws:codepipeline:eu-west-1:1:other")])
def test_what_does_not_start_it(beside: dict[str, Any]) -> None:
    assert found(NEVER, template({**pipeline(WAITING), **beside})) == IDLE


@pytest.mark.parametrize(
    "value", [{"Ref": "Release"}, ARN, {"Fn::Sub": "https://console.aws.amazon.com/codepipeline/home#/view/${Release}"}]
)
def test_what_is_given_out_may_be_started_elsewhere(value: object) -> None:
    assert found(NEVER, template(pipeline(WAITING), Outputs={"Pipeline": {"Value": value}})) == []
    child = {"Child": resource("CloudFormation::Stack", TemplateURL="c.yaml", Parameters={"Pipeline": value})}
    assert found(NEVER, template({**pipeline(WAITING), **child})) == []


def test_a_version_that_is_given_out_starts_nothing() -> None:
    version = {"Fn::GetAtt": ["Release", "Version"]}
    assert found(NEVER, template(pipeline(WAITING), Outputs={"Version": {"Value": version}})) == IDLE


@pytest.mark.parametrize("action", ["codepipeline:GetPipelineState", "codebuild:StartBuild"])
def test_a_permission_to_look_at_a_pipeline_starts_nothing(action: str) -> None:
    statement = {"Effect": "Allow", "Action": [action], "Resource": ARN}
    role = resource("IAM::Role", Policies=[{"PolicyDocument": {"Statement": [statement]}}])
    assert found(NEVER, template({**pipeline(WAITING), "Viewer": role})) == IDLE


def test_a_macro_may_start_it() -> None:
    assert found(NEVER, template(pipeline(WAITING), Transform="Ours")) == []


def project(**properties: Any) -> dict[str, Any]:
    return {"Build": resource("CodeBuild::Project", Name="web", **properties)}


@pytest.mark.parametrize(
    ("properties", "word"),
    [
        ({"Source": {"Type": "GITHUB"}}, "add a webhook"),
        ({"Source": {"Type": "CODEPIPELINE"}, "Triggers": {"Webhook": "false"}}, "build action"),
    ],
)
def test_a_build_that_nothing_starts(properties: dict[str, Any], word: str) -> None:
    document = template(project(**properties))
    assert found(BUILD, document) == [Found("advice", "Build", "Build")]
    assert word in messages(BUILD, document)[0]


def build_action(name: object) -> dict[str, Any]:
    type_ = {"Category": "Build", "Owner": "AWS", "Provider": "CodeBuild", "Version": "1"}
    return {"Name": "Build", "ActionTypeId": type_, "Configuration": {"ProjectName": name}}


def entered(name: object) -> dict[str, Any]:
    rule_ = {"Name": "Test", "RuleTypeId": {"Provider": "CodeBuild"}, "Configuration": {"ProjectName": name}}
    stage = {"Name": "Prod", "Actions": [], "BeforeEntry": {"Conditions": [{"Result": "FAIL", "Rules": [rule_]}]}}
    return {"Release": resource("CodePipeline::Pipeline", Stages=[stage])}


CALLED = '{"service":"CodeBuild","action":"startBuild","parameters":{"projectName":"'
CDK_CALL = {"Fn::Join": ["", [CALLED, {"Ref": "Build"}, '"}}']]}


@each_case(
    "starter",
    [
        pipeline(build_action({"Ref": "Build"})),
        pipeline(build_action("web")),
        entered({"Ref": "Build"}),
        rule(arn("Build")),
        schedule({"Arn": arn("Build")}),
        {"Runner": {"Type": "Custom::Run", "Properties": {"ServiceToken": "t", "ProjectName": {"Ref": "Build"}}}},
        {"Flow": resource("StepFunctions::StateMachine", DefinitionString={"Fn::Sub": '{"ProjectName": "${Build}"}'})},
        {"On": resource("EventsV2::Subscriber", InvokeConfiguration={"TargetArn": arn("Build")})},
        {"Call": {"Type": "Custom::AWS", "Properties": {"Create": CDK_CALL}}},
        {"Run": resource("Lambda::Function", Code={"ZipFile": {"Fn::Sub": "start('${Build}')"}})},
    ],
    ids=["action", "name", "condition", "rule", "schedule", "custom", "machine", "subscriber", "cdk", "code"],
)
def test_what_starts_a_build(starter: dict[str, Any]) -> None:
    assert found(BUILD, template({**project(), **starter})) == []


def test_a_build_that_is_given_out_may_be_started_elsewhere() -> None:
    for value in ({"Ref": "Build"}, arn("Build")):
        assert found(BUILD, template(project(), Outputs={"Project": {"Value": value}})) == []


def test_a_pipeline_of_another_file_imports_the_build(tmp_path: Path) -> None:
    export = {"Project": {"Value": {"Ref": "Build"}, "Export": {"Name": "project"}}}
    importing = pipeline(build_action({"Fn::ImportValue": "project"}))
    (tmp_path / "project.json").write_text(json.dumps(template(project(), Outputs=export)))
    (tmp_path / "release.json").write_text(json.dumps(template(importing)))
    assert list(api.lint([str(tmp_path)], select=[BUILD], advice=True).findings) == []
    (tmp_path / "project.json").write_text(json.dumps(template(project())))
    [finding] = api.lint([str(tmp_path / "project.json")], select=[BUILD], advice=True).findings
    assert (finding.level, finding.resource) == ("advice", "Build")


CHILD = {"Child": resource("CloudFormation::Stack", TemplateURL="https://bucket.s3.amazonaws.com/child.yaml")}
MACHINE = {"Flow": resource("StepFunctions::StateMachine", DefinitionS3Location={"Bucket": "b", "Key": "flow.json"})}


@pytest.mark.parametrize(
    "unread", [CHILD, MACHINE, pipeline(build_action({"Ref": "Word"}))], ids=["stack", "machine", "parameter"]
)
def test_what_is_not_read_may_start_a_build_by_its_name(unread: dict[str, Any]) -> None:
    assert found(BUILD, template({**project(), **unread})) == []
    unnamed = {"Build": resource("CodeBuild::Project")}
    assert found(BUILD, template({**unnamed, **unread})) == [Found("advice", "Build", "Build")]


@pytest.mark.parametrize("action", ["codebuild:StartBuild", "codebuild:*", "CodeBuild:startbuildbatch"])
def test_who_may_start_a_build_does(action: str) -> None:
    statement = {"Effect": "Allow", "Action": [action], "Resource": [arn("Build")]}
    role = resource("IAM::Role", Policies=[{"PolicyDocument": {"Statement": [statement]}}])
    assert found(BUILD, template({**project(), "Runner": role})) == []
    statement["Effect"] = "Deny"
    assert found(BUILD, template({**project(), "Runner": role})) == [Found("advice", "Build", "Build")]


def test_a_webhook_that_may_be_there() -> None:
    assert found(BUILD, template(project(Triggers={"Webhook": {"Ref": "Word"}}))) == []
    assert found(BUILD, template(project(Triggers={"Ref": "Word"}))) == []


def test_transitions() -> None:
    held = [{"StageName": "Prod", "Reason": "not tested yet"}, {"StageName": "Dev", "Reason": {"Ref": "Word"}}]
    document = template(pipeline(DisableInboundStageTransitions=held))
    assert found(HELD, document) == [
        Found("warning", "Release", "StageName: Prod"),
        Found("warning", "Release", "StageName: Dev"),
    ]
    with_reason, without = messages(HELD, document)
    assert "Prod" in with_reason
    assert "Dev" in without
    assert 'Prod ("not tested yet"), so' in with_reason
    assert '"' not in without
    by_condition = {"Fn::If": ["IsHeld", held[:1], {"Ref": "AWS::NoValue"}]}
    conditions = {"IsHeld": {"Fn::Equals": [{"Ref": "Word"}, "held"]}}
    document = template(pipeline(DisableInboundStageTransitions=by_condition), Conditions=conditions)
    assert found(HELD, document) == [Found("advice", "Release", "StageName: Prod")]


START_BUILD = "aws codebuild start-build --project-name ${aws_codebuild_project.b.name}"
IDLE_IN_TERRAFORM = [Found("advice", "aws_codebuild_project.b", "b")]


def build_in_terraform(**resources: Any) -> dict[str, Any]:
    sections = {"variable": {"project": {}, "stages": {}}, "output": resources.pop("output", {})}
    return terraform(sections, aws_codebuild_project={"b": {"name": "b"}}, **resources)


def test_a_build_that_nothing_starts_in_terraform() -> None:
    assert found(BUILD, build_in_terraform()) == IDLE_IN_TERRAFORM


@each_case(
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
        {"output": {"project": {"value": "${aws_codebuild_project.b.arn}"}}},
        {"null_resource": {"run": {"provisioner": {"local-exec": {"command": START_BUILD}}}}},
        {"terraform_data": {"run": {"input": "${aws_codebuild_project.b.name}"}}},
        {"aws_codepipeline": {"p": {"dynamic": {"stage": {"for_each": "${var.stages}", "content": {"name": "s"}}}}}},
        {"aws_cloudformation_stack": {"s": {"name": "s", "template_body": '${file("pipeline.yaml")}'}}},
    ],
    ids=["function", "machine", "webhook", "some-webhook", "rule", "output", "command", "input", "dynamic", "stack"],
)
def test_what_starts_a_build_in_terraform(starter: dict[str, Any]) -> None:
    assert found(BUILD, build_in_terraform(**starter)) == []


@pytest.mark.parametrize("off", [{"state": "DISABLED"}, {"is_enabled": False}])
def test_a_rule_that_is_switched_off_in_terraform(off: dict[str, Any]) -> None:
    document = build_in_terraform(
        aws_cloudwatch_event_rule={"r": {"name": "r", "schedule_expression": "rate(1 day)", **off}},
        aws_cloudwatch_event_target={"t": {"rule": "r", "arn": "${aws_codebuild_project.b.arn}"}},
    )
    assert found(BUILD, document) == IDLE_IN_TERRAFORM


def test_what_builds_the_source_is_no_source_that_might_start_it() -> None:
    made = pipeline(source("CodeCommit", {"PollForSourceChanges": False}))
    type_ = {"Category": "Build", "Owner": "AWS", "Provider": "CodeBuild", "Version": "1"}
    made["Release"]["Properties"]["Stages"].append({"Name": "Build", "Actions": [{"Name": "B", "ActionTypeId": type_}]})
    assert found(NEVER, template(made)) == [Found("advice", "Release", "Release")]


def test_an_events_rule_may_be_for_another_one_of_several_sources() -> None:
    sources = [source("CodeCommit", {}, name) for name in ("Code", "Deployment")]
    for made, words in ((pipeline(*sources), "minutes late"), (pipeline(sources[0]), "runs it twice")):
        assert all(words in message for message in messages(POLLS, template({**made, **rule()})))


@pytest.mark.parametrize("stages", [["Deploy"], ["Test", "Deploy"]])
def test_a_disabled_transition_has_a_reason_that_no_fix_takes_away(stages: list[str]) -> None:
    held = [{"StageName": stage} for stage in stages]
    found = lint_with(HELD, template(pipeline(source("S3", {}), DisableInboundStageTransitions=held)))
    assert [one.fix for one in found] == [None] * len(stages)
    assert all(f"names the stage {stage}, so " in one.message for stage, one in zip(stages, found, strict=True))


def build_that_runs(*commands: str, form: str = "yaml") -> dict[str, Any]:
    data = {"version": "0.2", "phases": {"build": {"commands": [*commands]}}}
    spec = json.dumps(data, indent=2 if form == "lines" else None)
    return {"Starter": resource("CodeBuild::Project", Source={"Type": "NO_SOURCE", "BuildSpec": spec})}


START = "aws codepipeline start-pipeline-execution"


@pytest.mark.parametrize("form", ["line", "lines"])
@pytest.mark.parametrize(
    "command",
    [
        f"{START} --name web",
        f"{START} --name=web; echo started",
        f"{START} --name 'web'",
        f'ID=$({START} --name "web" --query pipelineExecutionId)',
        f"{START} --region eu-west-1 \\\n  --name web",
        # Their names are not known.
        f'{START} --name "web-$STAGE"',
        f'{START} --cli-input-json file://in.json && aws ssm get-parameter --name "other"',
        f'ssh host "{START} --name other"',
        "aws codebuild start-build --project-name other --buildspec-override other.yml",
    ],
)
def test_a_build_may_start_a_pipeline_by_a_command(command: str, form: str) -> None:
    named = pipeline(WAITING, Name="web")
    assert found(NEVER, template({**named, **build_that_runs("npm ci", command, form=form)})) == []


@pytest.mark.parametrize(
    "command",
    [
        f"{START} --name other",
        f"{START} --name 'other'",
        f"{START} --name=webs; echo web",
        "aws codebuild start-build --project-name web",
        "echo start-pipeline-executions",
    ],
)
def test_a_build_that_starts_something_else_starts_no_pipeline(command: str) -> None:
    named = pipeline(WAITING, Name="web")
    assert [each.resource for each in found(NEVER, template({**named, **build_that_runs(command)}))] == ["Release"]


def test_polling_before_an_approval_is_advice() -> None:
    document = template(pipeline(source("S3", {"S3Bucket": "b"})))
    type_ = {"Category": "Approval", "Owner": "AWS", "Provider": "Manual", "Version": "1"}
    stages = document["Resources"]["Release"]["Properties"]["Stages"]
    stages.append({"Name": "Release", "Actions": [{"Name": "Look", "ActionTypeId": type_}]})
    assert [one.level for one in found(POLLS, document)] == ["advice"]
