"""The cells while a report is put together: what fills them, what contradicts, and what arithmetic may rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.forms import CellKey, Form
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
    behind: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """what stands behind a statement of the arithmetic that is not one fact"""

    def __post_init__(self) -> None:
        self.by_id = {f.id: f for f in self.facts}
        blocks = [(t.key, b) for t in self.form.tables for b in t.blocks]
        self._counts = {
            CellKey(table, r.key, c.key)
            for table, b in blocks
            for r in b.rows
            for c in b.columns
            if c.kind == "count"
        }

    def is_sure(self, key: CellKey, held: Filled) -> bool:
        """Whether a sure statement about the cell stands behind its value; what follows from several is as sure as all of them."""
        facts = [self.by_id[i] for i in held.facts if i in self.by_id]
        direct = [f.sure for f in facts if f.where == str(key)]
        return any(direct) if direct else all(f.sure for f in facts)

    def is_disputed(self, key: CellKey) -> bool:
        """Whether another cell of the row, told by the same words, has two values."""
        return any(k.table == key.table and k.row == key.row for k in self.conflicts)

    def live(self, *kinds: FactKind) -> list[Fact]:
        """The stated facts of some kinds."""
        return [f for f in self.facts if f.kind in kinds and f.status is FactStatus.STATED]

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
