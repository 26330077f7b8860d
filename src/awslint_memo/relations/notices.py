"""Topics of Amazon SNS by which people are told: a lost message is no lost work."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.relations.sns import SUBSCRIPTION, TOPIC, publishing_alarms, subscribers

_CHAT = "AWS::Chatbot::SlackChannelConfiguration"

_HEARING = (
    *("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm", SUBSCRIPTION, TOPIC, _CHAT),
    *("AWS::SNS::TopicInlinePolicy", "AWS::SNS::TopicPolicy", "AWS::Lambda::Permission", "AWS::SQS::QueuePolicy"),
)
"""The types of what names a topic and does not publish to it, and alarms."""

_NESTED = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")

_TELLING = ("email", "email-json", "http", "https", "sms")


def hears_alarms_alone(topic: Resource | None) -> bool:
    """Whether alarms surely publish to a topic, and nothing else of this deployment does or may."""
    if topic is None or not publishing_alarms(topic):
        return False
    return not topic.deployment.once(_named_by_publishers).may_be(topic)


def _named_by_publishers(deployment: Deployment) -> NameIndex:
    read = {name.rpartition("/")[0] for name in deployment.resources}
    # A nested stack that is read hands its inputs to resources that are here too.
    others = (
        one
        for one in deployment.resources.values()
        if one.type not in _HEARING and not (one.type in _NESTED and one.name in read)
    )
    return name_index(deployment, (value for one in others for _, value in one.everything()))


def only_tells_people(topic: Resource) -> bool:
    """Whether a topic surely has subscribers here, and each is one by which people are told: mail, SMS, a chat. What is
    no topic tells nobody."""
    if topic.type != TOPIC:
        return False
    named = (value for chat in topic.deployment.of_type(_CHAT) for value in chat.get("SnsTopicArns").items)
    is_in_chat = any(topic.deployment.find(value, TOPIC) is topic for value in named)
    protocols = [subscriber.protocol.text for subscriber in subscribers(topic)]
    return (bool(protocols) or is_in_chat) and all(protocol in _TELLING for protocol in protocols)
