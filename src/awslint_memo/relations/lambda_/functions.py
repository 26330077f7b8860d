"""Which function a value names, by name, ARN, version or alias, what is known of it, and whether it is polled for."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Known, Link, Text, Unknown, Value

DEFAULT_TIMEOUT = fact(3, page="lambda/latest/api/API_CreateFunction.html", read="2026-11-25")
"""Seconds that a function may run when nobody says how long."""

LONGEST_DURABLE = fact(900, page="lambda/latest/dg/durable-invoking-esm.html", read="2026-11-25")
"""Seconds for which an event source mapping waits for a durable function at most. Managed instances have longer."""

SNAPSHOT_STORAGE = fact(512, page="lambda/latest/dg/snapstart.html", read="2026-11-29")
"""MB: the most ephemeral storage with which SnapStart restores a function."""

_NOT_RESTORED = fact(
    (
        *("java8", "java8.al2", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10", "python3.11"),
        *("dotnet5.0", "dotnet6", "dotnet7"),
    ),
    page="lambda/latest/dg/snapstart.html",
    read="2026-11-29",
)
"""Runtimes of the languages that SnapStart supports of which it does not."""

_NOT_RESTORED_LANGUAGES = fact(
    ("dotnetcore", "go1", "nodejs", "provided", "python2", "ruby"),
    page="lambda/latest/dg/snapstart.html",
    read="2026-11-29",
)
"""How the names of the runtimes begin that SnapStart does not support in any version."""


FUNCTION = "AWS::Lambda::Function"
PIPE = "AWS::Pipes::Pipe"
QUALIFIED = ("AWS::Lambda::Alias", "AWS::Lambda::Version")

_ADDRESSES = ("invoke_arn", "response_streaming_invoke_arn")
"""Terraform's names for the addresses at which API Gateway invokes a function without a version."""

_RECORDS = regex(r"\bRecords\b")
_FIRST_RECORD = regex(r"""\bRecords\b["']?(?:\)|\])?\s*(?:\?\.)?\s*\[\s*0\s*\]""")
"""How code names the records of an event, and the first of them alone: `event["Records"][0]`, `event.Records[0]`."""


def function_of(deployment: Deployment, value: Value) -> Resource | None:
    """The function of this deployment that a value surely names, itself or by an alias or a version; else None."""
    function = _function(deployment, value)
    if function is not None:
        return function
    qualified = deployment.find(value, *QUALIFIED)
    return None if qualified is None else _function(deployment, qualified.get("FunctionName"))


def timeout(function: Resource) -> Value:
    """How many seconds a function may run; AWS's default where none is written."""
    return function.get("Timeout", default=DEFAULT_TIMEOUT)


def is_never_restored(runtime: Value) -> bool:
    """Whether a runtime surely is one that SnapStart does not support."""
    name = runtime.text or ""
    return name in _NOT_RESTORED or name.startswith(_NOT_RESTORED_LANGUAGES)


def awaited(function: Resource) -> Value:
    """How many seconds a durable execution of a function may last in all, however many invocations it takes; Absent
    where the function is not durable."""
    return function.get("DurableConfig.ExecutionTimeout")


def reads_first_record_only(function: Resource) -> bool:
    """Whether a function's code surely stands in the template and handles only the first record of an event."""
    code = function.get("Code.ZipFile").text or ""
    read = len(_RECORDS.findall(code))
    return read > 0 and read == len(_FIRST_RECORD.findall(code))


def unqualified(deployment: Deployment, value: Value) -> Resource | None:
    """The function that a value surely names without a version or alias: by name, by ARN, or by the address at which
    API Gateway invokes it; else None."""
    link = attribute_of(value)
    if link is not None:
        function = deployment.resource(link.resource)
        is_function = function is not None and function.type == FUNCTION
        return function if is_function and link.attribute in _ADDRESSES else None
    text = value.pattern
    if text is None:
        return None
    _, is_address, rest = text.partition("/functions/")
    if is_address:
        text = rest.partition("/")[0]
    itself = text.gap
    if itself is not None and itself.attribute in ("Arn", "Ref"):
        function = deployment.resource(itself.name)
        return function if function is not None and function.type == FUNCTION else None
    is_qualified = text.after_last(":function:").contains(":")
    return None if is_qualified else deployment.named(text, FUNCTION)


