"""Prints findings as plain text: for files, pipes and terminals that show no colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from assistant.printing.findings.view import VERDICTS, Item, Review, Unit
from assistant.report import AnnualReport
from assistant.report.findings import SEVERITY_NAMES

if TYPE_CHECKING:
    from assistant.printing.findings.excerpt import Excerpt, Figure

__all__ = ["LEGEND", "counts_line", "render"]

LEGEND = "方括号内是参与核对的数，带 * 的一格最可能有误"
_INDENT = " " * 6
_WIDEST = 30
"""columns that a label takes at most"""


def render(review: Review) -> str:
    """All findings unit by unit, and for several files a closing list of what to return first."""
    lines = [line for unit in review.units for line in _unit(unit)]
    if len(review.units) > 1:
        lines += ["", *_ranking(review)]
    return "\n".join(lines)


def counts_line(unit: Unit) -> str:
    """How many findings stand, and how many rules could not be judged."""
    counts = "，".join(f"{SEVERITY_NAMES[s]} {n} 项" for s, n in unit.counts.items() if n or s != "ask")
    accepted = f"；已作为例外 {len(unit.exceptions)} 项" if unit.exceptions else ""
    return f"{counts}；{len(unit.open)} 条规则因缺少数据未能核对{accepted}"


def _unit(unit: Unit) -> Iterator[str]:
    if unit.report is None:
        yield f"{unit.file}  无法读取"
        yield f"  {unit.problem}"
        return
    yield f"{unit.file}  {unit.report.title}"
    drawn = False
    for item in unit.items:
        excerpt = _excerpt_of(unit.report, item)
        drawn = drawn or excerpt is not None
        yield from _finding(item)
        yield from _excerpt(excerpt) if excerpt is not None else ()
    for item in unit.exceptions:
        yield f"  [例外] {item.finding.code}  {item.finding.message}（理由：{item.accepted}）"
    if drawn:
        yield f"  （{LEGEND}）"
    yield f"  {counts_line(unit)}"


def _excerpt_of(report: AnnualReport, item: Item) -> Excerpt | None:
    if "." not in item.finding.where and not item.finding.cells:
        return None
    # a check that finds nothing in the tables need not know how they are laid out
    from assistant.printing.findings.excerpt import excerpt_of

    return excerpt_of(report, item.finding)


def _finding(item: Item) -> Iterator[str]:
    yield f"  [{item.severity_name}] {item.finding.code}  {item.finding.message}"


def _excerpt(excerpt: Excerpt) -> Iterator[str]:
    table = [(excerpt.title, *excerpt.columns)]
    table += [(label, *map(_figure, figures)) for label, figures in excerpt.rows]
    yield from (_INDENT + line for line in _aligned(table))
    if excerpt.left_out:
        yield f"{_INDENT}（{excerpt.left_out}）"


def _figure(figure: Figure) -> str:
    if not figure.role:
        return figure.text
    return f"[{figure.text}]{'*' if figure.role == 'suspect' else ''}"


def _ranking(review: Review) -> Iterator[str]:
    yield "退回次序（先处理排在前面的）"
    head = ("次序", "建议", *review.severities.values(), "单位", "年度", "文件")
    rows = [
        (
            str(number),
            VERDICTS[u.verdict],
            *(str(u.counts[s]) if u.report is not None else "-" for s in review.severities),
            u.name,
            u.year,
            u.file,
        )
        for number, u in enumerate(review.ranking, 1)
    ]
    yield from ("  " + line for line in _aligned([head, *rows], cut=False))


def _aligned(table: Sequence[tuple[str, ...]], *, cut: bool = True) -> Iterator[str]:
    """Columns that stand below each other; a Chinese character is two columns wide."""
    cells = [[_cut(text) if cut else text for text in row] for row in table]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def _cut(text: str) -> str:
    if _width(text) <= _WIDEST:
        return text
    while _width(text) > _WIDEST - 2:
        text = text[:-1]
    return text + "…"
