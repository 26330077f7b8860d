"""How a template is deployed in another Region: the commands, and what stands in their way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.model.secret import is_secret_name
from awslint_memo.model.span import Problem
from awslint_memo.relations.recovery import regions
from awslint_memo.relations.recovery.runbooks import needed_first, taken
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    plain,
    region_word,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import NAMED
from awslint_memo.syntax.embedded import own_file, parse_file
from awslint_memo.syntax.node import Node, descend, fields
from awslint_memo.syntax.node import text as text_in

LARGEST_BODY = Fact(51200, page="AWSCloudFormation/latest/UserGuide/cloudformation-limits.html", read="2026-11-30")
"""Bytes of a template that is passed to CloudFormation as it is; a larger one has to lie in a bucket."""

LOCAL = Fact(
    {
        "AWS::CloudFormation::Stack": ("TemplateURL",),
        "AWS::Lambda::Function": ("CodeUri", "Code"),
        "AWS::Lambda::LayerVersion": ("Content", "ContentUri"),
    },
    page="cli/latest/reference/cloudformation/package.html",
    read="2026-11-30",
)
"""Where a template may name a path on one's own machine, which has to be uploaded before it can be deployed."""

_RESOLVED = regex(r"\{\{resolve:(?:ssm|ssm-secure|secretsmanager):(arn(?::[^:}\s]+){6}|(?:\$\{[^}]*\}|[^:}\s])+)")
_PLACEHOLDER = regex(rb"%%[A-Z][A-Z0-9_]*%%")
"""What a program puts a value in the place of before a template is deployed."""

_BUCKET = "a bucket in the Region to recover in, for what is uploaded"


def template(resource: Resource) -> str:
    """The template that one deploys to make a resource: of one in a nested stack, that of the outermost stack."""
    outer, _, inner = resource.name.partition("/")
    stack = resource.deployment.own.get(outer) if inner else None
    return (resource if stack is None else stack).place.span.path


def deployed(resource: Resource, path: str, region: str | None) -> tuple[Command, ...]:
    """The commands that deploy the template of a resource; none where others than those of CloudFormation do."""
    if resource.language == "terraform" or not plain(path) or _assets(resource, path):
        return ()
    stem = path.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    name, bucket = (
        Unfilled(variable("new stack", stem), f"a name for the stack of {path}"),
        Unfilled("UPLOAD_BUCKET", _BUCKET),
    )
    where = region_word(region)
    macros = ("CAPABILITY_AUTO_EXPAND",) if b"Transform" in _text(resource, path) else ()
    given = list(_parameters(resource, path, region or "the Region to recover in"))
    overrides: tuple[Word, ...] = ("--parameter-overrides", *given) if given else ()
    end = ("--stack-name", name, "--capabilities", "CAPABILITY_NAMED_IAM", *macros, *overrides)
    if not _is_local(resource, path):
        uploaded = ("--s3-bucket", bucket) if _is_large(resource, path) else ()
        return (aws("cloudformation", "deploy", where, "--template-file", path, *uploaded, *end),)
    packed = "packaged.yaml"
    files = ("--template-file", path, "--s3-bucket", bucket, "--output-template-file", packed)
    return (
        aws("cloudformation", "package", where, *files),
        aws("cloudformation", "deploy", where, "--template-file", packed, "--s3-bucket", bucket, *end),
    )


_OF_A_REGION = regex(r"(?:^|,)\s*[a-z]+-[0-9a-f]{8,}\s*(?:$|,)")
"""Ids of what is in one Region, such as subnets and machine images."""


ONE_REGION = Fact(
    ("AWS::EC2::", "List<AWS::EC2::"),
    page="AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html",
    read="2026-12-02",
)
"""How the types of parameters begin whose values CloudFormation looks for in the Region of the stack."""

_NAMED_REGIONAL = regex(r".*A(?:rn|RN)s?|(?i:.*(?:vpc|subnets?|security_?groups?|ami|image)_?ids?)")
"""Names of parameters for what is in one Region, as most things with an ARN are."""

_NAMED_GLOBAL = regex(r"(?i).*(?:account|bucket|cloud_?front|edge|global|group|oidc|policy|principal|role|user|waf).*")
"""Names of parameters for what is in no Region, or in that of a global service."""


def _is_of_region(name: str, node: Node) -> bool:
    """Whether the value of a parameter is of the Region of the stack, so that the one at home is of no use there."""
    kind = text_in(fields(node).get("Type")) or ""
    if kind.startswith(ONE_REGION.value):
        return True
    is_id = name.lower().endswith(("id", "ids"))
    return _NAMED_REGIONAL.fullmatch(name) is not None and (is_id or _NAMED_GLOBAL.fullmatch(name) is None)


def _parameters(resource: Resource, path: str, there: str) -> Iterator[Word]:
    """The parameters without a default, those that the deployment at home gives and those whose default is of home,
    each with its value: that of home where it holds in another Region too, else one that somebody has to give."""
    home = regions.name(resource)
    names = taken.names(_of_template(resource, path))
    given = resource.deployment.given
    for name, node in fields(fields(_root(resource, path)).get("Parameters")).items():
        default = text_in(fields(node).get("Default"))
        # Its value may be a secret.
        is_secret = "NoEcho" in fields(node) or is_secret_name(name)
        text = None if is_secret else plain(given.get(name, default))
        is_of_home = text is not None and ((home or "\n") in text or text in names or bool(_OF_A_REGION.search(text)))
        if not plain(name) or ("Default" in fields(node) and name not in given and not is_of_home):
            continue
        of_there = f" in {there}" if _is_of_region(name, node) else ""
        what = f"value of the parameter {name}{of_there}{f', at home {text}' if text else ''}"
        filled = Unfilled(variable("parameter", name), what, before=f"{name}=")
        yield filled if is_of_home or text is None else f"{name}={text}"


