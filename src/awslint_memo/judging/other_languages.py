"""Sources of other tools that make infrastructure on AWS, which are not read: which they are, and how their output is.

Nothing here is judged: some of these tools write CloudFormation or Terraform, which is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed_in_line
from awslint_memo.model.record import record

_NAMED = 2
"""How many files a notice names."""


@record(frozen=True)
class Language:
    """What a tool's sources are called, and how what they make is judged; output: where it is, beside the source."""

    what: str
    remedy: str
    output: str = ""


_BY_PULUMI = "it writes neither CloudFormation nor Terraform, so nothing here can judge it"
_IN_CLUSTERS = "a cluster makes these, by neither CloudFormation nor Terraform, so nothing here can judge them"

_SERVERLESS = Language(
    "the Serverless Framework", "run serverless package, then check the folder .serverless", ".serverless"
)
_CDKTF = Language("CDK for Terraform", "run cdktf synth, then check the folder cdktf.out", "cdktf.out")
_PULUMI = Language("Pulumi", _BY_PULUMI)
_SST = Language("SST", f"version 3 deploys by Pulumi: {_BY_PULUMI}; of version 2, run sst build and check .sst", ".sst")
_COPILOT = Language(
    "AWS Copilot",
    "run copilot svc package --output-dir infrastructure for each service, likewise env package, and check that folder",
)
_AMPLIFY = Language("Amplify", "download the templates of its stacks (aws cloudformation get-template) and check them")
_CHALICE = Language("AWS Chalice", "run chalice package packaged, then check the folder packaged")
_CROSSPLANE = Language("Crossplane", _IN_CLUSTERS)
_ACK = Language("AWS Controllers for Kubernetes", _IN_CLUSTERS)

BY_NAME: Mapping[str, Language] = {
    **{f"serverless.{suffix}": _SERVERLESS for suffix in ("yml", "yaml", "json", "ts", "js")},
    "cdktf.json": _CDKTF,
    "Pulumi.yaml": _PULUMI,
    "Pulumi.yml": _PULUMI,
    **{f"sst.config.{suffix}": _SST for suffix in ("ts", "js", "mjs")},
    "sst.json": _SST,
}
"""The tools by the names of files that only they have."""

BY_PLACE: Mapping[tuple[str, str], Language] = {
    ("copilot", ".workspace"): _COPILOT,
    ("amplify", "backend.ts"): _AMPLIFY,
    ("amplify", "team-provider-info.json"): _AMPLIFY,
    (".chalice", "config.json"): _CHALICE,
}
"""The tools by the folder and the name of a file."""

_MANIFEST = regex(
    rb"^apiVersion:\s*[\"']?[\w.-]*\.(?:(aws(?:\.m)?\.(?:upbound|crossplane)\.io)|services\.k8s\.aws)/", re.MULTILINE
)


_PLACED = frozenset(name for _, name in BY_PLACE)


def language_of(source: Source) -> Language | None:
    """The tool whose source a file is that is no template; None if it is none of these."""
    language = language_by_name(source.path)
    if language is not None or b"apiVersion" not in source.data:
        return language
    match = _MANIFEST.search(source.data)
    return None if match is None else _CROSSPLANE if match[1] else _ACK


def language_by_name(path: str) -> Language | None:
    """The tool that a file is of, by its name and the folder that it is in."""
    name = os.path.basename(path)
    if name not in _PLACED:
        return BY_NAME.get(name)
    return BY_PLACE.get((os.path.basename(os.path.dirname(os.path.abspath(path))), name))


def notices(sources: Iterable[tuple[str, Language]], judged: Collection[str]) -> list[str]:
    """The notices of sources that were not read, one for each tool. judged: the absolute paths of the templates of the
    run, among which the output of a source may be."""
    by_language: dict[Language, list[str]] = {}
    for path, language in sources:
        output = os.path.join(os.path.dirname(os.path.abspath(path)), language.output, "")
        if not language.output or not any(template.startswith(output) for template in judged):
            by_language.setdefault(language, []).append(path)
    return [
        f"not checked: {listed_in_line(paths, _NAMED)}, of {language.what}; {language.remedy}"
        for language, paths in by_language.items()
    ]
