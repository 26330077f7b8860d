"""Whether policies allow a request: True surely, False surely not, None where the template does not tell.

A statement with an effect, actions, principals, resources and conditions is compared part by part; a denial wins over
what is allowed. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (read on
2026-11-29).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.iam.arns import is_arn, names
from awslint_memo.syntax.embedded import parse_embedded


@record(frozen=True, eq=False)
class Request:
    """What somebody wants to do.

    actions: in full, all of which are needed. resource: with which resource; None for one that is not of a template.
    service: the principal of the AWS service that asks ("events.amazonaws.com"); empty for a role, whose own policies
    name no principal. source: the resource for which the service asks, which it names as aws:SourceArn; None where that
    is not of here. everybody, account: what a statement for all, or for the whole account, means for the service.
    lacks: the condition keys, in small letters, that the request surely does not have. passed_to: to which service it
    passes the role that is its resource.
    """

    actions: Sequence[str]
    deployment: Deployment
    resource: Resource | None = None
    service: str = ""
    source: Resource | None = None
    everybody: bool | None = True
    account: bool | None = None
    lacks: frozenset[str] = frozenset()
    passed_to: str = ""


@record(frozen=True)
class Fit:
    """Which parts of a statement apply to a request."""

    action: bool | None
    principal: bool | None
    resource: bool | None
    condition: bool | None

    @property
    def whole(self) -> bool | None:
        """Whether the statement applies to the request."""
        return every((self.action, self.principal, self.resource, self.condition))


def every(answers: Iterable[bool | None]) -> bool | None:
    """True if all answers are, False if one surely is not, else None."""
    known = list(answers)
    return False if False in known else None if None in known else True


def some(answers: Iterable[bool | None]) -> bool | None:
    """True if one of the answers is, False if surely none is, else None."""
    known = set(answers)
    return True if True in known else None if None in known else False


def statements(document: Value) -> list[Value]:
    """The statements of a policy; a document that is not known is its only one, as not known."""
    opened = parse_embedded(document)
    return opened.get("Statement").items if opened.is_known else opened.items


_VERSIONS = fact(
    ("2008-10-17", "2012-10-17"),
    page="IAM/latest/UserGuide/reference_policies_elements_version.html",
    read="2026-12-02",
)
"""The versions of the policy language: IAM refuses a policy of another."""


def in_force(document: Value, *, is_of_role: bool = False) -> list[Value]:
    """The statements of a policy; none of one that surely is refused, so that what was there before stays: it has
    another Version than there are, or names nobody as a principal, or anybody in a policy of a role, or has the text of
    a list or mapping in place of that."""
    return [] if next(refused(document, is_of_role=is_of_role), None) is not None else statements(document)


def refused(document: Value, *, is_of_role: bool = False) -> Iterator[Value]:
    """What in a policy makes AWS surely refuse it, as `in_force` says."""
    opened = parse_embedded(document)
    version, written = opened.get("Version"), opened.get("Statement")
    yield from [version] if version.text is not None and version.text not in _VERSIONS else []
    yield from _encoded(written)
    for statement in (one for one in statements(document) if one.is_known):
        principal = statement.get("Principal")
        if is_of_role:
            yield from (one for one in (principal, statement.get("NotPrincipal")) if one.is_known)
        else:
            # An empty default is to get a value.
            named = (one for value in (principal, *principal.fields.values()) for one in value.items)
            yield from (one for one in named if one.text == "" and one.is_literal)


def _encoded(value: Value) -> Iterator[Value]:
    """What is the text of a list or mapping in a policy, of which AWS asks the list or mapping itself."""
    yield from [value] if value.is_encoded else []
    for inner in value.fields.values() or [item for item in value.items if item is not value]:
        yield from _encoded(inner)


def allowing(document: Value) -> Iterator[Value]:
    """The statements of a policy that surely allow something."""
    return (item for item in statements(document) if item.get("Effect").text == "Allow")


def fit(statement: Value, request: Request, action: str) -> Fit:
    """Which parts of a statement apply to one action of a request; none surely does where it is not known."""
    if not statement.is_known:
        return Fit(None, None, None, None)
    return Fit(
        action_fits(statement, action),
        principal_fits(statement, request),
        resource_fits(statement, request),
        condition_fits(statement, request),
    )


def resource_fits(statement: Value, request: Request) -> bool | None:
    """Whether a statement is about the resource of a request."""
    # A trust policy names no resource.
    without = True if request.resource is None else None
    return _sided(statement, "Resource", lambda values: some(_resource(value, request) for value in values), without)


def condition_fits(statement: Value, request: Request) -> bool | None:
    """Whether a request meets the conditions of a statement."""
    return _conditions(statement.get("Condition"), request)


def action_fits(statement: Value, action: str) -> bool | None:
    """Whether a statement speaks of an action, by Action or NotAction; None where that is not known."""
    if not statement.is_known:
        return None
    return _sided(statement, "Action", lambda values: some(_is_action(value, action) for value in values))


def is_anybody(principal: Value) -> bool:
    """Whether a Principal surely is everybody: "*", or {"AWS": "*"}."""
    return any(value.text == "*" for value in (principal, *principal.get("AWS").items) if not value.is_absent)


def _sided(
    statement: Value, name: str, fits: Callable[[list[Value]], bool | None], without: bool | None = None
) -> bool | None:
    """Whether Action, Resource, NotAction or NotResource fits. without: the answer if none is there."""
    excluded = statement.get(f"Not{name}")
    if not excluded.is_absent:
        answer = fits(excluded.items)
        return None if answer is None else not answer
    value = statement.get(name)
    return without if value.is_absent else fits(value.items)


def _is_action(value: Value, action: str) -> bool | None:
    if value.text is None or value.text == "*:*":
        return None  # Many write "*:*" for every action, and no page of AWS tells of it.
    # IAM takes no wildcard in the name of a service.
    service, colon, _ = value.text.partition(":")
    return not (colon and ("*" in service or "?" in service)) and matches(value.text.lower(), action.lower())


def principal_fits(statement: Value, request: Request) -> bool | None:
    """Whether a statement is about who makes a request."""
    excluded = statement.get("NotPrincipal")
    if not request.service or not excluded.is_absent:
        return _is_not_excluded(excluded, request) if request.service else True
    principal = statement.get("Principal")
    if principal.text is not None:
        return request.everybody if principal.text == "*" else None
    if not principal.fields:
        return None
    return some(_is_principal(kind, item, request) for kind, value in principal.fields.items() for item in value.items)


def _is_not_excluded(excluded: Value, request: Request) -> bool | None:
    """Whether NotPrincipal leaves a service in: accounts, roles and users that it names are no service."""
    if not excluded.fields:
        return False if excluded.text == "*" else None
    named = [(kind, item) for kind, value in excluded.fields.items() for item in value.items]
    found = some(item.text == "*" if kind == "AWS" else _is_principal(kind, item, request) for kind, item in named)
    return None if found is None else not found


def _is_principal(kind: str, value: Value, request: Request) -> bool | None:
    text = value.text
    if kind == "Service":
        # A service has other names in some Regions and partitions: sns.eu-south-1.amazonaws.com.
        other = text is not None and not text.startswith(request.service.partition(".")[0] + ".")
        return True if text == request.service else False if other else None
    if kind != "AWS":
        return False
    if text == "*":
        return request.everybody
    ends = value.pieces[-1].text or ""
    if ends.endswith(":root") or (text or "").isdigit() or _is_own_account(value):
        return request.account
    is_other = ends.endswith("amazonaws.com") or any(word in ends for word in (":role/", ":user/", ":assumed-role/"))
    is_of_here = isinstance(value, Link) and request.deployment.find(value) is not None
    return False if is_other or is_of_here else None


_CALLER = regex(r"data\.aws_caller_identity\.[\w\[\]]+\.(account_id|arn|id)")


def _is_own_account(value: Value) -> bool:
    """Whether a value is the account, or somebody of it: with Terraform, the account's number or who deploys."""
    pattern = value.pattern
    name = pattern.gap.name if pattern is not None and pattern.gap is not None else ""
    return name == "AWS::AccountId" or _CALLER.fullmatch(name or "") is not None


