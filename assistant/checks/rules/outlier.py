"""OUTLIER: a key figure of zero where the other units have many."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import CheckInput
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Severity

_FEWEST = 3
"""With fewer other units an average says nothing."""
_MOST = 2 / 3
"""share of the others that have more than 0: one unit with thousands makes no average of its kind"""


@rule(
    "OUTLIER",
    "主要指标与同类单位相差不悬殊",
    Severity.INFO,
    "practice",
    applies=lambda ctx: ctx.beside.peers is not None,
)
def outlier(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：同类单位大多有、平均上百件的指标，某个单位为 0，可能是漏填。
    不合格：同批各单位行政许可平均 350 件，本单位填 0。
    合格：同批各单位行政许可平均 350 件，本单位填 120 件；只有个别单位有上千件，其他单位都是 0。
    修改：核实是否漏填；确实没有发生的不必改动。
    """
    peers = ctx.beside.peers
    if peers is None:
        return
    for key in ctx.form.cells:
        if key.table == "table3" and (key.col != "total" or key.row not in ("new_received", "result_total")):
            continue
        if ctx.value(key) != 0:
            continue
        others = peers.average(key)
        if others.known < _FEWEST or others.positive < _MOST * others.known:
            continue
        if others.average > ctx.settings.peer_average:
            average = round(others.average)
            yield Hit(
                str(key),
                f"“{ctx.form.label(key).removesuffix('·总计')}”填为 0，同批 {others.known} 个单位平均为 {figure(average)}，请核实是否漏填",
                expected=average,
                got=0,
                cells=(key,),
            )
