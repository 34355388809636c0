"""Rows of bare figures in running text: 规章0/0/0, 规范性文件 3、0、101, 复议后起诉 0 0 0 0 0."""

from __future__ import annotations

from assistant.extraction.statements import Target
from assistant.extraction.tokens import Token
from assistant.forms import Form

__all__ = ["fold_vectors", "vector_columns"]

_BETWEEN = {"、", ",", " ", "/"}


def fold_vectors(tokens: list[Token], form: Form) -> list[Token]:
    """Replace each run of bare figures behind a row name by one ``vec`` token, where the row has that many columns."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        run, end = _run(tokens, at)
        row = _row_before(out, form) if len(run) >= 2 else None
        if row is not None and vector_columns(row, len(run), form):
            out.append(Token("vec", run[0].start, run[-1].end, row=tuple(row), items=tuple(run)))
            at = end
            continue
        out.append(tokens[at])
        at += 1
    return out


def vector_columns(row: Target, size: int, form: Form) -> list[str]:
    """Columns that a run of ``size`` figures fills; empty when it does not fit. A run without the total fits table 4."""
    columns = [c.key for c in form.table(row.table).columns_of(row.row)]
    if row.table == "table4" and size == len(columns) - 1:
        columns = columns[:-1]
    return columns if size == len(columns) > 1 else []


def _run(tokens: list[Token], at: int) -> tuple[list[Token], int]:
    run: list[Token] = []
    end = at
    while at < len(tokens):
        token = tokens[at]
        if token.kind in ("num", "slash") and not token.unit and not token.approx and (not run or not token.gap.strip(" /／|")):
            run.append(token)
            at += 1
            end = at
        elif run and token.kind == "sep" and token.text in _BETWEEN:
            at += 1
        else:
            break
    return run, end


def _row_before(out: list[Token], form: Form) -> Target | None:
    back = len(out) - 1
    while back >= 0 and out[back].kind == "sep" and out[back].text in " :":
        back -= 1
    if back < 0 or out[back].kind != "word":
        return None
    for entry in out[back].entries:
        table = {"t2row": form.table2.key, "t4block": "table4", "row": "table3"}.get(entry.kind)
        if table is None or (entry.kind == "row" and entry.weak):
            continue
        if any(r.key == entry.key for r in form.table(table).rows):
            return Target(table, entry.key, "*")
    return None
