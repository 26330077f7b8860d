"""AWS IAM: for which resources policies allow an action, and whether a role of the template may send traces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.fix import Fix, Setable
from awslint_memo.model.patterns import matches
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import each, parse_embedded


def _policies(allows: bool, *names: str) -> dict[str, Fact[bool]]:
    page = "aws-managed-policy/latest/reference/{}.html"
    return {name: Fact(allows, page=page.format(name), read="2026-11-25") for name in names}


TRACING: Mapping[str, Fact[bool]] = {
    **_policies(True, "AWSXRayDaemonWriteAccess", "AWSXrayFullAccess", "AWSXrayWriteOnlyAccess"),
    **_policies(True, "AdministratorAccess", "CloudWatchLambdaApplicationSignalsExecutionRolePolicy"),
    **_policies(True, "PowerUserAccess"),
    **_policies(False, "AWSLambdaBasicExecutionRole", "AWSLambdaDynamoDBExecutionRole", "AWSLambdaENIManagementAccess"),
    **_policies(False, "AWSLambdaKinesisExecutionRole", "AWSLambdaMSKExecutionRole", "AWSLambdaRole"),
    **_policies(False, "AWSLambdaSQSQueueExecutionRole", "AWSLambdaVPCAccessExecutionRole"),
    **_policies(False, "AmazonDynamoDBReadOnlyAccess", "AmazonS3FullAccess", "AmazonS3ReadOnlyAccess"),
    **_policies(False, "AmazonSNSFullAccess", "AmazonSQSFullAccess"),
}
"""Whether a policy, by its name, lets somebody send traces to X-Ray. Nothing is known of policies that are not here."""


DOCUMENTS = {
    "AWS::IAM::ManagedPolicy": "PolicyDocument",
    "AWS::IAM::Policy": "PolicyDocument",
    "AWS::IAM::Role": "Policies.PolicyDocument",
    "AWS::IAM::RolePolicy": "PolicyDocument",
}
"""Where policies that give permissions stand."""


def allowed_resources(deployment: Deployment, *actions: str) -> list[Value]:
    """What the policies of a deployment name as the resources for which they allow one of some actions, or may: the
    whole document where its statements are not known. actions: in full ("codebuild:StartBuild")."""
    every = (document for holder in deployment.of_type(*DOCUMENTS) for document in documents(holder))
    return [value for document in every for value in _allowed_in(parse_embedded(document), actions)]


def documents(holder: Resource) -> Iterator[Value]:
    """The policy documents that stand in a resource of one of the types in DOCUMENTS."""
    return each(holder, DOCUMENTS[holder.type])


def _allowed_in(document: Value, actions: tuple[str, ...]) -> Iterator[Value]:
    if document.is_unknown:
        yield document
    for statement in document.get("Statement").items:
        if statement.is_unknown:
            yield statement
        elif statement.get("Effect").text != "Deny" and _may_fit(statement, actions):
            yield from statement.get("Resource").items


def _may_fit(statement: Value, actions: tuple[str, ...]) -> bool:
    # What a statement with NotAction allows is almost everything.
    written = [item.text for item in statement.get("Action").items]
    is_inverse = not statement.get("NotAction").is_absent
    return is_inverse or any(one is None or any(matches(one.lower(), a.lower()) for a in actions) for one in written)


ROLE = "AWS::IAM::Role"
MANAGED = "AWS::IAM::ManagedPolicy"
APART = {"AWS::IAM::Policy": "Roles", "AWS::IAM::RolePolicy": "RoleName", MANAGED: "Roles"}
"""Policies that are resources of their own, and where each names its roles."""

PUT_TRACES = "xray:PutTraceSegments"

WRITES_TRACES = "AWSXRayDaemonWriteAccess"
"""AWS's own policy that lets a role send traces
(https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html, read 2026-11-26)."""


def may_trace(role: Resource) -> bool | None:
    """Whether a role of this deployment surely may send traces (True) or surely may not (False); None where that is
    not known."""
    grants = set(_grants(role))
    if True in grants:
        return True
    return None if None in grants or role.is_open else False


def is_generated(role: Resource | None) -> bool:
    """Whether SAM makes a role, and lets it do what its user is told to do."""
    return role is not None and role.name != role.written


def traced(user: Resource, path: str, value: str | bool, role: Resource | None) -> Fix:
    """The fix that switches tracing of a function or a state machine on, and lets its role send traces."""
    allowed = None if role is None else is_generated(role) or may_trace(role)
    if role is not None and allowed is False:
        return user.set(path, value) + granted(role)
    return user.set(path, value, unsafe="" if allowed else "needs a role that may send traces")


def granted(role: Resource) -> Fix:
    """The fix that attaches AWS's own policy for sending traces to a role."""
    unsafe = "grants a permission"
    if role.language == "terraform":
        attached: dict[str, Setable] = {
            "Roles": [role.reference("Ref")],
            "Arn": f"arn:aws:iam::aws:policy/{WRITES_TRACES}",
        }
        return role.add("Xray", MANAGED, attached, unsafe=unsafe)
    arn = {"Fn::Sub": f"arn:${{AWS::Partition}}:iam::aws:policy/{WRITES_TRACES}"}
    return role.append("ManagedPolicyArns", arn, unsafe=unsafe)


