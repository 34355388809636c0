"""The smallest parts of a sentence (labels, figures, cues) and the clauses they stand in. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.extraction.sentences.words import Sense
from assistant.extraction.statements import Span
from assistant.extraction.tokens import Token

__all__ = ["Chunk", "Piece", "Sentence"]


@dataclass(frozen=True)
class Piece:
    """A label, a figure (one numeral or a construction of several), a cue, or a word about other things (``decoy``).

    ``gap``: the unread words before it, without particles. ``makes``: the construction of frames.toml, empty for a plain figure;
    then ``items`` are its figures, ``total`` its printed sum, ``old`` the earlier or wrong value, ``labels`` the labels dealt to.
    """

    kind: str
    token: Token
    start: int
    end: int
    gap: str = ""
    senses: tuple[Sense, ...] = ()
    makes: str = ""
    items: tuple[Token, ...] = ()
    total: Token | None = None
    old: Token | None = None
    labels: tuple[Piece, ...] = ()
    bounds: tuple[Token, ...] = ()
    """the numbers of the first and the last part that a row tells"""
    plus: bool = False
    """a plus sign stands before it that adds it to nothing: 新收 +9"""
    equals: bool = False
    """an equals sign stands before it: the sum of what was told just before"""
    tight: bool = True
    """no blank or other sign parts it from the piece before"""

    anew: bool = False
    """a figure that begins a new count: 还有两件"""

    @property
    def span(self) -> Span:
        """Where it stands in the material."""
        return Span(self.start, self.end)

    def cue(self, *keys: str) -> bool:
        """Whether the word is one of these cues."""
        return self.token.cue(*keys)


@dataclass(frozen=True)
class Chunk:
    """What stands between two marks; ``inner`` are the clauses of the brackets behind it, ``mark`` what closes it."""

    pieces: tuple[Piece, ...]
    mark: str
    inner: tuple[Chunk, ...] = ()
    tail: str = ""
    """unread words at its end"""

    @cached_property
    def figures(self) -> tuple[Piece, ...]:
        """Its figures in order."""
        return tuple(p for p in self.pieces if p.kind == "figure")

    @cached_property
    def labels(self) -> tuple[Piece, ...]:
        """Its labels in order."""
        return tuple(p for p in self.pieces if p.kind == "label")

    def cue(self, *keys: str) -> bool:
        """Whether a word of it is one of these cues."""
        return bool(self._cues) and not self._cues.isdisjoint(keys)

    @cached_property
    def _cues(self) -> frozenset[str]:
        return frozenset(cue for p in self.pieces for cue in p.token.cues)


@dataclass(frozen=True)
class Sentence:
    """The clauses of one sentence; ``first`` and ``line`` tell where it stands, ``block`` in which block."""

    chunks: tuple[Chunk, ...]
    start: int
    end: int
    block: int
    first: bool
    """it opens its line"""
    asked: bool = False
    ordinal: bool = False
    """it opens with 第二件 and the like: it tells of one request"""
