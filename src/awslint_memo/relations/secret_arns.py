"""AWS Secrets Manager: how ECS is told a key of a secret."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.syntax.embedded import each

_PATHS = ("ContainerDefinitions.Secrets.ValueFrom", "ContainerDefinitions.LogConfiguration.SecretOptions.ValueFrom")

_PARTS = fact((2, 5), page="AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html", read="2026-12-03")
"""How many parts ECS takes from `secret` on: secret and name, or these with the key, the stage and the id of the
version, each of which may be empty. Its agent says of any other number "an invalid ARN format for the AWS Secrets
Manager secret was specified" (https://github.com/aws/amazon-ecs-agent, agent/taskresource/asmsecret/asmsecret.go, read
on 2026-12-03)."""

_KEPT = "AWS::SecretsManager::Secret"
_WITH_OWN = ("AWS::RDS::DBCluster", "AWS::RDS::DBInstance")
"""The types for whose masters RDS makes a secret."""

_OWN = regex(r"MasterUserSecret\.SecretArn|master_user_secret(?:\..*secret_arn)?")
"""What the ARN of that secret is called; a plan does not say which attribute in Terraform's block it is."""

_LOOKED_UP = regex(r"(?:.*\.)?data\.aws_secretsmanager_secret\.[^.]+(?:\.[^.]+)?\.(?:arn|id)")
"""What Terraform calls the ARN of a secret that it looks up."""


@record(frozen=True, eq=False)
class Misread:
    """What names a key of a secret in a way that ECS does not read. behind: what stands behind the ARN. instead: what
    should."""

    value: Value
    behind: str
    instead: str


def misread(task: Resource) -> Iterator[Misread]:
    """The secrets of a task definition whose names surely have another number of parts than ECS takes."""
    for path in _PATHS:
        for value in each(task, path):
            behind = _behind(value, task)
            if behind and 2 + behind.count(":") not in _PARTS:
                key, *versions = behind.removeprefix(":").split(":")
                rest = [*[part for part in versions if part], "", ""][:2]
                yield Misread(value, behind, ":".join(["", key, *rest]))


def _behind(value: Value, task: Resource) -> str:
    """What surely stands behind the ARN of a secret; empty where nothing does, or that is not known."""
    first, *rest = value.pieces
    if _is_arn(first, task):
        texts = [piece.text for piece in rest]
        behind = "".join(text or "" for text in texts)
        return behind if None not in texts and behind.startswith(":") else ""
    # An account or a Region that is not known has no colon; a name that is not known may have a key in it.
    whole = "".join("\0" if piece.text is None else piece.text for piece in value.pieces)
    before, _, name = whole.partition(":secret:")
    is_known = before.startswith("arn:") and ":secretsmanager:" in before and "\0" not in name
    return f":{name.partition(':')[2]}" if is_known and ":" in name else ""


def _is_arn(piece: Value, task: Resource) -> bool:
    """Whether a value surely is the whole ARN of a secret."""
    if isinstance(piece, Unknown) and _LOOKED_UP.fullmatch(piece.key):
        return True
    link = piece.attribute if isinstance(piece, Unknown) else piece
    if not isinstance(link, Link):
        return False
    if task.deployment.find(link, _KEPT) is not None:
        return link.attribute in ("Arn", "Id", "Ref")
    return task.deployment.find(link, *_WITH_OWN) is not None and _OWN.fullmatch(link.attribute) is not None
