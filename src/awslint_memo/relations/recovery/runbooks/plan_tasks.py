"""Tasks that execute the plans of a Region switch, and what these do by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.relations import region_switch
from awslint_memo.relations.recovery import entries, service_types, timeline_facts
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import because
from awslint_memo.relations.recovery.runbooks.commands import Command, Unfilled, Word, aws, plain, region_word, unknown
from awslint_memo.relations.recovery.runbooks.tasks import Question, Task
from awslint_memo.relations.recovery.switch_timelines import CHILD
from awslint_memo.relations.recovery.timelines import Step, Timeline


def plans(sides: Sides) -> Iterator[Task | Question]:
    """The plans of a Region switch, which do by themselves what they have steps for."""
    every = sides.family.members(service_types.SWITCH)
    executed, may_be_any = _executed_by_others([member.resource for member in every])
    for member in every:
        plan = member.resource
        regions = [item.text for item in plan.get("Regions").items]
        if sides.region is not None and regions and None not in regions and sides.region not in regions:
            continue
        if id(plan) in executed:
            continue
        is_active = plan.get("RecoveryApproach").text == "activeActive"
        target = sides.primary if is_active else sides.region
        action = "deactivate" if is_active else "activate"
        known = [timeline for timeline in entries.of_holder(plan) if timeline.leads_to in (sides.region, None)]
        task = _executed(plan, action, target, sides.region, known[0] if known else None)
        others = [other.title for other in may_be_any if other is not plan]
        if others and plan not in may_be_any:
            note = f"{listed(others)} executes another plan: if that is this one, do not execute it by hand too."
            task = replace(task, notes=[note, *task.notes])
        yield task if member.sure else Question(f"whether the plan {plan.title} is there", plan, then=task)


def _executed_by_others(plans: Sequence[Resource]) -> tuple[set[int], list[Resource]]:
    """The ids of the plans that others surely execute as a step, and the plans that execute one which is not told."""
    executed: set[int] = set()
    may_be_any: list[Resource] = []
    for plan in plans:
        blocks = [step.get(f"ExecutionBlockConfiguration.{CHILD}") for step in region_switch.steps(plan)]
        children = [(block, plan.deployment.find(block.get("Arn"), service_types.SWITCH)) for block in blocks]
        executed |= {id(child) for _, child in children if child is not None and child is not plan}
        if any(child is None and not block.is_absent for block, child in children):
            may_be_any.append(plan)
    return executed, may_be_any


def _executed(plan: Resource, action: str, target: str | None, region: str | None, timeline: Timeline | None) -> Task:
    """The execution of a plan, with what it does."""
    arn = unknown(plan, region, "identifier")
    call = aws(
        *("arc-region-switch", "start-plan-execution", region_word(region), "--plan-arn", arn),
        *("--target-region", region_word(target), "--action", action, "--mode", "ungraceful"),
    )
    named = f"{plan.title} ({action} {target or 'the Region'})"
    steps = [] if timeline is None else timeline.steps
    is_started = bool(steps) and not steps[0].by_person
    start = (
        f"Wait until the trigger starts the Region switch plan {named}" if is_started else f"Execute the plan {named}"
    )
    notes = [
        "Ungraceful is for a Region that does not answer: databases fail over rather than being switched over, and lose"
        " what was not replicated; steps may be skipped."
    ]
    notes += [f"{'Then' if inner.kind == 'caching' else 'It does:'} {_bounded(inner)}." for inner in steps[1:]]
    step = Step(
        "switch",
        f"{start}, and then do what it does not",
        least=0 if timeline is None else timeline.least,
        most=None if timeline is None else timeline.most,
        by_person=not is_started,
        page=timeline_facts.PLAN_EXECUTION.page,
        because=because(plan, "RecoveryApproach", plan.get("RecoveryApproach")),
        untold=["what its steps are"] if timeline is None else timeline.untold,
    )
    approvals = [] if timeline is None else list(_approved(timeline, arn, region))
    return Task("decide", step, plan, region, "", (call, *approvals), notes)


def _approved(timeline: Timeline, arn: Word, region: str | None) -> Iterator[Command]:
    """What approves the steps that wait for a person."""
    for step in timeline.each():
        if step.kind == "decision" and step.most is not None:
            name = plain(step.what.partition(":")[0]) or Unfilled("STEP", "name of the step that waits")
            yield aws(
                *("arc-region-switch", "approve-plan-execution-step", region_word(region), "--plan-arn", arn),
                *("--execution-id", Unfilled("EXECUTION_ID", "id that start-plan-execution printed", is_late=True)),
                *("--step-name", name, "--approval", "approve"),
            )


def _bounded(step: Step) -> str:
    inner = f" ({listed([_bounded(each) for each in step.together])})" if step.together else ""
    return f"{step.what}{f', for up to {compact(step.most)}' if step.most is not None else ''}{inner}"


def done_by_plans(sides: Sides) -> dict[str, str]:
    """By the names of resources that steps of a plan name, and by the types of those that they may name, the plan."""
    done: dict[str, str] = {}
    for member in sides.family.members(service_types.SWITCH):
        for step in region_switch.steps(member.resource):
            block = step.get("ExecutionBlockConfiguration")
            named = [link.resource for link in step.mentions()]
            kinds = [type_ for word, type_ in _ACTED_ON.items() if not block.get(word).is_absent]
            done |= dict.fromkeys((*named, *kinds), member.resource.title)
    return done


_ACTED_ON: Mapping[str, str] = {
    "DocumentDbConfig": "AWS::DocDB::DBCluster",
    "Ec2AsgCapacityIncreaseConfig": "AWS::AutoScaling::AutoScalingGroup",
    "EcsCapacityIncreaseConfig": service_types.SERVICE,
    "GlobalAuroraConfig": "AWS::RDS::DBCluster",
    "NeptuneGlobalDatabaseConfig": "AWS::Neptune::DBCluster",
    "RdsPromoteReadReplicaConfig": "AWS::RDS::DBInstance",
}
"""What the steps of a plan act on, by their blocks."""
