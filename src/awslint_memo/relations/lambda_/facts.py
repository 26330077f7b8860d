"""Facts about Lambda functions and their event source mappings."""

from __future__ import annotations

from awslint_memo.model.facts import Fact

DEFAULT_TIMEOUT = Fact(3, page="lambda/latest/api/API_CreateFunction.html", read="2026-11-25")
"""Seconds that a function may run when nobody says how long."""

LONGEST_DURABLE = Fact(900, page="lambda/latest/dg/durable-invoking-esm.html", read="2026-11-25")
"""Seconds for which an event source mapping waits for a durable function at most. Managed instances have longer."""

DEFAULT_RETRIES = Fact(2, page="lambda/latest/dg/invocation-async-error-handling.html", read="2026-11-25")
"""How often Lambda tries an asynchronous event again when nobody says how often."""

EDGE = Fact(
    "edgelambda.amazonaws.com",
    page="AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html",
    read="2026-11-26",
)
"""The service that a role must trust for a function which runs at the edge."""

NOT_AT_EDGE = Fact(
    ("Environment.Variables", "Layers", "VpcConfig.SubnetIds"),
    page="AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html",
    read="2026-11-26",
)
"""Properties of a function that has something which Lambda@Edge does not take; nor does it take container images."""

EDGE_RUNTIMES = Fact(
    ("nodejs", "python"),
    page="AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html",
    read="2026-11-26",
)
"""How the names of the runtimes begin that Lambda@Edge has."""
