"""Words the assistant's answer: what was read, what changed, what contradicts, what to settle next."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafting.unread import NOT_READ, open_line
from assistant.forms import CellKey
from assistant.interfaces.chat.help import help_for
from assistant.interfaces.chat.turns import Turn
from assistant.printing.reports.view import print_value
from assistant.report.draft import Draft
from assistant.report.facts import ASPECTS, Aspect, Fact, FactKind, FactStatus, Origin
from assistant.report.figures import Account
from assistant.report.findings import Finding, Question, Severity

__all__ = ["changed_cells", "reply_to"]

_LINES = 8
"""rows named one by one; the rest is counted"""
_WAY_OUT = "请换个说法说明各是哪一项，与年报无关的请说明“不计入”，或直接填在“三张表”里"
_SAID = (Account.CELL, Account.TOTAL)
_HEAVY = (Severity.ERROR, Severity.ASK)


def changed_cells(before: Draft, after: Draft) -> list[str]:
    """Cells whose figure differs, in the order of the form."""
    if before.report.form != after.report.form:
        return [str(k) for k, _ in after.report.filled()]
    return [str(k) for k in after.report.layout.cells if before.report.value(k) != after.report.value(k)]


def reply_to(turn: Turn, before: Draft, after: Draft, asked: Question | None) -> str:
    """The assistant's answer to a turn, plain Chinese, one thing a line."""
    if turn["asked"]:
        done = [f"{patch['note']}。" for patch in turn["patches"] if patch.get("note")]
        return "\n".join([*done, Question.model_validate(turn["asked"]).text])
    lines = [*_opening(turn, before, after), *_figures(turn, before, after), *_activities(before, after)]
    unread = list(filter(None, [_unread(turn, after)]))
    if not lines and not unread and _read(turn, after) and turn["kind"] == "message":
        lines = ["这些内容前面已经有了，年报没有变化。"]
    elif not lines and not unread and not turn["skip"]:
        lines = [_nothing(turn, after)]
    lines += [*unread, *_trouble(before, after)]
    return "\n".join([*lines, *_next(asked, after)])


def _unread(turn: Turn, after: Draft) -> str:
    """The figures of the turn's text that nobody could place, in one line."""
    source = turn["source"]
    return open_line(after, f"{NOT_READ} {{}} 个数，没有计入", _WAY_OUT, source) if source else ""


def _nothing(turn: Turn, after: Draft) -> str:
    """What to say where nothing was read: help where help was asked for."""
    if turn["used"]:
        return "已记下。"
    return help_for(turn["said"], after) or "没有从中读出可以填入年报的内容；原文已留在“来源”里。"


def _read(turn: Turn, after: Draft) -> bool:
    """Whether anything of the turn's own text was understood, be it only to contradict or to say again."""
    facts = (f for f in after.facts if f.kind is not FactKind.OPEN)
    again = any(f.source == turn["source"] and f.account in _SAID for f in after.figures)
    return again or any(e.source == turn["source"] for f in facts for e in f.evidence)


def _opening(turn: Turn, before: Draft, after: Draft) -> list[str]:
    lines = [str(p["note"]) + "。" for p in turn["patches"] if p.get("note")]
    if turn["kind"] == "previous":
        carried = sum(c.origin is Origin.CARRIED for c in after.cells)
        lines.append(f"已读入上年年报，用于结转和跨年核对；带入上年结转 {carried} 格。")
        lines += turn["notes"]
    if after.report.org.name and after.report.org.name != before.report.org.name:
        lines.append(f"编制单位：{after.report.org.name}。")
    if after.report.year is not None and after.report.year != before.report.year:
        lines.append(f"报告年度：{after.report.year}年。")
    return lines


