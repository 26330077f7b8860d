"""The runbooks of a run, one for each application and disruption, and what Resilience Hub assesses of it."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.variation_search import search, variations
from awslint_memo.model.dependencies import Reads, noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import field, record
from awslint_memo.readers.template import Deployments
from awslint_memo.relations.recovery import families, hub_components
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
    has_components: bool = False
    """Whether what Resilience Hub assesses is collected."""
    components: dict[str, list[Resource]] = field(default_factory=dict)
    """What Resilience Hub assesses, by the name of the application, else of the template."""

    def add(self, found: Deployments, name: str, check_options: CheckOptions) -> None:
        """Write those of a template, by the deployments that differ in what these ask. name: what it is called."""
        if self.has_components:
            self._collect(found, name, check_options)
        if not self.disruptions:
            return

        def look(deployment: Deployment) -> Reads:
            deployment.declared = found.declared or check_options.declared
            with noted() as reads:
                self._write(deployment, name)
            return reads

        search(variations(found), "", look)

    def _collect(self, found: Deployments, name: str, check_options: CheckOptions) -> None:
        """Collect what Resilience Hub assesses, of each named deployment, or of the first."""
        by_name = {deployment.name: deployment for deployment in reversed(found.deployments)}
        for deployment in reversed(by_name.values()):
            deployment.declared = found.declared or check_options.declared
            for application, resources in hub_components.components(deployment).items():
                self.components.setdefault(application or name, []).extend(resources)

    def _write(self, deployment: Deployment, name: str) -> None:
        """Write the runbooks of a deployment, unless those of its family are written already."""
        for application in (None, *sorted(deployment.once(families.applications_in))):
            family = families.family(deployment, application)
            for disruption in self.disruptions:
                key = (*runbooks.key(family), disruption)
                runbook = runbooks.runbook(deployment, application, disruption, application or name)
                if runbook is not None and key in self.runbooks and not family.kin:
                    self.differing |= {key} if runbook.outline != self.runbooks[key].outline else set()
                elif runbook is not None:
                    self.runbooks.setdefault(key, runbook)
