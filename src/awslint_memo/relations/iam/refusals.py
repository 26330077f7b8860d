"""Whether a role of a template surely may not do something with a resource, a version of a function, or an index.

IAM compares the ARN as a whole: who may invoke a function by its ARN may not invoke its alias
(https://github.com/juanjoDiaz/serverless-plugin-warmup/issues/304 quotes AWS, read on 2026-12-01). The other way round
is not told: a service that is given no version may ask for $LATEST.
"""

from __future__ import annotations

from collections.abc import Callable

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.patterns import matches
from awslint_memo.model.value import Link, Text, Value
from awslint_memo.relations.iam import denials, managed_policies, roles
from awslint_memo.relations.iam.arns import names
from awslint_memo.relations.iam.grants import may_let
from awslint_memo.relations.iam.resource_policies import TOPIC
from awslint_memo.relations.iam.statements import action_fits
from awslint_memo.relations.lambda_ import namings
from awslint_memo.relations.lambda_.admissions import PERMISSION
from awslint_memo.relations.lambda_.functions import FUNCTION, QUALIFIED, attribute_of, function_of, unqualified

_INVOKE = fact("lambda:InvokeFunction", page="lambda/latest/dg/lambda-api-permissions-ref.html", read="2026-12-01")
"""What it takes to invoke a function, a version or an alias, each by its own ARN."""

TABLES = ("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table")

OF_INDEXES = fact(
    ("dynamodb:Query", "dynamodb:Scan"),
    page="amazondynamodb/latest/developerguide/iam-policy-specific-table-indexes.html",
    read="2026-12-01",
)
"""What is done with an index of a table, and takes the permission for the index."""

_OF_VERSIONS = "qualified_arn"
"""Terraform's attribute of a function that names one of its versions."""


def is_refused(
    role: Resource, action: str, target: Resource, named: Value | None = None, *, is_qualified: bool = False
) -> bool:
    """Whether a role surely may not do an action with a target: none of its policies allows it, and none of the
    target's may. named: how a caller names the target, which may be an alias of a function. is_qualified: whether the
    caller surely gives the alias apart."""
    if _begins_as_another(target):
        return False
    if target.type != FUNCTION:
        return denials.refuses(role, action, target)
    is_version = is_qualified or (named is not None and _is_of_version(role.deployment, named))
    if named is not None and is_version:
        is_refused = _is_refused_versions(role, target)
    else:
        is_refused = roles.may(role, action, resource=target) is False
    return is_refused and not _may_be_invoked(target)


def title(role: Resource, action: str, target: Resource, named: Value) -> str:
    """What a role may not do an action with, in words of a message: where it may with the function itself, the alias
    or version that is meant."""
    if target.type != FUNCTION or roles.may(role, action, resource=target) is False:
        return target.title
    return _called(role.deployment, named) or target.title


_NAMES = {FUNCTION: "FunctionName", TOPIC: "TopicName"}


def _begins_as_another(target: Resource) -> bool:
    """Whether the name of a function or topic begins with that of another one: policy templates of SAM that name the
    other one allow every name that begins so."""
    path = _NAMES.get(target.type)
    own = "" if path is None else target.get(path).text or ""
    others = (other.get(path).text for other in target.deployment.of_type(target.type) if path and other is not target)
    return any(other and own.startswith(other) for other in others)


def _may_be_invoked(target: Resource) -> bool:
    """Whether the policy of a function may let somebody else than services invoke it, whatever their own say."""
    known = target.deployment.once(namings.invokers).by_function.get(target.name, ())
    holders = [naming.resource for naming in known if naming.resource is not None]
    named = [holder.get("Principal").text for holder in holders if holder.type == PERMISSION]
    return any(principal is None or not principal.endswith(".amazonaws.com") for principal in named)


def is_refused_index(role: Resource, action: str, table: Resource, index: str) -> bool:
    """Whether a role surely may not do an action with an index of a table, although it may with the table: its policies
    name no index, or another one. index: its name; empty where it is not known."""
    if not index or action not in OF_INDEXES or table.type not in TABLES or may_let(table, role, action):
        return False
    return _speaks_of_none(role, action, lambda item: _may_be_index(item, index, table))


def _is_refused_versions(role: Resource, function: Resource) -> bool:
    """Whether a role surely may not invoke the versions and aliases of a function: its policies surely are about other
    functions, or about this one without a version."""
    return _speaks_of_none(role, _INVOKE, lambda item: _may_be(item, function))


def _speaks_of_none(role: Resource, action: str, may_be: Callable[[Value], bool]) -> bool:
    """Whether the policies of a role surely allow an action for nothing that may be meant."""
    known = roles.policies(role)
    if not known.is_whole or any(managed_policies.allows(arn, action, role) is not False for arn in known.arns):
        return False
    allowing = (one for one in known.statements if one.get("Effect").text != "Deny")
    speaking = [one for one in allowing if action_fits(one, action) is not False]
    return not any(_may_cover(one, may_be) for one in speaking)


def _called(deployment: Deployment, named: Value) -> str:
    """What version or alias of a function a value names, in words of a message; that of a caller who gives it apart
    too."""
    of, function = deployment.find(named, *QUALIFIED), function_of(deployment, named)
    return of.title if of is not None else f"a version of {function.title}" if function is not None else ""


def _is_of_version(deployment: Deployment, value: Value) -> bool:
    """Whether a value surely names a version or an alias of a function."""
    link = attribute_of(value)
    if deployment.find(value, *QUALIFIED) is not None or (link is not None and link.attribute == _OF_VERSIONS):
        return True
    if isinstance(value, Text) and isinstance(value.parts[0], Link):
        return (value.parts[1].text or "").startswith(":")
    pattern = None if isinstance(value, Link) else value.pattern
    return pattern is not None and pattern.contains(":function:") and pattern.after_last(":function:").contains(":")


def _may_cover(statement: Value, may_be: Callable[[Value], bool]) -> bool:
    """Whether a statement may be about something: it names what may be that, or does not show what it names."""
    written = statement.get("Resource")
    if not statement.is_known or written.is_absent:
        return True
    return any(may_be(item) for item in written.items)


def _may_be_index(item: Value, index: str, table: Resource) -> bool:
    """Whether a resource of a statement may be an index of a table."""
    if names(item, table, table.deployment) is False:
        return False
    written = ""
    for piece in item.pieces:
        is_table = isinstance(piece, Link) and table.deployment.find(piece, table.type) is table
        if piece.text is None and not is_table:
            return True
        written += _TABLE if is_table else piece.text or ""
    # The name alone is what a policy template of SAM is given, which allows it for the indexes too.
    is_arn = isinstance(item.pieces[0], Link) and item.pieces[0].attribute.lower() == "arn"
    rest = written if is_arn else written.partition(":table/")[2] or "*"
    return matches(rest, f"{rest.partition('/')[0]}/index/{index}")


_TABLE = "\0"
"""What stands for the name or the ARN of a table here, and in no policy."""


def _may_be(item: Value, function: Resource) -> bool:
    deployment, pattern = function.deployment, item.pattern
    name = None if pattern is None else pattern.after_last(":function:")
    is_open = name is not None and (name.contains("*") or name.contains("?"))
    # The name alone is what LambdaInvokePolicy of SAM is given, which allows it for `function:NAME*`.
    is_alone = pattern is not None and (
        pattern.gap.attribute == "Ref" if pattern.gap is not None else not pattern.contains(":")
    )
    is_wide = is_open or is_alone or _is_of_version(deployment, item)
    if not is_wide and unqualified(deployment, item) is not None:
        return False
    return names(item, function, deployment) is not False
