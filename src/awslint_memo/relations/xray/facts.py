"""Facts about X-Ray."""

from __future__ import annotations

from awslint_memo.model.facts import Fact

DAEMON_ADDRESS = Fact(
    "AWS_XRAY_DAEMON_ADDRESS", page="xray/latest/devguide/xray-sdk-nodejs-configuration.html", read="2026-11-25"
)
"""The variable that tells the X-Ray SDK where the daemon listens."""

DAEMON_IMAGE = Fact("xray-daemon", page="xray/latest/devguide/xray-daemon-ecs.html", read="2026-11-25")
"""What the name of an image of the X-Ray daemon holds."""

UNTRACED_SOURCES = Fact(
    ("DocumentDBEventSourceConfig", "Queues", "Topics"), page="lambda/latest/dg/services-xray.html", read="2026-11-25"
)
"""Properties that only the event source mapping of a broker or of Amazon DocumentDB has; X-Ray follows none of them."""
