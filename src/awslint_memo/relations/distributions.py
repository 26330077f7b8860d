"""Amazon CloudFront: what in a distribution it refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.phrases import listed
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations.iam.resource_policies import BUCKET
from awslint_memo.relations.load_balancers import BALANCER, CLASSIC
from awslint_memo.relations.origins import behaviors
from awslint_memo.relations.recovery import regions
from awslint_memo.relations.transitions import Fault
from awslint_memo.syntax.embedded import each

_METHODS: Sequence[frozenset[str]] = fact(
    (
        frozenset(("GET", "HEAD")),
        frozenset(("GET", "HEAD", "OPTIONS")),
        frozenset(("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE")),
    ),
    page="cloudfront/latest/APIReference/API_AllowedMethods.html",
    read="2026-12-03",
)
"""The sets of methods, one of which a behavior allows; it caches the first or the second
(cloudfront/latest/APIReference/API_CachedMethods.html)."""

_MAY = {
    "AllowedMethods": ("allows", _METHODS, "set AllowedMethods to GET and HEAD, to these and OPTIONS, or to all seven"),
    "CachedMethods": ("caches", _METHODS[:2], "set CachedMethods to GET and HEAD, or to these and OPTIONS"),
}
"""By property of a behavior, what it says, the sets that it may be, and what to do."""

_URLS = fact(
    {
        "AWS::ApiGateway::Stage": ("invoke_url",),
        "AWS::ApiGatewayV2::Api": ("ApiEndpoint", "api_endpoint"),
        "AWS::ApiGatewayV2::Stage": ("invoke_url",),
        "AWS::Lambda::Url": ("FunctionUrl",),
        BUCKET: ("WebsiteURL",),
    },
    page="AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html",
    read="2026-12-03",
)
"""By type, the attributes that are a URL with its scheme; "The parameter origin name cannot contain a colon"
(https://github.com/aws/aws-cdk/issues/25110, read on 2026-12-03)."""

_KINDS = ("CustomOriginConfig", "S3OriginConfig", "VpcOriginConfig")
"""What an origin has one of. Terraform's provider sends S3OriginConfig where neither of the others is written."""

_NO_BUCKETS = (".s3-website", ".execute-api.", ".lambda-url.", ".elb.amazonaws.com")
"""What only domain names have that are not those of a bucket's objects."""

_OF_WEBSITE = "website_endpoint"
"""Terraform's attribute for the address of a website in a bucket, which is no bucket to CloudFront
(https://github.com/hashicorp/terraform-provider-aws/issues/33214, read on 2026-12-03)."""


def faults(distribution: Resource) -> Iterator[Fault]:
    """What in a distribution CloudFront surely refuses; each says why, behind the distribution's name."""
    yield from _methods(distribution)
    for origin in each(distribution, "DistributionConfig.Origins"):
        yield from _origin(distribution, origin)
    for page in each(distribution, "DistributionConfig.CustomErrorResponses"):
        yield from _page(page)
    yield from _aliases(distribution)
    yield from _logs(distribution)


def _methods(distribution: Resource) -> Iterator[Fault]:
    """Methods that are none of the sets, one of which a behavior has."""
    for behavior in behaviors(distribution):
        for name, (does, sets, do) in _MAY.items():
            methods = behavior.get(name)
            texts = [method.text for method in methods.items]
            known = [text for text in texts if text]
            if known and len(known) == len(texts) and {text.upper() for text in known} not in sets:
                yield Fault(methods, f"{does} {listed(known)}, which is no set of methods that a behavior may have", do)


def _origin(distribution: Resource, origin: Value) -> Iterator[Fault]:
    """An origin whose domain name is a URL, or does not go with its kind."""
    domain = origin.get("DomainName")
    kinds = [name for name in _KINDS if not origin.get(name).is_absent]
    attribute = _attribute(distribution, domain)
    texts = [piece.text or "" for piece in domain.pieces]
    # A placeholder that nothing fills in is another mistake, such as ${AWS::URLSuffix} in Fn::Join.
    if attribute or any(sign in text and "${" not in text for text in texts for sign in "/:"):
        what = f"the URL {domain.text}" if domain.text else "a URL"
        yield Fault(domain, f"has {what} as the DomainName of an origin", "take the domain name out of it")
    elif distribution.language != "terraform" and not kinds and origin.is_known and origin.fields:
        says = "has an origin without CustomOriginConfig, S3OriginConfig and VpcOriginConfig"
        do = 'add one; for a bucket with an origin access control S3OriginConfig: {OriginAccessIdentity: ""}'
        yield Fault(origin, says, do)
    elif _is_no_bucket(distribution, domain) and (
        kinds == ["S3OriginConfig"] or (distribution.language == "terraform" and not kinds)
    ):
        says = "has an origin without CustomOriginConfig, whose domain name is not that of a bucket"
        yield Fault(domain, says, "add CustomOriginConfig")


def _attribute(distribution: Resource, domain: Value) -> str:
    """The attribute of a resource that a domain name is, if that is a URL; else nothing."""
    link = domain.attribute if isinstance(domain, Unknown) else domain
    if not isinstance(link, Link):
        return ""
    resource = distribution.deployment.find(link, *_URLS)
    return link.attribute if resource is not None and link.attribute in _URLS[resource.type] else ""


def _is_no_bucket(distribution: Resource, domain: Value) -> bool:
    """Whether a domain name surely is not that of the objects of a bucket."""
    if isinstance(domain, Unknown) and domain.attribute is not None and domain.attribute.attribute == _OF_WEBSITE:
        return True
    if distribution.deployment.find(domain, BALANCER, CLASSIC) is not None:
        return True
    written, text = domain.pattern, domain.text
    is_other = written is not None and any(written.contains(part) for part in _NO_BUCKETS)
    return is_other or (text is not None and "." in text and ".s3" not in text)


def _page(page: Value) -> Iterator[Fault]:
    """A custom error response with one of its page and the status of that."""
    code, path = page.get("ResponseCode"), page.get("ResponsePagePath")
    has_code, has_path = code.number not in (None, 0), path.text not in (None, "")
    error = page.get("ErrorCode").text
    if has_code and (path.is_absent or path.text == ""):
        yield Fault(code, f"has ResponseCode {code.text} for the error {error} without a page", "add ResponsePagePath")
    if has_path and (code.is_absent or code.number == 0):
        yield Fault(path, f"has a page for the error {error} without ResponseCode", f"add it, such as {error}")


def _aliases(distribution: Resource) -> Iterator[Fault]:
    """Other domain names without a certificate for them, which CloudFront does not need in China alone."""
    aliases, certificate = (distribution.get(f"DistributionConfig.{name}") for name in ("Aliases", "ViewerCertificate"))
    own = [certificate.get(name) for name in ("AcmCertificateArn", "IamCertificateId")]
    is_default = certificate.is_absent or (certificate.is_known and all(one.is_absent for one in own))
    named = [one for one in aliases.items if any("." in (piece.text or "") for piece in one.pieces)]
    told = regions.told(distribution)
    if named and is_default and not ("" if told is None else told.text or "").startswith("cn-"):
        says = f"has {named[0].text or 'another domain name'} in Aliases and no certificate for it"
        yield Fault(named[0], says, "set AcmCertificateArn in ViewerCertificate to one of us-east-1")


def _logs(distribution: Resource) -> Iterator[Fault]:
    """The name of a bucket for logs, instead of its domain name: "The parameter Logging Bucket does not refer to a
    valid S3 bucket" (https://github.com/hashicorp/terraform/issues/24962, read on 2026-12-03)."""
    bucket = distribution.get("DistributionConfig.Logging.Bucket")
    known = distribution.deployment.find(bucket, BUCKET) if isinstance(bucket, Link) else None
    is_name = known is not None and isinstance(bucket, Link) and bucket.attribute in ("Arn", "Ref")
    if is_name or (bucket.text and ".s3" not in bucket.text):
        what = "name" if known is None or not isinstance(bucket, Link) or bucket.attribute == "Ref" else "ARN"
        says = f"has the {what} of a bucket in Logging, where its domain name belongs"
        yield Fault(bucket, says, "use its DomainName, as logs.s3.amazonaws.com")
