"""Finds rules in folders: the package's own `rules/`, and those that the user names."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from awslint_memo.judging.rule import Rule
from awslint_memo.model.span import Problem

PACKAGE = Path(__file__).resolve().parents[1]


def own_rules() -> Path:
    """The folder of the rules that come with the package: the wheel's copy, else the checkout's."""
    packaged = PACKAGE / "rules"
    return packaged if packaged.is_dir() else PACKAGE.parents[1] / "rules"


@cache
def rules(extra: tuple[str, ...] = ()) -> dict[str, Rule]:
    """All rules by id, in the order of services and ids; `extra` are folders of the user's own.

    Raises Problem for a rule file that does not load, an id that is taken, or a package without rules.
    """
    found: dict[str, Rule] = {}
    for folder in (own_rules(), *map(Path, extra)):
        files = sorted(path for path in folder.glob("**/*.py") if not path.name.startswith("_"))
        if not files:
            raise Problem("no rules in this folder; a rule is a .py file, see CONTRIBUTING.md", str(folder))
        for path in files:
            rule = load(path)
            if rule.id in found:
                raise Problem(f"the rule id {rule.id} is taken; give this rule another one", str(path))
            found[rule.id] = rule
    return found


def load(path: Path) -> Rule:
    """The rule that a file holds. Raises Problem if it does not run or holds no rule or more than one."""
    try:
        module = _run(path)
    except Exception as error:
        line = getattr(error, "lineno", None) or 1
        raise Problem(f"this rule file does not run: {type(error).__name__}: {error}", str(path), line) from error
    made = [value for value in vars(module).values() if isinstance(value, Rule)]
    if len(made) != 1:
        raise Problem(f"a rule file holds one rule made with @rule, this one holds {len(made)}", str(path))
    title, reason, advice = manual(module.__doc__ or "")
    return replace(
        made[0],
        title=title,
        reason=reason,
        advice=advice,
        bad=getattr(module, "BAD", ""),
        good=getattr(module, "GOOD", ""),
        service=path.parent.name,
    )


def _run(path: Path) -> ModuleType:
    # A private name, so that a folder may be called `lambda` and rules can't import each other.
    name = f"awslint_memo._rules.{path.parent.name}.{path.stem}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError("not a Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def manual(docstring: str) -> tuple[str, str, str]:
    """A rule file's docstring as title (its first line), reason, and what to do (the paragraph after "What to do:")."""
    title, _, rest = docstring.strip().partition("\n")
    reason, _, advice = rest.partition("What to do:")
    return title.strip(), _paragraphs(reason), _paragraphs(advice)


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def closest(wanted: str, among: Iterable[str]) -> str:
    """A "did you mean" for a name that does not exist, or nothing where none is close."""
    from difflib import get_close_matches

    near = get_close_matches(wanted, list(among), n=1)
    return f"; did you mean {near[0]}?" if near else ""
