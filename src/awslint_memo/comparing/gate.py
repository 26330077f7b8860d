"""The gate: all that was looked at and found at a revision is looked at now, is gone, or is told.

It compares what two runs looked at: resources, by the file in which they are written. So any way of hiding one shows,
whatever it is: an excluded or moved file, a template that is none any more, a type that no rule knows, values under
which a condition is false. What configurations change is found by judging the files of now with the settings that the
revision had.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from awslint_memo.comparing.committed_modules import CommittedModules
from awslint_memo.comparing.links import LINKED, link_to_unseen, real_path
from awslint_memo.comparing.members import Apart
from awslint_memo.comparing.unseen_files import UnseenFiles, has_word
from awslint_memo.files.disk import path_from
from awslint_memo.files.file_finder import SKIPPED
from awslint_memo.files.files import Files
from awslint_memo.files.left_out import STATE, SUFFIXES
from awslint_memo.files.revision import Revision
from awslint_memo.judging.comparison import Gate, Unjudged
from awslint_memo.judging.environment_folders import words_of
from awslint_memo.judging.inventory import Written, lost_values, name_of
from awslint_memo.judging.report import Report
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.phrases import counted, listed_in_line
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem

_NAMED = 3
_UNREAD = "something that belongs to the template is not read now"


@record(frozen=True)
class Looks:
    """The two runs that the gate compares, and what there is now. words: the revision, as a person named it.

    then, now: what was looked at. revision: of git. past: its files. why: why a path of now is not looked at, as the
    end of a sentence. is_out: whether the settings of the revision leave a path out. lowering, lowering_then: the
    folder that deploys no production in which a path of now, or of then, is, so that its warnings are advice; None if
    it is in none. mended: the findings that failed the run of then and are not there now.
    """

    words: str
    then: Report
    now: Report
    revision: Revision
    files: Files
    past: Files
    why: Callable[[str], str]
    is_out: Callable[[str], bool]
    lowering: Callable[[str], str | None]
    lowering_then: Callable[[str], str | None]
    mended: Sequence[Finding] = ()
    ended: frozenset[tuple[str, str]] = frozenset()
    """The files and names of the resources of which a finding that failed the run is not there now."""

    @cached_property
    def modules(self) -> CommittedModules:
        """The lists of downloaded modules in the index."""
        return CommittedModules(self.revision, self.then.seen.inventory, self.now.seen.inventory)


def unjudged(looks: Looks) -> list[Unjudged]:
    """The resources that were looked at, are not any more, and are not gone."""
    found: dict[tuple[str, str], list[str]] = {}
    for (path, type_, name), why in _hidden(looks):
        if why:
            found.setdefault((path_from(path), why), []).append(f"{name} ({type_})")
    return [Unjudged(path, names, why) for (path, why), names in found.items()]


def _hidden(looks: Looks) -> Iterator[tuple[Written, str]]:
    """The resources with the reason why each is not looked at; empty if it is, or is gone."""
    left = _moved_away(looks)
    then, now = looks.then.seen.inventory, looks.now.seen.inventory
    elsewhere = UnseenFiles(looks.revision, looks.files, looks.past, now, then.bodies, looks.is_out)
    for written, target in sorted(left.items()):
        is_lowered = target and looks.lowering_then(written[0]) is None and looks.lowering(target) is not None
        why = _of_folder(target, looks) if is_lowered else _why(written, target, looks)
        why = why or ("" if target else looks.modules.changed(written[0]))
        yield written, why or elsewhere.why(written, is_sure=bool(target))
    mended = {(_home(each), name_of(each)) for each in looks.mended}
    for written in sorted(each for each in looks.then.seen.inventory.judged - left.keys() if each[::2] in mended):
        why = elsewhere.why(written, is_sure=True)
        yield written, why and f"findings are mended here, and {why}"


def _home(finding: Finding) -> str:
    return os.path.abspath(finding.home_path)


def _moved_away(looks: Looks) -> dict[Written, str]:
    """The resources that are not looked at where they were, with the other file in which one like them is now and was
    not; "" if there is none.

    One like it may be another one, so what it was may be looked at no more all the same.
    """
    then, now = looks.then.seen.inventory.judged, looks.now.seen.inventory.judged
    came: dict[tuple[str, str], list[str]] = {}
    for path, type_, name in sorted(now - then):
        came.setdefault((type_, name), []).append(path)
    gone: dict[Written, str] = {}
    for written in sorted(then - now):
        path, type_, name = written
        targets = came.get((type_, name), [])
        is_free = looks.lowering_then(path) is not None
        target = next((each for each in targets if is_free or looks.lowering(each) is None), next(iter(targets), None))
        if target is not None:
            targets.remove(target)
        gone[written] = target or ""
    return gone


def _of_folder(target: str, looks: Looks) -> str:
    where = words_of(looks.lowering(target) or "")
    return f"it is in {path_from(target)} now, {where}, so warnings about it are advice"


def _why(written: Written, target: str, looks: Looks) -> str:
    """Why a resource is not looked at although its file is there; empty if it is gone.

    target: the file in which one like it has come; "" if there is none.
    """
    path, _, name = written
    now, then = looks.now.seen.inventory, looks.then.seen.inventory
    if any(_is_at(path, problem.path) for problem in looks.now.errors if not problem.is_partial):
        return "the file can't be read"
    link = link_to_unseen(path, looks.revision.git.top, now.files)
    other = LINKED.format(path_from(link)) if link else _otherwise(path, name, looks) if path in now.files else ""
    if other:
        return other
    if path in now.files:
        if path in now.bodies and _names(path, written, looks.files):
            return "it is in a template that stands as a text there, which is not read"
        is_own = not now.owners.get(target, set()).isdisjoint(then.owners.get(path, set()))
        if path in now.partly and path not in then.partly and not is_own:
            return _UNREAD
        return _of_values(written, looks) if _names(path, written, looks.files) else ""
    if not os.path.lexists(path):
        if app := _app(path, looks):
            return f"the output of the CDK app is gone, which {app} makes anew"
        module = next((each for each in _above(path, looks.revision.git.top) if each in looks.revision.submodules), "")
        if module:
            return f"the folder is a submodule now ({module})"
        return _changed(path, name, looks) or _of_owner(path, target, looks)
    is_there = (real_path(path, now.files), *written[1:]) in now.judged
    return looks.why(path) if not is_there and _names(path, written, looks.files) else ""


def _of_values(written: Written, looks: Looks) -> str:
    """Which values decide now that none of a resource is made; empty if the same are judged as before."""
    path, then, now = written[0], looks.then.seen.inventory, looks.now.seen.inventory
    came = now.values.get(path, set()) - then.values.get(path, set())
    values = sorted(map(_shown, came)) or lost_values(then, now, path)
    if not values:
        return ""
    verb = "names these now" if came else "is not judged any more"
    return f"it is in no deployment that is judged, and {listed_in_line(values, _NAMED)} {verb}"


def _of_owner(path: str, target: str, looks: Looks) -> str:
    """Why a resource may be in what its template calls now, whose file is gone; empty if nothing of the kind came."""
    now, then = looks.now.seen.inventory, looks.then.seen.inventory
    owners = then.owners.get(path, set())
    if not now.owners.get(target, set()).isdisjoint(owners):
        return ""
    nothing: set[str] = set()
    return _UNREAD if any(now.unread.get(each, nothing) - then.unread.get(each, nothing) for each in owners) else ""


def _otherwise(path: str, name: str, looks: Looks) -> str:
    """As what a resource is in its file that is not looked at; empty if it is not."""
    now = looks.now.seen.inventory
    if (path, name) in now.off:
        return "the default value of a variable makes none of it"
    # CloudFormation gives no resource another type ("Update of resource type is not permitted", as in
    # https://github.com/aws/aws-sam-cli/issues/6786, read 2026-12-02), and refuses one that does not exist: what was
    # deployed stays as it was.
    type_ = now.other_type(looks.then.seen.inventory, path, name)
    return f"its type is {type_} now, which no rule judges" if type_ else _changed(path, name, looks)


def _changed(path: str, name: str, looks: Looks) -> str:
    """Says that a resource with a finding that is not there now has another type; of others this hides nothing."""
    type_ = looks.now.seen.inventory.changed_type(looks.then.seen.inventory, path, name)
    return (
        f"its type is {type_} now, and CloudFormation refuses to change one"
        if type_ and (path, name) in looks.ended
        else ""
    )


def _app(path: str, looks: Looks) -> str:
    """The configuration that is there of the CDK app whose output a file was; empty if it was of none."""
    folder = os.path.dirname(path)
    manifest = path_from(os.path.join(folder, "manifest.json"))
    if looks.past.is_file(manifest) and not os.path.isfile(manifest):
        found = (os.path.join(above, "cdk.json") for above in (folder, os.path.dirname(folder)))
        return next((path_from(each) for each in found if os.path.isfile(each)), "")
    return ""


def _is_at(path: str, other: str) -> bool:
    return os.path.abspath(other) == path


def _shown(value: str) -> str:
    return path_from(value) if os.path.isabs(value) else value


def _above(path: str, top: str) -> Iterator[str]:
    """The folders above a path, from the top of the repository and with `/`."""
    below = path_from(path, top).replace(os.sep, "/")
    while "/" in below:
        below = below.rpartition("/")[0]
        yield below


def _names(path: str, written: Written, files: Files) -> bool:
    """Whether a file has the name of a resource; also if it can't be read, so that nobody can tell."""
    try:
        source = files.read(path_from(path))
    except Problem:
        return True
    return bool(source.withheld) or has_word(source.data, written[2].split(".")[-1])


