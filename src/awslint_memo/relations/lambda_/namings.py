"""Who names a function, by which version or alias, and whether that invokes it or tells somebody of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.outputs import shared_with_stacks
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Link, Text, Unknown, Value
from awslint_memo.relations.lambda_ import callers
from awslint_memo.relations.lambda_.admissions import PERMISSION, admits_nobody
from awslint_memo.relations.lambda_.aliases import ALIAS, VERSION
from awslint_memo.relations.lambda_.callers import DISTRIBUTION, STATE_MACHINE
from awslint_memo.relations.lambda_.functions import FUNCTION, function_of, unqualified
from awslint_memo.syntax.embedded import parse_embedded

Kind: TypeAlias = Literal["invokes", "tells", "other"]

_QUALIFIER = regex(r":([\w-]+|\$LATEST)(?![\w$-])")
_SUBSTITUTED = regex(r"\$\{(\w+)\}(?::([\w$-]*))?")
_VERSION = regex(r"\$LATEST|\d+|\*")


@record(frozen=True, eq=False)
class Naming:
    """A value by which a resource, or an output, names a function or one of its aliases.

    qualifier: the version or the alias's name behind the function, empty for the function itself, "*" for a version by
    reference, None if it is not known.
    alias: the name of the alias's resource, where the value is a reference to it.
    """

    resource: Resource | None
    kind: Kind
    function: str
    value: Value
    qualifier: str | None
    alias: str = ""

    @property
    def is_past_aliases(self) -> bool:
        """Whether it surely invokes the function itself or one of its versions."""
        is_version = self.qualifier is not None and _VERSION.fullmatch(self.qualifier) is not None
        return self.kind == "invokes" and not self.alias and (self.qualifier == "" or is_version)

    @property
    def words(self) -> str:
        """How the value invokes the function: "RuleX invokes the function itself"."""
        by = "an output" if self.resource is None else self.resource.title
        verb = "invokes" if self.resource is None or self.resource.type != PERMISSION else "lets others invoke"
        what = "the function itself" if self.qualifier in ("", "$LATEST") else "a version of the function"
        return f"{by} {verb} {what}"

    @property
    def is_at_edge(self) -> bool:
        """Whether CloudFront invokes the function, which takes versions and no aliases."""
        return self.resource is not None and self.resource.type == DISTRIBUTION


@record(frozen=True, eq=False)
class Invokers:
    """What invokes functions here. by_function: their namings. arns: the texts with ARNs of functions that are no
    references, with an asterisk for what is not known. may_name_any: one names what may be any function.
    """

    by_function: Mapping[str, Sequence[Naming]]
    arns: Sequence[str]
    may_name_any: bool


def invokers(deployment: Deployment) -> Invokers:
    """What invokes functions in a deployment. Ask it by `once`."""
    namings: dict[str, list[Naming]] = {}
    arns: list[str] = []
    may_name_any = False
    for resource in _all(deployment):
        is_invoker = resource.type in callers.INVOKES or resource.type in callers.TERRAFORM or resource.type == ALIAS
        if is_invoker and not admits_nobody(resource):
            fields = fields_of(resource, callers.INVOKES.get(resource.type))
            every = list(leaves(fields))
            for leaf in every:
                written = "*".join(piece.text or "" for piece in leaf.value.pieces)
                arns += [written] if ":function:" in written else []
                may_name_any = may_name_any or (isinstance(leaf.value, Unknown) and leaf.value.anything)
            for naming in _named_by(resource, "invokes", fields, every):
                namings.setdefault(naming.function, []).append(naming)
    return Invokers(namings, arns, may_name_any)


def tellers(deployment: Deployment) -> Mapping[str, Sequence[Naming]]:
    """By function, what tells others of it, outputs among them, and what else names it. Ask it by `once`.

    Of modules that were not read, ask the function itself (`is_open`).
    """
    namings: dict[str, list[Naming]] = {}
    for resource in _all(deployment):
        is_invoker = resource.type in callers.INVOKES or resource.type in callers.TERRAFORM
        is_other = not (is_invoker or resource.type.startswith(callers.BESIDE))
        if resource.type in callers.TELLS or is_other:
            kind: Kind = "tells" if resource.type in callers.TELLS else "other"
            fields = fields_of(resource, callers.TELLS.get(resource.type))
            for naming in _named_by(resource, kind, fields, leaves(fields)):
                namings.setdefault(naming.function, []).append(naming)
    names = _Names(deployment, None, "tells")
    for leaf in (leaf for value in deployment.once(shared_with_stacks) for leaf in leaves({"": value})):
        for naming in names.of(leaf):
            namings.setdefault(naming.function, []).append(naming)
    return namings


def _all(deployment: Deployment) -> Iterator[Resource]:
    yield from deployment.resources.values()
    yield from deployment.untranslated(deployment)


def fields_of(resource: Resource, names: Sequence[str] | None) -> dict[str, Value]:
    """The properties of these names, all if None; of Terraform always all, by its own names."""
    if resource.type == ALIAS:
        policy = resource.attribute("UpdatePolicy").get("CodeDeployLambdaAliasUpdate")
        return {name: policy.get(name) for name in ("BeforeAllowTrafficHook", "AfterAllowTrafficHook")}
    if names is None or resource.language == "terraform":
        words = (
            "action" if resource.type.endswith("Alarm") else "destination" if "InvokeConfig" in resource.type else ""
        )
        found: dict[str, Value] = {}
        for number, (name, value) in enumerate(resource.everything()):
            if words in name and name not in callers.DESCRIBES:
                # Several targets of a rule, which are blocks of their own, have arguments of the same name.
                found[f"{name} {number}" if name in found else name] = value
        return found
    return {name: resource.get(name) for name in names}


def _named_by(resource: Resource, kind: Kind, fields: Mapping[str, Value], every: Iterable[Leaf]) -> Iterator[Naming]:
    """The functions that a resource names in some of its properties. every: the leaves of these."""
    names = _Names(resource.deployment, resource, kind)
    substituted = dict(_substitutions(fields)) if resource.type == STATE_MACHINE else {}
    for leaf in every:
        for naming in names.of(leaf):
            if naming.function != resource.name:
                yield naming if leaf.key not in substituted else _with(naming, substituted[leaf.key])


def _with(naming: Naming, qualifier: str | None) -> Naming:
    """What the definition of a state machine makes of a substitution: it may write a qualifier behind it."""
    behind = qualifier if naming.qualifier == "" else naming.qualifier
    return Naming(naming.resource, naming.kind, naming.function, naming.value, behind, naming.alias)


def _substitutions(fields: Mapping[str, Value]) -> Iterator[tuple[str, str | None]]:
    """The keys of a state machine's substitutions, each with the qualifier that its definition writes behind it; None
    where the definition is not seen, or writes something else."""
    definition = {name: fields[name] for name in ("Definition", "DefinitionString") if name in fields}
    written = "\n".join(piece.text or "" for leaf in leaves(definition) for piece in leaf.value.pieces)
    behind: dict[str, str | None] = {}
    for key, qualifier in _SUBSTITUTED.findall(written):
        behind[key] = qualifier if behind.get(key, qualifier) == qualifier else None
    for key in fields["DefinitionSubstitutions"].fields if "DefinitionSubstitutions" in fields else ():
        yield key, behind.get(key)


@record(frozen=True, eq=False)
class Leaf:
    """A value that is neither a list nor a mapping, the key under which it stands, and the qualifier beside it."""

    key: str
    value: Value
    qualifier: str | None = ""


def leaves(fields: Mapping[str, Value]) -> Iterator[Leaf]:
    """All values inside of others, those of JSON texts included."""
    beside = next((value for key, value in fields.items() if key.lower().startswith("qualifier")), None)
    qualifier = "" if beside is None or beside.is_absent else beside.text
    if qualifier is not None and qualifier.startswith("$") and qualifier != "$LATEST":
        qualifier = None  # A path of a state machine, which finds it while it runs.
    for key, value in fields.items():
        stack = [value]
        while stack:
            inner = parse_embedded(stack.pop())
            content = inner.content if isinstance(inner, Known) else None
            if isinstance(content, Mapping):
                yield from leaves(inner.fields)
            elif isinstance(content, list):
                stack += reversed(inner.items)
            else:
                yield Leaf(key, inner, qualifier)


@record(frozen=True, eq=False)
class _Names:
    """Finds the functions that the values of one resource name."""

    deployment: Deployment
    resource: Resource | None
    kind: Kind

    def of(self, leaf: Leaf) -> Iterator[Naming]:
        """What one value names."""
        value = leaf.value
        if isinstance(value, Link):
            yield from self._linked(value, value, leaf.qualifier)
        elif isinstance(value, Unknown):
            if value.attribute is not None:
                yield from self._linked(value.attribute, value, leaf.qualifier)
            for link in value.references if value.attribute is None else ():
                yield from self._linked(link, value, None)
            # A name that is not known, such as the stack's, may be the one that the function has.
            yield from self._by_name(leaf) if value.attribute is None and not value.references else ()
        elif isinstance(value, Text) and any(isinstance(part, Link) for part in value.parts):
            yield from self._in_text(value, leaf)
        else:
            yield from self._by_name(leaf)

    def _in_text(self, text: Text, leaf: Leaf) -> Iterator[Naming]:
        for number, part in enumerate(text.parts):
            if isinstance(part, Link):
                behind = _behind(text.parts[number + 1 :])
                yield from self._linked(part, text, leaf.qualifier if behind == "" else behind)
            elif isinstance(part, Unknown) and part.attribute is not None:
                yield from self._linked(part.attribute, text, leaf.qualifier)

    def _linked(self, link: Link, value: Value, qualifier: str | None) -> Iterator[Naming]:
        resource = self.deployment.resource(link.resource)
        if resource is None or resource.type not in (FUNCTION, ALIAS, VERSION):
            return
        function = resource if resource.type == FUNCTION else function_of(self.deployment, link)
        if function is None:
            return
        alias = resource.name if resource.type == ALIAS else ""
        is_version = resource.type == VERSION or link.attribute in ("qualified_arn", "qualified_invoke_arn", "version")
        yield Naming(self.resource, self.kind, function.name, value, "*" if is_version else qualifier, alias)

    def _by_name(self, leaf: Leaf) -> Iterator[Naming]:
        value, is_name = leaf.value, "function" in leaf.key.lower()
        pattern = value.pattern
        if pattern is None or not (is_name or pattern.startswith("arn:")):
            return
        function = function_of(self.deployment, value) or unqualified(self.deployment, value)
        if function is not None:
            _, colon, rest = pattern.after_last(":function:").partition(":")
            yield Naming(self.resource, self.kind, function.name, value, rest.literal if colon else leaf.qualifier)


def _behind(following: Sequence[Value]) -> str | None:
    """The qualifier that a text has behind the name of a function: "" for none, None where it is not known."""
    text = following[0].text if following else ""
    if text is None or not text.startswith(":"):
        return ""
    match = _QUALIFIER.match(text)
    is_whole = match is not None and (len(following) == 1 or match.end() < len(text))
    return match[1] if match is not None and is_whole else None