def _root(resource: Resource, path: str) -> Node | None:
    """The template of a resource; None where nobody may read it."""
    source = own_file(resource, path)
    try:
        return None if source is None else parse_file(source)
    except Problem:
        return None


def cautions(resource: Resource, path: str, there: str) -> Iterator[str]:
    """What is to be known before the template or root of a resource is deployed in another Region."""
    if resource.language == "terraform":
        yield from _of_root(resource, there)
        return
    if _assets(resource, path):
        home = regions.name(resource) or "the Region that is lost"
        yield (
            f"The code is among the assets of the CDK, in a bucket of {home}: bootstrap {there} (cdk bootstrap), then"
            " synthesize and deploy the app for it (cdk deploy), which uploads the assets there."
        )
    filled = list(dict.fromkeys(match[0].decode() for match in _PLACEHOLDER.finditer(_text(resource, path))))
    if filled:
        yield (
            f"A build fills in {listed(filled, NAMED)}: build the template first, and deploy what that writes, or the"
            " deployment fails."
        )
    own = _of_template(resource, path)
    yield from needed_first.code(own, there)
    yield from needed_first.peers(own, regions.name(resource), there)
    yield from needed_first.macros(_root(resource, path), there)
    if imports(resource, path):
        yield "It imports what other stacks export: deploy those first, or the deployment fails."
    resolved = list(dict.fromkeys(_resolved(resource, path)))
    if resolved:
        yield (
            f"It resolves parameters and secrets when it is deployed ({listed(resolved, NAMED)}): deploy first what"
            " makes these, or the deployment fails."
        )
    if any(_is_uploaded(each) for each in _of_template(resource, path)):
        yield (
            "The templates of its nested stacks have to lie at their TemplateURL, in a bucket that is not lost: upload"
            " them first, or the deployment fails."
        )
    yield from taken.cautions(_of_template(resource, path), regions.name(resource))


def _of_root(resource: Resource, there: str) -> Iterator[str]:
    """What is to be known before a root is applied once more."""
    yield f"Apply its root with the provider's Region {there} and a state of its own: a plan of the old one fails."
    home, deployment = regions.name(resource), resource.deployment
    every = [*deployment.own.values(), *deployment.untranslated(deployment)]
    yield (
        f"A backend or terraform_remote_state whose bucket is in {home or 'the lost Region'} is lost with it: give both"
        " others first (terraform init -reconfigure), or init and plan fail."
    )
    yield from needed_first.zones(every, home, there)
    yield from needed_first.private_zones(every)
    yield from needed_first.peers(every, home, there)
    yield from taken.cautions(every, home)


def _resolved(resource: Resource, path: str) -> Iterator[str]:
    """The parameters and secrets that a template names by dynamic references, which comments do not."""
    root = _root(resource, path) if b"{{resolve:" in _text(resource, path) else None
    own = {f"${{{name}}}" for name in resource.deployment.own}
    for node in reversed([] if root is None else [*descend(root)]):
        # What the template makes itself need not be there before.
        named = (match[1] for match in _RESOLVED.finditer(text_in(node) or ""))
        yield from (name for name in named if name not in own)


def _of_template(resource: Resource, path: str) -> Sequence[Resource]:
    """The resources of a template and of the stacks nested in it."""
    return [each for each in resource.deployment.own.values() if template(each) == path]


def _assets(resource: Resource, path: str) -> bool:
    """Whether a template takes code from the bucket that the CDK has for assets in the Region."""
    paths = {"AWS::Lambda::Function": "Code.S3Bucket", "AWS::Lambda::LayerVersion": "Content.S3Bucket"}
    buckets = (each.get(paths[each.type]) for each in _of_template(resource, path) if each.type in paths)
    return any(map(needed_first.is_asset, buckets))


def _is_local(resource: Resource, path: str) -> bool:
    for each in _of_template(resource, path):
        texts = (each.get(name).text for name in LOCAL.value.get(each.type, ()))
        if any(text is not None and "://" not in text for text in texts):
            return True
    return False


def _is_uploaded(stack: Resource) -> bool:
    """Whether a nested stack's template is fetched from an address, known or not."""
    url = stack.get("TemplateURL") if stack.type == "AWS::CloudFormation::Stack" else None
    return url is not None and not url.is_absent and (url.text is None or "://" in url.text)


def imports(resource: Resource, path: str) -> bool:
    """Whether a template asks for what other stacks export, so that these have to be there before it."""
    return bool(path) and b"ImportValue" in _text(resource, path)


def _is_large(resource: Resource, path: str) -> bool:
    return len(_text(resource, path)) > LARGEST_BODY.value


def _text(resource: Resource, path: str) -> bytes:
    """A template as it is written; empty where nobody may read it."""
    source = own_file(resource, path)
    return b"" if source is None else source.data
