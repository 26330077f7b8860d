"""AWS Step Functions: what the role of a machine must be allowed beside what its tasks call by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.definitions import State, states, waiting_for_token
from awslint_memo.relations.iam import denials, passed_roles, roles
from awslint_memo.relations.iam.resource_policies import BUCKET
from awslint_memo.relations.iam.statements import action_fits
from awslint_memo.relations.statemachines import DEFAULT_LEVEL

DELIVERS = fact("logs:CreateLogDelivery", page="https://github.com/aws/aws-cdk/issues/26432", read="2026-11-30")
"""What it takes to log: a machine with another level than OFF is refused without it."""

STARTS = fact("states:StartExecution", page="step-functions/latest/dg/iam-policies-eg-dist-map.html", read="2026-11-30")
"""What a distributed map does with its own machine."""

_STORED: Mapping[str, tuple[str, str]] = fact(
    {
        "s3:getObject": ("s3:GetObject", "reads its items from S3"),
        "s3:listObjectsV2": ("s3:ListBucket", "reads its items from S3"),
        "s3:putObject": ("s3:PutObject", "writes its results to S3"),
    },
    page="step-functions/latest/dg/iam-policies-eg-dist-map.html",
    read="2026-12-01",
)
"""How a distributed map reads its items, or writes its results: what it takes, and how a message says it."""

_RULES = ("events:PutRule", "events:PutTargets", "events:DescribeRule")


def _waits(page: str) -> Fact[Sequence[str]]:
    return Fact(_RULES, page=f"step-functions/latest/dg/{page}.html", read="2026-11-30")


WAITS: Mapping[str, Fact[Sequence[str]]] = {
    "batch:submitJob": _waits("batch-iam"),
    "codebuild:startBuild": _waits("codebuild-iam"),
    "ecs:runTask": _waits("ecs-iam"),
    "mediaconvert:createJob": _waits("mediaconvert-iam"),
    "states:startExecution": _waits("stepfunctions-iam"),
}
"""The integrations of which Step Functions learns by a rule of EventBridge that they have ended, where a task waits for
that (.sync), and what it takes to make that rule."""


@record(frozen=True, eq=False)
class Missing:
    """Something that a machine does by itself and its role surely may not. value: what makes it do so.

    does, so: what that is, and what follows, for a message. is_sure: whether it surely needs it.
    """

    role: Resource
    action: str
    value: Value
    does: str
    so: str
    is_sure: bool = True


def missing(machine: Resource) -> Iterator[Missing]:
    """What the role of a machine surely lacks for its log, to wait for what its tasks start, for its distributed maps,
    and to start tasks of ECS; one of each kind. None where the role is not of here."""
    role = machine.follow("RoleArn", roles.ROLE)
    if role is None or role.is_exposed():
        return
    level = machine.get("LoggingConfiguration.Level", default=DEFAULT_LEVEL)
    if level.text not in (None, DEFAULT_LEVEL) and roles.may(role, DELIVERS) is False:
        yield Missing(role, DELIVERS, level, f"logs ({level.text})", "it is refused")
    every = states(machine)
    for found in (_wait(role, every), _distributed(role, every), _stored(role, every), _run(role, every)):
        yield from () if found is None else (found,)


ANSWERS = fact(
    ("states:SendTaskSuccess", "states:SendTaskFailure"),
    page="step-functions/latest/dg/connect-to-resource.html",
    read="2026-12-01",
)
"""What a program does with the token of a task that waits for it."""


def unanswerable(machine: Resource) -> list[State]:
    """The tasks of a machine that wait for their token, to which surely no role of here may send it back, though one
    of them may do so for other machines."""
    waiting = [] if machine.is_exposed() else waiting_for_token(machine)
    every = machine.deployment.of_type(roles.ROLE) if waiting else ()
    if not any(map(_answers, every)):
        return []
    may = any(roles.may(role, action, resource=machine) is not False for role in every for action in ANSWERS)
    return [] if may else waiting


def _answers(role: Resource) -> bool:
    """Whether a role surely may send tokens back, for some machine."""
    statements = (one for one in roles.policies(role).statements if one.get("Effect").text == "Allow")
    return any(action_fits(one, ANSWERS[0]) is True for one in statements)


def _called(state: State) -> tuple[str, str]:
    """The integration of a task, as "ecs:runTask", and what stands behind it, as "sync:2"."""
    text = state.resource.text or "" if state.type == "Task" else ""
    called, _, pattern = text.partition(":states:::")[2].partition(".")
    return called, pattern


def _wait(role: Resource, every: Sequence[State]) -> Missing | None:
    for state in every:
        called, pattern = _called(state)
        if called in WAITS and pattern.partition(":")[0] == "sync":
            action = next((one for one in WAITS[called].value if roles.may(role, one) is False), None)
            if action is not None:
                does = f"waits for what the task {state.name} starts"
                return Missing(role, action, state.content.get("Resource"), does, "it is refused")
    return None


def _distributed(role: Resource, every: Sequence[State]) -> Missing | None:
    for state in every:
        modes = (state.content.get(f"{part}.ProcessorConfig.Mode") for part in ("ItemProcessor", "Iterator"))
        mode = next((one for one in modes if one.text == "DISTRIBUTED"), None)
        if mode is not None and roles.may(role, STARTS, resource=state.machine) is False:
            return Missing(role, STARTS, mode, f"starts itself for the map {state.name}", "each execution fails there")
    return None


def _stored(role: Resource, every: Sequence[State]) -> Missing | None:
    for state in every:
        for used in (state.content.get("ItemReader"), state.content.get("ResultWriter")):
            called = used.get("Resource")
            action, does = _STORED.get((called.text or "").partition(":states:::")[2], ("", ""))
            named = [used.get(f"{part}.Bucket") for part in ("Parameters", "Arguments")]
            buckets = [role.deployment.find(value, BUCKET) for value in named if not value.is_absent]
            bucket = next(iter(buckets), None)
            if not action:
                continue
            if roles.may(role, action) is False if bucket is None else denials.refuses(role, action, bucket):
                return Missing(role, action, called, f"{does} for the map {state.name}", "each execution fails there")
    return None


def _run(role: Resource, every: Sequence[State]) -> Missing | None:
    for state in every:
        if _called(state)[0] == "ecs:runTask":
            named = state.argument("TaskDefinition")
            found = passed_roles.unstarted_by(role, named, state.argument("LaunchType"))
            if found is not None:
                does, of = f"starts tasks in the state {state.name}", "" if found.passed is None else found.passed.title
                does += f", whose role {of} it passes" if of else ""
                return Missing(role, found.action, named, does, "each execution fails there", found.is_sure)
    return None
