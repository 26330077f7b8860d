"""What a build does although its tests have failed: it publishes, or it goes on as if they had not."""

from __future__ import annotations

import re
from collections.abc import Mapping

from awslint_memo.model.lazy import regex
from awslint_memo.relations.codebuild import shell
from awslint_memo.relations.codebuild.buildspecs import Buildspec, Command, copied
from awslint_memo.relations.codebuild.shell import Argv
from awslint_memo.relations.codepipeline.test_commands import surely_tests

_SUCCEEDING = "CODEBUILD_BUILD_SUCCEEDING"
_BUILD, _AFTER = "build", "post_build"

_PUBLISHING: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "aws": (("s3", "cp"), ("s3", "mv"), ("s3", "sync"), ("lambda", "update-function-code"), ("ecs", "update-service")),
    "docker": (("push",), ("buildx", "imagetools")),
    "npm": (("publish",),),
    "twine": (("upload",),),
    "yarn": (("publish",),),
}
"""By program, the subcommands that hand on what was built."""


def published(spec: Buildspec) -> Command | None:
    """The first command after the phase `build` that surely hands something on, where that phase ends in a test whose
    failure does not keep it from running; None where nothing does, or something asks whether the build has failed.

    CodeBuild ends a phase at the first command that fails, and runs post_build all the same, unless on-failure of the
    phase says ABORT (codebuild/latest/userguide/build-spec-ref.html).
    """
    phases = spec.data.get("phases")
    phase = phases.get(_BUILD) if isinstance(phases, Mapping) else None
    building = [command for command in spec.commands if command.phase == _BUILD]
    if not isinstance(phase, Mapping) or not building or "batch" in spec.data or _SUCCEEDING in spec.text:
        return None
    aborts = "ABORT" in f"{phase.get('on-failure', '')}".upper()
    if aborts or not surely_tests(building[-1].words):
        return None
    after = (command for command in spec.commands if command.phase == _AFTER)
    return next((command for command in after if _publishes(command.words)), None)


def _publishes(words: Argv) -> bool:
    subcommands = _PUBLISHING.get(words[0], ())
    is_named = any(words[1 : 1 + len(names)] == names for names in subcommands)
    # A report of the tests is copied so that it can be read.
    is_report = any(mark in " ".join(words).lower() for mark in ("report", "coverage", "log", "result", "junit"))
    # What is fetched from a bucket is copied too.
    ends = copied(list(words[3:])) if words[:2] == ("aws", "s3") else []
    is_fetched = words[:2] == ("aws", "s3") and not (len(ends) == 2 and ends[1].startswith("s3://"))
    return is_named and not is_report and not is_fetched


_IGNORED = regex(r"(.*?)\|\|\s*(?:true|:|exit 0)\s*", re.S)


def ignored_test(spec: Buildspec) -> str | None:
    """The first command of a buildspec that surely tests and whose failure is ignored, as text; None without one."""
    phases = spec.data.get("phases")
    for phase in phases.values() if isinstance(phases, Mapping) else ():
        scripts = phase.get("commands") if isinstance(phase, Mapping) else None
        for script in scripts if isinstance(scripts, list) else ():
            match = _IGNORED.fullmatch(script) if isinstance(script, str) else None
            tested = [] if match is None else list(shell.commands(match[1]))
            if tested and surely_tests(tested[-1]):
                return " ".join(tested[-1])
    return None
