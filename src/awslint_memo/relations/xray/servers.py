"""Servers that set themselves up when they start, and whether what they install collects traces."""

from __future__ import annotations

import re

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations.xray import tracers

USER_DATA = {
    "AWS::AutoScaling::LaunchConfiguration": "UserData",
    "AWS::EC2::Instance": "UserData",
    "AWS::EC2::LaunchTemplate": "LaunchTemplateData.UserData",
}
"""Where each type has the script that a server runs when it starts."""

_COLLECTS = regex(
    r"x-?ray|cloudwatch-?agent|cwagent|adot|otel|opentelemetry|collector|" + "|".join(tracers.PRODUCTS), re.I
)
_FETCHES = regex(
    r"\b(?:ansible\S*|aws|bootstrap\.sh|cfn-init|chef\S*|curl|docker|git|nodeadm|podman|puppet|salt-\S+|source|wget)\b"
    r"|ECS_CLUSTER|https?://",
    re.I,
)
"""Programs that run or install what stands elsewhere, and containers, which have collectors of their own."""


def installs_no_collector(server: Resource) -> bool:
    """Whether the script of a server surely stands in the template and installs nothing that collects traces; False
    where it fetches more than can be seen, or where another resource installs agents."""
    script = _script(server.get(USER_DATA[server.type]))
    if not script or _COLLECTS.search(script) or _FETCHES.search(script):
        return False
    return not server.is_open and not server.deployment.once(_installs_agents)


def _script(user_data: Value) -> str:
    """The text of a script, which most types take in Base64; empty where it is not known."""
    from base64 import b64decode

    text = user_data.text or ""
    try:
        return b64decode(text, validate=True).decode()
    except ValueError:
        return text


def _installs_agents(deployment: Deployment) -> bool:
    """Whether Systems Manager installs what is not known on the servers of a deployment."""
    return bool(deployment.of_type("AWS::SSM::Association", "AWS::SSM::MaintenanceWindowTask"))
