"""Reads lists with one request a line (登记簿) and counts them; names of applicants are never kept.

A line of running text counts as one request when it carries a date, a serial or 一件/另一件, names one outcome, and gives no
figure of its own. A table counts when its header has an outcome column beside an applicant or date column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.extraction.pasted import Grid, GridCell
from assistant.extraction.statements import Remark, Span, Statement, Target
from assistant.extraction.targets import Context, Resolver
from assistant.extraction.tokens import Token, Tokenizer
from assistant.numerals import fold
from assistant.persons import PersonLine

__all__ = ["Register", "find_registers", "read_register_grid", "unread_remarks"]

_ENTRY = re.compile(
    r"^\s*+(?:\d{1,3}\s+(?=\d{1,2}[-/.月]\d))?[（(]?(?:第?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:件|个|份|号|[.、)）:：])|(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?|[①-⑳])"
)
_STORY = re.compile(r"^\s*(?:头一|第[一二三四五六七八九十\d]{1,2}|最后一|另一|还有一|剩下一)(?:份|件|个)")
"""第二份还是他，……: a line that tells one request needs neither date nor applicant"""
_LEAD = re.compile(r"\s*(?:\d{1,3}[.、)）\s]\s*)?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?(?=\s)")
"""serial and date before a line of a list parted by blanks: 1 3.29 王某（个人）…"""
_DATE = re.compile(r"(?:(20\d{2})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_OUTCOME_HEADER = re.compile(r"结果|答复|处理情况|办理情况|办理方式|处理方式|决定")
_APPLICANT_HEADER = re.compile(r"申请人(?:类型|类别|性质|身份)|类型|类别|主体")
_COUNT_HEADER = re.compile(r"件数|数量|合计|总数|数|件")
_DATE_HEADER = re.compile(r"(?:收到|申请|受理|登记|来件|新收)?(?:日期|时间)")
_OPEN = re.compile(r"^$|在办|办理中|未办结|未答复|待办|尚未|没办完|未到期|正在")


@dataclass
class _Entry:
    row: str
    col: str
    carried: bool
    span: Span


@dataclass
class Register:
    """The lines of one list and what they count up to."""

    span: Span
    statements: list[Statement]


def find_registers(text: str, tokenizer: Tokenizer, resolver: Resolver) -> list[Register]:
    """All lists of single requests in a running text; at least two lines in a row make a list."""
    registers: list[Register] = []
    run: list[tuple[Span, _Entry]] = []
    offset = 0
    for line in [*text.splitlines(keepends=True), "。"]:
        entry = _entry(line, offset, tokenizer, resolver)
        if entry is not None:
            run.append((Span(offset, offset + len(line)), entry))
        elif line.strip():
            if len(run) >= 2:
                registers.append(_closed(run))
            run = []
        offset += len(line)
    return registers


def unread_remarks(lines: Sequence[PersonLine]) -> list[Remark]:
    """One remark about all lines that look like entries of a register and could not be read as such. It quotes none of
    them: names of applicants stand in no message."""
    if not lines:
        return []
    message = (
        f"至少有 {len(lines)} 行像是申请登记簿（姓名与日期、联系方式或申请事项并列），没有读入，也不会写进正文；"
        "请另给一份有表头的登记表（收到日期、申请人类型、办理结果），或者直接写明新收和各种办理结果的件数"
    )
    return [Remark("PRIVACY", "table3", message, Span(0, 0), got=len(lines))]


def _closed(run: list[tuple[Span, _Entry]]) -> Register:
    return Register(Span(run[0][0].start, run[-1][0].end), list(_counts([e for _, e in run])))


def _entry(line: str, offset: int, tokenizer: Tokenizer, resolver: Resolver) -> _Entry | None:
    story = _STORY.match(fold(line)) is not None
    if not line.strip() or not (story or _ENTRY.match(fold(line))):
        return None
    lead = _LEAD.match(fold(line))
    tokens = tokenizer.tokens(" " * lead.end() + line[lead.end() :] if lead else line)
    if any(
        t.kind == "vec"
        or (
            t.kind == "num"
            and not (t.value == 1 and t.unit_kind == "count")
            and not (story and t.unit_kind == "other")
        )
        for t in tokens
    ):
        return None
    words = [t for t in tokens if t.kind == "word"]
    found = _outcome(words, resolver)
    dated = _DATE.search(fold(line)) is not None
    cols = list(dict.fromkeys(e.key for w in words for e in w.entries if e.kind == "col"))
    if found is None or not (dated or cols or story):
        return None
    row, token = found
    return _Entry(
        row, cols[0] if len(cols) == 1 else "", False, Span(offset + token.start, offset + token.end)
    )


def _outcome(words: list[Token], resolver: Resolver) -> tuple[str, Token] | None:
    """The outcome a line names last; a category only where no item is named."""
    rows: list[tuple[str, Token]] = []
    for word in words:
        sense = resolver.sense([word], Context(table="table3")) if not word.has("col") else None
        target = sense.targets[-1] if sense and sense.targets else None
        if target is not None and target.table == "table3" and _is_outcome(target.row):
            rows.append((target.row, word))
    items = [r for r in rows if not r[0].endswith("_subtotal")]
    specific = [r for r in items if r[0] != "granted"] or items
    if not specific:
        return None
    return specific[-1]


def _is_outcome(row: str) -> bool:
    return row in ("granted", "partial", "carried_forward") or row.startswith(("deny_", "na_", "np_", "ot_"))


def _counts(entries: list[_Entry]) -> Iterator[Statement]:
    """One statement for each row, and for each applicant where all lines of the row name one."""
    for row in dict.fromkeys(e.row for e in entries):
        mine = [e for e in entries if e.row == row]
        yield _statement(Target("table3", row, "total"), mine)
        if all(e.col for e in mine):
            for col in dict.fromkeys(e.col for e in mine):
                if col != "legal_persons":
                    yield _statement(Target("table3", row, col), [e for e in mine if e.col == col])


def _statement(target: Target, entries: list[_Entry]) -> Statement:
    spans = [e.span for e in entries]
    return Statement("value", target, spans[0], len(entries), "件", words="逐件登记", spans=spans)


# ---------------------------------------------------------------- tables
def read_register_grid(
    grid: Grid, tokenizer: Tokenizer, resolver: Resolver, year: int | None
) -> list[Statement] | None:
    """Counts of a table with one request a row; None when the table is no register."""
    header = next((i for i, row in enumerate(grid.rows[:4]) if _columns(row) is not None), None)
    if header is None:
        return None
    columns = _columns(grid.rows[header])
    if columns is None:
        return None
    outcome, applicant, date = columns
    count = next((i for i, c in enumerate(grid.rows[header]) if _COUNT_HEADER.fullmatch(fold(c.text))), None)
    if count is not None and applicant is not None:
        return _combinations(grid.rows[header + 1 :], outcome, applicant, count, tokenizer, resolver)
    entries: list[_Entry] = []
    for row in grid.rows[header + 1 :]:
        if sum(bool(c.text) for c in row) < 2 or re.match(r"合计|总计|小计|共", row[0].text):
            continue
        entry = _grid_entry(row, outcome, applicant, date, tokenizer, resolver, year)
        if entry is None:
            return None
        entries.append(entry)
    if len(entries) < 2:
        return None
    return [*_received(entries), *_counts(entries), *_results(entries)]


def _combinations(
    rows: list[list[GridCell]],
    outcome: int,
    applicant: int,
    count: int,
    tokenizer: Tokenizer,
    resolver: Resolver,
) -> list[Statement] | None:
    """自然人,予以公开,9: one line for each applicant and outcome with its number; None when a line is no such."""
    out: list[Statement] = []
    for row in rows:
        if sum(bool(c.text) for c in row) < 2 or re.match(r"合计|总计|小计|共", row[0].text):
            continue
        entry = _grid_entry(row, outcome, applicant, None, tokenizer, resolver, None)
        if entry is None or not entry.col or count >= len(row) or row[count].number is None:
            return None
        span = Span(row[0].start, row[-1].end)
        out.append(Statement("value", Target("table3", entry.row, entry.col), span, row[count].number, "件"))
    return out or None


def _columns(row: list[GridCell]) -> tuple[int, int | None, int | None] | None:
    """Places of the outcome, applicant and date columns of a header."""
    texts = [fold(c.text) for c in row]
    if any(c.number is not None for c in row):
        return None
    outcome = next(
        (i for i, t in enumerate(texts) if _OUTCOME_HEADER.search(t) and not _DATE_HEADER.search(t)), None
    )
    applicant = next((i for i, t in enumerate(texts) if _APPLICANT_HEADER.search(t)), None)
    if applicant is None:
        applicant = next((i for i, t in enumerate(texts) if t.startswith("申请人")), None)
    date = next((i for i, t in enumerate(texts) if _DATE_HEADER.search(t)), None)
    if outcome is None or (applicant is None and date is None) or len(row) < 3:
        return None
    return outcome, applicant, date


def _grid_entry(
    row: list[GridCell],
    outcome: int,
    applicant: int | None,
    date: int | None,
    tokenizer: Tokenizer,
    resolver: Resolver,
    year: int | None,
) -> _Entry | None:
    cell = row[outcome] if outcome < len(row) else GridCell("", row[-1].end)
    col = ""
    if applicant is not None and applicant < len(row):
        words = tokenizer.tokens(row[applicant].text)
        cols = [e.key for w in words for e in w.entries if e.kind == "col"] or (
            ["other_org"] if fold(row[applicant].text) in ("其他", "其它") else []
        )
        col = cols[0] if cols else ""
    carried = False
    if date is not None and date < len(row) and year is not None:
        found = _DATE.search(fold(row[date].text))
        carried = bool(found and found.group(1) and int(found.group(1)) < year)
    span = Span(cell.start, max(cell.end, cell.start + 1)) if cell.text else Span(row[0].start, row[0].end)
    if _OPEN.search(cell.text.strip()):
        return _Entry("carried_forward", col, carried, span)
    found_row = _outcome([w for w in tokenizer.tokens(cell.text) if w.kind == "word"], resolver)
    if found_row is None and fold(cell.text.strip()) in ("其他", "其它"):
        return _Entry("ot_other", col, carried, span)
    return None if found_row is None else _Entry(found_row[0], col, carried, span)


def _received(entries: list[_Entry]) -> Iterator[Statement]:
    for row, carried in (("new_received", False), ("carried_over", True)):
        mine = [_Entry(row, e.col, e.carried, e.span) for e in entries if e.carried is carried]
        if mine:
            yield from _counts(mine)


def _results(entries: list[_Entry]) -> Iterator[Statement]:
    done = [_Entry("result_total", e.col, e.carried, e.span) for e in entries if e.row != "carried_forward"]
    if done:
        yield from _counts(done)
