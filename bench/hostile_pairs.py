"""Constructions of `bench.hostile` in which each of many resources would be compared with each of many others."""

from __future__ import annotations

from bench.hostile_parts import FUNCTION, QUEUE, Files, Json, template
from bench.hostile_uses import MAKERS, sized

_BEFORE = set(MAKERS)


def _resource(kind: str, **properties: Json) -> Json:
    return {"Type": f"AWS::{kind}", "Properties": properties}


def _attribute(name: str) -> Json:
    return {"Fn::GetAtt": [name, "Arn"]}


@sized("chain of composite alarms", 6_000)
def _alarms(count: int) -> Files:
    return {"t.json": template({f"A{number}": _alarm(number, number + 1) for number in range(count)})}


@sized("ring of composite alarms", 6_000)
def _ring(count: int) -> Files:
    return {"t.json": template({f"A{number}": _alarm(number, (number + 1) % count) for number in range(count)})}


def _alarm(number: int, other: int) -> Json:
    return _resource("CloudWatch::CompositeAlarm", AlarmName=f"a{number}", AlarmRule=f"ALARM(a{other})")


@sized("alarms x metric filters", 2_000)
def _filters(count: int) -> Files:
    resources: dict[str, Json] = {}
    for number in range(count):
        name = f"{number}".translate(str.maketrans("0123456789", "abcdefghij"))
        written = {"MetricNamespace": "Shop", "MetricName": f"refused-{name}", "MetricValue": "1"}
        resources[f"F{number}"] = _resource("Logs::MetricFilter", FilterPattern="x", MetricTransformations=[written])
        resources[f"A{number}"] = _resource("CloudWatch::Alarm", Namespace="Shop", MetricName=f"late-{name}")
    return {"t.json": template(resources)}


@sized("alarms x filters of environments", 1_500)
def _environments(count: int) -> Files:
    resources: dict[str, Json] = {}
    for number in range(count):
        written = {"MetricNamespace": f"Shop{number}/prod", "MetricName": "refused", "MetricValue": "1"}
        resources[f"F{number}"] = _resource("Logs::MetricFilter", FilterPattern="x", MetricTransformations=[written])
        resources[f"A{number}"] = _resource("CloudWatch::Alarm", Namespace=f"Shop{number}", MetricName="refused")
    return {"t.json": template(resources)}


def _rule(name: str) -> Json:
    return _resource("Events::Rule", ScheduleExpression="rate(1 day)", Targets=[{"Id": "a", "Arn": _attribute(name)}])


@sized("sampling rules", 4_000)
def _samplings(count: int) -> Files:
    open_ = dict.fromkeys(("HTTPMethod", "ResourceARN", "ServiceName", "ServiceType"), "*")
    rules = {
        f"R{number}": {
            **open_,
            "RuleName": f"r{number}",
            "Host": f"*a*b{number}",
            "URLPath": f"/*x*{number}",
            "Priority": number + 1,
            "FixedRate": 0.1,
            "ReservoirSize": 1,
            "Version": 1,
        }
        for number in range(count)
    }
    return {
        "t.json": template({name: _resource("XRay::SamplingRule", SamplingRule=one) for name, one in rules.items()})
    }


@sized("notifications of one bucket", 7_000)
def _notifications(count: int) -> Files:
    sent = {"Event": "s3:ObjectCreated:*", "Queue": "arn:aws:sqs:eu-west-1:123456789012:q"}
    filters = [{"S3Key": {"Rules": [{"Name": "prefix", "Value": f"a{number}/"}]}} for number in range(count)]
    configured = {"QueueConfigurations": [{**sent, "Filter": one} for one in filters]}
    return {"t.json": template({"B": _resource("S3::Bucket", NotificationConfiguration=configured)})}


