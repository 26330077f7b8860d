"""How Application Auto Scaling calls what it scales: the ResourceId of a target."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Link, Value
from awslint_memo.relations import ecs
from awslint_memo.relations.ecs_services import is_of, scaling_targets

FORMS: Mapping[str, str] = fact(
    {
        "cassandra:table:": "keyspace/KEYSPACE/table/TABLE",
        "dynamodb:index:": "table/TABLE/index/INDEX",
        "dynamodb:table:": "table/TABLE",
        "ecs:service:": "service/CLUSTER/SERVICE",
        "elasticache:replication-group:": "replication-group/GROUP",
        "lambda:function:": "function:NAME:ALIAS",
        "neptune:cluster:": "cluster:CLUSTER",
        "rds:cluster:": "cluster:CLUSTER",
        "sagemaker:variant:": "endpoint/ENDPOINT/variant/VARIANT",
    },
    page="autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    read="2026-11-30",
)
"""By how a ScalableDimension begins, the form of the ResourceId; names stand in capitals."""

_ARNS: Mapping[str, str] = fact(
    {"AWS::ECS::Service": "Ref"},
    page="AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html",
    read="2026-11-30",
)
"""By type, the attribute that is an ARN although its ending does not say so."""

_NAME = regex(r"[A-Z]{2,}")

_REFUSED = ", so the target is refused"
"""What follows of a ResourceId of another form: "Unsupported service namespace, resource type or scalable dimension"
(https://github.com/pulumi/pulumi-policy-aws/issues/11, read on 2026-12-02)."""

_NOTHING = ", so the target scales nothing"
"""What follows of an ARN. With that of the cluster a target of a service is created and listed, but neither it nor its
policies are attached to the service (https://github.com/hashicorp/terraform-provider-aws/issues/13829,
https://github.com/aws/aws-cdk/issues/14297, https://github.com/aws-ia/ecs-blueprints/pull/61,
https://github.com/cds-snc/covid-alert-portal/pull/626, read on 2026-12-02)."""


def form(dimension: Value) -> str | None:
    """The form of the ResourceId for a ScalableDimension; None where that is not known."""
    return next((form for begin, form in FORMS.items() if dimension.starts_with(begin) is True), None)


def wrong_id(target: Resource) -> str | None:
    """Why the ResourceId of a target surely has another form than that of its dimension, and what follows, as words
    behind it; None where it may have it."""
    meant, written = form(target.get("ScalableDimension")), target.get("ResourceId")
    if meant is None:
        return None
    # What a plan shows as the whole value may be split before.
    if not isinstance(written, Link) and any(_is_arn(target, piece) for piece in written.pieces):
        return f"has a whole ARN in it{_NOTHING}"
    begin = meant[: next(match.start() for match in _NAME.finditer(meant))]
    text = written.text if written.text is not None else _of_table(target, written)
    if text is None:
        return f"does not begin with {begin}{_REFUSED}" if written.starts_with(begin) is False else None
    # A function without an alias, and $LATEST, are told apart.
    parts = meant.split("/") if "/" in meant else meant.split(":")[:2]
    given = text.split("/" if "/" in meant else ":", len(parts) - 1 if ":" in meant else -1)
    fits = len(given) == len(parts) and all(
        bool(own) if _NAME.fullmatch(part) else own == part for part, own in zip(parts, given, strict=True)
    )
    return None if fits else f"is not of the form {meant}{_REFUSED}"


def _of_table(target: Resource, written: Value) -> str | None:
    """An id in which names of tables of this deployment stand, of which it is known that they hold no slash."""
    pieces = written.pieces
    names = ["TABLE" if target.deployment.find(piece, "AWS::DynamoDB::Table") else piece.text for piece in pieces]
    known = [name for name in names if name is not None]
    return "".join(known) if len(pieces) > 1 and len(known) == len(names) else None


def _is_arn(target: Resource, piece: Value) -> bool:
    if not isinstance(piece, Link):
        return (piece.text or "").startswith("arn:") or "/arn:" in (piece.text or "")
    named = target.deployment.resource(piece.resource)
    is_reference = named is not None and _ARNS.get(named.type) == piece.attribute
    return is_reference or piece.attribute.endswith("Arn")


def is_of_service(service: Resource, scaled: Value) -> bool:
    """Whether the ResourceId of a target surely is that of a service: it refers to it, or has its cluster and name."""
    if any(link.resource == service.name for link in scaled.mentions()):
        return True
    name, cluster = service.get("ServiceName").text, service.get("Cluster")
    own = service.deployment.find(cluster)
    if own is not None and any(service.deployment.find(link) is own for link in scaled.mentions()):
        return scaled.pattern is not None and scaled.pattern.after_last("/").literal == name
    called = cluster.text if own is None else own.get("ClusterName").text
    return bool(name and called) and scaled.text == f"service/{called}/{name}"


OF_A_TARGET = fact(
    "ALBRequestCountPerTarget",
    page="AmazonECS/latest/developerguide/service-autoscaling-targettracking.html",
    read="2026-12-02",
)
"""The metric that ECS does not support with blue/green deployments: it is of one target group."""


def scaled_blue_green(policy: Resource) -> Resource | None:
    """The service whose number of tasks a policy surely decides and that CodeDeploy switches between two target groups;
    None where there is none."""
    services = policy.deployment.of_type(ecs.SERVICE)
    moved = (one for one in services if one.get("DeploymentController.Type").text == "CODE_DEPLOY")
    scaled = ((one, target) for one in moved for target in scaling_targets(one))
    own = (one for one, target in scaled if is_of_service(one, target.get("ResourceId")) and is_of(policy, target))
    return next(own, None)
