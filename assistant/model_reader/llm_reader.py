"""The second reader: a language model that reads a source piece by piece by the prompt ``extract``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.llm.chat import ChatModel, Message
from assistant.llm.prompts import load_prompt
from assistant.llm.structured import ask
from assistant.model_reader.answers import ParsedReading, Reading
from assistant.model_reader.asked import Names, reading_schema
from assistant.report import Scope, UnitProfile
from assistant.report.findings import Finding

__all__ = ["ModelReader", "pieces_of"]

_BORDER = re.compile(r"[。；;！？!?\n]+|[，,]")
_FENCE = "材料"


@dataclass(frozen=True)
class ModelReader:
    """Reads sources of one report with one open model; ModelError when the model fails."""

    model: ChatModel
    names: Names
    profile: UnitProfile
    year: int | None

    async def read(self, text: str) -> ParsedReading:
        """Everything the model finds in one source; nothing of it is checked yet."""
        found = ParsedReading()
        for piece in self.pieces(text):
            found = found.merged(await self._ask(self.messages(piece)))
        return found

    async def reread(self, text: str, findings: Sequence[Finding], cells: Iterable[str]) -> ParsedReading:
        """What the model reads of ``cells`` after being shown what does not fit."""
        wish = load_prompt("repair").render(findings=[*findings], cells="、".join(cells))
        found = ParsedReading()
        for piece in self.pieces(text):
            found = found.merged(await self._ask([*self.messages(piece), ("user", wish)]))
        return found

    def messages(self, piece: str) -> list[Message]:
        """System text and the piece, fenced off as data; invisible characters are left out, for they only serve to deceive."""
        system = load_prompt("extract").render(
            cells=self.names.describe(),
            org=self.profile.name or "未说明",
            year=self.year or "未说明",
            scope="本级政府" if self.profile.scope is Scope.GOVERNMENT else "本机关",
        )
        clean = "".join(
            c for c in piece if c in "\n\t" or unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs")
        )
        clean = re.sub(rf"</?\s*{_FENCE}\s*/?>", "", clean)
        return [("system", system), ("user", f"<{_FENCE}>\n{clean}\n</{_FENCE}>")]

    def pieces(self, text: str) -> list[str]:
        """The text cut to what one call may hold."""
        settings = self.model.settings
        return pieces_of(text, settings.chunk_chars, min(settings.overlap_chars, settings.chunk_chars // 2))

    async def _ask(self, messages: list[Message]) -> ParsedReading:
        asked = await ask(self.model, messages, Reading, reading_schema(self.names))
        return asked.value.parsed


def pieces_of(text: str, size: int, overlap: int) -> list[str]:
    """The text in pieces of at most ``size`` characters, cut at clause borders, each beginning with the end of the one before.

    A run without any border is cut where it must be.
    """
    pieces: list[str] = []
    start = 0
    while len(text) - start > size:
        end = _border(text, start + size // 2, start + size)
        pieces.append(text[start:end])
        start = max(start + 1, _border(text, end - overlap, end) if overlap else end)
        if start >= end:
            start = end
    pieces.append(text[start:])
    return [piece for piece in pieces if piece.strip()]


def _border(text: str, low: int, high: int) -> int:
    """The end of the last sentence in text[low:high], else of the last clause, else ``high``."""
    best = {True: -1, False: -1}
    for match in _BORDER.finditer(text, low, high):
        best[match.group()[0] not in "，,"] = match.end()
    if low < best[True] < high:
        return best[True]
    return best[False] if best[False] > low else high
