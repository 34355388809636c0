"""Takes one part of the reader away at a time: a reader, a step of one, a construction, the zero sweep's guard, a word's meaning.

Steps, constructions and words are found by looking, so that a new one is held to the same question: does any case need it?
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from types import ModuleType
from typing import Any, Protocol
from unittest.mock import patch

import assistant.extraction as extraction

__all__ = [
    "Part",
    "Removal",
    "constructions",
    "guards",
    "readers",
    "steps",
    "watched",
    "without_notion",
    "words",
]

Function = Callable[..., Any]
_ROOMS = ("ledgers", "questionnaires", "sentences", "tables")
"""the packages of the readers"""
_NOTHING: dict[str, Function] = {
    "None": lambda: None,
    "bool": bool,
    "str": str,
    "list": list,
    "dict": dict,
    "tuple": tuple,
    "Sequence": tuple,
    "Iterator": lambda: iter(()),
}
"""what a step gives that has found nothing, by the type it is said to return"""


class Part(Protocol):
    """A part of the reader that can be away for a while, and be watched."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    def __call__(self) -> AbstractContextManager[None]:
        """Without the part for a while."""

    def spied_on(self, note: Callable[[str], None]) -> AbstractContextManager[None]:
        """Call ``note`` with the part's name whenever it makes a difference."""


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
        with _put(self.home, self.attribute, self.instead):
            yield

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

        with _put(self.home, self.attribute, spy):
            yield


@contextmanager
def _put(home: Any, attribute: str, other: Function) -> Iterator[None]:
    """Another function in the place of one, for every module that imported it by its name."""
    function = getattr(home, attribute)
    holders = [home]
    if isinstance(home, ModuleType):
        modules = [m for name, m in list(sys.modules.items()) if name.startswith("assistant.")]
        holders = [m for m in modules if vars(m).get(attribute) is function]
    with ExitStack() as stack:
        for holder in holders:
            stack.enter_context(patch.object(holder, attribute, other))
        yield


@contextmanager
def watched(parts: Iterable[Part], note: Callable[[str], None]) -> Iterator[None]:
    """All of them spied on at once."""
    with ExitStack() as stack:
        for part in parts:
            stack.enter_context(part.spied_on(note))
        yield


def readers() -> list[Removal]:
    """The readers of blocks, as they are called: registers, tables, sentences."""
    from assistant.extraction import readers as calling
    from assistant.extraction.structure import StructureReading

    taken: Sequence[tuple[str, Function]] = (
        ("read_registers", lambda *_: []),
        ("read_tables", lambda tables, *_: [None] * len(tables)),
        ("read_sentences", lambda *_: StructureReading()),
    )
    return [Removal(f"readers.{name}", calling, name, instead) for name, instead in taken]


def steps() -> list[Removal]:
    """Every public function of the readers' modules whose absence means something: it finds nothing then, or leaves what it is
    given as it is."""
    found: list[Removal] = []
    for module in _modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and name in getattr(module, "__all__", ())
            instead = _silent(function) if own else None
            if instead is not None:
                short = module.__name__.removeprefix(f"{extraction.__name__}.")
                found.append(Removal(f"{short}.{name}", module, name, instead))
    return found


def _modules() -> Iterator[ModuleType]:
    for room in _ROOMS:
        package = importlib.import_module(f"{extraction.__name__}.{room}")
        for info in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"{package.__name__}.{info.name}")


def _silent(function: Function) -> Function | None:
    """What stands for a function that does nothing: its first argument where it returns one of the same kind, else nothing of
    the kind it returns; None where no such thing is known."""
    told = inspect.signature(function)
    kind = str(told.return_annotation)
    first = next(iter(told.parameters.values()), None)
    if first is not None and str(first.annotation) == kind:
        return lambda given, *_, **__: given
    nothing = _NOTHING.get("None" if kind.endswith("| None") else kind.partition("[")[0])
    return None if nothing is None else lambda *_, **__: nothing()


@dataclass(frozen=True)
class _Construction:
    """One frame of the sentence reader."""

    frame: str

    @property
    def name(self) -> str:
        """frame a, not b"""
        return f"frame {self.frame}"

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Without the frame for a while."""
        from assistant.extraction.sentences import frames

        fewer = tuple(frame for frame in frames.all_frames() if frame.name != self.frame)
        with patch.object(frames, "all_frames", lambda: fewer):
            yield

    @contextmanager
    def spied_on(self, note: Callable[[str], None]) -> Iterator[None]:
        """Call ``note`` whenever the frame is found in a sentence."""
        from assistant.extraction.sentences import frames

        made_in = frames.made_in

        def spy(signs: str) -> Sequence[Any]:
            found = made_in(signs)
            if any(made.frame.name == self.frame for made in found):
                note(self.name)
            return found

        with _put(frames, "made_in", spy):
            yield


def constructions() -> list[_Construction]:
    """Every frame of frames.toml."""
    from assistant.extraction.sentences.frames import all_frames

    return [_Construction(frame.name) for frame in all_frames()]


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
    """The words of one notion emptied, in the lexicon and in what each reader adds to it."""
    from assistant.extraction import lexicon

    entries = lexicon._entries

    def fewer(raw: Any) -> Iterator[tuple[str, tuple[lexicon.Entry, ...]]]:
        return (
            (text, said) for text, said in entries(raw) if all((e.kind, e.key) != (kind, key) for e in said)
        )

    with patch.object(lexicon, "_entries", fewer):
        _forget()
        yield
    _forget()


def _forget() -> None:
    """What was kept of the lexicon is built again when it is next asked for."""
    for name, module in list(sys.modules.items()):
        if name.startswith(extraction.__name__):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if clear is not None:
                    clear()
