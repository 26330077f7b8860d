"""The variables that the actions of a pipeline make and read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN
from awslint_memo.relations.codepipeline.pipelines import actions

_PAGE = "codepipeline/latest/userguide/reference-variables.html"

OF_PIPELINE = fact("variables", page=_PAGE, read="2026-11-29")
"""The namespace of the variables that a pipeline declares."""

OF_AWS = fact("codepipeline", page=_PAGE, read="2026-11-29")
"""The namespace of what CodePipeline tells every action."""

_READ = regex(r"#\{([\w@-]+)\.([\w@-]+)\}")


@record(frozen=True, eq=False)
class Read:
    """A variable that an action reads and that surely nothing makes: the text with it, its namespace and name, the
    action in words, and the variables of the pipeline, or the namespaces of its actions, that there are."""

    value: Value
    namespace: str
    name: str
    label: str
    known: tuple[str, ...]


def unresolved(pipeline: Resource) -> Iterator[Read]:
    """The variables that actions of a pipeline read although surely nothing makes them."""
    own, made = _declared(pipeline), _namespaces(pipeline)
    for action in actions(pipeline):
        for value in action.configuration.fields.values():
            for namespace, name in (found for text in _texts(value) for found in _READ.findall(text)):
                is_own = namespace == OF_PIPELINE
                known = own if is_own else made
                if known is not None and namespace != OF_AWS and (name if is_own else namespace) not in known:
                    names = (f"#{{{OF_PIPELINE}.{other}}}" if is_own else f"#{{{other}.{name}}}" for other in known)
                    yield Read(value, namespace, name, action.label, tuple(names))


def unexported(pipeline: Resource) -> Iterator[Read]:
    """The variables that actions of a pipeline read of builds whose buildspecs surely do not export them."""
    exports = _exports(pipeline)
    for action in actions(pipeline) if exports else ():
        for value in action.configuration.fields.values():
            for namespace, name in (found for text in _texts(value) for found in _READ.findall(text)):
                known = exports.get(namespace)
                if known is not None and name not in known:
                    yield Read(value, namespace, name, action.label, tuple(f"#{{{namespace}.{one}}}" for one in known))


def _exports(pipeline: Resource) -> Mapping[str, Sequence[str]]:
    """By namespace, the variables that the only build with it surely exports, as far as its buildspec is known."""
    found: dict[str, Sequence[str]] = {}
    for action in actions(pipeline):
        namespace, spec = action.value.get("Namespace").text, action.buildspec
        if namespace in found or spec is None or namespace is None or UNKNOWN in spec.text or "batch" in spec.data:
            found.pop(namespace or "", None)
            continue
        environment = spec.data.get("env")
        named = environment.get("exported-variables") if isinstance(environment, Mapping) else None
        if named is None or isinstance(named, list):
            found[namespace] = [f"{one}" for one in named or ()]
    return found


def _declared(pipeline: Resource) -> list[str] | None:
    """The names of a pipeline's variables; None where they are not known."""
    return _known([variable.get("Name").text for variable in pipeline.get("Variables").items])


def _namespaces(pipeline: Resource) -> list[str] | None:
    """The namespaces of a pipeline's actions; None where they are not known."""
    if any(not stage.get("Actions").items or not stage.fields for stage in pipeline.get("Stages").items):
        return None
    named = [action.value.get("Namespace") for action in actions(pipeline)]
    return _known([namespace.text for namespace in named if not namespace.is_absent])


def _texts(value: Value) -> Iterator[str]:
    """The known texts in a value, which may be JSON that is made of an object."""
    if value.text is not None:
        yield value.text
    inner = [*value.fields.values(), *(item for item in value.items if item is not value)]
    yield from (text for item in inner for text in _texts(item))


def _known(names: list[str | None]) -> list[str] | None:
    known = [name for name in names if name is not None]
    return known if len(known) == len(names) else None
