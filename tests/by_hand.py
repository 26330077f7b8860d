"""An independent, naive evaluation of CloudFormation templates, to check in which deployments findings hold.

Given values of parameters, a template is resolved to one without parameters, conditions, mappings and rules, as
CloudFormation does when it creates a stack; what is left can be linted without any choice. Nothing here is shared with
the reader, except for its parser of YAML and JSON.

Run it on folders with `python -m tests.by_hand FOLDER`: it checks each finding that the linter reports for some
deployments only, and looks for findings that it misses in deployments chosen at random.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_deployments
from awslint_memo.judging.registry import rules
from awslint_memo.model.deployment_words import Other
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Problem
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.recognition import template
from awslint_memo.syntax.node import fields, plain

ALL = CheckOptions(list(rules().values()))
NOTHING = object()
_SECTIONS = ("Parameters", "Conditions", "Mappings", "Rules")


class Refused(Exception):
    """CloudFormation refuses such a deployment."""


class Undecided(Exception):
    """The values do not say it."""


class Stack:
    """A template with values of its parameters. forced: the results of conditions that values do not decide."""

    def __init__(self, document: Any, values: Mapping[str, str], forced: Mapping[str, bool] | None = None) -> None:
        self.document = document
        self.parameters = document.get("Parameters") or {}
        self.conditions = document.get("Conditions") or {}
        self.chosen = values
        self.values = {
            **{name: said["Default"] for name, said in self.parameters.items() if self._has_default(said)},
            **values,
        }
        self.forced = forced or {}

    @staticmethod
    def _has_default(said: Any) -> bool:
        return "Default" in said and not str(said.get("Type")).startswith("AWS::SSM::Parameter::Value")

    def check(self) -> None:
        """Raise Refused if a parameter or the Rules section does not accept the values."""
        for name, value in self.chosen.items():
            said = self.parameters.get(name, {})
            if said.get("AllowedValues") and str(value) not in [word(one) for one in said["AllowedValues"]]:
                raise Refused(name)
        for rule in (self.document.get("Rules") or {}).values():
            if self.answer(rule.get("RuleCondition", {"Fn::Equals": ["", ""]})) is True and any(
                self.answer(one["Assert"]) is False for one in rule["Assertions"]
            ):
                raise Refused("Rules")

    def answer(self, node: Any) -> bool | None:
        """Whether a condition holds; None if the values do not decide it."""
        try:
            return self.holds(node)
        except Undecided:
            return None

    def holds(self, node: Any) -> bool:
        """Whether a condition holds."""
        [(function, given)] = node.items()
        if function == "Condition":
            return self.condition(given)
        if function == "Fn::Not":
            return not self.holds(given[0])
        if function in ("Fn::And", "Fn::Or"):
            return self._several(given, decisive=function == "Fn::Or")
        one, two = (self.value(part) for part in given)
        if any(has_open(part) for part in (one, two)):
            raise Undecided
        if function == "Fn::Equals":
            return bool(word(one) == word(two))
        members = [word(part) for part in one] if isinstance(one, list) else []
        if function == "Fn::Contains":
            return word(two) in members
        if function == "Fn::EachMemberEquals":
            return all(member == word(two) for member in members)
        return all(member in [word(part) for part in two] for member in members)

    def _several(self, given: Sequence[Any], *, decisive: bool) -> bool:
        answers = [self.answer(part) for part in given]
        if decisive not in answers and None in answers:
            raise Undecided
        return decisive if decisive in answers else not decisive

    def condition(self, name: str) -> bool:
        """The result of a named condition."""
        return self.forced[name] if name in self.forced else self.holds(self.conditions[name])

    def value(self, node: Any) -> Any:
        """A node with everything put in that the values decide; NOTHING for AWS::NoValue."""
        if isinstance(node, list):
            return [one for one in map(self.value, node) if one is not NOTHING]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            [(function, given)] = node.items()
            if function == "Ref":
                return self._reference(given)
            if function == "Fn::If" and isinstance(given[0], str) and given[0] in self.conditions:
                return self.value(given[1] if self.condition(given[0]) else given[2])
            if function == "Fn::FindInMap":
                return self._look_up(given)
            if function == "Fn::Sub":
                return {function: self._substituted(given)}
        made = {key: self.value(child) for key, child in node.items()}
        joined = made.get("Fn::Join")
        if len(made) == 1 and isinstance(joined, list) and not has_open(joined):
            return joined[0].join(map(word, joined[1]))
        return {key: child for key, child in made.items() if child is not NOTHING}

    def _reference(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NOTHING
        if name not in self.values:
            return {"Ref": name}
        kind = str(self.parameters.get(name, {}).get("Type"))
        value = word(self.values[name])
        return [one.strip() for one in value.split(",")] if kind.startswith(("List<", "Comma")) else value

    def _look_up(self, given: Sequence[Any]) -> Any:
        keys = [self.value(key) for key in given[:3]]
        if any(has_open(key) for key in keys):
            return {"Fn::FindInMap": given}
        found = self.document.get("Mappings", {})
        for key in keys:
            found = found.get(word(key)) if isinstance(found, dict) else None
        if found is None and len(given) < 4:
            raise Refused(f"no key {keys}")
        return self.value(given[3]["DefaultValue"]) if found is None else found

    def _substituted(self, given: Any) -> Any:
        text, names = (given[0], self.value(given[1])) if isinstance(given, list) else (given, {})
        if not isinstance(text, str) or not isinstance(names, dict):
            return given

        def put(match: re.Match[str]) -> str:
            name = match[1].strip()
            value = names.get(name, self.values.get(name)) if not name.startswith("AWS::") else self.values.get(name)
            return match[0] if value is None or isinstance(value, (dict, list)) else word(value)

        left = {name: value for name, value in names.items() if isinstance(value, (dict, list))}
        done = re.sub(r"\$\{([^!{}]+)\}", put, text)
        return [done, left] if left else done

    def resolved(self) -> dict[str, Any]:
        """The template without any choice. Raises Refused or Undecided."""
        self.check()
        made = {name: section for name, section in self.document.items() if name not in _SECTIONS}
        for section in ("Resources", "Outputs"):
            kept = {
                name: {key: child for key, child in one.items() if key != "Condition"}
                for name, one in (self.document.get(section) or {}).items()
                if "Condition" not in one or self.condition(one["Condition"])
            }
            made[section] = self.value(kept)
        left = {name: said for name, said in self.parameters.items() if name not in self.values}
        return {**made, **({"Parameters": left} if left else {})}


def word(value: Any) -> str:
    """A scalar as CloudFormation passes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def has_open(value: Any) -> bool:
    """Whether a resolved value has a part that is still a function."""
    if isinstance(value, list):
        return any(map(has_open, value))
    return isinstance(value, dict)


