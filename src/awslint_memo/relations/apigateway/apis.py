"""API Gateway's REST APIs: who may reach one, what stands in front of it, and what its deployments wait for."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.relations import creation_order
from awslint_memo.relations.namers import namers
from awslint_memo.relations.route53 import records
from awslint_memo.syntax.embedded import each, parse_embedded

API = "AWS::ApiGateway::RestApi"
DEPLOYMENT = "AWS::ApiGateway::Deployment"
STAGE = "AWS::ApiGateway::Stage"
DOMAIN = "AWS::ApiGateway::DomainName"
KEY = "AWS::ApiGateway::ApiKey"

_CONTENTS = {
    DEPLOYMENT: ("RestApiId", "AWS::ApiGateway::Method", ("Body", "BodyS3Location", "CloneFrom")),
    "AWS::ApiGatewayV2::Deployment": ("ApiId", "AWS::ApiGatewayV2::Route", ("Body", "BodyS3Location", "Target")),
}
"""By type of deployment, what names its API, the type of what it deploys, and what else gives an API such."""

_POLICY = "x-amazon-apigateway-policy"
_IMPLICIT = "ServerlessRestApi"
"""SAM's name for the API that events make which name none; its stage is always called Prod."""


SIGNED = fact(
    ("AWS_IAM", "COGNITO_USER_POOLS", "JWT"),
    page="apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html",
    read="2026-11-30",
)
"""The types of authorization that surely want a header; that of a pool:
apigateway/latest/api/API_Method.html."""


def endpoint_types(api: Resource) -> Value:
    """The endpoint types that the template chooses for an API, as a list; Absent where it chooses none, Unknown where
    the API that it clones decides."""
    written = api.get("EndpointConfiguration.Types")
    if written.is_absent and not api.get("CloneFrom").is_absent:
        return Unknown("the endpoint type is that of the API that it clones", written.place)
    imported = api.get("Parameters.endpointConfigurationTypes")
    chosen = imported if written.is_absent else written
    return Absent(chosen.place) if chosen.surely(lambda content: content == []) else chosen


def is_private(api: Resource) -> bool | None:
    """Whether an API is surely private (True) or surely not (False); None where that is not known."""
    types = endpoint_types(api)
    if types.is_absent:
        return False
    words = [item.text for item in types.items]
    return True if "PRIVATE" in words else None if None in words else False


def has_policy(api: Resource) -> bool | None:
    """Whether an API surely has a resource policy (True) or surely has none (False); None where that is not known.

    A policy may stand beside the API, in its OpenAPI document, or in a document or API that is not in the template.
    """
    policy = api.get("Policy")
    if not policy.is_absent and not policy.surely(lambda content: content in ("", {})):
        return None if policy.is_unknown else True
    if not all(api.get(name).is_absent for name in ("BodyS3Location", "CloneFrom")):
        return None
    return _body_has_policy(api)


@record(frozen=True, eq=False)
class Front:
    """What stands in front of an API: a resource, the value in it that names the API, and words for what it is."""

    resource: Resource
    place: Value
    what: str


def fronts(api: Resource) -> list[Front]:
    """The CloudFront distributions and the resources with a latency record that surely stand in front of an API."""
    return api.deployment.once(_fronts).get(api.name, [])


def _fronts(deployment: Deployment) -> dict[str, list[Front]]:
    found: dict[str, list[Front]] = {}
    for distribution in deployment.of_type("AWS::CloudFront::Distribution"):
        for origin in each(distribution, "DistributionConfig.Origins.DomainName"):
            for name in _named(deployment, origin):
                found.setdefault(name, []).append(Front(distribution, origin, "a CloudFront distribution"))
    for holder in deployment.of_type(*records.HOLDERS):
        for one in records.records(holder):
            if records.policy(one) != "latency":
                continue
            for target in (one.get("AliasTarget.DNSName"), *one.get("ResourceRecords").items):
                domain = deployment.find(target, DOMAIN)
                behind = deployment.once(_mapped).get(domain.name, set()) if domain is not None else set()
                for name in behind.union(_named(deployment, target)):
                    found.setdefault(name, []).append(Front(holder, target, "a latency record"))
    return found


