"""The cells while a report is put together: what fills them, what contradicts, and what arithmetic may rest on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.forms import CellKey, Form
from assistant.numerals import fold, with_digits
from assistant.report.facts import Evidence, Fact, FactKind, FactStatus, Origin, Value

__all__ = ["Board", "Filled"]

_LARGEST = 10**15
"""no count is larger; a figure beyond it is a misreading and takes no part in sums"""


@dataclass(frozen=True)
class Filled:
    """A value, where it comes from, and the facts behind it."""

    value: Value
    origin: Origin
    facts: tuple[str, ...]
    follows: bool = False
    """whether it follows from other cells by arithmetic, and so says nothing new"""


@dataclass
class Board:
    """The facts and the cells they fill. ``conflicts`` are cells with different values said; ``suspect`` cells and
    ``broken`` facts take part in a contradiction, and nothing may rest on them."""

    facts: tuple[Fact, ...]
    form: Form
    filled: dict[CellKey, Filled] = field(default_factory=dict)
    conflicts: dict[CellKey, list[Fact]] = field(default_factory=dict)
    suspect: set[CellKey] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    refuted: list[Fact] = field(default_factory=list)
    """unsure readings that the sums of all others contradict; they fill nothing"""
    doubted: set[CellKey] = field(default_factory=set)
    """the cells they were read for: what fills them now waits to be confirmed"""
    confirmed: frozenset[CellKey] = frozenset()
    """cells that sums of independent figures confirm, whatever each reading was worth alone"""
    affirmed: frozenset[CellKey] = frozenset()
    """cells that a person found right as they are"""
    behind: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """what stands behind a statement of the arithmetic that is not one fact"""

    def __post_init__(self) -> None:
        self.by_id = {f.id: f for f in self.facts}
        unread = (f for f in self.live_open() if f.value is None)
        blotted = [f for f in unread if any(with_digits(fold(e.quote))[1] for e in f.evidence)]
        self._blotted = {tuple(place.split(".")[:2]) for f in blotted for place in f.where.split()}
        blocks = [(t.key, b) for t in self.form.tables for b in t.blocks]
        self._counts = {
            CellKey(table, r.key, c.key)
            for table, b in blocks
            for r in b.rows
            for c in b.columns
            if c.kind == "count"
        }

    def is_sure(self, key: CellKey, held: Filled) -> bool:
        """Whether a sure statement about the cell stands behind its value, or a sum that closes; what follows from several
        cells is as sure as all of them."""
        if key in self.confirmed:
            return True
        if key in self.doubted:
            return False
        facts = [self.by_id[i] for i in held.facts if i in self.by_id]
        direct = [f.sure for f in facts if f.where == str(key)]
        return any(direct) if direct else all(f.sure or self._is_confirmed(f) for f in facts)

    def _is_confirmed(self, fact: Fact) -> bool:
        if fact.kind is not FactKind.CELL:
            return False
        key = CellKey.parse(fact.where)
        return key in self.confirmed or key in self.affirmed

    def is_disputed(self, key: CellKey) -> bool:
        """Whether the total of the row has two values, or may have: its parts were then told by one of two accounts."""
        if (key.table, key.row) in self._blotted:
            return True
        return any(k.table == key.table and k.row == key.row and k.col == "total" for k in self.conflicts)

    def live(self, *kinds: FactKind) -> list[Fact]:
        """The stated facts of some kinds."""
        return [f for f in self.facts if f.kind in kinds and f.status is FactStatus.STATED]

    def copy(self) -> Board:
        """The same facts and cells, to try something out."""
        return replace(
            self, filled=dict(self.filled), conflicts=dict(self.conflicts), suspect=set(self.suspect)
        )

    def values(self) -> dict[CellKey, Value]:
        """The filled cells."""
        return {key: held.value for key, held in self.filled.items()}

    def live_open(self) -> list[Fact]:
        """The figures that nobody placed."""
        return [f for f in self.facts if f.kind is FactKind.OPEN and f.status is FactStatus.HEDGED]

    def open(self, key: CellKey) -> bool:
        """Whether nothing fills the cell and nobody contradicts himself about it."""
        return key not in self.filled and key not in self.conflicts

    def given(self) -> dict[CellKey, tuple[int, str]]:
        """The cells that arithmetic may rest on, each with the statement it comes from."""
        given: dict[CellKey, tuple[int, str]] = {}
        for key, held in self.filled.items():
            if held.follows or key in self.suspect or key not in self._counts:
                continue
            if isinstance(held.value, int) and 0 <= held.value <= _LARGEST:
                given[key] = (held.value, self._statement(key, held))
        return given

    def _statement(self, key: CellKey, held: Filled) -> str:
        if not held.facts:
            return f"{held.origin}:{key}"
        if held.origin is Origin.DERIVED:
            # several facts together make these cells 0 (a row listed in full)
            said = "+".join(held.facts)
            self.behind[said] = held.facts
            return said
        return held.facts[0]

    def sources(self, statements: tuple[str, ...]) -> tuple[str, ...]:
        """The facts behind statements of the arithmetic."""
        facts = {f for s in statements for f in self.behind.get(s, (s,)) if f in self.by_id}
        return tuple(sorted(facts))

    def evidence(self, facts: tuple[str, ...]) -> tuple[Evidence, ...]:
        """The quotes of facts, each once."""
        return tuple(dict.fromkeys(e for i in facts for e in self.by_id[i].evidence))