Said = tuple[str, str, str]


def said(finding: Finding) -> Said:
    """A finding without its place, its level, and whose default a value is."""
    return finding.rule, finding.name, re.sub(r" \(default(?: of [^()]*)?\)", "", finding.message)


def linted(text: str, files: Files | None = None) -> list[Finding]:
    """The findings of all rules in a template."""
    files = files or Files()
    made = template(Source("by-hand.json", text.encode()), files)
    return [] if made is None else check_deployments(ALL.deployments(made), ALL)


def read(path: Path) -> Any:
    """The plain content of a CloudFormation template; None for any other file, and for one with loops or includes."""
    try:
        made = template(Files(bounds=Root([str(path)])).read(str(path)))
    except Problem:
        return None
    if not isinstance(made, CloudFormationTemplate) or made.problems:
        return None
    text = made.source.text
    # Loops, includes and local nested stacks are resolved before conditions, so they are no subject here.
    if any(one in text for one in ("Fn::ForEach", "AWS::Include", "TemplateURL", "AWS::Serverless::Application")):
        return None
    return json.loads(json.dumps({key: plain(node) for key, node in fields(made.root).items()}, default=str))


def example(document: Any, finding: Finding) -> tuple[dict[str, str], dict[str, bool]]:
    """Values of parameters, and results of conditions, with which a finding is said to hold."""
    values: dict[str, str] = {}
    forced: dict[str, bool] = {}
    for name, choice in finding.chosen.items():
        if isinstance(choice, bool):
            forced[name.removeprefix("condition ")] = choice
        elif isinstance(choice, Other):
            values[name] = _other(document, name, [one for one in finding.chosen.values() if isinstance(one, str)])
        else:
            values[name] = choice
    rows = [row for rows in (document.get("Mappings") or {}).values() for row in rows]
    values.setdefault("AWS::Region", next((row for row in rows if re.fullmatch(r"\w+-\w+-\d", row)), "eu-west-1"))
    for name, said in (document.get("Parameters") or {}).items():
        if "Default" not in said and name not in values and said.get("Type", "String") == "String":
            values[name] = word((said.get("AllowedValues") or [f"any-{name}"])[0])
    return values, forced


