"""The values of one module that are worked out once, in all deployments that read them with the same choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from awslint_memo.model.span import Place
from awslint_memo.model.value import Unknown, Value
from awslint_memo.readers.terraform.choices import Evaluated
from awslint_memo.readers.terraform.tree import Tree
from awslint_memo.readers.terraform.values import bounded


class Evaluations:
    """Values by what they are of, such as ("local", "name"). tree: is told what each of them depends on.

    prefix: that of their module. all_read: what this was read with.
    """

    def __init__(self, tree: Tree, prefix: str, all_read: frozenset[str]) -> None:
        self._tree = tree
        self._prefix = prefix
        self._all_read = all_read
        self._known: dict[tuple[str, str], Evaluated] = {}
        self._open: set[tuple[str, str]] = set()

    def once(self, key: tuple[str, str], place: Place, work: Callable[[], Value]) -> Value:
        """The result of `work`, cached by `key`; Unknown if its evaluation depends on itself.

        What another deployment evaluated with the same choices, once its instances were known, is taken from there.
        """
        known = self._known.get(key)
        if known is None:
            if key in self._open:
                return Unknown(f"{'.'.join(key)} refers to itself", place)
            known = self._of_another(key) if self._tree.is_settled else None
            if known is None:
                return self._evaluated(key, work)
            self._known[key] = known
        if known.names:
            self._tree.choices.asked_all(known.names)
        if known.all_read:
            self._tree.choices.read(known.all_read)
        return known.value

    def _of_another(self, key: tuple[str, str]) -> Evaluated | None:
        every = self._tree.choices.evaluated.get((self._prefix, *key))
        if every is None:
            return None
        found = (values.get(self._tree.chosen(names)) for names, values in every.items())
        return next((one for one in found if one is not None), None)

    def _evaluated(self, key: tuple[str, str], work: Callable[[], Value]) -> Value:
        tree = self._tree
        self._open.add(key)
        try:
            with (noted := tree.choices.noted()) as asked:
                noted.read(self._all_read)
                value = bounded(work())
        finally:
            self._open.discard(key)
        # Most depend on nothing, and share one empty collection.
        made = self._known[key] = Evaluated(value, asked or (), noted.all_read)
        if tree.is_settled and tree.choices.free and tree.spend(0):
            every = tree.choices.evaluated.setdefault((self._prefix, *key), {})
            every.setdefault(made.all_read, {})[tree.chosen(made.all_read)] = made
        return value

    def is_open(self, key: tuple[str, str]) -> bool:
        """Whether something is being evaluated."""
        return key in self._open

    @contextmanager
    def opened(self, key: tuple[str, str]) -> Iterator[None]:
        """Evaluate something inside of the block."""
        self._open.add(key)
        try:
            yield
        finally:
            self._open.discard(key)
