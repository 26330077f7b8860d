"""What an assembly keeps of a stack's constructs: the resource of each, where it was made, what was acknowledged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.naming import MAX_DEPTH, Construct
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.syntax.node import Node, fields, text

OURS = "awslint-memo::"
"""What the ids of our rules begin with where an app acknowledges them: the name of the plugin."""

_OF_OTHERS = regex(r"[\\/]node_modules[\\/]|^node:|^\.\.\.|jsii-kernel")


@record(frozen=True)
class Frame:
    """A line of the app, with the path that it had where the assembly was made."""

    path: str
    line: int
    column: int


@record(frozen=True)
class Acknowledged:
    """A rule of ours that a construct acknowledges, with the line of the app that does it, if that is known."""

    path: str
    rule: str
    reason: str
    place: Place
    frame: Frame | None


class Metadata:
    """The entries of constructs, which are read when somebody asks.

    parts: gives mappings from the path of a construct to its entries.
    """

    def __init__(self, parts: Callable[[], Iterable[Node]]) -> None:
        self._parts = parts

    @cached_property
    def _entries(self) -> Mapping[str, Sequence[Mapping[str, Node]]]:
        entries_by_path: dict[str, list[Mapping[str, Node]]] = {}
        for part in self._parts():
            for path, entries in fields(part).items():
                content = entries.content
                here = [fields(entry) for entry in content] if isinstance(content, list) else []
                entries_by_path.setdefault(path.lstrip("/"), []).extend(here)
        return entries_by_path

    @cached_property
    def templates(self) -> Mapping[str, str]:
        """The path of each construct that is a stack with a template of its own, by the template's name."""
        return {name: path for path in self._entries for name in self._texts(path, "aws:cdk:templateFile")}

    @cached_property
    def uploaded(self) -> frozenset[str]:
        """The paths of the files that the stack's constructs upload, as apps of older versions have them, and of the
        templates of its stacks."""
        entries = (entry for listed in self._entries.values() for entry in listed)
        assets = (entry.get("data") for entry in entries if text(entry.get("type")) == "aws:cdk:asset")
        paths = (text(fields(asset).get("path")) for asset in assets)
        return frozenset((*self.templates, *(path for path in paths if path is not None)))

    @cached_property
    def _stacks(self) -> Mapping[str, str]:
        return {path: name for name, path in self.templates.items()}

    @cached_property
    def _of_resource(self) -> Mapping[str, Sequence[str]]:
        paths: dict[str, list[str]] = {}
        for path in self._entries:
            for name in self._texts(path, "aws:cdk:logicalId"):
                paths.setdefault(name, []).append(path)
        return paths

    def construct(self, template: str, name: str) -> str | None:
        """The path of the construct that is a resource of a template, by its logical id; None if that is not sure."""
        paths = self._of_resource.get(name, ())
        here = [path for path in paths if self._template_of(path) == template]
        fitting = here if self.templates else paths
        return fitting[0] if len(fitting) == 1 else None

    def line(self, path: str) -> Frame | None:
        """The line of the app that makes a construct, or else the one that it is a part of, within its stack."""
        for outer in Construct(path).outer:
            if outer in self._stacks:
                break
            for where in (outer, f"{outer}/Resource"):
                for frames in self._stacks_of_calls(where):
                    if (frame := _first(frames)) is not None:
                        return frame
        return None

    def acknowledged(self) -> Iterator[Acknowledged]:
        """The rules of ours that constructs acknowledge."""
        for path, entries in self._entries.items():
            for entry in entries:
                if text(entry.get("type")) == "aws:cdk:acknowledged-rules":
                    frame = _first(entry.get("trace"))
                    for name, reason in fields(entry.get("data")).items():
                        if name.startswith(OURS):
                            yield Acknowledged(path, name[len(OURS) :], text(reason) or "", reason, frame)

    def _template_of(self, path: str) -> str | None:
        return next((self._stacks[outer] for outer in Construct(path).outer if outer in self._stacks), None)

    def _texts(self, path: str, kind: str) -> Iterator[str]:
        for entry in self._entries[path]:
            data = text(entry.get("data")) if text(entry.get("type")) == kind else None
            if data is not None:
                yield data

    def _stacks_of_calls(self, path: str) -> Iterator[Node]:
        """Where a construct was made; apps of older versions have it with the logical id."""
        for entry in self._entries.get(path, ()):
            kind = text(entry.get("type"))
            key = {"aws:cdk:creationStack": "data", "aws:cdk:logicalId": "trace"}.get(kind or "")
            if key is not None and key in entry:
                yield entry[key]


