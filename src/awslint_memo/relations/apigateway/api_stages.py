"""API Gateway's stages, and what deploys to them."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.properties import may_ignore

_API = "AWS::ApiGatewayV2::Api"


def undeployed(stage: Resource) -> Resource | None:
    """The HTTP or WebSocket API of a stage, where surely nothing here deploys it to the stage."""
    api = stage.follow("ApiId", _API)
    is_bare = stage.get("AutoDeploy", default=False).flag is False and stage.get("DeploymentId").is_absent
    if api is None or not is_bare or may_ignore(stage.terraform.ignore_changes, "deployment_id"):
        return None
    every = stage.deployment.of_type("AWS::ApiGatewayV2::Deployment")
    return None if any(one.follow("ApiId", _API) in (None, api) for one in every) else api


def is_left_to_others(deployment: Resource) -> bool:
    """Whether a stage of the API of a deployment leaves what is deployed to others, as Terraform ignores changes of it,
    or may."""
    name = "RestApiId" if deployment.type == "AWS::ApiGateway::Deployment" else "ApiId"
    stages = deployment.deployment.of_type(deployment.type.replace("Deployment", "Stage"))
    its = (stage for stage in stages if stage.get(name).is_same_as(deployment.get(name)) is not False)
    return any(may_ignore(stage.terraform.ignore_changes, "deployment_id") for stage in its)
