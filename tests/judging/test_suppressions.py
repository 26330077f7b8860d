"""Which findings suppressions cover, and the findings about suppressions without effect."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from tests import command
from tests.cases import each_case

from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_deployments
from awslint_memo.judging.rule import Rule, rule
from awslint_memo.judging.suppression import Configured, Directive, MalformedError, addressed, parse
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.judging.suppressions import Suppressions
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.recognition import template
from awslint_memo.readers.template import Deployments, Inputs, Snapshot, Template
from awslint_memo.syntax.outline import NOTHING, Part

pytestmark = pytest.mark.usefixtures("polled_queues")

TODAY = date(2026, 6, 15)


@rule("sqs-wait", level="warning", resource="AWS::SQS::Queue", memo="-", aws="-", aliases=("sqs-old-wait",))
def wait(queue: Resource):  # type: ignore[no-untyped-def]
    value = queue.get("ReceiveMessageWaitTimeSeconds", default=0)
    if value.number == 0:
        yield queue.finding(value, "does not wait")


@rule("sqs-visible", level="error", resource="AWS::SQS::Queue", memo="-", aws="-")
def visible(queue: Resource):  # type: ignore[no-untyped-def]
    value = queue.get("VisibilityTimeout")
    if not value.is_absent:
        yield queue.finding(value, "is seen")


RULES: Mapping[str, Rule] = {one.id: one for one in (wait, visible)}
KNOWN = {**RULES, **ENGINE_RULES}
JUDGEMENT = CheckOptions(list(KNOWN.values()))


def suppressions(configured: Sequence[Configured] = (), check_options: CheckOptions = JUDGEMENT) -> Suppressions:
    return Suppressions(check_options, KNOWN, TODAY, configured)


def apply(
    text: str, run: Suppressions | None = None, path: str = "a.yaml", check_options: CheckOptions = JUDGEMENT
) -> tuple[list[Finding], int]:
    made = template(Source(path, text.encode()))
    assert made is not None
    deployments = made.deployments(check_options.parameters)
    run = run or suppressions(check_options=check_options)
    before = len(run.hidden)
    kept = run.apply(made, deployments, check_deployments(deployments, check_options))
    return sorted(kept, key=lambda one: one.order), len(run.hidden) - before


def said(text: str, run: Suppressions | None = None, path: str = "a.yaml") -> list[str]:
    kept, hidden = apply(text, run, path)
    return [f"{one.span.line} {one.rule} {one.resource}".rstrip() for one in kept] + [f"{hidden} hidden"]


def about(text: str, **more: Any) -> list[Finding]:
    """The findings about the suppressions in a text, none of which has an effect."""
    kept, hidden = apply(text, **more)
    assert hidden == 0
    return [one for one in kept if one.rule in ENGINE_RULES]


def queue(
    name_comment: str = "", before: str = "", line_comment: str = "", line_before: str = "", more: str = ""
) -> str:
    lines = [
        "Resources:",
        before and f"  {before}",
        f"  Orders:  {name_comment}",
        "    Type: AWS::SQS::Queue",
        more,
        "    Properties:",
        line_before and f"      {line_before}",
        f"      VisibilityTimeout: 1  {line_comment}",
        "  Other:",
        "    Type: AWS::SQS::Queue",
        "    Properties: {ReceiveMessageWaitTimeSeconds: 20}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


NOTE = "# awslint-memo: ignore[sqs-*] slow consumer, see the runbook"


def test_without_suppressions_everything_is_kept() -> None:
    assert said(queue()) == [
        "2 sqs-wait Orders",
        "5 sqs-visible Orders",
        "0 hidden",
    ]


def test_a_comment_at_the_logical_id_covers_the_resource() -> None:
    assert said(queue(NOTE)) == ["2 hidden"]
    assert said(queue(before=NOTE)) == ["2 hidden"]
    assert said(queue(before=f"# why we do this\n  {NOTE}\n  # and more")) == ["2 hidden"]


def test_a_comment_in_the_body_counts_for_the_resource() -> None:
    for text in (queue(line_comment=NOTE), queue(line_before=NOTE), queue(more=f"    {NOTE}")):
        assert said(text) == ["2 hidden"]


def test_a_comment_above_a_blank_line_between_resources_covers_nothing_and_that_is_said() -> None:
    assert said(queue(before=f"{NOTE}\n"))[-1] == "0 hidden"
    assert "2 suppression-unused" in said(queue(before=f"{NOTE}\n"))


def test_another_resource_is_not_covered() -> None:
    text = "Resources:\n  A: {Type: 'AWS::SQS::Queue'} " + NOTE + "\n  B: {Type: 'AWS::SQS::Queue'}\n"
    assert said(text) == ["3 sqs-wait B", "1 hidden"]


def test_what_looks_like_a_comment_in_a_text_is_none() -> None:
    text = queue(more=f"    Description: |\n      {NOTE}\n    Metadata: {{a: 'b {NOTE}'}}")
    assert said(text)[-1] == "0 hidden"
    assert not any("suppression" in line for line in said(text))


def test_a_comment_may_follow_another_tools() -> None:
    assert said(queue(f"# checkov:skip=CKV_AWS_27 reason {NOTE}")) == ["2 hidden"]


def test_a_comment_that_forgot_the_colon_counts() -> None:
    assert said(queue(NOTE.replace("memo:", "memo"))) == ["2 hidden"]


def test_an_old_id_and_several_ids() -> None:
    assert said(queue("# awslint-memo: ignore[sqs-old-wait, sqs-visible] slow consumer")) == ["2 hidden"]


def test_a_part_that_does_nothing_is_named() -> None:
    text = queue(line_comment="# awslint-memo: ignore[sqs-visible, sqs-wait] slow consumer").replace(
        "      VisibilityTimeout", "      ReceiveMessageWaitTimeSeconds: 20\n      VisibilityTimeout"
    )
    assert said(text) == ["6 suppression-unused Orders", "1 hidden"]
    unused = apply(text)[0][0]
    assert "sqs-wait" in unused.message
    assert "sqs-visible" not in unused.message


@each_case(
    ("comment", "rule_id", "named"),
    [
        ("ignore[sqs-*]", "without-reason", "sqs-*"),
        ("ignore[sqs-*] --", "without-reason", "sqs-*"),
        ("ignore[sqs-*] wait until 2026-06-14", "expired", "sqs-* expired after 2026-06-14"),
        ("ignore[] x", "malformed", "names no rule"),
        ("ignore sqs-wait", "malformed", "not understood"),
        ("ignore[sqs-* x", "malformed", "not understood"),
        ("ignroe[sqs-*] x", "malformed", "not understood"),
        ("ignore[sqs-*] x until 2026-13-01", "malformed", "the invalid date 2026-13-01"),
        ("ignore[sqs-*] x until 31.12.2026", "malformed", "the invalid date 31.12.2026"),
        ("ignore[sqs-*] x until 2026", "malformed", "the invalid date 2026;"),
        ("ignore[sqs-wiat] x", "unknown-rule", "sqs-wait?"),
        ("ignore[ecs-*] x", "unknown-rule", "ecs-*"),
    ],
)
def test_what_does_nothing_is_said(comment: str, rule_id: str, named: str) -> None:
    (one,) = about(queue(f"# awslint-memo: {comment}"))
    assert (one.rule, one.level, one.resource) == (f"suppression-{rule_id}", "warning", "Orders")
    assert named in one.message
    assert (one.span.line, one.span.column) == (2, 14)


def test_it_holds_on_its_last_day() -> None:
    assert said(queue("# awslint-memo: ignore[sqs-*] until 2026-06-15: new consumer")) == ["2 hidden"]


def test_rules_that_the_run_did_not_apply_are_not_judged_unused() -> None:
    text = queue("# awslint-memo: ignore[sqs-wait] x", line_comment="# awslint-memo: ignore[sqs-*] y")
    some = replace(JUDGEMENT, rules=[RULES["sqs-visible"], *ENGINE_RULES.values()])
    kept, hidden = apply(text, check_options=some)
    assert (kept, hidden) == ([], 1)
    quiet = queue("# awslint-memo: ignore[sqs-*] x").replace("VisibilityTimeout", "DelaySeconds")
    assert apply(quiet, check_options=some) == ([], 0)


def test_an_engine_rule_that_is_off_says_nothing_and_a_level_can_be_set() -> None:
    text = queue("# awslint-memo: ignore[sqs-*]")
    off = replace(JUDGEMENT, rules=list(RULES.values()))
    assert {one.rule for one in apply(text, check_options=off)[0]} == {"sqs-wait", "sqs-visible"}
    louder = replace(JUDGEMENT, levels={"suppression-without-reason": "error"})
    levels = {one.rule: one.level for one in apply(text, check_options=louder)[0]}
    assert levels["suppression-without-reason"] == "error"


def test_a_named_deployment_does_not_make_a_suppression_unused() -> None:
    text = (
        "Parameters: {Env: {Type: String}}\nConditions: {Prod: !Equals [!Ref Env, prod]}\nResources:\n"
        "  A:  # awslint-memo: ignore[sqs-wait] x\n    Type: AWS::SQS::Queue\n"
        "    Properties: {ReceiveMessageWaitTimeSeconds: !If [Prod, 20, 0]}\n"
    )
    assert said(text) == ["1 hidden"]
    prod = replace(JUDGEMENT, parameters={"Env": "prod"})
    assert apply(text, check_options=prod) == ([], 0)


def resource(metadata: object) -> str:
    orders = {"Type": "AWS::SQS::Queue", "Metadata": {"awslint-memo": metadata}}
    return json.dumps({"Resources": {"Orders": orders, "Other": {"Type": "AWS::SQS::Queue"}}}, indent=1)


@pytest.mark.parametrize(
    "metadata",
    [
        {"ignore": [{"rules": ["sqs-wait"], "reason": "slow", "until": "2027-01-01"}]},
        {"ignore": [{"rules": "sqs-*", "reason": "slow"}], "processing-time": "45s"},
        {"ignore": {"rules": ["sqs-*"], "reason": "slow until 2026-12-31"}},
        {"ignore": {"sqs-wait": "slow until 2026-12-31"}},
        "ignore[sqs-wait] slow",
    ],
)
def test_metadata_covers_its_resource(metadata: object) -> None:
    assert said(resource(metadata)) == [
        "11 sqs-wait Other".replace("11", _line(resource(metadata))),
        "1 hidden",
    ]
    minified = json.dumps(json.loads(resource(metadata)))
    assert said(minified) == ["1 sqs-wait Other", "1 hidden"]


def _line(text: str) -> str:
    return str(text[: text.index('"Other"')].count("\n") + 1)


@each_case(
    ("metadata", "rule_id", "part"),
    [
        ({"ignore": [{"rules": ["sqs-wait"]}]}, "without-reason", "sqs-wait has no reason"),
        ({"ignore": ["sqs-wait"]}, "without-reason", "sqs-wait has no reason"),
        ({"ignore": {"sqs-wait": ""}}, "without-reason", "sqs-wait has no reason"),
        ({"ignore": []}, "malformed", "entry names no rule"),
        ({"ignore": [{"reason": "x"}]}, "malformed", "entry names no rule"),
        (
            {"ignore": [{"rule": "sqs-wait", "reason": "x"}]},
            "malformed",
            "has the unknown key rule; did you mean rules?",
        ),
        ({"ignores": {"sqs-wait": "x"}}, "malformed", "did you mean ignore?"),
        ({"ignore": {"sqs-wait": {"Ref": "AWS::Region"}}}, "malformed", "has a reason that is not text"),
        (
            {"ignore": [{"rules": ["sqs-wait"], "reason": "x", "until": "soon"}]},
            "malformed",
            "has the invalid date soon",
        ),
        ({}, "malformed", "entry is empty"),
        ("sqs-wait", "malformed", "is not understood"),
    ],
)
def test_metadata_that_does_nothing_is_said(metadata: object, rule_id: str, part: str) -> None:
    (one,) = about(resource(metadata))
    assert (one.rule, one.resource) == (f"suppression-{rule_id}", "Orders")
    assert part in one.message


def test_metadata_of_a_resource_in_several_deployments_is_one_suppression() -> None:
    text = (
        "Parameters: {Env: {Type: String}}\nConditions: {Prod: !Equals [!Ref Env, prod]}\nResources:\n  A:\n"
        "    Type: AWS::SQS::Queue\n    Metadata: {awslint-memo: {ignore: {sqs-visible: x}}}\n"
        "    Properties: {ReceiveMessageWaitTimeSeconds: !If [Prod, 20, 0]}\n"
    )
    assert [line for line in said(text) if "suppression" in line] == ["6 suppression-unused A"]


SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Metadata: {awslint-memo: {ignore: {sqs-mapped: slow}}}
    Properties:
      Events: {Orders: {Type: SQS, Properties: {Queue: 'arn:aws:sqs:eu-west-1:1:q'}}}
"""