def _grants(role: Resource) -> Iterator[bool | None]:
    """Of each policy of a role, whether it lets the role send traces; None where that is not known."""
    deployment = role.deployment
    for inline in role.get("Policies").items:
        yield _allows(inline.get("PolicyDocument"))
    for arn in role.get("ManagedPolicyArns").items:
        policy = deployment.find(arn, MANAGED)
        yield _by_name(arn) if policy is None else _allows(policy.get("PolicyDocument"))
    for policy in deployment.of_type(*APART):
        for named in policy.get(APART[policy.type]).items:
            is_its = _is(role, named)
            if is_its is not False:
                yield _granted(policy) if is_its else None


def _granted(policy: Resource) -> bool | None:
    """Whether a policy, or one of those that an attachment of Terraform names, lets somebody send traces."""
    attached = policy.terraform.attached_policy
    if attached.is_absent:
        return _allows(policy.get("PolicyDocument"))
    found = [_attached(policy.deployment, arn) for arn in attached.items]
    return True if True in found else None if None in found else False


def _attached(deployment: Deployment, arn: Value) -> bool | None:
    named = deployment.find(arn, MANAGED)
    return _by_name(arn) if named is None else _allows(named.get("PolicyDocument"))


def _is(role: Resource, named: Value) -> bool | None:
    resource = role.deployment.find(named, ROLE)
    if resource is not None:
        return resource is role
    own = role.get("RoleName")
    if named.is_same_as(own):
        return True
    return False if named.text is not None and not own.is_unknown else None


def _by_name(arn: Value) -> bool | None:
    """Whether a policy of AWS's own, known by the end of its ARN, lets somebody send traces."""
    text = arn.pattern
    name = text.after_last("/").literal if text is not None and text.contains(":aws:policy/") else None
    known = None if name is None else TRACING.get(name)
    return None if known is None else known.value


def _allows(document: Value) -> bool | None:
    opened = parse_embedded(document)
    if not opened.is_known:
        return False if opened.is_absent else None
    found = [_statement(item) for item in opened.get("Statement").items]
    return True if True in found else None if None in found else False


def _statement(statement: Value) -> bool | None:
    excluded, effect = statement.get("NotAction"), statement.get("Effect").text
    fits = _matches(statement.get("Action")) if excluded.is_absent else _inverse(_matches(excluded))
    if fits is not True:
        return fits
    # A denial may take away what is granted elsewhere; a condition may not hold.
    is_plain = effect == "Allow" and statement.get("Condition").is_absent
    return True if is_plain and any(item.text == "*" for item in statement.get("Resource").items) else None


def _inverse(fits: bool | None) -> bool | None:
    return None if fits is None else not fits


def _matches(actions: Value) -> bool | None:
    """Whether one of some actions is that of sending traces; None where one is not known."""
    written = [item.text for item in actions.items]
    if any(one is not None and matches(one.lower(), PUT_TRACES.lower()) for one in written):
        return True
    return None if None in written else False
