"""What a run tells besides findings: notices of what was left out, and errors, each kept to the file that has it."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from awslint_memo.files.disk import path_from
from awslint_memo.files.root import CIRCLE, OUTSIDE
from awslint_memo.judging.variation_search import variations
from awslint_memo.model.budget import budget, is_in_one_only, is_sampled
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import may_have_values
from awslint_memo.model.phrases import counted, listed, listed_in_line
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Deployments, Template

_ENUMERATED = 2
"""How many templates the notice about their deployments names."""

_VALUED = 2
"""How many files of variables a notice names."""

MOST_RENDERED = 2
"""How many files in other template languages a notice names."""

_SUBMODULES = 3
"""How many submodules a notice names."""

MOST_NAMED = 5
"""How many files, modules or templates a notice about all of them names."""

_APART = 2
"""How many things that a template deploys and that were not read have a notice of their own."""

NOT_CHECKED = ": not checked: "

_IS_OUTSIDE = f" is {OUTSIDE}"
_WHYS = (_IS_OUTSIDE, f" is {CIRCLE}")

_PLACED = regex(r" \(line (\d+) of (.+)\)$")
"""The place at the end of what was not checked."""


@record(frozen=True)
class Enumerated:
    """A template of which not all deployments were looked at: how many were, a parameter with a value of one, and
    whether some of its resources were looked at in one of each name only."""

    path: str
    count: int
    example: tuple[str, str] | None = None
    is_in_one_only: bool = False


def enumerated(path: str, deployments: Deployments) -> Iterator[Enumerated]:
    """How many of a template's deployments were looked at, if not all were; within its budget."""
    if is_sampled() or not deployments.is_complete:
        sample = variations(deployments)
        yield Enumerated(path, sample.count, sample.example, is_in_one_only())


def not_enumerated(templates: Sequence[Enumerated]) -> list[str]:
    """The notice that templates have too many deployments to look at each; none if all were looked at."""
    if not templates:
        return []
    example = next((template.example for template in templates if template.example is not None), None)
    own = f"--parameters {'='.join(example) if example else 'NAME=VALUE'}"
    some = " (some resources in one only)" if any(template.is_in_one_only for template in templates) else ""
    how = f"looked at, with each choice and pairs of them{some}; name yours, for example {own}"
    if len(templates) == 1:
        return [f"{templates[0].path}: {templates[0].count} of its possible deployments were {how}"]
    names = listed([f"{template.count} of {template.path}" for template in templates], _ENUMERATED)
    return [f"{len(templates)} templates: not all possible deployments ({names}) were {how}"]


def valued(taken: Sequence[str], others: Sequence[str]) -> list[str]:
    """The notices that files of values were taken for deployments, so that defaults were not judged alone, and that
    `others` were not."""
    taken = list(dict.fromkeys(map(os.path.normpath, taken)))
    samconfigs = [path for path in taken if os.path.basename(path).startswith("samconfig.")]
    synced = [path for path in taken if path not in samconfigs and not may_have_values(path)]
    taken = [path for path in taken if path not in samconfigs and path not in synced]
    unused = [path for path in dict.fromkeys(map(os.path.normpath, others)) if path not in taken]
    default = [path for path in unused if os.path.basename(path).startswith("samconfig.")]
    unused = [path for path in unused if path not in default]
    found = []
    if default:
        which = "name it" if len(default) == 1 else "name yours"
        found.append(f"not judged: the parameter values in {listed(default, _VALUED)}; {which} with --parameters")
    if taken:
        names = listed(taken, _VALUED)
        found.append(f"judged as deployments, not the default values alone: {names}; name yours with --var-file")
    if samconfigs:
        names = listed(samconfigs, _VALUED)
        found.append(f"judged as deployments: the environments of {names}; name yours with --parameters")
    if synced:
        names = listed(synced, _VALUED)
        found.append(f"judged as deployments beside the default values: {names}; name yours with --parameters")
    if unused:
        fits, which = ("fits", "it") if len(unused) == 1 else ("fit", "yours")
        names = listed(unused, _VALUED)
        found.append(f"{names} {fits} no root module here, so not judged; name {which} with --var-file")
    return found


