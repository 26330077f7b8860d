"""What pipelines, services and target groups look like that AWS takes, or refuses in another way than it seems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import report
from tests.linting import found, lint_with, messages, resource, stack, terraform
from tests.readers.workspace import write

from awslint_memo.relations import stack_sets

PIPELINE = "CodePipeline::Pipeline"


def action(category: str, provider: str, **more: Any) -> dict[str, Any]:
    return {"Name": provider, "ActionTypeId": {"Category": category, "Owner": "AWS", "Provider": provider}, **more}


def stages(*actions: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"Name": f"Stage{number}", "Actions": [one]} for number, one in enumerate(actions)]


def pipeline(*actions: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return stack(Release=resource(PIPELINE, Stages=stages(*actions), **properties))


def test_variables_in_json_that_terraform_makes_are_read() -> None:
    made = '${jsonencode([{name = "COMMIT", value = "#{Source.CommitId}"}])}'
    build = {"name": "Web", "category": "Build", "owner": "AWS", "provider": "CodeBuild"}
    build["configuration"] = {"ProjectName": "web", "EnvironmentVariables": made}  # type: ignore[assignment]
    template = terraform(aws_codepipeline={"release": {"stage": [{"name": "Build", "action": [build]}]}})
    [message] = messages("pipeline-variables", template)
    assert message.startswith("Configuration in Build/Web of aws_codepipeline.release reads #{Source.CommitId}")


def test_the_namespace_of_an_earlier_or_later_action_is_known() -> None:
    reads = action("Approval", "Manual", Configuration={"CustomData": "#{Made.A} #{variables.B}"})
    makes = action("Build", "CodeBuild", Namespace="Made")
    assert messages("pipeline-variables", pipeline(makes, reads, Variables=[{"Name": "B"}])) == []
    [message] = messages("pipeline-variables", pipeline(makes, reads))
    assert "the pipeline has no variable B; declare B in Variables" in message


def test_artifacts_are_counted_by_category_too() -> None:
    source = action(
        "Source", "S3", Configuration={"S3Bucket": "b", "S3ObjectKey": "k"}, OutputArtifacts=[{"Name": "A"}]
    )
    site = action("Deploy", "S3", Configuration={"BucketName": "b", "Extract": "true"}, InputArtifacts=[{"Name": "A"}])
    assert messages("pipeline-action-settings", pipeline(source, site)) == []
    idle = action("Deploy", "S3", Configuration={"BucketName": "b", "Extract": "true"})
    [message] = messages("pipeline-action-settings", pipeline(source, idle))
    assert "InputArtifacts in Stage1/S3 of Release has no artifacts, but S3 takes exactly 1" in message


def test_a_module_with_a_variable_for_the_pattern_and_one_for_the_schedule_is_given_one() -> None:
    variables = {"variable": {name: {"default": None} for name in ("pattern", "schedule")}}
    given = {"event_pattern": "${var.pattern}", "schedule_expression": "${var.schedule}"}
    assert messages("events-rule-refused", terraform(variables, aws_cloudwatch_event_rule={"any": given})) == []
    nothing = {"event_pattern": None, "schedule_expression": None}
    assert len(messages("events-rule-refused", terraform(aws_cloudwatch_event_rule={"any": nothing}))) == 1


def test_an_integration_in_a_document_in_yaml_takes_the_address_of_a_function() -> None:
    integration = "{type: aws_proxy, uri: '${aws_lambda_function.orders.%s}'}"
    document = f"paths:\n  /orders:\n    get: {{x-amazon-apigateway-integration: {integration}}}\n"
    for attribute, refused in (("arn", 1), ("invoke_arn", 0)):
        api = {"orders": {"body": document % attribute}}
        template = terraform(aws_lambda_function={"orders": {}}, aws_api_gateway_rest_api=api)
        assert len(messages("delivery-wrong-attribute", template)) == refused


def test_six_inputs_of_a_build_are_too_many() -> None:
    many = [{"Name": f"A{number}"} for number in range(6)]
    build = action("Build", "CodeBuild", Configuration={"ProjectName": "p", "PrimarySource": "A0"}, InputArtifacts=many)
    [finding] = lint_with("pipeline-action-settings", pipeline(build))
    assert finding.do == "leave 5"


def test_a_service_without_a_network_mode_of_its_tasks_is_on_instances() -> None:
    service = resource("ECS::Service", TaskDefinition={"Ref": "Task"})
    for mode, refused in ((None, 0), ("bridge", 0), ("awsvpc", 1)):
        task = resource("ECS::TaskDefinition", **({} if mode is None else {"NetworkMode": mode}))
        assert len(messages("ecs-service-settings", stack(Web=service, Task=task))) == refused


def test_a_secret_of_a_log_driver_needs_the_execution_role() -> None:
    logs = {"LogDriver": "awsfirelens", "SecretOptions": [{"Name": "key", "ValueFrom": "k"}]}
    task = resource("ECS::TaskDefinition", ContainerDefinitions=[{"Name": "a", "Image": "a", "LogConfiguration": logs}])
    [message] = messages("ecs-execution-role", stack(Task=task))
    assert "without it ECS can't read secrets" in message


def test_each_execution_role_with_a_key_has_the_policies_of_that_key() -> None:
    roles = {"execution": {"for_each": '${toset(["web", "jobs"])}', "name": "${each.key}"}}
    over = {"for_each": "${aws_iam_role.execution}"}
    policy = "arn:aws:iam::aws:policy/"
    images = {**over, "role": "${each.value.name}", "policy_arn": f"{policy}AmazonEC2ContainerRegistryReadOnly"}
    logs = {"role": '${aws_iam_role.execution["jobs"].name}', "policy_arn": f"{policy}CloudWatchLogsFullAccess"}
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1"
    container = {"name": "web", "image": image, "logConfiguration": {"logDriver": "awslogs"}}
    task = {
        **over,
        "family": "${each.key}",
        "execution_role_arn": "${each.value.arn}",
        "requires_compatibilities": ["FARGATE"],
        "container_definitions": json.dumps([container]),
    }
    template = terraform(
        aws_iam_role=roles,
        aws_iam_role_policy_attachment={"images": images, "logs": logs},
        aws_ecs_task_definition={"all": task},
    )
    [finding] = lint_with("ecs-execution-role", template)
    assert finding.resource == 'aws_ecs_task_definition.all["web"]'


def test_a_target_group_of_a_listener_that_may_forward_anywhere_is_attached() -> None:
    service = resource("ECS::Service", LoadBalancers=[{"ContainerName": "a", "TargetGroupArn": {"Ref": "Targets"}}])
    group = resource("ElasticLoadBalancingV2::TargetGroup", Port=80, Protocol="HTTP", VpcId="v")
    for actions, attached in (({"Ref": "Any"}, True), ([{"Type": "fixed-response"}], False)):
        listener = resource("ElasticLoadBalancingV2::Listener", DefaultActions=actions)
        template = stack({"Parameters": {"Any": {"Type": "String"}}}, Web=service, Targets=group, L=listener)
        assert (messages("ecs-target-unattached", template) == []) is attached


NETWORK = """
Resources:
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Balancer, Protocol: HTTP, DefaultActions: [{TargetGroupArn: !Ref Targets}]}
Outputs: {Targets: {Value: !Ref Targets}}
"""

SERVICE = """
Parameters: {Targets: {Type: String}}
Resources:
  Web: {Type: AWS::ECS::Service, Properties: {LoadBalancers: [{ContainerName: web, TargetGroupArn: !Ref Targets}]}}
