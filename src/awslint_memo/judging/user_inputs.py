"""What the user gives a run by name and nothing in the run takes: parameters, and processing times of queues.

A run that sees only some templates, as a hook does, can't tell what others have, so it says nothing of missing names.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from awslint_memo.files.file_finder import FileFinder
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.phrases import closest, listed
from awslint_memo.model.record import field, record
from awslint_memo.model.value import Known
from awslint_memo.readers.template import Template

_NAMED = 3
"""How many templates or parameters a notice names."""


@record(frozen=True)
class NamedValues:
    """Values of parameters or variables from one place.

    values: by name, as text; None for one that the reader of the template judges by itself. place: gives the place of a
    name, as "prod.json:3". is_for_run: whether they are for the templates of this run, not for the whole repository.
    """

    values: Mapping[str, str | None]
    place: Callable[[str], str]
    is_for_run: bool = True


@record
class UserInputs:
    """What was given to a run, and what its templates have.

    times: the queues with a processing time in the configuration, each with its place. root: what that is for. finder:
    how folders are searched.
    """

    values: list[NamedValues] = field(default_factory=list)
    times: Mapping[str, str] = field(default_factory=dict)
    root: str = ""
    finder: FileFinder = field(default_factory=FileFinder)
    _declared: set[str] = field(default_factory=set)
    _refused: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _languages: set[str] = field(default_factory=set)
    _queues: set[str] = field(default_factory=set)
    _is_whole: bool = True
    _may_have_queue: bool = False

    def see(self, template: Template) -> None:
        """Note what a template declares, and what it refuses."""
        if not self.values:
            return
        inputs = template.inputs
        self._languages.add(template.language)
        self._declared |= inputs.refusals.keys()
        self._is_whole = self._is_whole and inputs.is_whole
        for named_values in self.values:
            for name, value in named_values.values.items():
                refusal = inputs.refusals[name](value) if value is not None and name in inputs.refusals else None
                if refusal is not None:
                    said = f"{named_values.place(name)}: the value of {name} {refusal}"
                    self._refused.setdefault((said, template.language), []).append(template.source.path)

    def see_queues(self, deployments: Sequence[Deployment], *, is_whole: bool) -> None:
        """Note the names of a template's queues. is_whole: whether all that is deployed with it was read."""
        if not self.times:
            return
        from awslint_memo.relations.sqs import queues

        self._may_have_queue = self._may_have_queue or not is_whole
        for deployment in deployments:
            self._may_have_queue = self._may_have_queue or deployment.is_open
            for queue in deployment.of_type(queues.QUEUE):
                name = queue.get("QueueName")
                self._queues.update(queues.declared_names(queue))
                # What a parameter or a variable names may have another name elsewhere.
                is_sure = name.is_absent or (isinstance(name, Known) and not name.origin.steps)
                self._may_have_queue = self._may_have_queue or not is_sure

    def notices(self, folders: Sequence[str], *, is_hook: bool, is_whole: bool) -> Iterator[str]:
        """Sentences about values that are refused, and about names that nothing has.

        folders: those that the run searched. is_hook: whether it was given some files of many. is_whole: whether all
        that it found could be read.
        """
        for (said, language), paths in self._refused.items():
            who = "Terraform" if language == "terraform" else "CloudFormation"
            yield f"{said}, so {who} refuses it ({listed(list(dict.fromkeys(paths)), _NAMED)})"
        if is_whole:
            yield from () if is_hook else self._undeclared(is_for_run=True)
            configured = [*self._undeclared(is_for_run=False), *self._missing_queues()]
            # Only for something to say, the folders are searched for what was left out.
            yield from configured if configured and self._saw_all(folders) else ()

    def _saw_all(self, folders: Sequence[str]) -> bool:
        """Whether the run searched all that the configuration is for, folders with what a build made included."""
        root = os.path.abspath(self.root)
        tops = [os.path.join(os.path.abspath(folder), "") for folder in folders]
        return any(os.path.join(root, "").startswith(top) for top in tops) and not self.finder.leaves_out(root)

    def _undeclared(self, *, is_for_run: bool) -> Iterator[str]:
        for named_values in self.values if self._languages and self._is_whole else ():
            if named_values.is_for_run is is_for_run:
                yield from self._undeclared_of(named_values)

    def _missing_queues(self) -> Iterator[str]:
        for name, place in self.times.items():
            if name not in self._queues and not self._may_have_queue:
                hint = closest(name, self._queues)
                yield f"{place}: there is no queue {name}, so its processing time has no effect{hint}"

    def _given(self) -> Iterator[str]:
        """What may have a value without being declared. A run of one language does not load the other's."""
        if "terraform" in self._languages:
            from awslint_memo.readers.terraform.choices import WORKSPACE

            yield WORKSPACE
        if self._languages != {"terraform"}:
            from awslint_memo.readers.cloudformation.deployments import GIVEN

            yield from GIVEN

    def _undeclared_of(self, one: NamedValues) -> Iterator[str]:
        noun = "variable" if self._languages == {"terraform"} else "parameter"
        known = {*self._declared, *self._given()}
        rest: dict[str, list[str]] = {}
        for name in one.values:
            if name in known:
                continue
            place = one.place(name)
            hint = closest(name, known)
            if hint:
                yield f"{place}: no template has the {noun} {name}, so its value has no effect{hint}"
            else:
                rest.setdefault(_file(place), []).append(name)
        for names in rest.values():
            many, has = (f"{noun}s", "values have") if len(names) > 1 else (noun, "value has")
            yield f"{one.place(names[0])}: no template has the {many} {listed(names, _NAMED)}, so the {has} no effect"


def _file(place: str) -> str:
    return place.rpartition(":")[0]
