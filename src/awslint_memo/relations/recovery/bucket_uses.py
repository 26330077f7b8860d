"""Buckets that keep no data of their own: those that only redirect requests, and those that take access logs."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Value

BUCKET = "AWS::S3::Bucket"
_DISTRIBUTION = "AWS::CloudFront::Distribution"
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"
_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"


def note(bucket: Resource) -> str:
    """What a bucket is for, where that is no keeping of data; empty if it keeps some, or may.

    A bucket of logs that somebody replicates is kept for good.
    """
    redirect = bucket.get("WebsiteConfiguration.RedirectAllRequestsTo")
    if not redirect.is_absent and not redirect.is_unknown:
        return "redirects all requests and keeps nothing"
    if bucket.name in bucket.deployment.once(_log_targets) and bucket.get("ReplicationConfiguration").is_absent:
        return "takes access logs (declare objectives in Metadata or a comment of the bucket to have it judged)"
    return ""


def _log_targets(deployment: Deployment) -> frozenset[str]:
    """The buckets that access logs of buckets, load balancers and distributions are surely written to."""
    found = {bucket.name for value in _named(deployment) if (bucket := deployment.find(value, BUCKET)) is not None}
    for bucket in deployment.of_type(BUCKET):
        target = deployment.find(bucket.get("LoggingConfiguration.DestinationBucketName"), BUCKET)
        # What a bucket logs of itself lies beside what it keeps.
        if target is not None and target.name != bucket.name:
            found.add(target.name)
    return frozenset(found)


def _named(deployment: Deployment) -> Iterator[Value]:
    for distribution in deployment.of_type(_DISTRIBUTION):
        yield distribution.get("DistributionConfig.Logging.Bucket")
    for balancer in deployment.of_type(_CLASSIC):
        yield balancer.get("AccessLoggingPolicy.S3BucketName")
    for balancer in deployment.of_type(_BALANCER):
        yield balancer.terraform.access_logs_bucket
        for attribute in balancer.get("LoadBalancerAttributes").items:
            if attribute.get("Key").text == "access_logs.s3.bucket":
                yield attribute.get("Value")
