"""What an app of the CDK makes is told at the line of the app, in every format that a program shows at a line."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.reporters.samples import FINDING, reported

from awslint_memo.model.finding import Finding
from awslint_memo.model.naming import Construct
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.reporters import REPORTERS, Look

MADE = Span("lib/orders-stack.ts", 23, 7, 23, 7)


def made(**changes: Any) -> Finding:
    return replace(FINDING, construct=Construct("Prod/Orders/Queue/Resource", made=MADE, is_generated=True, **changes))


def place(form: str, finding: Finding) -> tuple[str, int]:
    """The file and the line at which a format tells a finding."""
    text = REPORTERS[form](reported(finding), Look())
    if form == "github":
        words = dict(
            part.split("=", 1) for part in text.partition("::")[2].partition("::")[0].split(" ", 1)[1].split(",")
        )
        return words["file"], int(words["line"])
    if form == "junit":
        [suite] = [each for each in ElementTree.fromstring(text).iter("testsuite") if int(each.attrib["failures"])]
        return suite.attrib["name"], int(suite[0].attrib["name"].rpartition(" ")[2].rstrip(")"))
    document = json.loads(text)
    if form == "gitlab":
        location = document[0]["location"]
        return location["path"], location["lines"]["begin"]
    if form == "rdjson":
        location = document["diagnostics"][0]["location"]
        return location["path"], location["range"]["start"]["line"]
    physical = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    return physical["artifactLocation"]["uri"], physical["region"]["startLine"]


@pytest.mark.parametrize("form", ["github", "gitlab", "junit", "rdjson", "sarif"])
def test_the_line_of_the_app_is_the_place(form: str) -> None:
    assert place(form, made()) == ("lib/orders-stack.ts", 23)
    assert "a/t.yaml" in REPORTERS[form](reported(made()), Look()) or form == "gitlab"


@pytest.mark.parametrize("form", ["github", "gitlab", "junit", "rdjson", "sarif"])
def test_without_such_a_line_the_template_is(form: str) -> None:
    for construct in (None, Construct("Orders", is_generated=True), Construct("Orders", made=MADE)):
        assert place(form, replace(FINDING, construct=construct)) == ("a/t.yaml", 2)


def test_a_file_with_such_a_finding_has_no_case_that_passes() -> None:
    assert "no findings" not in REPORTERS["junit"](reported(made()), Look())


def test_the_resource_has_the_name_of_its_construct() -> None:
    assert "Prod/Orders/Queue/Resource" in REPORTERS["junit"](reported(made()), Look()).partition("(line")[0]
    result = json.loads(REPORTERS["sarif"](reported(made()), Look()))["runs"][0]["results"][0]
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "Prod/Orders/Queue/Resource"