def _resource(value: Value, request: Request) -> bool | None:
    if value.text == "*":
        return True
    return None if request.resource is None else _is_named(value, request.resource, request)


def _is_named(value: Value, resource: Resource, request: Request) -> bool | None:
    """Whether a value is the ARN of a resource. IAM refuses a policy of a role without ARNs, which another rule tells;
    the policy of a queue or topic that has a URL or name there is about nothing."""
    answer = names(value, resource, request.deployment)
    return every((answer, is_arn(value, resource))) if answer and request.service else answer


_EQUALS = ("arnequals", "arnlike", "stringequals", "stringequalsignorecase", "stringlike")
_DIFFERS = ("arnnotequals", "arnnotlike", "stringnotequals", "stringnotequalsignorecase", "stringnotlike")

SOURCE_ARN = "aws:sourcearn"
_PASSED_TO = "iam:passedtoservice"
_SECURE = "aws:securetransport"
_OWN = ("aws:sourceaccount", "aws:sourceowner")


def _conditions(conditions: Value, request: Request) -> bool | None:
    if conditions.is_absent:
        return True
    return every(_tests(*test, request) for test in conditions.fields.items()) if conditions.is_known else None


def _tests(test: str, keys: Value, request: Request) -> bool | None:
    answers = (_condition(test.lower(), key.lower(), value, request) for key, value in keys.fields.items())
    return every(answers) if keys.is_known else None


