"""The runbooks of a run, one for each application and disruption, and what Resilience Hub assesses of it."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.variation_search import search, variations
from awslint_memo.model.dependencies import Reads, noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Deployments
from awslint_memo.relations.recovery import capacity, families, hub_components
from awslint_memo.relations.recovery.runbooks import runbooks
from awslint_memo.relations.recovery.runbooks.runbooks import Runbook


@record
class RunbookSurvey:
    """What to do after disruptions. disruptions: those that runbooks are written for; none where nobody asks."""

    disruptions: Sequence[str] = ()
    runbooks: dict[object, Runbook] = field(default_factory=dict)
    """By what is the same for the same application and disruption, what to do."""
    differing: set[object] = field(default_factory=set)
    """Those of which other deployments of their template have other steps."""
    computing: dict[str, None] = field(default_factory=dict)
    """What computes where there is no runbook for some disruption, as nothing of it is done by hand."""
    has_components: bool = False
    """Whether what Resilience Hub assesses is collected."""
    components: dict[str, list[Resource]] = field(default_factory=dict)
    """What Resilience Hub assesses, by the name of the application, else of the template."""

    def add(
        self, found: Deployments, name: str, check_options: CheckOptions, *, left_out: Sequence[str], is_called: bool
    ) -> None:
        """Write those of a template, by the deployments that differ in what these ask.

        name: what it is called. left_out: what of it no runbook tells of. is_called: whether it is a module that roots
        of the run call: these deploy it, so that it has no runbook of its own.
        """
        if self.has_components:
            self._collect(found, name, check_options)
        if not self.disruptions or is_called:
            return

        def look(deployment: Deployment) -> Reads:
            deployment.declared = found.declared or check_options.declared
            with noted() as reads:
                self._write(deployment, name, left_out, is_partly_read=bool(found.unseen))
            return reads

        search(variations(found), "", look)

    def _collect(self, found: Deployments, name: str, check_options: CheckOptions) -> None:
        """Collect what Resilience Hub assesses, of each named deployment, or of the first."""
        by_name = {deployment.name: deployment for deployment in reversed(found.deployments)}
        for deployment in reversed(by_name.values()):
            deployment.declared = found.declared or check_options.declared
            for application, resources in hub_components.components(deployment).items():
                self.components.setdefault(application or name, []).extend(resources)

    def _write(self, deployment: Deployment, name: str, left_out: Sequence[str], *, is_partly_read: bool) -> None:
        """Write the runbooks of a deployment, unless those of its family are written already.

        Of deployments that nothing tells apart, the one that has most stores to bring back stands for all; of several
        that have as many, the one of which fewest ways back are in doubt.
        """
        for application in (None, *sorted(deployment.once(families.applications_in))):
            for disruption in self.disruptions:
                runbook = runbooks.runbook(deployment, application, disruption, application or name)
                if runbook is None:
                    members = capacity.computing(families.family(deployment, application))
                    self.computing.update((each.member.resource.title, None) for each in members)
                    continue
                key = (runbook.key, disruption)
                whole = replace(runbook, left_out=left_out, is_partly_read=is_partly_read)
                other = self.runbooks.get(key)
                if other is None:
                    self.runbooks[key] = whole
                elif runbook.is_of_several:
                    # Another template of the application has parts of its own that no runbook tells of.
                    every = dict.fromkeys((*other.left_out, *left_out))
                    is_part = other.is_partly_read or is_partly_read
                    self.runbooks[key] = replace(other, left_out=list(every), is_partly_read=is_part)
                elif runbook.outline != other.outline:
                    self.differing.add(key)
                    if _told(runbook) > _told(other):
                        self.runbooks[key] = whole


def _told(runbook: Runbook) -> tuple[int, int]:
    """How many stores are brought back, and, the other way round, of how many something is seen that is not sure."""
    doubted = [row for row in runbook.rows if row.bound.way is None and row.bound.seen]
    return len(runbook.rows), -len(doubted)