@rule("sqs-mapped", level="warning", resource="AWS::Lambda::EventSourceMapping", memo="-", aws="-")
def mapped(mapping: Resource):  # type: ignore[no-untyped-def]
    yield mapping.finding(mapping, "is there")


SAM_KNOWN = {**KNOWN, mapped.id: mapped}
SAM_OPTIONS = replace(JUDGEMENT, rules=list(SAM_KNOWN.values()))
MAPPED = Directive(("sqs-mapped",), "slow")


def of_sam(text: str) -> tuple[list[str], int]:
    """The generated names of the findings that are left, and the number of those that are suppressed."""
    kept, hidden = apply(text, Suppressions(SAM_OPTIONS, SAM_KNOWN, TODAY), check_options=SAM_OPTIONS)
    return [f"{one.rule} {one.name}" for one in kept], hidden


def test_what_sam_makes_of_a_resource_is_covered_with_it() -> None:
    note = "    Metadata: {awslint-memo: {ignore: {sqs-mapped: slow}}}\n"
    commented = SAM.replace(note, "").replace("Work:", "Work:  # awslint-memo: ignore[sqs-mapped] slow")
    for text in (SAM, commented):
        assert of_sam(text) == ([], 1)
    assert of_sam(SAM.replace(note, "")) == (["sqs-mapped WorkOrders"], 0)


