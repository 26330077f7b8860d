"""How a resource is called: its names, the construct or part that it is, and the words of its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.model.dependencies import note
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.phrases import quoted
from awslint_memo.model.record import record
from awslint_memo.model.secret import WORDS, may_name_secret, without_secrets
from awslint_memo.model.span import Place, Span

MAX_DEPTH = 100
"""How many constructs above another are looked at."""


@record(frozen=True)
class Construct:
    """What the app says of a resource.

    path: that of the construct ("Prod/Shop/Db/Resource"). stage: the path of the stage that it is in, empty if none.
    made: where the app makes it, if that is known. is_framework: whether it is of an app's output, and the CDK makes it
    for itself, so that nobody sets its properties. is_generated: whether the template stands in an assembly, which is
    made anew again and again.
    """

    path: str
    stage: str = ""
    made: Span | None = None
    is_framework: bool = False
    is_generated: bool = False

    @property
    def names(self) -> Sequence[str]:
        """The names by which a person knows it: the path, and that of the construct which has it as its resource."""
        outer = self.path.removesuffix("/Resource").removesuffix("/Default")
        return (self.path,) if outer == self.path else (self.path, outer)

    @property
    def in_stack(self) -> str:
        """The last of these names without those of the stage and the stack: "Db" of "Prod/Shop/Db/Resource".

        The CDK makes a nested stack X by "X.NestedStack/X.NestedStackResource", and what is in it by "X/…".
        """
        name = self.names[-1]
        if name.endswith(".NestedStackResource"):
            name = name.rpartition("/")[0].removesuffix(".NestedStack")
        return name.removeprefix(f"{self.stage}/" if self.stage else "").partition("/")[2] or name

    @property
    def outer(self) -> Iterator[str]:
        """Its path, and those of the constructs that it is a part of."""
        path = self.path
        for _ in range(MAX_DEPTH):
            yield path
            if "/" not in path:
                break
            path = path.rpartition("/")[0]


@record(frozen=True)
class Acknowledgement:
    """What an app acknowledges: the finding of a rule in a construct and those below it.

    rule: an id or a pattern. place: where the app says so; if that is not known, the assembly.
    """

    path: str
    rule: str
    reason: str
    place: Span


@record(frozen=True)
class Part:
    """A resource that a transform generates as a part of one that the user wrote.

    written: the logical id in the file. words: which part it is: "event Orders", "stage Prod"; they differ between the
    parts of one resource. way: the route in the written resource below which the part's properties stand ("" if they
    stand beside the resource's own); None if nothing in the file describes it.
    """

    written: str
    words: str
    way: str | None = None

    def route(self, inner: str) -> str:
        """The route in the written resource of a route in the part. It differs from that of every other part."""
        if self.way is None:
            return f"{self.words}:{inner}"
        return ".".join(step for step in (self.way, inner) if step) or f"{self.words}:"


_QUOTED = regex(r'("[^"]*")')
"""What is quoted in a message: texts of the file, and keys that are the same in each language."""

_PROPERTY = regex(r"\b[A-Z][a-z0-9]*[A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)*\b")
"""Candidates for property names and paths in a message: words with two capitals. A lookup decides which are names."""

_PATH = regex(r"\b[A-Z][A-Za-z0-9]*(?:\[\d+\])?(?:\.[A-Z][A-Za-z0-9]*(?:\[\d+\])?)+(?!\w)")
"""Candidates for paths of properties, whose first part may be a plain word: Schedule.ScheduleExpression."""

_NUMBER = regex(r"\[\d+\]")
"""Which item of a list a path goes through; a file with names of its own has no such numbers."""


_CONTAINERS = "container_definitions"
"""The argument of Terraform that is JSON, whose names begin with a small letter."""


class NamedResource:
    """The names and places of a resource, which are the same in every deployment."""

    def __init__(
        self,
        name: str,
        type_: str,
        place: Place,
        language: str,
        property_names: Mapping[str, str],
        body: Place | None,
        part: Part | None,
        written_type: str = "",
    ) -> None:
        self.name = name
        self.type = type_
        self.place = place
        self.language = language
        self.property_names = property_names
        self.body = body
        self._part = part
        self.written_type = written_type or type_
        """The type in the file; that of SAM if its transform makes the resource of another one."""
        self.construct_of: Callable[[Any], Construct | None] | None = None
        self.read_all: Callable[[Any], Iterator[tuple[str, Any]]] | None = None

    def __repr__(self) -> str:
        return f"<{self.type} {self.name}>"

    @property
    def written(self) -> str:
        """The logical id that the user wrote and that this resource comes from; `name` unless it is generated."""
        return self.name if self._part is None else self._part.written

    @property
    def construct(self) -> Construct | None:
        """The construct of an app of the CDK that made it; None if none did."""
        return None if self.construct_of is None else self.construct_of(self)

    def everything(self) -> Iterator[tuple[str, Any]]:
        """All that is written of it beside its type: values, each with its name in the file."""
        note(("everything", self.name), True)
        return iter(()) if self.read_all is None else self.read_all(self)

    @property
    def names(self) -> frozenset[str]:
        """All names by which a person may call it in patterns; a pattern without instance keys means all instances."""
        constructs = () if self.construct is None else self.construct.names
        return frozenset((self.name, self.written, without_instance_keys(self.name), *constructs))

    @property
    def part(self) -> str:
        """Which part of the written resource this is, in words ("event Orders"); empty for the resource itself."""
        return "" if self._part is None else self._part.words

    @property
    def title(self) -> str:
        """The resource for people: "Orders", or "event Orders of OrdersFunction". Messages use it, never `name`.

        In a nested stack of the CDK, whose name nobody wrote, it is the construct: "Shipping/Parcels".
        """
        construct = self.construct if "/" in self.written else None
        return self._titled(quoted(self.written if construct is None else construct.in_stack))

    @property
    def label(self) -> str:
        """The title where no sentence stands around it, as in a drawing or in JSON: whole and without quotes."""
        return self._titled(self.written)

    def _titled(self, written: str) -> str:
        return f"{self.part} of {written}" if self.part else written

    def called(self, kind: str) -> str:
        """The title after a word for what the resource is, "the rule Nightly"; a part's title says by itself."""
        return self.title if self.part else f"{kind} {self.title}"

    def way(self, inner: str) -> str:
        """The route in the written resource of a route in this one."""
        return inner if self._part is None else self._part.route(inner)

    def way_of(self, path: str) -> str:
        """The route in the written resource of a property, by CloudFormation's path, with the file's names."""
        name = self.property_names.get(path, path)
        # Of a part that stands below a property, messages name the whole path: DeploymentPreference.Type.
        is_whole = name != path and name.startswith(f"{self.way('')}.")
        return name if is_whole else self.way(name)

    def said(self, message: str, texts: Iterable[str | None] = (), *, of_secret: bool = False) -> str:
        """A part of a message as it is printed: with the file's property names, and without secrets.

        texts: values that the message may quote, of which some may hold secrets. of_secret: whether it is about a value
        that is secret, so that its numbers may be computed from that.
        """
        words = self.in_file_words(message)
        risky = [text for text in texts if text is not None and may_name_secret(text)]
        if not risky and not of_secret and WORDS not in words:
            return without_secrets(words)
        from awslint_memo.model.secret_texts import hidden_in, without_numbers

        clean = without_secrets(words, (one for text in risky for one in hidden_in(text)))
        return without_numbers(clean) if of_secret or WORDS in words else clean

    def in_file_words(self, message: str) -> str:
        """The message with property names as in the file, for example multi_az for MultiAZ; what is quoted stays."""
        if not self.property_names:
            return message
        # A property's whole path may be told by another path.
        whole = self.property_names.get(message)
        if whole:
            return whole
        return "".join(part if part[:1] == '"' else self._translated(part) for part in _QUOTED.split(message))

    def _translated(self, words: str) -> str:
        words = _PATH.sub(lambda match: self._path(match[0]), words)
        return _PROPERTY.sub(lambda match: self.property_names.get(match[0], match[0]), words)

    def _path(self, path: str) -> str:
        """A path with the file's names, if it has such."""
        known = self.property_names.get(_NUMBER.sub("", path))
        outer, *inner = path.split(".")
        if known or self.property_names.get(_NUMBER.sub("", outer)) != _CONTAINERS:
            return known or path
        return ".".join([outer, *(f"{name[0].lower()}{name[1:]}" for name in inner)])
