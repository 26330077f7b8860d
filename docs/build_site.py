"""Builds the site of docs/ into a folder, and checks it.

The pages are written so that their links work in the repository. What they link to outside of docs/ is a page of the
site if it is one of EXTRA, else a file of the repository at its address, as are the pages in docs/developing/. Each
warning of the generator is an error, and so is a link or anchor of the built pages that leads nowhere, and anything
that a page loads from elsewhere.

usage: python docs/build_site.py [FOLDER]
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

try:
    from awslint_memo.manual.page import every_rule
except ImportError:
    sys.exit(
        "the site needs awslint-memo and its generator; make site installs both, and so does: pip install -e '.[docs]'"
    )

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
DEVELOPING = "docs/developing/"
"""Pages for who works on awslint-memo: no pages of the site, which links to them in the repository."""
EXTRA: Mapping[str, str] = {
    "SECURITY.md": "security.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}
"""Pages at the top of the repository, and what they are called in the site."""

LINK = re.compile(r"(?<=\]\()(?!\w+:|#|//)([^)#\s]+)(#[^)\s]*)?(?=\))")
"""A link of Markdown to a file: its path and, maybe, its anchor."""

_RULE = re.compile(r"^#[^\n]*$|\[[^\]\n]*\]\([^)\n]*\)|`(?P<rule>[a-z0-9]+(?:-[a-z0-9]+)+)`", re.M)
"""An id of a rule, or what holds none that may lead anywhere: a heading, a link."""

FENCED = re.compile(r"^(?P<indent> *)(?P<fence>`{3,})[^\n]*\n.*?^(?P=indent)(?P=fence)`*[ \t]*$", re.M | re.S)
"""A listing, in which nothing is a link."""

_NAMED = re.compile(r"(?:^`(\S+)`:\n\n)?^<!-- file: (\S+) -->\n```(\w+)$", re.M)
"""A listing that is a file, and its name above it, which becomes the listing's title."""

_JAPANESE = re.compile(r"(?<=^> )([^\n]*[\u3040-\u30ff][^\n]*)$|(?<=^\| )([^|\n]*[\u3040-\u30ff][^|\n]*)(?= \|)", re.M)
"""The memo's words, in a quotation or the first cell of a row: a browser shows and reads them by their language."""

_COPIED = (".css", ".csv", ".js", ".json", ".png", ".svg", ".txt")
_MARKER = "    # docs/build_site.py puts a group for each service here.\n"
_ADDRESS = re.compile(r'^link = "(.+)"$', re.M)


def main(folder: Path) -> int:
    """Build the site into a folder, whose former content goes; 0 if nothing is wrong with it."""
    if find_spec("zensical") is None:
        print("the site needs Python 3.11 or newer and its generator; install it: pip install -e '.[docs]'")
        return 1
    with TemporaryDirectory() as place:
        made = Path(place)
        stage(made)
        command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "-f", "zensical.toml"]
        if subprocess.run(command, cwd=place, check=False).returncode != 0:
            return 1
        # llms.txt names the pages as they are written.
        for path in (made / "docs").rglob("*.md"):
            shutil.copy(path, made / "site" / path.relative_to(made / "docs"))
        wrong = list(mistakes(made / "site"))
        print(*wrong, f"{len(wrong)} mistakes in the built pages" if wrong else f"{folder}/index.html", sep="\n")
        if not wrong:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(made / "site", folder)
        return int(bool(wrong))


def stage(place: Path) -> None:
    """Write what the generator reads: zensical.toml, and docs/ with each page of the site."""
    (place / "zensical.toml").write_text(configuration(), encoding="utf-8")
    for path in sorted(DOCS.rglob("*")):
        name = path.relative_to(DOCS).as_posix()
        if f"docs/{name}".startswith(DEVELOPING):
            continue
        if path.suffix == ".md":
            _write(place / "docs" / name, linked(path.read_text(encoding="utf-8"), f"docs/{name}"))
        elif path.suffix in _COPIED:
            _write(place / "docs" / name, path.read_bytes())
    for name, page in EXTRA.items():
        _write(place / "docs" / page, linked((ROOT / name).read_text(encoding="utf-8"), name))