def not_read(path: str, deployments: Deployments, told: Container[str] = ()) -> list[str]:
    """The notices of what is deployed with the template at a path and was not read, at its own place if it has one.

    What `terraform get` would download is left to `module_notices`, and what is outside of the root to those that are
    told already. Many, as of a submodule that is not checked out, are one notice.
    """
    notices, unread = [], []
    left = deployments.calls.unread if deployments.calls is not None else {}
    for what in deployments.unseen:
        if what not in left:
            span, placed = deployments.unseen_places.get(what), _PLACED.search(what)
            where = path if span is None else f"{span.path}:{span.line}"
            if placed is not None:
                where, what = f"{placed[2]}:{placed[1]}", what[: placed.start()]
            notice = f"{where}{NOT_CHECKED}{what}"
            if not any(f"{notice}{why}" in told for why in _WHYS):
                notices.append(notice)
                unread.append(what)
    if len(notices) > _APART:
        return [f"{notices[0]}; nor are {listed_in_line(unread[1:], MOST_NAMED)}"]
    return notices


def alike(notices: Iterable[str]) -> Iterator[str]:
    """Notices, those once that say of several files that the same was not checked in them; of two that say it of the
    same thing only the one that says why; and those of many things outside of the root as one."""
    same: dict[str, list[str]] = {}
    every = dict.fromkeys(notices)
    for notice in every:
        if any(f"{notice}{why}" in every for why in _WHYS):
            continue
        where, is_about, what = notice.partition(NOT_CHECKED)
        same.setdefault(what if is_about else notice, []).append(where)
    outside = [what for what in same if what.endswith(_IS_OUTSIDE)]
    first, *rest = outside if len(outside) > _APART else ("",)
    for what, places in same.items():
        if what in rest:
            continue
        others = f"; so it is in {counted(len(places) - 1, 'other place')}" if len(places) > 1 else ""
        if what == first:
            others += f"; so are {listed_in_line([one.removesuffix(_IS_OUTSIDE) for one in rest], MOST_NAMED)}"
        yield f"{places[0]}{NOT_CHECKED}{what}{others}" if places[0] != what else what


def taken_stacks(path: str, taken: Sequence[str]) -> list[str]:
    """The notice of the nested stacks of a template that are taken as files of the repository; none if none are."""
    if not taken:
        return []
    others = f"; so {'is' if len(taken) == 2 else 'are'} {counted(len(taken) - 1, 'other')}" if len(taken) > 1 else ""
    return [f"{path}: {taken[0]}{others}"]


def can_not_tell(muted: Mapping[str, Sequence[str]]) -> list[str]:
    """The notice of the rules that what was not read keeps silent, with the paths of their resources; none if none."""
    if not muted:
        return []
    words = []
    for rule, paths in muted.items():
        files = list(dict.fromkeys(paths))
        others = f" and {counted(len(files) - 1, 'other file')}" if len(files) > 1 else ""
        words.append(f"{rule} for {counted(len(paths), 'resource')} ({files[0]}{others})")
    return [f"without what was not looked at, these rules can't tell: {listed_in_line(words, MOST_NAMED)}"]


def rendered(paths: Sequence[str]) -> list[str]:
    """The notice of templates in other template languages and of snapshots of tests; none if there are none."""
    if not paths:
        return []
    them = "it" if len(paths) == 1 else "them"
    which = listed(paths, MOST_RENDERED)
    why = "from which another program renders templates, so the resources in there were not read"
    return [f"not checked: {which}, {why}; render {them} and run awslint-memo lint on what comes out"]


def not_followed(links: Sequence[str], odd: Sequence[str], withheld: Sequence[str]) -> list[str]:
    """The notices that symbolic links lead out of the root, that there are pipes, sockets or devices (`odd`), and
    files that are encrypted or kept by Git LFS (`withheld`)."""
    links = list(dict.fromkeys(os.path.normpath(link) for link in links))
    found = []
    if links:
        one = f"{links[0]}: not checked: what this symbolic link leads to is {OUTSIDE}"
        which = f"what {len(links)} symbolic links lead to ({listed_in_line(links, MOST_NAMED)})"
        found.append(one if len(links) == 1 else f"not checked: {which} is {OUTSIDE}")
    if odd:
        names = listed_in_line(odd, MOST_NAMED)
        found.append(f"not checked: {names}: a pipe, a socket or a device, which is not opened")
    if withheld:
        names = listed_in_line(withheld, MOST_NAMED)
        found.append(f"not checked: {names}: kept by Git LFS or encrypted (git lfs pull, git-crypt unlock)")
    return found


