"""Rule and its decorator: checks of resources or deployments, with their documentation."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from awslint_memo.model.finding import LEVELS, Findings, Level
from awslint_memo.model.lazy import regex

Check: TypeAlias = Callable[..., Findings]
"""Takes a Resource (a Deployment if the rule has no `resource`) and the rule's options as keyword arguments."""

Types: TypeAlias = "tuple[str, ...]"
"""CloudFormation resource types; empty if the check applies to the deployment."""

STORES: Types = (
    *("AWS::Cassandra::Table", "AWS::DSQL::Cluster", "AWS::DocDB::DBCluster", "AWS::DynamoDB::GlobalTable"),
    *("AWS::DynamoDB::Table", "AWS::EC2::Volume"),
    *("AWS::EFS::FileSystem", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup"),
    *("AWS::ElastiCache::ServerlessCache", "AWS::Elasticsearch::Domain", "AWS::FSx::FileSystem"),
    "AWS::MemoryDB::Cluster",
    *("AWS::Neptune::DBCluster", "AWS::OpenSearchService::Domain", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance"),
    *("AWS::Redshift::Cluster", "AWS::RedshiftServerless::Namespace", "AWS::S3::Bucket"),
    *("AWS::S3Express::DirectoryBucket", "AWS::Timestream::InfluxDBInstance", "AWS::Timestream::Table"),
)
"""Every type of store of data, for rules of recovery: `resource=STORES`. A test compares it with `stores.TYPES`."""

FixKind: TypeAlias = Literal["", "safe", "unsafe", "both"]
"""Whether the fixes of a rule are safe or for a person to decide, or some each; empty if it has none."""

FIX_KINDS: tuple[FixKind, ...] = ("safe", "unsafe", "both")

Range: TypeAlias = "tuple[float | None, float | None]"
"""The least and the greatest value of an option; None where there is no limit."""

_IN_FILE = frozenset(
    (
        *("checks", "memo", "aws", "options", "ranges", "title", "reason", "advice", "bad", "good", "fixed"),
        *("yields_to", "useless_with", "widened", "taste", "commented", "unfixed"),
    )
)
"""The attributes that are loaded from the rule's file; the others are in the index of rules."""

_OF_DOCSTRING = ("title", "reason", "advice")

_LISTS = dict.fromkeys(("checks", "commented", "useless_with", "yields_to"), ())
_EMPTY: Mapping[str, Any] = {"options": {}, "ranges": {}, "taste": False, "widened": {}, **_LISTS}
"""What attributes of the file are that it does not give, but for texts, which are empty."""

_IN_INDEX = (
    *("aliases", "fix", "id", "is_core", "is_opt_in", "is_users", "language", "level", "resource", "service", "since"),
)


class Rule:
    """A rule: its checks, and its documentation from its file (the docstring, and the examples BAD, GOOD and FIXED).

    since: the version that it exists since, such as 0.2; empty for the first one. widened: what it reports since later
    versions, by these. is_opt_in: it reports only what a setting asks for. is_users: it is in a folder or package that
    the user named, and not one of ours. unnamed: the properties that such a
    rule has asked for and that have no Terraform word. load: for a rule known from the index only, returns the complete
    rule. It is called on first access to an attribute in _IN_FILE.
    """

    __slots__ = (*_IN_FILE, *_IN_INDEX, "_docstring", "_in_file", "_load", "unnamed")

    checks: tuple[tuple[Types, Check], ...]
    memo: str
    aws: str
    options: Mapping[str, Any]
    ranges: Mapping[str, Range]
    title: str
    reason: str
    advice: str
    bad: str
    good: str
    fixed: str
    yields_to: Types
    useless_with: Types
    widened: Mapping[str, str]
    taste: bool | Literal["costs", "tracing"]
    commented: Types
    unfixed: str

    def __init__(
        self,
        id: str,
        level: Level,
        *,
        resource: Types = (),
        aliases: Types = (),
        language: str = "",
        service: str = "",
        is_core: bool = False,
        is_users: bool = False,
        is_opt_in: bool = False,
        since: str = "",
        fix: FixKind = "",
        load: Callable[[], Rule] | None = None,
        **in_file: Any,
    ) -> None:
        self.id = id
        self.level: Level = level
        self.resource = resource
        self.aliases = aliases
        self.language = language
        self.service = service
        self.is_core = is_core
        self.is_users, self.is_opt_in = is_users, is_opt_in
        self.since = since
        self.fix: FixKind = fix
        self.unnamed: set[str] = set()
        self._load, self._docstring = load, ""
        self._in_file: dict[str, Any] = in_file
        """What the file says; an attribute gets it when somebody asks: most are asked for checks alone."""

    def __getattr__(self, name: str) -> Any:
        """Load the rule's file to get an attribute. Raises Problem if the file can't be loaded."""
        if name not in _IN_FILE:
            raise AttributeError(f"a rule has no {name}")
        if self._load is not None:
            whole, self._load = self._load(), None
            self._docstring, self._in_file = whole._docstring, whole._in_file
        if name in _OF_DOCSTRING and self._docstring:
            self.title, self.reason, self.advice = manual(self._docstring)
        else:
            setattr(self, name, self._in_file.get(name, _EMPTY.get(name, "")))
        return getattr(self, name)

    def document(self, docstring: str, **parts: Any) -> None:
        """Take over what the rule's file says beside its checks. docstring: is split when somebody asks for a part."""
        self._docstring = docstring
        self.service = parts.pop("service", self.service)
        self._in_file |= parts

    def __repr__(self) -> str:
        return f"<Rule {self.id}>"

    @property
    def url(self) -> str:
        """The URL of AWS's documentation, or the one that a user's own rule gives; empty if there is none."""
        return self.aws if "://" in self.aws or not self.aws else f"https://docs.aws.amazon.com/{self.aws}"

    def changed(self, **parts: Any) -> Rule:
        """A complete copy of the rule with other values for some attributes."""
        return Rule(**{**{name: getattr(self, name) for name in (*_IN_FILE, *_IN_INDEX)}, **parts})

    def on(self, *types: str) -> Callable[[Check], Rule]:
        """Add a check of resources of other types to the rule: `@check.on("AWS::RDS::DBCluster")`.

        An option that several checks take has one default. Raises ValueError where it has two, where no type is named,
        and for a rule of whole deployments.
        """
        if not (types and self.resource):
            raise ValueError(f"rule {self.id}: .on adds types of resources to those that the rule has")

        def add(check: Check) -> Rule:
            for name, default in (getattr(check, "__kwdefaults__", None) or {}).items():
                if self.options.get(name, default) != default:
                    raise ValueError(f"rule {self.id}: the option {name} has two defaults")
                self.options = self._in_file["options"] = {**self.options, name: default}
            self.checks = self._in_file["checks"] = (*self.checks, (types, check))
            self.resource = tuple(dict.fromkeys((*self.resource, *types)))
            return self

        return add


def rule(
    id: str = "",
    *,
    level: Level,
    memo: str = "",
    aws: str = "",
    resource: str | Types = (),
    aliases: Types = (),
    language: str = "",
    core: bool = False,
    since: str = "",
    widened: Mapping[str, str] | None = None,
    opt_in: bool = False,
    fix: FixKind = "",
    yields_to: str | Types = (),
    useless_with: Types = (),
    ranges: Mapping[str, Range] | None = None,
    taste: bool | Literal["costs", "tracing"] = False,
    commented: Types = (),
    unfixed: str = "",
) -> Callable[[Check], Rule]:
    """Decorator that makes a rule of a check function.

    id: by default that of the file's path, `sqs-long-polling` for `sqs/long_polling.py`; if it ever changes, the old id
    goes into `aliases`. level: the level of its findings, unless a finding sets its own. resource: the CloudFormation
    type or types to check, or STORES; the function is called with each resource. Without it, the function is called
    with each deployment. Add a check of other types with `@<name of this function>.on(type)`. memo: the quotation of
    the memo. aws: path below docs.aws.amazon.com, or any address. language: "terraform" or "cloudformation" (SAM
    included) if only resources of that language are to be checked. core: belongs to the profile `core`. since: the
    version without its patch that brings the rule, if it is not the first one. widened: by version, what it reports
    since then; these findings have `since` too. opt_in: it reports only what a setting of its own asks for, so it is no
    preview when it is new. fix: whether its findings have fixes, and of which kind. yields_to: ids of rules; where one
    of them reports the same resource, or all that a finding is `about`, in the same deployments, this rule is silent.
    useless_with: ids of rules whose findings about the same resource keep its fixes back. Keyword-only parameters of
    the function, with defaults, are the rule's options in the configuration. ranges: the least and the greatest value
    of such an option, by its name. taste: a warning, or an error of a rule of errors, is advice where a comment beside
    the value explains it; "costs" if following it costs money or time: left out where production has another value;
    "tracing" if its advice is left out where nothing traces. commented: a warning is advice too where a comment has one
    of these settings, or says that it does without. Raises ValueError for a range of what is no option of the check.
    """
    about: dict[str, Any] = {"memo": memo, "aws": aws, "taste": taste, "commented": commented, "unfixed": unfixed}
    about |= {"widened": dict(widened or {}), "ranges": ranges or {}, "yields_to": _several(yields_to)}
    about |= {"aliases": aliases, "language": language, "since": since, "useless_with": useless_with}

    def make(check: Check) -> Rule:
        return Rule(
            name := id or id_of(check.__code__.co_filename),
            _level(name, level),
            resource=_several(resource),
            is_core=core,
            is_opt_in=opt_in,
            fix=fix,
            checks=((_several(resource), check),),
            options=_options(name, check, ranges or {}),
            **about,
        )

    return make


def id_of(path: str) -> str:
    """The id of the rule in a file: its service, which is the folder, and its name, in kebab case."""
    folder, name = os.path.split(path)
    return f"{os.path.basename(folder)}-{name.removesuffix('.py')}".replace("_", "-")


def _level(id: str, level: Level) -> Level:
    if level not in LEVELS:
        raise ValueError(f"rule {id}: level {level!r} is none of {', '.join(LEVELS)}")
    return level


def _several(names: str | Types) -> Types:
    return (names,) if isinstance(names, str) else names


def manual(docstring: str) -> tuple[str, str, str]:
    """Split a rule file's docstring into title (first line), reason, and advice (the text after "What to do:")."""
    title, _, rest = docstring.strip().partition("\n")
    reason, _, advice = rest.partition("What to do:")
    return title.strip(), _paragraphs(reason), _paragraphs(advice)


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def _options(id: str, check: Check, ranges: Mapping[str, Range]) -> Mapping[str, Any]:
    """The options of a check with their defaults. Raises ValueError for a range of what is none."""
    options = dict(getattr(check, "__kwdefaults__", None) or {})
    if not ranges.keys() <= options.keys():
        raise ValueError(f"rule {id}: {', '.join(ranges.keys() - options.keys())} is no option")
    return options


def range_in_words(limits: Range) -> str:
    """The range of an option in words: "from 1 to 35", "at least 1"."""
    least, most = limits
    if least is None or most is None:
        return f"at most {most:g}" if most is not None else f"at least {least:g}" if least is not None else "any number"
    return f"from {least:g} to {most:g}"


RELEASE = "0.2"
"""This version without its patch; a test compares it with that of the package."""

FIRST = "0.1"
"""The first version; a rule that says nothing else exists since then."""

_FORM = regex(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")


def is_version(text: str) -> bool:
    """Whether a text is a version without a patch, from the first one to this one."""
    return _FORM.fullmatch(text) is not None and _parts(FIRST) <= _parts(text) <= _parts(RELEASE)


def is_newer(since: str, version: str) -> bool:
    """Whether what exists since one version is newer than another version."""
    return _parts(since or FIRST) > _parts(version)


def is_preview(rule: Rule) -> bool:
    """Whether a rule is new in this release, and reports what nobody asked for by a setting of its own."""
    return rule.since == RELEASE and not rule.is_users and not rule.is_opt_in


def _parts(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
