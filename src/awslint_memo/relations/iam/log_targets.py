"""Log groups to which rules send events, and that the policies of a template which let EventBridge write leave out."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations import events
from awslint_memo.relations.iam.statements import Request, fit, statements
from awslint_memo.syntax.embedded import each

GROUP = "AWS::Logs::LogGroup"
_POLICY = "AWS::Logs::ResourcePolicy"
_WRITES = "logs:PutLogEvents"
_SERVICE = "events.amazonaws.com"
_MARK = ":log-group:"


@record(frozen=True, eq=False)
class LeftOut:
    """A log group that no policy of the template names for EventBridge. policy: one that lets it write elsewhere."""

    value: Value
    group: Resource
    policy: Resource


def left_out(rule: Resource) -> Iterator[LeftOut]:
    """The log groups of here among a rule's targets, to which no policy of the template surely lets EventBridge write,
    though one lets it write to others. A template without such a policy leaves that to the account."""
    deployment = rule.deployment
    if events.is_disabled(rule) or not deployment.of_type(_POLICY):
        return
    for target in each(rule, "Targets"):
        group = _group(deployment, target.get("Arn"))
        if group is not None and target.get("RoleArn").is_absent:
            speaking = [*_speaking(deployment)]
            named = [_may_name(value, group) for _, one, _ in speaking for value in one.get("Resource").items]
            is_known = all(one.is_known and one.get("Resource").items for _, one, _ in speaking)
            policy = next((policy for policy, _, is_sure in speaking if is_sure), None)
            if policy is not None and is_known and not any(named):
                yield LeftOut(target.get("Arn"), group, policy)


def _speaking(deployment: Deployment) -> Iterator[tuple[Resource, Value, bool]]:
    """The statements of resource policies that let EventBridge write log events, or may; each with whether it surely
    does."""
    request = Request((_WRITES,), deployment, service=_SERVICE)
    for policy in deployment.of_type(_POLICY):
        for statement in statements(policy.get("PolicyDocument")):
            fits = fit(statement, request, _WRITES)
            is_denial = statement.is_known and statement.get("Effect").text == "Deny"
            if not is_denial and fits.action is not False and fits.principal is not False:
                allows = statement.is_known and statement.get("Effect").text == "Allow"
                yield policy, statement, allows and fits.action is True and fits.principal is True


def _group(deployment: Deployment, value: Value) -> Resource | None:
    """The log group of here that an ARN surely names."""
    if isinstance(value, Link):
        return deployment.find(value, GROUP)
    named = [piece for piece in value.pieces if isinstance(piece, Link)]
    begin = "".join(piece.text or "?" for piece in value.pieces)
    return deployment.find(named[-1], GROUP) if named and _MARK in begin else None


def _may_name(value: Value, group: Resource) -> bool:
    """Whether a resource of a statement may be the ARN of a log group, or of one of its streams."""
    links = [group.deployment.resource(link.resource) for link in value.mentions()]
    if links:
        # Another group is named by its own name; of anything else the name is a part of one that is not known.
        return any(one is None or one is group or one.type != GROUP for one in links)
    text, name = "".join("*" if piece.text is None else piece.text for piece in value.pieces), group.get("LogGroupName")
    _, mark, pattern = text.partition(_MARK)
    if not mark or name.text is None:
        return True
    return any(matches(pattern, f"{name.text}{end}") for end in ("", ":*", ":log-stream:a"))
