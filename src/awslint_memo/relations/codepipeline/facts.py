"""Facts about CodePipeline: providers of actions and what they do."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.facts import Fact

CHANGING_MODES = Fact(
    frozenset(("CHANGE_SET_EXECUTE", "CREATE_UPDATE", "REPLACE_ON_FAILURE")),
    page="codepipeline/latest/userguide/action-reference-CloudFormation.html",
    read="2026-11-25",
)
"""What makes a CloudFormation action change a stack; CHANGE_SET_REPLACE only makes a change set to look at, and
DELETE_ONLY only takes away."""

PROVISIONERS = Fact(
    frozenset(("CloudFormationStackInstances", "CloudFormationStackSet", "ServiceCatalog")),
    page="codepipeline/latest/userguide/integrations-action-type.html",
    read="2026-11-25",
)
"""Providers of actions, beside CloudFormation, that make or change AWS resources."""

DEPLOYERS = Fact(
    frozenset(
        (
            *("AppConfig", "CodeDeploy", "CodeDeployToECS", "EC2", "ECS", "EKS", "ElasticBeanstalk", "Lambda"),
            *("OpsWorks", "S3"),
        )
    ),
    page="codepipeline/latest/userguide/action-reference.html",
    read="2026-11-25",
)
"""Providers that deploy an application. Each of them with the category Deploy: S3 is also a source, Lambda is also
invoked."""

POLLING = Fact(
    frozenset(("AWS/CodeCommit", "AWS/S3", "ThirdParty/GitHub")),
    page="codepipeline/latest/userguide/reference-pipeline-structure.html",
    read="2026-11-25",
)
"""Sources, by owner and provider, that are asked for changes again and again unless PollForSourceChanges is false."""

EVENT_SOURCES: Fact[Mapping[str, str]] = Fact(
    {"AWS/CodeCommit": "aws.codecommit", "AWS/S3": "aws.s3"},
    page="codepipeline/latest/userguide/change-detection-methods.html",
    read="2026-11-26",
)
"""By source that may be polled, what the events of its changes have as `source`; GitHub sends none to EventBridge."""

STARTS_BUILDS = Fact(
    ("codebuild:StartBuild", "codebuild:StartBuildBatch"),
    page="service-authorization/latest/reference/list_awscodebuild.html",
    read="2026-11-26",
)
"""The permissions by which a caller of AWS's interface starts a build."""

STARTS_PIPELINES = Fact(
    ("codepipeline:StartPipelineExecution",),
    page="service-authorization/latest/reference/list_awscodepipeline.html",
    read="2026-11-26",
)
"""The permission by which a caller of AWS's interface starts a pipeline; others only go on with an execution."""

STARTS_IMAGE_PIPELINES = Fact(
    ("imagebuilder:StartImagePipelineExecution",),
    page="service-authorization/latest/reference/list_amazonec2imagebuilder.html",
    read="2026-11-26",
)
"""The permission by which a caller of AWS's interface starts an image pipeline."""
