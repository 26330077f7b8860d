"""AWS CloudFormation's waits for signals, and whether what they wait for sends any, and in their name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import autoscaling
from awslint_memo.relations.codebuild import shell
from awslint_memo.relations.iam.roles import allowed_resources
from awslint_memo.relations.mentions import mentioning
from awslint_memo.syntax.embedded import own_file

_INSTANCE, _CONFIGURATION = "AWS::EC2::Instance", "AWS::AutoScaling::LaunchConfiguration"
_CONDITION, _HANDLE = "AWS::CloudFormation::WaitCondition", "AWS::CloudFormation::WaitConditionHandle"
_SIGNAL = "cloudformation:SignalResource"
_OTHERS = ("AWS::Lambda::Function", "AWS::SSM::Document")

_MAY_SIGNAL = regex(
    r"signal|cfn-|cloud-init|#include|<powershell>|\b(?:ansible|aws|bash|chef|curl|docker|git|node|npm|perl|pip3?|puppet"
    r"|python3?|ruby|salt|sh|source|wget)\b(?![-/]?\s*$)|\./|^[ \t]*\.\s",
    re.I | re.M,
)
"""What in a script signals, or gets and runs what may: other programs and scripts."""

_NO_COMMAND = regex(r"^#!.*|^[ \t]*#(?!include).*$|\baws-cfn-bootstrap\b", re.M)
"""What in a script is no command: comments, and the name of the package with the program that signals."""

_SIGNALLING = regex(r"\bcfn-signal\b|signal-?resource", re.I)
_LOGICAL_ID = regex(r"[A-Za-z0-9]+")

_SILENT = frozenset(
    word
    for line in (
        "[ [[ amazon-linux-extras apt apt-get cat cd chmod chown cp date dnf do done echo exit export fi grep groupadd",
        "head hostname hostnamectl id install ln ls mkdir mount mv printf pwd rm rpm sed service set sleep swapon",
        "sysctl systemctl tail tar tee test timedatectl touch umask unset unzip useradd usermod wait yum",
    )
    for word in line.split()
)
"""Programs of which a script surely sends no signal; what an image brings along may send one."""

_ONE = fact(
    1,
    page="AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html",
    read="2026-12-02",
)
"""How many signals a CreationPolicy waits for by default. A wait condition without Count waits for one too, as in the
example of its page."""


@record(frozen=True, eq=False)
class Unsignalled:
    """A wait for signals that nothing sends: the value that asks for it, and whose script the instances start with.

    named: for what the script signals instead; empty where it sends no signal. own: for what it should.
    """

    asked: Value
    starter: Resource
    named: str
    own: str

    @property
    def sent(self) -> str:
        """What the script sends, in words of a message."""
        return f"signals for {self.named}" if self.named else "sends no signal"

    @property
    def remedy(self) -> str:
        """What to do about it, in words of a message."""
        return f"{'signal for' if self.named else 'end UserData with cfn-signal for'} {self.own}"


def unsignalled(waiting: Resource) -> Unsignalled | None:
    """A wait of a group or an instance for signals that its instances surely do not send for it by the script that they
    start with, where that script runs nothing that may; None where they may send them, or nobody waits."""
    asked = _asked(waiting)
    starter = None if asked is None else _starter(waiting)
    script = "" if starter is None else _script(starter)
    if asked is None or starter is None or not script:
        return None
    named = _signalled(script)
    own = waiting.written.rpartition("/")[2]
    is_silent = named == [] and _is_silent(script, waiting.deployment)
    is_of_another = bool(named) and own not in (named or ()) and not _has_metadata_that_signals(waiting.deployment)
    if not (is_silent or is_of_another) or _may_be_signalled(waiting.deployment):
        return None
    return Unsignalled(asked, starter, named[0] if named else "", waiting.written)


def _asked(waiting: Resource) -> Value | None:
    waits = waiting.attribute("UpdatePolicy").get("AutoScalingRollingUpdate.WaitOnResourceSignals")
    created = waiting.attribute("CreationPolicy").get("ResourceSignal")
    count = created.get("Count")
    if count.above(0):
        return count
    return waits if waits.flag is True else created if created.is_known and count.is_absent else None


def _starter(waiting: Resource) -> Resource | None:
    return waiting if waiting.type == _INSTANCE else autoscaling.starter(waiting)


def _script(starter: Resource) -> str:
    from awslint_memo.relations.xray.tracers import USER_DATA, script_with_gaps

    return _NO_COMMAND.sub("", script_with_gaps(starter.get(USER_DATA[starter.type])))


def _signalled(script: str) -> list[str] | None:
    """The logical ids for which a script signals by cfn-signal; None where that is not known."""
    calls = [words for words in shell.commands(script) if words[0] in ("cfn-signal", "cfn-signal.exe")]
    if len(calls) != len(_SIGNALLING.findall(script)):
        return None
    named = [_option(words) for words in calls]
    known = [name for name in named if name is not None and _LOGICAL_ID.fullmatch(name)]
    return known if len(known) == len(named) else None


def _option(words: shell.Argv) -> str | None:
    given = [word.partition("=")[2] for word in words if word.startswith("--resource=")]
    given += [after for word, after in pairwise(words) if word == "--resource"]
    return given[0] if given else None


def _is_silent(script: str, deployment: Deployment) -> bool:
    """Whether a script surely runs nothing that signals: neither by itself nor by what it runs."""
    alike = deployment.once(_beside_signals)
    # What another script runs beside a signal of its own sends none.
    own = "\n".join(line for line in script.splitlines() if line.strip() not in alike)
    if _MAY_SIGNAL.search(own):
        return False
    return all(words[0] in _SILENT or words[0] in alike for words in shell.commands(own))


def _beside_signals(deployment: Deployment) -> frozenset[str]:
    """The lines and the programs of scripts that call cfn-signal themselves behind them."""
    return frozenset(word for starter in _starters(deployment) for word in _before_signal(_script(starter)))


def _before_signal(script: str) -> Iterator[str]:
    if not _signalled(script):
        return
    for words in shell.commands(script):
        yield words[0]
    yield from (line.strip() for line in script.splitlines() if line.strip() and not _SIGNALLING.search(line))


def _starters(deployment: Deployment) -> list[Resource]:
    return deployment.own_of_type(_INSTANCE, _CONFIGURATION, "AWS::EC2::LaunchTemplate")


def _has_metadata_that_signals(deployment: Deployment) -> bool:
    """Whether what cfn-init reads in a template may signal too."""
    every = [*_starters(deployment), *deployment.own_of_type("AWS::AutoScaling::AutoScalingGroup")]
    metadata = [resource.attribute("Metadata") for resource in every]
    return any(one.is_unknown or "signal" in f"{one.plain}".lower() for one in metadata)


def _may_be_signalled(deployment: Deployment) -> bool:
    """Whether something else than an instance may send signals: the CDK lets the role of the instances do so."""
    return bool(deployment.of_type(*_OTHERS) and allowed_resources(deployment, _SIGNAL))


def unreachable(condition: Resource) -> Resource | None:
    """The handle of a wait condition that surely nothing of its template gets to know, so that nothing can signal; else
    None."""
    handle = condition.follow("Handle", _HANDLE)
    count, timeout = condition.get("Count", default=_ONE), condition.get("Timeout")
    # chosen: who waits for a minute at most wants the stack to fail.
    if handle is None or not count.above(0) or not timeout.above(60) or handle.is_open or handle.is_exposed():
        return None
    if {*mentioning(handle)} - {_CONDITION}:
        return None
    waiting = [one for one in handle.deployment.of_type(_CONDITION) if one.follow("Handle", _HANDLE) is handle]
    source = own_file(handle)
    # Metadata, which instances read, may name it too.
    name = handle.written.rpartition("/")[2]
    times = 0 if source is None else len(re.findall(rf"""\b{re.escape(name)}\b(?!["']?\s*:)""", source.text))
    return handle if times <= len(waiting) else None
