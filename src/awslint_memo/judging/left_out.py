"""What a run leaves out of its files and findings, and the notices of that."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.files.disk import path_from
from awslint_memo.files.file_finder import FileFinder
from awslint_memo.files.files import Files
from awslint_memo.files.root import CIRCLE, OUTSIDE
from awslint_memo.judging import notices
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.reading import FileReader, Reading
from awslint_memo.judging.run_options import Scopes
from awslint_memo.model.finding import Finding
from awslint_memo.model.secret import without_secrets
from awslint_memo.model.span import Problem

if TYPE_CHECKING:
    from awslint_memo.judging.dependants import Dependants
    from awslint_memo.judging.template_run import TemplateResult

_OF_TERRAFORM = (".tf", ".tofu")
_COMMITTED = (".yaml", ".yml", ".json", ".template", *_OF_TERRAFORM)

_MOVE = "move it, include the folder, or let the policy allow it"
_LEADS_OUT = f"what this symbolic link leads to is {OUTSIDE}"
_ROUND = "this is a circle of symbolic links"
_ODD = "this is a pipe, a socket or a device"
_WITHHELD = "the file is kept by Git LFS or encrypted (git lfs pull, git-crypt unlock)"
_WITHIN = "name"
"""A name of what may be in a folder, by which to ask for the root of that."""

_MOST_COMMITTED = 2000
"""How many files in folders of tools are looked at; who commits such a folder has many."""


def shown(
    findings: Iterable[Finding], beside: Dependants | None, guarded: Mapping[str, tuple[str, str]], scopes: Scopes
) -> list[Finding]:
    """The findings without those that concern only files read for others, and those that may be left out.

    guarded: the absolute paths of files that `exclude` names and that are checked all the same since a policy locks
    rules; what other rules find there is left out.
    """
    left = list(findings) if beside is None else beside.shown(findings)
    if not guarded:
        return left
    return [
        finding
        for finding in left
        if os.path.abspath(finding.path) not in guarded
        or finding.rule == INTERNAL_ERROR
        or finding.rule in scopes.of(finding.path).locked
    ]


def of_files(
    finder: FileFinder, readings: Sequence[Reading], reached: Collection[str], files: Files, errors: list[Problem]
) -> list[str]:
    """The notices of files that were not checked, or were although `exclude` names them.

    readings: the files of the run. reached: the absolute paths of those that are a part of a deployment. errors:
    receives those that a policy does not let anybody leave out.
    """
    told = [*notices.rendered(_rendered(finder.rendered, files)), *_of_other_languages(finder, readings)]
    if finder.skipped:
        committed = [path for path in _committed(finder.skipped, files) if os.path.abspath(path) not in reached]
        errors += [
            Problem(
                f"this is committed in a folder of a tool, which the policy {policy} lets nobody leave out; {_MOVE}",
                path,
            )
            for path in committed
            if (policy := finder.guard_of(path))
        ]
        told += notices.kept_by_git([path for path in committed if not finder.guard_of(path)])
        if not committed and all(reading.template is None for reading in readings):
            told += [f"not checked: {path}, which a build makes; name it to check it" for path in finder.built()]
    if finder.guarded:
        found = (reading.source for reading in readings if reading.template is not None)
        paths = {os.path.abspath(source.path) for source in found if source is not None}
        told += notices.guarded({path: why for path, why in finder.guarded.items() if path in paths})
    return told


def _rendered(paths: Collection[str], files: Files) -> list[str]:
    if not paths:
        return []
    from awslint_memo.judging.rendered import rendered_templates

    return rendered_templates(paths, files)


def _of_other_languages(finder: FileFinder, readings: Sequence[Reading]) -> list[str]:
    """The notices of sources of other tools, of which what they make may be judged."""
    if not finder.programs and all(reading.language is None for reading in readings):
        return []
    from awslint_memo.judging import other_languages

    walked = [reading for reading in readings if not reading.named]  # Of a file that is named the error tells.
    met = [(reading.source.path, reading.language) for reading in walked if reading.source and reading.language]
    met += [(path, language) for path in finder.programs if (language := other_languages.language_by_name(path))]
    judged = [reading.source.path for reading in readings if reading.template is not None and reading.source]
    return other_languages.notices(sorted(met, key=lambda pair: pair[0]), [os.path.abspath(path) for path in judged])


def of_modules(total: TemplateResult, *, shows_advice: bool) -> list[str]:
    """The notices of modules of Terraform: those that are not downloaded, that are read as they are here, that are
    judged by facts, and what is left out of advice on others."""
    inside = total.inside if shows_advice else 0
    if not (total.calls or total.modules_here or total.known_calls or inside):
        return []
    from awslint_memo.judging.module_notices import by_facts, not_downloaded, not_told, read_here

    here = read_here(list(dict.fromkeys(total.modules_here)))
    return [*not_downloaded(total.calls), *here, *by_facts(total.known_calls), *not_told(inside)]


def closed(reader: FileReader, named: Sequence[str], errors: list[Problem]) -> list[str]:
    """The notices of files whose contents nobody can see here. named: what a person named. errors: receives those that
    a policy does not let anybody leave out."""
    circles = [path for path in reader.links if not reader.files.bounds.real(path)]
    outside = [path for path in reader.links if path not in circles]
    every = ((outside, _LEADS_OUT), (circles, _ROUND), (reader.odd, _ODD), (reader.withheld, _WITHHELD))
    told: list[list[str]] = []
    for paths, what in every:
        guards = {path: reader.finder.guard_of(path) for path in dict.fromkeys(paths)}
        errors += [
            Problem(
                f"{what}, which the policy {policy} lets nobody leave out; make it a file, or let the policy allow it",
                path,
            )
            for path, policy in guards.items()
            if policy
        ]
        told.append([path for path, policy in guards.items() if not policy])
    links, round_, odd, withheld = told
    return [
        *(f"{path}: not checked: this is {CIRCLE}" for path in round_),
        *notices.not_followed([*links, *reader.files.left_links], odd, withheld),
        *notices.of_configurations(reader.states),
        *_of_submodules(reader.files, reader.finder, named),
    ]


def _of_submodules(files: Files, finder: FileFinder, paths: Sequence[str]) -> list[str]:
    """The notices of git's submodules without files that the run was to look at; none of folders that are left out."""
    tops = {os.path.dirname(path) for path in finder.repositories}
    tops |= {files.root_above(os.path.join(path, _WITHIN)) for path in paths}
    if not files.disk.is_now or not any(_may_have_submodules(files, top) for top in tops):
        return []
    from awslint_memo.files.submodules import Submodules

    found = Submodules()
    found.search(files, paths, tops)
    left = [os.path.join(os.path.abspath(path), "") for path in (*finder.excluded, *finder.ignored, *finder.skipped)]
    empty = [path for path in found.empty if not os.path.join(os.path.abspath(path), "").startswith((*left,))]
    return [*notices.not_checked_out(empty), *found.unknown]


def _may_have_submodules(files: Files, top: str) -> bool:
    """Whether a repository has submodules, or may be one, as its `.git` is a file."""
    disk = files.disk
    return files.is_file(os.path.join(top, ".gitmodules")) or disk.plain_size(os.path.join(top, ".git")) is not None


def _committed(folders: Iterable[str], files: Files) -> list[str]:
    """The files in folders of tools that git keeps and that are configuration of Terraform, or have resources."""
    from awslint_memo.files.tracked import Tracked

    committed = sorted(path for path in Tracked(files.disk).below(folders) if path.lower().endswith(_COMMITTED))
    paths = [path_from(path) for path in committed[:_MOST_COMMITTED]]
    written = {path for path in paths if path.endswith(_OF_TERRAFORM)}
    return sorted({*written, *_rendered([path for path in paths if path not in written], files)})


def each_once(problems: Iterable[Problem]) -> list[Problem]:
    """The errors of files without repetitions, as where a file is reached by different paths; none tells a secret."""
    unique: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        problem.tell(without_secrets(problem.message))
        key = (os.path.abspath(problem.path), problem.line, problem.column, problem.message)
        unique.setdefault(key, problem)
    return list(unique.values())
