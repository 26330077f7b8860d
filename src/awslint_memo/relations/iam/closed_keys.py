"""Keys of KMS that a service has to use itself, as its own principal, and whose policies surely do not let it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import custom_resources, origins
from awslint_memo.relations.iam.resource_policies import KEY, admits
from awslint_memo.relations.iam.service_calls import key_of
from awslint_memo.relations.iam.statements import Request
from awslint_memo.syntax.embedded import each

_WITH_KEY = ("aws:kms", "aws:kms:dsse")
_ENCRYPTION = "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault"


@record(frozen=True)
class Use:
    """How a service uses the key of a resource. path: where it is named. outcome: what follows where it may not."""

    path: str
    service: str
    actions: Sequence[str]
    outcome: str


USES: Mapping[str, Fact[Use]] = {
    "AWS::Events::EventBus": Fact(
        Use("KmsKeyIdentifier", "events.amazonaws.com", ("kms:GenerateDataKey", "kms:Decrypt"), "it encrypts no event"),
        page="eventbridge/latest/userguide/eb-encryption-key-policy.html",
        read="2026-12-02",
    ),
    # "... is not allowed to be used with Arn": https://github.com/hashicorp/terraform-provider-aws/issues/8042 and
    # https://github.com/aws/aws-cdk/issues/28304
    "AWS::Logs::LogGroup": Fact(
        Use("KmsKeyId", "logs.amazonaws.com", ("kms:GenerateDataKey", "kms:Decrypt"), "the log group is refused"),
        page="AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
        read="2026-12-02",
    ),
}
"""By type, which service uses its key with a principal of its own."""

READS: Fact[str] = Fact(
    "kms:Decrypt",
    page="AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
    read="2026-12-02",
)
"""What CloudFront needs of the key of a bucket that it reads with an origin access control."""


@record(frozen=True, eq=False)
class User:
    """What a service does with a key. target: what is encrypted with it. value: where that, or its key, is named.
    source: for which resource the service asks; None where it tells none."""

    target: Resource
    value: Value
    service: str
    actions: Sequence[str]
    outcome: str
    source: Resource | None = None


def closed(key: Resource) -> list[list[User]]:
    """For each service that a key surely does not let use it, what it does with the key; none where somebody may grant
    it besides."""
    users = key.deployment.once(_users).get(key.name, ())
    by_service: dict[str, list[User]] = {}
    for user in users if users and not custom_resources.name(key) and not key.deployment.once(_has_grants) else ():
        request = Request(user.actions, key.deployment, key, user.service, user.source, account=False)
        if admits(key, request) is False:
            by_service.setdefault(user.service, []).append(user)
    return [*by_service.values()]


def _users(deployment: Deployment) -> dict[str, list[User]]:
    """By the name of a key, the services that use it."""
    found: dict[str, list[User]] = {}
    for target in deployment.of_type(*USES):
        use = USES[target.type].value
        key = key_of(target, use.path)
        if key is not None:
            user = User(target, target.get(use.path), use.service, use.actions, use.outcome)
            found.setdefault(key.name, []).append(user)
    for distribution in deployment.of_type("AWS::CloudFront::Distribution"):
        for bucket, value in origins.signed(distribution):
            named = [item for item in each(bucket, _ENCRYPTION) if item.get("SSEAlgorithm").is_one_of(*_WITH_KEY)]
            keys = [deployment.find(item.get("KMSMasterKeyID"), KEY) for item in named]
            if len(keys) == 1 and keys[0] is not None:
                outcome = "requests for its objects get the error 403"
                user = User(bucket, value, origins.CLOUDFRONT, (READS.value,), outcome, distribution)
                found.setdefault(keys[0].name, []).append(user)
    return found


def _has_grants(deployment: Deployment) -> bool:
    return any(one.type.startswith("aws_kms_grant") for one in deployment.untranslated(deployment))