def attribute_of(value: Value) -> Link | None:
    """The attribute of a resource to which a Terraform value surely refers, where CloudFormation has no such attribute
    ("version", "invoke_arn"), with Terraform's name; else None."""
    return value.attribute if isinstance(value, Unknown) else None


_HANDLERS = fact(
    ("USER_ON_EVENT_FUNCTION_ARN", "USER_IS_COMPLETE_FUNCTION_ARN"),
    page="https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/custom-resources/lib/provider-framework/"
    "runtime/consts.ts",
    read="2026-11-30",
)
"""The variables that name the functions to which a provider of the CDK hands on the events of a custom resource."""


def called_while_deploying(deployment: Deployment) -> set[str]:
    """The names of the functions that custom resources, macros or Terraform's aws_lambda_invocation surely call, of the
    parts of the CDK's providers, and of the functions to which these hand on what they are called for."""
    return deployment.once(_behind_custom_resources)


def _behind_custom_resources(deployment: Deployment) -> set[str]:
    custom = (
        resource
        for resource in deployment.resources.values()
        if resource.type.startswith("Custom::") or resource.type == "AWS::CloudFormation::CustomResource"
    )
    named = [resource.get("ServiceToken") for resource in custom]
    named += [macro.get("FunctionName") for macro in deployment.of_type("AWS::CloudFormation::Macro")]
    called = [function for function in (function_of(deployment, value) for value in named) if function is not None]
    variables = [function.get("Environment.Variables") for function in called]
    handed = (function_of(deployment, given.get(name)) for given in variables for name in _HANDLERS)
    # The other parts of a provider, which its state machine calls, have the same variables.
    parts = [function for function in deployment.of_type(FUNCTION) if _hands_on(function)]
    return {function.name for function in (*called, *handed, *parts) if function is not None}


def _hands_on(function: Resource) -> bool:
    given = function.get("Environment.Variables").fields
    return any(name in given for name in _HANDLERS)


def _function(deployment: Deployment, value: Value) -> Resource | None:
    resource = deployment.find(value, FUNCTION)
    if resource is not None:
        return resource
    link = _surely_of(value)
    if link is not None:
        return deployment.find(link, FUNCTION)
    name, colon, _ = (value.text or "").partition(":")
    return deployment.find(Known(name, value.place), FUNCTION) if colon and name not in ("", "arn") else None


def _surely_of(value: Value) -> Link | None:
    """The one resource that a value is of, whatever it says beyond that."""
    if isinstance(value, Text) and isinstance(value.parts[0], Link):
        # "${Function}:${Alias}": whatever comes after the colon, it is of this function.
        return value.parts[0] if (value.parts[1].text or "").startswith(":") else None
    # An attribute that has no word in CloudFormation (Terraform's qualified_arn).
    return attribute_of(value)


def may_be_throttled(mapping: Resource) -> bool:
    """Whether a mapping may get more messages from its queue than its function can process at once.

    It can't where it has a MaximumConcurrency and the function reserves no less, or nothing.
    """
    most = mapping.get("ScalingConfig.MaximumConcurrency")
    function = function_of(mapping.deployment, mapping.get("FunctionName"))
    if most.is_absent or function is None:
        return True
    reserved = function.get("ReservedConcurrentExecutions")
    if reserved.is_absent or reserved.below(0):  # Terraform writes -1 for a function that reserves nothing
        return False
    is_within = most.number is not None and reserved.number is not None and most.number <= reserved.number
    return not is_within and most.is_same_as(reserved) is not True


def is_on(poller: Resource) -> bool:
    """Whether a mapping or pipe surely is switched on; by default it is."""
    if poller.type == PIPE:
        return poller.get("DesiredState", default="RUNNING").text == "RUNNING"
    return poller.get("Enabled", default=True).flag is True
