"""Which edits of which file make the changes of a fix, or why they can't be made and where to act instead."""

from __future__ import annotations

import os
from collections.abc import Mapping

from awslint_memo.files.files import Files
from awslint_memo.fixes import terraform_words
from awslint_memo.fixes.data_edits import DataFile, Steps, split_way
from awslint_memo.fixes.edit import Edit, Refused
from awslint_memo.fixes.hcl_edits import HclFile, HclStep
from awslint_memo.judging.notices import internal_error
from awslint_memo.model.fix import Addition, Change, Fix, Reference, Removal, Setting, Target
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

Edits = Mapping[str, "list[Edit]"]
"""The edits by file."""


class Editor:
    """Finds the edits of fixes in the files as they are now.

    texts: the contents of files that were edited already.
    """

    def __init__(self, files: Files, texts: Mapping[str, str] | None = None) -> None:
        self._files = files
        self._texts = texts or {}
        self._data: dict[tuple[str, str], DataFile] = {}
        self._hcl: dict[tuple[str, str], HclFile] = {}

    def edits(self, fix: Fix) -> dict[str, list[Edit]]:
        """The edits that make a fix. Raises Refused, with a sentence that says where to act instead."""
        try:
            return self._edits(fix)
        except (Refused, Problem):
            raise
        except Exception as error:  # A mistake of ours costs no other finding its fix, and no report.
            raise Refused(internal_error(error, "").message) from error

    def _edits(self, fix: Fix) -> dict[str, list[Edit]]:
        added = next((one for one in fix.changes if isinstance(one, Addition)), None)
        found: dict[str, list[Edit]] = {}
        for change in fix.changes:
            target = change.target
            _refuse_generated(target, self._files)
            for_file = found.setdefault(target.home.path, [])
            is_terraform = target.language == "terraform"
            made = self._of_terraform(change, added) if is_terraform else self._of_data(change, added)
            for_file += [one for one in made if one not in for_file]
        return found

    def text(self, path: str) -> str:
        """The text of a file, with what was edited so far."""
        if path in self._texts:
            return self._texts[path]
        try:
            return self._files.read(path).text
        except Problem as problem:
            raise Refused(problem.message) from problem

    def _of_data(self, change: Change, added: Addition | None) -> list[Edit]:
        target = change.target
        file = self._file(target.home.path, "" if added is None else _added_name(added))
        home: Steps = ("Resources", target.written)
        if isinstance(change, Addition):
            return file.add(home, {"Type": change.type, "Properties": change.properties})
        way = change.way
        beside = way.startswith("@")
        steps = (*home, *(split_way(way[1:]) if beside else ("Properties", *split_way(way))))
        return self._changed(file, change, steps)

    def _changed(self, file: DataFile, change: Setting | Removal, steps: Steps) -> list[Edit]:
        try:
            if isinstance(change, Removal):
                return file.remove(steps)
            made = file.set(steps, change.value)
        except Refused as refused:
            raise _where(change, str(refused)) from refused
        if not file.has(steps):
            _refuse_elsewhere(change)
        return made

    def _file(self, path: str, name: str) -> DataFile:
        if (path, name) not in self._data:
            text = self.text(path)
            self._data[path, name] = DataFile(text, is_json=text.lstrip()[:1] == "{", name=name)
        return self._data[path, name]

    def _of_terraform(self, change: Change, added: Addition | None) -> list[Edit]:
        target = change.target
        type_, name = terraform_words.labels(target.written)
        path = target.home.path
        if path.endswith(".json"):
            return self._of_terraform_json(change, type_, name)
        file = self._hcl_file(path, added)
        if isinstance(change, Addition):
            new_type, new_name = _added(change)
            body = terraform_words.new_resource(change.type, change.properties)
            if file.has_resource(new_type, new_name):
                raise Refused(f"there is already a resource {new_type}.{new_name}")
            return file.add(type_, name, body, f'resource "{new_type}" "{new_name}"')
        type_, name, steps = self._owner(change, type_, name)
        try:
            if isinstance(change, Removal):
                return file.remove(type_, name, steps)
            value = terraform_words.value_of(type_, change.path, change.value)
            made = file.set(type_, name, steps, value)
        except Refused as refused:
            raise _where(change, str(refused)) from refused
        if not file.has(type_, name, steps):
            _refuse_elsewhere(change)
        return made

    def _owner(self, change: Setting | Removal, type_: str, name: str) -> tuple[str, str, list[HclStep]]:
        """The resource whose block has the argument: the resource itself, or one that gives it properties."""
        top = change.path.split(".")[0]
        for address in change.target.companions:
            other, other_name = terraform_words.labels(address)
            table = COMPANIONS.get(other)
            if table is not None and top in table.properties and not table.into:
                steps = terraform_words.steps(other, change.path)
                if steps is not None:
                    return other, other_name, steps
        steps = terraform_words.steps(type_, change.path)
        if steps is None:
            raise Refused(f"Terraform has no argument of {type_} for {change.path}")
        return type_, name, steps

    def _of_terraform_json(self, change: Change, type_: str, name: str) -> list[Edit]:
        if isinstance(change, Addition):
            raise Refused("resources are not added to Terraform's JSON; add it by hand")
        file = self._file(change.target.home.path, "")
        if not file.has(("resource", type_, name)):
            raise Refused("this is a plan, or the resource is in a list; change the configuration")
        type_, name, steps = self._owner(change, type_, name)
        if any(step.is_json for step in steps):
            raise Refused(f"{steps[0].name} is a text with JSON; change it by hand")
        return self._changed(file, change, ("resource", type_, name, *(step.name for step in steps)))

    def _hcl_file(self, path: str, added: Addition | None) -> HclFile:
        address = "" if added is None else ".".join(_added(added))
        if (path, address) not in self._hcl:

            def expression(reference: Reference) -> str:
                attributes = TYPE_MAPS[address.partition(".")[0]].attributes
                name = next(one for one, known in attributes.items() if known == reference.attribute)
                return f"{address}.{name}"

            self._hcl[path, address] = HclFile(self.text(path), expression)
        return self._hcl[path, address]


