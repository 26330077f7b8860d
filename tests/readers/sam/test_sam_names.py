"""What SAM generates is named as its writer named it: by the written resource and which part of it it is."""

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.linting import lint_with, messages
from tests.readers.sam.sam_deployments import deployments, only

from awslint_memo import Deployment, Resource, api
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_deployments
from awslint_memo.judging.rule import rule
from awslint_memo.model.finding import Finding
from awslint_memo.readers.template import Deployments

SHARED = {"ServerlessRestApi", "ServerlessHttpApi", "ServerlessDeploymentApplication", "CodeDeployServiceRole"}
"""What belongs to no single resource of the template; SAM's documentation calls it by these names."""

TEMPLATE = """\
Parameters: {Stage: {Type: String, Default: dev}}
Globals: {Function: {AutoPublishAlias: live}}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      DeploymentPreference: {Type: AllAtOnce}
      FunctionUrlConfig: {AuthType: NONE}
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}, OnSuccess: {Type: SNS}}}
      Events:
        Orders: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}
        Others: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}
        Topic: {Type: SNS, Properties: {Topic: a, SqsSubscription: true}}
        Cron: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS}}}
        Named: {Type: Schedule, Properties: {DeadLetterConfig: {Type: SQS, QueueLogicalId: Failed}}}
        Later: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
        Get: {Type: Api, Properties: {Path: /, Method: get}}
  Api:
    Type: AWS::Serverless::Api
    Properties: {StageName: Prod, Auth: {Authorizers: {Own: {FunctionArn: !GetAtt Fn.Arn}}}}
  Http: {Type: AWS::Serverless::HttpApi}
  Staged: {Type: AWS::Serverless::Api, Properties: {StageName: !Ref Stage}}
  Steps:
    Type: AWS::Serverless::StateMachine
    Properties: {AutoPublishAlias: blue, Events: {Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}
  Table: {Type: AWS::Serverless::SimpleTable}
"""


@pytest.mark.parametrize(
    ("name", "title", "written"),
    [
        ("Fn", "Fn", "Fn"),
        ("FnOrders", "event Orders of Fn", "Fn"),
        ("FnRole", "role of Fn", "Fn"),
        ("FnVersion", "version of Fn", "Fn"),
        ("FnAliaslive", "alias live of Fn", "Fn"),
        ("FnDeploymentGroup", "the deployment group of Fn", "Fn"),
        ("FnUrl", "function URL of Fn", "Fn"),
        ("FnEventInvokeConfig", "EventInvokeConfig of Fn", "Fn"),
        ("FnEventInvokeConfigOnFailureQueue", "OnFailure queue of Fn", "Fn"),
        ("FnEventInvokeConfigOnSuccessTopic", "OnSuccess topic of Fn", "Fn"),
        ("FnTopic", "event Topic of Fn", "Fn"),
        ("FnTopicQueue", "queue of event Topic of Fn", "Fn"),
        ("FnTopicEventSourceMapping", "queue mapping of event Topic of Fn", "Fn"),
        ("FnTopicQueuePolicy", "queue policy of event Topic of Fn", "Fn"),
        ("FnCronPermission", "permission of event Cron of Fn", "Fn"),
        ("FnCronQueue", "dead-letter queue of event Cron of Fn", "Fn"),
        ("Failed", "Failed", "Failed"),
        ("FnLater", "event Later of Fn", "Fn"),
        ("FnLaterRole", "role of event Later of Fn", "Fn"),
        ("ServerlessRestApi", "ServerlessRestApi", "ServerlessRestApi"),
        ("ServerlessRestApiProdStage", "stage Prod of ServerlessRestApi", "ServerlessRestApi"),
        ("ServerlessDeploymentApplication", "ServerlessDeploymentApplication", "ServerlessDeploymentApplication"),
        ("Api", "Api", "Api"),
        ("ApiProdStage", "stage Prod of Api", "Api"),
        ("ApiDeployment", "deployment of Api", "Api"),
        ("ApiOwnAuthorizerPermission", "permission of authorizer Own of Api", "Api"),
        ("HttpApiGatewayDefaultStage", "stage of Http", "Http"),
        ("StagedStage", "stage of Staged", "Staged"),
        ("StepsAliasblue", "alias blue of Steps", "Steps"),
        ("StepsDaily", "event Daily of Steps", "Steps"),
        ("StepsDailyRole", "role of event Daily of Steps", "Steps"),
        ("Table", "Table", "Table"),
        ("Queue", "Queue", "Queue"),
    ],
)
def test_a_resource_has_a_title_and_a_written_name(name: str, title: str, written: str) -> None:
    resource = only(TEMPLATE).resources[name]
    assert (resource.title, resource.written) == (title, written)
    assert resource.called("the thing") == (title if " of " in title else f"the thing {title}")


