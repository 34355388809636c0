"""The conversation as a graph with its saver: one event in, one version more, all on disk before the answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.interfaces.chat.ledger import Ledger
from assistant.interfaces.chat.replies import changed_cells, reply_to
from assistant.interfaces.chat.turns import ChatState, Event, Turn, completed, is_command
from assistant.interfaces.chat.understand import asked_in, understand

if TYPE_CHECKING:
    from langgraph.graph.state import CompiledStateGraph

__all__ = ["ConversationGraph"]


class ConversationGraph:
    """Runs events through the graph; ``thread`` names the conversation."""

    def __init__(self, path: Path, ledger: Ledger, keep: Callable[[str, str], str]) -> None:
        self._ledger, self._keep = ledger, keep
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._building = Lock()
        self._compiled: CompiledStateGraph[Any, Any, Any, Any] | None = None

    def warm(self) -> None:
        """Build the graph now. Its library takes a second to load, which a page that opens should not wait for."""
        with self._building:
            if self._compiled is None:
                self._compiled = self._built()

    @property
    def _graph(self) -> CompiledStateGraph[Any, Any, Any, Any]:
        if self._compiled is None:
            self.warm()
        assert self._compiled is not None, "built by warm"
        return self._compiled

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def state(self, thread: str) -> ChatState:
        """The conversation as it stands; empty when nothing was said yet."""
        values = self._graph.get_state(self._config(thread)).values
        return ChatState(log=completed(values.get("log", [])), undone=completed(values.get("undone", [])))

    def send(self, thread: str, event: Event) -> ChatState:
        """Handle one event; when this returns, the new version is on disk."""
        # only the finished version is written: a turn is kept whole or not at all
        out = self._graph.invoke(
            {"event": Event(**{**event, "draft": thread})}, self._config(thread), durability="exit"
        )
        return ChatState(log=completed(out.get("log", [])), undone=completed(out.get("undone", [])))

    def forget(self, thread: str) -> None:
        """Delete a conversation with all its versions."""
        self.warm()
        self._saver.delete_thread(thread)

    @staticmethod
    def _config(thread: str) -> Any:
        return {"configurable": {"thread_id": thread}}

    def _built(self) -> CompiledStateGraph[Any, Any, Any, Any]:
        from langgraph.checkpoint.sqlite import SqliteSaver
        from langgraph.graph import END, START, StateGraph

        from assistant.interfaces.chat.plain_state import plain_serializer

        self._saver = saver = SqliteSaver(self._connection, serde=plain_serializer())
        saver.setup()
        graph = StateGraph(ChatState)
        graph.add_node("understand", self._understand)
        graph.add_node("answer", self._answer)
        graph.add_node("travel", _travel)
        graph.add_conditional_edges(
            START, lambda state: "travel" if is_command(state["event"]) else "understand"
        )
        graph.add_edge("understand", "answer")
        graph.add_edge("answer", END)
        graph.add_edge("travel", END)
        return graph.compile(checkpointer=saver)

    def _understand(self, state: ChatState) -> dict[str, list[Turn]]:
        log = completed(state.get("log", []))
        event = state["event"]
        turn = understand(log, event, self._ledger, partial(self._keep, event["draft"]))
        return {"log": [*log, turn], "undone": []}

    def _answer(self, state: ChatState) -> dict[str, list[Turn]]:
        log = state["log"]
        before, after = self._ledger.draft(log[:-1]), self._ledger.draft(log)
        reply = reply_to(log[-1], before, after, asked_in(log, after))
        last = Turn(**{**log[-1], "reply": reply, "changed": changed_cells(before, after)})
        return {"log": [*log[:-1], last]}


def _travel(state: ChatState) -> dict[str, list[Turn]]:
    """Undo, redo, or go back to a turn; what is left behind can be redone until something new is said."""
    log, undone = list(state.get("log", [])), list(state.get("undone", []))
    event = state["event"]
    if event["kind"] == "redo":
        return {"log": [*log, *undone[-1:]], "undone": undone[:-1]}
    keep = len(log) - 1 if event["kind"] == "undo" else event["turn"]
    keep = max(min(keep, len(log)), 0)
    return {"log": log[:keep], "undone": [*undone, *reversed(log[keep:])]}
