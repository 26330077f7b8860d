"""What an app of the CDK acknowledges of its constructs, as suppressions."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.judging.directives import Cover, Directive, MalformedError, Suppression, reason_and_day
from awslint_memo.judging.suppression_places import Malformed
from awslint_memo.model.naming import Acknowledgement
from awslint_memo.readers.template import Deployments


def acknowledged(deployments: Deployments) -> Iterator[Suppression | Malformed]:
    """The rules that an app acknowledges, each for the resources of the construct and of those below it."""
    if deployments.acknowledged:
        below: dict[str, set[str]] = {one.path: set() for one in deployments.acknowledged}
        for name, construct in deployments.constructs.items():
            for path in construct.outer:
                if path in below:
                    below[path].add(name)
        for one in deployments.acknowledged:
            yield _suppression(one, frozenset(below[one.path]))


def _suppression(one: Acknowledgement, names: frozenset[str]) -> Suppression | Malformed:
    try:
        reason, until = reason_and_day(one.reason)
    except MalformedError as error:
        return Malformed(one.place, str(error), one.path)
    return Suppression(Directive((one.rule,), reason, until), one.place, Cover(one.place.path, names), one.path)
