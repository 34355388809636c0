"""Rewrites the prose of a draft with a model, one call a section; a paragraph whose facts changed keeps its template wording."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.drafting.rewriting.diff import fact_diff
from assistant.drafting.rewriting.masking import Masked, mask, unmask
from assistant.llm.chat import ChatModel
from assistant.llm.prompts import load_prompt
from assistant.llm.structured import ask
from assistant.report.draft import Draft, ProseSlot
from assistant.report.findings import Edit, Finding, Fix, Severity

__all__ = ["Rewritten", "rewrite_prose", "withdrawn"]

_GAP = "【待补充"
_SECTIONS = ("s1", "s5", "s6")
_SHORTEST = 12
"""characters of a paragraph's body below which there is nothing to word better"""

_SCHEMA: dict[str, Any] = {
    "title": "Rewritten",
    "type": "object",
    "additionalProperties": False,
    "required": ["paragraphs"],
    "properties": {"paragraphs": {"type": "array", "items": {"type": "string"}}},
}


class Rewritten(BaseModel):
    """The answer of the model: as many paragraphs as were sent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    paragraphs: tuple[str, ...]


@dataclass
class _Section:
    """A section being rebuilt paragraph by paragraph, so that the spans of the figures stay right."""

    key: str
    title: str
    slots: Sequence[ProseSlot]
    text: str = ""
    found: list[ProseSlot] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    used: int = 0

    def keep(self, paragraph: str, offset: int) -> None:
        """Append a paragraph as it is; ``offset`` is where it stood before."""
        start = self._begin()
        shift = start - offset
        self.found += [
            s.model_copy(update={"start": s.start + shift, "end": s.end + shift})
            for s in self.slots
            if offset <= s.start and s.end <= offset + len(paragraph)
        ]
        self.text += paragraph

    def put(self, masked: Masked, body: str) -> None:
        """Append a paragraph in its new wording."""
        start = self._begin()
        paragraph, slots = unmask(masked, body, self.key, start)
        self.text += paragraph
        self.found += slots
        self.used += 1

    def _begin(self) -> int:
        self.text += "\n" if self.text else ""
        return len(self.text)


async def rewrite_prose(draft: Draft, model: ChatModel, locked: Sequence[str] = ()) -> Draft:
    """The draft with its prose worded by the model where the facts stay the same.

    Refused paragraphs keep the template wording and a finding says why; doubtful ones are proposed in a finding's fix.
    ModelError when the model fails; the caller then keeps the draft as it was.
    """
    sections: dict[str, str] = {}
    slots = [s for s in draft.slots if s.section not in _SECTIONS]
    findings: list[Finding] = []
    for key in _SECTIONS:
        title = draft.report.layout.section(key).name
        section = _Section(key, title, [s for s in draft.slots if s.section == key])
        await _rewrite_section(section, draft.report.sections[key], model, locked)
        sections[key] = section.text
        slots += section.found
        findings += section.findings
    report = draft.report.with_sections(sections)
    return draft.model_copy(
        update={"report": report, "slots": tuple(slots), "findings": (*draft.findings, *findings)}
    )


def withdrawn(draft: Draft, problem: Finding) -> Draft:
    """The draft as it was, with a line that says why nothing of the model's wording is used."""
    message = f"模型的改写未采用：改写后不合“{problem.code}”（{problem.message}）；保留原稿"
    note = Finding(code="MODEL_REJECTED", severity=Severity.INFO, where="prose", message=message)
    return draft.model_copy(update={"findings": (*draft.findings, note)})


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for paragraph in text.split("\n"):
        yield offset, paragraph
        offset += len(paragraph) + 1


async def _rewrite_section(section: _Section, text: str, model: ChatModel, locked: Sequence[str]) -> None:
    masks = {
        offset: masked
        for offset, paragraph in _paragraphs(text)
        if _GAP not in paragraph
        and len((masked := mask(paragraph, section.slots, offset, locked)).body) >= _SHORTEST
    }
    wordings: dict[int, str] = {}
    if masks:
        answer = await _ask(model, section.title, [m.body for m in masks.values()])
        if len(answer) == len(masks):
            wordings = dict(zip(masks, answer, strict=True))
        else:
            section.findings.append(_refused(section, f"应为 {len(masks)} 段，给出 {len(answer)} 段"))
    for offset, paragraph in _paragraphs(text):
        if offset not in wordings:
            section.keep(paragraph, offset)
        else:
            _settle(section, offset, paragraph, masks[offset], wordings[offset].strip())
    if section.used:
        message = (
            f"“{section.title}”有 {section.used} 段由模型润色，数字、日期、机构和事项与原稿一致，请通读一遍"
        )
        section.findings.append(
            Finding(code="MODEL_PROSE", severity=Severity.INFO, where=section.key, message=message)
        )


async def _ask(model: ChatModel, title: str, bodies: list[str]) -> tuple[str, ...]:
    prompt = load_prompt("rewrite").render(section=title, count=len(bodies))
    asked = await ask(
        model, [("system", prompt), ("user", json.dumps(bodies, ensure_ascii=False))], Rewritten, _SCHEMA
    )
    return asked.value.paragraphs


def _settle(section: _Section, offset: int, paragraph: str, masked: Masked, wording: str) -> None:
    """Use the wording, propose it, or refuse it."""
    body = wording.removeprefix(masked.heading).strip()
    if body == masked.body:
        section.keep(paragraph, offset)
        return
    changes = fact_diff(masked.body, body)
    if any(c.grave for c in changes):
        section.findings.append(_refused(section, "、".join(c.text for c in changes if c.grave)))
        section.keep(paragraph, offset)
    elif changes:
        section.findings.append(_proposed(section, masked, body, paragraph, changes[0].text))
        section.keep(paragraph, offset)
    else:
        section.put(masked, body)


def _refused(section: _Section, reason: str) -> Finding:
    message = f"模型对“{section.title}”一段的改写未采用：{reason}；保留原稿"
    return Finding(code="MODEL_REJECTED", severity=Severity.INFO, where=section.key, message=message)


def _proposed(section: _Section, masked: Masked, body: str, paragraph: str, reason: str) -> Finding:
    """A wording to look at; the edit gives the characters of the section's text that it would replace."""
    text, _ = unmask(masked, body, section.key, 0)
    start = len(section.text) + bool(section.text)
    edit = Edit(where=section.key, start=start, end=start + len(paragraph), text=text)
    message = f"模型对“{section.title}”一段有另一种写法，{reason}，请决定是否采用：{text}"
    return Finding(
        code="MODEL_PROSE",
        severity=Severity.INFO,
        where=section.key,
        message=message,
        fix=Fix(title="采用模型的写法", edits=(edit,)),
    )