def _figures(turn: Turn, before: Draft, after: Draft) -> list[str]:
    """The figures that are new, a row a line; what arithmetic added is counted."""
    changed = {CellKey.parse(c) for c in changed_cells(before, after)}
    origins = {CellKey(c.table, c.row, c.col): c.origin for c in after.cells}
    said = [
        k for k in after.report.layout.cells if k in changed and origins[k] in (Origin.STATED, Origin.EDITED)
    ]
    shown = [k for k in said if after.report.value(k) != 0 or before.report.value(k) not in (None, 0)]
    rows: dict[tuple[str, str], list[CellKey]] = {}
    for key in shown:
        rows.setdefault((key.table, key.row), []).append(key)
    # a correction that was made to order has said so already
    lines = (
        []
        if any(p.get("note") and p.get("sets") for p in turn["patches"])
        else [_row(after, row, keys) for row, keys in rows.items()]
    )
    more = len(lines) - _LINES
    lines = lines[:_LINES] + ([f"　……另有 {more} 行"] if more > 0 else [])
    zeros = (
        len(said) - len(shown) + sum(k in changed and origins[k] is Origin.CONFIRMED_ZERO for k in origins)
    )
    derived = sum(k in changed and origins[k] is Origin.DERIVED for k in origins)
    lines += _fee(before, after)
    counts = [f"{zeros} 格为 0"] if zeros else []
    counts += [f"{derived} 格由勾稽关系算出"] if derived else []
    head = ["已填改：" if turn["kind"] == "edit" else "已读入："] if lines else []
    return [
        *head,
        *lines,
        *([("　另有 " if lines else "已填写：") + "，".join(counts) + "。"] if counts else []),
    ]


def _fee(before: Draft, after: Draft) -> list[str]:
    new, old = after.report.info_fee, before.report.info_fee
    if new == old or new.yuan is None:
        return []
    cases = f"，{new.cases} 件" if new.cases else ""
    return ["　信息处理费：没有收取" if new.yuan == 0 else f"　信息处理费：{print_value(new.yuan)} 元{cases}"]


def _row(after: Draft, row: tuple[str, str], keys: Sequence[CellKey]) -> str:
    form = after.report.layout
    table = form.table(row[0])
    columns = table.columns_of(row[1])
    figures = [
        print_value(after.report.value(k)) + (form.column(k).unit or "件")
        if len(columns) == 1
        else f"{form.column(k).label} {print_value(after.report.value(k))}"
        for k in keys
    ]
    return f"　{table.row(row[1]).name}：{'，'.join(figures)}"


def _activities(before: Draft, after: Draft) -> list[str]:
    old = {(f.where, f.text) for f in _live(before)}
    counts: dict[str, int] = {}
    for fact in _live(after):
        if (fact.where, fact.text) not in old:
            counts[ASPECTS[Aspect(fact.where)]] = counts.get(ASPECTS[Aspect(fact.where)], 0) + 1
    if not counts:
        return []
    return [
        f"工作情况 {sum(counts.values())} 条（{'，'.join(f'{n} {c}' for n, c in counts.items())}）已写入正文。"
    ]


def _live(draft: Draft) -> list[Fact]:
    return [f for f in draft.activities if f.status is FactStatus.STATED and f.kind is FactKind.ACTIVITY]


def _trouble(before: Draft, after: Draft) -> list[str]:
    """Findings that came up with this turn and those that it settled."""
    old, new = _heavy(before), _heavy(after)
    came = list(dict.fromkeys(f.message for key, f in new.items() if key not in old and f.code != "CONFLICT"))
    gone = [f for key, f in old.items() if key not in new]
    lines = [f"请注意：{message}。" for message in came[:3]]
    if len(came) > 3:
        lines.append(f"另有 {len(came) - 3} 处需要核对，见“问题与核对”。")
    if gone and not came:
        lines.append("原先指出的问题已解决 " + str(len(gone)) + " 处。")
    return lines


def _heavy(draft: Draft) -> dict[tuple[str, str], Finding]:
    return {(f.code, f.where): f for f in draft.findings if f.severity in _HEAVY}


def _next(asked: Question | None, after: Draft) -> list[str]:
    if asked is not None:
        plain = asked.code == "CONFLICT" or asked.text.startswith("请")
        return [asked.text if plain else f"请问：{asked.text}"]
    if after.has_errors:
        return ["还有需要改正的地方，见“问题与核对”。"]
    return ["各项都已填齐，可以下载年报了。"]