def everything(deployment: Deployment) -> list[Finding]:
    """A finding about each resource itself."""
    return [resource.finding(resource, "is there") for resource in deployment.own.values()]


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_generated_resource_is_told_apart(path: Path) -> None:
    check_names(path.read_text())


def test_every_resource_of_one_function_is_told_apart() -> None:
    check_names(TEMPLATE)


def check_names(text: str) -> None:
    for deployment in deployments(text):
        findings = everything(deployment)
        for told in (
            Counter((one.resource, one.route) for one in findings),
            Counter(one.message for one in findings),
            Counter(one.name for one in findings),
        ):
            assert set(told.values()) == {1}, told.most_common(3)
        assert {one.name for one in findings} == set(deployment.own)
        for one in findings:
            is_written = f"  {one.resource}:" in text or f"LogicalId: {one.resource}" in text
            assert is_written or one.resource in SHARED, one


def test_two_events_of_one_function_have_their_own_routes_and_names() -> None:
    found = lint_with("sqs-partial-batch-response", TEMPLATE)
    assert [(one.resource, one.generated, one.route) for one in found if "Topic" not in one.generated] == [
        ("Fn", "FnOrders", "Events.Orders.Properties.FunctionResponseTypes"),
        ("Fn", "FnOthers", "Events.Others.Properties.FunctionResponseTypes"),
    ]
    assert [one.message.partition(" has no ")[0] for one in found] == [
        "event Orders of Fn",
        "event Others of Fn",
        "queue mapping of event Topic of Fn",
    ]


@pytest.mark.parametrize(
    ("name", "path", "route"),
    [
        ("Fn", "Timeout", "Timeout"),
        ("FnAliaslive", "Name", "AutoPublishAlias.Name"),
        ("FnVersion", "Description", "version:Description"),
        ("FnDeploymentGroup", "AlarmConfiguration", "DeploymentPreference.AlarmConfiguration"),
        (
            "FnEventInvokeConfigOnFailureQueue",
            "KmsMasterKeyId",
            "EventInvokeConfig.DestinationConfig.OnFailure.KmsMasterKeyId",
        ),
        ("FnCron", "Targets", "Events.Cron.Properties.Targets"),
        ("FnCronPermission", "Principal", "permission of event Cron:Principal"),
        ("FnCronQueue", "QueueName", "Events.Cron.Properties.DeadLetterConfig.QueueName"),
        ("ApiProdStage", "TracingEnabled", "TracingEnabled"),
        ("FnRole", "Policies", "role:Policies"),
    ],
)
def test_a_route_begins_with_the_way_in_the_file(name: str, path: str, route: str) -> None:
    deployment = only(TEMPLATE)
    resource, other = deployment.resources[name], deployment.resources["Queue"]
    assert resource.finding(resource.get(path), "is there").route == route
    assert other.finding(resource.get(path), "is there").route == f"{resource.written}:{route}"