def not_checked_out(paths: Sequence[str]) -> list[str]:
    """The notice of git's submodules without files; none if there are none."""
    if not paths:
        return []
    what, them = (
        ("a git submodule without files", "it") if len(paths) == 1 else ("git submodules without files", "them")
    )
    names = listed_in_line(paths, _SUBMODULES)
    return [f"not checked: {names}: {what}; check {them} out: git submodule update --init"]


def of_configurations(states: Sequence[str]) -> list[str]:
    """The notice of states beside the configuration of the same resources; none if there are none."""
    if not states:
        return []
    which, them = ("a state", "it") if len(states) == 1 else ("states", "them")
    names = listed_in_line(states, MOST_NAMED)
    return [f"not checked: {names}: {which} whose configuration is checked; name {them} to check what is deployed"]


def excluded(paths: Sequence[str], place: str) -> list[str]:
    """The notice of the files and folders that the configuration leaves out; none if there are none.

    place: where it does.
    """
    configuration = os.path.abspath(place.rpartition(":")[0])
    others = [path for path in paths if os.path.abspath(path) != configuration]
    return [f"{place}: not checked: {listed_in_line(others, MOST_NAMED)}, left out by exclude"] if others else []


def guarded(paths: Mapping[str, tuple[str, str]]) -> list[str]:
    """The notices of files that `exclude` does not leave out, as a policy guards them.

    paths: the absolute paths, each with the place of exclude and the name of the policy.
    """
    by_place: dict[tuple[str, str], list[str]] = {}
    for path, why in paths.items():
        by_place.setdefault(why, []).append(path_from(path))
    return [
        f"{place}: exclude does not hold for {listed_in_line(names, MOST_NAMED)} where rules are locked: the policy "
        f"{policy} does not allow it; remove it, or let the policy allow it"
        for (place, policy), names in by_place.items()
    ]


def kept_by_git(paths: Sequence[str]) -> list[str]:
    """The notice of templates that git keeps in folders of tools, which walks leave out; none if there are none."""
    if not paths:
        return []
    return [f"not checked: {listed_in_line(paths, MOST_NAMED)}, committed in a folder of a tool; name or include it"]


def ignored(paths: Sequence[str]) -> list[str]:
    """The notice of the files and folders that `.gitignore` leaves out of walks; none if there are none."""
    if not paths:
        return []
    names = listed_in_line(paths, MOST_NAMED)
    return [f"not checked: {names}, left out by .gitignore; name them, or write --no-gitignore"]


def few_rules(applied: int, known: int, path: str) -> list[str]:
    """The notice that a configuration turns off more than half of the rules; none if it doesn't."""
    if applied * 2 >= known:
        return []
    what = "no rule is" if not applied else f"{applied} of {counted(known, 'rule')} {'is' if applied == 1 else 'are'}"
    return [f"{path}: {what} applied by select, ignore and rules of this configuration"]


def internal_error(error: Exception, path: str) -> Problem:
    """What to say of an exception that nobody foresaw. path: the file that was read, as far as that is known."""
    import traceback

    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{where.filename.rpartition('/')[2]}:{where.lineno}"
    return Problem(f"internal error: {type(error).__name__}: {error} ({place}); please report it", path)


@contextmanager
def isolated(path: str, errors: list[Problem]) -> Iterator[None]:
    """Add an exception to the errors as one of this file, so that the run continues with the other files."""
    try:
        yield
    except Problem as problem:
        # What it was raised in has the errors, a circle that would stay until somebody looks for such.
        problem.__cause__ = problem.__context__ = None
        errors.append(problem.with_traceback(None))
    except Exception as error:
        errors.append(internal_error(error, path))


@contextmanager
def within_budget(templates: Sequence[Template], errors: list[Problem], *, is_strict: bool = False) -> Iterator[None]:
    """Give templates a budget, and add an error of the first one's file for what it was not enough for. is_strict: as
    `Budget.told`."""
    with budget(sum(len(template.source.data) for template in templates)) as spent:
        yield
    errors += [
        Problem(sentence, templates[0].source.path, is_partial=True, left_out=left_out)
        for sentence, left_out in spent.told(is_strict=is_strict).items()
    ]
