"""What plans and states have in common: Terraform writes both of a root module, whose configuration may be there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.plan.configuration import Addressed, PlanSource
from awslint_memo.readers.template import Beside, Deployments, Inputs, Snapshot, Template
from awslint_memo.readers.terraform.instances import Instance, is_translated
from awslint_memo.readers.terraform.resources import beside, terraform_deployment, unmapped_resources
from awslint_memo.syntax.node import Flaws, Node

if TYPE_CHECKING:
    from awslint_memo.syntax.outline import Part

AnyResource = TypeVar("AnyResource", bound=Addressed)


class TerraformSnapshot:
    """A plan or a state in JSON. It has a single deployment, since the values of all variables are decided."""

    language = "terraform"
    snapshot: Snapshot
    is_root = True
    nests: Collection[str] = ()

    def __init__(self, source: Source, root: Node, flaws: Flaws | None = None) -> None:
        self.source = source
        self._flaws = flaws or Flaws()
        self._root = root
        self.written: PlanSource | None = None
        """The configuration of the same root module, if it was found."""
        self.notices: list[str] = []
        """Sentences about a configuration that the user named and that was not found, or only in part."""

    @property
    def nested(self) -> Sequence[Template]:
        """The files of the configuration, because they may contain suppressions."""
        return self.written.files if self.written is not None else ()

    @property
    def variables(self) -> Mapping[str, Any]:
        """The root module's variables with the values that it was made with; none where it does not keep them."""
        return {}

    @property
    def inputs(self) -> Inputs:
        """None: it was made with its values, so others have no effect, and the user may mean its configuration."""
        return Inputs({}, is_whole=False)

    @property
    def metadata(self) -> Value:
        """Absent: Terraform writes no comments."""
        return Absent(self._root)

    def comments(self) -> Iterator[tuple[int, str]]:
        """None: JSON has no comments."""
        return iter(())

    def outline(self) -> Part:
        """Nothing: JSON has no comments."""
        from awslint_memo.syntax.outline import NOTHING

        return NOTHING

    def is_of(self, written: PlanSource) -> bool:
        """Whether a configuration is that of the same root module, as far as the names of its blocks tell."""
        raise NotImplementedError

    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        """The single deployment; `fixed` is ignored, since no variable is open."""
        raise NotImplementedError

    def _deployed(
        self,
        resources: Sequence[AnyResource],
        instance: Callable[[AnyResource], Instance],
        outputs: Callable[[], Iterable[Value]],
        *,
        is_open: bool = False,
        told: Iterable[str] = (),
    ) -> Deployments:
        """The deployment with these resources. is_open, outputs: see `terraform_deployment`. told: notices about it."""

        def others(deployment: Deployment) -> list[Resource]:
            unmapped = (resource for resource in resources if not is_translated(resource.type))
            return unmapped_resources(map(instance, unmapped), None, deployment)

        instances = [instance(resource) for resource in resources if is_translated(resource.type)]
        # What could not be read may be any resource.
        deployment = terraform_deployment(instances, is_open or bool(self._flaws.problems), outputs)
        deployment.untranslated = others
        return Deployments(
            [deployment],
            problems=self._flaws.problems,
            derived_from=frozenset(template.source.path for template in self.nested),
            reached=frozenset(instance.place.span.path for instance in instances),
            taken=[*self.notices, *told],
            beside=partial(self._beside, resources, deployment),
            end=self._forget,
        )

    def _forget(self) -> None:
        if self.written is not None:
            self.written.forget()

    def _beside(self, resources: Iterable[Addressed], deployment: Deployment) -> Iterator[Beside]:
        written = self.written
        every = ((each, None if written is None else written.beside(each)) for each in resources)
        return beside([found or Beside(each.type, each.place) for each, found in every], [deployment])
