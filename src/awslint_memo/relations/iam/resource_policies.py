"""The policies of queues, topics, buckets and keys: whom they let do what, as one of all policies that name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.budget import spend
from awslint_memo.model.dependencies import note_unknown
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.arns import is_given, names
from awslint_memo.relations.iam.prepared import Prepared, allows, allows_prepared, prepared, weight_of
from awslint_memo.relations.iam.statements import SOURCE_ARN, Request, fit, in_force, statements
from awslint_memo.syntax.embedded import parse_embedded

QUEUE = "AWS::SQS::Queue"
TOPIC = "AWS::SNS::Topic"
KEY = "AWS::KMS::Key"
BUCKET = "AWS::S3::Bucket"

_POLICIES: Mapping[str, tuple[str, str]] = {
    "AWS::SQS::QueuePolicy": (QUEUE, "Queues"),
    "AWS::SQS::QueueInlinePolicy": (QUEUE, "Queue"),
    "AWS::SNS::TopicPolicy": (TOPIC, "Topics"),
    "AWS::SNS::TopicInlinePolicy": (TOPIC, "TopicArn"),
    "AWS::S3::BucketPolicy": (BUCKET, "Bucket"),
}
"""The types that give a queue, topic or bucket its policy, and where each names it."""

_SETTING: Mapping[str, Sequence[str]] = {
    QUEUE: ("sqs:addpermission", "sqs:setqueueattributes"),
    TOPIC: ("sns:addpermission", "sns:settopicattributes"),
}
"""What a program must be allowed that gives a queue or topic a policy while it runs."""


@record(frozen=True, eq=False)
class Policies:
    """The policies of a resource. holders: the resources in which they stand, which may be the resource itself.

    documents: one for each. is_whole: whether these surely are all that are written here.
    """

    holders: Sequence[Resource]
    documents: Sequence[_Document]
    is_whole: bool

    @property
    def statements(self) -> Sequence[Value]:
        """All statements of the policies."""
        if len(self.documents) == 1:
            return self.documents[0].statements
        return [statement for document in self.documents for statement in document.statements]

    @property
    def weight(self) -> int:
        """How many values of the statements are compared with a request."""
        return sum(document.weight for document in self.documents)


@record(eq=False)
class _Document:
    """A policy, which may be that of many resources, so that it is taken apart once."""

    written: Value

    @cached_property
    def statements(self) -> Sequence[Value]:
        """Its statements."""
        return in_force(self.written)

    @property
    def is_refused(self) -> bool:
        """Whether AWS surely takes no such policy."""
        return not self.statements and bool(statements(self.written))

    @cached_property
    def weight(self) -> int:
        """How many values of its statements are compared with a request."""
        return weight_of(self.statements)

    @cached_property
    def content(self) -> tuple[object, object] | None:
        """What tells it from another one; None where it is not known."""
        opened = parse_embedded(self.written)
        links = [(link.resource, link.attribute) for link in opened.mentions()]
        return (opened.plain, links) if opened.is_known else None


@record(frozen=True)
class _Held:
    """The policy that a resource holds for others."""

    holder: str

    def __call__(self, deployment: Deployment) -> _Document:
        return _Document(deployment.resources[self.holder].get("PolicyDocument"))


def policies(target: Resource) -> Policies:
    """The policies of a queue, topic, bucket or key. One that names what is not known makes that they are not known to
    be all; so do a stack or module elsewhere that may name the resource, or a program that may give it a policy, unless
    one stands here, which replaces others."""
    own = target.get("KeyPolicy") if target.type == KEY else target.terraform.policy
    holders, documents = ([], []) if own.is_absent else ([target], [_Document(own)])
    named = target.deployment.once(_named)
    for holder in named.by_target.get(target.name, ()):
        holders.append(holder)
        documents.append(target.deployment.once(_Held(holder.name)))
    unclear = named.unclear.get(target.type, ())
    for value in unclear:
        note_unknown(value)
    # A policy names its queue by the URL, which the ARN alone does not give.
    without = "Arn" if target.type == QUEUE else None
    is_told = target.is_open or (
        not holders and target.type in _SETTING and (target.is_exposed(without=without) or _is_set_by_program(target))
    )
    return Policies(holders, documents, not (unclear or is_told or target.name in named.doubtful))


def _is_set_by_program(target: Resource) -> bool:
    """Whether a policy of this deployment allows somebody to give a queue or topic a policy, or one of a nested stack
    that was not read may: it is given the written name, a part of it, or what is not known."""
    name = target.get("QueueName" if target.type == QUEUE else "TopicName").text
    inputs = () if name is None else target.deployment.once(_inputs_of_unread_stacks)
    if name is not None and any(value.is_unknown or (value.text or "\0") in name for value in inputs):
        return True
    named = target.deployment.once(_settable)[target.type]
    return any(names(value, target, target.deployment) is not False for value in named)


def _inputs_of_unread_stacks(deployment: Deployment) -> Sequence[Value]:
    """What nested stacks are given whose templates were not read: nothing of them is here."""
    read = {name.rpartition("/")[0] for name in deployment.resources}
    given = [
        nested.get("Parameters")
        for nested in deployment.of_type("AWS::CloudFormation::Stack")
        if nested.name not in read
    ]
    return [value for inputs in given for value in ((inputs,) if inputs.is_unknown else inputs.fields.values())]


def _settable(deployment: Deployment) -> Mapping[str, Sequence[Value]]:
    """What statements name as the queues and topics to which somebody may give policies, by their type."""
    settable: dict[str, list[Value]] = {type_: [] for type_ in _SETTING}
    for _, statement in roles.given(deployment):
        if statement.get("Effect").text == "Allow":
            actions = [(action.text or "").lower() for action in statement.get("Action").items]
            for type_, setting in _SETTING.items():
                if any(_is_any_of(setting, action) for action in actions):
                    settable[type_] += statement.get("Resource").items
    return settable


def _is_any_of(setting: Sequence[str], action: str) -> bool:
    """Whether an action of a statement is that of setting; who may do everything may only send or receive."""
    is_all = action in ("", "*", "*:*", "sqs:*", "sns:*")
    return not is_all and any(matches(action, name) for name in setting)


def admits(target: Resource, request: Request) -> bool | None:
    """Whether the policies of a queue, topic or key surely let a request be done (True) or surely not (False); None
    where that is not known. A resource without a policy lets no service do anything."""
    which = _Prepared(
        target.name, tuple(request.actions), request.service, request.everybody, request.account, request.lacks
    )
    answer = allows_prepared(target.deployment.once(which), request)
    return target.told("its policies", None if answer is False and not policies(target).is_whole else answer)


@record(frozen=True)
class _Prepared:
    """What the policies of a resource say to a service, for all sources. The members are those of a `Request`."""

    target: str
    actions: tuple[str, ...]
    service: str
    everybody: bool | None
    account: bool | None
    lacks: frozenset[str]

    def __call__(self, deployment: Deployment) -> Sequence[Prepared] | None:
        target = deployment.resource(self.target)
        request = Request(
            self.actions,
            deployment,
            target,
            self.service,
            everybody=self.everybody,
            account=self.account,
            lacks=self.lacks,
        )
        known = None if target is None else policies(target)
        return (
            prepared([], request) if known is None else prepared(known.statements, request, "condition", known.weight)
        )


def may_write_logs(deployment: Deployment, service: str) -> bool | None:
    """Whether the resource policies of CloudWatch Logs in a deployment surely let a service write log events (True) or
    surely not (False); None where that is not known. The account may have others."""
    holders = deployment.of_type("AWS::Logs::ResourcePolicy")
    written = [statement for holder in holders for statement in in_force(holder.get("PolicyDocument"))]
    return allows(written, Request(("logs:PutLogEvents",), deployment, service=service))


@record(frozen=True)
class Obstacle:
    """Why policies surely do not admit a request: the statement that is nearest to it, and the part that does not fit.

    part: "principal", "resource", "condition"; "service" where it is for the source, and for another service; "denied"
    where a statement forbids it; "refused" where AWS takes no such policy; empty where none is near.
    """

    statement: Value | None = None
    part: str = ""


def obstacle(target: Resource, request: Request) -> Obstacle:
    """What stands in the way of a request that the policies of a resource surely do not admit."""
    known = policies(target)
    nearest = Obstacle(part="refused") if any(one.is_refused for one in known.documents) else Obstacle()
    if not spend("comparisons", known.weight * len(request.actions)):
        return nearest
    for statement in known.statements:
        for action in request.actions:
            fitting = fit(statement, request, action)
            effect = statement.get("Effect").text
            if effect == "Deny" and fitting.whole is True:
                return Obstacle(statement, "denied")
            if effect != "Allow" or fitting.action is False:
                continue
            parts = {"principal": fitting.principal, "resource": fitting.resource, "condition": fitting.condition}
            wrong = [part for part, fits in parts.items() if fits is False]
            if wrong == ["principal"] and not _names_as_account(statement, request):
                # With the source in a condition, a statement is meant for what asks, and for no other.
                if source_arns(statement) and fitting.condition:
                    nearest = Obstacle(statement, "service")
            elif len(wrong) == 1:
                nearest = Obstacle(statement, wrong[0])
    return nearest


def source_arns(statement: Value) -> list[Value]:
    """What a statement asks of the source of a request."""
    tests = (keys.fields for test, keys in statement.get("Condition").fields.items() if test.lower() != "null")
    return [value for keys in tests for key, value in keys.items() if key.lower() == SOURCE_ARN]


def _names_as_account(statement: Value, request: Request) -> bool:
    """Whether a statement names the service as if it were an account: {"AWS": "sns.amazonaws.com"}."""
    return any(value.text == request.service for value in statement.get("Principal.AWS").items)


def overwritten(target: Resource) -> Sequence[Resource]:
    """The policies of a queue or topic, if there surely are several that differ, of which each replaces the others."""
    known = policies(target)
    # A resource of which the number is not known stands for several, each with a policy.
    if len(known.documents) <= 1 or target.copies.number != 1:
        return ()
    if not spend("comparisons", known.weight):
        return ()
    first, *others = [document.content for document in known.documents]
    differ = first is not None and None not in others and any(other != first for other in others)
    return known.holders if differ else ()


@record(frozen=True, eq=False)
class _Named:
    """The resources that give policies, by the name of the queue or topic; what may name one, by its type; and the
    names of those to which one is doubtfully given."""

    by_target: Mapping[str, Sequence[Resource]]
    unclear: Mapping[str, Sequence[Value]]
    doubtful: frozenset[str]


def _named(deployment: Deployment) -> _Named:
    by_target: dict[str, dict[str, Resource]] = {}
    unclear: dict[str, list[Value]] = {}
    doubtful: set[str] = set()
    for holder in deployment.of_type(*_POLICIES):
        type_, path = _POLICIES[holder.type]
        for value in holder.get(path).items:
            target = deployment.find(value, type_)
            given = target is not None and is_given(holder, value, target)
            if target is not None and given is None:
                doubtful.add(target.name)
            elif target is not None and given:
                by_target.setdefault(target.name, {})[holder.name] = holder
            elif target is None and value.is_unknown:
                unclear.setdefault(type_, []).append(value)
    return _Named({name: [*holders.values()] for name, holders in by_target.items()}, unclear, frozenset(doubtful))
