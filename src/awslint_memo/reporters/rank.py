"""The order in which findings are worth a person's time: by level, by what hangs on the resource, by confidence.

What hangs on a resource is counted in the graph of what is linted: the entries by which requests and events come to
it, what works on what it passes on, and the stores of data that it feeds, itself included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import STORES
from awslint_memo.manual.confidence import CONFIDENCES, confidence_of
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.phrases import counted, listed
from awslint_memo.model.record import record, replace
from awslint_memo.relations.graph.graph import Graph, Node
from awslint_memo.reporters.shown_findings import level_counts, level_of, together

MOST = 200
"""How many resources before and behind one are looked at; more than that are as good as many."""

_ENTRIES = frozenset(
    (
        *(
            "AWS::ApiGateway::RestApi",
            "AWS::ApiGatewayV2::Api",
            "AWS::AppSync::GraphQLApi",
            "AWS::CloudFront::Distribution",
        ),
        *("AWS::ElasticLoadBalancing::LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::Lambda::Url"),
        *("AWS::Route53::RecordSet", "AWS::Events::Rule", "AWS::Scheduler::Schedule", "AWS::IoT::TopicRule"),
        "AWS::SES::ReceiptRule",
    )
)
"""What requests, mail and events come in by."""

_WORKERS = frozenset(
    (
        *("AWS::Lambda::Function", "AWS::ECS::Service", "AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Instance"),
        *("AWS::StepFunctions::StateMachine", "AWS::CodePipeline::Pipeline", "AWS::CodeBuild::Project"),
        *("AWS::Batch::JobDefinition", "AWS::KinesisAnalyticsV2::Application", "AWS::KinesisFirehose::DeliveryStream"),
    )
)
"""What works on what comes in."""

_KINDS: Mapping[str, frozenset[str]] = {
    "entries": _ENTRIES,
    "consumers": _WORKERS,
    "stores": frozenset((*STORES, "AWS::Kinesis::Stream", "AWS::SQS::Queue")),
}

_SURENESS = (*CONFIDENCES[:-1], None, CONFIDENCES[-1])
"""The surest first. What is not measured stands before what is known to be doubtful."""

_Near: TypeAlias = "Mapping[str, Sequence[str]]"


@record(frozen=True)
class Weight:
    """What hangs on a resource: how many entries lead to it, and how many consumers and stores are behind it."""

    entries: int = 0
    consumers: int = 0
    stores: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.entries + self.consumers + self.stores


class Rank:
    """The order of the findings of a report; without a graph by level and confidence alone."""

    def __init__(self, graph: Graph | None) -> None:
        graph = graph or Graph()
        self._nodes = {node.id: node for node in graph.nodes}
        self._before: dict[str, list[str]] = {}
        self._behind: dict[str, list[str]] = {}
        for edge in graph.edges:
            if not edge.is_plain:
                self._before.setdefault(edge.target, []).append(edge.source)
                self._behind.setdefault(edge.source, []).append(edge.target)
        self._named: dict[str, list[Node]] = {}
        self._at_home: dict[tuple[str, str], list[Node]] = {}
        for node in graph.nodes:
            self._named.setdefault(node.name, []).append(node)
            self._at_home.setdefault((node.name, node.place.span.path), []).append(node)
        self._weights: dict[str, Weight] = {}

    def weight(self, finding: Finding) -> Weight:
        """What hangs on the resource of a finding; of several, on the one with most."""
        weights = (self._of(node.id) for each in finding.others or (finding,) for node in self._nodes_of(each))
        return max(weights, key=lambda weight: weight.total, default=Weight())

    def sorted(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings, what is worth most time first; those that are alike in that stay in their order."""
        return sorted(findings, key=self._key)

    def _key(self, finding: Finding) -> tuple[int, int, int]:
        sureness = _SURENESS.index(confidence_of(finding.rule))
        return LEVELS.index(level_of(finding)), -self.weight(finding).total, sureness

    def _nodes_of(self, finding: Finding) -> Sequence[Node]:
        # A name may stand in each of many files.
        name = finding.resource if finding.resource in self._named else finding.name
        return self._at_home.get((name, finding.home_path)) or self._named.get(name, [])

    def _of(self, id: str) -> Weight:
        if id not in self._weights:
            before = Counter(_kinds(self._nodes[each] for each in _reached(id, self._before)))
            behind = Counter(_kinds(self._nodes[each] for each in _reached(id, self._behind)))
            self._weights[id] = Weight(before["entries"], behind["consumers"], behind["stores"])
        return self._weights[id]


def _kinds(nodes: Iterable[Node]) -> Iterator[str]:
    return (kind for node in nodes for kind, types in _KINDS.items() if node.type in types)


def _reached(id: str, near: _Near) -> Iterable[str]:
    """What one comes to from a node, itself included, the nearest first, until there are many."""
    seen = {id: None}
    left = [id]
    while left and len(seen) <= MOST:
        following = dict.fromkeys(each for start in left for each in near.get(start, ()) if each not in seen)
        seen.update(following)
        left = [*following]
    return seen


def ranked(report: Report, findings: Sequence[Finding]) -> list[Finding]:
    """Findings of a report in the order of their rank."""
    return Rank(report.graph).sorted(findings)


def _is_one_of(finding: Finding, ids: Collection[int]) -> bool:
    """Whether a finding, or one of those that are told with it, has one of these `id`s."""
    return any(id(each) in ids for each in _with_others(finding))


def _with_others(finding: Finding) -> Iterable[Finding]:
    return (finding, *finding.others, *finding.joined)


def top(report: Report, most: int) -> Report:
    """The report with its first findings in the order of their rank, and a notice that counts the others.

    If the run was compared with another landscape, what came or grew graver is first: it alone fails the run.
    """
    worse = frozenset(() if report.against is None else map(id, report.against.worse))
    shown = ranked(report, together(report.findings))
    shown.sort(key=lambda finding: not _is_one_of(finding, worse))
    kept, others = shown[:most], shown[most:]
    order = {id(each): place for place, of in enumerate(kept) for each in _with_others(of)}
    findings = sorted((each for each in report.findings if id(each) in order), key=lambda each: order[id(each)])
    if not others:
        return replace(report, findings=findings)
    left_out = {id(each) for each in report.findings if id(each) not in order}
    levels = Counter(map(level_of, others))
    told = listed(level_counts({level: levels[level] for level in LEVELS}))
    came = "" if report.against is None else f"; {sum(_is_one_of(each, worse) for each in others)} came or grew graver"
    notice = f"--top {most}: {counted(len(others), 'more finding')} not shown ({told}{came})"
    against = None if report.against is None else report.against.leaving_out(left_out)
    return replace(report, findings=findings, against=against, notices=[*report.notices, notice])
