"""Words for what the clerk is told about the second reader: what only it found, what was refused, where the readers differ."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from assistant.forms import CellKey, Form
from assistant.report.facts import Evidence, Fact, FactKind
from assistant.report.findings import Finding, Severity

__all__ = ["asked_about", "fault", "model_only", "rejected", "shown"]

_LONGEST = 40


def shown(text: str) -> str:
    """Words of a model, safe to show: one line, no invisible characters, not long."""
    clean = "".join(c for c in text if not unicodedata.category(c).startswith("C"))
    return clean if len(clean) <= _LONGEST else clean[:_LONGEST] + "…"


def model_only(form: Form, fact: Fact) -> Finding:
    """A figure that only the model found and the source bears out."""
    message = f"“{_label(form, fact)}”{fact.value} 由模型读出，离线读取没有读到，请对照原文“{shown(fact.evidence[0].quote)}”核实"
    return Finding(
        code="MODEL_READ",
        severity=Severity.INFO,
        where=fact.where,
        message=message,
        expected=fact.value,
        got=fact.value,
        cells=(fact.where,),
        evidence=fact.evidence,
    )


def rejected(where: str, name: str, quote: str, reason: str) -> Finding:
    """An item of the model that is not used."""
    message = f"模型给出的“{name}”未采用：{reason}（引文“{shown(quote)}”）"
    return Finding(
        code="MODEL_REJECTED", severity=Severity.INFO, where=where, message=message, got=shown(quote)
    )


def asked_about(
    form: Form, fact: Fact, known: int | Decimal | None, held: Fact | None, withdrawal: Evidence | None = None
) -> Finding:
    """The two readers differ: ask, with both quotes. The value that stands is the offline reader's."""
    name = _label(form, fact)
    if withdrawal is not None:
        message = f"“{name}”{fact.value} 是否已按“{shown(withdrawal.quote)}”作废？请确认"
        evidence = (*fact.evidence, withdrawal)
    else:
        first = f"“{shown(held.evidence[0].quote)}”" if held is not None and held.evidence else "其他数据推算"
        message = f"“{name}”两种读法不同：由{first}得 {known}，由“{shown(fact.evidence[0].quote)}”得 {fact.value}；请确认以哪个为准"
        evidence = (*(held.evidence if held is not None else ()), *fact.evidence)
    return Finding(
        code="CONFLICT",
        severity=Severity.ASK,
        where=fact.where,
        message=message,
        expected=known,
        got=fact.value,
        cells=(fact.where,),
        evidence=evidence,
    )


def fault(reason: str, *, used: bool) -> Finding:
    """The model failed; ``used`` tells whether some of its reading is in the draft all the same."""
    tail = "模型已读出的部分保留" if used else "本稿由离线读取完成"
    return Finding(code="MODEL_FAULT", severity=Severity.WARNING, where="model", message=f"{reason}。{tail}")


def _label(form: Form, fact: Fact) -> str:
    if fact.kind in (FactKind.CELL, FactKind.PRIOR):
        name = form.label(CellKey.parse(fact.where))
        return f"上年{name}" if fact.kind is FactKind.PRIOR else name
    if fact.kind is FactKind.FEE:
        return "信息处理费金额" if fact.where.endswith("yuan") else "信息处理费件数"
    for part in fact.where.split("."):
        aggregate = form.aggregate(part)
        if aggregate is not None:
            return aggregate.label
    return fact.where