TWO_EVENTS = """\
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Timeout: 3}}
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Orders: {Type: SQS, Properties: {Queue: 'arn:aws:sqs:eu-west-1:1:q'}}
        Others: {Type: SQS, Properties: {Queue: 'arn:aws:sqs:eu-west-1:1:r'}}
"""


def test_a_comment_at_an_event_covers_that_event_only() -> None:
    note = "# awslint-memo: ignore[sqs-mapped] slow"
    assert of_sam(TWO_EVENTS.replace("Orders: {", f"{note}\n        Orders: {{")) == (["sqs-mapped WorkOthers"], 1)
    assert of_sam(TWO_EVENTS.replace("  Work:", f"  {note}\n  Work:")) == ([], 2)


def test_what_is_said_of_a_suppression_at_an_event_names_its_function() -> None:
    note = "        # awslint-memo: ignore[sqs-visible] slow"
    kept, _ = apply(TWO_EVENTS.replace("        Orders: {", f"{note}\n        Orders: {{"), check_options=SAM_OPTIONS)
    assert [one.resource for one in kept if one.rule == "suppression-unused"] == ["Work"]


@each_case(
    ("resources", "left"),
    [
        (("Work",), []),
        (("WorkOrders",), ["sqs-mapped WorkOthers"]),
        (("*Others",), ["sqs-mapped WorkOrders"]),
        (("Orders",), ["sqs-mapped WorkOrders", "sqs-mapped WorkOthers"]),
    ],
)
def test_the_configuration_names_what_sam_makes_by_both_names(resources: tuple[str, ...], left: list[str]) -> None:
    entry = configured(MAPPED, (), resources)
    run = Suppressions(SAM_OPTIONS, SAM_KNOWN, TODAY, [entry])
    kept, hidden = apply(TWO_EVENTS, run, check_options=SAM_OPTIONS)
    assert ([f"{one.rule} {one.name}" for one in kept], hidden) == (left, 2 - len(left))


