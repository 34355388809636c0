"""T3_MISFILED_PAIR: two columns of table 3 are off by the same number in opposite directions."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import column_name, row_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.checks.sums import Sum, sums_of
from assistant.forms import CellKey
from assistant.report.facts import Value
from assistant.report.findings import Edit, Fix, Severity


@rule("T3_MISFILED_PAIR", "两列申请人类别互相填串", Severity.WARNING, "format_balance")
def t3_misfiled_pair(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：一列多出的件数恰好等于另一列缺少的件数、总计列却平衡时，多半是同一申请在某一行填错了申请人类别。
    不合格：“自然人”一列收 60 件、办 61 件，“其他”一列收 1 件、办 0 件，总计列平衡。
    合格：把本年新收中“其他”的 1 件移到“自然人”后，两列同时平衡。
    修改：对照台账确认该件申请的申请人类别，把指出的件数从一列移到另一列。
    """
    sums = {result.identity.line: result for result in sums_of(ctx, "T3_BALANCE")}
    if not all(result.complete for result in sums.values()):
        yield Unknown("table3", "有空白格，无法判断申请人类别是否填串")
        return
    gaps = {line: result.left - result.right for line, result in sums.items()}
    if len(gaps) != 2 or sum(gaps.values()) != 0:
        return
    high, low = sorted(gaps, key=lambda line: -gaps[line])
    moved = gaps[high]
    names = {line: column_name(ctx.form, "table3", line) for line in (high, low)}
    moves = list(_moves(ctx, sums, high, low, moved))
    cells = [key for move in moves for key in move] or [*sums[high].identity.cells, *sums[low].identity.cells]
    if len(moves) == 1:
        ((source, target),) = moves
        way = (
            f"把“{row_name(ctx.form, 'table3', source.row)}”一行的 {moved} 件从"
            f"“{names[source.col]}”移到“{names[target.col]}”，两列同时平衡"
        )
    elif moves:
        rows = "、".join(f"“{row_name(ctx.form, 'table3', source.row)}”" for source, _ in moves)
        way = f"请核对{rows}各行是否有 {moved} 件填错申请人类别"
    else:
        way = f"请核对是否有 {moved} 件填错申请人类别"
    yield Hit(
        f"table3.{high}",
        f"“{names[high]}”一列收多办少 {moved} 件，“{names[low]}”一列收少办多 {moved} 件，疑为申请人类别填串：{way}",
        expected=0,
        got=moved,
        fix=_fix(ctx, moves[0], moved, way) if len(moves) == 1 else None,
        cells=tuple(cells),
    )


def _moves(
    ctx: CheckInput, sums: dict[str, Sum], high: str, low: str, moved: Value
) -> Iterator[tuple[CellKey, CellKey]]:
    """Pairs (from, to) in one row that repair both columns: what came in moves high to low, what went out low to high.

    The row of totals is no candidate while its own sum holds, because the move would break that.
    """
    unsettled = {result.identity.line for result in sums_of(ctx, "T3_RESULT_SUM")}
    identity = sums[high].identity
    for key in identity.cells:
        incoming = key in identity.left
        source, target = (key._replace(col=high), key._replace(col=low))
        if not incoming:
            source, target = target, source
        is_total = key == next(ctx.form.identities_of("T3_RESULT_SUM")).left[0]._replace(col=key.col)
        value = ctx.value(source)
        if value is not None and value >= moved and not (is_total and {high, low} - unsettled):
            yield source, target


def _fix(ctx: CheckInput, move: tuple[CellKey, CellKey], moved: Value, title: str) -> Fix | None:
    before = [ctx.value(key) for key in move]
    if before[0] is None or before[1] is None:
        return None
    edits = (
        Edit(where=str(move[0]), value=before[0] - moved),
        Edit(where=str(move[1]), value=before[1] + moved),
    )
    return Fix(title=title, edits=edits)
