"""The names of what an estate has for a failover, the way back from one, or a drill of one."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.relations.recovery import service_types

DOCUMENT = "AWS::SSM::Document"
STATES = "AWS::StepFunctions::StateMachine"
NAMES: Mapping[str, str] = {DOCUMENT: "Name", service_types.FUNCTION: "FunctionName", STATES: "StateMachineName"}
"""By type of what may do a failover by itself, the property that names it."""

FAILOVER = ("detachandpromote", "evacuat", "failover", "restoreinfrastructure", "switchover")
"""What is in the names of what is for a failover."""

HOME = "failback"
"""What is in the names of what leads home again."""

_DRILL = regex(r".*(?:simulat\w*(?:disaster|failover|failure|outage)|(?:disaster|failover|failure|outage)simulat).*")
"""The names of what plays a loss for a drill."""

_OWN_NAME = regex(r".*[./]")
_BETWEEN = regex(r"[\W_]+")


def own(program: Resource) -> list[str]:
    """Its names: a module may be named for it that has other things too."""
    return [_OWN_NAME.sub("", program.title), program.get(NAMES[program.type]).text or ""]


def joined(program: Resource) -> str:
    """Its names in one text, without what stands between their words."""
    return " ".join(_BETWEEN.sub("", name).lower() for name in own(program))


def is_drill(program: Resource) -> bool:
    """Whether something plays the loss of a Region or a zone, by its name: it is no part of the service."""
    # The name of its stack, as part of its own, tells nothing of it.
    return _DRILL.fullmatch(_BETWEEN.sub("", _OWN_NAME.sub("", program.title)).lower()) is not None


def is_function_for_it(resource: Resource) -> bool:
    """Whether a function is for a failover or for the way home, by its name: it is no part of what it brings back."""
    if resource.type != service_types.FUNCTION:
        return False
    return any(word in joined(resource) for word in (*FAILOVER, HOME))
