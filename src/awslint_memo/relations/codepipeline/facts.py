"""Facts about CodePipeline: providers of actions and what they do."""

from __future__ import annotations

from awslint_memo.model.fact import Fact

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
