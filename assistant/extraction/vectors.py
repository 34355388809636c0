"""Rows of bare figures in running text: 规章0/0/0, 规范性文件 3、0、101, 复议后起诉 0 0 0 0 0."""

from __future__ import annotations

from assistant.extraction.statements import Target
from assistant.extraction.tokens import Token
from assistant.forms import Form

__all__ = ["BEFORE", "fold_vectors", "vector_columns"]

BEFORE = "@"
"""row of a vector that belongs to the figure before its bracket"""
_BETWEEN = {"、", ",", " ", "/"}
_FIGURES = ("num", "slash")
_LONGEST_RUN = 64
"""figures; no row and no column of the form has as many"""
_LONGEST_LEGEND = 16
"""columns; those of the form are fewer, and none is named twice"""
_LONGEST_BRACKET = 100
"""tokens of a bracket that names columns"""


def fold_vectors(tokens: list[Token], form: Form) -> list[Token]:
    """Replace each run of bare figures behind a row name by one ``vec`` token, where the row has that many columns."""
    out: list[Token] = []
    legend: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind in _FIGURES:
            run, end = _run(tokens, at)
            row, columns = _row_of(run, out, form, legend)
            if not columns and legend and len(run) == len(legend) > 1 and _in_bracket(out, tokens, end):
                # 新收226（203/21/2): the row of the figure before the bracket
                row, columns = Target("table3", BEFORE, "*"), legend
            if columns:
                out.append(_vector(run, row, columns))
                at = end
                continue
        elif token.kind == "word":
            found = _legend(tokens, at)
            # the tail of a legend is no legend of its own
            legend = found if found and found != legend[len(legend) - len(found) :] else legend
        out.append(token)
        at += 1
    return out


def _in_bracket(out: list[Token], tokens: list[Token], end: int) -> bool:
    """Whether the run fills a bracket behind a figure."""
    closed = end < len(tokens) and tokens[end].kind == "close"
    return closed and len(out) >= 2 and out[-1].kind == "open" and out[-2].kind == "num"


def _bracketed_order(out: list[Token], form: Form, size: int) -> tuple[Target | None, list[str]]:
    """规范性文件（制发/废止/有效）：0/0/2: the row before the bracket, and the columns in the order it names them."""
    back = len(out) - 1
    while back >= 0 and out[back].kind == "sep" and out[back].text in " :":
        back -= 1
    if back < 0 or out[back].kind != "close":
        return None, []
    first = max(-1, back - 1 - _LONGEST_BRACKET)
    opened = next((i for i in range(back - 1, first, -1) if out[i].kind == "open"), 0)
    columns = [e.key for t in out[opened + 1 : back] for e in t.entries[:1] if e.kind in ("t2col", "t4col")]
    row = _row_before(out[:opened], form, size, False) if opened else None
    if row is None or len(columns) != size:
        return None, []
    known = {c.key for c in form.table(row.table).columns_of(row.row)}
    return (row, columns) if known >= set(columns) else (None, [])


def _vector(run: list[Token], row: Target, columns: list[str]) -> Token:
    start, end = run[0].start, run[-1].end
    return Token("vec", start, end, row=tuple(row), items=tuple(run), columns=tuple(columns))


def _row_of(run: list[Token], out: list[Token], form: Form, legend: list[str]) -> tuple[Target, list[str]]:
    """The row a run of figures belongs to and its columns; no columns when it is no vector."""
    if len(run) < 2:
        return _TABLE4, []
    if len(run) == len(form.table("table4").cells):
        return _TABLE4, vector_columns(_TABLE4, len(run), form)
    column = _column_before(out) if len(run) == len(form.table("table3").rows) else ""
    if column:
        return Target("table3", "*", column), [f"{r.key}.{column}" for r in form.table("table3").rows]
    row, named = _bracketed_order(out, form, len(run))
    if row is not None:
        return row, named
    row = _row_before(out, form, len(run), bool(legend) and len(run) == len(legend))
    if row is None:
        return _TABLE4, []
    if row.table == "table3" and legend and len(run) == len(legend):
        return row, legend
    return row, vector_columns(row, len(run), form)


