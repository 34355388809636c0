"""Prints findings on a terminal: by severity, with the cells that take part drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.printing.findings.excerpt import Excerpt, excerpt_of
from assistant.printing.findings.plain import counts_line
from assistant.printing.findings.view import VERDICTS, Item, Review, Unit
from assistant.report.findings import SEVERITY_NAMES, Severity

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

__all__ = ["show"]

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.ASK: "cyan",
    Severity.INFO: "blue",
}
_VERDICT_STYLES = {"return": "bold red", "ask": "yellow", "resend": "magenta", "pass": "green"}
_FIGURES = {"": "dim", "part": "bold", "suspect": "bold white on red"}


def show(review: Review, console: Console | None = None) -> None:
    """Print everything; to standard output unless another console is given."""
    from rich.console import Console

    console = console or Console(highlight=False)
    for unit in review.units:
        _show_unit(console, unit)
    if len(review.units) > 1:
        console.print(_ranking(review))


def _show_unit(console: Console, unit: Unit) -> None:
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule(Text(unit.name, style="bold"), align="left", style="dim"))
    if unit.report is None:
        console.print(Text(unit.file, style="dim"))
        console.print(Text(f"无法读取：{unit.problem}", style="magenta"))
        console.print()
        return
    console.print(Text(f"{unit.report.title}　{unit.file}", style="dim"))
    for severity in SEVERITY_NAMES:
        _show_items(console, unit, severity, [i for i in unit.items if i.finding.severity is severity])
    for item in unit.exceptions:
        console.print(
            Text(f"\n例外 {item.finding.code} {item.finding.message}（理由：{item.accepted}）", style="dim")
        )
    console.print()
    console.print(Text(counts_line(unit), style="bold" if unit.items else "green"))
    console.print()


def _show_items(console: Console, unit: Unit, severity: Severity, items: Iterable[Item]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    items = list(items)
    if not items:
        return
    console.print(Text(f"\n{SEVERITY_NAMES[severity]}（{len(items)}）", style=_STYLES[severity]))
    for item in items:
        line = Text.assemble(("● ", _STYLES[severity]), item.finding.message)
        line.append(f"  {item.finding.code}", style="dim")
        console.print(Padding(line, (0, 0, 0, 1)))
        excerpt = excerpt_of(unit.report, item.finding) if unit.report is not None else None
        if excerpt is not None:
            console.print(Padding(_drawn(excerpt), (0, 0, 0, 3)))


def _drawn(excerpt: Excerpt) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.ROUNDED, border_style="dim", header_style="none", caption=excerpt.left_out or None)
    table.add_column(Text(excerpt.title, style="dim"), max_width=36, overflow="fold")
    for label in excerpt.columns:
        table.add_column(Text(label), justify="right", max_width=18, overflow="fold")
    for label, figures in excerpt.rows:
        table.add_row(Text(label), *(Text(f" {f.text} ", style=_FIGURES[f.role]) for f in figures))
    return table


def _ranking(review: Review) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAVY, title="退回次序（先处理排在前面的）", title_justify="left", title_style="bold"
    )
    table.add_column("次序", justify="right")
    table.add_column("单位", overflow="fold")
    table.add_column("年度")
    table.add_column("建议", no_wrap=True)
    for name in review.severities.values():
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("首要问题", overflow="fold", ratio=1)
    for number, unit in enumerate(review.ranking, 1):
        counts = (
            Text(str(unit.counts[s] or "·"), style=_STYLES[s] if unit.counts[s] else "dim")
            for s in review.severities
        )
        verdict = Text(VERDICTS[unit.verdict], style=_VERDICT_STYLES[unit.verdict])
        table.add_row(
            str(number), Text(unit.name), unit.year, verdict, *counts, Text(unit.worst, style="dim")
        )
    return table
