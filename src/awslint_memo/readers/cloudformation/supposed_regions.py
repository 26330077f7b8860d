"""The Regions for which a template is meant, as its conditions compare the Region of the stack with them.

That a condition compares the two does not tell that there is a stack in that Region: what is made only there, and what
is not, is known all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment_words import REGION, Other
from awslint_memo.readers.cloudformation.candidates import Candidates
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.syntax.node import fields


def supposed(template: CloudFormationTemplate, regions: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """By the Regions that a template is looked at in, that Region and the parameters that are compared with it: all of
    those that are declared, if a condition compares the Region of the stack with one, written there or the default of
    a parameter; none, if something tells the Region.

    regions: the names of those that are declared, the primary one first.
    """
    if len(regions) < 2 or REGION not in template.source.text:
        return {}
    known = dict(_compared(template))
    if not {*known}.intersection(regions):
        return {}
    if template.deployments(None).deployments[0].region_of_stack is not None:
        return {}
    # A stack in a Region that its parameters do not name would be none of those that are declared.
    defaults = {name: region for region, name in known.items() if name}
    return {region: {**defaults, REGION: region} for region in regions}


def _compared(template: CloudFormationTemplate) -> Iterator[tuple[str, str]]:
    """The Regions that conditions compare that of the stack with, each with the parameter whose default it is; an empty
    text for one that is written."""
    section = fields(template.root)
    candidates = Candidates()
    for condition in fields(section.get("Conditions")).values():
        candidates.compare(condition, section.get("Mappings"))
    for value in candidates.compared.get(REGION, ()):
        if isinstance(value, str):
            yield value, ""
        elif isinstance(value, Other) and (parameter := template.declared.get(value.parameter)) is not None:
            yield parameter.default or "", parameter.name