def _first(frames: Node | None) -> Frame | None:
    """The first line of a stack of calls that is the app's own."""
    content = frames.content if frames is not None else None
    for line in content if isinstance(content, list) else ():
        frame = _frame((text(line) or "").strip().removesuffix(")"))
        if frame is not None:
            return frame
    return None


def _frame(line: str) -> Frame | None:
    """The place in "new Shop (/app/lib/shop.ts:16:5" or "at /app/bin/app.js:3:1"; None for code of others."""
    where, _, column = line.rpartition(":")
    where, _, line = where.rpartition(":")
    path = where.rpartition("(")[2] if "(" in where else where.removeprefix("at ")
    is_placed = all(number.isascii() and number.isdigit() and len(number) < 9 for number in (line, column))
    if not path or not is_placed or _OF_OTHERS.search(path):
        return None
    return Frame(path.removeprefix("file://"), int(line), int(column))


# Constructs that the CDK makes for itself: their properties are not the app's to set. Compared with aws-cdk-lib 2.276.0
# on 2026-11-27: the functions behind custom resources, log retention, notifications of buckets and deployments to
# buckets, which are made once a stack under names that the library fixes.

_SHARED = frozenset(
    (
        "679f53fac002430cb0da5b7982bd2287",  # AwsCustomResource
        "8a0c93f3dbef4b71ac137aaf2048ce7e",  # calls of a state machine in another Region
        "aae0aa3c5b4d4f87b02d85b201efdd8a",  # logRetention
        "050a0587b7544547bf325f094a3db834",  # notifications of buckets
        "8693bb64968944b69aafb0cc9eb8756c",  # BucketDeployment
        "8693bb64968944b69aafb0cc9eb8757c",  # the trust of the role of a job of EMR
        "b4cf1abd4e4f4bc699441af7ccd9ec37",  # calls by rules of EventBridge
        "224e77f9a32e4b4dac32983477abba16",  # spam in mails that SES receives
    )
)
"""The identities in the names of functions that a stack has once."""

_IDENTITY = regex(r"[0-9A-Fa-f]{32}")

_PARTS = frozenset(("framework-onEvent", "framework-isComplete", "framework-onTimeout", "waiter-state-machine"))
"""What `custom_resources.Provider` makes beside the functions that it is given."""


_TYPES = frozenset(
    (
        "AWS::CloudFormation::CustomResource",
        "AWS::CloudFormation::Stack",
        "AWS::EC2::SecurityGroup",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::Role",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Lambda::Function",
        "AWS::Lambda::LayerVersion",
        "AWS::Lambda::Permission",
        "AWS::Logs::LogGroup",
        "AWS::StepFunctions::StateMachine",
    )
)
"""What such constructs consist of. None keeps data."""

_OF_LIBRARY = "@aws-cdk--"
"""What the name of a nested stack of the CDK's own begins with."""


def is_framework(path: str, type_: str, name: str) -> bool:
    """Whether the construct of a path is one that the CDK makes for itself, or a part of one.

    type_, name: the type and the logical id of its resource, which the CDK makes of the path: anybody may write a path.
    """
    steps = path.split("/")[:MAX_DEPTH]
    made = [at for at, step in enumerate(steps) if _is_made(step)]
    if not made or type_ not in _TYPES:
        return False
    in_nested = [at + 1 for at in made if steps[at].startswith(_OF_LIBRARY) and at + 2 < len(steps)]
    return any(_is_logical_id(name, steps[at:]) for at in (*range(made[-1] + 1), *in_nested))


def _is_logical_id(name: str, steps: Sequence[str]) -> bool:
    """Whether the CDK makes a logical id of the steps from the stack to a resource: it ends with a part of their hash.

    https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html (read on 2026-12-01)
    """
    steps = [step for step in steps if step != "Default"]
    if len(steps) == 1:
        return name == _OTHER.sub("", steps[0])
    hashed = hashlib.md5("/".join(steps).encode(errors="surrogatepass"), usedforsecurity=False).hexdigest()
    return name.endswith(hashed[:8].upper())


_OTHER = regex(r"[^A-Za-z0-9]")


def _is_made(step: str) -> bool:
    if step in _PARTS or step.endswith("CustomResourceProvider") or step.startswith(_OF_LIBRARY):
        return True
    return any(identity.lower() in _SHARED for identity in _IDENTITY.findall(step))
