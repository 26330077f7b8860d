"""Which edits of which file make the changes of a fix, or why they can't be made and where to act instead."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from awslint_memo.files.files import Files
from awslint_memo.fixes import terraform_words
from awslint_memo.fixes.data_edits import DataFile
from awslint_memo.fixes.data_tree import Steps, is_json, refuse_newer
from awslint_memo.fixes.edit import (
    Edit,
    Refused,
    Revised,
    clash,
    differ,
    follows,
    refuse_elsewhere,
    refuse_generated,
    where,
)
from awslint_memo.fixes.hcl_edits import HclFile
from awslint_memo.fixes.terraform_words import Names as Path
from awslint_memo.fixes.writing_data import Names
from awslint_memo.fixes.writing_hcl import HclStep
from awslint_memo.judging.notices import internal_error
from awslint_memo.model.fix import Addition, Change, Fix, Reference, Removal, Same, Setable, Setting, Target, steps_of
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span
from awslint_memo.readers.terraform_names import COMPANIONS


@record(frozen=True, slots=True)
class Owner:
    """The Terraform resource in whose block an argument stands: its file, type and name, and the path and the steps to
    the argument there."""

    file: str
    type: str
    name: str
    path: Path
    steps: list[HclStep]


class Editor:
    """Finds the edits of fixes in the files as they are now.

    texts: the contents of files that were edited already. first: the editor of the files to which the places of the
    changes belong, if that is another one.
    """

    most = sys.maxsize
    """The characters that are parsed again for changes that touch each other; an instance may have fewer."""

    def __init__(self, files: Files, texts: Mapping[str, str] | None = None, first: Editor | None = None) -> None:
        self._files = files
        self._texts = texts or {}
        self._first = first or self
        self._data: dict[str, DataFile] = {}
        self._hcl: dict[str, HclFile] = {}

    def edits(self, fix: Fix) -> dict[str, list[Edit]]:
        """The edits that make a fix. Raises Refused, with a sentence that says where to act instead."""
        try:
            return self._edits(fix)
        except (Refused, Problem):
            raise
        except Exception as error:  # A mistake of ours costs no other finding its fix, and no report.
            raise Refused(internal_error(error, "").message) from error

    def _edits(self, fix: Fix) -> dict[str, list[Edit]]:
        added = [change for change in fix.changes if isinstance(change, Addition)]
        found: dict[str, list[Edit]] = {}
        for change in fix.changes:
            refuse_generated(change.target, self._files)
            file, edits = self._made(change, added)
            before = found.get(file, [])
            is_apart = isinstance(change, Addition) or (change.target.language != "terraform" and differ(edits, before))
            if clash(edits, before) and not (is_apart and follows(edits, before)):
                return self._together(fix) or self._one_by_one(fix, added)
            found.setdefault(file, []).extend(edits)
        return found

    def _together(self, fix: Fix) -> dict[str, list[Edit]] | None:
        """The edit that sets several properties of a resource, if what they would stand in is not there yet."""
        target = fix.changes[0].target
        home = (target.home, target.written)
        alike = [change for change in fix.changes if (change.target.home, change.target.written) == home]
        settings = [change for change in alike if isinstance(change, Setting) and not change.is_appended]
        if target.language == "terraform" or len(settings) < len(fix.changes):
            return None
        file, ways = self._file(target.home.path), [(_way(target, setting.way), setting.value) for setting in settings]
        for steps, _ in ways:
            refuse_newer(file, steps)
        edits = file.set_together(ways)
        for setting in settings if edits else ():
            refuse_elsewhere(setting)
        return {target.home.path: edits} if edits else None

    def _one_by_one(self, fix: Fix, added: Sequence[Addition]) -> dict[str, list[Edit]]:
        """The edits of changes that touch the same lines: each is made in the text that the one before it leaves."""
        texts = {**self._texts}
        revised: dict[str, Revised] = {}
        # What is put behind one resource comes before what was put there already.
        for change in (*(one for one in fix.changes if one not in added), *reversed(added)):
            self.most -= len(self.text(change.target.home.path))
            if self.most < 0:
                raise Refused("there are many such changes in a large file; --fix makes them")
            editor = Editor(self._files, texts, self._first)
            file, edits = editor._made(change, added)
            revised.setdefault(file, Revised(self.text(file))).apply(edits)
            texts[file] = revised[file].text
        return {path: edits for path, one in revised.items() if (edits := one.edits)}

    def _made(self, change: Change, added: Sequence[Addition]) -> tuple[str, list[Edit]]:
        """The file that a change is made in, and the edits."""
        is_terraform = change.target.language == "terraform"
        return self._of_terraform(change, added) if is_terraform else self._of_data(change, added)

    def text(self, path: str) -> str:
        """The text of a file, with what was edited so far."""
        if path in self._texts:
            return self._texts[path]
        try:
            return self._files.read(path).text
        except Problem as problem:
            raise Refused(problem.message) from problem

    def _of_data(self, change: Change, added: Sequence[Addition]) -> tuple[str, list[Edit]]:
        target = change.target
        file = self._file(target.home.path)
        file.names = Names(
            lambda reference: _logical_id(reference, target, added), lambda reference: self._source(reference, target)
        )
        if file.lacks(_home(target)):
            raise Refused(f"{target.written} is not written in the file; SAM's Globals may set it")
        if isinstance(change, Addition):
            content: dict[str, Setable] = {"Type": change.type, "Properties": change.properties}
            return target.home.path, file.add(_home(target), _added_name(change), content)
        return target.home.path, self._changed(file, change, _way(target, change.way))

    def _source(self, same: Same, target: Target) -> str:
        if same.target.home.path != target.home.path:
            raise Refused(f"{same.path} of {same.target.written} stands in another file; set it by hand")
        return self._file(target.home.path).source(_way(same.target, same.way))

    def _changed(self, file: DataFile, change: Setting | Removal, steps: Steps) -> list[Edit]:
        refuse_newer(file, steps)
        try:
            if isinstance(change, Removal):
                return file.remove(steps)
            edits = file.append(steps, change.value) if change.is_appended else file.set(steps, change.value)
        except Refused as refused:
            raise where(change, str(refused)) from refused
        if not file.has(steps):
            refuse_elsewhere(change)
        return edits

    def _file(self, path: str) -> DataFile:
        if path not in self._data:
            text = self.text(path)
            self._data[path] = DataFile(text, is_json=is_json(text))
        return self._data[path]

    def _of_terraform(self, change: Change, added: Sequence[Addition]) -> tuple[str, list[Edit]]:
        target, path = change.target, change.target.home.path
        type_, name = terraform_words.labels(target.written)
        if path.endswith(".json"):
            return path, self._of_terraform_json(change, type_, name)
        file = self._hcl_file(path)
        if isinstance(change, Addition):
            new_type, new_name = _added(change)
            body = terraform_words.new_resource(new_type, change.properties)
            if file.has_resource(new_type, new_name):
                raise Refused(f"there is already a resource {new_type}.{new_name}")
            file.naming(lambda reference: self._expression(reference, target, added))
            return path, file.add(type_, name, body, f'resource "{new_type}" "{new_name}"')
        owner = self._owner(change, type_, name)
        file = self._hcl_file(owner.file)
        file.naming(lambda reference: self._expression(reference, target, added))
        try:
            if isinstance(change, Removal):
                return owner.file, file.remove(owner.type, owner.name, owner.steps)
            if change.is_appended:
                raise Refused("nothing is added to lists of Terraform; add it by hand")
            value = terraform_words.value_of(owner.type, owner.path, change.value)
            edits = file.set(owner.type, owner.name, owner.steps, value)
        except Refused as refused:
            raise where(change, str(refused)) from refused
        if not file.has(owner.type, owner.name, owner.steps):
            refuse_elsewhere(change)
        return owner.file, edits

    def _owner(self, change: Setting | Removal, type_: str, name: str) -> Owner:
        """The resource whose block has the argument: the resource itself, or one that gives it properties."""
        path, home = steps_of(change.path), change.target.home.path
        for address in change.target.companions:
            other, other_name = terraform_words.labels(address)
            table, file, inner = COMPANIONS.get(other), home, path
            if table is None or path[0] != (table.into or path[0]):
                continue
            if table.into:
                if change.item is None or not self._stands_at(change.item, other, other_name):
                    continue
                file, inner = change.item.path, path[2:]
            steps = terraform_words.steps(other, inner) if inner and inner[0] in table.properties else None
            if steps is not None:
                return Owner(file, other, other_name, inner, steps)
        hcl_steps = terraform_words.steps(type_, path)
        if hcl_steps is None:
            raise Refused(f"Terraform has no argument of {type_} for {change.path}")
        return Owner(home, type_, name, path, hcl_steps)

    def _stands_at(self, span: Span, type_: str, name: str) -> bool:
        is_native = not span.path.endswith(".json")
        return is_native and self._first._hcl_file(span.path).spans(type_, name, span.line)

    def _of_terraform_json(self, change: Change, type_: str, name: str) -> list[Edit]:
        if isinstance(change, Addition):
            raise Refused("resources are not added to Terraform's JSON; add it by hand")
        file = self._file(change.target.home.path)
        if not file.has(("resource", type_, name)):
            raise Refused("this is a plan, or the resource is in a list; change the configuration")
        owner = self._owner(change, type_, name)
        if any(step.is_json for step in owner.steps):
            raise Refused(f"{owner.steps[0].name} is a text with JSON; change it by hand")
        steps: list[str | int] = ["resource", owner.type, owner.name]
        for step in owner.steps:
            steps += [step.name] if step.index is None else [step.name, step.index]
        return self._changed(file, change, tuple(steps))

    def _expression(self, value: Reference | Same, target: Target, added: Sequence[Addition]) -> str:
        """The expression for an attribute or another argument, in the block of `target`."""
        if isinstance(value, Same):
            type_, name = _beside(value.target, target)
            steps = terraform_words.steps(type_, steps_of(value.path))
            if steps is None:
                raise Refused(f"Terraform has no argument of {type_} for {value.path}")
            return self._hcl_file(value.target.home.path).source(type_, name, steps)
        type_, name = _added(_of(value, added)) if isinstance(value.of, str) else _beside(value.of, target)
        return f"{type_}.{name}.{terraform_words.attribute(type_, value.attribute)}"

    def _hcl_file(self, path: str) -> HclFile:
        if path not in self._hcl:
            self._hcl[path] = HclFile(self.text(path))
        return self._hcl[path]


def _home(target: Target) -> Steps:
    return ("Resources", target.written)


def _way(target: Target, way: str) -> Steps:
    """The way to a property in a CloudFormation or SAM file."""
    beside = way.startswith("@")
    return (*_home(target), *(steps_of(way[1:]) if beside else ("Properties", *steps_of(way))))


def _beside(other: Target, target: Target) -> tuple[str, str]:
    """The type and name of a Terraform resource that `target` can refer to. Raises Refused if it is not so plain."""
    module = terraform_words.module_of
    if terraform_words.has_key(other.written) or module(other.written) != module(target.written):
        raise Refused(f"{other.written} has several instances, or is in another module; set it by hand")
    return terraform_words.labels(other.written)


def _of(reference: Reference, added: Sequence[Addition]) -> Addition:
    return next(addition for addition in added if reference.of in ("", addition.suffix))


def _logical_id(reference: Reference, target: Target, added: Sequence[Addition]) -> str:
    if isinstance(reference.of, str):
        return _added_name(_of(reference, added))
    if reference.of.home.path != target.home.path:
        raise Refused(f"{reference.of.written} is in another template; set it by hand")
    return reference.of.written


def added_names(fix: Fix) -> list[str]:
    """The names of the resources that a fix adds: logical ids or addresses."""
    return [_added_name(addition) for addition in fix.changes if isinstance(addition, Addition)]


def _added_name(added: Addition) -> str:
    written = added.target.written
    if added.target.language != "terraform":
        return f"{written}{added.suffix}"
    try:
        return terraform_words.module_of(written) + ".".join(_added(added))
    except Refused:  # An address that is none; nothing is added beside it.
        return f"{written}{added.suffix}"


def _added(added: Addition) -> tuple[str, str]:
    """The Terraform type and name of a resource that is added."""
    type_, name = terraform_words.labels(added.target.written)
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in added.suffix)
    return terraform_words.type_of(added.type, like=type_), name + words
