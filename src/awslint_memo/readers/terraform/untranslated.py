"""The resources whose types have no name of CloudFormation: what they name, in Terraform's words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.readers.terraform.chosen_reads import ChosenReads
from awslint_memo.readers.terraform.instances import Instance, everything, is_translated


def untranslated(instances: Iterable[Instance], choices: ChosenReads | None, deployment: Deployment) -> list[Resource]:
    """The resources of a deployment with Terraform's types, which are in no table, and its arguments as properties."""
    return [_resource(one, deployment, choices) for one in instances if not is_translated(one.type)]


def _resource(instance: Instance, deployment: Deployment, choices: ChosenReads | None) -> Resource:
    read = instance.read if choices is None else partial(choices.noting, instance.read)
    made = Resource(
        instance.address,
        instance.type,
        instance.place,
        read,
        language="terraform",
        terraform=instance.settings,
        copies=instance.copies,
        is_new=instance.is_new,
    )
    made.read_all = partial(everything, instance, (), choices)
    made.deployment = deployment
    return made
