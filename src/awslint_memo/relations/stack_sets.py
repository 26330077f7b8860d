"""AWS CloudFormation's StackSets: what their template needs and they do not have, and how a change reaches accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import dumps

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import file_of, parse_file
from awslint_memo.syntax.node import Node, descend, fields, text

CUSTOM_ROLE = fact(
    "stacksets-exec-custom-", page="AWSCloudFormation/latest/APIReference/API_CreateStackSet.html", read="2026-12-02"
)
"""How the name of an execution role begins with the permissions of the organization."""

_NAMED, _ANY = "CAPABILITY_NAMED_IAM", "CAPABILITY_IAM"
_EXPAND = "CAPABILITY_AUTO_EXPAND"

_NAMES = fact(
    {
        "Group": "GroupName",
        "InstanceProfile": "InstanceProfileName",
        "ManagedPolicy": "ManagedPolicyName",
        "Role": "RoleName",
        "User": "UserName",
    },
    page="AWSCloudFormation/latest/APIReference/API_CreateStackSet.html",
    read="2026-11-30",
)
"""The types of IAM whose resources may have a name of their own, and the property with it."""

_UNNAMED = fact(
    ("AccessKey", "Policy", "UserToGroupAddition"),
    page="AWSCloudFormation/latest/APIReference/API_CreateStackSet.html",
    read="2026-11-30",
)
"""The other types of IAM that need a capability."""

_TYPE = regex(r"""["']?\bType["']?\s*:\s*["']?(?:AWS|Custom|Alexa)::([A-Za-z0-9:]+)""")

_CONDITIONAL = regex(r"""["']?\b(?:Condition|Conditions|Transform|Fn::[A-Za-z]+)["']?\s*:|!If\b""")
"""What may leave a resource or its name out."""

_NESTED = fact(
    "AWS::CloudFormation::Stack",
    page="AWSCloudFormation/latest/UserGuide/stacksets-custom-execution-role.html",
    read="2026-12-02",
)
"""What the role that StackSets makes for itself in each account can't provision, as it processes no transform. The API
takes a template for another role; neither CloudFormation's resource nor Terraform's has a property for it yet."""

_UNKNOWN = "UNKNOWN"
_LOCAL = regex(r"(?!/|~|[A-Za-z]:)[\w.+ /-]+\.(?:ya?ml|json|template)", re.I)


@record(frozen=True, eq=False)
class _Template:
    """The template of a stack set: the value that gives it, its text, and the file where it stands, if it does."""

    value: Value
    text: str
    source: Source | None


def _template(stack_set: Resource) -> _Template | None:
    """The template that a stack set has as a text, or in a file of the repository; None where that is not known."""
    return stack_set.deployment.once(_TemplateOf(stack_set.name))


@record(frozen=True)
class _TemplateOf:
    """Reads the template of a stack set once for all that is asked of it."""

    stack_set: str

    def __call__(self, deployment: Deployment) -> _Template | None:
        stack_set = deployment.resource(self.stack_set)
        return None if stack_set is None else _read(stack_set)


def _read(stack_set: Resource) -> _Template | None:
    body, url = stack_set.get("TemplateBody"), stack_set.get("TemplateURL")
    if body.fields:  # Terraform's jsonencode().
        return _Template(body, dumps(body.plain), None)
    if not body.is_absent:
        written = "".join(_UNKNOWN if piece.text is None else piece.text for piece in body.pieces)
        return None if body.pattern is None else _Template(body, written, file_of(body))
    beside, path = stack_set.deployment.beside, url.text
    if path is None or not isinstance(beside, FilesBeside) or not _LOCAL.fullmatch(path):
        return None
    source = beside.at(path, stack_set.place.span.path)
    return None if source is None else _Template(url, source.text, source)


@record(frozen=True, eq=False)
class Unprovisionable:
    """What the default role of StackSets surely can't provision. title: what it is, in words of a message. value: where
    the stack set names its template. place: where it stands in a file of its own; None if that is the same."""

    title: str
    value: Value
    place: Place | None


def unprovisionable(stack_set: Resource) -> Unprovisionable | None:
    """A nested stack or a transform in the template of a stack set with the permissions of the organization and the
    execution role that StackSets makes by default; None where there is none, or it may be left out."""
    is_managed = stack_set.get("PermissionModel").text == "SERVICE_MANAGED"
    is_by_default = is_managed and stack_set.get("ExecutionRoleName").is_absent
    template = _template(stack_set) if is_by_default else None
    if template is None or (_NESTED.rpartition("::")[2] not in template.text and "Transform" not in template.text):
        return None
    for kind, name, place in _not_by_default(template.source, template.text):
        title = f"a {kind}" if template.value.is_secret or not name else f"the {kind} {name}"
        return Unprovisionable(title, template.value, None if template.source is None else place)
    return None


def _not_by_default(source: Source | None, written: str) -> Iterator[tuple[str, str, Node]]:
    top = _parsed(source, written)
    transform = top.get("Transform")
    if transform is not None:
        yield "transform", text(transform) or "", transform
    for name, node in fields(top.get("Resources")).items():
        resource = fields(node)
        if "Condition" in resource:
            continue
        if text(resource.get("Type")) == _NESTED:
            yield "nested stack", name, node
        elif any("Fn::Transform" in fields(inner) for inner in descend(node)):
            yield "transform", f"in {name}", node


def _parsed(source: Source | None, written: str) -> dict[str, Node]:
    try:
        return dict(fields(parse_file(source or Source("", written.encode()))))
    except Problem:
        return {}


def units(stack_set: Resource) -> list[Value]:
    """The organizational units to which a StackSet goes, where some are written; one value for each group."""
    named = [targets.get("OrganizationalUnitIds") for targets in _targets(stack_set)]
    return [value for value in named if value.is_known and value.items]


def accounts_alone(stack_set: Resource) -> list[Value]:
    """The accounts to which a StackSet goes, where no organizational units stand beside them; one for each group."""
    alone = (targets for targets in _targets(stack_set) if targets.get("OrganizationalUnitIds").is_absent)
    return [value for value in (targets.get("Accounts") for targets in alone) if value.is_known and value.items]


def _targets(stack_set: Resource) -> list[Value]:
    return [group.get("DeploymentTargets") for group in stack_set.get("StackInstancesGroup").items]


def lacking_capability(stack_set: Resource) -> str | None:
    """The capability that what a StackSet's template makes of IAM, or a transform in it, surely needs and that it does
    not name; else None."""
    template, given = _template(stack_set), stack_set.get("Capabilities")
    if template is None or given.is_unknown or any(item.text is None for item in given.items):
        return None
    named = {item.text for item in given.items}
    if (
        "Transform" in template.text
        and _EXPAND not in named
        and stack_set.get("PermissionModel").text == "SELF_MANAGED"
    ):
        return _EXPAND if "Transform" in _parsed(template.source, template.text) else None
    written = re.sub(r"Fn::(?:Sub|GetAtt|Join)\b", "", template.text)
    if _NAMED in named or _CONDITIONAL.search(written):
        return None
    needed = _needed(written)
    return None if needed in named else needed


def _needed(body: str) -> str | None:
    """The capability that a template needs, of which no resource is on a condition."""
    types = list(_TYPE.finditer(body))
    ends = (*(match.start() for match in types[1:]), len(body))
    found = None
    for match, end in zip(types, ends, strict=False):  # A text that is no template yet has no type.
        _, _, kind = match[1].rpartition("IAM::") if match[1].startswith("IAM::") else ("", "", "")
        name = _NAMES.get(kind)
        if name is not None and re.search(rf"""["']?\b{name}["']?\s*:\s*[^\s]""", body[match.end() : end]):
            return _NAMED
        if name is not None or kind in _UNNAMED:
            found = _ANY
    return found


def never_stops(stack_set: Resource) -> Value | None:
    """The preference by which an operation of a stack set goes on to all accounts whatever fails; None where it may
    stop before, or surely has one target."""
    preferences = stack_set.get("OperationPreferences")
    tolerance, most = preferences.get("FailureTolerancePercentage"), preferences.get("MaxConcurrentPercentage")
    is_at_once = _is_all(most) and _is_parallel(stack_set)
    is_soft = preferences.get("ConcurrencyMode").text == "SOFT_FAILURE_TOLERANCE"
    if _has_one_target(stack_set):
        return None
    if _is_all(tolerance):
        return tolerance
    return most if is_at_once and is_soft else None


def _is_all(percentage: Value) -> bool:
    return percentage.number is not None and percentage.number >= 100  # All of them.


def _is_parallel(stack_set: Resource) -> bool:
    """Whether an operation surely goes on in all Regions at a time."""
    if stack_set.get("OperationPreferences.RegionConcurrencyType").text == "PARALLEL":
        return True
    groups = stack_set.get("StackInstancesGroup").items
    named = {region.text for group in groups for region in group.get("Regions").items}
    return len(named) == 1 and None not in named


def _has_one_target(stack_set: Resource) -> bool:
    """Whether a stack set surely has stacks in one account and one Region alone."""
    groups = stack_set.get("StackInstancesGroup").items
    targets = groups[0].get("DeploymentTargets") if len(groups) == 1 else None
    if targets is None or not targets.get("OrganizationalUnitIds").is_absent:
        return False
    return all(len(value.items) == 1 for value in (targets.get("Accounts"), groups[0].get("Regions")))


@record(frozen=True, eq=False)
class Lowered:
    """A number of accounts at a time that an operation does not reach: its value, that which lowers it, and the number
    that there is instead."""

    most: Value
    tolerance: Value
    number: float


def lowered(stack_set: Resource) -> Lowered | None:
    """How many accounts an operation surely takes at a time at most, if that is fewer than its preferences say."""
    preferences = stack_set.get("OperationPreferences")
    mode, most = preferences.get("ConcurrencyMode"), preferences.get("MaxConcurrentCount")
    has_percentage = not preferences.get("FailureTolerancePercentage").is_absent
    default = None if has_percentage else 0
    tolerance = stack_set.get("OperationPreferences.FailureToleranceCount", default=default)
    is_strict = mode.is_absent or mode.is_one_of(_STRICT)
    if not is_strict or most.number is None or tolerance.number is None or most.number <= tolerance.number + 1:
        return None
    return Lowered(most, tolerance, tolerance.number + 1)


_STRICT = fact(
    "STRICT_FAILURE_TOLERANCE",
    page="AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html",
    read="2026-12-02",
)
"""The default, with which there are never more accounts at a time than one more than may fail."""

PAIRS = fact(
    (("FailureToleranceCount", "FailureTolerancePercentage"), ("MaxConcurrentCount", "MaxConcurrentPercentage")),
    page="AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html",
    read="2026-12-02",
)
"""The preferences of which an operation takes one of two."""
