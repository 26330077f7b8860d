"""What of an instance of EC2 stays behind in its zone, or leads to it, where another is made in its place."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.facts import Fact
from awslint_memo.model.phrases import listed
from awslint_memo.relations import mentions
from awslint_memo.relations.recovery import led_to, request_records
from awslint_memo.relations.route53 import records

ONE_ZONE = Fact(
    ("AWS::EC2::Volume", "AWS::EC2::VolumeAttachment", "aws_volume_attachment"),
    page="AWSEC2/latest/APIReference/API_AttachVolume.html",
    read="2026-12-02",
)
"""A volume, and what attaches it: to an instance of its own zone alone."""

NEW_ADDRESS = Fact(
    ("PublicIp", "PublicDnsName", "PrivateIp", "PrivateDnsName", "Ipv6Addresses"),
    page="AWSEC2/latest/UserGuide/using-instance-addressing.html",
    read="2026-12-02",
)
"""What of an instance is released with it, so that another has others."""


def left_behind(machine: Resource) -> Iterator[str]:
    """What is to be known before an instance is made again in another zone."""
    volumes = _volumes(machine)
    if volumes:
        them, are, those = ("it", "is", "that") if len(volumes) == 1 else ("them", "are", "those")
        yield (
            f"{listed(volumes)} {are} attached to it, and a volume can be attached in its own zone alone: make {them}"
            f" in the new zone, from a backup, and attach {those}."
        )
    if machine.deployment.find(machine.get("SubnetId"), "AWS::EC2::Subnet") is not None:
        yield "Its subnet is in the zone too: give it one of another zone, which you make if there is none."
    names = list(dict.fromkeys(_names(machine)))
    if names:
        has, leads = ("has", "leads") if len(names) == 1 else ("have", "lead")
        yield (
            f"Another instance has another address: see that {listed(names)}, which {has} the address of this one,"
            f" {leads} to that (a deployment that makes it changes records too)."
        )


def _volumes(machine: Resource) -> list[str]:
    """The titles of the volumes that are resources of their own and attached to an instance."""
    deployment = machine.deployment
    volume, attachment, of_terraform = ONE_ZONE.value
    own = [one for one in deployment.untranslated(deployment) if one.type == of_terraform]
    every = [*deployment.of_type(attachment), *own]
    holders = [machine, *(one for one in every if machine.name in mentions.mentioned([one]))]
    found = (deployment.resource(name) for name in sorted(mentions.mentioned(holders)))
    return [one.title for one in found if one is not None and one.type == volume]


def _names(machine: Resource) -> Iterator[str]:
    """The records that have the address of an instance, each with how long resolvers keep it."""
    for holder in machine.deployment.of_type(*records.HOLDERS):
        for record in request_records.of_holder(holder):
            value, target = led_to.of(record)
            names = {link.attribute for link in value.mentions() if link.resource == machine.name}
            if target is machine and not names.isdisjoint(NEW_ADDRESS.value):
                ttl = record.get("TTL").number
                kept = f" (kept for {compact(ttl)})" if ttl else ""
                yield f"{record.name.shown or holder.title}{kept}"
