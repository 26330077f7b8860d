"""Finds the template of a nested stack from the location that its parent gives.

A location names a file beside the parent, or it says where the template is after a build or an upload: a path in a
build folder, an address in S3. Of such a location the last segments are often those of a file in the repository.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from awslint_memo.files.files import Files
from awslint_memo.files.left_out import SUFFIXES
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.patterns import Gap, TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.secret import Secret
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.cloudformation.document import NESTED, Document
from awslint_memo.readers.cloudformation.expansion import local_path
from awslint_memo.syntax.node import Node, descend, fields, plain, text

_MOST = 3
"""How many files a notice names."""

_MOST_READ = 50
"""How many files with the same name are read to see which of them is meant."""

_SURE = 2
"""How many segments of a path have to agree, the name of the file being one."""

_AGREEING = 4
"""How many parameters have to agree for each that does not."""

REST = "…"
"""Stands in a notice for what is not known or not shown."""


@record(frozen=True)
class Location:
    """Where the template of a nested stack is said to be.

    given: the names of the parameters that it is given. is_whole: whether it is given no others. asset: the path of the
    file that the CDK uploads there, from the folder of the parent; empty if it does not say.
    """

    pattern: TextPattern
    given: frozenset[str] = frozenset()
    is_whole: bool = True
    is_secret: bool = False
    asset: str = ""

    @property
    def shown(self) -> str:
        """The location for a notice, without what follows a question mark (a signature)."""
        if self.is_secret or len(self.pattern.gaps) == len(self.pattern.pieces):
            return "template not known"
        address, mark, _ = self.pattern.partition("?")
        return re.sub(f"{REST}+", REST, address.filled(REST) + mark + (REST if mark else ""))

    def address(self, resource: Node, name: str) -> str:
        """What tells it from another address: what is known of it, and where that is not all, what is written."""
        written = fields(fields(resource).get("Properties")).get(name)
        return f"{self.pattern} {plain(written) if written is not None and self.pattern.gaps else ''}"

    @property
    def segments(self) -> list[TextPattern]:
        """The segments of the path, without the scheme and the host or bucket of an address, and without dots."""
        address, _, _ = self.pattern.partition("?")
        text_patterns = address.split("/", address.count("/"))
        if len(text_patterns) > 3 and text_patterns[0].endswith(":") and text_patterns[1].is_empty:
            text_patterns = text_patterns[3:]
        return [text_pattern for text_pattern in text_patterns if text_pattern.literal not in ("", ".", "..")]


@record(frozen=True)
class Nested:
    """The template of a nested stack. shown: the location, and what stood in the way, for a notice.

    document: None if it was not found. path: that of the file, if the location does not name it. is_own: whether the
    location then ends as the path of that file does, behind a bucket that the stack is told.
    """

    shown: str
    document: Document | None = None
    path: str = ""
    is_own: bool = False


@record(frozen=True)
class Given:
    """The parameters of a nested stack. nodes: as written, by name. values: what they come to in a deployment, without
    those that are absent. is_whole: whether it is given no others; else `whole` tells what is not known of them."""

    nodes: Mapping[str, Node]
    values: Mapping[str, Value]
    is_whole: bool = True
    whole: tuple[Node, Value] | None = None

    def of(self, declared: Iterable[str]) -> Given:
        """These, and as not known those of the declared parameters that it may be given too."""
        if self.is_whole or self.whole is None:
            return self
        node, whole = self.whole
        more = {name: whole.child(name) for name in declared if name not in self.values}
        return Given({**dict.fromkeys(more, node), **self.nodes}, {**more, **self.values}, self.is_whole)


def given(resource: Node, evaluate: Callable[[Node], Value]) -> Given:
    """The parameters that a nested stack is given in a deployment."""
    parameters = fields(fields(resource).get("Properties")).get("Parameters")
    nodes = fields(parameters)
    if parameters is None or not _is_computed(nodes):
        # Each by itself: others may be the same in another deployment.
        each = {key: evaluate(node) for key, node in nodes.items()}
        return Given(nodes, {key: value for key, value in each.items() if not value.is_absent})
    whole = evaluate(parameters)
    is_whole = whole.is_absent or (isinstance(whole, Known) and not isinstance(whole.content, OpenFields))
    values = {key: value for key, value in whole.fields.items() if not value.is_absent}
    return Given(dict.fromkeys(whole.fields, parameters), values, is_whole, (parameters, whole))


def _is_computed(nodes: Mapping[str, Node]) -> bool:
    return any(key.startswith("Fn::") for key in nodes) or [*nodes] == ["Ref"]


def location(resource: Node, name: str, given: Given, evaluate: Callable[[Node], Value]) -> Location:
    """Where the template of a nested stack is: the property `name` of the resource, evaluated in a deployment."""
    written = fields(fields(resource).get("Properties")).get(name)
    where = None if written is None else evaluate(written)
    pieces = () if where is None or where.is_absent else where.pieces
    texts = (Gap(REST) if piece.text is None else piece.text for piece in pieces)
    is_secret = any(piece.origin.is_sensitive for piece in pieces)
    return Location(TextPattern(*texts), frozenset(given.values), given.is_whole, is_secret, asset(resource))


def asset(resource: Node) -> str:
    """The path of the file that the CDK uploads as the template of a nested stack; empty if it does not say."""
    said = fields(fields(resource).get("Metadata"))
    return text(said.get("aws:asset:path")) or "" if text(said.get("aws:asset:property")) == "TemplateURL" else ""


def texts(node: Node) -> Iterator[str]:
    """All texts that stand in a node."""
    yield from (one.content for one in descend(node) if isinstance(one.content, str))


def named_by(document: Document) -> Iterator[str]:
    """The texts in a document that may be the template location of a nested stack, or its end."""
    is_computed = False
    for _, node in document.resources.values():
        said = fields(node)
        written = fields(said.get("Properties")).get(NESTED.get(text(said.get("Type")) or "", ""))
        if written is not None:
            is_computed = is_computed or not isinstance(written.content, str)
            yield from texts(written)
            yield from filter(None, [asset(node)])
    for section in ("Parameters", "Mappings") if is_computed else ():
        for node in document.section(section).values():
            yield from texts(node)


def unpackaged(written: str, beside: str, files: Files) -> str | None:
    """The source of a template that `package` writes and that is not there, such as `packaged.yaml`; None for others.

    written: the path of it in the template `beside`. The source is the file without that word in its name, or
    `template` with one of the usual endings, in the same folder.
    """
    if isinstance(written, Secret):
        return None  # Each piece of it would be one more secret text.
    folder, slash, name = written.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if "packaged" not in stem.lower() or local_path(written, beside, files) is not None:
        return None
    bare = re.sub("[-_.]?packaged[-_.]?", "", stem, flags=re.I)
    endings = dict.fromkeys((ending, "yaml", "yml", "json"))
    names = [f"{one}{dot}{end}" for one in (bare, "template") if one for end in endings]
    paths = (local_path(f"{folder}{slash}{one}", beside, files) for one in names)
    own = os.path.abspath(beside)
    return next((path for path in paths if path is not None and os.path.abspath(path) != own), None)


def possible_paths(written: str, beside: str, files: Files) -> Iterator[str]:
    """The paths of the files that a text in the template `beside` may name as a nested one."""
    path = local_path(written, beside, files)
    name = _unquoted(written.partition("?")[0].rpartition("/")[2])
    source = unpackaged(written, beside, files) if path is None else None
    if path is not None or source is not None:
        yield path or source or ""
    elif name.lower().endswith(SUFFIXES):
        yield from files.with_name(name, beside) or ()


def by_name(parent: Document, where: Location, files: Files, read: Callable[[str], Document | None]) -> Nested:
    """The one template in the parent's repository which the end of a location fits, and its parameters too, of several
    the one beside the parent; else the one whose whole path fits, and nearly all of its parameters.

    read: gives the document of a file; None if it is no template.
    """
    segments = where.segments
    name = segments[-1].literal if segments else None
    if name is None or where.is_secret:
        return Nested(where.shown)
    paths = files.with_name(_unquoted(name), parent.source.path)
    if paths is None:
        return Nested(f"{where.shown}; the repository has too many files to search it")
    own = os.path.abspath(parent.source.path)
    others = {path: _common(path, segments) for path in paths if os.path.abspath(path) != own}
    unfit: dict[str, Document] = {}
    for length in sorted(set(others.values()), reverse=True):
        best = [path for path in others if others[path] == length]
        if len(best) <= _MOST_READ:
            documents = {
                path: document for path in best if (document := read(path)) is not None and _is_template(document)
            }
            best = [path for path, one in documents.items() if _takes(one, where)]
            unfit |= {path: document for path, document in documents.items() if path not in best}
            # Templates of one name in several folders are uploaded together with what stands beside them.
            best = [path for path in best if os.path.dirname(os.path.abspath(path)) == os.path.dirname(own)] or best
        if len(best) == 1:
            return Nested(where.shown, documents[best[0]], best[0], is_own=_is_own(length, where))
        if best:
            return Nested(f"{where.shown}; {_listed(best)} may be meant")
    meant = [path for path, one in unfit.items() if _is_own(others[path], where) and _nearly_takes(one, where)]
    if len(meant) == 1:
        return Nested(where.shown, unfit[meant[0]], meant[0], is_own=True)
    return Nested(f"{where.shown}; {_listed([*unfit])} has other parameters" if unfit else where.shown)


def _is_own(count: int, where: Location) -> bool:
    """Whether all that a location says behind a bucket which the stack is told is the end of a file's path, of which so
    many segments are those of the location. A bucket that is written may be of somebody else."""
    segments = where.segments
    at = len(segments) - count
    is_whole = at == 0 or segments[at - 1].literal is None or segments[at].literal is None
    return count >= _SURE and is_whole and bool(where.pattern.gaps)


def _common(path: str, segments: Sequence[TextPattern]) -> int:
    """How many segments at the end of a path are those of the location; the last one is."""
    count = 0
    for own, text_pattern in zip(reversed(os.path.abspath(path).split(os.sep)), reversed(segments), strict=False):
        # What is not known may itself end with a slash, as a prefix does.
        tail = text_pattern.pieces[-1]
        if not isinstance(tail, str) or _unquoted(tail) != own:
            break
        count += 1
        if text_pattern.literal is None:
            break
    return count


def _is_template(document: Document) -> bool:
    return any("::" in (text(fields(node).get("Type")) or "") for _, node in document.resources.values())


def _takes(document: Document, where: Location) -> bool:
    """Whether a template may be deployed with these parameters: it declares each, and those without default are given.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
    """
    return not where.is_whole or not any(_differences(document, where))


def _nearly_takes(document: Document, where: Location) -> bool:
    """Whether the parameters that are given too many or too few are not many beside those that agree."""
    undeclared, missing = _differences(document, where)
    agreeing = len(where.given) - len(undeclared)
    return agreeing >= _AGREEING * (len(undeclared) + len(missing))


def _differences(document: Document, where: Location) -> tuple[set[str], set[str]]:
    """The parameters that are given and not declared, and those without default that are not given."""
    required = {name for name, parameter in document.parameters.items() if parameter.default is None}
    return {*where.given} - set(document.parameters), required - where.given


def _listed(paths: Sequence[str]) -> str:
    rest = len(paths) - _MOST
    return " or ".join(paths[:_MOST]) + (f" or {rest} more" if rest > 0 else "")


def _unquoted(text: str) -> str:
    """A text without the escapes of a URL, for which a module is loaded where it has some."""
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)
