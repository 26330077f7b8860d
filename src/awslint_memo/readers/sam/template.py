"""Translates the SAM resources of a template to CloudFormation resources, and keeps their positions in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.readers.sam import globals as sam_globals
from awslint_memo.readers.sam.nodes import OPEN, Sayable, content
from awslint_memo.readers.sam.translated import PREFIX, Translated, has_connectors, is_of_sam, written
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Made, Node, fields, text


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


def translate(section: Node, globals_: Node | None, parameters: Node | None, *, is_part: bool = False) -> Translated:
    """Translate a Resources section; CloudFormation resources are kept.

    globals_, parameters: the sections with these names. is_part: whether the template may have its Globals elsewhere.
    SAM types without a translation (Application …) are unchanged; those of a newer SAM leave the template open.
    Malformed parts are left out; no exception is raised.
    """
    translation = written(section, parameters, is_part=is_part)
    macros: dict[str, list[Macro]] = {}
    shared = fields(globals_)
    sizes = {kind: sam_globals.size_of(section) for kind, section in shared.items()}
    for name, node in translation.written.items():
        if is_of_sam(node):
            kind = (text(fields(node).get("Type")) or "").removeprefix(PREFIX)
            said = translation.opened(
                kind, fields(sam_globals.properties(node, shared.get(kind), sizes.get(kind, 0))), node
            )
            macros.setdefault(kind, []).append(Macro(name, section.key(name), node, said, translation))
    if macros:
        _translate(translation, macros, shared)
    if any(has_connectors(node) for node in translation.written.values()):
        from awslint_memo.readers.sam.connectors import translate_connectors

        translate_connectors(translation)
    return translation


def _translate(translation: Translated, macros: dict[str, list[Macro]], shared: Mapping[str, Node]) -> None:
    from awslint_memo.readers.sam import apis as sam_apis
    from awslint_memo.readers.sam.companions import add_to_others

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
    add_to_others(translation)
