"""Conditions of policies that compare a value character by character in which an asterisk is meant as a wildcard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import service_of
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.iam.statements import statements
from awslint_memo.syntax.embedded import each

EXACT: Mapping[str, str] = fact(
    {
        "StringEquals": "StringLike",
        "StringEqualsIgnoreCase": "StringLike",
        "StringNotEquals": "StringNotLike",
        "StringNotEqualsIgnoreCase": "StringNotLike",
    },
    page="IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    read="2026-11-30",
)
"""Operators that compare all characters, and those that know wildcards in their place."""

_WORDS = {name.lower(): (name, like) for name, like in EXACT.items()}

_DOCUMENTS: Mapping[str, Sequence[str]] = {
    "AWS::ApiGateway::RestApi": ("Policy",),
    "AWS::IAM::ManagedPolicy": ("PolicyDocument",),
    "AWS::IAM::Policy": ("PolicyDocument",),
    "AWS::IAM::Role": ("AssumeRolePolicyDocument", "Policies.PolicyDocument"),
    "AWS::IAM::RolePolicy": ("PolicyDocument",),
    "AWS::KMS::Key": ("KeyPolicy",),
    "AWS::Logs::ResourcePolicy": ("PolicyDocument",),
    "AWS::S3::BucketPolicy": ("PolicyDocument",),
    "AWS::SNS::TopicInlinePolicy": ("PolicyDocument",),
    "AWS::SNS::TopicPolicy": ("PolicyDocument",),
    "AWS::SQS::QueueInlinePolicy": ("PolicyDocument",),
    "AWS::SQS::QueuePolicy": ("PolicyDocument",),
}
"""By type, where its policies stand. Terraform's queues, topics and buckets have one too."""

_KEYS = frozenset(
    (
        *("ec2:instancetype", "ec2:region", "iam:passedtoservice", "iam:policyarn", "kms:calleraccount"),
        *("kms:viaservice", "lambda:functionarn", "s3:prefix", "s3:x-amz-acl", "sts:externalid"),
    )
)
_OF_PROVIDERS = (":aud", ":sub")
_FREE = ("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/", "aws:tagkeys", "aws:useragent")
"""Keys of AWS's whose values may be any text, an asterisk included."""

_WITH_ASTERISKS = ("bcm-data-exports", "cur", "execute-api", "logs")
"""Services that themselves write asterisks into the ARNs that they give: of a log group, of a path with any end. So do
cost reports: the policy that the console gives their buckets compares the ARN of all definitions by StringEquals."""

_VARIABLE = regex(r"[$&]\{[^}]*\}")


@record(frozen=True, eq=False)
class Inexact:
    """A value with a wildcard in an exact comparison. name: of the operator; like: the one that knows wildcards.

    effect: what the statement surely does, Allow or Deny. is_alone: whether no other value stands beside it that may be
    met. is_negated: whether the operator asks for a difference, which is then always there. is_vacuous: whether the
    comparison is met where the request has no such key.
    """

    value: Value
    key: str
    name: str
    like: str
    effect: str
    is_alone: bool
    is_negated: bool
    is_vacuous: bool


def inexact(holder: Resource) -> Iterator[Inexact]:
    """The values in conditions of a resource's policies that surely have a wildcard, in exact comparisons; the first of
    each comparison."""
    for statement in _statements(holder):
        effect = statement.get("Effect").text
        if effect is not None:
            for test, keys in statement.get("Condition").fields.items():
                for key, value in keys.fields.items():
                    found = _inexact(effect, test, key, value)
                    yield from () if found is None else (found,)


def _statements(holder: Resource) -> Iterator[Value]:
    documents = [document for path in _DOCUMENTS.get(holder.type, ()) for document in each(holder, path)]
    if holder.type not in _DOCUMENTS:
        documents.append(holder.terraform.policy)
    for document in documents:
        yield from (one for one in statements(document) if one.is_known)


def _inexact(effect: str, test: str, key: str, value: Value) -> Inexact | None:
    set_, _, operator = test.lower().rpartition(":")
    plain = operator.removesuffix("ifexists")
    if plain not in _WORDS or not _is_closed(key.lower()):
        return None
    wild = [item for item in value.items if _has_wildcard(item)]
    if not wild:
        return None
    name, like = _WORDS[plain]
    return Inexact(
        wild[0],
        key,
        name,
        like,
        effect,
        is_alone=len(wild) == len(value.items),
        is_negated="not" in plain,
        is_vacuous=set_ == "forallvalues" or plain != operator,
    )


def _is_closed(key: str) -> bool:
    """Whether no value of a condition key, in small letters, has an asterisk."""
    return key in _KEYS or key.endswith(_OF_PROVIDERS) or (key.startswith("aws:") and not key.startswith(_FREE))


def _has_wildcard(value: Value) -> bool:
    """Whether a value surely has an asterisk that stands for no asterisk; `${*}` does, and is a variable."""
    if isinstance(value, Link) or service_of(value) in _WITH_ASTERISKS:
        return False
    return any("*" in _VARIABLE.sub("", piece.text or "") for piece in value.pieces)
