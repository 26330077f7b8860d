"""Walks leave out what `.gitignore` does; hostile patterns cost little."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pathspec import GitIgnoreSpec
from tests.command import invoke, report

from awslint_memo.files import gitignore
from awslint_memo.files.disk import NOW, ListedDisk
from awslint_memo.files.file_finder import FileFinder, Found
from awslint_memo.files.gitignore import GitIgnore, Patterns

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}\n"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def write(*paths: str, **files: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(QUEUE, encoding="utf-8")


def ignoring(text: str, folder: str = ".") -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, ".gitignore").write_text(text, encoding="utf-8")


def checked(*arguments: str) -> list[str]:
    made = report("--select", "sqs-long-polling", *arguments)
    return sorted({one["path"] for one in made["findings"]})


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ("built/\n", ["a.yaml", "b/c.yaml"]),
        ("*.yaml\n!b/c.yaml\n", ["b/c.yaml"]),
        ("/c.yaml\n", ["a.yaml", "b/c.yaml", "built/d.yaml"]),
        ("# a.yaml\n\n", ["a.yaml", "b/c.yaml", "built/d.yaml"]),
        ("**/d.yaml\na.y?ml\n", ["b/c.yaml"]),
        ("b/*\r\n", ["a.yaml", "built/d.yaml"]),
    ],
)
def test_a_walk_leaves_out_what_git_ignores(patterns: str, left: list[str]) -> None:
    write("a.yaml", "b/c.yaml", "built/d.yaml")
    ignoring(patterns)
    assert checked() == left
    assert checked("--no-gitignore") == ["a.yaml", "b/c.yaml", "built/d.yaml"]


def test_a_file_further_in_counts_more() -> None:
    write("a.yaml", "b/a.yaml", "b/c/a.yaml")
    ignoring("a.yaml\n")
    ignoring("!a.yaml\n", "b")
    assert checked() == ["b/a.yaml", "b/c/a.yaml"]
    assert checked("b/c") == ["b/c/a.yaml"]


def test_what_is_named_is_checked() -> None:
    write("a.yaml", "built/d.yaml", "built/e/f.yaml")
    ignoring("built\na.yaml\n")
    assert checked("a.yaml", "built") == ["a.yaml", "built/d.yaml", "built/e/f.yaml"]


def test_what_a_build_made_is_checked_where_somebody_asks_for_it() -> None:
    write("cdk.out/a.json", "app/cdk.out/b.json", "built/c.yaml")
    ignoring("cdk.out\nbuilt\n")
    assert checked() == []
    Path("app/cdk.json").write_text("{}")
    Path("app/cdk.out/manifest.json").write_text('{"version": "36.0.0", "artifacts": {}}')
    Path("app/cdk.out/b.json").write_text('{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}')
    finder = FileFinder(git_ignore=lambda: GitIgnore(NOW, None, {}))
    assert Found("app/cdk.out/b.json", named=False) in list(finder.find())
    assert Found("cdk.out/a.json", named=False) not in list(finder.find())
    Path(".awslint-memo.yaml").write_text("include: [built]\n")
    assert "built/c.yaml" in checked()


def test_the_configuration_may_switch_it_off() -> None:
    write("a.yaml")
    ignoring("a.yaml\n")
    Path(".awslint-memo.yaml").write_text("gitignore: false\n")
    assert checked() == ["a.yaml"]


def test_outside_of_a_repository_it_does_not_count() -> None:
    write("a.yaml")
    ignoring("a.yaml\n")
    Path(".git").rmdir()
    assert checked() == ["a.yaml"]


def test_what_is_left_out_is_told() -> None:
    """A file that nobody reads, as one from which others are rendered, is not."""
    write("a.yaml", "built/d.yaml", ".cache/x.yaml", "b.txt", "local.tfvars.tmpl", "a.yaml.j2")
    ignoring("a.yaml\nbuilt\n.cache\n*.txt\n*.tfvars.*\n*.j2\n")
    told = "not checked: a.yaml and built, left out by .gitignore; name them, or write --no-gitignore"
    assert report()["summary"]["notices"] == [told]
    rendered = "not checked: a.yaml.j2 and local.tfvars.tmpl, from which another program renders "
    [notice] = report("--no-gitignore")["summary"]["notices"]
    assert notice.startswith(rendered)


@pytest.mark.parametrize(
    ("patterns", "told"),
    [
        (f"{'*a' * 30}b\n", ".gitignore:1: not applied: the pattern has more than 3 wildcards, or is too long"),
        (f"{'**/' * 30}b\n", ".gitignore:1: not applied: the pattern has more than 3 wildcards, or is too long"),
        ("x" * 2000 + "\n", ".gitignore:1: not applied: the pattern has more than 3 wildcards, or is too long"),
        ("*a*a*l\n" * 2000, ".gitignore was not applied to all: its patterns take too long; simplify those with *"),
    ],
    ids=["stars", "folders", "length", "number"],
)
def test_hostile_patterns_are_told_and_cost_little(patterns: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gitignore, "WORK", 10_000_000)
    write(f"{'a' * 200}.yaml")
    ignoring(f"{patterns}\n")
    assert told in report("--select", "sqs-long-polling")["summary"]["notices"]
    assert len(checked()) == 1


@pytest.mark.parametrize(
    "patterns",
    [
        # As in the file that GitHub offers for Node.js.
        "report.[0-9]*.[0-9]*.[0-9]*.[0-9]*.yaml\n",
        "/report.[0-9]*.[0-9]*.[0-9]*.[0-9]*.yaml\n",
        "report.[0-9]*.[0-9]*.[0-9]*.[0-9]*.yaml/\n",
        "*.yaml\n!r*.*.[!x]*.*.yaml\n",
        "b*e*l*o*w\n",
        "/b*e*l*o*w/\n",
        "*.*.*.*.*\n",
        "*c*.*1*/\n",
    ],
)
def test_a_name_with_many_wildcards_is_matched_as_git_does(patterns: str) -> None:
    names = ["report.1.2.3.4.yaml", "report.1.2.3.yaml", "report.1.x.3.4.yaml"]
    write(*names, *(f"b/{name}" for name in names), "below/a.yaml", "c.1/a.2.3.4.yaml", "report.1.2/3.4.5.yaml")
    ignoring(patterns)
    subprocess.run(["git", "init", "-q", "."], check=True)
    shown = ["git", "ls-files", "-o", "--exclude-standard", "*.yaml"]
    assert checked() == sorted(subprocess.run(shown, check=True, capture_output=True, text=True).stdout.split())
    assert not any("not applied" in one for one in report()["summary"]["notices"])


def test_a_link_as_gitignore_is_not_followed_and_bytes_are_told() -> None:
    write("a.yaml")
    Path("patterns").write_text("a.yaml\n")
    Path(".gitignore").symlink_to("patterns")
    assert checked() == ["a.yaml"]
    Path(".gitignore").unlink()
    Path(".gitignore").write_bytes(b"\xff\xfe\xff")
    assert any(".gitignore: not applied" in one for one in report()["summary"]["notices"])


def test_the_library_is_loaded_only_for_patterns_that_may_match() -> None:
    write("a.yaml", "b.yaml")
    code = "import sys; from awslint_memo import api; api.lint(); print('pathspec' in sys.modules)"

    def printed() -> str:
        return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()

    assert printed() == "False"
    ignoring("*.log\n[Bb]in/\n/b.yaml\n!a.y?ml\n")
    assert printed() == "False"
    ignoring("*.y*l\n")
    assert printed() == "True"


LINES = (
    *(
        "a.yaml",
        "*.yaml",
        "built/",
        "/built",
        "src/**",
        "**/b",
        "a/**/b",
        "!a.yaml",
        "!!b",
        "\\!b",
        "\\#b",
        "b ",
        "b\\ ",
    ),
    *(
        "[Bb]uilt",
        "[[:alpha:]]uilt",
        "[]a]b",
        "[^]x]b",
        "[!a].yaml",
        "x[",
        "*",
        "/*",
        "a?yaml",
        "b**c",
        "a\\.yaml",
        "#b",
    ),
    *(
        "b\t",
        "*.yaml\t",
        "[Bb]uilt/*.yaml",
        "built/*.yaml",
        "*/*.y*",
        "[bB][uU]ilt",
        "[ab]uilt",
        "s*/*",
        "**.yaml",
        "?b",
    ),
    *("!built/", "!/b", "!xb", "/b/", "b/", "/Built/a.yaml", "!Built/a.yaml", "!*.yaml", "src", "src/"),
)
PATHS = (
    "a.yaml",
    "b",
    "#b",
    "!b",
    "b ",
    "xb",
    "built",
    "Built/a.yaml",
    "src/a.yaml",
    "a/x/y/b",
    "]b",
    "x[",
    "bc",
    "bxc",
    *("b\t", "a.yaml\t", "BUILT/a.yaml", "Built", "auilt", "x/a.yaml"),
)


@pytest.mark.filterwarnings("ignore:Possible nested set")
@pytest.mark.parametrize("line", LINES)
def test_what_names_tell_is_never_less_than_what_patterns_match(line: str) -> None:
    names, spec = Patterns(line), GitIgnoreSpec.from_lines([line])
    for path in PATHS:
        is_told = any(map(names.about, path.split("/")))
        assert is_told or spec.check_file(path).include is spec.check_file(f"{path}/").include is None


@pytest.mark.filterwarnings("ignore:Possible nested set")
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("before", ["", "*\n", "b\nbuilt/\n"])
def test_all_is_left_out_that_the_library_leaves_out(line: str, before: str) -> None:
    ignoring(f"{before}{line}\n")
    try:
        spec = GitIgnoreSpec.from_lines([*before.split("\n"), line])
    except ValueError:
        spec = GitIgnoreSpec.from_lines(before.split("\n"))
    ignore = GitIgnore(ListedDisk(), None, {})
    for path in (*PATHS, *(f"b/{one}" for one in PATHS)):
        for is_folder in (False, True):
            expected = bool(spec.check_file(f"{path}/" if is_folder else path).include)
            assert ignore.leaves_out(path, is_folder=is_folder) == expected, path


def test_names_are_told_apart() -> None:
    names = Patterns("\n".join(["node_modules/", "*.py[cod]", "/dist", "[Bb]uild[Ll]og.*", "src/**", "# x", ""]))
    told = ["node_modules", "a.pyc", "dist", "BuildLog.txt", "src"]
    assert [one for one in (*told, "a.yaml", "x", "template.json") if names.about(one)] == told


@pytest.mark.parametrize("line", ["!", "a//b", "!/"])
def test_a_line_that_is_no_pattern_is_told_whatever_the_names_are(line: str) -> None:
    write("x.yaml")
    ignoring(f"{line}\n")
    told = ".gitignore: 1 of its lines are no patterns of git, and were not applied"
    try:
        GitIgnoreSpec.from_lines([line])
        expected = False
    except ValueError:
        expected = True
    assert (told in report()["summary"]["notices"]) == expected


@pytest.mark.parametrize(("options", "code"), [((), 1), (("--force-exclude",), 0)])
def test_exclude_holds_for_named_files_if_a_hook_asks(options: tuple[str, ...], code: int) -> None:
    write("vendor/a.yaml")
    Path("b.txt").write_text("no template")
    Path(".awslint-memo.yaml").write_text("exclude: [vendor]\n")
    result = invoke("lint", "--quiet-unknown", *options, "vendor/a.yaml", "b.txt")
    assert result.exit_code == code
    assert ("left out by exclude" in result.stdout) == bool(options)


def test_our_hook_asks_for_it() -> None:
    hooks = Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml"
    assert "--force-exclude" in hooks.read_text(encoding="utf-8")


def test_a_set_of_characters_stands_for_no_slash() -> None:
    """Git's `[!x]` is one character of a name; for the library it is any, so that a folder's name was left out."""
    write("d/a03/t.yaml", "d/ab03/t.yaml")
    ignoring("?[!x]?03\n?[!]]a03\n")
    assert checked() == ["d/a03/t.yaml", "d/ab03/t.yaml"]
    ignoring("a[!x]03\n?[^]x]3\n")
    assert checked() == []


def test_to_compile_patterns_is_charged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gitignore, "WORK", 1_000_000)
    write("a.yaml")
    ignoring("".join(f"*[!{number}]l\n" for number in range(500)))
    told = ".gitignore was not applied to all: its patterns take too long; simplify those with *"
    assert told in report("--select", "sqs-long-polling")["summary"]["notices"]