def configuration() -> str:
    """The generator's configuration with the rules in its `nav`."""
    written = (DOCS / "zensical.toml").read_text(encoding="utf-8")
    if written.count(_MARKER) != 1:
        raise SystemExit(f"docs/zensical.toml must have this line once: {_MARKER.strip()}")
    return written.replace(_MARKER, "".join(_services()))


def repository() -> str:
    """The address of the repository."""
    found = _ADDRESS.search((DOCS / "zensical.toml").read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit("docs/zensical.toml must have the address of the repository in a line that begins with link =")
    return found[1]


def linked(text: str, name: str) -> str:
    """A page with the links that lead where they do in the site. name: its path in the repository."""
    page = f"docs/{EXTRA[name]}" if name in EXTRA else name

    def target(link: re.Match[str]) -> str:
        path = normpath(join(dirname(name), link[1]))
        path = f"docs/{EXTRA[path]}" if path in EXTRA else path
        if path.startswith("docs/") and not f"{path}/".startswith(DEVELOPING):
            return relpath(path, dirname(page)) + (link[2] or "")
        kind = "tree" if (ROOT / path).is_dir() else "blob"
        return f"{repository()}/{kind}/main/{path}{link[2] or ''}" if (ROOT / path).exists() else link[0]

    text = _JAPANESE.sub(r'<span lang="ja">\g<0></span>', _NAMED.sub(r'```\3 title="\2"', text))
    parts, at = [], 0
    for block in FENCED.finditer(text):
        parts += [_with_rules(LINK.sub(target, text[at : block.start()]), page), block[0]]
        at = block.end()
    return "".join([*parts, _with_rules(LINK.sub(target, text[at:]), page)])


def _with_rules(text: str, page: str) -> str:
    """A text in which ids of rules lead to their pages, outside of links, headings and the rule's own page."""

    def target(found: re.Match[str]) -> str:
        rule = found["rule"]
        path = f"docs/rules/{rule}.md"
        return f"[`{rule}`]({relpath(path, dirname(page))})" if rule in _ids() and path != page else found[0]

    return _RULE.sub(target, text)


@cache
def _ids() -> frozenset[str]:
    return frozenset(rule.id for rule in every_rule())


def mistakes(site: Path) -> Iterator[str]:
    """What is wrong with built pages: links and anchors that lead nowhere, and what is loaded from elsewhere."""
    pages = {path.relative_to(site).as_posix(): _Page(path) for path in sorted(site.rglob("*.html"))}
    for name, page in pages.items():
        yield from (f"{name}: loads {address}" for address in page.loaded if urlsplit(address).netloc)
        # The page for what is not there has addresses from the top of the server, as it may be shown anywhere.
        for address in () if name == "404.html" else [*page.links, *page.loaded]:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            path = normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
            if not (site / path).is_file():
                yield f"{name}: {address} is no file"
            elif parts.fragment and path in pages and unquote(parts.fragment) not in pages[path].anchors:
                yield f"{name}: {address} is no heading"


class _Page(HTMLParser):
    """What a built page links to and loads, and its anchors."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.anchors: set[str] = {"", "__top", "top"}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag names."""
        said = {name: value or "" for name, value in attrs}
        self.anchors |= {said[name] for name in ("id", "name") if name in said}
        if tag == "a" and "href" in said:
            self.links.add(said["href"])
        # "canonical" says where a page is published; it is not loaded.
        elif tag == "link" and said.get("rel") in ("stylesheet", "icon", "preload", "preconnect", "dns-prefetch"):
            self.loaded.add(said.get("href", ""))
        elif "src" in said:
            self.loaded.add(said["src"])


def _services() -> Iterator[str]:
    """Lines of `nav`: each service with its rules."""
    for service, rules in groupby(every_rule(), key=lambda rule: rule.service):
        pages = ", ".join(f"{{ {json.dumps(rule.id)} = {json.dumps(f'rules/{rule.id}.md')} }}" for rule in rules)
        yield f"    {{ {json.dumps(service)} = [{pages}] }},\n"


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"))