def test_the_route_of_another_resource_names_it_as_it_is_written() -> None:
    deployment = only(TEMPLATE)
    queue, event, stage = (deployment.resources[name] for name in ("Queue", "FnOrders", "ApiProdStage"))
    assert queue.finding(event, "is read").route == "Fn:Events.Orders.Properties"
    assert event.finding(queue, "reads").route == "Queue:"
    assert stage.finding(stage, "is there").route == "stage Prod:"


def test_the_words_for_where_a_value_is_used_name_the_part() -> None:
    text = TEMPLATE.replace(
        "Orders: {Type: SQS, Properties: {", "Orders: {Type: SQS, Properties: {BatchSize: !Ref Size, "
    )
    text = text.replace("Parameters: {", "Parameters: {Size: {Type: Number, Default: 100}, ")
    event = only(text).resources["FnOrders"]
    finding = event.finding(event.get("BatchSize"), "is big", of="BatchSize")
    assert finding.message == "BatchSize of event Orders of Fn is big (default of Size)"
    assert [one.message for one in finding.related] == ["BatchSize of event Orders of Fn"]


def test_messages_about_other_resources_name_the_part() -> None:
    text = (
        "Resources:\n"
        "  Queue: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {maxReceiveCount: 1}}}\n"
        "  Fn:\n"
        "    Type: AWS::Serverless::Function\n"
        "    Properties:\n"
        "      Events: {Orders: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}, Cron: {Type: Schedule}}\n"
    )
    [message] = messages("sqs-max-receive-count", text)
    assert "Lambda (Fn)" in message
    [finding] = lint_with("lambda-async-failure", text)
    assert " from event Cron of Fn " in finding.message
    assert [one.message for one in finding.related] == ["event Cron of Fn invokes it"]


def test_no_message_has_a_generated_name(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(f"Transform: AWS::Serverless-2016-10-31\n{TEMPLATE}")
    findings = api.lint([str(tmp_path)], advice=True, profile="all").findings
    generated = {name for name, one in only(TEMPLATE).resources.items() if one.part}
    assert len({one.generated for one in findings} & generated) >= 5
    for one in findings:
        words = set(re.findall(r"\w+", " ".join([one.message, one.route, *(other.message for other in one.related)])))
        assert words.isdisjoint(generated), one


def test_findings_of_two_generated_resources_are_merged_apart() -> None:
    @rule("sqs-mapped", level="warning", resource="AWS::Lambda::EventSourceMapping", memo="-", aws="-")
    def mapped(mapping: Resource):  # type: ignore[no-untyped-def]
        yield Finding("is there", mapping.place.span, mapping.written, mapping.type, generated=mapping.name)

    deployment = only(TEMPLATE)
    check_options = CheckOptions([mapped])
    found = check_deployments(Deployments([deployment]), check_options)
    assert [one.name for one in found] == ["FnOrders", "FnOthers", "FnTopicEventSourceMapping"]
    less = only(TEMPLATE.replace("        Others: {Type: SQS", "        Others: {Type: X"))
    found = check_deployments(Deployments([deployment, less]), check_options)
    assert [(one.name, one.level) for one in found] == [
        ("FnOrders", "warning"),
        ("FnOthers", "warning"),
        ("FnTopicEventSourceMapping", "warning"),
    ]


def test_a_nested_stack_keeps_its_prefix(tmp_path: Path) -> None:
    (tmp_path / "inner.yaml").write_text(TEMPLATE)
    outer = "Resources:\n  Inner: {Type: AWS::Serverless::Application, Properties: {Location: inner.yaml}}\n"
    (tmp_path / "outer.yaml").write_text(f"Transform: AWS::Serverless-2016-10-31\n{outer}")
    report = api.lint([str(tmp_path)], select=["sqs-partial-batch-response"], advice=True)
    first = report.findings[0]
    assert (first.resource, first.generated) == ("Inner/Fn", "Inner/FnOrders")
    assert first.message.startswith("event Orders of Inner/Fn ")
