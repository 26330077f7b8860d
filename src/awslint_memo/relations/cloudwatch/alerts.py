"""Whom the alarms of a deployment tell, and fixes that tell them of more."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.fix import Fix, Reference, Setable
from awslint_memo.relations.cloudwatch.alarms import ALARM

TOPIC = "AWS::SNS::Topic"


def topic(near: Resource) -> Resource | None:
    """The one topic that all alarms tell which tell any; None where there is none, or where what stands beside this
    resource can't name it: it is of another template or module, or has several instances."""
    named = near.deployment.once(_topics)
    only = named[0] if len(named) == 1 else None
    if only is None or only.copies.number != 1 or only.get("FifoTopic", default=False).flag is not False:
        return None
    return only if _home(only) == _home(near) else None


def _home(resource: Resource) -> str:
    """The template, or the module of Terraform, in which a resource stands."""
    is_terraform = resource.language == "terraform"
    return ".".join(resource.written.split(".")[:-2]) if is_terraform else resource.place.span.path


def _topics(deployment: Deployment) -> list[Resource | None]:
    """What the actions of alarms name, each once; None for what is not known."""
    found: dict[str, Resource | None] = {}
    for alarm in deployment.of_type(ALARM):
        for action in alarm.get("AlarmActions").items:
            resource = deployment.find(action, TOPIC)
            found[resource.name if resource is not None else ""] = resource
    return list(found.values())


def on_queue(queue: Resource) -> Fix:
    """The fix that adds an alarm on the messages in a dead-letter queue that is there."""
    own = queue.reference("QueueName")
    alarm = queue_alarm(queue, own, Reference("QueueName", own.of, "-not-empty"), "Alarm")
    return Fix.lacks("the alarms here do not all tell one topic of this template") if alarm is None else alarm


def queue_alarm(near: Resource, queue: Reference, name: Reference, suffix: str) -> Fix | None:
    """The fix that adds an alarm on the messages in a dead-letter queue; None where alarms tell no one topic.

    near: the resource behind which it is put. queue: the queue's name. name: that of the alarm, which Terraform needs.
    suffix: the end of the name of the alarm's resource.
    """
    told = topic(near)
    if told is None:
        return None
    is_terraform = near.language == "terraform"
    dimensions: Setable = {"QueueName": queue} if is_terraform else [{"Name": "QueueName", "Value": queue}]
    properties: dict[str, Setable] = {
        **({"AlarmName": name} if is_terraform else {}),
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateNumberOfMessagesVisible",
        "@dimensions" if is_terraform else "Dimensions": dimensions,
        "Statistic": "Maximum",
        "Period": 300,
        "EvaluationPeriods": 1,
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 0,
        "TreatMissingData": "notBreaching",
        "AlarmActions": [told.reference("Ref")],
    }
    return near.add(suffix, ALARM, properties, unsafe="adds an alarm")