@pytest.mark.parametrize("name", ["Work", "WorkOrders"])
def test_a_name_that_was_seen_makes_an_unused_entry_of_the_configuration_known(name: str) -> None:
    entry = configured(Directive(("sqs-visible",), "slow"), (), (name,))
    run = Suppressions(SAM_OPTIONS, SAM_KNOWN, TODAY, [entry])
    apply(TWO_EVENTS, run, check_options=SAM_OPTIONS)
    assert [one.rule for one in run.left_over([])] == ["suppression-unused"]


def test_metadata_of_the_template_covers_all_of_it() -> None:
    text = "Metadata: {awslint-memo: {ignore: {sqs-*: a sandbox}}}\n" + queue()
    assert said(text) == ["2 hidden"]
    assert "suppression-unused" in said(text.replace("sqs-*", "sqs-visible").replace("VisibilityTimeout", "A"))[0]


@dataclass
class Configuration:
    """A Terraform configuration with two instances of a resource and suppressions in "//" keys."""

    snapshot: ClassVar[Snapshot] = ""
    is_root = False

    on_resource: Value
    on_top: Value
    source: Source = field(default_factory=lambda: Source("a.tf.json", b"awslint-memo"))
    nested: Sequence[Template] = ()
    nests: Collection[str] = ()
    language: str = "terraform"

    @property
    def metadata(self) -> Value:
        return self.on_top

    def outline(self) -> Part:
        return NOTHING

    def comments(self) -> Iterator[tuple[int, str]]:
        return iter(())

    @property
    def inputs(self) -> Inputs:
        return Inputs({})

    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        names = ("aws_sqs_queue.orders[0]", "aws_sqs_queue.orders[1]", "aws_sqs_queue.other")
        notes = {"note": self.on_resource}
        return Deployments([Deployment(self._queue(name, notes if "orders" in name else {}) for name in names)])

    def _queue(self, name: str, notes: Mapping[str, Value]) -> Resource:
        place = Span("a.tf.json", 4, 1, 4, 9)
        return Resource(name, "AWS::SQS::Queue", place, lambda _: Absent(place), language="terraform", terraform=notes)


