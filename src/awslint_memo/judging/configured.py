"""The suppressions in a configuration, and which of them a run has used."""

from __future__ import annotations

from awslint_memo.files.file_finder import relative
from awslint_memo.judging.directives import Directive
from awslint_memo.model.finding import Finding
from awslint_memo.model.patterns import is_literal, matches, path_matches, without_instance_keys
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Span


@record(frozen=True)
class Configured:
    """A suppression in the configuration.

    paths: patterns relative to `root`. resources: patterns of logical ids, Terraform addresses and paths of
    constructs. Empty means all.
    is_own: whether it is in the configuration itself, and not in one that this extends.
    """

    directive: Directive
    span: Span
    root: str = ""
    paths: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    is_own: bool = True

    def covers_path(self, path: str) -> bool:
        """Whether it applies to the file at `path`."""
        below = relative(path, self.root)
        return not self.paths or any(path_matches(pattern, below) for pattern in self.paths)

    def covers_resource(self, name: str) -> bool:
        """Whether it applies to resources with this name, written or generated.

        A pattern without instance keys applies to all instances.
        """
        names = {name, without_instance_keys(name)}
        return not self.resources or any(matches(pattern, one) for pattern in self.resources for one in names)

    def covers(self, finding: Finding) -> bool:
        """Whether it applies to the finding, apart from the finding's rule."""
        constructs = () if finding.construct is None else finding.construct.names
        is_named = any(map(self.covers_resource, (finding.resource, finding.name, *constructs)))
        return is_named and self.covers_path(finding.path)

    @property
    def is_exact(self) -> bool:
        """Whether it has no wildcards, so that a run which saw its files and resources can tell if it is unused."""
        patterns = (*self.paths, *self.resources)
        return bool(patterns) and all(is_literal(pattern) for pattern in patterns)


@record
class Used:
    """The configuration's suppressions, by number, whose files and resources were seen, and their patterns in use.

    open: the patterns that may be in use once more is known.
    """

    seen: set[int] = field(default_factory=set)
    patterns: set[tuple[int, str]] = field(default_factory=set)
    open: set[tuple[int, str]] = field(default_factory=set)

    def add(self, other: Used) -> None:
        """Add what another process saw."""
        self.seen |= other.seen
        self.patterns |= other.patterns
        self.open |= other.open