"""

PARENT = """
Resources:
  Network: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: network.yaml}}
  App:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: app.yaml, Parameters: {Targets: !GetAtt Network.Outputs.Targets}}
"""


@pytest.mark.parametrize("rule", ["ecs-listener-order", "ecs-target-unattached"])
def test_a_nested_stack_waits_for_the_one_that_gives_it_a_target_group(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"parent.yaml": PARENT, "network.yaml": NETWORK, "app.yaml": SERVICE})
    assert report("--select", rule)["findings"] == []
    one = NETWORK.replace("Outputs:", SERVICE.partition("Resources:")[2].strip("\n") + "\nOutputs:")
    write(tmp_path, {"alone/one.yaml": one.partition("Outputs:")[0]})
    found = report("--select", rule, "alone")["findings"]
    assert len(found) == (rule == "ecs-listener-order")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (("", ""), [("error", "aws_lb_listener_rule.b")]),
        (("count = local.on ? 1 : 0", "count = local.on ? 0 : 1"), []),
        (("count = local.on ? 1 : 0", ""), [("error", "aws_lb_listener_rule.a")]),
        (("", "count = local.on ? 1 : 0"), [("error", "aws_lb_listener_rule.b")]),
        (("count = 0", ""), []),
    ],
)
def test_rules_of_a_listener_that_may_not_both_be_made_do_not_clash(
    counts: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    settings = 'data "external" "on" {}\nlocals {\n  on = data.external.on.result.on == "1"\n}\n'
    rules = (
        f'resource "aws_lb_listener_rule" "{name}" {{\n  listener_arn = "l"\n  priority     = 9\n  {count}\n}}\n'
        for name, count in zip("ab", counts, strict=True)
    )
    assert [(one.level, one.resource) for one in found("elb-listener", settings + "".join(rules))] == expected


@pytest.mark.parametrize(
    ("bucket", "level", "says"),
    [
        ({}, "warning", "a bucket made since April 2023 takes no ACL"),
        (
            {"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}},
            "error",
            "with BucketOwnerEnforced the bucket takes no ACL",
        ),
        (
            {
                "OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]},
                "PublicAccessBlockConfiguration": {"BlockPublicAcls": True},
            },
            "error",
            "Block Public Access admits no ACL for everybody",
        ),
    ],
)
def test_an_acl_is_surely_refused_where_that_is_written(bucket: dict[str, Any], level: str, says: str) -> None:
    template = stack(Site=resource("S3::Bucket", AccessControl="PublicRead", **bucket))
    assert [one.level for one in found("s3-access-refused", template)] == [level]
    [message] = messages("s3-access-refused", template)
    assert says in message


@pytest.mark.parametrize(
    ("type_", "level", "says"),
    [("SQS::QueuePolicy", "warning", "has no effect"), ("SNS::TopicPolicy", "error", "is refused")],
)
def test_a_queue_takes_a_statement_without_principal(type_: str, level: str, says: str) -> None:
    statement = {"Effect": "Allow", "Action": "sns:Publish", "Resource": "*"}
    template = stack(Let=resource(type_, Queues=["q"], PolicyDocument={"Statement": [statement]}))
    assert [one.level for one in found("policy-refused", template)] == [level]
    [message] = messages("policy-refused", template)
    assert says in message


def test_what_to_do_has_the_names_of_terraform() -> None:
    made = {"aws_s3_bucket": {"site": {"bucket": "site"}}}
    acl = {"site": {"bucket": "${aws_s3_bucket.site.id}", "acl": "private"}}
    [message] = messages("s3-access-refused", terraform(**made, aws_s3_bucket_acl=acl))
    assert "set object_ownership of aws_s3_bucket_ownership_controls to BucketOwnerPreferred" in message


def stack_set(**properties: Any) -> dict[str, Any]:
    shared = {"StackSetName": "base", "PermissionModel": "SERVICE_MANAGED", "AutoDeployment": {"Enabled": False}}
    return stack(Base=resource("CloudFormation::StackSet", **{**shared, **properties}))


NESTED = {"Resources": {"Inner": {"Type": "AWS::CloudFormation::Stack"}}}


def test_the_template_of_a_stack_set_is_read_where_its_path_says(tmp_path: Path) -> None:
    write(tmp_path, {"app/set.json": json.dumps(stack_set(TemplateURL="../shared/base.json")), ".git/HEAD": ""})
    write(tmp_path, {"shared/base.json": json.dumps(NESTED)})
    [finding] = [
        one for one in report(str(tmp_path / "app/set.json"))["findings"] if one["rule"] == "stack-set-refused"
    ]
    assert finding["message"].startswith("TemplateURL of Base has the nested stack Inner, which the execution role")
    assert finding["related"][-1]["path"].endswith("shared/base.json")
    for url in (
        "shared/base.json",
        "https://bucket.s3.amazonaws.com/shared/base.json",
        str(tmp_path / "shared/base.json"),
    ):
        assert messages("stack-set-refused", stack_set(TemplateURL=url)) == []


def test_a_nested_stack_in_a_secret_template_is_not_named() -> None:
    body = {"TemplateBody": {"Ref": "Body"}}
    template = stack_set(**body) | {
        "Parameters": {"Body": {"Type": "String", "NoEcho": True, "Default": json.dumps(NESTED)}}
    }
    [message] = messages("stack-set-refused", template)
    assert "has a nested stack, which" in message


def test_transforms_anywhere_in_the_template_of_a_stack_set_count() -> None:
    include = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://b/k"}}}
    queue = {"Type": "AWS::SQS::Queue", "Properties": include}
    for body, title in (
        ({"Transform": ["Own", "Other"], "Resources": {}}, "has a transform, which"),
        ({"Resources": {"Queue": queue}}, "the transform in Queue"),
    ):
        [message] = messages("stack-set-refused", stack_set(TemplateBody=json.dumps(body)))
        assert title in message
    queue["Condition"] = "Never"
    assert messages("stack-set-refused", stack_set(TemplateBody=json.dumps({"Resources": {"Queue": queue}}))) == []
    assert messages("stack-set-refused", stack_set(TemplateBody="Transform: [")) == []
    mentioned = {"Description": "Transform", "Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}
    own = {"PermissionModel": "SELF_MANAGED", "AutoDeployment": {"Ref": "AWS::NoValue"}}
    assert messages("stack-set-refused", stack_set(TemplateBody=json.dumps(mentioned), **own)) == []


def test_the_template_of_a_stack_set_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Any] = []

    def noted(body: Any) -> str:
        read.append(body)
        return json.dumps(body)

    monkeypatch.setattr(stack_sets, "dumps", noted)
    body = '${jsonencode({Resources = {Inner = {Type = "AWS::CloudFormation::Stack"}}})}'
    managed = {"name": "base", "permission_model": "SERVICE_MANAGED", "auto_deployment": [{"enabled": False}]}
    template = terraform(aws_cloudformation_stack_set={"base": {**managed, "template_body": body}})
    assert len(messages("stack-set-refused", template)) == 1
    assert len(read) == 1
