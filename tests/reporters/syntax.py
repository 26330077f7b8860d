"""Reads an output as a program would: whatever the format, what is written can be parsed."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

from awslint_memo.reporters import FORMATS


def check_syntax(form: str, text: str) -> Any:
    """What a parser of the format's syntax makes of an output; fails where it can't be parsed."""
    assert text == "" or text.endswith("\n")
    syntax = FORMATS[form].syntax
    if syntax == "json":
        assert text.isascii()
        return json.loads(text)
    if syntax == "lines":
        assert text.isascii()
        return [json.loads(line) for line in text.splitlines()]
    if syntax == "xml":
        assert text.isascii()
        return ElementTree.fromstring(text)
    if syntax == "html":
        assert text.isascii()
        return page_tree(text)
    return text


def page_tree(text: str) -> ElementTree.Element:
    """The elements of a page, or of a piece of one, which is XML too but for its code."""
    page = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1\3", text.removeprefix("<!DOCTYPE html>"), flags=re.DOTALL)
    return ElementTree.fromstring(page)