@sized("senders x statements", 2_500)
def _statements(count: int) -> Files:
    statement = {
        "Effect": "Allow",
        "Action": ["sqs:*"] * 20,
        "Resource": ["*"] * 20,
        "Principal": {"Service": "events.amazonaws.com"},
    }
    document = {"Statement": [statement] * (count // 3)}
    policy = _resource("SQS::QueuePolicy", Queues=[{"Ref": "Q"}], PolicyDocument=document)
    rules = {f"R{number}": _rule("Q") for number in range(count)}
    return {"t.json": template({"Q": QUEUE, "P": policy, **rules})}


@sized("queues x statements", 1_300)
def _queues(count: int) -> Files:
    statement = {
        "Effect": "Allow",
        "Action": "sqs:*",
        "Resource": "*",
        "Principal": "*",
        "Condition": {"ArnLike": {"aws:SourceArn": "*a*b*c*"}},
    }
    document = {"Statement": [statement] * count}
    names = [f"Q{number}" for number in range(count)]
    policy = _resource("SQS::QueuePolicy", Queues=[{"Ref": name} for name in names], PolicyDocument=document)
    made: dict[str, Json] = {"T": {"Type": "AWS::SNS::Topic"}, "P": policy}
    for name in names:
        made[name] = QUEUE
        made[f"S{name}"] = _resource(
            "SNS::Subscription", TopicArn={"Ref": "T"}, Protocol="sqs", Endpoint=_attribute(name)
        )
    return {"t.json": template(made)}


@sized("subscriptions x sources", 2_000)
def _sources(count: int) -> Files:
    statements = [
        {
            "Effect": "Allow",
            "Action": "sqs:*",
            "Resource": "*",
            "Principal": "*",
            "Condition": {"ArnEquals": {"aws:SourceArn": [f"a{number}"]}},
        }
        for number in range(count)
    ]
    policy = _resource("SQS::QueuePolicy", Queues=[{"Ref": "Q"}] * count, PolicyDocument={"Statement": statements})
    topics: dict[str, Json] = {}
    for number in range(count):
        topics[f"T{number}"] = {"Type": "AWS::SNS::Topic"}
        topics[f"S{number}"] = _resource(
            "SNS::Subscription", TopicArn={"Ref": f"T{number}"}, Protocol="sqs", Endpoint=_attribute("Q")
        )
    return {"t.json": template({"Q": QUEUE, "P": policy, **topics})}


@sized("functions x statements of a role", 3_000)
def _role(count: int) -> Files:
    statement = {"Effect": "Allow", "Action": ["sqs:Receive*", "xray:P*"], "Resource": "*"}
    role = _resource("IAM::Role", Policies=[{"PolicyDocument": {"Statement": [statement] * (count // 2)}}])
    function = _resource("Lambda::Function", Role=_attribute("Role"), TracingConfig={"Mode": "Active"})
    return {"t.json": template({"Role": role, **{f"F{number}": function for number in range(count)}})}


@sized("permissions x rules", 2_000)
def _permissions(count: int) -> Files:
    resources: dict[str, Json] = {"F": FUNCTION}
    for number in range(count):
        resources[f"R{number}"] = _rule("F")
        resources[f"P{number}"] = _resource(
            "Lambda::Permission",
            FunctionName={"Ref": "F"},
            Principal="events.amazonaws.com",
            Action="lambda:InvokeFunction",
            SourceArn=_attribute(f"R{number}"),
        )
    return {"t.json": template(resources)}


@sized("tags x tables", 3_000)
def _tags(count: int) -> Files:
    tags = [
        {"ConditionType": "STRINGEQUALS", "ConditionKey": f"k{number}", "ConditionValue": "v"}
        for number in range(count)
    ]
    schedule = {"RuleName": "r", "TargetBackupVault": "v", "ScheduleExpression": "cron(0 5 * * ? *)"}
    plan = _resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [schedule]})
    selected = {"SelectionName": "s", "IamRoleArn": "x", "ListOfTags": tags}
    selection = _resource("Backup::BackupSelection", BackupPlanId={"Ref": "Plan"}, BackupSelection=selected)
    table = _resource("DynamoDB::Table", Tags=[{"Key": "a", "Value": "b"}, {"Key": "k9", "Value": "c"}])
    tables = {f"D{number}": table for number in range(count)}
    return {"t.json": template({"Plan": plan, "Selection": selection, **tables})}


@sized("states that choose among all", 3_000)
def _states(count: int) -> Files:
    goals = [f"S{number * 7919 % count}" for number in range(count)]
    states = {
        f"S{number}": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.x", "NumericEquals": 1, "Next": goals[number]}],
            "Default": goals[-number],
        }
        for number in range(count)
    }
    machine = _resource("StepFunctions::StateMachine", Definition={"StartAt": "S0", "States": states})
    return {"t.json": template({"M": machine})}


@sized("records of one name", 4_000)
def _records(count: int) -> Files:
    return {
        "t.json": template(
            {
                f"A{number}": _resource(
                    "Route53::RecordSet",
                    Name="a.example.com",
                    Type="A",
                    SetIdentifier=f"s{number}",
                    Weight=1,
                    HostedZoneName="example.com.",
                    TTL=60,
                    ResourceRecords=["192.0.2.1"],
                )
                for number in range(count)
            }
        )
    }


def _pipeline(stages: list[list[Json]]) -> Files:
    written = [{"Name": f"s{number}", "Actions": actions} for number, actions in enumerate(stages)]
    return {"t.json": template({"P": _resource("CodePipeline::Pipeline", RoleArn="r", Stages=written)})}


def _action(name: str, taken: str, artifact: str, **more: Json) -> Json:
    build = {"Category": "Build", "Owner": "AWS", "Provider": "CodeBuild", "Version": "1"}
    return {
        "Name": name,
        "ActionTypeId": build,
        "Configuration": {"ProjectName": "p"},
        "InputArtifacts": [{"Name": taken}],
        "OutputArtifacts": [{"Name": artifact}],
        **more,
    }


_PARTS = 8
"""Actions for each part of a pipeline: what is done for each pair of a few actions is nothing beside the rest."""


@sized("artifacts that nobody makes", 450)
def _unmade(count: int) -> Files:
    return _pipeline([[_action("a", f"o{number}", f"m{number}")] for number in range(_PARTS * count)])


@sized("artifacts that a stage makes too late", 400)
def _late(count: int) -> Files:
    every = _PARTS * count
    return _pipeline([[_action(f"a{n}", f"m{(n + 1) % every}", f"m{n}", RunOrder=n + 1) for n in range(every)]])


@sized("artifacts of one name", 450)
def _same_artifact(count: int) -> Files:
    return _pipeline([[_action(f"a{number}", "m", "m") for number in range(_PARTS * count)]])


@sized("ring of route tables", 1_500)
def _tables(count: int) -> Files:
    resources: dict[str, Json] = {}
    for number in range(count):
        subnet, table = {"Ref": f"S{number}"}, {"Ref": f"T{number}"}
        gateway = {"Ref": f"N{number}"}
        resources[f"S{number}"] = _resource("EC2::Subnet", VpcId="v", CidrBlock="10.0.0.0/24")
        resources[f"T{number}"] = _resource("EC2::RouteTable", VpcId="v")
        resources[f"A{number}"] = _resource("EC2::SubnetRouteTableAssociation", SubnetId=subnet, RouteTableId=table)
        resources[f"N{number}"] = _resource("EC2::NatGateway", SubnetId={"Ref": f"S{(number + 1) % count}"})
        resources[f"R{number}"] = _resource(
            "EC2::Route", RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=gateway
        )
    return {"t.json": template(resources)}


NAMES = tuple(name for name in MAKERS if name not in _BEFORE)
"""The constructions of this module."""
