"""Puts slots in place of everything a model must not touch: figures, dates, document numbers, titles, locked sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.report.draft import ProseSlot

__all__ = ["Masked", "Slot", "mask", "slots_in", "unmask"]

_HEADING = re.compile(r"（[一二三四五六七八九十]+）[^。，；：]{2,16}[。：]")
_PROTECTED = re.compile(
    r"《[^》\n]{1,60}》|“[^”\n]{1,40}”|[\u4e00-\u9fff]{0,8}〔\d{4}〕\s*\d+\s*号|第\s*\d+\s*号令?"
    r"|(?:\d{2,4}年(?:度)?)?(?:\d{1,2}月(?:\d{1,2}日)?)|\d{4}年(?:度)?"
    r"|[A-Za-z][A-Za-z0-9_.:/@?&=%#-]*|\d{3,4}-\d{5,8}(?:-\d+)?|[0-9０-９]+(?:[.．,，][0-9０-９]+)*[%％‰]?"
)
_SLOT = re.compile(r"\{\{\s*(\d{1,3})\s*\}\}")


@dataclass(frozen=True)
class Slot:
    """Text that is put back unchanged; ``sources`` are (start, end, where) of the figures in it, relative to the text."""

    text: str
    sources: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class Masked:
    """One paragraph: its heading, which code keeps, and its body with slots ``{{1}}``, ``{{2}}`` …"""

    heading: str
    body: str
    slots: tuple[Slot, ...]
    head_sources: tuple[tuple[int, int, str], ...] = ()


def mask(paragraph: str, slots: Sequence[ProseSlot], offset: int, locked: Iterable[str] = ()) -> Masked:
    """Mask the paragraph that begins at ``offset`` of its section; ``slots`` are those of the section."""
    heading = _HEADING.match(paragraph)
    start = heading.end() if heading else 0
    figures = [
        (s.start - offset, s.end - offset, s.where)
        for s in slots
        if offset <= s.start and s.end <= offset + len(paragraph)
    ]
    body = paragraph[start:]
    spans = [(a, b) for a, b, _ in figures if a >= start]
    spans += [(m.start() + start, m.end() + start) for m in _PROTECTED.finditer(body)]
    for words in locked:
        wanted = words.strip().rstrip("。；")
        spans += (
            [(m.start() + start, m.end() + start) for m in re.finditer(re.escape(wanted), body)]
            if wanted
            else []
        )
    kept: list[Slot] = []
    parts: list[str] = []
    at = start
    for a, b in _joined(spans):
        kept.append(
            Slot(paragraph[a:b], tuple((x - a, y - a, where) for x, y, where in figures if a <= x and y <= b))
        )
        parts += [paragraph[at:a], f"{{{{{len(kept)}}}}}"]
        at = b
    head = tuple(f for f in figures if f[1] <= start)
    return Masked(paragraph[:start], "".join([*parts, paragraph[at:]]), tuple(kept), head)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping spans as one, left to right."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def slots_in(body: str) -> list[int]:
    """Numbers of the slots of a masked text, in order."""
    return [int(m[1]) for m in _SLOT.finditer(body)]


def unmask(masked: Masked, body: str, section: str, offset: int) -> tuple[str, tuple[ProseSlot, ...]]:
    """The paragraph with ``body`` in place of the masked one, and its figures' slots; ``offset`` is where it begins."""
    text = masked.heading
    found = [
        ProseSlot(section=section, start=offset + a, end=offset + b, where=w)
        for a, b, w in masked.head_sources
    ]
    at = 0
    for match in _SLOT.finditer(body):
        slot = masked.slots[int(match[1]) - 1]
        text += body[at : match.start()]
        begin = offset + len(text)
        found += [
            ProseSlot(section=section, start=begin + a, end=begin + b, where=w) for a, b, w in slot.sources
        ]
        text += slot.text
        at = match.end()
    return text + body[at:], tuple(found)