def added_names(fix: Fix) -> list[str]:
    """The names of the resources that a fix adds: logical ids or addresses."""
    return [_added_name(one) for one in fix.changes if isinstance(one, Addition)]


def _added_name(added: Addition) -> str:
    written = added.target.written
    if added.target.language != "terraform":
        return f"{written}{added.suffix}"
    before = written[: len(written) - len(".".join(terraform_words.labels(written)))]
    return before + ".".join(_added(added))


def _added(added: Addition) -> tuple[str, str]:
    """The Terraform type and name of a resource that is added."""
    type_ = terraform_words.type_of(added.type)
    words = "".join(f"_{one.lower()}" if one.isupper() else one for one in added.suffix)
    return type_, terraform_words.labels(added.target.written)[1] + words


def _refuse_generated(target: Target, files: Files) -> None:
    """Raise Refused for a file that no person writes."""
    path = target.home.path
    if target.call is not None:
        where = f"{target.call.path}:{target.call.line}"
        raise Refused(f"{target.written} is in a downloaded module; set the module's argument at {where}")
    manifest = os.path.join(os.path.dirname(path), "manifest.json")
    if path.endswith(".template.json") and files.is_file(manifest):
        raise Refused(f"{path} is made by the CDK; change the app")


def _where(change: Setting | Removal, reason: str) -> Refused:
    """Why a change is refused, with the place where the value is decided if that is another one."""
    if change.decided is None:
        return Refused(reason)
    words, span = change.decided
    return Refused(f"it comes from {words}; change it at {span.path}:{span.line}")


def _refuse_elsewhere(change: Setting) -> None:
    """Raise Refused for a property that is written elsewhere, for example in Globals."""
    if change.present is not None:
        span = change.present
        raise Refused(f"it is set at {span.path}:{span.line}; change it there")
