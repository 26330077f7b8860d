"""AWS CodePipeline: Events rules that start a pipeline on changes of another branch, object or tag than it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.codepipeline import starts
from awslint_memo.relations.codepipeline.pipelines import Action, actions
from awslint_memo.relations.events import is_disabled, pattern
from awslint_memo.syntax.embedded import each


@record(frozen=True)
class Read:
    """What a source action reads. sender: that of its events. of: the setting that names where, and the keys of events
    that do. what: the setting that names which branch, object or tag of it, its default, and the keys of events.
    kind: how that is called."""

    sender: str
    of: str
    of_keys: Sequence[str]
    what: str
    what_keys: Sequence[str]
    kind: str
    default: str = ""


def _read(page: str, read: Read) -> Fact[Read]:
    return Fact(read, page=f"codepipeline/latest/userguide/{page}.html", read="2026-12-01")


READS: Mapping[str, Fact[Read]] = {
    "AWS/CodeCommit": _read(
        "pipelines-trigger-source-repo-changes-cli",
        Read(
            "aws.codecommit",
            "RepositoryName",
            ("resources", "detail.repositoryName"),
            "BranchName",
            ("detail.referenceName",),
            "branch",
        ),
    ),
    "AWS/ECR": _read(
        "create-cwe-ecr-source-console",
        Read(
            "aws.ecr",
            "RepositoryName",
            ("detail.repository-name", "resources"),
            "ImageTag",
            ("detail.image-tag",),
            "tag",
            "latest",
        ),
    ),
    "AWS/S3": _read(
        "create-S3-source-events",
        Read(
            "aws.s3",
            "S3Bucket",
            ("detail.bucket.name", "detail.requestParameters.bucketName", "resources"),
            "S3ObjectKey",
            ("detail.object.key", "detail.requestParameters.key"),
            "key",
        ),
    ),
}
"""By owner and provider of a source action, what it reads, and what events of changes have of it."""


_TYPES = ("AWS::CodeCommit::Repository", "AWS::ECR::Repository", "AWS::S3::Bucket")


@record(frozen=True, eq=False)
class Missed:
    """A pipeline that a rule starts on changes of something else than it reads. value: what the rule asks for. read:
    what the pipeline reads. kind: branch, key or tag."""

    pipeline: Resource
    value: Value
    read: Value
    kind: str

    @property
    def asked(self) -> str:
        """What the rule asks for, with an asterisk for what it leaves open."""
        prefix, suffix = self.value.get("prefix").text, self.value.get("suffix").text
        return self.value.text or f"{prefix or ''}*{suffix or ''}"


def missed(event_rule: Resource) -> Iterator[Missed]:
    """The pipelines that a rule surely starts and that wait for it, where it surely asks for events of another branch,
    object or tag of what they read, and no other rule of here may ask for those of theirs."""
    for pipeline in () if is_disabled(event_rule) else _started(event_rule):
        sources = [action for action in actions(pipeline) if action.category in ("Source", None)]
        products = [source.product for source in sources]
        for source in sources:
            # Which of two repositories a rule is for may not be told.
            is_one = products.count(source.product) == 1 and None not in products
            read = READS.get(source.product or "")
            if not is_one or read is None or starts.detection(source) != "waits":
                continue
            of_here = _missed(event_rule, source, read.value)
            rules = event_rule.deployment.of_type(event_rule.type)
            if of_here is not None and all(_is_beside(rule, source) for rule in rules if _may_start(rule, pipeline)):
                yield of_here


def _started(event_rule: Resource) -> Iterator[Resource]:
    for target in each(event_rule, "Targets"):
        pipeline = event_rule.deployment.find(target.get("Arn"), starts.PIPELINE)
        # A target may tell the pipeline which revision to take.
        if pipeline is not None and target.get("Input").is_absent and target.get("InputTransformer").is_absent:
            yield pipeline


def _may_start(event_rule: Resource, pipeline: Resource) -> bool:
    return any(pipeline.may_be_named_by(target.get("Arn")) for target in each(event_rule, "Targets"))


def _is_beside(event_rule: Resource, source: Action) -> bool:
    """Whether a rule surely asks for no events of what a source reads."""
    read = READS[source.product or ""].value
    senders = [sender.text for sender in pattern(event_rule).get("source").items]
    if senders and None not in senders and read.sender not in senders:
        return True
    return is_disabled(event_rule) or _missed(event_rule, source, read) is not None


def _missed(event_rule: Resource, source: Action, read: Read) -> Missed | None:
    asked, wanted = pattern(event_rule), source.configuration.get(read.what)
    wanted = Known(read.default, wanted.place) if wanted.is_absent and read.default else wanted
    if [sender.text for sender in asked.get("source").items] != [read.sender] or wanted.text is None:
        return None
    named = source.configuration.get(read.of)
    wheres = [asked.get(key) for key in read.of_keys if not asked.get(key).is_absent]
    if not wheres or not all(any(_is_same(item, named, source) for item in where.items) for where in wheres):
        return None
    for key in read.what_keys:
        items = asked.get(key).items
        if items and not any(_may_match(item, wanted.text) for item in items):
            return Missed(source.pipeline, items[0], wanted, read.kind)
    return None


def _may_match(item: Value, wanted: str) -> bool:
    """Whether an item of a pattern may match a text."""
    prefix, suffix = item.get("prefix").text, item.get("suffix").text
    if isinstance(item, Known) and item.text is not None:
        return item.text == wanted
    if prefix is not None or suffix is not None:
        return wanted.startswith(prefix or "") and wanted.endswith(suffix or "")
    return True


def _is_same(item: Value, named: Value, source: Action) -> bool:
    """Whether a name or ARN in a pattern surely is that of the repository or bucket that a source names."""
    deployment = source.pipeline.deployment
    of_here = [[deployment.find(value, type_) for value in (item, named)] for type_ in _TYPES]
    if item.is_same_as(named) or any(one is not None and one is other for one, other in of_here):
        return True
    given, own = item.pattern, named.pattern
    if given is None or own is None or own.is_empty:
        return False
    return given.after_last(":") == own or _arn_of(item, source) == own


def _arn_of(item: Value, source: Action) -> TextPattern | None:
    """The name of the repository of which a Terraform value is the ARN, where the repository is of no type here."""
    gap = None if item.pattern is None else item.pattern.gap
    address = "" if gap is None else gap.name.removesuffix(".arn")
    deployment = source.pipeline.deployment
    of_here = (one for one in deployment.untranslated(deployment) if one.name == address)
    named = (value for one in of_here for name, value in one.everything() if name == "repository_name")
    return next((value.pattern for value in named), None)
