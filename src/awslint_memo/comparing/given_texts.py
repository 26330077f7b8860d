"""How the text of a file gives a parameter or a variable a value: as `name = value`, in two fields, or by a name that
an expression makes.

Nothing is known of the formats, so what looks like a value counts: who mends by a default alone has to see it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from awslint_memo.comparing.given_in_templates import values_in_texts
from awslint_memo.judging.inventory import MODULES
from awslint_memo.model.lazy import regex

_VALUE = r"""(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"',;{}()\[\]]+))?"""
_LISTED = (
    r"""Key["']?\s*[:=]\s*["']?{0}(?![\w-])["']?\s*,?\s*(?:(?:-\s*)?["']?(?:Parameter)?Value["']?\s*[:=]\s*{1})?"""
)
_WRITTEN = r"""(?<![\w.$-])(?:TF_VAR_)?{0}\\?["']?[ \t]*(?::=|[:=])(?![=>])[ \t]*{1}"""
_COLUMNS = r"""(?m)^[ \t]*["']?{0}["']?(?:[ \t]*[,;\t][ \t]*|[ \t]+)["']?([^\s"',;=:]+)"""
_IN_COLUMNS = (".csv", ".tsv", ".properties", ".conf", ".cfg", ".env", ".txt")
"""Files in which a name and its value may be columns."""

_NOT_GIVEN = regex(r"\s*\{?\s*[\"']?(?:Type|type|Description|description)[\"']?\s*[:=]")
"""What follows the name of a parameter where it is declared, and nobody gives it a value."""

_NAMED = r"""(?i:key|name)\\?["']?\s{{0,200}}(?:[:=]|>)\s{{0,200}}\\?["']?{0}(?![\w.-])(?:\s{{0,200}}</\w{{1,100}}>)?"""
_ELEMENT = r"""<{0}>\s{{0,200}}(?:([^<\s]+))?"""
_BESIDE = regex(
    r"""(?i:value)\w*\\?["']?\s{0,200}(?:[:=]|>)\s{0,200}\\?(?:"([^"\n\\]*)|'([^'\n]*)|([^\s"',;{}()\[\]<]+))?"""
)
_NEXT = regex(r"""[{}]|(?i:key|name)\\?["']?\s{0,200}(?:[:=]|>)|\n\s*-\s""")
_NEAR = 600
"""How many characters from a name its value stands at most."""

_LITERAL = regex(r"[\w.:/*+ ?,()@-]+")
_NUMBER = regex(r"-?[\d.]+|true|false", re.I)
_CODE = (".tf", ".tofu", ".py", ".ts", ".js", ".go", ".java", ".cs", ".rb", ".kt")
"""Files in which a word without quotes stands for something else."""

_STACKS: Final = ("aws_cloudformation_", "awscc_cloudformation_", "aws_servicecatalog_provisioned_product")
"""How the types begin with which Terraform deploys templates of CloudFormation."""
_WORKSPACES: Final = ("tfe_variable",)
"""How the types begin with which Terraform gives variables of workspaces values."""

_DATA = (".yaml", ".yml", ".json", ".template")
_MADE_KEY = regex(r"""ParameterKey["']?\s{0,200}:\s{0,200}(?:!(?!!)|[*{]|["']?Fn::|["']?Ref["']?\s*:)""")
_MADE_NAME = regex(r"""\bparameter_key"?\s*[=:]\s*(?!\s|"[^"$\n]*")""")
_PARAMETERS = regex(r"""\bparameter(?:s|_overrides)"?\s*[=:]\s*(?!\s|null\b|\[)""")
_MADE_FIELD = regex(r"""\bkey"?\s*[=:]\s*(?!\s|"[^"$\n]*")""")
_TOKEN = regex(r"""#[^\n]*|"(?:\\.|[^"\\\n])*"|[({\[]|[)}\]]|[,\n]|[^\s"({\[)}\],#]+""")
_PLAIN_KEY = regex(r"""(?:"(?:(?![$%]\{)[^"\n])*"|[\w-]+)\s*[=:]""")
_PRODUCT = "ProvisioningParameters"
_MAKERS = ("ParameterKey", "Fn::ForEach", _PRODUCT, *_STACKS, *_WORKSPACES)
_MADE_KEY_OF_PRODUCT = regex(r"""\bKey["']?\s{0,200}:\s{0,200}(?:!(?!!)|[*{]|["']?Fn::)""")

_BLANKS = regex(r"[ \t\r\n]{100,}")
_MOST_PLACES, _MOST_OBJECTS, _MOST_TOKENS = 5_000, 500, 2_000
"""How much is looked at; what has more counts as not written out."""


def values(name: str, path: str, text: str, *, is_of_terraform: bool, is_looked_at: bool) -> Iterator[str | None]:
    """The values that a text gives a name; None for each that is not written out.

    is_of_terraform: whether a variable of Terraform is meant. is_looked_at: whether the file belongs to a template or
    module that the run has read, which has parameters of its own.
    """
    types = _WORKSPACES if is_of_terraform else _STACKS
    is_deploying = path.endswith(MODULES) and any(type_ in text for type_ in types)
    word = re.escape(name)
    yield from _matched(_LISTED.format(word, _VALUE), path, text)
    if not is_looked_at or is_deploying:
        yield from _matched(_WRITTEN.format(word, _VALUE), path, text, is_written=True)
    if not is_looked_at or is_deploying or is_of_terraform:
        yield from _in_two_fields(word, path, text)
    if is_looked_at:
        yield from values_in_texts(name, text, is_of_terraform=is_of_terraform)
    if path.lower().endswith(_IN_COLUMNS):
        yield from _matched(_COLUMNS.format(word), path, text)
    if path.lower().endswith(".xml"):
        yield from _matched(_ELEMENT.format(word), path, text)
    if is_of_terraform and re.search(rf"(?<![A-Za-z0-9])TF_VAR_{word}(?!\w)", text):
        yield None


def _matched(pattern: str, path: str, text: str, *, is_written: bool = False) -> Iterator[str | None]:
    for match in re.finditer(pattern, text):
        value = next((group for group in match.groups() if group is not None), None)
        if is_written and _NOT_GIVEN.match(text, match.start(3) if value is not None else match.end()):
            continue
        is_bare = match.re.groups > 2 and bool(match[3])
        is_call = is_bare and text.startswith("(", match.end())
        yield value if not is_call and _is_known(value, path, is_bare=is_bare) else None


def _in_two_fields(word: str, path: str, text: str) -> Iterator[str | None]:
    """The values beside fields for a key or a name that have this one: behind them in the same object, or before."""
    for count, match in enumerate(re.finditer(_NAMED.format(rf"(?:TF_VAR_)?{word}"), text)):
        if count == _MOST_PLACES:
            yield None
            return
        behind = text[match.end() : match.end() + _NEAR]
        end = _NEXT.search(behind)
        before = text[max(0, match.start() - _NEAR) : match.start()]
        start = max((each.end() for each in _NEXT.finditer(before)), default=0)
        found = _BESIDE.search(behind, 0, end.start() if end else len(behind)) or _BESIDE.search(before, start)
        if found is not None:
            value = next((group for group in found.groups() if group is not None), None)
            yield value if _is_known(value, path, is_bare=bool(found[3])) else None


def _is_known(value: str | None, path: str, *, is_bare: bool) -> bool:
    is_word = is_bare and path.lower().endswith(_CODE)
    return value is not None and bool(_LITERAL.fullmatch(value)) and (not is_word or bool(_NUMBER.fullmatch(value)))


def may_make_names(text: str) -> bool:
    """Whether a text may give values to names that an expression makes; nothing may follow from it but a look."""
    return any(word in text for word in _MAKERS)


def makes_names(path: str, text: str, *, is_of_terraform: bool) -> bool:
    """Whether what deploys a template or a workspace gives values to names that are not written out."""
    if not path.endswith(MODULES):
        is_template = not is_of_terraform and path.lower().endswith(_DATA)
        of_product = _MADE_KEY_OF_PRODUCT.search(text) if _PRODUCT in text else None
        return is_template and bool(_MADE_KEY.search(text) or of_product)
    if is_of_terraform:
        return any(type_ in text for type_ in _WORKSPACES) and bool(_MADE_FIELD.search(text))
    if not any(type_ in text for type_ in _STACKS):
        return False
    in_product = _MADE_FIELD.search(text) if "provisioning_parameters" in text else None
    given = [match.end() for match in islice(_PARAMETERS.finditer(text), _MOST_OBJECTS)]
    is_told = len(given) < _MOST_OBJECTS and not any(_has_made_key(text, start) for start in given)
    return bool(_MADE_NAME.search(text) or in_product) or not is_told


def _has_made_key(text: str, start: int) -> bool:
    """Whether Terraform's object that begins at a place of a text has a key that is no word, or is none at all, or too
    long."""
    if text[start : start + 1] != "{":
        return True
    depth, is_key_next = 0, False
    for token in islice(_TOKEN.finditer(text, start), _MOST_TOKENS):
        first = token[0][0]
        if depth == 1 and is_key_next and first not in "#,\n}":
            if not _PLAIN_KEY.match(text, token.start()):
                return True
            is_key_next = False
        if first in "({[":
            depth += 1
            is_key_next = depth == 1
        elif first in ")}]":
            depth -= 1
        elif first in ",\n" and depth == 1:
            is_key_next = True
        if depth == 0:
            return False
    return True


def near(text: str, names: Collection[str]) -> str:
    """What stands near some names in a large text, without long blanks; empty if that is too much."""
    text = _BLANKS.sub(" ", text)
    words = "|".join(map(re.escape, sorted({*names, *_MAKERS})))
    places: list[list[int]] = []
    for count, match in enumerate(re.finditer(words, text)):
        if count == _MOST_PLACES:
            return ""
        start, end = max(0, match.start() - _NEAR), match.end() + _NEAR
        if places and start <= places[-1][1]:
            places[-1][1] = end
        else:
            places.append([start, end])
    return "\n".join(text[start:end] for start, end in places)
