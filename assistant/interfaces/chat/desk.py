"""The desk a person works at: own drafts, events in, the draft as it stands out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from assistant.extraction.lexicon import Lexicon
from assistant.interfaces.chat.graph import ConversationGraph
from assistant.interfaces.chat.ledger import Ledger
from assistant.interfaces.chat.limits import hold_within
from assistant.interfaces.chat.store import DraftEntry, Store
from assistant.interfaces.chat.turns import ChatState, Event, Turn
from assistant.interfaces.chat.understand import asked_in
from assistant.office.profile import Profile
from assistant.report.draft import Draft
from assistant.report.findings import Question

__all__ = ["Desk", "Snapshot"]


@dataclass(frozen=True)
class Snapshot:
    """A conversation at one moment: its turns, the draft they make, the question that stands."""

    id: str
    log: tuple[Turn, ...]
    undone: tuple[Turn, ...]
    draft: Draft
    asked: Question | None

    @property
    def title(self) -> str:
        """Name in the list of drafts: unit and year, else the first words."""
        report = self.draft.report
        year = f"{report.year}年" if report.year is not None else ""
        if report.org.name:
            return f"{report.org.name}{year}年报"
        first = next((t["said"] for t in self.log if t["said"]), "")
        return " ".join(first.split())[:20] or "未命名的年报"


class Desk:
    """Everything the page may do. ``folder`` holds the state; it is made when missing. ``profile`` is what the office set
    for its reports; a clerk's own words about the unit win over it.

    Every method that takes a draft's id refuses one that is not the owner's (UsageError). Safe for many threads;
    the events of one draft are handled one after another.
    """

    def __init__(self, folder: Path, lexicon: Lexicon | None = None, profile: Profile | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        self.store = Store(folder / "drafts.sqlite")
        self._ledger = Ledger(self.store.load, lexicon, profile)
        self._graph = ConversationGraph(folder / "turns.sqlite", self._ledger, self.store.keep)
        self._locks: dict[str, Lock] = {}

    def warm(self) -> None:
        """Load what the first turn needs; a server does so beside its start."""
        self._graph.warm()

    def close(self) -> None:
        """Close the files."""
        self._graph.close()
        self.store.close()

    def new(self, owner: str) -> Snapshot:
        """A new empty draft."""
        return self._snapshot(self.store.create(owner), ChatState(log=[], undone=[]))

    def list(self, owner: str) -> list[DraftEntry]:
        """The owner's drafts, the last used first."""
        return self.store.list(owner)

    def open(self, draft: str, owner: str) -> Snapshot:
        """A draft as it stands."""
        self.store.require(draft, owner)
        return self._snapshot(draft, self._graph.state(draft))

    def latest(self, owner: str) -> Snapshot:
        """The draft last used, a new one when there is none."""
        drafts = self.list(owner)
        return self.open(drafts[0].id, owner) if drafts else self.new(owner)

    def send(self, draft: str, owner: str, event: Event) -> Snapshot:
        """Handle an event. When this returns, the turn is on disk. UsageError or InputError for more than limits.py allows."""
        self.store.require(draft, owner)
        with self._locks.setdefault(draft, Lock()):
            hold_within(event, self._graph.state(draft).get("log", []), self._ledger.text)
            snapshot = self._snapshot(draft, self._graph.send(draft, event))
            self.store.touch(draft, snapshot.title, len(snapshot.log))
        return snapshot

    def remove(self, draft: str, owner: str) -> None:
        """Delete one of the owner's drafts, with its texts and versions."""
        self.store.remove(draft, owner)
        self._graph.forget(draft)

    def _snapshot(self, draft: str, state: ChatState) -> Snapshot:
        log = state.get("log", [])
        made = self._ledger.draft(log)
        return Snapshot(
            id=draft,
            log=tuple(log),
            undone=tuple(state.get("undone", [])),
            draft=made,
            asked=asked_in(log, made),
        )
