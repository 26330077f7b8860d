"""Writes what events add to other resources of the template: notifications of buckets, triggers of user pools."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.readers.sam.nodes import function_of
from awslint_memo.readers.sam.translated import Translated
from awslint_memo.syntax.node import Made, Node, fields


def add_to_others(translation: Translated) -> None:
    """Add the collected notifications and triggers to the buckets and user pools, whose Properties may be missing."""
    for bucket, entries in translation.notifications.items():
        configuration = _plain(translation, bucket, "NotificationConfiguration")
        if configuration is not None:
            lambdas = configuration.get("LambdaConfigurations")
            before = lambdas.content if lambdas is not None and isinstance(lambdas.content, list) else []
            node = translation.made[bucket][1]
            told = {**configuration, "LambdaConfigurations": Made([*before, *entries], node)}
            _write(translation, bucket, "NotificationConfiguration", told)
    for pool, triggers in translation.triggers.items():
        functions = _plain(translation, pool, "LambdaConfig")
        if functions is not None:
            _write(translation, pool, "LambdaConfig", {**functions, **triggers})


def _plain(translation: Translated, name: str, key: str) -> Mapping[str, Node] | None:
    """What is written in a property of a resource; None if the resource, or that, is not plainly in the template."""
    if name not in translation.written:
        return None
    properties = fields(translation.made[name][1]).get("Properties")
    if properties is not None and (
        function_of(properties) or not isinstance(properties.content, (Mapping, type(None)))
    ):
        return None
    written = fields(properties).get(key)
    return None if written is not None and function_of(written) else fields(written)


def _write(translation: Translated, name: str, key: str, content: Mapping[str, Node]) -> None:
    place, node = translation.made[name]
    whole = Made({**fields(fields(node).get("Properties")), key: Made(content, node)}, node)
    translation.made[name] = (place, Made({**fields(node), "Properties": whole}, node))