def _legend(tokens: list[Token], at: int) -> list[str]:
    """自然人/商业企业/法律服务机构 without figures: the order in which the figures of the next lines stand."""
    columns: list[str] = []
    while at < len(tokens) and len(columns) < _LONGEST_LEGEND:
        token = tokens[at]
        if token.kind == "word" and (token.has("col") or token.cue("other", "sum")) and not token.has("row"):
            key = next(
                (e.key for e in token.entries if e.kind == "col"),
                "other_org" if token.cue("other") else "total",
            )
            columns.append(key)
        elif not (token.kind == "slash" or (token.kind == "sep" and token.text in "、,/ ")) or not columns:
            break
        at += 1
    if len(columns) < 2:
        return []
    closed = at >= len(tokens) or tokens[at].kind in ("close", "sep")
    distinct = len(set(columns)) == len(columns)
    return columns if closed and distinct and columns[0] in ("natural_person", "total") else []


_TABLE4 = Target("table4", "*", "*")


def vector_columns(row: Target, size: int, form: Form) -> list[str]:
    """Columns that a run of ``size`` figures fills; empty when it does not fit. A run without the total fits table 4."""
    if row.row == "*":
        keys = [f"{k.row}.{k.col}" for k in form.table(row.table).cells]
        return keys if size == len(keys) else []
    columns = [c.key for c in form.table(row.table).columns_of(row.row)]
    if row.table == "table4" and size == len(columns) - 1:
        columns = columns[:-1]
    return columns if size == len(columns) > 1 else []


def _run(tokens: list[Token], at: int) -> tuple[list[Token], int]:
    run: list[Token] = []
    end = at
    while at < len(tokens) and len(run) < _LONGEST_RUN:
        token = tokens[at]
        bare = not token.unit or (token.unit_kind == "count" and (not run or run[-1].unit == token.unit))
        if token.kind in _FIGURES and bare and not token.approx and (not run or not token.gap.strip(" /／|")):
            run.append(token)
            at += 1
            end = at
        elif run and token.kind == "sep" and token.text in _BETWEEN:
            at += 1
        else:
            break
    parted = (
        len(run) >= 3 and all((t.kind == "slash") == bool(i % 2) for i, t in enumerate(run)) and len(run) % 2
    )
    return ([t for t in run if t.kind == "num"], end) if parted else (run, end)


def _column_before(out: list[Token]) -> str:
    """自然人：41，0，15，… with a figure for every row: the applicant (or the total) named before the run."""
    back = len(out) - 1
    while back >= 0 and out[back].kind == "sep" and out[back].text in " :":
        back -= 1
    if back < 0 or out[back].kind != "word":
        return ""
    if out[back].cue("sum"):
        return "total"
    if out[back].cue("other"):
        return "other_org"
    return next((e.key for e in out[back].entries if e.kind == "col" and e.key != "legal_persons"), "")


def _row_before(out: list[Token], form: Form, size: int, announced: bool) -> Target | None:
    """The row named just before a run; weak words (公开) name one only where the order of the figures was announced."""
    back = len(out) - 1
    while back >= 0 and out[back].kind == "sep" and out[back].text in " :":
        back -= 1
    if back < 0 or out[back].kind != "word":
        return None
    if out[back].cue("sum") and size == len(form.table("table3").columns):
        return Target("table3", "result_total", "*")
    for entry in out[back].entries:
        table = {"t2row": form.table2.key, "t4block": "table4", "row": "table3"}.get(entry.kind)
        if table is None or (entry.kind == "row" and entry.weak and not announced):
            continue
        if any(r.key == entry.key for r in form.table(table).rows):
            return Target(table, entry.key, "*")
    return None