def known(content: object, line: int = 3) -> Value:
    place = Span("a.tf.json", line, 5, line, 30)
    if isinstance(content, dict):
        return Known({key: known(value, line) for key, value in content.items()}, place)
    if isinstance(content, list):
        return Known([known(value, line) for value in content], place)
    return Known(str(content), place)


@each_case(
    ("on_resource", "on_top", "hidden", "left"),
    [
        ("awslint-memo: ignore[sqs-wait] slow", "", 2, []),
        (["a note", "awslint-memo: ignore[sqs-wait] slow"], "", 2, []),
        ({"metadata": {"path": "x"}, "awslint-memo": {"ignore": {"sqs-wait": "slow"}}}, "", 2, []),
        ({"metadata": {"path": "x"}}, "awslint-memo: ignore[sqs-wait] slow", 3, []),
        ("awslint-memo: ignore[sqs-wait]", "just words", 0, ["suppression-without-reason"]),
        ("awslint-memo: ignore[sqs-visible] x", "", 0, ["suppression-unused"]),
    ],
)
def test_terraforms_notes(on_resource: object, on_top: object, hidden: int, left: list[str]) -> None:
    made = Configuration(known(on_resource), known(on_top))
    deployments = made.deployments(None)
    run = suppressions()
    kept = run.apply(made, deployments, check_deployments(deployments, JUDGEMENT))
    assert len(run.hidden) == hidden
    assert [one.rule for one in kept if one.rule in ENGINE_RULES] == left
    assert sum(one.rule == "sqs-wait" for one in kept) == 3 - hidden


def configured(directive: Directive, paths: tuple[str, ...] = (), resources: tuple[str, ...] = ()) -> Configured:
    return Configured(directive, Span(".awslint-memo.yaml", 3, 1, 3, 2), "", paths, resources)


ALL = Directive(("sqs-*",), "a sandbox")


@each_case(
    ("paths", "resources", "hidden"),
    [
        ((), (), 2),
        (("a.yaml",), (), 2),
        (("*.yaml",), ("Ord*",), 2),
        (("b.yaml",), (), 0),
        ((), ("Other",), 0),
        (("b.yaml",), ("Orders",), 0),
    ],
)
def test_the_configuration_suppresses_by_path_and_resource(
    paths: tuple[str, ...], resources: tuple[str, ...], hidden: int
) -> None:
    run = suppressions([configured(ALL, paths, resources)])
    assert said(queue(), run)[-1] == f"{hidden} hidden"
    assert [one.rule for one in run.left_over(["."])] == ([] if hidden else ["suppression-unused"])


def test_the_configuration_is_judged_over_the_whole_run() -> None:
    entry = configured(ALL, ("*.yaml",), ("Orders",))
    run = suppressions([entry])
    assert said(queue().replace("Orders", "Quiet"), run, "b.yaml")[-1] == "0 hidden"
    assert run.left_over([]) == []
    assert [(one.path, one.span.line) for one in run.left_over([".."])] == [(".awslint-memo.yaml", 3)]
    assert said(queue(), run)[-1] == "2 hidden"
    assert run.left_over([".."]) == []


def test_a_partial_run_reports_unused_suppressions_only_for_files_that_it_checked() -> None:
    quiet = queue().replace("VisibilityTimeout", "ReceiveMessageWaitTimeSeconds")
    run = suppressions([configured(ALL, ("a.yaml",)), configured(ALL, ("b.yaml",)), configured(ALL, (), ("Orders",))])
    said(quiet, run)
    assert len(run.left_over([])) == 2
    assert len(run.left_over(["folder"])) == 2


