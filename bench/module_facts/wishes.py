"""The list of the modules of which facts are kept, in modules.txt: what of each is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.mirrors import Version

_BELOW = "modules/"


@dataclass(frozen=True)
class Wish:
    """A module, as a registry calls it: NAMESPACE/NAME/PROVIDER.

    majors: how many major versions are read. folders: the only ones of them, the root being "."; all without any.
    """

    source: str
    majors: int = 3
    folders: Sequence[str] = ()

    @classmethod
    def of(cls, words: Sequence[str]) -> Wish:
        """Of the words of a line: the module, and behind it folders and `majors=NUMBER`."""
        source, *others = words
        majors = [int(word.partition("=")[2]) for word in others if word.startswith("majors=")]
        folders = [word for word in others if "=" not in word]
        return cls(source, majors[0] if majors else cls.majors, folders)

    @property
    def owner(self) -> str:
        """Whose repository it is on GitHub, where a registry takes all modules from."""
        return self.source.split("/")[0]

    @property
    def repository(self) -> str:
        """The name of the repository, which a registry requires to be this."""
        _, name, provider = self.source.split("/")
        return f"terraform-{provider}-{name}"

    def has(self, folder: str) -> bool:
        """Whether a folder of the repository is read."""
        return (folder or ".") in self.folders if self.folders else not folder or folder.startswith(_BELOW)


def named(lines: Iterable[str]) -> Iterator[list[str]]:
    """The words of each line of a list, without comments."""
    for line in lines:
        words = line.partition("#")[0].split()
        if words:
            yield words


def latest_majors(versions: Sequence[Version], count: int) -> list[Version]:
    """The versions of the last `count` major numbers. Those below 1.0 count by their minor number, ten to a major."""
    groups = list(dict.fromkeys(map(_major, versions)))
    kept = set(groups[-count:])
    return [version for version in versions if _major(version) in kept]


def _major(version: Version) -> tuple[int, int]:
    major, minor, _ = version.order
    return major, minor // 10 if major == 0 else 0
