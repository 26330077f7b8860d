"""Records: classes of named values. What `dataclasses` does, without compiling code for each class at start-up.

The standard library generates and compiles the methods of each dataclass when its module is loaded; for the seventy
records that a run loads that took 40 of 136 ms of processor time. A class of which a run makes many records gets a
constructor of its own while it runs. Type checkers see dataclasses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["field", "is_record", "record", "replace", "values"]

if TYPE_CHECKING:
    from dataclasses import asdict as values
    from dataclasses import dataclass as record
    from dataclasses import field, replace

    def is_record(one: Any) -> bool:
        """Whether an object is a record."""
else:
    from operator import attrgetter

    _MISSING = object()

    _MANY = 60
    """Records of a class after which its own constructor is compiled, which takes as long as about forty of them."""

    class _Field:
        """What is special about a field: its default, or that it does not count when records are compared."""

        __slots__ = ("compare", "default", "factory")

        def __init__(self, default: Any, factory: Any, compare: bool) -> None:
            self.default, self.factory, self.compare = default, factory, compare

    def field(*, default: Any = _MISSING, default_factory: Any = None, compare: bool = True) -> Any:
        """A field with a default that is made anew for each record, or one that does not count in comparisons."""
        return _Field(default, default_factory, compare)

    def record(
        cls: Any = None, *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False
    ) -> Any:
        """Make a record of a class: its annotated names become fields, in order, and arguments of its constructor."""
        if cls is None:
            return lambda one: record(one, frozen=frozen, slots=slots, eq=eq, order=order)
        if slots:
            own = _own_names(cls)
            left_out = {*own, "__dict__", "__weakref__"}
            space = {name: value for name, value in vars(cls).items() if name not in left_out}
            space |= {
                "__slots__": tuple(own),
                "_slot_defaults": {name: one for name, one in vars(cls).items() if name in own},
            }
            cls = type(cls)(cls.__name__, cls.__bases__, space)
        cls._is_described, cls._has_slots, cls._has_our_init = False, slots, "__init__" not in vars(cls)
        methods = {"__init__": _init, "__repr__": _repr, "__reduce__": _reduce}
        if eq:
            methods |= {"__eq__": _equals, "__hash__": _hash if frozen else None}
        if order:
            methods["__lt__"] = _is_less
        if frozen and slots:
            # Of others type checkers take care: setting fields past such a method makes a dictionary of each record.
            methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
        for name, method in methods.items():
            if name not in vars(cls) or (name == "__hash__" and vars(cls)[name] is None):
                setattr(cls, name, method)
        if not cls._has_our_init:
            _describe(cls)
        return cls

    def _own_names(cls: Any) -> list[str]:
        """The fields that a class itself has."""
        return [name for name, kind in cls.__annotations__.items() if not str(kind).startswith("ClassVar")]

    def _describe(cls: Any) -> None:
        """Work out what a record's methods need to know of its fields, at the first record: few classes have one."""
        for base in cls.__mro__[1:]:
            if vars(base).get("_is_described") is False:
                _describe(base)
        cls._is_described = True
        own, given = _own_names(cls), vars(cls).get("_slot_defaults", vars(cls))
        names = tuple(dict.fromkeys((*getattr(cls, "_fields", ()), *own)))
        defaults = {**getattr(cls, "_defaults", {}), **{name: given[name] for name in own if name in given}}
        cls._fields, cls._defaults = names, defaults
        shared = {name: one.default if type(one) is _Field else one for name, one in defaults.items()}
        cls._fixed = {name: one for name, one in shared.items() if one is not _MISSING}
        cls._places = {name: number for number, name in enumerate(names)}
        cls._values = staticmethod(attrgetter(*names) if len(names) > 1 else lambda one: [getattr(one, *names)])
        cls._names, cls._is_finished = frozenset(names), hasattr(cls, "__post_init__")
        cls._setters = tuple(getattr(cls, name).__set__ for name in names) if cls._has_slots else ()
        cls._count_made = [0]
        cls._factories = {key: one.factory for key, one in defaults.items() if type(one) is _Field and one.factory}
        compared = [one for one in names if getattr(defaults.get(one), "compare", True) is not False]
        several = len(compared) > 1
        cls._get_compared = staticmethod(attrgetter(*compared) if several else lambda one: [getattr(one, *compared)])

    def is_record(one: Any) -> bool:
        """Whether an object is a record."""
        return hasattr(type(one), "_is_described")

    def replace(one: Any, **changes: Any) -> Any:
        """The same record with other values for some of its fields."""
        cls = type(one)
        if not cls._has_our_init or not cls._places.keys() >= changes.keys():
            return cls(**{**values(one), **changes})
        new = list(cls._values(one))
        for name, value in changes.items():
            new[cls._places[name]] = value
        return cls(*new)

    def values(one: Any) -> dict[str, Any]:
        """The fields of a record by name."""
        return {name: getattr(one, name) for name in one._fields}

    def _init(self: Any, *values: Any, **named: Any) -> None:
        cls = type(self)
        _count(cls)
        names = cls._fields
        if not named and len(values) == len(names):
            # Most of the records that a run makes are made so.
            _fill(self, cls, values)
            return
        given = dict(zip(names, values, strict=False))
        if len(values) > len(names) or not given.keys().isdisjoint(named):
            raise TypeError(f"{cls.__name__} takes {len(names)} values, and each once")
        given.update(named)
        whole = {**cls._fixed, **given}
        for name, factory in cls._factories.items():
            if name not in given:
                whole[name] = factory()
        if whole.keys() != cls._names:
            raise TypeError(f"{cls.__name__} takes values for {', '.join(names)}, not for {', '.join(whole)}")
        if cls._has_slots:
            for name, value in whole.items():
                object.__setattr__(self, name, value)
        else:
            self.__dict__.update(whole)
        if cls._is_finished:
            self.__post_init__()

    def _count(cls: Any) -> None:
        if not cls._is_described:
            _describe(cls)
        cls._count_made[0] += 1
        if cls._count_made[0] >= _MANY and vars(cls).get("__init__") is _init:
            cls.__init__ = _compiled(cls)

    def _fill(self: Any, cls: Any, values: Any) -> None:
        if cls._has_slots:
            for put, value in zip(cls._setters, values, strict=True):
                put(self, value)
        else:
            self.__dict__.update(zip(cls._fields, values, strict=True))
        if cls._is_finished:
            self.__post_init__()

    def _compiled(cls: Any) -> Any:
        """A constructor that does what `_init` does, for this class only, in a third of the time."""
        known: dict[str, Any] = {"_MISSING": _MISSING}
        taken, lines = [], []
        for number, name in enumerate(cls._fields):
            if name in cls._factories:
                known[f"_default{number}"] = cls._factories[name]
                taken.append(f"{name}=_MISSING")
                lines.append(f"if {name} is _MISSING: {name} = _default{number}()")
            elif name in cls._fixed:
                known[f"_default{number}"] = cls._fixed[name]
                taken.append(f"{name}=_default{number}")
            else:
                taken.append(name)
        for number, name in enumerate(cls._fields):
            if cls._has_slots:
                known[f"_put{number}"] = cls._setters[number]
            lines.append(f"_put{number}(self, {name})" if cls._has_slots else f"self.{name} = {name}")
        lines += ["self.__post_init__()"] if cls._is_finished else []
        exec(f"def __init__(self, {', '.join(taken)}):\n    " + "\n    ".join(lines), known)  # noqa: S102  # Names only.
        return known["__init__"]

    def _repr(self: Any) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"

    def _equals(self: Any, other: Any) -> Any:
        return self._get_compared(self) == other._get_compared(other) if type(self) is type(other) else NotImplemented

    def _reduce(self: Any) -> Any:
        return type(self), tuple(self._values(self))

    def _hash(self: Any) -> int:
        return hash(tuple(self._get_compared(self)))

    def _is_less(self: Any, other: Any) -> Any:
        return self._get_compared(self) < other._get_compared(other) if type(self) is type(other) else NotImplemented

    def _refuse(self: Any, name: str, *_: Any) -> None:
        raise AttributeError(f"{name} of a frozen {type(self).__name__} can't be changed")
