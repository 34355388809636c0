"""Takes one part of the reader away at a time: a clause reader, a table reader, the zero sweep's guard, a word's meaning.

Clause readers and words are found by looking, so that a new one is held to the same question: does any case need it?
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from types import ModuleType
from typing import Any
from unittest.mock import patch

import assistant.extraction as extraction

__all__ = [
    "Removal",
    "all_turns",
    "clause_readers",
    "guards",
    "table_readers",
    "watched",
    "without_notion",
    "words",
]

Function = Callable[..., Any]
_NOTHING: dict[str, Function] = {"None": lambda: None, "bool": bool, "str": str, "list": list, "dict": dict}
"""what a reader gives that has read nothing, by the type it is said to return"""


@dataclass(frozen=True)
class Removal:
    """One function, and what stands in its place when it is away. ``home`` is its module, or the class of a method."""

    name: str
    home: Any
    attribute: str
    instead: Function

    @property
    def function(self) -> Function:
        """The function as it is now."""
        found: Function = getattr(self.home, self.attribute)
        return found

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Without the function for a while."""
        with self._put(self.instead):
            yield

    @contextmanager
    def _put(self, other: Function) -> Iterator[None]:
        function = self.function
        with ExitStack() as stack:
            for holder in self._holders(function):
                stack.enter_context(patch.object(holder, self.attribute, other))
            for table, at in _listed(function):
                stack.callback(table.__setitem__, at, function)
                table[at] = other
            yield

    def _holders(self, function: Function) -> list[Any]:
        """The module or class, and every module that imported the function by its name."""
        if not isinstance(self.home, ModuleType):
            return [self.home]
        modules = [m for name, m in list(sys.modules.items()) if name.startswith("assistant.")]
        return [m for m in modules if vars(m).get(self.attribute) is function]

    @contextmanager
    def spied_on(self, note: Callable[[str], None]) -> Iterator[None]:
        """Call ``note`` with the removal's name whenever the function gives something else than its stand-in."""
        function = self.function

        @wraps(function)
        def spy(*given: Any, **named: Any) -> Any:
            found = function(*given, **named)
            if inspect.isgenerator(found):
                found = iter(kept := list(found))
                differs = bool(kept)
            else:
                differs = found is None or found != self.instead(*given, **named)
            if differs:
                note(self.name)
            return found

        with self._put(spy):
            yield


@contextmanager
def watched(removals: Iterable[Removal], note: Callable[[str], None]) -> Iterator[None]:
    """All of them spied on at once."""
    with ExitStack() as stack:
        for removal in removals:
            stack.enter_context(removal.spied_on(note))
        yield


def clause_readers() -> list[Removal]:
    """Every reader of the ``clause_*`` modules: public, called with the state of the clause, and each turn of phrase."""
    found: list[Removal] = []
    for info in pkgutil.iter_modules(extraction.__path__):
        if not info.name.startswith("clause_"):
            continue
        module = importlib.import_module(f"{extraction.__name__}.{info.name}")
        turns = {turn.__name__ for turn in _turns()} if info.name == "clause_turns" else set()
        for name, function in inspect.getmembers(module, inspect.isfunction):
            public = name in module.__all__ and next(iter(inspect.signature(function).parameters), "") == "r"
            if function.__module__ == module.__name__ and (public or name in turns):
                found.append(Removal(f"{info.name}.{name}", module, name, _silent(function)))
    return found


def _silent(function: Function) -> Function:
    """A reader that reads nothing; KeyError for one whose nothing is not known here."""
    nothing = _NOTHING[str(inspect.signature(function).return_annotation).partition("[")[0]]
    return lambda *_, **__: nothing()


def table_readers() -> list[Removal]:
    """Every way a table or a list of figures is read, and the parts that only some tables need."""
    from assistant.extraction import distributed, grid_columns, grids, numbered, pasted, registers, vectors

    def same(given: Any, *_: Any) -> Any:
        return given

    def none_of_them(*_: Any) -> Iterator[Any]:
        return iter(())

    taken: Sequence[tuple[Any, str, Function]] = (
        (pasted, "find_grids", lambda *_: []),
        (pasted, "_one_a_line", none_of_them),
        (pasted, "_continues", lambda *_: None),
        (pasted, "_unglued", same),
        (grids.GridReader, "read", lambda *_: []),
        (grids.GridReader, "_by_years", lambda *_: []),
        (grids.GridReader, "_told_in", none_of_them),
        (grid_columns, "without_serials", same),
        (registers, "read_register_grid", lambda *_: None),
        (registers, "_combinations", lambda *_: None),
        (registers, "find_registers", lambda *_: []),
        (numbered, "find_numbered", lambda *_: numbered.Numbered()),
        (vectors, "fold_vectors", same),
        (vectors, "_legend", lambda *_: []),
        (vectors, "_bracketed_order", lambda *_: (None, [])),
        (vectors, "_column_before", lambda *_: ""),
        (distributed, "dealt_out", same),
        (distributed, "with_objects", same),
        (distributed, "past_and_present", same),
    )
    return [
        Removal(f"{home.__name__.rpartition('.')[2]}.{name}", home, name, instead)
        for home, name, instead in taken
    ]


def guards() -> list[Removal]:
    """What keeps 其余为 0 from a cell that is not zero: sums that would break, figures still to come."""
    from assistant.assembly import deriving, scopes, sweeping

    return [
        Removal("Sweeper._allowed", sweeping.Sweeper, "_allowed", lambda _self, cells, _taker: cells),
        Removal("Arithmetic.may_be_zero", deriving.Arithmetic, "may_be_zero", lambda *_: True),
        Removal("Scopes.awaiting", scopes.Scopes, "awaiting", lambda self, _facts: self),
    ]


def words() -> list[tuple[str, str]]:
    """Every notion of the lexicon by kind and key."""
    from assistant.extraction.lexicon import default_lexicon

    return list(dict.fromkeys((e.kind, e.key) for _, entries in default_lexicon().words for e in entries))


@contextmanager
def without_notion(kind: str, key: str) -> Iterator[None]:
    """The lexicon with the words of one notion emptied."""
    from assistant.extraction import lexicon, reader

    def rest(entries: tuple[lexicon.Entry, ...]) -> tuple[lexicon.Entry, ...]:
        return tuple(entry for entry in entries if (entry.kind, entry.key) != (kind, key))

    smaller = lexicon.Lexicon(
        (text, rest(entries)) for text, entries in lexicon.default_lexicon().words if rest(entries)
    )
    with patch.object(reader, "default_lexicon", lambda: smaller):
        yield


@contextmanager
def all_turns() -> Iterator[None]:
    """Without any turn of phrase: thirteen functions of the grammar at once."""
    from assistant.extraction import clause_turns

    with patch.object(clause_turns, "_TURNS", ()):
        yield


def _turns() -> Sequence[Function]:
    from assistant.extraction import clause_turns

    return clause_turns._TURNS


def _listed(function: Function) -> list[tuple[list[Function], int]]:
    """Where a turn of phrase stands in the list that is tried; made a list first, so that it may be replaced there."""
    from assistant.extraction import clause_turns

    if function not in _turns():
        return []
    if not isinstance(clause_turns._TURNS, list):
        clause_turns._TURNS = list(clause_turns._TURNS)  # type: ignore[assignment]
    turns: list[Function] = clause_turns._TURNS  # type: ignore[assignment]
    return [(turns, turns.index(function))]
