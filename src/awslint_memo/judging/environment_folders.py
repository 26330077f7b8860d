"""Folders and files of one environment, or of what nobody deploys, told by names, neighbours and texts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from awslint_memo.files.file_finder import relative
from awslint_memo.files.files import Files
from awslint_memo.model.facts import Declared
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import is_named_like, name_words
from awslint_memo.model.span import Problem

_STACKS = (".yaml", ".yml", ".json", ".template")

_PARTICIPLES = ("archived", "deprecated", "disused", "obsolete", "retired", "unused")
"""Words at the beginning or the end of the names of folders of what nobody deploys any more."""

_RETIRED = ("archive", "archives", *_PARTICIPLES)
"""Words at the end of such names: what begins with archive may be what archives."""

_OF_TESTS = regex(
    r"(?i)(?:^|.*[-_.])(?:acceptance|e2e|integration|intg|load|performance|smoke|system)[-_.]?tests?(?:$|[-_.])"
)
"""Names of folders of what is deployed to be tested alone."""

_TESTS_OF = regex(r"(.+)[-_]tests")
"""The name of a folder of tests, with that of what it tests."""

_EARLIER = regex(r"_v\d+_|.+[_-]old$|.*TODO[_-]?DELETE$")
"""Names of folders of an earlier version, which is kept to be read, and of what is to be deleted."""

_VENDORED = regex(r"(?:^|/)(?:vendor|vendored|third[_-]party|[^/]+-v?\d+\.\d+[^/]*)/(?:[^/]+/)*examples?/")
"""Folders of examples in copies of modules of others, whose names have their versions."""

_LAST_WORDS = (
    *(
        "ephemeral",
        "harness",
        "mock",
        "mocks",
        "poc",
        "pocs",
        "prototype",
        "prototypes",
        "spike",
        "spikes",
        "stub",
        "stubs",
    ),
    *("workshop", "workshops"),
)
"""Words at the end of the names of folders of what is shown only."""

_WHOLE = ("sandbox", "sandboxes", "workshop", "workshops")
"""Whole names of such folders."""

_ABANDONED = regex(
    r"(?i)\W*(?::\w+:\W*)?"
    r"(?:this (?:version|template|folder|directory|module|project|repository|stack|component) (?:is|has been) )?"
    r"(?:deprecated|archived|obsolete|unmaintained|no longer (?:supported|maintained|needed|used|deployed)"
    r"|do not use(?: this (?:repo|repository|project))?(?=\W*$|\W+(?:migrated|moved|deprecated)))\b"
    r"(?=\W*$|\s*[^\w\s]|\s+(?:and|as of|by|in favou?r|please|since|to|use|project|repo|repository|template|version)\b)"
    # Whole sentences, in which a date may come first.
    r"|\W*(?::\w+:\W*)?(?:(?:as of|since|from) [\w ,]{3,24}?,? )?this (?:repo|repository|project) "
    r"(?:is|was|has been|should be considered) (?:now |officially |being )?"
    r"(?:deprecated|archived|obsolete|unmaintained|retired"
    r"|no longer (?:supported|maintained|needed|used|deployed|in use))\b"
    r"(?=\W*$|\s*[^\w\s]|\s+(?:and|as|because|by|due|from|in|since|please|you|use)\b)"
    r"|\W*(?:[\w-]+ ){1,5}no longer uses this (?:code|repo|repository|project)\b"
    r"|\W*\*\*(?:[\w-]+ ){1,4}(?:is|has been) (?:now )?retired\b"
)
"""How a line begins that says so of a folder, an emoji before it or not."""

_TRIAL = regex(
    r"(?i)(?:^|.*[.!]\W+)\W*(?:this|the (?:repo|repository|project|code)) "
    r"(?:(?:repo|repository|project|code|template|stack|module|app|application) )?(?:is|was|contains|holds) "
    r"(?:(?:an?|just|only|purely|merely|simple|small|the) )*(?:[\w-]+ )?"
    r"(?:prototype|proof[- ]of[- ]concept|poc|spike|demo|demonstration|workshop|tutorial|minimum viable product|mvp)s?"
    r"\b|.*\b(?:not (?:intended|meant|suitable|ready|designed) for (?:\w+ )?production\b"
    r"|for demonstration purposes? only\b"
    r"|(?:is|are|do) not (?:intended )?(?:to be used?|use) in production\b)"
    r"|\W*(?:spike|prototype|proof[- ]of[- ]concept|poc)(?:\W*$|\W*/|\W* (?:project|repository|for|of|to)\b)"
)
"""How a line says that something is for a trial or to be shown: nobody pays there for what production needs."""

_DESCRIBED = regex(
    r"(?m)^Description:[ \t]*(?P<said>[^\n]*(?:\n[ \t]+[^\n]*|\n[ \t\r]*(?=\n)){0,12})"
    r"|\A\s*\{\s*(?:\"AWSTemplateFormatVersion\"[^,]*,\s*)?\"Description\"\s*:\s*\"(?P<json>[^\"]*)"
)
"""What a template of CloudFormation says of itself."""

_FOR_NOBODY = regex(
    r"(?i)\bdo not (?:use|deploy)(?: (?:this|it)(?: template)?)? (?:anywhere|any ?more|any longer|elsewhere)\b"
)
"""How such a text says that nobody deploys the template."""

_HEAD, _TRIAL_HEAD = 6, 15
"""Lines of a README in which that may stand: that nobody deploys it, and that it is for a trial."""


def sample_folder(path: str, top: str, declared: Declared) -> str | None:
    """The first folder on a path that is named as those of tests and samples are; None if none is."""
    folders, words = relative(path, top).split("/")[:-1], {name.lower() for name in declared.folders}
    return next((f"{name}/" for name in folders if name.lower() in words or _is_for_show(name)), None)


def _is_for_show(name: str) -> bool:
    """Whether the name of a folder is one of those in which nothing of production is: ipv-stub, e2e-test-resources."""
    words = name_words(name)
    is_last = not set(words[-1:]).isdisjoint(_LAST_WORDS) or words[-2:] == ["test", "resources"]
    return (
        is_last
        or name.lower() in _WHOLE
        or _is_put_aside(name)
        or bool(_EARLIER.match(name))
        or bool(_OF_TESTS.match(name))
    )


def _is_put_aside(name: str) -> bool:
    """Whether the name of a folder is one of what nobody deploys any more: orders-archive, archived_orders."""
    words = name_words(name)
    return not set(words[-1:]).isdisjoint(_RETIRED) or not set(words[:1]).isdisjoint(_PARTICIPLES)


def shown_folder(path: str, top: str, declared: Declared, files: Files) -> str | None:
    """The folder on a path that nobody deploys: of tests or samples by its name, or of the tests of a folder beside it;
    or the README that says so of one, or that it is for a trial, the top among them; or a template that says so."""
    named = sample_folder(path, top, declared) or _of_tests_of(path, top, files)
    told = named or _told(path, top, files, "abandoned") or _told(path, top, files, "trial")
    return told or (relative(path, top) if _is_described_so(path, files) else None)


def words_of(where: str) -> str:
    """How a message says that a folder, or what its README is about, is of no production."""
    return (
        f"in {where}, which deploys no production"
        if where.endswith("/")
        else f"as {where} says that it is no production"
    )


def _of_tests_of(path: str, top: str, files: Files) -> str | None:
    """The first folder on a path that has the tests of one beside it, as shop_tests beside shop; None if none has."""
    folders = relative(path, top).split("/")[:-1]
    for number, name in enumerate(folders):
        match = _TESTS_OF.fullmatch(name)
        if match is not None and match[1] in files.listing(os.path.join(top, *folders[:number])).folders:
            return f"{name}/"
    return None


def is_retired(path: str, top: str, files: Files) -> bool:
    """Whether a file is in a folder of what was put aside, or of the examples of others."""
    own = relative(path, top)
    is_named = bool(_VENDORED.search(own)) or any(map(_is_put_aside, own.split("/")[:-1]))
    return is_named or _told(path, top, files, "abandoned") is not None or _is_described_so(path, files)


def _is_described_so(path: str, files: Files) -> bool:
    """Whether a template says of itself that nobody deploys it."""
    if not path.endswith(_STACKS) or not files.is_file(path):
        return False
    try:
        match = _DESCRIBED.search(files.read(path).text)
    except Problem:
        return False
    lines = [] if match is None else (match["said"] or match["json"] or "").lstrip("\"'").splitlines()
    told = " ".join(line.strip() for line in lines)
    return any(_ABANDONED.match(line.strip()) for line in lines) or _FOR_NOBODY.search(told) is not None


def _told(path: str, top: str, files: Files, what: str) -> str | None:
    """The first README on a path, from the top on, that says in its first lines that nobody deploys its folder
    ("abandoned"), or that this is for a trial ("trial"); None if there is none."""
    folders = relative(path, top).split("/")[:-1]
    known = files.once(_readmes_by_folder)
    for number in range(len(folders) + 1):
        folder = os.path.join(top, *folders[:number])
        if folder not in known:
            known[folder] = _of_readmes(folder, files)
        if what in known[folder]:
            return "/".join((*folders[:number], known[folder][what]))
    return None


def _readmes_by_folder(_: Files) -> dict[str, dict[str, str]]:
    """What `_of_readmes` gives for each folder so far: each template of a folder asks for it."""
    return {}


def _of_readmes(folder: str, files: Files) -> dict[str, str]:
    """The names of the first READMEs in a folder by what they say of it: that it is "abandoned", or for a "trial"."""
    found: dict[str, str] = {}
    for file in files.names(folder):
        if file.lower().partition(".")[0] == "readme":
            try:
                lines = files.read(os.path.join(folder, file)).lines
            except Problem:
                continue
            if any(map(_ABANDONED.match, _prose(lines[:_HEAD]))):
                found.setdefault("abandoned", file)
            if any(map(_TRIAL.match, _prose(lines[:_TRIAL_HEAD]))):
                found.setdefault("trial", file)
    return found


def _prose(lines: Sequence[str]) -> Iterator[str]:
    """The lines of Markdown that are in no block of code, where they say nothing of the folder."""
    is_code = False
    for line in lines:
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        elif not is_code and not line.startswith(("    ", "\t")):
            yield line


def is_of_environment(file: str, folder: str, declared: Declared, files: Files, ambiguous: Sequence[str]) -> bool:
    """Whether a template's file, of which a word is one of `development`, is of no production: by the end of its name,
    as orders-dev.yaml, or beside one of production, or of the same name without the word.

    ambiguous: the words that also stand at the end of names of production.
    """
    words = name_words(os.path.splitext(file)[0].removesuffix(".template"))
    # What is only called dev counts beside its like.
    if len(words) > 1 and is_named_like(words[-1], declared.development) and words[-1] not in ambiguous:
        return True
    own = _rest(file, declared.development)
    others = [name for name in templates(files.names(folder)) if not is_named_like(name, declared.development)]
    return any(is_named_like(name, declared.production) or _rest(name, ("main",)) == own for name in others)


def _rest(file: str, words: Sequence[str]) -> set[str]:
    """The words of the name of a file, without its ending and some of them."""
    return set(name_words(os.path.splitext(file)[0])).difference(words)


def is_beside_others(name: str, above: str, declared: Declared, files: Files) -> bool:
    """Whether a folder named as another environment is beside production, or beside folders that look like it."""
    others = [other for other in files.listing(above).folders if not is_named_like(other, declared.development)]
    if any(is_named_like(other, declared.production) or other == _rest_of_folder(name, declared) for other in others):
        return True
    own = templates(files.names(os.path.join(above, name))) if name.lower() in declared.development else set()
    return any(not own.isdisjoint(files.names(os.path.join(above, other))) for other in others)


def _rest_of_folder(name: str, declared: Declared) -> str:
    """The name of a folder without the environment at its end: shop of shop-dev; empty if none is there."""
    rest, _, last = name.rpartition("-")
    return rest if last.lower() in declared.development else ""


def is_another(name: str, above: str, declared: Declared, files: Files) -> bool:
    """Whether a folder beside production, whose name no word is for, holds an environment as that does: in files of the
    same name both write their own name for the same key (`environment_name = "nft"`)."""
    there = set(files.listing(above).folders)
    if there.isdisjoint(declared.production) or there.isdisjoint(declared.development):
        return False
    if is_named_like(name, declared.production):
        return False
    own = templates(files.names(os.path.join(above, name)))
    for other in files.listing(above).folders:
        if other.lower() in declared.production:
            common = own.intersection(files.names(os.path.join(above, other)))
            pairs = ([_keys(os.path.join(above, each, file), each, files) for each in (name, other)] for file in common)
            if any(not mine.isdisjoint(theirs) for mine, theirs in pairs):
                return True
    return False


def _keys(path: str, name: str, files: Files) -> set[str]:
    """The keys for which a file writes a name as the whole value."""
    try:
        text = files.read(path).text
    except Problem:
        return set()
    return set(re.findall(rf"""([\w-]+)["']?\s*[:=]\s*["']?{re.escape(name)}(?:["']|[ \t]*$)""", text, re.M))


def templates(names: Sequence[str]) -> set[str]:
    """The names of files that may be configuration."""
    return {name for name in names if name.endswith((*_STACKS, ".tf", ".tofu"))}