def in_globals(resource: Resource) -> str:
    """Where a message tells to write a property of the implicit API of SAM, or of its stage: " in Globals.Api"; else
    nothing."""
    is_implicit = resource.written.rpartition("/")[2] == _IMPLICIT and resource.body is None
    return " in Globals.Api" if is_implicit else ""


def stage_api(stage: Resource) -> Resource | None:
    """The API of a stage or deployment; None where this deployment does not hold it, and for the implicit API of SAM,
    which chooses the stage's name itself."""
    api = stage.follow("RestApiId", API)
    return None if api is None or api.name.rpartition("/")[2] == _IMPLICIT else api


def is_unplanned(key: Resource) -> bool:
    """Whether an API key surely belongs to no usage plan of a template that has some, nor to a stage, so that nobody is
    let in with it."""
    deployment = key.deployment
    if (
        not deployment.of_type("AWS::ApiGateway::UsagePlan")
        or not key.get("StageKeys").is_absent
        or key.is_open
        or key.is_exposed()
    ):
        return False
    added = [one.get("KeyId") for one in deployment.of_type("AWS::ApiGateway::UsagePlanKey")]
    may_be_added = any(value.is_unknown or deployment.find(value, KEY) is key for value in added)
    return not may_be_added and not deployment.once(_named_beside_keys).may_be(key)


_METHODS = ("AWS::ApiGateway::Method", "AWS::ApiGateway::MethodRequest")


def asks_for_no_key(api: Resource) -> bool:
    """Whether surely no method of an API requires a key, and it has some, here or in its OpenAPI document."""
    body, methods = api.get("Body"), api.deployment.of_type(*_METHODS)
    elsewhere = (api.get(name) for name in ("Auth", "BodyS3Location", "CloneFrom"))
    if api.is_open or not all(value.is_absent for value in elsewhere):
        return False
    if not body.is_absent:
        document = repr(parse_embedded(body).plain) if body.is_known else ""
        return "paths" in document and not any(word in document.lower() for word in ("security", "fn::transform"))
    if api.is_exposed():
        return False
    own = [method for method in methods if api.deployment.find(method.get("RestApiId"), API) is api]
    others = [method for method in methods if api.deployment.find(method.get("RestApiId"), API) is None]
    needed = [method.get("ApiKeyRequired") for method in (*own, *others)]
    return bool(own) and all(value.is_absent or value.flag is False for value in needed)


def _named_beside_keys(deployment: Deployment) -> NameIndex:
    """What all resources but keys may name: all their properties, so whoever asks for it asks last."""
    others = (other for other in deployment.resources.values() if other.type != KEY)
    return name_index(deployment, (value for other in others for _, value in other.everything()))


def canaries(resource: Resource) -> list[Value]:
    """The canary settings of a stage or deployment, those that are not known among them."""
    paths = {
        STAGE: ("CanarySetting",),
        DEPLOYMENT: ("DeploymentCanarySettings", "StageDescription.CanarySetting"),
    }[resource.type]
    return [value for value in map(resource.get, paths) if not value.is_absent]


def deployments(stage: Resource) -> list[Resource]:
    """The deployments of a stage: the one that it names, and those that name the stage; empty for what is no stage."""
    if stage.type != STAGE:
        return []
    own = stage.follow("DeploymentId", DEPLOYMENT)
    api, name = stage.follow("RestApiId", API), stage.get("StageName").text
    naming = [
        resource
        for resource in stage.deployment.of_type(DEPLOYMENT)
        if resource is not own and resource.get("StageName").text == name and resource.follow("RestApiId", API) is api
    ]
    return naming if own is None else [own, *naming]


def is_own_version(resource: Resource, canary: Value) -> bool | None:
    """Whether a stage's canary surely runs the deployment that the stage has (True) or surely another one (False);
    None where that is not known."""
    if resource.type == DEPLOYMENT:
        return False
    own, its = resource.get("DeploymentId"), canary.get("DeploymentId")
    if its.is_absent:
        return None
    resources = [resource.deployment.find(value, DEPLOYMENT) for value in (own, its)]
    if None not in resources:
        return resources[0] is resources[1]
    return own.is_same_as(its)