def _other(document: Any, name: str, taken: Sequence[str]) -> str:
    said = (document.get("Parameters") or {}).get(name, {})
    compared = {*scalars([document.get("Conditions"), document.get("Rules")]), *taken}
    allowed = [word(one) for one in said.get("AllowedValues") or ()]
    default = [word(said["Default"])] if "Default" in said else []
    free = [one for one in (*default, *allowed) if one not in compared]
    return free[0] if free else "12345" if said.get("Type") == "Number" else f"other-{name}"


def scalars(node: Any) -> Iterator[str]:
    """Every scalar in a document, as a word."""
    if isinstance(node, (dict, list)):
        for child in node.values() if isinstance(node, dict) else node:
            yield from scalars(child)
    elif node is not None:
        yield word(node)


def impossible(document: Any, finding: Finding) -> str:
    """Why a finding of some deployments does not hold where it is said to hold; empty if it does."""
    values, forced = example(document, finding)
    try:
        plain_text = json.dumps(Stack(document, values, forced).resolved(), default=str)
    except Refused as refused:
        return f"refused: {refused}"
    except Undecided:
        return "undecided"
    there = {(one.rule, one.name) for one in linted(plain_text)}
    return "" if (finding.rule, finding.name) in there else "not there"


def at_random(document: Any, chance: random.Random) -> dict[str, str]:
    """Values of the parameters that may make a difference, chosen at random."""
    written = json.dumps([document.get("Conditions"), document.get("Rules")], default=str)
    literals = sorted(set(re.findall(r'"Fn::Equals": \[.*?"([^"{}\[\]]*)"\]', written)))
    values: dict[str, str] = {}
    for name, said in (document.get("Parameters") or {}).items():
        allowed = [word(one) for one in said.get("AllowedValues") or ()]
        is_compared = json.dumps({"Ref": name}) in written
        if allowed:
            values[name] = chance.choice(allowed)
        elif is_compared and said.get("Type", "String") == "String" and "AllowedPattern" not in said:
            values[name] = chance.choice([*literals, "something-else"])
            if len(values[name]) < int(said.get("MinLength", 0)):
                values.pop(name)
    return values


def missed(document: Any, found: set[tuple[str, str]], values: Mapping[str, str]) -> list[Said]:
    """The findings of one deployment that the report of all deployments does not have."""
    try:
        text = json.dumps(Stack(document, values).resolved(), default=str)
    except (Refused, Undecided):
        return []
    return [said(one) for one in linted(text) if (one.rule, one.name) not in found]


def wrong(path: Path, document: Any, tries: int) -> Iterator[str]:
    """What is wrong with the findings of a template."""
    findings = linted(json.dumps(document))
    for one in findings:
        if one.deployment is not None and (why := impossible(document, one)):
            yield f"{path}: {one.rule} {one.name} ({one.deployment}): {why}"
    found = {(one.rule, one.name) for one in findings}
    chance = random.Random(str(path.name))
    for _ in range(tries):
        values = at_random(document, chance)
        yield from (f"{path}: missed {one} with {values}" for one in missed(document, found, values))


def main(folders: Sequence[str]) -> int:
    """Check the templates in folders; print what is wrong, and how much was looked at."""
    count = conditional = 0
    problems: list[str] = []
    for path in sorted(one for folder in folders for one in Path(folder).rglob("*")):
        if path.suffix not in (".yaml", ".yml", ".json", ".template") or not path.is_file():
            continue
        document = read(path)
        if document is None or not (document.get("Conditions") or document.get("Mappings")):
            continue
        count += 1
        conditional += sum(one.deployment is not None for one in linted(json.dumps(document)))
        found = list(dict.fromkeys(wrong(path, document, 5)))
        problems += found
        for line in found:
            print(line)
    print(f"{count} templates with conditions or mappings, {conditional} findings of some deployments,")
    print(f"{len(problems)} of them wrong or missed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
