"""The aliases of Lambda functions: to which version each points, and how it moves to another."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.value import Absent, Value
from awslint_memo.relations.lambda_.functions import FUNCTION, attribute_of, function_of

ALIAS = "AWS::Lambda::Alias"
URL = "AWS::Lambda::Url"
VERSION = "AWS::Lambda::Version"
LATEST = "$LATEST"
"""What the code of a function is before it is published as a version."""
_CODE = ("filename", "source_code_hash", "s3_key", "s3_object_version", "image_uri")
"""The arguments of Terraform that change with the code of a function."""


def aliases(function: Resource) -> list[Resource]:
    """The aliases of this deployment that surely belong to a function."""
    return function.deployment.once(_by_function).get(function.name, [])


def may_have_alias(function: Resource) -> bool:
    """Whether a function has an alias, or may: there is an alias whose function is not known."""
    deployment = function.deployment
    others = (resource.get("FunctionName") for resource in deployment.of_type(ALIAS))
    unclear = (value for value in others if function_of(deployment, value) is None)
    return bool(aliases(function)) or any(value.is_unknown for value in unclear)


def url_of(alias: Resource) -> Resource | None:
    """The URL of this deployment that surely is the alias's, which can have only one; else None."""
    name = alias.get("Name")
    for url in alias.deployment.of_type(URL):
        target, qualifier = url.get("TargetFunctionArn"), url.get("Qualifier")
        if qualifier.is_absent:
            is_its = url.follow("TargetFunctionArn", ALIAS) is alias
        else:
            function = function_of(url.deployment, target)
            is_its = function is not None and alias in aliases(function) and qualifier.is_same_as(name) is True
        if is_its:
            return url
    return None


def is_latest(alias: Resource) -> bool:
    """Whether an alias surely points to unpublished code: to $LATEST, or to the version of a function that publishes
    none."""
    return alias.get("FunctionVersion").text == LATEST or unpublished(alias) is not None


def unpublished(alias: Resource) -> Resource | None:
    """The function whose version a Terraform alias takes although the function surely publishes none; else None."""
    return unpublished_of(alias.deployment, alias.get("FunctionVersion"))


def unpublished_of(deployment: Deployment, value: Value) -> Resource | None:
    """The function whose version a Terraform value surely is, or whose ARN with the version, although the function
    surely publishes none, so that it is $LATEST; else None."""
    link = attribute_of(value)
    if link is None or link.attribute not in ("version", "qualified_arn"):
        return None
    function = deployment.resource(link.resource)
    if function is None or function.type != FUNCTION:
        return None
    return function if function.terraform.publish.flag is False else None


def has_other_code(function: Resource) -> bool:
    """Whether something else than Terraform uploads the code of a function, or may. A version that Terraform publishes
    then has the code of the first apply for good."""
    return any(may_ignore(function.terraform.ignore_changes, argument) for argument in _CODE)


def may_be_published(function: Resource) -> bool | None:
    """Whether a version of a function is surely published here (True) or surely not (False); None where that is not
    known."""
    deployment, publish = function.deployment, function.terraform.publish
    owners = [function_of(deployment, version.get("FunctionName")) for version in deployment.of_type(VERSION)]
    is_aliased = any(not is_latest(alias) for alias in aliases(function))
    if publish.flag is True or is_aliased or function in owners:
        return True
    owners += [function_of(deployment, alias.get("FunctionName")) for alias in deployment.of_type(ALIAS)]
    is_clear = None not in owners and not publish.is_unknown
    return False if is_clear and not function.may_be_completed() else None


def weights(alias: Resource) -> Value:
    """The additional versions of an alias and their shares, as a list; Absent where there surely are none."""
    listed = alias.get("RoutingConfig.AdditionalVersionWeights")
    return Absent(listed.place) if listed.surely(lambda content: content == []) else listed


def is_same_version(alias: Resource, one: Value, other: Value) -> bool:
    """Whether two values surely are the same version of an alias's function."""
    if one.is_same_as(other):
        return True
    mine, its = attribute_of(one), attribute_of(other)
    if mine is not None and its is not None:
        return (mine.resource, mine.attribute) == (its.resource, its.attribute)
    version = alias.deployment.find(one, VERSION)
    return version is not None and version is alias.deployment.find(other, VERSION)


def is_moved_by_others(alias: Resource) -> bool:
    """Whether something besides a change of the template moves an alias to a new version, or may: CodeDeploy, a
    pipeline, or whoever changes what Terraform is told to ignore."""
    ignored = alias.terraform.ignore_changes
    if not alias.attribute("UpdatePolicy").get("CodeDeployLambdaAliasUpdate").is_absent or not ignored.is_absent:
        return True
    return alias.may_be_completed() or alias.deployment.once(_deploys_functions)


def shifts_traffic(function: Resource) -> bool:
    """Whether an alias of a function has two versions at a time: CodeDeploy moves it in steps, or it names a second one
    with a share. Both then have the same dead-letter queue, or none
    (https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html)."""
    own = aliases(function)
    updates = (alias.attribute("UpdatePolicy").get("CodeDeployLambdaAliasUpdate") for alias in own)
    return any(not value.is_absent for value in (*updates, *map(weights, own)))


def _deploys_functions(deployment: Deployment) -> bool:
    """Whether an application of CodeDeploy that no alias names, or a pipeline, may deploy functions."""
    named = [resource.attribute("UpdatePolicy") for resource in deployment.of_type(ALIAS)]
    used = {link.resource for policy in named for link in policy.mentions()}
    for application in deployment.of_type("AWS::CodeDeploy::Application"):
        platform = application.get("ComputePlatform", default="Server")
        if application.name not in used and platform.text in (None, "Lambda"):
            return True
    pipelines = deployment.of_type("AWS::CodePipeline::Pipeline")
    if not pipelines:
        return False
    from awslint_memo.relations.codepipeline.pipelines import actions

    every = (action for pipeline in pipelines for action in actions(pipeline))
    return any(one.category == "Deploy" and one.provider in ("CodeDeploy", "Lambda") for one in every)


def _by_function(deployment: Deployment) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for alias in deployment.of_type(ALIAS):
        function = function_of(deployment, alias.get("FunctionName"))
        if function is not None:
            found.setdefault(function.name, []).append(alias)
    return found