def _condition(test: str, key: str, value: Value, request: Request) -> bool | None:
    plain = test.removesuffix("ifexists")
    if test == "null":
        return _lacks(key, value.flag, request)
    if key in request.lacks:
        known: Mapping[str, bool] = {**dict.fromkeys(_EQUALS, False), **dict.fromkeys(_DIFFERS, True)}
        return True if plain != test else known.get(plain)
    if key == _SECURE and plain == "bool" and request.service:
        # Services use TLS.
        return None if value.flag is None else value.flag
    if key.endswith("time"):
        from awslint_memo.relations.iam.moments import every_moment, is_of_time  # Few conditions ask the time.

        return every_moment(plain, value) if is_of_time(plain, key) else None
    if plain not in (*_EQUALS, *_DIFFERS) or not (request.service or (request.passed_to and key == _PASSED_TO)):
        return None
    answer = some(_is_of(test, key, item, request) for item in value.items)
    return answer if plain in _EQUALS or answer is None else not answer


def _lacks(key: str, is_null: bool | None, request: Request) -> bool | None:
    """What the test Null comes to, which asks whether a request lacks a key."""
    if is_null is None or key in request.lacks:
        return is_null
    return not is_null if key == SOURCE_ARN and request.service and request.source is not None else None


def _is_of(test: str, key: str, value: Value, request: Request) -> bool | None:
    """Whether a value is that of a condition key for a request of a service."""
    if value.text == "*":
        from awslint_memo.relations.iam.any_text import has_any

        return has_any(test, key, (SOURCE_ARN, *_OWN, _PASSED_TO) if request.passed_to else (SOURCE_ARN, *_OWN))
    if key == _PASSED_TO and request.passed_to:
        return None if value.text is None else matches(value.text, request.passed_to)
    if key == SOURCE_ARN and request.source is not None:
        return _is_named(value, request.source, request)
    if key in _OWN and value.text and not value.text.strip("0"):
        return False  # No account has this number; an empty one is a default that gets a value.
    return True if key in _OWN and _is_own_account(value) else None
