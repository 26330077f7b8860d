"""What a run says where a budget was not enough, by the kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_MANY_RESOURCES: Final = (
    "there are more resources than are looked at in files of this size, "
    "so only the first ones were checked; split the template"
)


def sentences(choices: int) -> Mapping[str, str]:
    """The sentences by kind. choices: up to how many a run does not fail because of deployments."""
    many_deployments = (
        f"more than {choices} parameters, variables and conditions lead to more deployments than are looked at, "
        "so some were not checked; name yours with --parameters"
    )
    return {
        "characters": "functions make texts longer than are followed, so what is made of them was not checked; "
        "shorten it",
        "values": "functions are worked out more often than is followed, so some were not checked; split the template",
        "names": "the configuration names more deployments than are looked at for a template of this size, "
        "so the last ones were not checked; name fewer, or give them paths",
        "combinations": many_deployments,
        "deployments": many_deployments,
        "looks": many_deployments,
        "differing": many_deployments,
        "samples": "resources and conditions lead to more checks in different deployments than are run, "
        "so some resources were checked in one deployment only; name yours with --parameters",
        "resources": "there are more resources than are looked at in a file of this size, "
        "so only the first ones were checked; split it into several root modules",
        "judged": _MANY_RESOURCES,
        "comparisons": "resources, policies and functions lead to more comparisons than are made, "
        "so some were not checked; split the template",
        "iterations": "loops have more iterations than are followed, so what they make was not checked; "
        "shorten the lists",
        "instances": "count, for_each and modules make more instances than are looked at, "
        "so some modules were not checked and one instance stands for several; lower count or for_each",
        "steps": "an expression has more steps such as .b or [0] than are followed, so it was not checked; shorten it",
    }