def policy_resources(api: Resource) -> list[str]:
    """The addresses of the Terraform resources that give an API its resource policy."""
    return [companion for companion in api.companions if "aws_api_gateway_rest_api_policy." in companion]


def unordered(deployed: Resource) -> Resource | None:
    """A method or route of the API of a deployment, where the deployment surely is free to be made before all of them;
    else None."""
    path, type_, imports = _CONTENTS[deployed.type]
    api, deployment = deployed.follow(path), deployed.deployment
    if api is None or deployment.is_open or not all(api.get(name).is_absent for name in imports):
        return None
    parts = namers(api, type_, path)
    if not parts or any(creation_order.stack(part) != creation_order.stack(deployed) for part in parts):
        return None
    if deployed.language == "terraform":
        names = {item.text for item in deployed.attribute("DependsOn").items}
        is_free = names <= {_parts(api.name)[1]}
    else:
        is_free = creation_order.waits_for(deployed, lambda other: other.type == type_) is False
    return parts[0] if is_free else None


def waits_for(resource: Resource, address: str) -> bool | None:
    """Whether Terraform surely creates a resource after the one at an address (True) or is surely free to create it
    before (False); None where that is not known."""
    module, name = _parts(address)
    own_module, _ = _parts(resource.name)
    before = resource.attribute("DependsOn")
    names = [item.text for item in before.items]
    if name in names and module == own_module:
        return True
    is_open = module != own_module or before.is_unknown or any(_leads_on(one, own_module) for one in names)
    return None if is_open else False


def _leads_on(name: str | None, module: str) -> bool:
    """Whether what a block names may depend on more than can be seen."""
    return name is None or name.startswith(("module.", "local.")) or (module != "" and name.startswith("var."))


def _parts(address: str) -> tuple[str, str]:
    steps = without_instance_keys(address).split(".")
    inner = 0
    while steps[inner] == "module" and inner + 2 < len(steps):
        inner += 2
    return "".join(f"{step}." for step in steps[:inner]), ".".join(steps[inner:])


def _body_has_policy(api: Resource) -> bool | None:
    """Whether an OpenAPI document has a resource policy, at its top or in its servers."""
    body = api.get("Body")
    if body.is_absent:
        return False
    opened = parse_embedded(body)
    if not opened.fields:
        # YAML, of which the word alone is telling.
        return None if body.text is None else _POLICY in body.text
    places = [opened, *opened.get("servers").items]
    if any(not (place.is_absent or place.is_known) for place in places):
        return None
    values = [place.get(_POLICY) for place in places]
    return (
        any(not value.is_absent for value in values)
        if all(value.is_absent or value.is_known for value in values)
        else None
    )


def _named(deployment: Deployment, value: Value) -> set[str]:
    """The API of which, or of a stage or deployment of which, a domain name is surely made; empty where there is
    none."""
    if isinstance(value, Known):
        return set()
    named = [deployment.resource(link.resource) for link in value.mentions()]
    # What mentions others too may be one of them.
    apis = {None if resource is None else resource.name for resource in map(_api_of, named)}
    return {one for one in apis if one is not None} if len(apis) == 1 else set()


def _api_of(resource: Resource | None) -> Resource | None:
    if resource is not None and resource.type in (STAGE, DEPLOYMENT):
        return resource.follow("RestApiId", API)
    return resource


def _mapped(deployment: Deployment) -> dict[str, set[str]]:
    """By domain, the APIs that are surely mapped to it."""
    written: dict[str, list[Resource]] = {}
    for domain in deployment.of_type(DOMAIN):
        written.setdefault(domain.get("DomainName").text or "", []).append(domain)
    found: dict[str, set[str]] = {}
    for mapping in deployment.of_type("AWS::ApiGateway::BasePathMapping"):
        api, named = mapping.follow("RestApiId", API), mapping.get("DomainName")
        if api is None:
            continue
        resource = deployment.find(named, DOMAIN)
        for domain in [*([] if resource is None else [resource]), *(written.get(named.text, ()) if named.text else ())]:
            found.setdefault(domain.name, set()).add(api.name)
    return found
