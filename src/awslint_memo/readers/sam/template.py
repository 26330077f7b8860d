"""Translates the SAM resources of a template, with what Globals give them and what events add to other resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.budget import spend
from awslint_memo.readers.sam.nodes import OPEN, Sayable, content, function_of, make
from awslint_memo.readers.sam.translated import PREFIX, Define, Translated, has_connectors, is_of_sam, nowhere, written
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Made, Node, descend, fields, text

_REPLACED = frozenset(["Architectures"])
"""List properties for which the resource's own list replaces the global one."""


_EACH = 8
"""How often rules look at what Globals gives to one resource."""


def _size_of(section: Node | None) -> int:
    """How much a section of Globals gives to each resource."""
    return 0 if section is None else sum(1 for _ in descend(section))


def _with_globals(resource: Node, section: Node | None, size: int = 0) -> Node | None:
    """The properties of a resource merged with those in its section of Globals; None if there are none.

    size: of the section. Where all resources together would be given more than is followed, what is not written in the
    resource is unknown.

    The attribute `IgnoreGlobals` of the resource excludes all (`"*"`) or some of the global ones.
    """
    own = fields(resource).get("Properties")
    added = dict(fields(section))
    ignored = fields(resource).get("IgnoreGlobals")
    if ignored is not None and text(ignored) == "*":
        return own
    for name in ignored.content if ignored is not None and isinstance(ignored.content, list) else []:
        added.pop(text(name) or "", None)
    if not added or section is None:
        return own
    if not spend("values", _EACH * size):
        return Made({**fields(own), OPEN: make(None, section)}, section if own is None else own)
    if function_of(section) is not None:
        # What a macro adds, or what can't be read, leaves properties that the resource does not have unknown.
        return Made({**fields(own), **added}, section if own is None else own)
    whole = Made(added, section)
    return whole if own is None or own.content is None else _merged(whole, own, "")


def _merged(shared: Node, own: Node, name: str) -> Node:
    one, two = shared.content, own.content
    if isinstance(one, list) and isinstance(two, list):
        return own if name in _REPLACED else Made([*one, *two], own)
    if not isinstance(one, Mapping) or not isinstance(two, Mapping) or function_of(shared) or function_of(own):
        return own
    merged = {key: _merged(one[key], value, key) if key in one else value for key, value in two.items()}
    return Made({**{key: value for key, value in one.items() if key not in two}, **merged}, own)


def _add_to_others(translation: Translated) -> None:
    """Add the collected notifications and triggers to the buckets and user pools, whose Properties may be missing."""
    for bucket, entries in translation.notifications.items():
        configuration = _plain(translation, bucket, "NotificationConfiguration")
        if configuration is not None:
            lambdas = configuration.get("LambdaConfigurations")
            before = lambdas.content if lambdas is not None and isinstance(lambdas.content, list) else []
            node = translation.made[bucket][1]
            told = {**configuration, "LambdaConfigurations": Made([*before, *entries], node)}
            _write(translation, bucket, "NotificationConfiguration", told)
    for pool, triggers in translation.triggers.items():
        functions = _plain(translation, pool, "LambdaConfig")
        if functions is not None:
            _write(translation, pool, "LambdaConfig", {**functions, **triggers})


def _plain(translation: Translated, name: str, key: str) -> Mapping[str, Node] | None:
    """What is written in a property of a resource; None if the resource, or that, is not plainly in the template."""
    if name not in translation.written:
        return None
    properties = fields(translation.made[name][1]).get("Properties")
    if properties is not None and (
        function_of(properties) or not isinstance(properties.content, (Mapping, type(None)))
    ):
        return None
    written = fields(properties).get(key)
    return None if written is not None and function_of(written) else fields(written)


def _write(translation: Translated, name: str, key: str, content: Mapping[str, Node]) -> None:
    place, node = translation.made[name]
    whole = Made({**fields(fields(node).get("Properties")), key: Made(content, node)}, node)
    translation.made[name] = (place, Made({**fields(node), "Properties": whole}, node))


def _macros() -> Mapping[str, Callable[[Macro], None]]:
    """The translation of each type. APIs are last, since their routes come from the events of the others."""
    from awslint_memo.readers.sam import apis as sam_apis
    from awslint_memo.readers.sam import functions as sam_functions
    from awslint_memo.readers.sam import state_machines as sam_state_machines
    from awslint_memo.readers.sam import websockets as sam_websockets

    return {
        "Function": sam_functions.translate,
        "StateMachine": sam_state_machines.translate_state_machine,
        "SimpleTable": sam_state_machines.translate_table,
        "LayerVersion": _layer,
        "Api": sam_apis.translate_rest,
        "HttpApi": sam_apis.translate_http,
        "WebSocketApi": sam_websockets.translate_websocket,
    }


def _layer(macro: Macro) -> None:
    own = ("ContentUri", "PublishLambdaVersion", "RetentionPolicy")
    properties: dict[str, Sayable] = {key: value for key, value in macro.said.items() if key not in own}
    properties.setdefault("LayerName", macro.name)
    properties["Content"] = content(macro.given("ContentUri"))
    kept = text(macro.given("RetentionPolicy"))
    macro.become("AWS::Lambda::LayerVersion", properties)
    place, node = macro.translation.made[macro.name]
    policy = kept.capitalize() if kept else "Retain"
    written = fields(node).get("DeletionPolicy", Made(policy, macro.place))
    macro.translation.made[macro.name] = (place, Made({**fields(node), "DeletionPolicy": written}, node))


def translate(
    section: Node,
    globals_: Node | None,
    parameters: Node | None,
    *,
    is_part: bool = False,
    define: Define = nowhere,
) -> Translated:
    """Translate a Resources section; CloudFormation resources are kept.

    globals_, parameters: the sections with these names. is_part: whether the template may have its Globals elsewhere.
    define: reads the file that a state machine names.
    SAM types without a translation (Application …) are unchanged; those of a newer SAM leave the template open.
    Malformed parts are left out; no exception is raised.
    """
    translation = written(section, parameters, is_part=is_part)
    translation.define = define
    macros: dict[str, list[Macro]] = {}
    shared = fields(globals_)
    sizes = {kind: _size_of(section) for kind, section in shared.items()}
    for name, node in translation.written.items():
        if is_of_sam(node):
            kind = (text(fields(node).get("Type")) or "").removeprefix(PREFIX)
            said = translation.opened(kind, fields(_with_globals(node, shared.get(kind), sizes.get(kind, 0))), node)
            macros.setdefault(kind, []).append(Macro(name, section.key(name), node, said, translation))
    if macros:
        _translate(translation, macros, shared)
    if any(has_connectors(node) for node in translation.written.values()):
        from awslint_memo.readers.sam.connectors import translate_connectors

        translate_connectors(translation)
    return translation


def _translate(translation: Translated, macros: dict[str, list[Macro]], shared: Mapping[str, Node]) -> None:
    from awslint_memo.readers.sam import apis as sam_apis

    for kind, translate_one in _macros().items():
        for name in (name for name, made in sam_apis.IMPLICIT.items() if made == kind):
            implicit = sam_apis.implicit(translation, name, shared.get(kind))
            macros.setdefault(kind, []).extend([] if implicit is None else [implicit])
        for macro in macros.pop(kind, []):
            translate_one(macro)
    for kind, others in macros.items():
        for macro in others:
            if kind in shared or OPEN in macro.said:
                macro.become(PREFIX + kind, macro.said)
    _add_to_others(translation)
