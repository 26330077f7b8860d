"""Writes the generated pages: docs/rules/, docs/memo.md, docs/relations.md, and new ids into docs/catalogue.txt.

usage: python docs/generate.py [FOLDER]
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import awslint_memo
from awslint_memo import relations
from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.manual import memo, page
from awslint_memo.model.fact import Fact
from awslint_memo.reporters.example_output import example_output

RELATIONS = Path(relations.__path__[0])
"""The folder of the relations: a package for each service."""

_LONGEST = 110
"""Characters of a fact's value that are shown."""


_INTRODUCTION = (
    "What a rule can ask about several resources, and what AWS decides (defaults, limits, names), by service. A rule "
    "imports a module by its name: `from awslint_memo import queues`. A module that is not among the names of "
    "`awslint_memo` serves the other relations.",
    "What a function says *surely* holds whatever the template leaves open; a question with *may* is also true where "
    "the template does not tell. A fact has the page that says it, and the day on which it was compared with that "
    "page.",
)


def main(folder: Path) -> None:
    """Write all of it into a folder laid out as docs/ is."""
    write_rules(folder / "rules", page.every_rule())
    _write(folder / "memo.md", memo.table(list(rules().values())))
    add_to_catalogue(folder / "catalogue.txt", rules())
    _write(folder / "relations.md", relations_page())


def write_rules(folder: Path, known: Iterable[Rule]) -> None:
    """Write the pages of rules into a folder; pages that were written for rules that are no more go."""
    made = page.pages(known, example_output)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in made and old.read_text(encoding="utf-8").startswith(page.GENERATED):
            old.unlink()
    for name, text in made.items():
        _write(folder / name, text)


def add_to_catalogue(path: Path, ids: Iterable[str]) -> None:
    """Add ids that are new to the list of all that there ever were, from which none is taken away."""
    known = path.read_text(encoding="utf-8").split() if path.exists() else []
    _write(path, "".join(f"{one}\n" for one in dict.fromkeys((*known, *ids))))


def relations_page() -> str:
    """What a rule can ask about several resources, and the facts about AWS, by service."""
    parts = ["<!-- Generated from the relations by `make docs`. -->", "# Relations", *_INTRODUCTION]
    for package in sorted(path.parent for path in RELATIONS.glob("*/__init__.py")):
        parts += [f"## {package.name.rstrip('_')}", _first_paragraph(_parsed(package / "__init__.py"))]
        for path in sorted(package.glob("*.py")):
            if path.stem not in ("__init__", "facts"):
                parts += _module(path)
        if (package / "facts.py").exists():
            parts += ["### Facts", "\n".join(_facts(package / "facts.py"))]
    parts += ["## Any service", *_module(RELATIONS / "naming.py")]
    return "\n\n".join(parts) + "\n"


def _module(path: Path) -> Iterator[str]:
    """The heading of a module, what it is about, and its public functions."""
    tree = _parsed(path)
    is_word = path.stem in awslint_memo.__all__
    yield f"### `{path.stem}`" + ("" if is_word else " (for other relations)")
    yield _first_paragraph(tree)
    functions = [one for one in tree.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")]
    yield "\n".join(f"- `{_signature(one)}`: {_first_paragraph(one)}" for one in functions)


def _signature(function: ast.FunctionDef) -> str:
    returned = ast.unparse(function.returns) if function.returns is not None else "None"
    return f"{function.name}({ast.unparse(function.args)}) -> {returned}"


def _facts(path: Path) -> Iterator[str]:
    """A line for each fact of a module; the facts of a mapping below the mapping's name."""
    documented = _documented(_parsed(path))
    for name, known in facts_of(path).items():
        about = documented[name]
        if set(known) == {""}:
            yield f"- `{name}`: {_shown(known[''].value)}. {about} {_source(known[''])}"
        else:
            yield f"- `{name}`: {about}"
            yield from (f"  - {key}: {_shown(fact.value)}. {_source(fact)}" for key, fact in known.items())


def facts_of(path: Path) -> dict[str, dict[str, Fact[Any]]]:
    """The facts of a facts.py by its names: one under "" where the name is a fact, else those of a mapping by key."""
    inside = ".".join(path.relative_to(RELATIONS).with_suffix("").parts)
    found: dict[str, dict[str, Fact[Any]]] = {}
    for name, value in vars(import_module(f"{relations.__name__}.{inside}")).items():
        every = {"": value} if isinstance(value, Fact) else value if isinstance(value, Mapping) else {}
        if not name.startswith("_") and every and all(isinstance(one, Fact) for one in every.values()):
            found[name] = {key if isinstance(key, str) else " ".join(key): fact for key, fact in every.items()}
    return found


def _source(fact: Fact[Any]) -> str:
    name = fact.page.rstrip("/").rpartition("/")[2].removesuffix(".html")
    return f"[{name}]({fact.url}), {f'read {fact.read}' if fact.read else 'not compared yet'}."


def _shown(value: object) -> str:
    """A value as code, shortened."""
    text = _plain(value)
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}`" if text else "nothing"


def _plain(value: object) -> str:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value._asdict().items() if one)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    if isinstance(value, (tuple, frozenset)):
        return ", ".join(map(_plain, sorted(value) if isinstance(value, frozenset) else value))
    return str(value)


def _documented(tree: ast.Module) -> dict[str, str]:
    """The text that stands below each name that a module assigns."""
    found: dict[str, str] = {}
    for one, after in pairwise(tree.body):
        targets = one.targets if isinstance(one, ast.Assign) else [one.target] if isinstance(one, ast.AnnAssign) else []
        text = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else None
        if isinstance(text, str):
            found.update({target.id: _in_one_line(text) for target in targets if isinstance(target, ast.Name)})
    return found


def _first_paragraph(node: ast.Module | ast.FunctionDef) -> str:
    return _in_one_line((ast.get_docstring(node) or "").partition("\n\n")[0])


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