def test_an_expired_suppression_of_the_configuration_is_said_and_does_nothing() -> None:
    run = suppressions([configured(Directive(("sqs-*",), "x", date(2026, 1, 1)))])
    assert said(queue(), run)[-1] == "0 hidden"
    (one,) = run.left_over([])
    assert one.rule == "suppression-expired"
    assert "sqs-* expired after 2026-01-01" in one.message


def test_the_configuration_can_suppress_what_is_said_of_suppressions() -> None:
    run = suppressions([configured(Directive(("suppression-without-reason",), "vendored"), ("a.yaml",))])
    assert not any("suppression" in line for line in said(queue("# awslint-memo: ignore[sqs-*]"), run))
    assert run.left_over(["."]) == []


def test_a_rule_that_failed_makes_no_suppression_unused_and_is_never_hidden() -> None:
    @rule("sqs-breaks", level="error", resource="AWS::SQS::Queue", memo="-", aws="-")
    def breaks(queue: Resource):  # type: ignore[no-untyped-def]
        raise ValueError("no")

    broken: Rule = breaks
    check_options = replace(JUDGEMENT, rules=[*JUDGEMENT.rules, broken])
    kept, _ = apply(
        queue("# awslint-memo: ignore[*] x", line_comment="# awslint-memo: ignore[sqs-wait] x"),
        check_options=check_options,
    )
    assert {one.rule for one in kept} == {"internal-error"}


@each_case(
    ("comment", "said"),
    [
        ("awslint-memo: ignore[a] x", "ignore[a] x"),
        ("AWSLint-Memo : Ignore[a] x", "Ignore[a] x"),
        ("awslint-memo ignore[a] x", "ignore[a] x"),
        ("noqa # awslint-memo: oops", "oops"),
        ("ask awslint-memo: it knows", None),
        ("awslint-memo is a linter", None),
        ("see my-awslint-memo: ignore[a]", None),
    ],
)
def test_which_comments_speak_to_us(comment: str, said: str | None) -> None:
    assert addressed(comment) == said


def test_the_words_of_a_suppression() -> None:
    assert parse("ignore[a, 'b-*'] - ticket 12 (until 2027-03-31)") == Directive(
        ("a", "b-*"), "ticket 12", date(2027, 3, 31)
    )
    assert parse("ignore[a]: wait until the move").reason == "wait until the move"
    assert parse("ignore[a] 遅い until 2027-03-31.") == Directive(("a",), "遅い", date(2027, 3, 31))
    with pytest.raises(MalformedError, match="date 2027-02-30"):
        parse("ignore[a] x until 2027-02-30")


def test_the_rules_of_the_engine_have_a_manual() -> None:
    assert len(ENGINE_RULES) >= 5
    for one in ENGINE_RULES.values():
        assert one.title.endswith(".")
        assert one.reason
        assert one.advice
        assert one.url == ""


@pytest.mark.parametrize(
    ("pattern", "hidden"),
    [
        ("module.m.aws_sqs_queue.q", 4),
        ("module.m.*", 4),
        ("module.m[0].*", 2),
        ('module.m[1].aws_sqs_queue.q["a"]', 1),
        ("aws_sqs_queue.q", 2),
        ("aws_sqs_queue.q[1]", 1),
        ("module.m.aws_sqs_queue.q[0]", 0),
    ],
)
def test_a_pattern_without_instance_keys_covers_all_instances(
    pattern: str, hidden: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()
    Path("m").mkdir()
    Path("m/main.tf").write_text('resource "aws_sqs_queue" "q" {\n  for_each = toset(["a", "b"])\n}\n')
    Path("main.tf").write_text(
        'module "m" {\n  count  = 2\n  source = "./m"\n}\n\nresource "aws_sqs_queue" "q" {\n  count = 2\n}\n'
    )
    Path(".awslint-memo.yaml").write_text(
        f"suppress: [{{rules: [sqs-long-polling], reason: a test, resources: ['{pattern}']}}]\n"
    )
    made = command.report("--select", "sqs-long-polling,suppression-unused")
    assert len(command.singles(made, "suppressed")) == hidden
    assert len(command.singles(made)) == 6 - hidden + (not hidden)
