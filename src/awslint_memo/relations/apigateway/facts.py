"""Facts about API Gateway: the metrics that each kind of API has."""

from __future__ import annotations

from awslint_memo.model.facts import Fact

REST_METRICS = Fact(
    frozenset(("4XXError", "5XXError", "CacheHitCount", "CacheMissCount", "Count", "IntegrationLatency", "Latency")),
    page="apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
    read="2026-11-26",
)
"""The metrics of REST APIs, which have the dimension ApiName."""

HTTP_METRICS = Fact(
    frozenset(("4xx", "5xx", "Count", "DataProcessed", "IntegrationLatency", "Latency")),
    page="apigateway/latest/developerguide/http-api-metrics.html",
    read="2026-11-26",
)
"""The metrics of HTTP APIs, which have the dimension ApiId."""

WEBSOCKET_METRICS = Fact(
    frozenset(
        ("ClientError", "ConnectCount", "ExecutionError", "IntegrationError", "IntegrationLatency", "MessageCount")
    ),
    page="apigateway/latest/developerguide/apigateway-websocket-api-logging.html",
    read="2026-11-26",
)
"""The metrics of WebSocket APIs, which have the dimension ApiId."""
