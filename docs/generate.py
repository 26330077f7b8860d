"""Writes the generated pages: docs/rules/, command.md, public-modules.md, memo.md and relations.md in docs/developing/.

Also the generated parts of others: outputs of commands, new ids in the package's catalogue, what coding agents read,
and what findings in examples are known by (tests/rules/identities.txt).

usage: python docs/generate.py [FOLDER]
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from docs.examples import followed
from docs.public_modules_page import public_modules_page
from docs.recovery_scenarios_page import recovery_scenarios_page
from docs.rules_schema import rules_schema
from docs.settings_page import settings_page
from tests import identities

import awslint_memo
from awslint_memo import api, relations
from awslint_memo.cli import main as command
from awslint_memo.cli.groups import shown_names
from awslint_memo.files.rule_files import packaged
from awslint_memo.judging.registry import rules
from awslint_memo.judging.report import Times
from awslint_memo.judging.rule import Rule
from awslint_memo.manual import elsewhere, memo, page, rule_list
from awslint_memo.model.facts import Fact
from awslint_memo.model.record import replace
from awslint_memo.reporters import FORMATS, REPORTERS, Look
from awslint_memo.reporters.page_text import example_output
from awslint_memo.settings.validation import SCHEMA

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


_EXIT_CODES = (
    "| code | means |\n| --- | --- |\n"
    "| 0 | nothing was found at the level of `--fail-on` or above, or the command did what it was asked |\n"
    "| 1 | something was found |\n"
    "| 2 | something could not be looked at: a broken file or configuration, a wrong option |\n"
    "| 130, 143 | it was interrupted (Ctrl-C), or asked to end |",
)
_COMPLETION = (
    "A shell completes commands and options after one of these lines in its startup file:",
    '```sh\neval "$(_AWSLINT_MEMO_COMPLETE=bash_source awslint-memo)"           # bash 4.4 or newer\n'
    'eval "$(_AWSLINT_MEMO_COMPLETE=zsh_source awslint-memo)"            # zsh\n'
    "_AWSLINT_MEMO_COMPLETE=fish_source awslint-memo | source            # fish\n```",
)


def main(folder: Path) -> None:
    """Write all of it into a folder laid out as docs/ is."""
    write_rules(folder / "rules", page.every_rule())
    _write(folder / "developing" / "memo.md", memo.table(list(rules().values())))
    listed = folder.parent / "src" / "awslint_memo" / rule_list.FILE
    if listed.exists():
        add_to_catalogue(listed, api.rules())
    known_by = folder.parent / "tests" / "rules" / identities.FILE.name
    if known_by.exists():
        _write(known_by, "".join(f"{line}\n" for line in identities.lines()))
    _write(folder / "developing" / "relations.md", relations_page())
    _write(folder / "settings.schema.json", packaged(SCHEMA).text)
    _write(folder / "rules.schema.json", rules_schema())
    _write(folder / "command.md", command_page())
    _write(folder / "public-modules.md", public_modules_page())
    scenarios = folder / "developing" / "recovery-scenarios.md"
    if scenarios.exists():
        _write(scenarios, recovery_scenarios_page(scenarios.read_text(encoding="utf-8")))
    others = folder / "elsewhere.md"
    if others.exists():
        _write(others, elsewhere_page(others.read_text(encoding="utf-8")))
    settings = folder / "configuration.md"
    if settings.exists():
        _write(settings, settings_page(settings.read_text(encoding="utf-8")))
    for path in sorted(folder.glob("*.md")):
        _write(path, followed(path.read_text(encoding="utf-8")))
    formats = folder / "formats.md"
    if formats.exists():
        _write(formats, formats_page(formats.read_text(encoding="utf-8")))
    written = folder / "developing" / "formats.md"
    if written.exists():
        _write(written, outputs_page(written.read_text(encoding="utf-8")))
    titled = [(path.name, _title(path)) for path in sorted(folder.glob("*.md")) if path.name != "SKILL.md"]
    _write(folder / "llms.txt", rule_list.llms(titled, page.every_rule()))
    _write(folder / "SKILL.md", rule_list.skill())


def elsewhere_page(text: str) -> str:
    """The page of what others call what rules ask for, with the names."""
    names = f"<!-- names -->\n{elsewhere.by_name()}<!-- end -->"
    return re.sub(r"<!-- names -->\n.*?<!-- end -->", lambda _: names, text, flags=re.DOTALL)


def _title(path: Path) -> str:
    found = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.M)
    return found[1] if found else path.stem


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


def formats_page(page: str) -> str:
    """The page of the formats with the table of them."""
    linked = {name: re.sub(r"docs/(\w+\.md)", r"[\1](\1)", one.about) for name, one in FORMATS.items()}
    rows = "".join(f"| `{name}` | {about} |\n" for name, about in linked.items())
    table = f"<!-- formats -->\n| format | what it is for |\n| --- | --- |\n{rows}<!-- end -->"
    return re.sub(r"<!-- formats -->\n.*?<!-- end -->", lambda _: table, page, flags=re.DOTALL)


def outputs_page(page: str) -> str:
    """The page of what each format writes, with the outputs that its files give now."""
    with TemporaryDirectory() as folder:
        (Path(folder) / ".git").mkdir()
        for name, text in re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", page, re.DOTALL):
            _write(Path(folder) / name, text)
        outputs = _outputs(folder)
    blocks = re.compile(r"^<!-- output: (\w+) -->\n(`{3,})(\w*)\n.*?^\2$", re.DOTALL | re.MULTILINE)
    return blocks.sub(lambda match: f"<!-- output: {match[1]} -->\n{_fenced(outputs[match[1]], match[3])}", page)


def _fenced(text: str, language: str) -> str:
    """A block of code. Its fence is longer than each in the text, which would end it."""
    longest = max(map(len, re.findall(r"^ *(`{3,})", text, re.MULTILINE)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text}{fence}"


def _outputs(folder: str) -> dict[str, str]:
    """What each format says of a folder, with a time that does not change."""
    here = os.getcwd()
    os.chdir(folder)
    try:
        report = api.lint()
        counted = replace(api.lint(coverage=True), times=Times(0.15, 0.04))
        made = {name: write(report, Look()) for name, write in REPORTERS.items()}
        made["html"] = "".join(re.findall(r"<article.*?</article>\n", made["html"], re.DOTALL)[:1])
        return {**made, "text": REPORTERS["text"](counted, Look(statistics=True))}
    finally:
        os.chdir(here)


def command_page() -> str:
    """The commands and their options as the command line knows them; an option of `lint` is told there only."""
    parts = [
        "<!-- Generated from the command line by `make docs`. -->",
        "# Commands and options",
        "What each command and option does, as `awslint-memo COMMAND -h` (`lint --help-all`) prints it;"
        " [formats.md](formats.md) has the formats. Exit codes:",
        *(*_EXIT_CODES, *_COMPLETION),
    ]
    of_lint = {_option(part) for part in command.commands["lint"].params if isinstance(part, click.Option)}
    for name, one in command.commands.items():
        arguments = [part for part in one.params if isinstance(part, click.Argument)]
        usage = [word for part in arguments for word in part.get_usage_pieces(click.Context(one))]
        options = [part for part in one.params if isinstance(part, click.Option)]
        own = [part for part in options if name == "lint" or _option(part) not in of_lint]
        shared = [f"`{shown_names(part)[0]}`" for part in options if part not in own]
        parts += [
            f"## {name}",
            *([f"`awslint-memo {name} {' '.join(usage)}`"] if usage else []),
            cleandoc(one.help or ""),
        ]
        parts += ["\n".join(map(_option, own))] if own else []
        parts += [f"As for `lint`: {', '.join(shared)}."] if shared else []
    return "\n\n".join(parts) + "\n"


def _option(option: click.Option) -> str:
    kind = option.type
    words = "|".join(kind.choices) if isinstance(kind, click.Choice) else option.metavar or kind.name.upper()
    value = "" if option.is_flag else f" {words}"
    names = ", ".join(f"`{name}`" for name in shown_names(option))
    default = f"  [default: {option.default}]" if option.show_default else ""
    return f"- {names}{value}: {option.help or ''}{default}"


def relations_page() -> str:
    """What a rule can ask about several resources, and the facts about AWS, by service."""
    parts = ["<!-- Generated from the relations by `make docs`. -->", "# Relations", *_INTRODUCTION]
    for service, modules in services().items():
        parts.append(f"## {service.rstrip('_')}")
        if (RELATIONS / service).is_dir():
            parts.append(_first_paragraph(_parsed(RELATIONS / service / "__init__.py")))
        for path in modules:
            parts += _module(path)
        facts = [line for path in modules for line in _facts(path)]
        parts += ["### Facts", "\n".join(facts)] if facts else []
    parts += ["## Any service", *_module(RELATIONS / "naming.py")]
    return "\n\n".join(parts) + "\n"


def services() -> dict[str, list[Path]]:
    """The modules of the relations by service: those of a package, or a single one."""
    alone = {path.stem: [path] for path in RELATIONS.glob("*.py") if path.stem not in ("__init__", "naming")}
    packages = {path.parent: sorted(path.parent.glob("*.py")) for path in RELATIONS.glob("*/__init__.py")}
    of_packages = {folder.name: [one for one in every if one.stem != "__init__"] for folder, every in packages.items()}
    return dict(sorted({**alone, **of_packages}.items()))


def words_of(path: Path) -> list[str]:
    """The names by which rules import a module."""
    # A word is no module before something of it is used.
    named = ((word, getattr(getattr(awslint_memo, word), "__name__", "")) for word in awslint_memo.__all__)
    return [word for word, name in named if name == module_name(path)]


def module_name(path: Path) -> str:
    """The full name of a module of the relations."""
    return ".".join((relations.__name__, *path.relative_to(RELATIONS).with_suffix("").parts))


def _module(path: Path) -> Iterator[str]:
    """The heading of a module, what it is about, and its public functions."""
    tree = _parsed(path)
    functions = [one for one in tree.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")]
    if not functions:
        return
    words = words_of(path)
    yield "### " + (", ".join(f"`{word}`" for word in words) or f"`{path.stem}` (for other relations)")
    yield _first_paragraph(tree)
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


@cache
def facts_of(path: Path) -> Mapping[str, Mapping[str, Fact[Any]]]:
    """The facts of a module by its names: one under "" where the name is a fact, else those of a mapping by key."""
    names = vars(import_module(module_name(path)))
    plain = dict(_plain_facts(_parsed(path), names))
    facts: dict[str, dict[str, Fact[Any]]] = {}
    for name, value in names.items():
        known = plain.get(name, value)
        every = {"": known} if isinstance(known, Fact) else known if isinstance(known, Mapping) else {}
        is_public = name in plain or not name.startswith("_")
        if is_public and every and all(isinstance(fact, Fact) for fact in every.values()):
            facts[name] = {key if isinstance(key, str) else " ".join(key): fact for key, fact in every.items()}
    assigned = _assigned(_parsed(path)) if facts else frozenset()
    return {name: every for name, every in facts.items() if name in assigned}


def _assigned(tree: ast.Module) -> frozenset[str]:
    """The names that a module gives values to itself, apart from those that it imports."""
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return frozenset(name.id for name in names if isinstance(name.ctx, ast.Store))


def _plain_facts(tree: ast.Module, names: dict[str, Any]) -> Iterator[tuple[str, Fact[Any]]]:
    """The facts of which a module has the value alone, with the page and the day that stand beside it in the source."""
    for one in tree.body:
        if not isinstance(one, (ast.Assign, ast.AnnAssign)) or not isinstance(one.value, ast.Call):
            continue
        if ast.unparse(one.value.func) == "fact":
            name = ast.unparse(one.target if isinstance(one, ast.AnnAssign) else one.targets[0])
            beside = {word.arg: eval(ast.unparse(word.value), names) for word in one.value.keywords}  # noqa: S307
            yield name, Fact(names[name], page=beside["page"], read=beside["read"])


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


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