def lost(report: Report, as_then: Report) -> list[Finding]:
    """The findings that fail a run by the settings of a revision, and not by those of now.

    as_then: what the files of now come to with the settings of then. A suppression that these allow hides the finding
    there too, so one that hides it only now is told by nothing. What the engine finds about suppressions themselves
    tells nothing of the files.
    """
    apart = Apart(as_then)  # What is told together has one fingerprint, whatever is in it.
    now = Counter(each.fingerprint for each in Apart(report).report.findings if report.is_grave(each))
    found = []
    for finding in filter(as_then.is_grave, apart.report.findings):
        if now[finding.fingerprint] <= 0 and finding.rule not in ENGINE_RULES:
            found.append(finding)
        now[finding.fingerprint] -= 1
    return apart.together(found)


def told(report: Report) -> Report:
    """The report with what its gate says among its notices."""
    return report if report.gate is None else replace(report, notices=[*report.notices, *sentences(report.gate)])


def sentences(gate: Gate) -> list[str]:
    """What the gate says, a sentence for each kind."""
    words = gate.revision
    total = sum(len(each.names) for each in gate.unjudged)
    said = []
    if total:
        places = [f"{each.path}: {listed_in_line(each.names, _NAMED)}: {each.why}" for each in gate.unjudged]
        verb = "is" if total == 1 else "are"
        said.append(f"gate: {counted(total, 'resource')} of {words} {verb} no longer judged: {_lines(places)}")
    kinds: Iterable[tuple[Sequence[Finding], str, str]] = (
        (gate.lost, "would fail the run by the settings of", "mend {}"),
        (gate.narrowed, "counted more before other values were judged, at", "mend {} or have the former ones judged"),
        (gate.unknown, "can't be told any more, as values are not known that were known at", "write ones that mend {}"),
        (gate.lowered, "became advice since", "mend {}"),
        (gate.baselined, "came into the baseline since", "mend {}"),
    )
    for findings, why, do in kinds:
        if findings:
            names = [_named(finding, says_why=findings is gate.lowered) for finding in findings]
            remedy, shown = do.format("it" if len(findings) == 1 else "them"), listed_in_line(names, _NAMED)
            said.append(f"gate: {counted(len(findings), 'finding')} {why} {words}; {remedy}: {shown}")
    for why in dict.fromkeys(each.why for each in gate.doubted):
        names = [_named(each.finding, says_why=False) for each in gate.doubted if each.why == why]
        verb = "does not count" if len(names) == 1 else "do not count"
        shown = listed_in_line(names, _NAMED)
        said.append(f"gate: {counted(len(names), 'finding')} of {words} {verb} as mended, as {why}: {shown}")
    return said


def _named(finding: Finding, *, says_why: bool) -> str:
    words = f"{finding.path}: {finding.rule} on {finding.resource or finding.root}"
    return f"{words} ({finding.deployment or finding.message.rpartition('; ')[2]})" if says_why else words


def _lines(places: Sequence[str]) -> str:
    shown = "; ".join(places[:_MOST_PLACES])
    return shown if len(places) <= _MOST_PLACES else f"{shown}; and {len(places) - _MOST_PLACES} more files"


_MOST_PLACES = 5


def may_matter(path: str) -> bool:
    """Whether a file that is gone may have been looked at, by its name."""
    return path.lower().endswith((*SUFFIXES, STATE)) and SKIPPED.isdisjoint(path.split("/"))
