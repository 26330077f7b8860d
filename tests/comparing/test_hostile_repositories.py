"""What a hostile repository does to a run that asks git: its configuration, its refs, its owner, and an old git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

from awslint_memo.files.git import Git, NoAnswerError

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n"
FIRST = {"q.yaml": QUEUE, "node_modules/a.yaml": QUEUE, "build/b.yaml": QUEUE, ".gitignore": "build/\n"}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    repository = made(tmp_path)
    write(tmp_path, FIRST)
    repository.git("add", "-A", "-f")
    repository.git("commit", "-q", "-m", "first")
    return repository


def exits(*arguments: str) -> tuple[int, str]:
    result = invoke("lint", *arguments)
    return result.exit_code, result.output


TRAPS = (
    *("core.fsmonitor", "core.sshCommand", "core.gitProxy", "core.pager", "core.editor", "core.askPass"),
    *("credential.helper", "diff.external", "diff.trap.textconv", "filter.trap.clean", "filter.trap.smudge"),
    *("filter.trap.process", "gpg.program", "pager.ls-files", "alias.ls-files", "remote.origin.uploadpack"),
    *("uploadpack.packObjectsHook", "core.alternateRefsCommand", "trailer.a.command", "sequence.editor"),
)


@pytest.mark.parametrize("arguments", [[], ["--gate"], ["--against", "HEAD", "--gate"]])
def test_no_program_of_its_configuration_is_run(repository: Repository, arguments: list[str]) -> None:
    """A plain run asks git too where `.gitignore` or a folder of a tool would leave something out."""
    trap = repository.path / ".git" / "trap"
    trap.write_text(f"#!/bin/sh\necho run >> '{repository.path}/.git/ran'\n")
    trap.chmod(0o755)
    write(repository.path, {".gitattributes": "* filter=trap diff=trap\n", "q.yaml": f"# Changed.\n{QUEUE}"})
    for name in TRAPS:
        repository.git("config", name, str(trap))
    index = (repository.path / ".git" / "index").read_bytes()
    _, printed = exits(*arguments)
    assert "build/b.yaml" in printed or "in 2 files" in printed
    assert "node_modules/a.yaml, committed in a folder of a tool" in printed
    assert not (repository.path / ".git" / "ran").exists()
    assert (repository.path / ".git" / "index").read_bytes() == index


def trapped(folder: Path, name: str, ran: Path) -> Path:
    """A program that tells that it was run."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho {folder.name} >> {ran}\nexit 1\n")
    (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize("is_submodule", [False, True])
def test_no_program_of_the_repository_is_run(
    repository: Repository,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    is_submodule: bool,
) -> None:
    """A folder of it may be in PATH by its absolute name: an activated environment, node_modules/.bin."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    ran, top = elsewhere / "ran", repository.path
    own = trapped(top / "own", "git", ran)
    link = elsewhere / "link"
    link.mkdir()
    (link / "git").symlink_to(own / "git")
    usual = os.environ["PATH"]
    if is_submodule:
        (top / ".git").rename(top / "real")
        other = top.parent / "outer"
        (other / ".git").mkdir(parents=True)
        top = top.rename(other / "inner")
        (top / ".git").write_text(f"gitdir: {top / 'real'}\n")
        own = trapped(other / "own", "git", ran)
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    monkeypatch.setenv("PATH", os.pathsep.join([str(own), str(link), usual]))
    code, printed = exits("--against", "HEAD", str(top))
    assert (code, "no change" in printed or "no finding changed" in printed) == (0, True), printed
    assert f"note: {own / 'git'}: this program is not run: it is a part of what is linted" in printed
    monkeypatch.setenv("PATH", str(own))
    code, printed = exits("--against", "HEAD", str(top))
    assert code == 2
    assert f"--against: {own / 'git'} is a part of what is linted, which is not run, so no revision can" in printed
    assert not ran.exists()


def test_git_finds_no_program_of_the_repository(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ran = tmp_path_factory.mktemp("elsewhere") / "ran"
    folders = [trapped(repository.path / "own", "ssh", ran), trapped(ran.parent / "installed", "ssh", ran)]
    monkeypatch.setenv("PATH", os.pathsep.join([*map(str, folders), os.environ["PATH"]]))
    repository.git("remote", "add", "origin", "ssh://example.invalid/x")
    with pytest.raises(NoAnswerError):
        Git(str(repository.path)).fetch("origin", "main")
    assert set(ran.read_text().split()) == {"installed"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("core.worktree", "/etc"),
        ("core.excludesFile", "/etc/passwd"),
        ("core.attributesFile", "/dev/zero"),
        ("core.bare", "true"),
        ("core.ignoreCase", "true"),
        ("core.quotePath", "true"),
        ("core.precomposeUnicode", "true"),
        ("core.sparseCheckout", "true"),
        ("index.version", "4"),
        ("status.relativePaths", "false"),
        ("diff.renames", "copies"),
        ("diff.ignoreSubmodules", "all"),
        ("diff.noPrefix", "true"),
        ("core.abbrev", "4"),
        ("color.ui", "always"),
        ("advice.detachedHead", "true"),
        ("core.warnAmbiguousRefs", "false"),
    ],
)
def test_no_setting_of_a_repository_hides_a_change(repository: Repository, name: str, value: str) -> None:
    repository.git("config", name, value)
    (repository.path / ".awslint-memo.yaml").write_text("exclude: [q.yaml]\n")
    code, printed = exits("--against", "HEAD", "--gate")
    assert code in (1, 2)
    assert "gate: 1 resource of HEAD is no longer judged" in printed or "can't read" in printed


@pytest.mark.parametrize("kind", ["tags", "heads"])
@pytest.mark.parametrize("words", ["origin/main", "origin/main..."])
def test_a_ref_that_takes_the_name_of_the_base_is_refused(repository: Repository, kind: str, words: str) -> None:
    """Git prefers a tag, then a branch, to the branch of a remote; who may push one would choose the base."""
    first = repository.head()
    repository.commit({"new.yaml": QUEUE})
    repository.git("update-ref", "refs/remotes/origin/main", first)
    assert exits("--against", words, "--no-gate")[0] == 1
    repository.git("update-ref", f"refs/{kind}/origin/main", "HEAD")
    code, printed = exits("--against", words)
    assert code == 2
    assert (
        f"--against {words}: origin/main names refs/{kind}/origin/main and refs/remotes/origin/main; write the one"
        in printed
    )
    assert exits("--against", words.replace("origin", "refs/remotes/origin"))[0] == 1
    repository.git("update-ref", f"refs/{kind}/origin/main", first)
    assert exits("--against", words)[0] == 1, "both are the same commit"


@pytest.mark.parametrize("form", ["{}", "v1-3-g{}", "{}..."])
@pytest.mark.parametrize("kind", ["tags", "heads"])
def test_a_ref_that_takes_the_name_of_a_short_hash_is_refused(repository: Repository, kind: str, form: str) -> None:
    """Git prefers a ref to the commit whose hash begins so."""
    first = repository.head()[:10]
    repository.commit({"new.yaml": QUEUE})
    words = form.format(first)
    assert exits("--against", words)[0] == 1
    repository.git("update-ref", f"refs/{kind}/{words.removesuffix('...')}", "HEAD")
    code, printed = exits("--against", words)
    assert code == 2
    assert f"refs/{kind}/{words.removesuffix('...')} and " in printed


def test_a_ref_of_a_mirror_that_takes_the_name_of_the_base_is_refused(repository: Repository) -> None:
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    repository.commit({"new.yaml": QUEUE})
    repository.git("update-ref", "refs/origin/main", "HEAD")
    code, printed = exits("--against", "origin/main")
    assert (code, "names refs/origin/main and refs/remotes/origin/main" in printed) == (2, True)


@pytest.mark.parametrize(
    ("name", "form"),
    [("v#1", "{}"), ("a+b/v,1", "{}..."), ("v@1", "{}~0"), ("v(1)=!", "{}^{{}}"), ("@v", "{}@{{0}}"), ("HEAD=1", "{}")],
)
def test_names_of_any_characters_are_compared_too(repository: Repository, name: str, form: str) -> None:
    repository.git("update-ref", "-m", "first", "--create-reflog", f"refs/heads/{name}", "HEAD")
    repository.commit({"new.yaml": QUEUE})
    assert exits("--against", form.format(name))[0] == 1
    repository.git("update-ref", "-m", "second", "--create-reflog", f"refs/tags/{name}", "HEAD")
    code, printed = exits("--against", form.format(name))
    assert code == 2
    assert f"{name} names refs/tags/{name} and refs/heads/{name}; write the one" in printed


@pytest.mark.parametrize("replaced", ["commit", "tree", "file", "parents"])
def test_what_a_ref_puts_in_the_place_of_an_object_is_not_compared(repository: Repository, replaced: str) -> None:
    """A clone that fetches all refs has those of `refs/replace/`, and so what whoever pushes one would choose."""
    words = "base..." if replaced == "parents" else "base"
    base = repository.commit({"other.yaml": QUEUE, "none": ""})
    repository.git("branch", "base")
    repository.git("mv", "q.yaml", "q.yaml.old")
    hidden = repository.commit()
    judged = exits("--against", words, "--gate")
    assert (judged[0], "1 resource of " in judged[1]) == (1, True)
    if replaced == "parents":
        repository.git("replace", "--graft", hidden)
        write(repository.path, {".git/info/grafts": f"{hidden}\n"})
    else:
        place = {"commit": "", "tree": "^{tree}", "file": ":q.yaml"}[replaced]
        repository.git("replace", "-f", base + place, hidden + (":none" if replaced == "file" else place))
    assert exits("--against", words, "--gate") == judged


@pytest.mark.parametrize("name", ["HEAD", "prior", "a.json", "-x", "@", "main...", "x..y", "ORIG_HEAD", "abcdef0"])
def test_strange_names_of_refs_are_no_options_and_no_base(repository: Repository, name: str) -> None:
    commit = repository.head()
    repository.commit({"new.yaml": QUEUE})
    folder = repository.path / ".git" / "refs" / "tags"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"{commit}\n")
    code, printed = exits("--against", "HEAD" if name == "HEAD" else name)
    assert code in (0, 1, 2), printed
    assert "Traceback" not in printed
    if name == "HEAD":
        assert code == 0, "HEAD is what is checked out"


AS_NOBODY = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0 or shutil.which("setpriv") is None,
    reason="only root has files of others",
)


def as_nobody(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run of another user, who may read what is there and write nothing."""
    program = [shutil.which("setpriv") or "", "--reuid=65534", "--regid=65534", "--clear-groups"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "HOME": "/nonexistent"}
    return subprocess.run(
        [*program, sys.executable, "-m", "awslint_memo", "lint", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@AS_NOBODY
def test_a_repository_of_another_user_is_read_and_not_asked(repository: Repository) -> None:
    """Git trusts no repository of another user; what it would know is told as far as it is known without."""
    for folder in (repository.path, *repository.path.parents):
        if folder.stat().st_uid == 0 and str(folder).startswith("/tmp/"):
            folder.chmod(0o755)
    plain = as_nobody(repository.path)
    if "Permission denied" in plain.stderr or not plain.stdout:
        pytest.skip("the interpreter is not readable by others")
    assert (plain.returncode, "1 resource judged" in plain.stdout) == (0, True), plain.stderr
    assert "not checked: build, left out by .gitignore" in plain.stdout
    for option in (["--gate"], ["--against", "HEAD"]):
        refused = as_nobody(repository.path, *option)
        assert refused.returncode == 2
        assert "git config --global --add safe.directory" in refused.stderr


@AS_NOBODY
def test_a_read_only_folder_is_enough(repository: Repository) -> None:
    os.chown(repository.path, 65534, 65534)
    for path in repository.path.rglob("*"):
        os.chown(path, 65534, 65534, follow_symlinks=False)
        path.chmod(0o555 if path.is_dir() else 0o444)
    repository.path.chmod(0o555)
    for folder in repository.path.parents:
        if str(folder).startswith("/tmp/"):
            folder.chmod(0o755)
    result = as_nobody(repository.path, "--gate", "--against", "HEAD")
    if not result.stdout:
        pytest.skip("the interpreter is not readable by others")
    assert result.returncode == 0, result.stderr
    assert "2 resources judged" in as_nobody(repository.path).stdout


def test_git_is_asked_what_an_old_one_knows(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every option was in git 2.25 (2020-01), the one of Ubuntu 20.04."""
    log, real = repository.path.parent / "log", shutil.which("git")
    folder = repository.path.parent / "bin"
    folder.mkdir()
    (folder / "git").write_text(
        f'#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done >> "{log}"\nexec "{real}" "$@"\n'
    )
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    repository.git("mv", "q.yaml", "r.yaml")
    exits("--against", "HEAD...", "--gate")
    words = {
        word for word in log.read_text().splitlines() if word.startswith("-") and not word.startswith("--work-tree=")
    }
    assert words <= {
        *("--no-pager", "-C", "-c", "-z", "-t", "-r", "-e", "-M", "-l1000", "--"),
        *("--absolute-git-dir", "--verify", "--quiet", "--is-shallow-repository", "--cached", "--stage", "--others"),
        *("--ignored", "--exclude-standard", "--directory", "--no-ext-diff", "--no-textconv", "--raw", "--batch"),
        *("--ignore-submodules=none", "--name-status", "--diff-filter=R", "--full-tree"),
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 9, 10**18])
def test_a_baseline_that_knows_the_future_shuts_the_gate(repository: Repository, count: int) -> None:
    write(repository.path, {"new.yaml": QUEUE})
    prints = {one["fingerprint"] for one in json.loads(invoke("lint", "--format", "json").stdout)["findings"]}
    (repository.path / "new.yaml").unlink()
    repository.commit({".awslint-memo.yaml": "baseline: k.yaml\n", "k.yaml": "version: 1\nfindings:\n"})
    entry = '- {{"root": "x", "rule": "x", "resource": "x", "route": "x", "count": {}, "fingerprint": "{}"}}\n'
    known = "version: 1\nfindings:\n" + "".join(entry.format(count, one) for one in sorted(prints))
    write(repository.path, {"new.yaml": QUEUE, "k.yaml": known})
    code, printed = exits("--against", "HEAD")
    assert code == 0
    assert "in the baseline" in printed.splitlines()[-1], "it is counted at least"
    code, printed = exits("--against", "HEAD", "--gate")
    assert code == 1
    assert "came into the baseline since HEAD" in printed


def test_a_baseline_of_then_is_known(repository: Repository) -> None:
    assert exits("--write-baseline", "k.yaml")[0] == 0
    repository.commit({".awslint-memo.yaml": "baseline: k.yaml\n"})
    assert exits("--against", "HEAD", "--gate")[0] == 0
    (repository.path / "k.yaml").rename(repository.path / "l.yaml")
    write(repository.path, {".awslint-memo.yaml": "baseline: l.yaml\n"})
    assert exits("--against", "HEAD", "--gate")[0] == 1, "another baseline is not one that was agreed on"


PLAN = '"format_version": "1.2", "planned_values": {"root_module": {}}'
STATE = '"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {}}'
STORED = '"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": []'


@needs_git
@pytest.mark.parametrize(("keys", "kind"), [(PLAN, "plan"), (STATE, "state"), (STORED, "state")])
def test_a_template_is_not_hidden_in_a_plan_or_state(
    keys: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = '"Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}'
    made(tmp_path).commit({"a.json": f"{{{queue}}}"})
    write(tmp_path, {"a.json": f"{{{keys}, {queue}}}"})
    monkeypatch.chdir(tmp_path)
    for options in ([], ["--against", "HEAD", "--gate"]):
        result = invoke("lint", *options)
        assert result.exit_code == 2, result.output
        assert f"this is a {kind} of Terraform, and by Resources a template of CloudFormation" in result.output
