"""Talks to a desk the way the page does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.interfaces.chat.desk import Desk, Snapshot
from assistant.interfaces.chat.turns import Event
from assistant.report.findings import Severity

EXAMPLES = Path(__file__).parents[3] / "examples"


class Talk:
    """One person's conversation about one draft."""

    def __init__(self, desk: Desk, owner: str = "甲", draft: str = "") -> None:
        self.desk, self.owner = desk, owner
        self.now = desk.open(draft, owner) if draft else desk.new(owner)

    def send(self, event: Event) -> Snapshot:
        """Any event."""
        self.now = self.desk.send(self.now.id, self.owner, event)
        return self.now

    def say(self, *texts: str) -> Snapshot:
        """Messages one after another."""
        for text in texts:
            self.send({"kind": "message", "text": text})
        return self.now

    def confirm(self) -> Snapshot:
        """Says that the unsure figures are right as long as they are asked about."""
        while self.now.asked is not None and self.now.asked.code == "CONFIRM":
            self.say("都对")
        return self.now

    def edit(self, **cells: Any) -> Snapshot:
        """Cells of table 3 as row__col=value."""
        return self.edit_cells(
            [[f"table3.{name.replace('__', '.')}", value] for name, value in cells.items()]
        )

    def edit_cells(self, sets: Sequence[list[Any]]) -> Snapshot:
        """Cells typed into the grid."""
        return self.send({"kind": "edit", "sets": list(sets)})

    def undo(self) -> Snapshot:
        """One turn back."""
        return self.send({"kind": "undo"})

    def redo(self) -> Snapshot:
        """One turn forward again."""
        return self.send({"kind": "redo"})

    @property
    def reply(self) -> str:
        """The last answer."""
        return self.now.log[-1]["reply"]

    @property
    def choices(self) -> tuple[str, ...]:
        """One-tap answers on offer."""
        return self.now.asked.choices if self.now.asked is not None else ()

    def cell(self, row: str, col: str = "total", table: str = "table3") -> Any:
        """A figure of the draft."""
        return self.now.draft.report.tables[table][row][col]

    @property
    def errors(self) -> list[str]:
        """Codes of the findings of severity error."""
        return [f.code for f in self.now.draft.findings if f.severity is Severity.ERROR]
